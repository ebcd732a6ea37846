"""One file for each source that people hold: `KIND`, `likeness(opened)` and `read(path) -> Reading`. The folder is read.

A new source is one file here and one sample with its expected result in tests/samples.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Protocol, cast

from matchday.directory.model import Reading, SourceKind
from matchday.directory.reading.files import kind_of, problem
from matchday.directory.reading.lines import Lines, open_lines
from matchday.directory.reading.tables import Table, open_table


class Importer(Protocol):
    """What each file of this folder offers."""

    KIND: SourceKind

    def likeness(self, opened: Table | Lines) -> int:
        """How much a file looks like this source: 0 not at all, 100 surely."""

    def read(self, path: Path) -> Reading:
        """Every row of the file as a record, or named in a problem; InputProblem when the file is not of this kind."""


@cache
def importers() -> dict[str, Importer]:
    """All importers by the word for `--source`."""
    found = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    return {str(one.KIND.value): cast(Importer, one) for one in found}


def open_any(path: Path) -> Table | Lines:
    """A file as a table, or as lines of text when it is a PDF or plain text."""
    return open_lines(path) if kind_of(path) in ("pdf", "text") else open_table(path)


def recognise(path: Path) -> Importer:
    """The importer that a file looks like most; InputProblem when it looks like none."""
    opened = open_any(path)
    best = max(importers().values(), key=lambda one: one.likeness(opened))
    if not best.likeness(opened):
        raise problem(
            path, "not a list of programs that is known", "columns with a program's code, or its name and place",
            "name the columns in the first line, or say --source",
        )  # fmt: skip
    return best


def read(path: Path, source: str = "auto", columns: Mapping[str, str] | None = None) -> Reading:
    """Read a file of a named kind, or of the kind that it looks like (`auto`).

    `columns` (header -> meaning) is what a person told of an own spreadsheet; other kinds know their columns.
    """
    if source == "auto":
        chosen = recognise(path)
    elif source in importers():
        chosen = importers()[source]
    else:
        raise problem(
            path, f"no source is called {source!r}", f"one of auto, {', '.join(importers())}", "name one of them"
        )
    if columns and chosen.KIND is SourceKind.SPREADSHEET:
        return importers()["spreadsheet"].read(path, columns)  # type: ignore[call-arg]  # only this one takes columns
    return chosen.read(path)
