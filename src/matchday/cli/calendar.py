"""`matchday calendar`: the season's dates, in your zone, as a calendar file if you like."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matchday.cli.options import emit, json_option, on_option, season_option, today

if TYPE_CHECKING:
    from matchday.plan.calendar import Calendar, Entry


@click.command()
@season_option
@on_option
@click.option("--zone", metavar="AREA/CITY", help="Also show each hour on your own clock, for example Africa/Lagos.")
@click.option("--ics", type=click.Path(path_type=Path), metavar="FILE", help="Write the dates to this calendar file.")
@click.option(
    "--alarm", type=click.IntRange(0, 365), metavar="DAYS", help="With --ics: a reminder so many days before."
)
@json_option
def calendar(
    season: int | None, on: dt.date | None, zone: str | None, ics: Path | None, alarm: int | None, as_json: bool
) -> None:
    """The dates of a season as their owners state them, with what is past, what is next and what nobody found.

    A season whose dates are not published shows estimates, and calls them so.
    """
    from matchday.plan.calendar import calendar as dates

    day = on or today()
    found = dates(season or day.year + (day.month >= 4), day, zone=zone)
    if ics:
        from matchday.plan.ics import to_ics, write

        write(ics, to_ics(found.entries, found.season, day, alarm_days=alarm))
        click.echo(f"Wrote {ics}", err=True)
    if as_json:
        emit(found.as_json())
    else:
        show(found)


def show(found: "Calendar") -> None:
    """Print the dates for a person: day, hour there and here, what happens, who says so."""
    from rich.table import Table

    from matchday.cli.page import block, console, heading, written

    page = console()
    page.print(heading(f"Season {found.season} · seen from {written(found.on)} · hours in US Eastern time"))
    if found.based_on:
        page.print(block(f"Nothing is published for {found.season}. The days below are estimates made from the dates "
                         f"of {found.based_on}; do not rely on them.", 0))  # fmt: skip
    table = Table("Day", "Hour", box=None, pad_edge=False)
    if found.zone:
        table.add_column(found.zone)
    table.add_column("What")
    table.add_column("When", no_wrap=True)
    table.add_column("Source", justify="right")
    sources: dict[str, int] = {}
    for entry in found.entries:
        if entry.day is not None:
            table.add_row(*_row(entry, found.zone, sources))
    page.print(table)
    missing = [entry.event.title for entry in found.entries if entry.day is None]
    if missing:
        page.print(block(f"Not found: {'; '.join(missing)}.", 0))
    for source, number in sources.items():
        page.print(block(f"{number} {source}", 0), style="dim")


def _row(entry: "Entry", zone: str | None, sources: dict[str, int]) -> list[str]:
    event, day = entry.event, entry.day
    where = str(sources.setdefault(_source(entry), len(sources) + 1))
    state = {"past": "past", "next": "next", "later": f"in {entry.days_left} days"}.get(entry.when, "")
    row = [f"{day.day} {day:%b %Y}" if day else "", event.time or ""]
    if zone:
        row.append(f"{entry.local.day} {entry.local:%b, %H:%M}" if entry.local else "")
    estimate = "estimate: " if event.date is None else ""
    return [*row, f"{estimate}{event.title}", state, where]


def _source(entry: "Entry") -> str:
    from matchday.cli.page import written

    event = entry.event
    if not event.source:
        return event.basis
    return f"{event.source} ({event.confidence}; read {written(max(c.read_on for c in event.citations))})"
