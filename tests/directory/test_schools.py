"""Schools: what the entry must show, what was recorded, and an old list that can say "check" but never "not recognised"."""

import datetime as dt
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from matchday.cli.schools import schools
from matchday.directory.schools import check_json, entry, link, recognition, recognitions, search
from matchday.directory.tables import accreditors
from matchday.dossier.model import School

ON = dt.date(2026, 11, 22)
AGENCY = {one.acronym: one for one in accreditors()}


def recorded(school: School) -> dict[str, tuple[str, str]]:
    return {one.id: (one.recorded, one.value) for one in entry(school)}


def test_nothing_recorded_is_said_as_such() -> None:
    assert recorded(School()) == {
        "note": ("not recorded", ""), "years": ("not recorded", ""), "accreditation": ("not recorded", ""),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("school", "expected"),
    [
        (School(degree_date=dt.date(2020, 7, 1), sponsor_note_from=1998, sponsor_note_to="current"), "yes"),
        (School(degree_date=dt.date(1997, 7, 1), sponsor_note_from=1998, sponsor_note_to="current"), "no"),
        (School(degree_date=dt.date(2011, 7, 1), sponsor_note_from=1998, sponsor_note_to=2010), "no"),
        (School(degree_date=dt.date(2010, 7, 1), sponsor_note_from=1998, sponsor_note_to=2010), "yes"),
        (School(degree_date=dt.date(1992, 1, 1), sponsor_note_years=((1965, 1990), (1995, "current"))), "no"),
        (School(degree_date=dt.date(1996, 1, 1), sponsor_note_years=((1965, 1990), (1995, "current"))), "yes"),
        (School(degree_date=dt.date(2020, 1, 1), sponsor_note_years=()), "no"),
        (School(expected_degree_date=dt.date(2027, 7, 1), sponsor_note_from=1998, sponsor_note_to="current"), "yes"),
        (School(expected_degree_date=dt.date(2027, 7, 1), sponsor_note_from=1998, sponsor_note_to=2020), "no"),
        (School(sponsor_note_from=1998, sponsor_note_to=2020), "not recorded"),
        (School(degree_date=dt.date(2020, 1, 1), sponsor_note_from=1998), "not recorded"),
    ],
)
def test_the_year_of_graduation_decides_and_a_student_needs_current(school: School, expected: str) -> None:
    assert recorded(school)["years"][0] == expected


def test_what_must_be_seen_has_its_rule_source_and_day() -> None:
    assert [(one.rule, one.confidence, one.read_on) for one in entry(School(sponsor_note=False))] == [
        ("SCH-NOTE", "high", "2026-11-22"), ("SCH-YEARS", "high", "2026-11-22"), ("ACC-2022", "high", "2026-11-22"),
    ]  # fmt: skip
    assert entry(School(sponsor_note=False))[0].recorded == "no"


@pytest.mark.parametrize(
    ("acronym", "on", "status"),
    [
        ("ACCM", dt.date(2026, 12, 31), "listed"),
        ("ACCM", dt.date(2027, 1, 1), "check"),
        ("KIMEE", ON, "check"),  # ended in September; a renewal may well exist
        ("LCME", ON, "check"),
        ("CAAM-HP", ON, "check"),  # no end was printed
        ("NMC", ON, "listed"),
        ("NAB", ON, "check"),  # was only applying
    ],
)
def test_a_recognition_is_listed_until_its_last_day_and_then_to_be_checked(
    acronym: str, on: dt.date, status: str
) -> None:
    assert recognition(AGENCY[acronym], on).status == status


def test_no_agency_is_ever_called_not_recognised() -> None:
    for year in range(2020, 2041):
        for one in accreditors():
            found = recognition(one, dt.date(year, 6, 1))
            assert "not recognised" not in found.why
            assert found.status == "listed" or "Check with WFME" in found.why


@pytest.mark.parametrize(
    ("school", "agencies"),
    [
        (School(country="IN"), ["NMC"]),
        (School(country="KZ"), ["IAAR"]),
        (School(country="CZ", accreditor="iaar"), ["IAAR"]),
        (School(country="KR", accreditor="An Unheard-of Board"), ["KIMEE"]),
        (School(country="NG"), []),
        (School(), []),
    ],
)
def test_agencies_are_found_by_the_name_in_the_dossier_else_by_country(school: School, agencies: list[str]) -> None:
    assert [one.agency.acronym for one in recognitions(school, ON)] == agencies


def test_an_agency_for_a_group_of_countries_may_or_may_not_cover_a_school() -> None:
    (found,) = recognitions(School(country="JM"), ON)
    assert (found.agency.acronym, found.status) == ("CAAM-HP", "check")
    assert "may or may not cover" in found.why


@pytest.mark.parametrize(
    ("text", "acronyms"),
    [("india", ["NMC"]), ("IN", ["NMC"]), ("kimee", ["KIMEE"]), ("Korean Institute", ["KIMEE"]), ("caricom", ["CAAM-HP"]),
     ("Lagos", []), ("", []), ("!!", [])],
)  # fmt: skip
def test_search_finds_agencies_by_name_or_country(text: str, acronyms: list[str]) -> None:
    found = [one.agency.acronym for one in search(text, ON)]
    assert found == acronyms if text != "IN" else "NMC" in found


def test_check_tells_when_the_entry_was_looked_at() -> None:
    school = School(name="Lagoon College", country="NG", checked_on=dt.date(2026, 5, 2), evidence="screen shot")
    found = check_json(school, ON)
    assert {
        key: found[key] for key in ("name", "country_name", "checked_on", "checked_days_ago", "evidence", "link")
    } == {
        "name": "Lagoon College",
        "country_name": "Nigeria",
        "checked_on": "2026-05-02",
        "checked_days_ago": 204,
        "evidence": "screen shot",
        "link": link(),
    }


# ---------------------------------------------------------------- the door


def ask(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(schools, words)
    return result.exit_code, result.stdout, result.stderr


def test_search_says_that_no_list_is_shipped_and_where_to_look() -> None:
    code, out, _ = ask("search", "korea", "--on", "2026-11-22")
    assert code == 0
    assert "No list of medical schools is shipped" in out
    assert link() in out
    assert "check: on the list of 2023 the recognition ran to 2026-09" in out


def test_search_without_a_find_is_a_no() -> None:
    code, out, err = ask("search", "Lagos", "--json")
    assert code == 1
    assert json.loads(out)["count"] == 0
    assert err == f"Nothing here is called 'Lagos'. Look for the school itself at {link()}\n"
    assert ask("search", "Lagos")[0] == 1


def test_check_of_a_sample_dossier_shows_record_source_and_link() -> None:
    sample = "src/matchday/dossier/examples/amina.toml"
    code, out, _ = ask("check", sample, "--on", "2026-11-22")
    assert code == 0
    for words in ("You looked on 2026-05-02 (204 days before)", "SCH-YEARS", link(), "1998 to current", "Nigeria"):
        assert words in out
    assert max(map(len, out.splitlines())) <= 80
    found = json.loads(ask("check", sample, "--on", "2026-11-22", "--json")[1])
    assert (found["on"], [one["recorded"] for one in found["schools"][0]["must_show"]]) == ("2026-11-22", ["yes"] * 3)


def test_check_names_the_agency_of_the_country() -> None:
    code, out, _ = ask("check", "src/matchday/dossier/examples/rohan.toml", "--on", "2026-11-22")
    assert code == 0
    assert "NMC" in out
    assert "listed: recognised until 2033-09" in out


@pytest.mark.parametrize(
    ("text", "words"), [("schema = 1\n", "does not name a school"), ("schema = 1\nschool = []\n", "there is no school")]
)
def test_check_without_a_school_says_so(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(text)
    code, out, _ = ask("check", str(file))
    assert code == 0
    assert words in out
