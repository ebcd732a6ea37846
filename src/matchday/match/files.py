"""Read and write markets: the JSON form, the folder of CSV files, and the instance formats of other programs."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from matchday.match.market import Market
from matchday.terms import InputProblem

# The name of a form, the file that reads it, what it is.
FORMS = {
    "json": ("json_form", "the JSON form of this program"),
    "csv": ("csv_form", "a folder with programs.csv and lists.csv"),
    "algmatch": ("text_forms", "two numbers, then one line for each resident and program (algmatch)"),
    "colons": ("text_forms", "the same with colons"),
    "glasgow": ("text_forms", "0, residents and programs on three lines (Glasgow, singles)"),
    "glasgow-couples": ("text_forms", "singles, couples and programs on three lines (Glasgow, couples)"),
    "preflib": ("preflib", "residents.soi and programs.soi, with capacities.csv beside them (PrefLib)"),
    "matching": ("triples", "three YAML files: residents, hospitals, capacities (matching)"),
    "hgpmatch": ("triples", "three CSV files: residents, programs, capacities (hgpmatch)"),
}
Warn = Callable[[str], None]


def read_market(path: str | Path, form: str = "auto", *, warn: Warn = lambda _: None) -> Market:
    """The market in a file or folder.

    form: a key of `FORMS`, or "auto" to tell by name and content. Of several files that belong together give one.
    warn: called with what was strange and could be read. Raises `InputProblem` with file and line.
    """
    place = Path(path)
    name = form_of(place) if form == "auto" else form
    if name not in FORMS:
        raise InputProblem(f"unknown form {name!r}", expected=", ".join(FORMS), do="name a form, or leave it out")
    market: Market = import_module(f"matchday.match.{FORMS[name][0]}").read(place, name, warn)
    return market


def write_market(market: Market, path: str | Path) -> None:
    """Write the JSON form (a name that ends in .json) or the folder of CSV files, whole or not at all."""
    place = Path(path)
    form = "json_form" if place.suffix.lower() == ".json" else "csv_form"
    import_module(f"matchday.match.{form}").write(market, place)


def form_of(path: Path) -> str:
    """The form of an input, by its name and its first lines."""
    ending = path.suffix.lower()
    if path.is_dir():
        return "csv"
    known = {".json": "json", ".soi": "preflib", ".soc": "preflib", ".yml": "matching", ".yaml": "matching"}
    if ending in known:
        return known[ending]
    if ending == ".csv":
        return "hgpmatch"
    text = read_text(path)
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("{"):
        return "json"
    form: str = import_module("matchday.match.text_forms").form_of_text(start)
    return form


def read_text(path: Path) -> str:
    """The text of a file, UTF-8 with or without a mark at its beginning."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise InputProblem(
            "not UTF-8 text", expected="UTF-8", do="save the file as UTF-8", file=str(path), line=line
        ) from error
    except OSError as error:
        raise InputProblem(
            f"cannot be read: {error.strerror or error}", expected="a file that is there and open to you",
            do="check the name", file=str(path),
        ) from error  # fmt: skip


def number_in(text: str) -> int | None:
    """The whole number from 0 that a text holds, if it fits the arrays; else None."""
    said = text.strip()
    number = int(said) if said.isascii() and said.isdigit() and len(said) <= 10 else 2**31
    return number if number < 2**31 else None
