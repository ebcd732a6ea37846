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
_CODE = r"\b(?P<code>\d{4}[0-9A-Z]\d{2}[CMPARFS]\d{1,3})\b"
_COUNTS = r"(?P<counts>(?:[\d,]+|[-–—])(?:\s+(?:[\d,]+|[-–—]))*)?"
LINE = re.compile(rf"^(?P<name>.*?)\s*{_CODE}\s*{_COUNTS}\s*$")
CODE_FIRST = re.compile(rf"^\s*{_CODE}\s+(?P<name>[A-Za-z].*?)\s+{_COUNTS}\s*$")
YEARS = re.compile(r"\b(20\d\d)\s*(?:-|–|to|through)\s*(20\d\d)\b")


def likeness(opened: Table | Lines) -> int:
    """NRMP codes beside counts by season."""
    if isinstance(opened, Lines):
        return 90 if sum(bool(LINE.match(line) or CODE_FIRST.match(line)) for _, line in opened.lines[:2000]) else 0
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
    edges: list[int] = []
    unread = []
    for number, line in text.lines:
        seasons = _seasons(line) or seasons
        if found := LINE.match(line) or CODE_FIRST.match(line):
            edges = _edges(found, seasons) or edges
            drafts.append(
                _track(number, found, seasons, edges, {"institution": institution, "city": city, "state": state})
            )
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
    if LINE.match(line) or CODE_FIRST.match(line):
        return []
    if found := YEARS.search(line):
        first, last = sorted((int(found[1]), int(found[2])))
        return list(range(last, first - 1, -1)) if last - first < 20 else []
    years = [int(year) for year in re.findall(r"\b20\d\d\b", line)]
    return years if len(years) > 1 or (years and re.search("quota|results", line, re.I)) else []


def _heading(line: str) -> bool:
    """A line of words only: an institution, or a title (`is_furniture` knows the titles)."""
    return bool(re.search(r"[A-Za-z]{2}", line)) and not re.search(r"\d{3}|Quota|Matched", line)


def _edges(found: re.Match[str], seasons: list[int]) -> list[int]:
    """Where each count of a full line ends: lines that leave seasons blank are read by it."""
    ends = [found.start("counts") + part.end() for part in re.finditer(r"\S+", found["counts"] or "")]
    return ends if seasons and len(ends) == 2 * len(seasons) else []


def _counts(found: re.Match[str], seasons: list[int], edges: list[int]) -> list[int | None] | None:
    """Quota and matched of each season, None for a dash; blanks are 0. None when it cannot be told which are blank."""
    parts = list(re.finditer(r"\S+", found["counts"] or ""))
    numbers = [None if part[0] in "-–—" else int(part[0].replace(",", "")) for part in parts]
    if len(numbers) == 2 * len(seasons):
        return numbers
    if not edges or not numbers or len(edges) != 2 * len(seasons):
        return None
    placed: dict[int, int | None] = {}
    for part, number in zip(parts, numbers, strict=True):
        end = found.start("counts") + part.end()
        place = min(range(len(edges)), key=lambda n: abs(edges[n] - end))
        if abs(edges[place] - end) > 1 or place in placed:
            return None
        placed[place] = number
    if any((place ^ 1) not in placed for place in placed):  # half of a pair
        return None
    return [placed.get(place, 0) for place in range(len(edges))]


def _track(number: int, found: re.Match[str], seasons: list[int], edges: list[int], where: dict[str, str]) -> Draft:
    code = found["code"]
    fields = {
        "name": found["name"].strip(), **where, "institution_code": code[:4], "specialty": code[4:7], "track": code[7],
    }  # fmt: skip
    draft = Draft(number, {}, {name: value for name, value in fields.items() if value}, nrmp=code)
    counts = _counts(found, seasons, edges) if seasons else None
    if counts is None:
        told = len((found["counts"] or "").split())
        draft.say("quota", found[0], f"{told} counts for {len(seasons)} seasons", fatal=True)
        return draft
    for season, offered, filled in zip(seasons, counts[::2], counts[1::2], strict=True):
        quota = offered or 0  # a dash for the quota says that it took no part; one for the matched says nothing
        if filled is not None and filled > quota:
            draft.say(f"filled:{season}", str(filled), f"more filled than the {quota} offered", "left out")
            filled = None
        draft.years[season] = Year(season, quota, filled if quota else 0)
    return draft
