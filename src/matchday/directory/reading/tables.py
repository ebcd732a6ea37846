"""Files as tables: numbered rows of text under a header whose columns have meanings."""

import csv
import datetime as dt
import io
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from matchday.directory.model import Problem
from matchday.directory.reading.columns import Header, Row, find_header
from matchday.directory.reading.files import MAX_ROWS, check_workbook, kind_of, problem, too_many
from matchday.directory.reading.values import ACGME, CONTROLS, NRMP, specialty
from matchday.terms import InputProblem

SAMPLE = 200
MAX_COLUMNS = 1_000


@dataclass(frozen=True, slots=True)
class Table:
    """A table ready to be read once: its header, its rows below it, and what is known of it as a whole."""

    path: Path
    header: Header
    rows: Iterator[Row]
    problems: tuple[Problem, ...] = ()
    sample: tuple[Row, ...] = ()


def open_table(path: Path) -> Table:
    """The table in a CSV, JSON or XLSX file; an InputProblem when there is none."""
    kind = kind_of(path)
    readers = {"csv": _from_csv, "json": _from_json, "xlsx": _from_workbook}
    if kind not in readers:
        raise problem(
            path,
            f"a {kind} file holds no table",
            "CSV, XLSX or JSON",
            "use --source nrmp-results or acgme for text of a PDF",
        )
    return readers[kind](path)


def _table(path: Path, rows: Iterator[Row], problems: tuple[Problem, ...] = ()) -> Table:
    head = list(itertools.islice(rows, SAMPLE))
    header = find_header(head)
    if header is None:
        raise problem(
            path, "no line names columns of a list of programs", "a header with a program's code or name",
            "name the columns in the first line, for instance: Program Name, City, State",
        )  # fmt: skip
    below = [row for row in head if row[0] > header.row]
    body = (row for row in itertools.chain(below, rows) if any(cell.strip() for cell in row[1]))
    first = next(body, None)
    if first is None:
        raise problem(path, "no rows below the header", "rows of programs", "check that the whole list was saved")
    return Table(path, header, itertools.chain([first], body), problems, tuple(below))


def _from_csv(path: Path) -> Table:
    text, said = read_text(path)
    return _table(path, _csv_rows(path, text), said)


def read_text(path: Path) -> tuple[str, tuple[Problem, ...]]:
    """The text of a file in UTF-8, UTF-16 with a mark, or else Windows-1252, and what was noticed."""
    raw = path.read_bytes()
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace"), (_whole("written in UTF-16", "read as such"),)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        said = _whole("not written in UTF-8", "read as Windows-1252")
        return raw.decode("cp1252", errors="replace"), (said,)
    bom = raw.startswith(b"\xef\xbb\xbf")
    return text, (_whole("a byte order mark at the beginning", "taken away"),) if bom else ()


def _whole(what: str, repair: str | None) -> Problem:
    """Something about the file as a whole: row 0."""
    return Problem(row=0, field="file", value="", problem=what.translate(CONTROLS), repair=repair)


def _csv_rows(path: Path, text: str) -> Iterator[Row]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t|", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number, width = 0, first.count(delimiter)
    try:
        for number, cells in enumerate(reader, start=1):
            if number > MAX_ROWS:
                raise too_many(path, number)
            if len(cells) > MAX_COLUMNS:
                raise too_many(path, number)
            if any("\n" in cell and _swallowed(cell, delimiter, width) for cell in cells):
                raise InputProblem(
                    "a cell holds whole rows, as after a quote that was never closed", expected="CSV", file=str(path),
                    do="close the quote, or open it in a spreadsheet and save it as CSV", line=reader.line_num,
                )  # fmt: skip
            yield number, cells
    except csv.Error as trouble:
        quoted = "expected after" in str(trouble) or "unexpected end" in str(trouble)
        stray = "a quotation mark is opened and never closed, or stands inside a cell"
        raise InputProblem(
            stray if quoted else f"not a table of comma-separated values ({trouble})", expected="CSV", do="open it in a spreadsheet and save it as CSV",
            file=str(path), line=number + 1,
        ) from trouble  # fmt: skip


def _swallowed(cell: str, delimiter: str, width: int) -> bool:
    """True when a line within a cell is cut into as many parts as the first line of the file, or begins with a code."""
    inner = cell.splitlines()[1:]
    firsts = (line.split(delimiter)[0].strip(' "') for line in inner if delimiter in line)
    return any(line.count(delimiter) >= max(width, 2) for line in inner) or any(
        ACGME.fullmatch(first) or NRMP.fullmatch(first) for first in firsts
    )


def _from_workbook(path: Path) -> Table:
    """The sheet with the best header; the other sheets are named, cells with formulas too."""
    import python_calamine

    formulas = check_workbook(path)
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        heads = {name: list(itertools.islice(_sheet_rows(book, name), SAMPLE)) for name in book.sheet_names}
        best = max(heads, key=lambda name: _says(heads[name]))
    except Exception as trouble:  # the reader's own errors share no class
        raise problem(
            path, f"the workbook cannot be read ({trouble})", "an XLSX file", "save it again as XLSX or CSV"
        ) from trouble
    others = tuple(_whole(f"the sheet '{name}' was not read", None) for name in heads if name != best and heads[name])
    said = tuple(
        Problem(
            row=row,
            field=cell,
            value="",
            problem="a formula, which is never run",
            repair="took the result stored in the file, if any",
        )
        for found in formulas.values()
        for row, cell in found
    )
    return _table(path, _sheet_rows(book, best), others + said)


def _sheet_rows(book: Any, name: str) -> Iterator[Row]:
    """The rows of a sheet with the numbers that a person sees."""
    for number, cells in enumerate(book.get_sheet_by_name(name).iter_rows(), start=1):
        yield number, [_cell(value) for value in cells]


def _says(rows: list[Row]) -> int:
    header = find_header(rows)
    return len(header.columns) if header else -1


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return str(value)


def _from_json(path: Path) -> Table:
    text, said = read_text(path)
    try:
        items = list(_items(json.loads(text)))
        records = {n: _flat(item, group) for n, (item, group) in enumerate(items, start=1) if isinstance(item, dict)}
    except (ValueError, RecursionError) as trouble:
        raise InputProblem(
            f"not JSON ({trouble})", expected="a list of programs", do="check the file", file=str(path),
            line=getattr(trouble, "lineno", None),
        ) from trouble  # fmt: skip
    if len(items) > MAX_ROWS:
        raise too_many(path, len(items))
    keys = list(dict.fromkeys(key for record in records.values() for key in record))
    if len(keys) > MAX_COLUMNS:
        raise too_many(path, len(records))
    others = tuple(
        Problem(
            row=n, field="row", value=json.dumps(item)[:200], problem="not an object with fields", repair="left out"
        )
        for n, (item, _) in enumerate(items, start=1)
        if n not in records
    )
    rows = ((n, [record.get(key, "") for key in keys]) for n, record in records.items())
    return _table(path, itertools.chain([(0, keys)], rows), said + others)


def _items(tree: Any) -> Iterator[tuple[Any, str]]:
    """The items of every list that holds objects, with its specialty; without such a list, objects under names or codes."""
    listed = list(_listed(tree, ""))
    if listed or not isinstance(tree, dict) or not all(isinstance(one, dict) for one in tree.values()):
        yield from listed
        return
    for key, one in tree.items():
        code = ACGME.fullmatch(key) or NRMP.fullmatch(key)
        yield {"program code" if code else "name": key} | one, ""


def _listed(tree: Any, group: str) -> Iterator[tuple[Any, str]]:
    """Items of lists of objects, wherever they stand; a name above a list is the specialty when it is known as one."""
    if isinstance(tree, list) and any(isinstance(one, dict) for one in tree):
        yield from ((one, group) for one in tree)
    elif isinstance(tree, dict):
        for name, part in tree.items():
            yield from _listed(part, name if specialty(name).text else group)


def _flat(record: dict[str, Any], group: str) -> dict[str, str]:
    """One object as texts: of a list the first is the value, what follows are tags (`KEY more`); see below.

    Objects within become fields of their own (`location city`). `group` is the specialty when the object has none.
    """
    flat: dict[str, str] = {}
    for name, value in record.items():
        parts = value if isinstance(value, list) else [value]
        if len(parts) == 1 and isinstance(parts[0], dict):
            flat |= {f"{name} {inner}": text for inner, text in _flat(parts[0], "").items()}
            continue
        texts = ["" if one is None else one if isinstance(one, str) else json.dumps(one) for one in parts]
        flat[name] = texts[0] if texts else ""
        if texts[1:]:
            flat[f"{name} more"] = "; ".join(text.strip() for text in texts[1:])
    if group and not any(name.casefold() == "specialty" for name in flat):
        flat["specialty"] = group
    return flat


def carry_down(table: Table) -> Table:
    """Where each state stands once, on the first row of its group, write it on the rows below too."""
    place = next((place for place, meaning in table.header.columns.items() if meaning == "state"), None)
    if place is None:
        return table
    rows = list(table.rows)
    told = [cells[place].strip() for _, cells in rows if place < len(cells)]
    named = [text for text in told if text]
    if len(named) == len(told) or len(named) != len(set(named)):
        return replace(table, rows=iter(rows))
    return replace(table, rows=_carried(rows, place))


def _carried(rows: list[Row], place: int) -> Iterator[Row]:
    last = ""
    for number, cells in rows:
        full = cells + [""] * (place + 1 - len(cells))
        last = full[place].strip() or last
        full[place] = last
        yield number, full
