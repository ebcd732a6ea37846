"""The kinds of single value that a dossier field can hold, each refusing what is impossible.

Kinds are strict: "213" is no score, `true` is no number, a day is a day. Each can say in words what it accepts and
describe itself as JSON Schema. (Why not pydantic: loading it costs more than everything else that `matchday check`
does before its answer; see docs/decisions/0004-dossier-checker.md.)
"""

import datetime as dt
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, TypeVar

from matchday.dossier.countries import COUNTRIES, nearest_country
from matchday.dossier.states import STATES, nearest_state

# Days outside this range are slips of the pen, and would run over the end of the calendar in later arithmetic.
FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2199, 12, 31)

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
# Control characters have no place in a dossier and could play tricks on a terminal (tab and line ends may stay);
# halves of characters, which JSON can spell, cannot be written to any file.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


T = TypeVar("T")


class Refused(Exception):
    """A value is not of its kind. Without words of its own, those of the kind are used."""

    def __init__(self, what: str = "", expected: str = "", do: str = "") -> None:
        super().__init__(what)
        self.what, self.expected, self.do = what, expected, do


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """What a value may be: a check that gives the value or raises Refused, words for people, JSON Schema.

    In JSON a day is text; the check and the words are told so.
    """

    accept: Callable[[Any, bool], Any]
    words: str
    schema: dict[str, Any]
    words_in_json: str = ""


def _text(value: Any, in_json: bool) -> str:
    if type(value) is not str:
        raise Refused
    found = _CONTROL.search(value)
    if found:
        raise Refused(f"the text holds the control character U+{ord(found[0]):04X}", "plain text", "take it out")
    return value


def _yes_no(value: Any, in_json: bool) -> bool:
    if type(value) is not bool:
        raise Refused
    return value


def _day(value: Any, in_json: bool) -> dt.date:
    if in_json and type(value) is str and _DAY.fullmatch(value):
        value = _real(dt.date.fromisoformat, value)
    if type(value) is not dt.date:
        raise Refused
    return _in_range(value, value)


def _moment(value: Any, in_json: bool) -> dt.datetime:
    if in_json and type(value) is str and _MOMENT.fullmatch(value):
        value = _real(dt.datetime.fromisoformat, value)
    if type(value) is not dt.datetime:
        raise Refused
    return _in_range(value, value.date())


def _real(read: Callable[[str], T], value: str) -> T:
    try:
        return read(value)
    except ValueError as error:
        raise Refused(f"{value} is no day of the calendar", "a date that exists", "correct the date") from error


def _in_range(value: T, day: dt.date) -> T:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise Refused(f"the year {day.year} is impossible here", "a year from 1900 to 2199", "correct the date")
    return value


def _country(value: Any, in_json: bool) -> str:
    if type(value) is not str:
        raise Refused
    if value in COUNTRIES:
        return value
    meant = nearest_country(value)
    do = f'write "{meant}" for {COUNTRIES[meant]}' if meant else "look the code up in ISO 3166-1"
    raise Refused(f"{shown(value)} is no country code", 'two capital letters of ISO 3166-1 such as "NG"', do)


def _state(value: Any, in_json: bool) -> str:
    if type(value) is not str:
        raise Refused
    if value in STATES:
        return value
    meant = nearest_state(value)
    do = f'write "{meant}" for {STATES[meant]}' if meant else "look up the two letters of the state"
    expected = 'two capital letters of a US state or territory such as "NY"'
    raise Refused(f"{shown(value)} is no US state", expected, do)


@cache
def time_zones() -> frozenset[str]:
    """The names of all time zones, from the packaged list, so that every machine knows the same ones."""
    from importlib.resources import files

    return frozenset(files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())


def _zone(value: Any, in_json: bool) -> str:
    if type(value) is not str:
        raise Refused
    if value in time_zones():
        return value
    expected = 'a name of the time zone list such as "Africa/Lagos"'
    raise Refused(f"{shown(value)} is no time zone", expected, _meant_zone(value))


def _meant_zone(value: str) -> str:
    from difflib import get_close_matches

    by_city = {name.rpartition("/")[2].casefold(): name for name in sorted(time_zones())}
    by_name = {name.casefold(): name for name in time_zones()}
    near = get_close_matches(value.casefold().replace(" ", "_")[:60], [*by_city, *by_name], n=1, cutoff=0.75)
    if not near:
        return "write the name of the nearest large city with its region"
    return f'write "{by_city.get(near[0]) or by_name[near[0]]}"'


def _whole(lowest: int, highest: int) -> Kind:
    def accept(value: Any, in_json: bool) -> int:
        if type(value) is not int or not lowest <= value <= highest:
            raise Refused
        return value

    schema = {"type": "integer", "minimum": lowest, "maximum": highest}
    return Kind(accept, f"a whole number from {lowest} to {highest}", schema)


def _number(lowest: float, highest: float, words: str) -> Kind:
    def accept(value: Any, in_json: bool) -> float:
        if type(value) not in (int, float) or not lowest <= value <= highest or not math.isfinite(value):
            raise Refused
        return float(value) if type(value) is float else value

    return Kind(accept, words, {"type": "number", "minimum": lowest, "maximum": highest})


def _three_letters() -> Kind:
    pattern = re.compile("[A-Z]{3}")

    def accept(value: Any, in_json: bool) -> str:
        if type(value) is not str or not pattern.fullmatch(value):
            raise Refused
        return value

    return Kind(accept, "text of three capital letters", {"type": "string", "pattern": f"^{pattern.pattern}$"})


def _days(value: Any, in_json: bool) -> tuple[float, float, float]:
    if not isinstance(value, list | tuple) or len(value) != 3:
        raise Refused
    shortest, typical, longest = (_SPAN.accept(day, in_json) for day in value)
    if not shortest <= typical <= longest:
        raise Refused("the three numbers of days are not in order", _DAYS_WORDS, "put the smallest first")
    return shortest, typical, longest


def choice(values: tuple[str | int, ...]) -> Kind:
    """One of a few fixed words or numbers."""

    def accept(value: Any, in_json: bool) -> str | int:
        if type(value) not in (str, int) or value not in values:
            raise Refused
        found: str | int = value
        return found

    listed = ", ".join(shown(value) for value in values)
    return Kind(accept, listed if len(values) == 1 else f"one of {listed}", {"enum": list(values)})


def shown(value: object) -> str:
    """A value as it may be quoted in a message: short, on one line, without control characters."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and abs(value) >= 10**18:
        return "a number of more than 18 digits"
    if isinstance(value, dt.date):
        return value.isoformat()
    text = value if isinstance(value, str) else str(value)
    text = text if text.isprintable() else ascii(text)[1:-1]
    text = text if len(text) <= 40 else text[:37] + "..."
    return f'"{text}"' if isinstance(value, str) else text


_SPAN = _number(0, 3650, "a number of days")
_DAYS_WORDS = "three numbers of days: [shortest, typical, longest], each from 0 to 3650"

Text = Annotated[str, Kind(_text, "text in quotes", {"type": "string"})]
YesNo = Annotated[bool, Kind(_yes_no, "true or false", {"type": "boolean"})]
Day = Annotated[
    dt.date,
    Kind(_day, "a date such as 2026-10-02", {"type": "string", "format": "date"}, 'a date such as "2026-10-02"'),
]
Moment = Annotated[
    dt.datetime,
    Kind(
        _moment,
        "a date with time such as 2026-10-02T14:30:00",
        {"type": "string", "pattern": f"^{_MOMENT.pattern}$"},
        'a date with time such as "2026-10-02T14:30:00"',
    ),
]
Zone = Annotated[str, Kind(_zone, "the name of a time zone", {"type": "string"})]
CountryCode = Annotated[str, Kind(_country, "a country code", {"$ref": "#/$defs/country"})]
# The pattern tells a form to write capitals; the table decides.
StateCode = Annotated[
    str,
    Kind(_state, "two capital letters of a US state", {"$ref": "#/$defs/state", "pattern": "^[A-Z]{2}$"}),
]
Currency = Annotated[str, _three_letters()]
Year = Annotated[int, _whole(1900, 2100)]
SeasonYear = Annotated[int, _whole(2000, 2100)]
Score = Annotated[int, _whole(1, 300)]
OetScore = Annotated[int, _whole(0, 500)]
Months = Annotated[int, _whole(0, 240)]
Few = Annotated[int, _whole(0, 100)]
Count = Annotated[int, _whole(0, 10**9)]
PathwayNumber = Annotated[int, _whole(1, 6)]
Minutes = Annotated[int, _whole(1, 1440)]
CreditYears = Annotated[float, _number(0, 20, "a number from 0 to 20")]
Credits = Annotated[float, _number(0, 500, "a number from 0 to 500")]
WeeklyHours = Annotated[float, _number(0, 168, "a number from 0 to 168")]
Rating = Annotated[float, _number(-1e9, 1e9, "a number")]
Days = Annotated[
    tuple[float, float, float],
    Kind(_days, _DAYS_WORDS, {"type": "array", "items": _SPAN.schema, "minItems": 3, "maxItems": 3}),
]
