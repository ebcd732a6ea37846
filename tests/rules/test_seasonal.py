"""Rows of the season files looked up like rules: whatever a finding or a guide cites can be shown."""

from datetime import date
from pathlib import Path

import pytest

import matchday.dossier
from matchday.dossier.file import read
from matchday.rules import UNKNOWN, check, rules
from matchday.rules.guide import judge
from matchday.rules.seasonal import find, from_seasons
from matchday.terms import InputProblem

TODAY = date(2026, 11, 22)
EXAMPLES = sorted((Path(matchday.dossier.__file__).parent / "examples").glob("*.toml"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_rule_that_a_check_cites_can_be_shown(path: Path) -> None:
    cited = {reading.parameter.id for finding in check(read(path), TODAY) for reading in finding.rules}
    assert cited
    assert {find(rules(), rule_id).id for rule_id in cited} == cited


def test_every_rule_that_a_guide_cites_can_be_shown() -> None:
    text = b"Match Day is 19 March 2027. ERAS costs $11 for each of the first 30 programs. IMGs participate in the NRMP Match."
    text += b" Internal medicine has 7 signals. The algorithm favors programs. The rank list is due in mid-February."
    cited = [rule["id"] for item in judge(text, TODAY).as_json()["claims"] for rule in item["rules"]]
    assert len(cited) >= 6
    assert [find(rules(), rule_id).id for rule_id in cited] == cited


def test_a_row_has_one_value_for_each_season_that_speaks_of_it() -> None:
    signals = find(rules(), "SIGNALS-Internal Medicine")
    assert {value.start: value.value for value in signals.values if value.start > 2023} == {
        2024: {"single": 7},
        2025: {"gold": 3, "silver": 12},
        2026: {"gold": 3, "silver": 12},
        2027: {"gold": 3, "silver": 12},
    }
    service = find(rules(), "SERVICE-Obstetrics and Gynecology")
    assert (service.at(2024).value, service.at(2025).value) == ("ERAS", "ResidencyCAS")
    fee = find(rules(), "ERAS.application")
    assert fee.at(2024).value == "99 in all for 1 to 10, 19 each for 11 to 20, 23 each for 21 to 30, 27 each from 31"
    assert find(rules(), "NRMP.late_registration_surcharge").at(2027).value == 50


def test_a_date_is_never_carried_into_a_season_that_has_none() -> None:
    day = find(rules(), "match_day")
    assert (day.id, day.at(2027).value) == ("DATE-match_day", "2027-03-19 12:00 America/New_York")
    assert (day.at(2029).value, day.at(2029).carried_forward) == (UNKNOWN, False)
    assert find(rules(), "ERAS.application").at(2029).carried_forward


def test_small_letters_find_a_rule_and_a_slip_names_the_nearest() -> None:
    assert find(rules(), "s2-pass") is rules()["S2-PASS"]
    assert find(rules(), "signals-internal medicine") is from_seasons()["SIGNALS-Internal Medicine"]
    with pytest.raises(InputProblem, match="no rule is called") as caught:
        find(rules(), "SIGNALS-Internal Medicin")
    assert "SIGNALS-Internal Medicine" in caught.value.do
