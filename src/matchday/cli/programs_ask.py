"""Which programs are meant: the options shared by `programs search` and `programs export`, and the answer to them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from matchday.cli.options import Decorator, on_option, season_option, today
from matchday.terms import InputProblem

if TYPE_CHECKING:
    from matchday.directory.fit import Fit
    from matchday.directory.search import Found, Query
    from matchday.directory.store import Store

VISAS = {"j1": "J-1", "h1b": "H-1B", "h1": "H-1B"}
FITS = {"takes-you": "takes you", "not-stated": "not stated", "does-not": "does not"}
SERVICES = ("ERAS", "ResidencyCAS", "CentralApp", "Other")
SETTINGS = ("university-based", "community-based/university affiliated", "university affiliated", "community-based",
            "university", "community", "military")  # fmt: skip
SHOWN = 20  # lines on a screen unless told otherwise


@contextmanager
def opened() -> "Iterator[Store]":
    """The directory; one without any import is filled with made-up programs first, and says so."""
    from matchday.directory.store import Store

    with Store() as store:
        if store.empty:
            _make_up(store)
        yield store


def _make_up(store: "Store") -> None:
    import gc

    from matchday.directory.synthetic import made_up_directory

    click.echo("No list imported yet: making up a directory to try things on (once).", err=True)
    gc.disable()  # 200,000 small values and nothing to collect: a quarter of the time goes to looking in vain
    try:
        store.fill_made_up(made_up_directory().records, today())
    finally:
        gc.enable()


def question(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say which programs are meant."""
    options: list[Decorator] = [
        click.argument("text", nargs=-1),
        click.option("--specialty", multiple=True, help="Name, short form or code; may be repeated."),
        click.option("--state", multiple=True, help="FL or Florida; may be repeated."),
        click.option("--near", metavar="PLACE", help='"Miami, FL", a state, or "latitude, longitude".'),
        click.option("--within", type=click.FloatRange(min=0), metavar="MILES", help="At most so far from --near."),
        click.option("--visa", multiple=True, metavar="J-1|H-1B", help="Stated as sponsored; twice means both."),
        click.option("--or-not-stated", is_flag=True, help="With a visa: also those that do not state it."),
        click.option("--service", multiple=True, help="ERAS, ResidencyCAS, CentralApp or Other."),
        click.option("--type", "track", multiple=True, help="categorical, preliminary, advanced ... or its letter."),
        click.option("--setting", multiple=True, help="university, community or military."),
        click.option("--min-quota", type=int, help="Positions in the newest season."),
        click.option("--max-quota", type=int),
        click.option("--min-img-share", type=float, help="Percent of residents that are IMGs."),
        click.option("--max-floor", type=int, help="Lowest Step 2 CK score looked at is not above this."),
        click.option("--min-years", type=int, help="Takes graduates of at least so many years ago."),
        click.option("--min-attempts", type=int, help="Allows at least so many tries at a Step."),
        click.option("--unfilled", is_flag=True, help="Had unfilled positions in the last three seasons."),
        click.option("--for", "dossier", type=click.Path(), help="Say of each whether it takes this person."),
        click.option("--fit", "fits", multiple=True, type=click.Choice(list(FITS)), help="Only these (with --for)."),
        click.option("--sort", default="relevance", help="A field, such as quota or state; -quota turns it round."),
        click.option("--limit", type=click.IntRange(min=0), help=f"Lines to show (on a screen {SHOWN})."),
        on_option,
        season_option,
    ]
    for option in reversed(options):
        command = option(command)
    return command


def ask(store: "Store", asked: dict[str, Any], limit: int | None) -> "tuple[Found, Fit | None]":
    """What was found for the options, at most `limit` lines unless they say; with a dossier also its gates."""
    from matchday.directory.search import search as find

    query = _query(store, asked, limit)
    if not asked["dossier"]:
        if asked["fits"]:
            raise click.UsageError("--fit asks for a person; add --for DOSSIER")
        return find(store.db, query), None
    from matchday.directory.fit import FIT_FIELDS
    from matchday.dossier.file import read
    from matchday.plan.fitting import fit_for

    fit = fit_for(read(asked["dossier"]), asked["on"] or today(), asked["season"])
    return find(store.db, query, fit.verdict, FIT_FIELDS), fit


def _query(store: "Store", asked: dict[str, Any], limit: int | None) -> "Query":
    from matchday.directory.search import SORTS, Query, find_place

    if asked["sort"].removeprefix("-") not in SORTS:
        raise _unknown("field to sort by", asked["sort"], SORTS)
    if not asked["near"] and (asked["within"] is not None or "distance" in asked["sort"]):
        raise click.UsageError("a distance is counted from a place; add --near PLACE")
    return Query(
        text=" ".join(asked["text"]),
        specialties=tuple(_specialty(text) for text in asked["specialty"]),
        states=tuple(_state(text) for text in asked["state"]),
        tracks=tuple(_track(text) for text in asked["track"]),
        services=tuple(_one_of("service", text, SERVICES) for text in asked["service"]),
        visas=tuple(_visa(text) for text in asked["visa"]),
        visas_or_silent=asked["or_not_stated"],
        settings=tuple(_one_of("setting", text, SETTINGS) for text in asked["setting"]),
        quota_min=asked["min_quota"],
        quota_max=asked["max_quota"],
        img_share_min=asked["min_img_share"],
        floor_max=asked["max_floor"],
        years_min=asked["min_years"],
        attempts_min=asked["min_attempts"],
        unfilled=asked["unfilled"],
        near=find_place(store.db, asked["near"]) if asked["near"] else None,
        within=asked["within"],
        fits=tuple(FITS[name] for name in asked["fits"]),
        sort=asked["sort"],
        limit=asked["limit"] if asked["limit"] is not None else limit,
    )


def _specialty(text: str) -> str:
    from matchday.directory.tables import find_specialty, specialties

    found = find_specialty(text)
    if found is None:
        raise _unknown("specialty", text, [one.name for one in specialties().values()])
    return found.code


def _state(text: str) -> str:
    from matchday.directory.tables import find_state, states

    found = find_state(text)
    if found is None:
        raise _unknown("state", text, [one.name for one in states().values()])
    return found.code


def _track(text: str) -> str:
    from matchday.directory.search import TRACKS

    letters = {name: letter for letter, name in TRACKS.items()}
    letter = (
        text.upper()
        if text.upper() in TRACKS
        else letters.get(text.lower().replace("-", " "), letters.get(text.lower()))
    )
    if letter is None:
        raise _unknown("type of track", text, letters)
    return letter


def _one_of(what: str, text: str, known: tuple[str, ...]) -> str:
    """The known word that is written like this, signs and capitals apart."""
    small = {"".join(filter(str.isalnum, word)).lower(): word for word in known}
    word = small.get("".join(filter(str.isalnum, text)).lower())
    if word is None:
        raise _unknown(what, text, known)
    return word


def _visa(text: str) -> str:
    visa = VISAS.get(text.lower().replace("-", "").replace(" ", ""))
    if visa is None:
        raise _unknown("visa", text, ("J-1", "H-1B"))
    return visa


def _unknown(what: str, text: str, known: Any) -> InputProblem:
    from difflib import get_close_matches

    near = get_close_matches(text.lower(), {name.lower(): name for name in known}, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else "see: matchday programs search --help"
    shown = ", ".join(list(known)[:6])
    return InputProblem(f"no {what} is called {text!r}", expected=f"one of {shown} ...", do=hint)


def tell(found: "Found") -> None:
    """Say on standard error what a reader must know beside the answer."""
    for note in found.read_as:
        click.echo(f"Read as: {note}", err=True)
    if found.visa_not_stated:
        click.echo(
            f"{found.visa_not_stated} more fit but do not state that visa; they are not in the list. "
            "Add --or-not-stated to list them.",
            err=True,
        )
    if found.place_unknown:
        click.echo(f"{found.place_unknown} more fit but their place is not known; they are not in the list.", err=True)


def line_json(store: "Store", fit: "Fit | None", line: Any) -> dict[str, Any]:
    """One line in the shape of the interface, with its fit and the claims that rests on when there is a person."""
    from matchday.directory.search import as_json

    shown = as_json(line)
    if fit is None:
        return shown
    from matchday.directory.fit import as_json as fit_json
    from matchday.directory.fit import row_of

    reasons = fit.reasons(row_of(line), store.claims(line["program_id"]), line["nrmp_code"])
    return shown | {"fit": fit_json(line["verdict"], reasons)}
