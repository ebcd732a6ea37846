"""What a form shows of a value is read back as that value."""

import datetime as dt
from typing import Any

import pytest

from matchday.dossier.file import read
from matchday.dossier.model import Couple, Dossier, Interview, Preferences, RankOrderList, School
from matchday.web.forms.entry import Entry
from matchday.web.forms.values import text_of, value_of
from matchday.web.forms.words import PARTS
from tests.strategies import EXAMPLES
from tests.web import conftest as _set_up  # noqa: F401 -- sets Django up

# Kinds of field that the made-up people leave empty.
FULL = Dossier(
    season=2027,
    school=(School(completion_letter=True, sponsor_note_years=((1965, 1990), (1995, "current")), credit_years=5.5),),
    interview=(
        Interview(
            start=dt.datetime(2026, 12, 1, 9, 30, 15, tzinfo=dt.timezone(dt.timedelta(hours=-5))),
            respond_by=dt.date(2026, 11, 30), scores={"people": 4, "place": 3.5},
        ),
        Interview(respond_by=dt.datetime(2026, 11, 30, 23, 59)),  # noqa: DTZ001 -- the zone stands in a field of its own
    ),
    preferences=Preferences(tiers={"A": ("9901140C0", "9909140C0"), "B": ()}, home_currency="NGN"),
    ranklist=RankOrderList(primary=("1", "2"), supplemental={"1": ("2", "3")}, certified_at=dt.date(2027, 3, 1)),
    couple=Couple(pairs=(("1", "2"), ("1", "none"))),
    durations={"step2ck.score": (10, 20, 30.5)},
)  # fmt: skip


def plain(value: Any) -> Any:
    """Lists and tuples alike; white space around a text is not kept when the text is changed."""
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return value.strip() if isinstance(value, str) else value


@pytest.mark.parametrize("owner", [FULL, *map(read, EXAMPLES)], ids=["full", *(path.stem for path in EXAMPLES)])
def test_what_is_shown_is_read_back(owner: Dossier) -> None:
    seen = 0
    for part in PARTS:
        rows = range(len(getattr(owner, part) or ())) if Entry(part).several else (None,)
        for entry in (Entry(part, at) for at in rows):
            for key, value in (entry.values(owner) or {}).items():
                if value not in (None, (), {}):
                    shape, seen = entry.shapes[key], seen + 1
                    assert plain(value_of(shape, text_of(shape, value))) == plain(value), entry.name(key)
    assert seen > 10
