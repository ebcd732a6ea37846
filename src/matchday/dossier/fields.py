"""The kinds of value a dossier field can hold, each refusing what is impossible.

Types are strict: "213" is no score, `true` is no number, a day is a day. A refusal carries what was expected and what
to do, so that the reader (problems.py) has only to add the file and the line.
"""

import datetime as dt
import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, Strict, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError
from typing_extensions import TypeAliasType

from matchday.dossier.countries import COUNTRIES, nearest_country

# The validation context of a tree that came from JSON, where days are text.
DAYS_ARE_TEXT = "days are text"

# Days outside this range are slips of the pen, and would run over the end of the calendar in later arithmetic.
FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2199, 12, 31)

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?")
# Control characters have no place in a dossier and could play tricks on a terminal; tab and line ends may stay.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def refusal(what: str, expected: str, do: str) -> PydanticCustomError:
    """An error that says what is wrong with a value, what was expected and what to do."""
    # The braces of a template are pydantic's own, so the words travel in the context.
    return PydanticCustomError("refused", "{what}", {"what": what, "expected": expected, "do": do})


def _day_from_text(value: Any, info: ValidationInfo) -> Any:
    """In JSON a day is the text YYYY-MM-DD; anything else is left for the strict check to refuse."""
    if type(value) is not str or info.context != DAYS_ARE_TEXT or not _DAY.fullmatch(value):
        return value
    return _real(dt.date.fromisoformat, value)


def _moment_from_text(value: Any, info: ValidationInfo) -> Any:
    """In JSON a moment is the text YYYY-MM-DDTHH:MM:SS, with an offset or without."""
    if type(value) is not str or info.context != DAYS_ARE_TEXT or not _MOMENT.fullmatch(value):
        return value
    return _real(dt.datetime.fromisoformat, value)


def _real(read: Callable[[str], dt.date], value: str) -> dt.date:
    try:
        return read(value)
    except ValueError as error:
        raise refusal(f"{value} is no day of the calendar", "a date that exists", "correct the date") from error


def _in_range(value: dt.date) -> dt.date:
    day = value.date() if isinstance(value, dt.datetime) else value
    if not FIRST_DAY <= day <= LAST_DAY:
        raise refusal(f"the year {day.year} is impossible here", "a year from 1900 to 2199", "correct the date")
    return value


def _clean(value: str) -> str:
    found = _CONTROL.search(value)
    if found:
        raise refusal(f"the text holds the control character U+{ord(found[0]):04X}", "plain text", "take it out")
    return value


def _known_country(value: str) -> str:
    if value in COUNTRIES:
        return value
    meant = nearest_country(value)
    do = f'write "{meant}" for {COUNTRIES[meant]}' if meant else "look the code up in ISO 3166-1"
    raise refusal(f"{shown(value)} is no country code", 'two capital letters of ISO 3166-1 such as "NG"', do)


@cache
def time_zones() -> frozenset[str]:
    """The names of all time zones, from the packaged list, so that every machine knows the same ones."""
    return frozenset(files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())


def _known_zone(value: str) -> str:
    if value in time_zones():
        return value
    raise refusal(
        f"{shown(value)} is no time zone", 'a name of the time zone list such as "Africa/Lagos"', _meant_zone(value)
    )


def _meant_zone(value: str) -> str:
    from difflib import get_close_matches

    by_city = {name.rpartition("/")[2].casefold(): name for name in sorted(time_zones())}
    by_name = {name.casefold(): name for name in time_zones()}
    wanted = value.casefold().replace(" ", "_")[:60]
    near = get_close_matches(wanted, [*by_city, *by_name], n=1, cutoff=0.75)
    if not near:
        return "write the name of the nearest large city with its region"
    return f'write "{by_city.get(near[0]) or by_name[near[0]]}"'


def shown(value: object) -> str:
    """A value as it may be quoted in a message: short, on one line, without control characters."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**18:
        return "a number of more than 18 digits"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.date):
        return value.isoformat()
    text = ascii(value) if isinstance(value, str) and not value.isprintable() else str(value)
    text = text if len(text) <= 40 else text[:37] + "..."
    return f'"{text}"' if isinstance(value, str) else text


Text = Annotated[str, Strict(), AfterValidator(_clean)]
YesNo = Annotated[bool, Strict()]
Day = Annotated[dt.date, Strict(), AfterValidator(_in_range), BeforeValidator(_day_from_text)]
Moment = Annotated[dt.datetime, Strict(), AfterValidator(_in_range), BeforeValidator(_moment_from_text)]
Zone = Annotated[str, Strict(), AfterValidator(_known_zone)]
CountryCode = TypeAliasType(
    "CountryCode",
    Annotated[
        str, Strict(), AfterValidator(_known_country), WithJsonSchema({"type": "string", "enum": sorted(COUNTRIES)})
    ],
)
StateCode = Annotated[str, Strict(), Field(pattern=r"^[A-Z]{2}$")]
Currency = Annotated[str, Strict(), Field(pattern=r"^[A-Z]{3}$")]
Year = Annotated[int, Strict(), Field(ge=1900, le=2100)]
Score = Annotated[int, Strict(), Field(ge=1, le=300)]
OetScore = Annotated[int, Strict(), Field(ge=0, le=500)]
