"""Days, times and numbers as people type or paste them: "Wed, 14 March 2026", "14/03/2026", "Score: 231 PASS", "$2,000".

Digits of any script, blanks that do not break, marks of direction and brackets do no harm. What could mean two days gives
both, and nothing is guessed: a year of two digits, a month alone or two numbers have no meaning here.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from django.conf import settings
from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import override

from matchday.web.forms.places import named

_LABEL = re.compile(r"[^\d:]*[^\W\d_][^\d:]*:\s*(?=\S)")  # "Exam date: ..."
_ASIDE = re.compile(r"(?<=\w)\s*\([^()]*\)$")  # "... (scheduled)"
_CLOCK = r"(\d{1,2})(?:[:.](\d\d)(?::(\d\d)(?:\.\d+)?)?)?\s*(?:([ap])\.?m\.?)?\s*(z|[+-]\d\d:?\d\d)?"
_DAY_TIME = re.compile(rf"(.*?\d{{2}})(?:[\s,]+(?:at\s+)?|t){_CLOCK}")
_TIME_DAY = re.compile(rf"{_CLOCK}[\s,]+(?:on\s+)?(.+)")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_GROUPED = re.compile(r"\D*(\d{1,3}(?:[., '’٬]\d{3})+)\D*")
_NUMBER = re.compile(r"(-?\d+(?:[ ,']\d{3})*(?:\.\d+)?)")
_OUT_OF = re.compile(r"\s*/\s*\d+\s*")
_STEP = re.compile(r"\bstep\s*[123]\b", re.I)
_LITTLE = ("st", "nd", "rd", "th", "of", "the", "on", "de", "del")
_TWO_WORDS = re.compile("(كانون|تشرين) (الأول|الثاني)")  # months of the Levant
LONGEST = 60


def days(text: str) -> tuple[dt.date, ...]:
    """The days that a text can mean: none, one, or two where day and month could each be the other."""
    words = _cleaned(text)
    timed = _DAY_TIME.fullmatch(words)
    if timed and (timed[3] or timed[5]):  # the hour of a day that was pasted with it; "12.03" alone is no hour
        words = timed[1]
    return tuple(dict.fromkeys(_candidates(words)))


def _cleaned(text: str) -> str:
    """Small letters, plain blanks, no marks of direction, no label before it and no aside behind it; "" when too long."""
    if len(text) > LONGEST:
        return ""
    seen = "".join(one for one in unicodedata.normalize("NFKC", text) if unicodedata.category(one) != "Cf")
    words = _ASIDE.sub("", _LABEL.sub("", " ".join(seen.casefold().split()), count=1))
    words = _TWO_WORDS.sub(r"\1\2", words)
    return words.strip(' .,;()[]"')


def _candidates(words: str) -> Iterator[dt.date]:
    if found := _COMPACT.fullmatch(words):
        yield from _day(found[1], found[2], found[3])
    months, little = _names()
    named = [months[word] for word in _WORD.findall(words) if word in months]
    other = [word for word in _WORD.findall(words) if word not in months and word not in little]
    signs = {sign for sign in _WORD.sub(" ", words) if not sign.isspace()}
    if len(named) == 1 and len(other) == 2 and signs <= set(",.-/'–"):
        day, year = other if len(other[1]) == 4 else other[::-1]
        yield from _day(year, named[0], day)
    elif not named and len(other) == 3 and len(signs) == 1 and signs <= set("-/.–"):
        if len(other[0]) == 4:
            yield from _day(*other)
            return
        yield from _day(other[2], other[1], other[0])
        if signs != {"."}:  # with dots the day always comes first
            yield from _day(other[2], other[0], other[1])


@cache
def _names() -> tuple[dict[str, int], frozenset[str]]:
    """The months by their names, short and long, in every language of the pages; and words of a day that tell nothing."""
    months = {"sept": 9}
    for at, also in named("months").items():
        months |= {name.replace(" ", ""): int(at) for name in also}
    little = set(_LITTLE)
    for language, _name in settings.LANGUAGES:
        with override(language):
            for number in range(1, 13):
                long, short = (str(names[number]).casefold().strip(".") for names in (MONTHS, MONTHS_3))
                cut = [long[:end] for end in range(3, len(long))] if language == "en" else []
                months |= dict.fromkeys((long, short, *cut), number)
            little |= {
                str(name).casefold().strip(".") for names in (WEEKDAYS, WEEKDAYS_ABBR) for name in names.values()
            }
    return months, frozenset(little - months.keys())


def without_day(text: str) -> dt.date | None:
    """A day of the year or month that a text names without its day, "2022", "junio de 2022", "06/2022"; None for others."""
    words = _cleaned(text)
    months, little = _names()
    named_months = [months[word] for word in _WORD.findall(words) if word in months]
    other = [word for word in _WORD.findall(words) if word not in months and word not in little]
    if not named_months and len(other) == 2:
        named_months, other = [int(other.pop(len(other[0]) == 4))] if all(map(str.isdecimal, other)) else [], other
    if len(other) != 1 or len(named_months) > 1 or not re.fullmatch(r"\d{4}", other[0]):
        return None
    return next(_day(other[0], named_months[0] if named_months else 6, "15"), None)


def _day(year: str, month: str | int, day: str) -> Iterator[dt.date]:
    if len(year) != 4 or len(day) > 2 or len(str(month)) > 2:
        return
    try:
        yield dt.date(int(year), int(month), int(day))
    except ValueError:
        return


def moments(text: str) -> tuple[dt.datetime, ...]:
    """The days with a time that a text can mean: "14 March 2026 14:30", "2026-03-14T14:30", "3/4/2026 2:30 pm", "9 am"."""
    words = _cleaned(text)
    if found := _DAY_TIME.fullmatch(words):
        day, *clock = found.groups()
    elif found := _TIME_DAY.fullmatch(words):
        *clock, day = found.groups()
    else:
        return ()
    time = _time(*clock)
    return tuple(dt.datetime.combine(one, time) for one in days(day)) if time else ()


def _time(hours: str, minutes: str | None, seconds: str | None, half: str | None, offset: str | None) -> dt.time | None:
    hour = int(hours)
    if not minutes and not half:
        return None
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        zone = dt.datetime.fromisoformat(f"2000-01-01T00:00{offset.upper()}").tzinfo if offset else None
        return dt.time(hour, int(minutes or 0), int(seconds or 0), tzinfo=zone)
    except ValueError:
        return None


def number(text: str) -> int | float | None:
    """The one number in a text: "Step 2 CK: 231 PASS", "231/300", "$2,000"; None when there is none or more than one."""
    if len(text) > LONGEST:
        return None
    words = _STEP.sub("", text).strip()
    found = _NUMBER.findall(words)
    if len(found) == 2 and _OUT_OF.fullmatch(words.removeprefix(found[0])):
        found = found[:1]
    if len(found) != 1:
        return None
    digits = re.sub("[ ,']", "", found[0])
    return float(digits) if "." in digits else int(digits)


def whole(text: str) -> int | float | None:
    """As `number`, where a part of a number is not meant: "1.500", "1 500" and "1,500" are all 1500."""
    grouped = (
        _GROUPED.fullmatch(unicodedata.normalize("NFKC", text)) if len(text) <= LONGEST and "-" not in text else None
    )
    return int(re.sub(r"\D", "", grouped[1])) if grouped else number(text)
