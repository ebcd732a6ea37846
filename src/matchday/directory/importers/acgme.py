"""The accreditor's list of programs (public search, "List of programs by specialty"): XLSX, CSV, or the text of its PDF.

Seen in a report of 2026-09-23: code, name, address block, director (never kept), status, effective date MM/DD/YYYY.
"""

import re
from pathlib import Path

from matchday.directory.model import Reading, SourceKind
from matchday.directory.reading.files import kind_of, problem
from matchday.directory.reading.lines import Lines, open_lines
from matchday.directory.reading.places import split_place
from matchday.directory.reading.rows import Draft, need_identity, read_rows, reading_of
from matchday.directory.reading.tables import Table, open_table
from matchday.directory.reading.values import clean, date, name

KIND = SourceKind.ACGME
TAKE = [
    "acgme_code",
    "name",
    "institution",
    "institution_code",
    "city",
    "state",
    "location",
    "address",
    "specialty",
    "specialty_code",
    "latitude",
    "longitude",
    "status",
    "accreditation",
    "accreditation_date",
    "website",
]
STATUS = re.compile(
    r"((?:Continued|Initial|Probationary) Accreditation(?: with(?:out)? (?:Warning|Outcomes))?|(?:Voluntary|Expedited|Administrative)"
    r" Withdrawal[A-Za-z ]*?|Accreditation Withdrawn|Accreditation Withheld)",
    re.I,
)
SPONSOR = re.compile(r"\[?(\d{6}|\d{8})\]?\s*[-:]\s*(.+)")  # "[010498] - University of Alabama Hospital"
CODE = re.compile(r"(?<!\d)(\d{10})(?!\d)")
DATE = re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}\b")


def likeness(opened: Table | Lines) -> int:
    """A column of ACGME codes, or lines that begin with them beside an accreditation status."""
    if isinstance(opened, Lines):
        return 80 if sum(bool(CODE.search(line)) for _, line in opened.lines[:400]) and "ccredit" in opened.text else 0
    found = opened.header.meanings
    return 0 if "acgme_code" not in found else 60 if "accreditation" in found else 40


def read(path: Path) -> Reading:
    """Programs with their codes, names, places and accreditation."""
    if kind_of(path) in ("pdf", "text"):
        return _read_lines(open_lines(path))
    table = open_table(path)
    if "acgme_code" not in table.header.meanings:
        raise problem(path, "no column holds ACGME codes", "10-digit codes", "check the file, or name another --source")
    drafts, whole = read_rows(table, KIND, TAKE, _finish)
    return reading_of(drafts, whole)


def _finish(draft: Draft) -> None:
    split_place(draft)
    if coded := SPONSOR.fullmatch(draft.fields.get("institution", "")):
        draft.fields.setdefault("institution_code", coded[1])
        draft.fields["institution"] = coded[2]
    status = draft.texts.get("status", "")
    if STATUS.fullmatch(status):
        draft.fields.setdefault("accreditation", status)
    draft.nrmp = None
    need_identity(draft, "acgme")


def _read_lines(text: Lines) -> Reading:
    """Each program runs from its code to the next code; the status and its date end it."""
    drafts: list[Draft] = []
    block: list[str] = []
    for number, line in text.lines:
        if found := CODE.search(line):
            _close(drafts, block)
            drafts.append(Draft(number, {}, acgme=found[1]))
            block = [line[found.end() :]]
        elif drafts and not text.is_furniture(line):
            block.append(line)
    _close(drafts, block)
    if not drafts:
        raise problem(
            text.path, "no ACGME code in the text", "10-digit codes", "check the file, or name another --source"
        )
    return reading_of(drafts, Reading(kind=KIND, read=len(drafts), records=(), problems=text.problems, as_of=text.day))


def _close(drafts: list[Draft], block: list[str]) -> None:
    """Read the lines of the last program: its name, place, status and date."""
    if not drafts:
        return
    draft, whole = drafts[-1], "  ".join(block)
    if found := STATUS.search(whole):
        draft.fields["accreditation"] = " ".join(found[1].split())
    if found := DATE.search(whole):
        draft.fields["accreditation_date"] = draft.parse("accreditation_date", date, found[0])
    parts = [part.strip() for part in re.split(r"\s{2,}|\t", STATUS.split(whole)[0]) if part.strip()]
    first = parts[0] if parts else ""
    end = first.find(" Program ")
    title = first[: end + len(" Program")] if end > 0 else first
    draft.fields["name"] = draft.parse("name", name, draft.parse("name", clean, title))
    draft.texts["address"] = "  ".join([first[len(title) :], *parts[1:]])
    draft.fields["specialty"] = draft.acgme[:3] if draft.acgme else ""
    split_place(draft)
    draft.fields = {key: value for key, value in draft.fields.items() if value}
    need_identity(draft, "acgme")
