"""Write programs with their sources: CSV to read anywhere, XLSX with a sheet of claims, JSON with everything.

A file is written whole or not at all. Text that a spreadsheet would run as a formula gets an apostrophe in front.
"""

import csv
import io
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from matchday.directory.portrait import portrait
from matchday.directory.reading.values import CONTROLS
from matchday.directory.store import Store
from matchday.terms import InputProblem

Lines = Sequence[Mapping[str, Any]]

COLUMNS = (
    *("made_up", "acgme_code", "nrmp_code", "name", "institution", "city", "state", "specialty_code", "specialty"),
    *("track", "track_name", "service", "season", "quota", "filled", "visa_j1", "visa_h1b", "img_share"),
    *("oldest_source", "fit", "sources"),
)
CLAIM_COLUMNS = ("made_up", "acgme_code", "nrmp_code", "field", "value", "source", "as_of", "read_on")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(store: Store, lines: Lines, path: Path) -> None:
    """Write lines of a search (as JSON has them, with their `program_id`) in the format that the ending names."""
    formats: dict[str, Callable[[Store, Lines], bytes]] = {".csv": as_csv, ".xlsx": as_xlsx, ".json": as_json}
    make = formats.get(path.suffix.lower())
    if make is None:
        raise InputProblem(
            f"the ending {path.suffix or 'of the name'!r} names no format",
            expected=".csv, .xlsx or .json",
            do="choose one of these endings",
            file=str(path),
        )
    _put(path, make(store, lines))


def as_csv(store: Store, lines: Lines) -> bytes:
    """One row for each line, UTF-8 with a mark so that spreadsheets read it as such."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(_rows(store, lines))
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(store: Store, lines: Lines) -> bytes:
    """A sheet of programs and a sheet of every claim on them with its source and dates."""
    try:
        from openpyxl import Workbook
    except ImportError as missing:
        raise InputProblem(
            "XLSX files need the package openpyxl",
            expected="matchday with its extra for files",
            do='run: pip install "matchday[files]", or choose .csv',
        ) from missing
    book = Workbook(write_only=True)
    for title, head, rows in (
        ("programs", COLUMNS, _rows(store, lines)),
        ("claims", CLAIM_COLUMNS, _claims(store, lines)),
    ):
        sheet = book.create_sheet(title)
        sheet.append(head)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_json(store: Store, lines: Lines) -> bytes:
    """Everything known of each line: the line itself, its claims and its history."""
    programs = []
    for line in lines:
        full = portrait(store, line["nrmp_code"] or line["acgme_code"] or "") or {}
        plain = {name: value for name, value in line.items() if name != "program_id"}
        programs.append(plain | {name: full.get(name, []) for name in ("claims", "history")})
    tree = {"made_up": any(line["made_up"] for line in lines), "count": len(programs), "programs": programs}
    return json.dumps(tree, ensure_ascii=False, indent=1).encode()


def _rows(store: Store, lines: Lines) -> Iterator[list[Any]]:
    for line in lines:
        flat = dict(line) | {
            "made_up": "made up" if line["made_up"] else "",
            "visa_j1": line["visa"]["J-1"],
            "visa_h1b": line["visa"]["H-1B"],
            "fit": line["fit"]["verdict"] if "fit" in line else "",
            "sources": _sources(store, line["program_id"]),
        }
        yield [harmless(flat[name]) for name in COLUMNS]


def _sources(store: Store, program: int) -> str:
    """Each source with the newest day it speaks of, in short."""
    found = {claim.source: claim.as_of or claim.read_on for claim in store.claims(program)}
    return "; ".join(f"{source} ({day})" for source, day in sorted(found.items()))


def _claims(store: Store, lines: Lines) -> Iterator[list[Any]]:
    for program, code in {line["program_id"]: line["acgme_code"] for line in lines}.items():
        for claim in store.claims(program):
            mark = "made up" if claim.kind == "made-up" else ""
            days = (claim.as_of.isoformat() if claim.as_of else "", claim.read_on.isoformat())
            row = (mark, code, claim.track, claim.field, claim.value, claim.source, *days)
            yield [harmless(value) for value in row]


def harmless(value: Any) -> Any:
    """The value as a cell that no spreadsheet runs: no control characters, and an apostrophe before a formula's beginning."""
    if not isinstance(value, str):
        return value
    text = value.translate(CONTROLS)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _put(path: Path, content: bytes) -> None:
    """Write beside, force to the disk, then take the name."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.", suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            with suppress(FileNotFoundError):
                Path(name).unlink()
            raise
    except OSError as trouble:
        raise InputProblem(
            f"the file could not be written ({trouble.strerror or trouble})",
            expected="a folder with room, open to you",
            do="make room or choose another folder; nothing was changed",
            file=str(path),
        ) from trouble
