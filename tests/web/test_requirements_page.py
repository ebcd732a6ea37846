"""Requirements: an opened row has the rule, its history, the facts used with their forms, and what would change it."""

import datetime as dt
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.test import Client

from matchday.dossier.file import loads, read
from matchday.rules import check
from matchday.web.obstacles import obstacles
from matchday.web.rows import Fact, Row, row
from tests.strategies import EXAMPLES
from tests.web.conftest import example, seated, visitor
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


def in_the_way(text: str) -> set[str]:
    dossier = loads(f"schema = 1\nseason = 2027\n{text}", "toml")
    return set(obstacles(check(dossier, ON), dossier))


PASSED = "".join(
    f'[[exam]]\nexam = "{step}"\ndate = {day}\nresult = "pass"\n'
    for step, day in (("step1", "2025-01-12"), ("step2ck", "2026-04-03"))
)


def test_what_a_passed_step_no_longer_asks_is_not_in_the_way() -> None:
    """ "A passed Step may not be repeated" is an answer "no" that hinders nobody."""
    assert not [name for name in in_the_way(PASSED) if name.startswith(("step", "registration"))]
    failed = PASSED.replace("pass", "fail", 1).replace("2025-01-12", "2026-11-01")
    assert "step1.passed" in in_the_way(failed)
    assert "step2ck.passed" not in in_the_way(failed)


def test_a_new_try_that_is_refused_is_in_the_way_while_the_step_is_still_to_pass() -> None:
    tries = "".join(f'[[exam]]\nexam = "step1"\ndate = 20{year}-05-01\nresult = "fail"\n' for year in range(20, 24))
    assert {"step1.passed", "step1.may_apply"} <= in_the_way(tries)


SCHOOL = '[[school]]\ncountry = "NP"\ndegree_date = 2021-04-03\nwfme_recognised = false\nncfmea_comparable = false\njoint_us_degree = false\nregulator_osce = false\nus_loan_program = false\n'
LICENSED = '[[licence]]\ncountry = "NP"\nkind = "unsupervised"\nfrom = 2022-06-15\ndiscipline = false\n'


@pytest.mark.parametrize(
    ("text", "against"),
    [
        (LICENSED, set()),  # Pathway 1 is open, so that the others are no matter
        ("licence = []\n[[pathway]]\nnumber = 3\nseason = 2027\napplied = 2026-10-01\n", {"pathway.3"}),
        (f"{LICENSED}[[pathway]]\nnumber = 3\nseason = 2027\napplied = 2026-09-01\naccepted = 2026-10-01\n", set()),
    ],
    ids=["open", "applied for", "accepted"],
)
def test_only_the_pathway_that_one_goes_is_in_the_way(text: str, against: set[str]) -> None:
    top, _, tables = text.partition("[[") if text.startswith("licence = ") else ("", "", text[2:])
    found = in_the_way(f"{top}\n{SCHOOL}{PASSED}[[{tables}")
    assert {name for name in found if name.startswith("pathway.") and name != "pathway.apply"} == against


def test_a_shut_pathway_is_in_the_way_only_when_no_other_may_be_open() -> None:
    unsaid = SCHOOL.replace("regulator_osce = false\n", "")  # so that Pathways 2 and 6 are not known
    found = in_the_way(f"licence = []\n{unsaid}{PASSED}")
    assert not [name for name in found if re.fullmatch(r"pathway\.\d", name)]


PERSON = '[person]\ncitizenships = ["NP"]\nus_status = "none"\nlast_permanent_residence = "NP"\nvisa_wanted = [{}]\n'
FAILED = '[[exam]]\nexam = "step1"\nresult = "fail"\n'


def test_step_3_is_on_the_way_with_h1b_named_first_alone() -> None:
    j1, h1b = in_the_way(PERSON.format('"J-1", "H-1B"') + FAILED), in_the_way(PERSON.format('"H-1B", "J-1"') + FAILED)
    assert ("step3.passed" in j1, "step3.passed" in h1b) == (False, True)


def test_what_only_follows_from_another_obstacle_is_none_of_its_own() -> None:
    person = "exam = []\n" + PERSON.format('"J-1"')
    found = in_the_way(person)
    assert {"step1.passed", "step2ck.passed", "communication_skills"} <= found
    follow = {"exams.window", "certificate", "match.ecfmg_check", "visa.j1", "visa.h1b", "oet.scores", "oet.age"}
    assert not found & follow
    assert "visa.j1" in in_the_way(f"{person}[certification]\ngme_months = 96\n")  # a risk of the visa itself


@pytest.mark.parametrize("name", [path.stem for path in EXAMPLES])
def test_the_filters_share_all_rows_among_them_and_say_how_many(file: Path, name: str) -> None:
    file.write_bytes(example(name))
    client = visitor(seated(file))
    shown = {
        show: [one["id"] for one in client.get(f"/requirements?show={show}&format=json").json()["findings"]]
        for show in ("", "way", "unknown", "done", "aside")
    }
    every = shown.pop("")
    assert sorted(every) == sorted(name for ids in shown.values() for name in ids)
    page = client.get("/requirements").content.decode()
    for show, ids in shown.items():
        assert (f'href="?show={show}">' in page) is bool(ids)
    assert f"All&nbsp;<small>{len(every)}</small>" in page


def test_one_row_can_be_opened_by_its_address_and_a_no_that_does_not_matter_is_pale(client: Client) -> None:
    page = client.get("/requirements?open=step2ck.passed").content.decode()
    assert page.count(" open>") == 1
    assert 'id="step2ck.passed" open>' in page
    assert client.get("/requirements?open=nothing").content.decode().count(" open>") == 0
    assert (
        page.count('<summary class="aside">') == client.get("/requirements?format=json").json()["counts"]["aside"] > 0
    )


def test_a_month_and_a_day_are_said_as_people_say_them(client: Client) -> None:
    """START-DAY holds [7, 1]."""
    pages = [client.get(address).content.decode() for address in ("/requirements", "/sources/START-DAY")]
    assert all("1 July" in page and "7, 1" not in page for page in pages)


def test_a_day_stands_once_in_a_sentence(client: Client) -> None:
    page = without_abbr(client.get("/requirements").content.decode())
    assert re.findall(r"\d{4} \(\d{4}-\d\d-\d\d\)", page) == []
    assert "must confirm them to NRMP by 3 March 2027, 21:00" in page


@pytest.mark.parametrize("name", ["amina", "nadia", ""])
def test_whatever_is_missing_has_the_address_of_its_field(file: Path, name: str) -> None:
    file.write_bytes(example(name) if name else b"schema = 1\nseason = 2027\n")
    client, dossier = visitor(seated(file)), read(file)
    urls = {fact.url for finding in check(dossier, ON) for fact in row(finding, dossier, ON).missing}
    assert urls
    for url in urls:
        page, _, place = url.partition("#")
        answer = client.get(page)
        assert answer.status_code == 200, url
        assert not place or f'id="{place}"' in answer.content.decode(), url
