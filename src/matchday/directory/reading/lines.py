"""PDFs and plain text as numbered lines, with the furniture of pages (footers, titles, page numbers) known."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from matchday.directory.model import Problem
from matchday.directory.reading.files import MAX_ROWS, kind_of, problem, too_many
from matchday.directory.reading.tables import read_text

MAX_PAGES = 1_000
_FURNITURE = re.compile(
    r"©|\(c\)\s*\d{4}|copyright|all rights reserved|^\s*(?:page\s*)?\d+(?:\s*(?:of|/)\s*\d+)?\s*$|Quota|Matched|Program Results|"
    r"National Resident Matching|Accreditation Council|List of Programs|Academic Year|Program (?:Name|Code)|www\.|Reproduction|continued\)",
    re.I,
)  # fmt: skip
_DAY = re.compile(r"(?:as of|run date|report date|printed|date of report)[:\s]*(\d{1,2})/(\d{1,2})/(\d{4})", re.I)


@dataclass(frozen=True)
class Lines:
    """The lines of a text that hold anything, numbered from 1 through the whole file."""

    path: Path
    lines: tuple[tuple[int, str], ...]
    problems: tuple[Problem, ...] = ()

    @cached_property
    def text(self) -> str:
        """The beginning of the text, for recognising it."""
        return "\n".join(line for _, line in self.lines[:2000])

    def is_furniture(self, line: str) -> bool:
        """A line of the page, not of the list: footers, titles, headings of columns."""
        return bool(_FURNITURE.search(line))

    @property
    def day(self) -> dt.date | None:
        """The day that the text says it speaks of, if it does."""
        if found := _DAY.search(self.text):
            month, day, year = map(int, found.groups())
            try:
                return dt.date(year, month, day)
            except ValueError:
                return None
        return None


def open_lines(path: Path) -> Lines:
    """The lines of a text file or of the text in a PDF."""
    text, said = (_pdf(path), ()) if kind_of(path) == "pdf" else read_text(path)
    lines = tuple((n, line.rstrip()) for n, line in enumerate(text.splitlines(), start=1) if line.strip())
    if len(lines) > MAX_ROWS:
        raise too_many(path, len(lines))
    if not lines:
        raise problem(
            path, "no text in the file", "text that can be marked and copied", "scanned pages cannot be read; use a CSV"
        )
    return Lines(path, lines, said)


def _pdf(path: Path) -> str:
    """The text of all pages, in the layout of the page."""
    import pypdf

    try:
        reader = pypdf.PdfReader(path)
        if len(reader.pages) > MAX_PAGES:
            raise problem(path, f"{len(reader.pages)} pages", f"at most {MAX_PAGES}", "split it")
        return "\n".join(page.extract_text(extraction_mode="layout") for page in reader.pages)
    except (
        pypdf.errors.PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        RecursionError,
        OSError,
    ) as trouble:
        raise problem(
            path, f"the PDF cannot be read ({trouble})", "a PDF without a password", "save its text, or use a CSV"
        ) from trouble
