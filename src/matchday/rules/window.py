"""The seven-year rule: which passes of Steps still count for ECFMG certification on a day.

The clock starts on the exam day of the first pass and ends on the same calendar day seven years later, that day
included. If a Step that is needed has not been passed by then, the earliest pass stops counting and the clock starts
again at the next earliest; so several can fall in turn. (Rule 7Y; ECFMG Information Booklets.)
"""

import calendar
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Pass:
    """A pass of a Step: where it stands in the dossier, which Step, when the exam was."""

    place: str
    step: str
    day: date


@dataclass(frozen=True, slots=True)
class Window:
    """What the rule leaves on a day: the passes that count, those that lapsed, the clock, and whether all is passed."""

    valid: tuple[Pass, ...]
    lapsed: tuple[Pass, ...]
    start: date | None
    end: date | None
    complete: bool

    def counts(self, step: str) -> bool:
        """Whether some pass of the Step still counts."""
        return any(item.step == step for item in self.valid)


def window(passes: Iterable[Pass], needed: Collection[str], on: date, years: int) -> Window:
    """Apply the rule to the passes known on a day.

    A pass of a Step that is not in `needed` (Step 2 CS, since it ended) counts only inside the same seven years.
    """
    left = sorted((item for item in passes if item.day <= on), key=lambda item: (item.day, item.step, item.place))
    lapsed: list[Pass] = []
    while left:
        start, end = left[0].day, add_months(left[0].day, 12 * years)
        inside = tuple(item for item in left if item.day <= end)
        if set(needed) <= {item.step for item in inside}:
            return Window(inside, (*lapsed, *left[len(inside) :]), start, end, complete=True)
        if on <= end:
            return Window(tuple(left), tuple(lapsed), start, end, complete=False)
        lapsed.append(left.pop(0))
    return Window((), tuple(lapsed), None, None, complete=False)


def add_months(day: date, months: int) -> date:
    """The same calendar day some months later; the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
