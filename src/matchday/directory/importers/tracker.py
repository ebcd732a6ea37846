"""Sheets in which people log interviews and invitations. Only what they say of the program is taken, as hearsay.

Many cells in one: dates, remarks, platforms. Those are about the applicant; they belong in the dossier and are left out.
"""

from pathlib import Path

from matchday.directory.importers.spreadsheet import finish_own
from matchday.directory.model import Reading, SourceKind
from matchday.directory.reading.columns import plain
from matchday.directory.reading.files import problem
from matchday.directory.reading.lines import Lines
from matchday.directory.reading.rows import read_rows, reading_of
from matchday.directory.reading.tables import Table, carry_down, open_table

KIND = SourceKind.TRACKER
TAKE = [
    "acgme_code",
    "nrmp_code",
    "name",
    "institution",
    "city",
    "state",
    "location",
    "specialty",
    "specialty_code",
    "visa",
    "visa_j1",
    "visa_h1b",
    "takes_img",
]
# With one of these columns the sheet describes who was invited: its visas and scores are those of applicants.
OF_APPLICANTS = frozenset({"degree type", "visa required", "green card", "year of graduation", "graduatetype"})


def likeness(opened: Table | Lines) -> int:
    """Programs beside at least two columns on interviews, or beside columns on who was invited."""
    if isinstance(opened, Lines) or not opened.header.meanings & {"name", "nrmp_code", "acgme_code"}:
        return 0
    interviews = list(opened.header.columns.values()).count("interview")
    return 89 if interviews >= 2 or _of_applicants(opened) else 0


def _of_applicants(table: Table) -> bool:
    return bool(OF_APPLICANTS & {plain(text) for text in table.header.texts})


def read(path: Path) -> Reading:
    """Programs by name or code, with their state and what was said of visas."""
    table = open_table(path)
    if not likeness(table):
        raise problem(
            path, "no columns on interviews beside a program", "an interview sheet", "use --source spreadsheet"
        )
    take = [name for name in TAKE if not _of_applicants(table) or not name.startswith(("visa", "takes"))]
    drafts, whole = read_rows(carry_down(table), KIND, take, finish_own)
    return reading_of(drafts, whole)
