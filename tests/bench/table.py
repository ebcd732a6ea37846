"""What a row of the table is, how times are taken, and how the table is printed."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Measured:
    """What one row found. `value` is held against `must` and `aim`; None when it could not be measured."""

    ours: str
    peer: str
    value: float | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: its name on the command line, the work, the bounds with their unit, and how to measure it."""

    name: str
    work: str
    must: float
    aim: float | None
    unit: str
    measure: Callable[[], Measured]
    more_is_better: bool = False

    def verdict(self, value: float | None) -> str:
        """Whether the bounds are met, by word."""
        if value is None:
            return "not measured"
        sign = -1 if self.more_is_better else 1
        if self.aim is not None and sign * value <= sign * self.aim:
            return "aim met"
        return "must met" if sign * value <= sign * self.must else "NOT MET"


def timed(work: Callable[[], Any]) -> float:
    """Wall seconds of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def median(work: Callable[[], Any], times: int = 7) -> float:
    """Median wall seconds after one call that is not counted."""
    work()
    return statistics.median(timed(work) for _ in range(times))


def in_turn(ours: Callable[[], Any], peer: Callable[[], Any], times: int = 11) -> tuple[float, float, float]:
    """Medians of both and of the ratios pair by pair, taken A B A B after one call each that is not counted."""
    ours(), peer()
    pairs = [(timed(ours), timed(peer)) for _ in range(times)]
    return (
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(a / b for a, b in pairs),
    )


def seconds(value: float) -> str:
    """A duration as a reader likes it."""
    if value >= 1:
        return f"{value:.2f} s"
    return f"{value * 1e3:.1f} ms" if value >= 1e-3 else f"{value * 1e6:.0f} us"


def amount(value: float | None, unit: str) -> str:
    """A bound or a value with its unit; seconds are scaled."""
    if value is None:
        return "-"
    if unit == "s":
        return seconds(value)
    return f"{value:,.{0 if value >= 100 or value == int(value) else 2}f}{' ' * (unit != 'x')}{unit}"


HEAD = ("work", "ours", "peer", "value", "must", "aim", "met")


def lines(rows: list[tuple[Row, Measured]]) -> list[str]:
    """The table as text, columns aligned, notes below the rows they belong to."""
    cells = [HEAD]
    for row, found in rows:
        values = (amount(v, row.unit) for v in (found.value, row.must, row.aim))
        cells.append((f"{row.name}: {row.work}", found.ours, found.peer, *values, row.verdict(found.value)))
    width = [max(len(line[i]) for line in cells) for i in range(len(HEAD))]
    text = ["  ".join(cell.ljust(w) for cell, w in zip(line, width, strict=True)).rstrip() for line in cells]
    text.insert(1, "-" * len(text[0]))
    notes = [f"  {row.name}: {found.note}" for row, found in rows if found.note]
    return text + (["", "Notes", *notes] if notes else [])
