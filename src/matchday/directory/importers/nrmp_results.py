"""NRMP "Program Results": positions offered and filled by track and season. CSV in several forms, and the PDF's text.

Seasons stand in columns of their own ("2026 Quota") or in a column `year`. 0 means "did not take part".
Text of the PDF: state, institution with city, then lines of name, code and pairs Quota, Matched, newest season first.
"""

import re
from pathlib import Path

from matchday.directory.importers.nrmp_directory import TAKE as TRACK
from matchday.directory.importers.nrmp_directory import finish_track, finish_tracks
from matchday.directory.model import Reading, SourceKind, Year
from matchday.directory.reading.files import kind_of, problem
from matchday.directory.reading.institutions import check_institutions
from matchday.directory.reading.lines import Lines, open_lines
from matchday.directory.reading.places import split_heading
from matchday.directory.reading.rows import Draft, read_rows, reading_of
from matchday.directory.reading.tables import Table, open_table
from matchday.directory.tables import find_state

KIND = SourceKind.NRMP_RESULTS
TAKE = [*TRACK, "season", "quota", "filled", "quota:", "filled:"]
LINE = re.compile(
    r"^(?P<name>.*?)\s*\b(?P<code>\d{4}[0-9A-Z]\d{2}[CMPARFS]\d{1,3})\b\s*(?P<counts>(?:[\d,]+|[-–—])(?:\s+(?:[\d,]+|[-–—]))*)?\s*$"
)
YEARS = re.compile(r"\b(20\d\d)\s*(?:-|–|to|through)\s*(20\d\d)\b")


def likeness(opened: Table | Lines) -> int:
    """NRMP codes beside counts by season."""
    if isinstance(opened, Lines):
        return 90 if sum(bool(LINE.match(line)) for _, line in opened.lines[:2000]) else 0
    found = opened.header.meanings
    return 90 if "nrmp_code" in found and ("quota:" in found or {"season", "quota"} <= found) else 0


def read(path: Path) -> Reading:
    """Tracks with their seasons."""
    if kind_of(path) in ("pdf", "text"):
        return _read_lines(open_lines(path))
    table = open_table(path)
    if not likeness(table):
        raise problem(
            path, "no column of NRMP codes beside counts by season", "columns such as Program Code, 2026 Quota, 2026 Matched",
            "check the file, or name another --source",
        )  # fmt: skip
    drafts, whole = read_rows(table, KIND, TAKE, finish_track)
    return finish_tracks(table, drafts, whole)


def _read_lines(text: Lines) -> Reading:
    drafts: list[Draft] = []
    seasons: list[int] = []
    state, institution, city = "", "", ""
    unread = []
    for number, line in text.lines:
        seasons = _seasons(line) or seasons
        if found := LINE.match(line):
            drafts.append(_track(number, found, seasons, state, institution, city))
        elif place := find_state(line):
            state, institution, city = place.code, "", ""
        elif _heading(line) and not text.is_furniture(line):
            institution, city = split_heading(line)
        elif re.search(r"\d{4}[0-9A-Z]\d{2}[CMPARFS]\d", line):
            unread.append(Draft(number, {}))
            unread[-1].say("row", line, "a code in a line that cannot be told apart", fatal=True)
    if not drafts or not seasons:
        raise problem(
            text.path, "no lines of name, code and counts under a heading with seasons", "the text of Program Results",
            "save the PDF as text with its layout kept, or use a CSV",
        )  # fmt: skip
    check_institutions(drafts)
    read_all = sorted([*drafts, *unread], key=lambda draft: draft.row)
    return reading_of(
        read_all, Reading(kind=KIND, read=len(read_all), records=(), problems=text.problems, as_of=text.day)
    )


def _seasons(line: str) -> list[int]:
    """The seasons of a heading, newest first as printed: `2026 2025 2024`, or the range of the title."""
    if LINE.match(line):
        return []
    if found := YEARS.search(line):
        first, last = sorted((int(found[1]), int(found[2])))
        return list(range(last, first - 1, -1)) if last - first < 20 else []
    years = [int(year) for year in re.findall(r"\b20\d\d\b", line)]
    return years if len(years) > 1 else []


def _heading(line: str) -> bool:
    """A line of words only: an institution, or a title (`is_furniture` knows the titles)."""
    return bool(re.search(r"[A-Za-z]{2}", line)) and not re.search(r"\d{3}|Quota|Matched", line)


def _track(number: int, found: re.Match[str], seasons: list[int], state: str, institution: str, city: str) -> Draft:
    code = found["code"]
    fields = {
        "name": found["name"].strip(), "institution": institution, "city": city, "state": state,
        "institution_code": code[:4], "specialty": code[4:7], "track": code[7],
    }  # fmt: skip
    draft = Draft(number, {}, {name: value for name, value in fields.items() if value}, nrmp=code)
    counts = [0 if part in "-–—" else int(part.replace(",", "")) for part in (found["counts"] or "").split()]
    if not seasons or len(counts) != 2 * len(seasons):
        draft.say("quota", found[0], f"{len(counts)} counts for {len(seasons)} seasons", fatal=True)
        return draft
    for season, quota, filled in zip(seasons, counts[::2], counts[1::2], strict=True):
        if filled > quota:
            draft.say(f"filled:{season}", str(filled), f"more filled than the {quota} offered", "left out")
        draft.years[season] = Year(season, quota, filled if filled <= quota else None)
    return draft
