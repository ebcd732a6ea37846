"""How days and lists are written for people."""

from collections.abc import Sequence
from datetime import date
from typing import Any

MONTH_AND_DAY = "month and day of the season's year"  # the unit of a value such as [7, 1]


def day(value: date) -> str:
    """A day with the month's name: 14 March 2026."""
    return f"{value.day} {value:%B %Y}"


def from_day(value: date) -> str:
    """A day as people and programs read it: 14 March 2026 (2026-03-14)."""
    return f"{day(value)} ({value.isoformat()})"


def listed(items: Sequence[str], last: str = "and") -> str:
    """a, b and c."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}" if items else ""


def in_words(value: Any, unit: str) -> Any:
    """A value whose unit only says how to read it, as people write it: [7, 1] as 1 July; any other as it is."""
    if unit == MONTH_AND_DAY and isinstance(value, list | tuple):
        month, number = value
        return f"{number} {date(2000, month, 1):%B}"
    return value
