"""What a form shows of a value is read back as that value."""

import datetime as dt
from typing import Any

import pytest
from django.utils.translation import override

from matchday.dossier.file import read
from matchday.dossier.model import Couple, Dossier, Interview, Preferences, RankOrderList, School
from matchday.web.forms.entry import Entry
from matchday.web.forms.places import country_names, zone_city, zone_names
from matchday.web.forms.values import Unclear, text_of, value_of
from matchday.web.forms.words import PARTS
from tests.strategies import EXAMPLES
from tests.web import conftest as _set_up  # noqa: F401 -- sets Django up

CITIZEN, HOME = Entry("person").shapes["passport_country"], Entry("person").shapes["time_zone"]

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


@pytest.mark.parametrize(
    ("text", "code"),
    [("Peru", "PE"), ("PERÚ", "PE"), ("مصر", "EG"), ("المملكة العربية السعودية", "SA"), ("السعودية", "SA"), ("Nepal (NP)", "NP"),
     ("np", "NP"), ("México", "MX"), ("mexico", "MX"), ("cote d'ivoire", "CI"), ("الاردن", "JO"), ("EE.UU.", "US")],
)  # fmt: skip
def test_a_country_is_known_by_its_name_in_each_language_of_the_pages(text: str, code: str) -> None:
    assert value_of(CITIZEN, text) == code


@pytest.mark.parametrize(
    ("text", "zone"),
    [("Nepal", "Asia/Kathmandu"), ("مصر", "Africa/Cairo"), ("Perú", "America/Lima"), ("القاهرة", "Africa/Cairo"), ("Lima", "America/Lima"),
     ("Bogotá", "America/Bogota"), ("new york", "America/New_York"), ("El Cairo", "Africa/Cairo"), ("Calcutta", "Asia/Kolkata"),
     ("africa/lagos", "Africa/Lagos"), ("Islamabad", "Asia/Karachi"), ("دمشق", "Asia/Damascus")],
)  # fmt: skip
def test_a_time_zone_is_known_by_its_city_or_a_country_that_has_one(text: str, zone: str) -> None:
    assert value_of(HOME, text) == zone


@pytest.mark.parametrize(
    ("shape", "language", "text", "told"),
    [("CITIZEN", "en", "Atlantis", 'We do not know "Atlantis". Write the country, such as Nepal.'),
     ("CITIZEN", "es", "peruano", "¿Quiso decir Perú?"), ("CITIZEN", "ar", "مصري", "مصر"),
     ("HOME", "en", "Mexico", "several time zones"), ("HOME", "en", "xyzzy", "such as Lagos, or your country")],
)  # fmt: skip
def test_an_unknown_place_is_asked_for_in_plain_words(shape: str, language: str, text: str, told: str) -> None:
    with override(language), pytest.raises(Unclear) as unclear:
        value_of({"CITIZEN": CITIZEN, "HOME": HOME}[shape], text)
    assert told in unclear.value.why
    assert "ISO" not in unclear.value.why


def test_a_country_is_shown_in_the_language_of_the_page_and_read_in_any() -> None:
    for language, shown in (("en", "Egypt (EG)"), ("es", "Egipto (EG)"), ("ar", "مصر (EG)")):
        with override(language):
            assert text_of(CITIZEN, "EG") == shown
            assert shown in country_names()
            assert ("Africa/Cairo", f"{zone_city('Africa/Cairo')}, {shown[:-5]}") in zone_names()
        assert value_of(CITIZEN, shown) == "EG"
