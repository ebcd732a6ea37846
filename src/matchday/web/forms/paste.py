"""Days, times and numbers as people type or paste them: "14 March 2026", "14/03/2026", "231 points", "$2,000"."""

import datetime as dt
import re
from collections.abc import Iterator

from django.utils.dates import MONTHS, MONTHS_3

ENGLISH = (
    "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december",
)  # fmt: skip

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?,?\s+(?:of\s+|de\s+)?([^\W\d]+)\.?,?\s+(?:de\s+)?(\d{4})")
_MONTH_FIRST = re.compile(r"([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_TIME = re.compile(r"(.*?)[\sT,]+(?:at\s+)?(\d{1,2})[:.](\d{2})(?::(\d{2}))?\s*([ap])?\.?m?\.?(Z|[+-]\d\d:\d\d)?", re.I)
_NUMBER = re.compile(r"(-?\d+(?:[ ,']\d{3})*(?:\.\d+)?)")
_OUT_OF = re.compile(r"\s*/\s*\d+\s*")
LONGEST = 60


def days(text: str) -> tuple[dt.date, ...]:
    """The days that a text can mean: none, one, or two where day and month could each be the other."""
    words = " ".join(text[: LONGEST + 1].split())
    if len(words) > LONGEST:
        return ()
    return tuple(dict.fromkeys(_candidates(words)))


def _candidates(words: str) -> Iterator[dt.date]:
    if found := _YEAR_FIRST.fullmatch(words):
        yield from _day(found[1], found[2], found[3])
    elif found := _YEAR_LAST.fullmatch(words):
        yield from _day(found[4], found[3], found[1])
        if found[2] != ".":  # with dots the day always comes first
            yield from _day(found[4], found[1], found[3])
    elif found := _NAMED.fullmatch(words):
        yield from _day(found[3], _month(found[2]), found[1])
    elif found := _MONTH_FIRST.fullmatch(words):
        yield from _day(found[3], _month(found[1]), found[2])


def _day(year: str, month: str | int, day: str) -> Iterator[dt.date]:
    try:
        yield dt.date(int(year), int(month), int(day))
    except ValueError:
        return


def _month(name: str) -> int:
    """The month of a name in English or in the language of the page, short or long; 0 when there is none."""
    word = name.casefold()
    for number, english in enumerate(ENGLISH, start=1):
        own = str(MONTHS[number]).casefold(), str(MONTHS_3[number]).casefold()
        if word in own or (len(word) >= 3 and english.startswith(word)) or (number == 9 and word == "sept"):
            return number
    return 0


def moments(text: str) -> tuple[dt.datetime, ...]:
    """The days with a time that a text can mean: "14 March 2026 14:30", "2026-03-14T14:30", "3/4/2026 2:30 pm"."""
    found = _TIME.fullmatch(text.strip()) if len(text) <= LONGEST else None
    if not found:
        return ()
    hour, minute, second = int(found[2]), int(found[3]), int(found[4] or 0)
    if found[5]:
        if not 1 <= hour <= 12:
            return ()
        hour = hour % 12 + (12 if found[5].lower() == "p" else 0)
    try:
        zone = dt.datetime.fromisoformat(f"2000-01-01T00:00{found[6]}").tzinfo if found[6] else None
        time = dt.time(hour, minute, second, tzinfo=zone)
    except ValueError:
        return ()
    return tuple(dt.datetime.combine(day, time) for day in days(found[1]))


def number(text: str) -> int | float | None:
    """The one number in a text: "231 points", "231/300", "$2,000"; None when there is none or more than one."""
    if len(text) > LONGEST:
        return None
    words = text.strip()
    found = _NUMBER.findall(words)
    if len(found) == 2 and _OUT_OF.fullmatch(words.removeprefix(found[0])):
        found = found[:1]
    if len(found) != 1:
        return None
    digits = re.sub("[ ,']", "", found[0])
    return float(digits) if "." in digits else int(digits)
