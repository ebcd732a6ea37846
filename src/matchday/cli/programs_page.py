"""How programs look in a terminal: 80 columns, what is made up or not stated said in words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from matchday.cli.page import block, console, heading
from matchday.directory.labels import QUESTIONS, label

if TYPE_CHECKING:
    from matchday.directory.fit import Fit, Reason
    from matchday.directory.search import Found
    from matchday.directory.store import Store

COLOURS = {"takes you": "green", "does not": "red", "not stated": "yellow", "yes": "green", "no": "red"}
SHAPES = {"takes you": "●", "does not": "○", "not stated": "?"}
AT_RISK = ("withdraw", "withheld", "probation", "warning")  # words of an accreditation that a list must show
BAR = 24  # cells of the longest bar
MADE_UP = "MADE UP: nothing in this directory exists. Import a real list: matchday programs import FILE"


def show_found(store: "Store", found: "Found", fit: "Fit | None") -> None:
    """The lines found, as a table, with what the whole list looks like before it."""
    from matchday.directory.search import as_json

    page = console()
    if any(line["made_up"] for line in found.lines):
        page.print(Text(MADE_UP, style="bold magenta"))
    page.print(
        heading(f"{found.count} found" + (f", {len(found.lines)} shown" if len(found.lines) < found.count else ""))
    )
    if found.verdicts:
        counts = ", ".join(f"{word}: {found.verdicts.get(word, 0)}" for word in SHAPES)
        page.print(f"Before any --fit: {counts}")
    table = Table("Code", "Program and place", "Track", "Visa", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for line in found.lines:
        shown = as_json(line)
        table.add_row(_codes(shown), _who(store, fit, line, shown), _track(shown), _visas(shown))
    page.print(table)
    if found.count:
        page.print("`matchday programs show CODE` tells who says so and since when.")


def _codes(shown: Mapping[str, Any]) -> Text:
    return Text("\n".join(code for code in (shown["nrmp_code"], shown["acgme_code"]) if code) or "no code")


def _who(store: "Store", fit: "Fit | None", line: Mapping[str, Any], shown: Mapping[str, Any]) -> Text:
    place = ", ".join(part for part in (shown["city"], shown["state"]) if part)
    far = f" · {shown['miles']:g} miles" if "miles" in shown else ""
    text = Text(shown["institution"] or shown["name"] or "name not stated")
    text.append(f"\n{place or 'place not stated'}{far}", style="dim")
    if (status := shown["accreditation"]) and any(word in status.casefold() for word in AT_RISK):
        text.append(f"\n! {status}", style="red")
    if fit is not None:
        from matchday.directory.fit import row_of

        word = str(line["verdict"])
        text.append(f"\n{SHAPES[word]} {word}{_why(word, fit.reasons(row_of(line)))}", style=COLOURS[word])
    return text


def _why(word: str, reasons: "Sequence[Reason]") -> str:
    """What shuts the door, or all the questions that are open; nothing for a yes."""
    decisive = [reason for reason in reasons if str(reason.ruling.verdict) == word]
    if word == "takes you":
        return ""
    if word == "does not" or len(decisive) == 1:
        return f": {decisive[0].ruling.why}"
    return f": open are {', '.join(QUESTIONS[reason.gate] for reason in decisive)}"


def _track(shown: Mapping[str, Any]) -> Text:
    noun = "position" if shown["quota"] == 1 else "positions"
    places = f"{noun} not stated" if shown["quota"] is None else f"{shown['quota']} {noun}"
    season = f" ({shown['season']})" if shown["season"] else ""
    offered = f"took no part{season}" if shown["quota"] == 0 else places + season
    lines = (shown["specialty"] or "specialty not stated", shown["track_type"], offered, shown["service"])
    return Text("\n".join(line for line in lines if line))


def _visas(shown: Mapping[str, Any]) -> Text:
    text = Text()
    for visa, answer in shown["visa"].items():
        text.append(f"{visa} {answer}\n", style=COLOURS[answer])
    text.rstrip()
    return text


def show_portrait(found: Mapping[str, Any]) -> None:
    """One program: claims with source and dates, its history as bars, and its fit when asked."""
    page = console()
    page.print(heading(found["name"] or found["institution"] or ""))
    if found["made_up"]:
        page.print(Text(MADE_UP, style="bold magenta"))
    codes = [f"ACGME {found['acgme_code']}" if found["acgme_code"] else "", f"NRMP {found['nrmp_code'] or ''}".strip()]
    place = ", ".join(part for part in (found["city"], found["state"]) if part)
    page.print(" · ".join(part for part in (found["specialty"] or "", place, *codes) if part and part != "NRMP"))
    if "fit" in found:
        _show_fit(page, found["fit"])
    page.print()
    page.print(_claims(found))
    page.print()
    page.print(heading("Positions by season"))
    for line in _bars(found["history"]):
        page.print(line)


def _claims(found: Mapping[str, Any]) -> Table:
    """One row for each value of each field, the shown one first, with its newest word and how many more say the same."""
    said: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {}
    for claim in found["claims"]:
        said.setdefault((claim["field"], claim["track"] or "", claim["value"]), []).append(claim)
    table = Table("What", "Value", "Source", "As of", "Read on", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for column in table.columns[:3]:
        column.overflow = "fold"
    for (name, track, value), claims in said.items():
        first, more = claims[0], len(claims) - 1
        what = f"{label(name)} {track}".strip() + (" (sources differ)" if name in found["disputed"] else "")
        source = first["source"] + (f" and {more} more" if more else "")
        style = "" if first["shown"] else "dim"
        table.add_row(what, value, source, first["as_of"] or "not said", first["read_on"], style=style)
    return table


def _show_fit(page: Any, fit: Mapping[str, Any]) -> None:
    word = fit["verdict"]
    page.print(Text(f"{SHAPES[word]} {word}", style=COLOURS[word]))
    for why, answer in dict.fromkeys((entry["why"], entry["verdict"]) for entry in fit["because"]):
        page.print(block(f"{SHAPES[answer]} {why}", 2))
    if fit["missing"]:
        page.print(block(f"Missing in your file: {', '.join(fit['missing'])}", 2))


def _bars(history: list[Mapping[str, Any]]) -> Iterator[str]:
    """One bar for each season: full cells are filled positions, open cells unfilled ones."""
    if not history:
        yield "not stated"
    scale = BAR / max((year["quota"] for year in history), default=1)
    for year in history:
        whole = max(1, round(year["quota"] * scale))
        full = round((year["filled"] or 0) * scale)
        told = (
            f"{year['filled']} of {year['quota']} filled" if year["filled"] is not None else f"{year['quota']} offered"
        )
        cells = "█" * full + "░" * (whole - full) if year["filled"] is not None else "▒" * whole
        yield f"{year['season']}  {cells:<{BAR}}  {told}"


def show_statistics(found: Mapping[str, Any]) -> None:
    """The directory at a glance."""
    page = console()
    if found["made_up"]:
        page.print(Text(MADE_UP, style="bold magenta"))
    page.print(heading(f"{found['programs']} programs, {found['tracks']} tracks, {found['lines']} lines"))
    for source in found["sources"]:
        page.print(
            block(
                f"{source['title']} ({source['kind']}; as of {source['as_of'] or 'not said'}; read {source['read_on']})",
                2,
            )
        )
    for season in found["seasons"][:6]:
        filled = f"{season['filled']} filled" if season["filled"] is not None else "fills not told for all"
        page.print(f"  {season['season']}: {season['tracks']} tracks, {season['quota']} positions, {filled}")
    page.print()
    table = Table("Specialty", "Lines", "Positions", "J-1 yes", "no", "not stated", box=None, pad_edge=False)
    for row in found["specialties"]:
        visa = row["visa"]["J-1"]
        quota = "not stated" if row["quota"] is None else str(row["quota"])
        table.add_row(
            row["specialty"] or "not stated",
            str(row["lines"]),
            quota,
            *(str(visa[word]) for word in ("yes", "no", "not stated")),
        )
    page.print(table)
    page.print()
    page.print(heading("How many lines state it"))
    for name, count in found["stated"].items():
        share = count / (found["lines"] or 1)
        page.print(f"  {label(name):<32} {'█' * round(share * BAR):<{BAR}}  {count}")
