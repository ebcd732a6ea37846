"""Sources: every rule with its age; what is weak can be found; a rule's page has its whole history."""

from django.test import Client

from matchday.rules import rules
from tests.web.walk import without_abbr


def test_every_rule_is_listed_with_its_age(client: Client) -> None:
    answer = client.get("/sources?format=json").json()
    assert {rule["id"] for rule in answer["rules"]} == set(rules().parameters)
    assert client.get("/sources").content.decode().count('<th scope="row">') == len(rules().parameters)


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


def test_every_rule_has_a_page(client: Client) -> None:
    assert {client.get(f"/sources/{name}").status_code for name in rules().parameters} == {200}
