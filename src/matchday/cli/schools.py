"""`matchday schools`: what a school's World Directory entry must show, and who accredits where."""

import datetime as dt
from typing import Any

import click

from matchday.cli.options import emit, json_option, on_option, today

NO_LIST = (
    "No list of medical schools is shipped: the World Directory is licensed, and no free list tells the ECFMG note. "
    "What can be searched here is the table of accrediting agencies, by name or country."
)
RECORDED = {"yes": ("●", "green"), "no": ("○", "red"), "not recorded": ("?", "yellow")}


@click.group()
def schools() -> None:
    """Look up a school; check the dossier's school."""


@schools.command("search")
@click.argument("text", nargs=-1, required=True)
@on_option
@json_option
def search_schools(text: tuple[str, ...], on: dt.date | None, as_json: bool) -> None:
    """Accrediting agencies, and where to look for a school.

    There is no shipped list of schools; each school is looked up by hand in the World Directory.
    """
    from matchday.directory import schools as room

    words = " ".join(text)
    found = [room.recognition_json(one) for one in room.search(words, on or today())]
    if as_json:
        emit({"count": len(found), "agencies": found, "schools": [], "note": NO_LIST, "link": room.link()})
    else:
        _show_agencies(found, words, room.link())
    if not found:
        click.echo(f"Nothing here is called {words!r}. Look for the school itself at {room.link()}", err=True)
        raise SystemExit(1)


def _show_agencies(found: list[dict[str, Any]], words: str, link: str) -> None:
    from matchday.cli.page import block, console, heading

    page = console()
    page.print(block(NO_LIST, 0))
    page.print(f"Look for the school itself at {link}\n")
    if found:
        page.print(heading(f"Accrediting agencies for {words!r}: {len(found)}"))
    for one in found:
        _show_agency(page, one)


def _show_agency(page: Any, one: dict[str, Any]) -> None:
    from matchday.cli.page import block

    page.print(block(f"{one['acronym']} · {one['agency']} ({', '.join(one['countries'])})", 2))
    page.print(block(f"{one['status']}: {one['why']}", 4))
    page.print(block(f"Source: {one['source']} ({one['confidence']}; read {one['read_on']})", 4))


@schools.command("check")
@click.argument("dossier", type=click.Path())
@on_option
@json_option
def check_schools(dossier: str, on: dt.date | None, as_json: bool) -> None:
    """What each school of DOSSIER must show, and what was recorded.

    With the day of each record, and the agency that accredits the school.
    """
    from matchday.directory.schools import check_json, link
    from matchday.dossier.file import read

    day = on or today()
    owned = read(dossier).school
    checked = [check_json(school, day) for school in owned or ()]
    if as_json:
        emit({"on": day.isoformat(), "schools": checked, "recorded": owned is not None, "link": link()})
        return
    from matchday.cli.page import console

    page = console()
    if not checked:
        said = "says that there is no school" if owned == () else "does not name a school yet"
        page.print(f"The file {said}. Look it up at {link()} and write down what you see.")
    for school in checked:
        _show_school(page, school)


def _show_school(page: Any, school: dict[str, Any]) -> None:
    from rich.text import Text

    from matchday.cli.page import block, heading

    page.print(
        heading(f"{school['name'] or 'School without a name'} · {school['country_name'] or 'country not recorded'}")
    )
    when = (
        f"on {school['checked_on']} ({school['checked_days_ago']} days before)"
        if school["checked_on"]
        else "on no recorded day"
    )
    page.print(block(f"You looked {when}. {school['evidence'] or 'What you kept as proof is not recorded.'}", 0))
    page.print(f"Where to look: {school['link']}\n")
    page.print(heading("The entry must show"))
    for one in school["must_show"]:
        shape, colour = RECORDED[one["recorded"]]
        page.print(
            Text(
                block(f"{shape} {one['recorded']}: {one['what']}{' · ' + one['value'] if one['value'] else ''}", 2),
                style=colour,
            )
        )
        page.print(
            block(f"{one['why']} {one['rule']}: {one['source']} ({one['confidence']}; read {one['read_on']})", 4)
        )
    page.print(heading("\nAccrediting agency"))
    for agency in school["accreditors"]:
        _show_agency(page, agency)
    if not school["accreditors"]:
        page.print(block("None found for this country in a list that is incomplete: check with WFME.", 2))
