"""Before a file is opened: its size, its true type, and what its zip would unpack to."""

import re
import zipfile
import zlib
from pathlib import Path

from matchday.terms import InputProblem

MAX_FILE = 20_000_000
MAX_UNPACKED = 200_000_000
MAX_ENTRIES = 1_000
MAX_RATIO = 100
MAX_ROWS = 100_000
MAX_CELLS = 1_500_000  # of the rectangle that holds all cells: readers of workbooks keep it whole

_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]{0,200}?\br="([A-Z]{1,3})([0-9]{1,7})"')
_FORMULA = re.compile(rb'<(?:\w+:)?c\b[^>]{0,200}?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]{0,200}>\s*<(?:\w+:)?f\b')
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_CHUNK = 1 << 20
_CARRY = 1_024


def problem(path: Path, what: str, expected: str, do: str) -> InputProblem:
    """An InputProblem about the file as a whole."""
    return InputProblem(what, expected=expected, do=do, file=str(path))


def kind_of(path: Path) -> str:
    """`csv`, `text`, `json`, `xlsx` or `pdf`, by content and by name; anything else is refused."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(4096)
    except (OSError, ValueError) as trouble:
        raise problem(path, f"cannot be read ({trouble})", "a file", "check the name and the rights") from trouble
    if size > MAX_FILE:
        raise problem(path, f"{size / 1e6:.0f} MB", f"at most {MAX_FILE / 1e6:.0f} MB", "split it")
    if not head.strip(b"\0\xef\xbb\xbf \r\n\t"):
        raise problem(path, "the file is empty", "rows of programs", "check the file")
    true, name = _by_content(head), path.suffix.lower().lstrip(".")
    fits = {"xlsx": {"xlsx"}, "pdf": {"pdf"}, "text": {"csv", "tsv", "txt", "text", "json", ""}}
    if true not in fits or name not in fits[true]:
        said = f"the name says .{name}" if name else "the name has no ending"
        raise problem(
            path, f"{said}, the content is {true}", "CSV, XLSX, JSON, PDF or text", "save the list as CSV or XLSX, without macros"
        )  # fmt: skip
    if true != "text":
        return true
    return {"json": "json", "csv": "csv", "tsv": "csv"}.get(name) or _text_or_table(head)


def _by_content(head: bytes) -> str:
    for start, kind in (
        (b"\xff\xfe\0\0", "text in UTF-32"),
        (b"\0\0\xfe\xff", "text in UTF-32"),
        (b"%PDF-", "pdf"),
        (b"PK", "xlsx"),
        (b"\xd0\xcf\x11\xe0", "an old or locked Office file"),
        (b"\x1f\x8b", "gzip"),
    ):
        if head.startswith(start):
            return kind
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "text"
    return "binary data" if b"\0" in head else "text"


def _text_or_table(head: bytes) -> str:
    """A .txt file is a table when its first line is cut by tabs or commas, else the text of a page."""
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"[", b"{")):
        return "json"
    first = head.splitlines()[0]
    return "csv" if first.count(b"\t") >= 2 or first.count(b",") >= 2 else "text"


def check_workbook(path: Path) -> dict[str, list[tuple[int, str]]]:
    """Unpack a workbook once, counting, before any reader sees it. Answers the cells with formulas of each sheet file.

    Refuses bombs, macros, entities, encryption, damage, and sheets whose cells span more than the limits.
    """
    formulas: dict[str, list[tuple[int, str]]] = {}
    try:
        with zipfile.ZipFile(path) as box:
            entries = box.infolist()
            _check_entries(path, entries)
            total = 0
            for entry in entries:
                scan = _Scan(path, entry)
                with box.open(entry) as stream:
                    while chunk := stream.read(_CHUNK):
                        total += len(chunk)
                        if total > MAX_UNPACKED:
                            raise _bomb(path)
                        scan.feed(chunk)
                if scan.formulas:
                    formulas[entry.filename] = scan.formulas
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        RuntimeError,
        OSError,
        ValueError,
    ) as trouble:
        raise problem(
            path,
            f"the workbook is damaged or locked ({trouble})",
            "an XLSX file",
            "open it and save it again as XLSX or CSV",
        ) from trouble
    return formulas


def _bomb(path: Path) -> InputProblem:
    what = f"unpacks to more than {MAX_UNPACKED / 1e6:.0f} MB or {MAX_RATIO} times its size"
    return problem(path, what, "an ordinary workbook", "save the list as CSV")


def _check_entries(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    names = {entry.filename.lower() for entry in entries}
    if len(entries) > MAX_ENTRIES:
        raise problem(path, f"{len(entries)} parts in one workbook", f"at most {MAX_ENTRIES}", "save the list as CSV")
    if "xl/workbook.xml" not in names:
        raise problem(
            path, "a zip file that is no workbook", "an XLSX file", "unpack it, or save the list as XLSX or CSV"
        )
    if any(name.endswith((".bin", ".vba")) and "printersettings" not in name for name in names):
        raise problem(
            path, "the workbook holds macros or binary parts", "a workbook without macros", "save it as XLSX or CSV"
        )
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED or any(e.file_size > max(MAX_RATIO * e.compress_size, 1_000_000) for e in entries):
        raise _bomb(path)


class _Scan:
    """Looks through one part of a workbook in chunks: entities, the rectangle of its cells, formulas."""

    def __init__(self, path: Path, entry: zipfile.ZipInfo) -> None:
        self.path, self.sheet = path, entry.filename.startswith("xl/worksheets/")
        self.xml = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
        self.rest, self.rows, self.right, self.low = b"", 0, 0, 0
        self.formulas: list[tuple[int, str]] = []

    def feed(self, chunk: bytes) -> None:
        """Look at the next piece; what may be cut at its end is looked at again with the next."""
        if not self.xml:
            return
        text = self.rest + chunk
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text or text[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise problem(
                self.path, "the workbook defines XML entities", "an ordinary workbook", "save the list as CSV"
            )
        if self.sheet:
            self._cells(text)
        self.rest = text[-_CARRY:]

    def _cells(self, text: bytes) -> None:
        skip = len(self.rest)
        self.rows += sum(1 for found in _ROW.finditer(text) if found.end() > skip)
        for found in _CELL.finditer(text):
            if found.end() > skip:
                self.right, self.low = max(self.right, _column(found[1])), max(self.low, int(found[2]))
        for found in _FORMULA.finditer(text):
            if found.end() > skip and len(self.formulas) < MAX_ROWS:
                self.formulas.append((int(found[2]), (found[1] + found[2]).decode()))
        rows = max(self.rows, self.low)
        if rows > MAX_ROWS or rows * self.right > MAX_CELLS:
            raise too_many(self.path, rows)


def too_many(path: Path, rows: int) -> InputProblem:
    """The problem with a table that is larger than any list of programs."""
    return problem(
        path, f"{rows:,} rows or more, or far too many columns", f"at most {MAX_ROWS:,} rows and {MAX_CELLS:,} cells",
        "keep only the list of programs, or split it",
    )  # fmt: skip


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
