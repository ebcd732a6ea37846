"""A guide as it stands, cut into passages, with the claims found in each for the margin."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from matchday.rules.guide import CONTROL, GuideReport, Marked
from matchday.rules.guide_text import GuideText

# A longer text is shown by its marked sentences alone, and no page shows more claims than this: pages stay light.
WHOLE = 40_000
MOST_CLAIMS = 120
_GAP = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True, slots=True)
class Note:
    """One claim in the margin, numbered from 1 in the order of the text."""

    number: int
    marked: Marked

    @property
    def mark(self) -> str:
        """The mark as a word: current, outdated, wrong, unverifiable."""
        return str(self.marked.judgement.mark)


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a passage; with notes when they make claims."""

    words: str
    notes: tuple[Note, ...] = ()

    @property
    def mark(self) -> str:
        """The gravest mark on these words."""
        return min((note.mark for note in self.notes), key=GRAVEST.index)


GRAVEST = ("wrong", "outdated", "unverifiable", "current")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of the guide, or one marked sentence of a long guide, with the line where it begins."""

    line: int
    parts: tuple[Part, ...]

    @property
    def notes(self) -> tuple[Note, ...]:
        """Every claim of the passage, in order."""
        return tuple(note for part in self.parts for note in part.notes)


def passages(text: GuideText, report: GuideReport) -> list[Passage]:
    """The whole text in passages, or of a long text the marked sentences."""
    numbered = [Note(number, marked) for number, marked in enumerate(report.claims[:MOST_CLAIMS], 1)]
    spans = [(span, tuple(notes)) for span, notes in groupby(numbered, key=lambda note: note.marked.span)]
    pieces = _paragraphs(text.text) if is_whole(text) else [span for span, _ in spans]
    return [Passage(text.line(start), tuple(_parts(text.text, start, end, spans))) for start, end in pieces]


def is_whole(text: GuideText) -> bool:
    """Whether the text is short enough to be shown whole."""
    return len(text.text) <= WHOLE


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = len(text) - len(text.lstrip())
    for gap in _GAP.finditer(text, start):
        yield start, gap.start()
        start = gap.end()
    if text[start:].strip():
        yield start, len(text)


def _parts(
    text: str, start: int, end: int, spans: Sequence[tuple[tuple[int, int], tuple[Note, ...]]]
) -> Iterator[Part]:
    """The words from `start` to `end`, cut where marked sentences begin and end."""
    for (first, last), notes in spans:
        if start <= first < end:
            yield from _words(text[start:first])
            yield Part(_clean(text[first:last]).strip(), notes)
            start = last
    yield from _words(text[start:end])


def _words(text: str) -> Iterator[Part]:
    if words := _clean(text):
        yield Part(words)


def _clean(text: str) -> str:
    # A guide is a stranger's text: no control sign of it may turn the page around. Its line ends stay.
    return "\n".join(CONTROL.sub(" ", line) for line in text.split("\n"))
