"""Another language is chosen by a form, kept in a cookie, said to be unreviewed; citations stay as they were read."""

import datetime as dt
import re
from html import unescape

import pytest
from django.test import Client
from django.utils import translation

from matchday.plan import plan
from matchday.web.desk import Desk
from matchday.web.tags import day, dollars, isolated, translated
from matchday.web.timeline import timeline
from tests.web.conftest import NOW


def choose(client: Client, language: str, back: str = "/plan") -> str:
    """Send the form of the language; the page that comes then."""
    answer = client.post("/language", {"language": language, "next": back}, follow=True)
    return answer.content.decode()


def test_the_choice_is_kept_in_a_cookie_that_scripts_cannot_read(client: Client) -> None:
    answer = client.post("/language", {"language": "es", "next": "/plan"})
    cookie = answer.cookies["matchday-language"]
    assert (answer["Location"], cookie.value) == ("/plan", "es")
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")


def test_arabic_runs_from_right_to_left(client: Client) -> None:
    page = choose(client, "ar")
    assert '<html lang="ar" dir="rtl">' in page
    assert '<html lang="en">' in choose(client, "en")


def test_a_language_that_is_not_there_changes_nothing(client: Client) -> None:
    assert '<html lang="en">' in choose(client, "xx")


def test_the_form_leads_nowhere_else(client: Client) -> None:
    answer = client.post("/language", {"language": "es", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


@pytest.mark.parametrize(("language", "noted"), [("en", False), ("es", True), ("ar", True)])
def test_what_nobody_has_reviewed_says_so_on_every_page(client: Client, language: str, noted: bool) -> None:
    assert ('<p class="note">' in choose(client, language, "/requirements")) is noted


def test_a_page_that_is_translated_in_part_says_so(client: Client) -> None:
    said = "Partes de esta página están en inglés."
    assert said in choose(client, "es", "/sources")
    assert said not in choose(client, "es", "/plan")
    assert 'class="partly"' not in choose(client, "en", "/sources")


@pytest.mark.parametrize("language", ["es", "ar"])
def test_a_citation_is_never_translated(client: Client, language: str) -> None:
    english = client.get("/requirements?format=json").json()["findings"]
    page = choose(client, language, "/requirements")
    sources = {rule["source"] for finding in english for rule in finding["rules"] if rule["source"]}
    plain = unescape(re.sub("<[^>]*>", "", page))
    assert len(sources) > 10
    assert [source for source in sources if source not in plain] == []


def test_data_for_programs_is_the_same_in_every_language(client: Client) -> None:
    before = client.get("/requirements?format=json").json()
    choose(client, "ar")
    assert client.get("/requirements?format=json").json() == before


def test_days_and_numbers_are_written_as_the_language_does() -> None:
    said = {}
    for language in ("en", "es", "ar"):
        with translation.override(language):
            said[language] = (day(dt.date(2027, 3, 3)), dollars(12430))
    assert said == {
        "en": ("3 March 2027", "12,430"),
        "es": ("3 de marzo de 2027", "12\xa0430"),
        "ar": ("\u20683 مارس 2027\u2069", "12,430"),
    }


def test_a_name_keeps_its_direction_in_a_sentence_from_right_to_left() -> None:
    with translation.override("ar"):
        assert isolated("City") == "\u2068City\u2069"
    with translation.override("en"):
        assert isolated("City") == "City"


def test_an_empty_title_stays_empty_and_a_title_with_a_state_keeps_it() -> None:
    with translation.override("es"):
        assert translated("") == ""
        assert "TX" in translated("Licence rules of TX")
        assert len(translated(["School", "Exams"])) == 2


def test_a_part_drawn_in_one_language_is_not_shown_in_another(client: Client) -> None:
    """Long parts of pages are kept once drawn."""
    english = client.get("/requirements").content.decode()
    arabic = choose(client, "ar", "/requirements")
    assert "US government" in english
    assert "US government" not in arabic


def test_a_part_drawn_for_one_day_is_not_shown_for_another(client: Client) -> None:
    early, late = (client.get("/requirements", {"on": day}).content.decode() for day in ("2020-01-01", "2026-11-22"))
    assert early.partition("<main")[2] != late.partition("<main")[2]


@pytest.mark.parametrize("language", ["es", "ar"])
def test_a_picture_has_the_same_shape_in_every_language(client: Client, language: str) -> None:
    for address in ("/", "/plan", "/money", "/programs", "/take/print", "/match/example?step=3"):
        client.cookies.pop("matchday-language", None)
        drawn = _shapes(client.get(address).content.decode())
        client.cookies["matchday-language"] = language
        there = _shapes(client.get(address).content.decode())
        assert [_at_either_end(*one) for one in there] == [_at_either_end(*one) for one in drawn], address
        assert drawn, address


def _at_either_end(name: str, value: str) -> tuple[str, str]:
    """A share of the width is counted from either end, for time runs with the language."""
    if not name.startswith("x") or not value.endswith("%"):
        return name, value
    share = float(value.removesuffix("%"))
    return name, "a share" if 0 <= share <= 100 else value


def test_in_arabic_time_runs_from_right_to_left(desk: Desk) -> None:
    found = plan(desk.read().dossier, NOW.date())
    left = timeline(found)
    with translation.override("ar"):
        right = timeline(found)
    assert [one.step.task.id for one in right.bars] == [one.step.task.id for one in left.bars]
    for here, there in zip(left.bars, right.bars, strict=True):
        assert here.x + here.width + there.x == pytest.approx(100)
    assert (right.today + left.today, right.begin, left.begin) == (pytest.approx(100), 100, 0)


def _shapes(html: str) -> list[tuple[str, str]]:
    """The numbers that the pictures of a page are drawn from."""
    svg = " ".join(re.findall(r"<svg.*?</svg>", html, re.DOTALL))
    return re.findall(r' (x\d?|y\d?|c[xy]|r|width|height|points|viewBox|d|transform)="([^"]*)"', svg)
