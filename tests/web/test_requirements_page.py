"""Requirements: an opened row has the rule, its history, the facts used with their forms, and what would change it."""

import datetime as dt
import re
from urllib.parse import unquote

import pytest
from django.test import Client

from matchday.dossier.file import loads, read
from matchday.rules import check
from matchday.web.rows import Fact, Row, row
from tests.strategies import EXAMPLES
from tests.web.walk import without_abbr

ON = dt.date(2026, 11, 22)


def opened(name: str, finding: str, on: dt.date = ON) -> Row:
    dossier = read(next(path for path in EXAMPLES if path.stem == name))
    return row(check(dossier, on)[finding], dossier, on)


def test_facts_and_gaps_lead_to_the_form_that_holds_them() -> None:
    found = opened("amina", "clinical_skills")
    assert Fact("Pathways: Pathway number", "/facts/pathway/0#number", "3") in found.facts
    assert [fact.url for fact in found.missing] == ["/facts/pathway/0#accepted"]


def test_a_fact_that_no_form_holds_is_told_in_its_own_words() -> None:
    (first, *_) = opened("amina", "eras.experiences").facts
    assert (first.words, first.url) == ("experience: 2", "")


def test_a_rule_shows_what_it_said_before() -> None:
    said = next(one for one in opened("amina", "step2ck.passed").rules if one.reading.parameter.id == "S2-PASS")
    assert [value.value for value in said.earlier] == [214, 209, 203]


def test_what_would_change_an_answer() -> None:
    assert (
        "A pass in the exam planned for 18 December 2026, once the score is out."
        in opened("amina", "step2ck.passed").changes
    )
    assert "Telling what is missing above." in opened("amina", "clinical_skills").changes
    assert opened("amina", "degree.verified").changes == ()
    assert any(text.startswith("A newer or better source for ") for text in opened("amina", "visa.entry").changes)


def test_a_day_and_a_coming_value_of_a_rule_would_change_an_answer() -> None:
    dossier = loads(
        'schema = 1\nseason = 2027\n[[school]]\ncountry = "NG"\n[[exam]]\nexam = "step1"\ndate = 2026-10-01\nresult = "fail"\n',
        "toml",
    )
    days = [row(finding, dossier, ON).changes for finding in check(dossier, ON) if finding.opens]
    assert all(any(text.startswith("The day: from ") for text in changes) for changes in days)
    early = dt.date(2025, 1, 10)
    coming = row(check(dossier, early)["step2ck.passed"], dossier, early).changes
    assert "The rule S2-PASS has another value from 1 July 2025 on." in coming


@pytest.mark.parametrize("show", ["", "way", "unknown", "done"])
def test_a_filter_keeps_its_rows_and_all_can_be_opened(client: Client, show: str) -> None:
    data = client.get("/requirements", {"show": show, "format": "json"}).json()["findings"]
    page = client.get("/requirements", {"show": show, "open": "all"}).content.decode()
    assert page.count('<details class="finding"') == page.count(" open>") == len(data) > 0


def test_every_rule_of_the_page_has_its_link(client: Client) -> None:
    answer = client.get("/requirements?format=json").json()
    linked = re.findall(r'href="/sources/([^"]+)"', client.get("/requirements").content.decode())
    cited = {rule["id"] for finding in answer["findings"] for rule in finding["rules"]}
    assert {unquote(link) for link in linked} == cited
    assert any(name.startswith("DATE-") for name in cited)


def test_a_rule_is_told_with_its_time_its_source_and_how_sure(client: Client) -> None:
    page = without_abbr(client.get("/requirements").content.decode())
    assert "since 1 July 2025" in page
    assert "(high confidence, read 22 November 2026)" in page
    assert "Earlier: 214 (from 1 July 2022 to 30 June 2025)" in page
