"""The search page: words, facets, pages, the map; whatever is typed, it answers."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matchday.directory.store import Store
from tests.web.small import use_small
from tests.web.walk import without_abbr


def found(client: Client, **asked: str) -> dict[str, Any]:
    """The data of the search page."""
    answer: dict[str, Any] = client.get("/programs", {**asked, "format": "json"}).json()
    return answer


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_small(tmp_path / "small", monkeypatch)


def test_without_any_import_it_answers_from_the_made_up_directory_and_says_so_at_each_name(client: Client) -> None:
    page = client.get("/programs").content.decode()
    assert "nothing in it exists" in page
    assert page.count('<span class="mark">made-up</span>') == 25
    assert "in three steps" in page


def test_a_list_of_ones_own_carries_no_such_word(client: Client, small: None) -> None:
    page = client.get("/programs").content.decode()
    assert "made-up" not in page
    assert "nothing in it exists" not in page


def test_words_find_programs_and_tell_how_they_were_read(client: Client, small: None) -> None:
    answer = found(client, q="peds florida J-1")
    assert [line["institution"] for line in answer["programs"]] == ["Alpha University Hospital"]
    assert answer["read_as"] == ["visa J-1"]
    assert answer["visa_not_stated"] == 1


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({"specialty": "320", "state": "FL"}, {"1001320C0", "1002320C0", "1003320C0"}),
        ({"visa": "J-1"}, {"1001320C0", "1004140C0", "1004140P0"}),
        ({"visa": "both"}, {"1001320C0"}),
        ({"track": "R"}, {"1005040R0"}),
        ({"fill": "unfilled"}, {"1001320C0"}),
        ({"fill": "full"}, {"1002320C0", "1004140C0", "1004140P0"}),
        ({"service": "ERAS", "state": "NY"}, {"1006220C0"}),
    ],
)
def test_each_facet_keeps_what_it_names(client: Client, small: None, asked: dict[str, str], codes: set[str]) -> None:
    assert {line["nrmp_code"] for line in found(client, **asked)["programs"]} == codes


def test_each_line_says_whether_it_takes_the_owner_of_the_file_and_why(client: Client, small: None) -> None:
    """Amina wants J-1; Beta states that it does not sponsor it."""
    fits = {line["nrmp_code"]: line["fit"] for line in found(client, specialty="")["programs"]}
    assert fits["1002320C0"] == {"verdict": "does not", "why": "does not sponsor J-1"}
    assert {fit["verdict"] for fit in fits.values()} == {"does not", "not stated"}


def test_the_facet_of_fit_keeps_one_answer_in_the_list_and_on_the_map(client: Client, small: None) -> None:
    answer = found(client, fit="does not")
    assert {line["fit"]["verdict"] for line in answer["programs"]} == {"does not"}
    assert sum(answer["states"].values()) == answer["count"] == answer["verdicts"]["does not"]


def test_25_lines_stand_on_a_page_and_every_line_on_exactly_one(client: Client) -> None:
    first = found(client, state="NJ")
    assert (first["first"], first["last"], len(first["programs"])) == (1, 25, 25)
    seen = [
        line["handle"]
        for page in range(1, first["pages"] + 1)
        for line in found(client, state="NJ", page=str(page))["programs"]
    ]
    assert len(seen) == len(set(seen)) == first["count"]


def test_the_pager_keeps_the_question(client: Client) -> None:
    page = client.get("/programs", {"q": "medicine", "state": "NJ"}).content.decode()
    assert 'href="?q=medicine&amp;state=NJ&amp;page=2" rel="next"' in page


def test_a_page_past_the_last_leads_back(client: Client) -> None:
    page = client.get("/programs", {"state": "NJ", "page": "999"}).content.decode()
    assert "There are not so many pages." in page


def test_nothing_found_says_what_to_do(client: Client) -> None:
    assert "Take one choice away" in client.get("/programs", {"q": "qqqqzzzz"}).content.decode()


def test_the_map_has_every_state_and_its_table_says_the_same(client: Client) -> None:
    page = client.get("/programs", {"specialty": "140"}).content.decode()
    states = found(client, specialty="140")["states"]
    on_map = dict(re.findall(r'aria-label="([A-Z][^":]+): (\d+)"', page))
    in_table = dict(re.findall(r'<th scope="row"><a href="[^"]*">([^<]+)</a></th><td>(\d+)</td>', page))
    assert on_map == in_table
    assert sorted(map(int, on_map.values())) == sorted(states.values())
    assert page.count("<rect") == 52


def test_a_choice_of_state_leaves_the_map_of_the_nation(client: Client) -> None:
    assert found(client, state="NJ")["states"] == found(client, specialty="")["states"]


def test_the_heaviest_page_weighs_less_than_250_kb(client: Client) -> None:
    assert len(client.get("/programs").content) < 100_000


typed = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from(
    ['"', "* OR -", "NEAR(a b)", "140*", "\0", "²", "(", "'; DROP TABLE listing", "J-1 H-1B", "x" * 5000, "IN OR", "٣"]
)
names = st.sampled_from(
    ["q", "specialty", "state", "fit", "visa", "service", "track", "fill", "sort", "page", "on", "code"]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.dictionaries(names, typed, max_size=5))
def test_whatever_is_typed_it_answers(client: Client, asked: dict[str, str]) -> None:
    """The box and every facet by hand in the address: never a fault of the program."""
    assert client.get("/programs", asked).status_code == 200


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(code=typed)
def test_whatever_code_is_asked_for_it_answers(client: Client, code: str) -> None:
    assert client.get("/programs/shortlist", {"code": code}).status_code == 200
    assert client.get("/program/" + code.replace("%", "")).status_code in (200, 301, 404)


def test_a_visa_that_is_not_stated_can_be_asked_for_too(client: Client) -> None:
    def asked(visa: str) -> dict[str, Any]:
        found: dict[str, Any] = client.get("/programs", {"visa": visa, "format": "json"}).json()
        return found

    stated, both = asked("J-1"), asked("J-1+")
    assert both["count"] == stated["count"] + stated["visa_not_stated"] > stated["count"] > 0
    assert both["visa_not_stated"] == 0
    page = client.get("/programs", {"visa": "J-1", "q": "florida"}).content.decode()
    assert 'href="?q=florida&amp;visa=J-1%2B">Show them too</a>' in page
    assert "Show them too" not in client.get("/programs", {"visa": "J-1+"}).content.decode()
    assert asked("both+")["count"] < both["count"]


def test_who_asks_for_nothing_sees_the_wished_specialties_first(client: Client) -> None:
    """Amina wishes Internal Medicine and Family Medicine; one press shows all, and other pages stay what was asked."""
    page = client.get("/programs").content.decode()
    assert "These are your specialties: Family Medicine, Internal Medicine." in page
    assert 'href="?specialty=mine&amp;page=2"' in page
    assert {line["specialty"] for line in found(client)["programs"]} <= {"Family Medicine", "Internal Medicine"}
    everything = client.get("/programs?specialty=").content.decode()
    assert "These are your specialties" not in everything
    assert 'href="?specialty=&amp;page=2"' in everything
    assert found(client, q="pediatrics")["count"] > 0


def test_an_accreditation_that_ended_or_will_end_is_marked_and_a_missing_day_is_said(
    client: Client, small: None
) -> None:
    with Store() as store:
        for code, day in (("1001320C0", "2026-06-30"), ("1002320C0", "2027-06-30")):
            store.db.execute(
                "UPDATE listing SET accreditation = 'Voluntary Withdrawal', accreditation_date = ?, oldest_source = NULL "
                "WHERE nrmp_code = ?",
                (day, code),
            )
    marks = {line["nrmp_code"]: line["ending"] for line in found(client, state="FL")["programs"]}
    assert marks == {"1001320C0": "ended", "1002320C0": "ending", "1003320C0": ""}
    page = without_abbr(client.get("/programs?state=FL").content.decode())
    assert (page.count("accreditation ended"), page.count("accreditation to end")) == (1, 1)
    assert page.count("no source tells its day") == 2
    assert "oldest source None" not in page


def test_no_map_is_drawn_of_nothing(client: Client, small: None) -> None:
    page = client.get("/programs?q=zzzz").content.decode()
    assert "Nothing fits all of this" in page
    assert "By state" not in page
