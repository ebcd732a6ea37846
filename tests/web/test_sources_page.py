"""Sources: every rule with its age; what is weak can be found; a rule's page has its whole history."""

import datetime as dt
import re
from pathlib import Path

from django.test import Client
from django.urls import reverse

from matchday.rules import rules
from matchday.rules.seasonal import from_seasons
from tests.strategies import EXAMPLES
from tests.web.conftest import seated, visitor
from tests.web.walk import without_abbr

EVERY = {**rules().parameters, **from_seasons()}


def test_every_rule_date_and_price_is_listed_with_its_age(client: Client) -> None:
    answer = client.get("/sources?format=json").json()
    assert {rule["id"] for rule in answer["rules"]} == set(EVERY)
    assert client.get("/sources").content.decode().count('<th scope="row">') == len(EVERY)


def test_one_kind_can_be_asked_for(client: Client) -> None:
    def asked(kind: str) -> set[str]:
        return {rule["id"] for rule in client.get("/sources", {"format": "json", "kind": kind}).json()["rules"]}

    assert asked("rule") == set(rules().parameters)
    assert asked("DATE") == {name for name in from_seasons() if name.startswith("DATE-")}
    assert {"ERAS.application", "NRMP.couple"} < asked("PRICE")
    assert asked("rule") | asked("DATE") | asked("PRICE") | asked("SIGNALS") | asked("SERVICE") == set(EVERY)


def test_what_was_read_long_ago_can_be_asked_for(client: Client) -> None:
    assert client.get("/sources?format=json&show=old").json()["rules"] == []
    later = client.get("/sources?format=json&show=old&on=2027-08-01").json()
    assert len(later["rules"]) == later["counts"]["old"] > 300
    assert "180 days" in client.get("/sources?show=old&on=2027-08-01").content.decode()


def test_age_is_counted_from_the_asked_day(client: Client) -> None:
    later = client.get("/sources?format=json&on=2027-02-22").json()["rules"]
    assert {rule["age_days"] for rule in later if rule["read_on"] == "2026-11-22"} == {92}


def test_one_body_or_one_weakness_can_be_asked_for(client: Client) -> None:
    def asked(**query: str) -> list[dict[str, object]]:
        return list(client.get("/sources", {"format": "json", **query}).json()["rules"])

    counts = client.get("/sources?format=json").json()["counts"]
    assert all(rule["body"] == "NRMP" for rule in asked(body="NRMP"))
    assert all(rule["confidence"] in ("low", "not_found") for rule in asked(show="weak"))
    assert all(rule["carried_forward"] for rule in asked(show="carried"))
    assert all(not rule["known"] for rule in asked(show="unknown"))
    assert all(rule["disputed"] for rule in asked(show="disputed"))
    assert {name: len(asked(show=name)) for name in counts} == counts
    assert sum(counts.values()) > 0


def test_a_filter_that_finds_nothing_says_so(client: Client) -> None:
    assert "Nothing here." in client.get("/sources?body=Nobody").content.decode()


def test_a_rule_shows_its_history_and_the_answers_that_rest_on_it(client: Client) -> None:
    page = without_abbr(client.get("/sources/S2-PASS").content.decode())
    assert page.index("since 1 July 2025") < page.index("from 1 July 2022 to 30 June 2025")
    assert "until 30 June 2012" in page
    assert 'href="/requirements#step2ck.passed"' in page
    answer = client.get("/sources/S2-PASS?format=json").json()
    assert [value["value"] for value in answer["history"]][:3] == [218, 214, 209]


def test_the_value_is_that_of_the_asked_day(client: Client) -> None:
    assert client.get("/sources/S2-PASS?format=json&on=2024-01-01").json()["value"] == 214


def test_a_rule_that_nobody_knows_is_not_found(client: Client) -> None:
    assert client.get("/sources/NO-SUCH-RULE").status_code == 404


def test_every_rule_date_and_price_has_a_page(client: Client) -> None:
    assert {client.get(reverse("rule", args=[name])).status_code for name in EVERY} == {200}


def test_a_date_of_the_season_has_its_history_too(client: Client) -> None:
    page = without_abbr(client.get("/sources/date-nrmp_rol_certification_deadline").content.decode())
    assert "2027-03-03 21:00" in page
    assert "NRMP" in page


def test_what_any_answer_or_bill_cites_leads_to_its_page(tmp_path: Path) -> None:
    """Over all made-up people, in a season gone by, the one under way and one that nobody has published yet."""
    cited = set()
    for person in EXAMPLES:
        file = tmp_path / person.name
        file.write_bytes(person.read_bytes())
        client = visitor(seated(file))
        for day in (dt.date(2024, 3, 1), dt.date(2026, 11, 22), dt.date(2028, 5, 5)):
            pages = (client.get(f"/{name}?on={day}").content.decode() for name in ("requirements", "money"))
            cited |= {link for page in pages for link in re.findall(r'href="(/sources/[^"]+)"', page)}
    assert len(cited) > 100
    assert any("ERAS.application" in link for link in cited)
    assert {link: code for link in cited if (code := client.get(link).status_code) != 200} == {}


def test_words_find_a_rule_by_its_title_text_or_value(client: Client) -> None:
    def found(words: str) -> list[str]:
        return [one["id"] for one in client.get("/sources", {"format": "json", "q": words}).json()["rules"]]

    assert "OET-300W" in found("oet writing")
    assert found("OET-300W") == ["OET-300W"]
    assert found("no rule speaks of penguins") == []
    assert "Nothing here." in client.get("/sources?q=penguins").content.decode()
