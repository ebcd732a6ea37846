"""Positions and fill of a program over the seasons, as two lines on a small picture; a table says the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

STEP, HEIGHT, MARGIN = 60, 90, 14


@dataclass(frozen=True, slots=True)
class Dot:
    """One value of one season, in user units from the upper left."""

    x: int
    y: int
    value: int


@dataclass(frozen=True, slots=True)
class History:
    """The two lines, oldest season first, the labels below, and the size of the picture in user units."""

    quota: list[Dot]
    filled: list[list[Dot]]
    seasons: list[tuple[int, int]]
    width: int
    height: int


def history(years: Sequence[Mapping[str, Any]]) -> History:
    """The picture of a history, newest season first; a season that does not tell what was filled breaks the line."""
    ordered = list(reversed(years))
    most = max((year["quota"] for year in ordered), default=0) or 1
    most = max(most, *(year["filled"] or 0 for year in ordered)) if ordered else most

    def dot(at: int, value: int) -> Dot:
        return Dot(MARGIN + STEP // 2 + STEP * at, MARGIN + round((HEIGHT - 2 * MARGIN) * (1 - value / most)), value)

    runs: list[list[Dot]] = [[]]
    for at, year in enumerate(ordered):
        if year["filled"] is None:
            runs.append([])
        else:
            runs[-1].append(dot(at, year["filled"]))
    return History(
        quota=[dot(at, year["quota"]) for at, year in enumerate(ordered)],
        filled=[run for run in runs if run],
        seasons=[(MARGIN + STEP // 2 + STEP * at, year["season"]) for at, year in enumerate(ordered)],
        width=2 * MARGIN + STEP * max(1, len(ordered)),
        height=HEIGHT + 16,
    )


def points(dots: Sequence[Dot]) -> str:
    """The dots as the points of a line."""
    return " ".join(f"{dot.x},{dot.y}" for dot in dots)
