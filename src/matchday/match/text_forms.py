"""Instance files of algmatch and of the Glasgow group: numbers on lines, applicants first, then programs.

After the counts comes one line for each applicant (`id entry entry ...`), then, with couples, one for each couple
(`idA idB p,q p,q ...`), then one for each program (`id capacity entry ...`). Colons are as good as spaces. Ties in round
brackets are refused, for lists are strict here.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from matchday.dossier.lines import nearest
from matchday.match.files import Warn, number_in, read_text
from matchday.match.json_form import from_document
from matchday.match.market import Market
from matchday.match.validate import Place, Refused
from matchday.terms import InputProblem

Numbered = tuple[int, list[str]]


def form_of_text(text: str) -> str:
    """Which of these forms a text has, by its first lines."""
    lines = [line.split() for line in text.splitlines() if line.strip()]
    if lines and len(lines[0]) == 2:
        return "colons" if ":" in text else "algmatch"
    return "glasgow-couples" if "," in text or (lines and lines[0] != ["0"]) else "glasgow"


def read(path: Path, form: str, warn: Warn) -> Market:
    """The market in a file of numbers."""
    lines = _lines(path)
    if form in ("algmatch", "colons"):
        people, places = _counts(path, lines, 1, 2)
        return _market(path, lines, people, 0, places, warn)
    first, second, places = _counts(path, lines, 3, 1)
    couples = second if form == "glasgow-couples" else 0
    return _market(path, lines, first if couples or form == "glasgow-couples" else second, couples, places, warn)


def _lines(path: Path) -> Iterator[Numbered]:
    """Lines that hold something, with their numbers, cut into words."""
    for number, line in enumerate(read_text(path).splitlines(), 1):
        if "(" in line or ")" in line:
            raise InputProblem("a tie in brackets", expected="strict lists", do="break the ties first", file=str(path),
                               line=number)  # fmt: skip
        words = line.replace(":", " ").split()
        if words:
            yield number, words


def _next(path: Path, lines: Iterator[Numbered], what: str, least: int) -> Numbered:
    """The next line, with at least so many words."""
    number, words = next(lines, (0, []))
    if len(words) < least:
        raise InputProblem(f"{' '.join(words) or 'the end of the file'!r}", expected=what, do="check the counts above",
                           file=str(path), line=number or None)  # fmt: skip
    return number, words


def _counts(path: Path, lines: Iterator[Numbered], rows: int, each: int) -> list[int]:
    """The counts on the first lines."""
    counts: list[int] = []
    for _ in range(rows):
        number, words = _next(path, lines, f"{each} counts", each)
        found = [count for word in words if (count := number_in(word)) is not None]
        if not len(found) == len(words) == each:
            raise InputProblem(f"{' '.join(words)!r}", expected=f"{each} counts", do="correct the line", file=str(path),
                               line=number)  # fmt: skip
        counts += found
    return counts


def _market(path: Path, lines: Iterator[Numbered], people: int, couples: int, places: int, warn: Warn) -> Market:
    """The market, by way of the JSON form."""
    where: dict[Place, int] = {}
    document: dict[str, Any] = {"applicants": {}, "couples": [], "programs": {}}

    def note(place: Place, line: int) -> None:
        if place in where:
            raise InputProblem(f"{place[-1]!r} stands twice", expected="each id once", do="correct the id", file=str(path),
                               line=line)  # fmt: skip
        where[place] = line

    for _ in range(people):
        number, words = _next(path, lines, f"{people} lines of applicants", 1)
        note(("applicants", words[0]), number)
        document["applicants"][words[0]] = words[1:]
    for c in range(couples):
        number, words = _next(path, lines, f"{couples} lines of couples", 2)
        note(("couples", c), number)
        document["couples"].append({"members": words[:2], "list": [pair.split(",") for pair in words[2:]]})
    for _ in range(places):
        number, words = _next(path, lines, f"{places} lines of programs", 2)
        note(("programs", words[0]), number)
        quota = number_in(words[1])
        document["programs"][words[0]] = {"quota": words[1] if quota is None else quota, "list": words[2:]}
    for number, words in lines:
        raise InputProblem(f"{' '.join(words)!r}", expected="the end of the file", do="check the counts at the top",
                           file=str(path), line=number)  # fmt: skip
    try:
        return from_document(document, warn)
    except Refused as problem:
        problem.file, problem.line = str(path), nearest(where, problem.place)
        raise
