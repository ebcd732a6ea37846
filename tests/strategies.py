"""Made-up dossiers for property tests: any dossier that the file can hold, drawn from the annotations of the model."""

import datetime as dt
from functools import cache
from pathlib import Path
from string import ascii_uppercase
from typing import Any

from hypothesis import strategies as st

import matchday.dossier
from matchday.dossier import kinds
from matchday.dossier.countries import COUNTRIES
from matchday.dossier.kinds import FIRST_DAY, LAST_DAY, Kind
from matchday.dossier.model import Dossier
from matchday.dossier.shape import ListOf, Named, Row, Shape, Single, Table, shape_of
from matchday.dossier.states import STATES

EXAMPLES = sorted((Path(matchday.dossier.__file__).parent / "examples").glob("*.toml"))

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t\r"), max_size=8)
days = st.dates(FIRST_DAY, LAST_DAY)
_offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: dt.timezone(dt.timedelta(minutes=minutes)))
moments = st.datetimes(
    dt.datetime.combine(FIRST_DAY, dt.time()), dt.datetime.combine(LAST_DAY, dt.time()), timezones=st.none() | _offsets
)
_spans = st.lists(st.integers(0, 3650), min_size=3, max_size=3).map(lambda days: tuple(sorted(days)))

_SPECIAL: dict[Kind, st.SearchStrategy[Any]] = {
    shape_of(annotation).kinds[0]: strategy  # type: ignore[attr-defined]  # each of these is a Single
    for annotation, strategy in {
        kinds.Text: texts,
        kinds.Zone: st.sampled_from(sorted(kinds.time_zones())),
        kinds.CountryCode: st.sampled_from(sorted(COUNTRIES)),
        kinds.StateCode: st.sampled_from(sorted(STATES)),
        kinds.Day: days,
        kinds.Moment: moments,
        kinds.Days: _spans,
        kinds.YesNo: st.booleans(),
    }.items()
}


def dossiers() -> st.SearchStrategy[Dossier]:
    """Any dossier: every field known or not, every list unknown, empty or short; it may well contradict itself."""
    return of_shape(shape_of(Dossier))


@cache
def of_shape(shape: Shape) -> st.SearchStrategy[Any]:
    """Values of one place of the dossier, as the model holds them."""
    match shape:
        case Single(several):
            return st.one_of([_of_kind(kind) for kind in several])
        case ListOf(item):
            return st.lists(of_shape(item), max_size=2).map(tuple)
        case Row(places):
            return st.tuples(*map(of_shape, places))
        case Named(name, item):
            return st.dictionaries(of_shape(name), of_shape(item), max_size=2)
        case Table(part, keys, required):
            always = {key: of_shape(keys[key]) for key in required}
            perhaps = {key: of_shape(inner) for key, inner in keys.items() if key not in required}
            return st.fixed_dictionaries(always, optional=perhaps).map(lambda known: _part(part, known))
    raise AssertionError(shape)


def _part(part: type[Any], known: dict[str, Any]) -> Any:
    return part(**{"from_" if key == "from" else key: value for key, value in known.items()})


def _of_kind(kind: Kind) -> st.SearchStrategy[Any]:
    schema = kind.schema
    if kind in _SPECIAL:
        return _SPECIAL[kind]
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "pattern" in schema:
        return st.text(ascii_uppercase, min_size=3, max_size=3)
    if schema["type"] == "integer":
        return st.integers(schema["minimum"], schema["maximum"])
    return st.floats(schema["minimum"], schema["maximum"]) | st.integers(int(schema["minimum"]), int(schema["maximum"]))
