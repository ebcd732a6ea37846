"""How days and lists are written for people."""

from collections.abc import Sequence
from datetime import date


def day(value: date) -> str:
    """A day with the month's name: 14 March 2026."""
    return f"{value.day} {value:%B %Y}"


def from_day(value: date) -> str:
    """A day as people and programs read it: 14 March 2026 (2026-03-14)."""
    return f"{day(value)} ({value.isoformat()})"


def listed(items: Sequence[str], last: str = "and") -> str:
    """a, b and c."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}" if items else ""
