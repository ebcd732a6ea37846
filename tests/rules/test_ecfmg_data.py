"""What the ECFMG rules hold: every rule of the facts, seasons that agree with the calendar, honest edges of knowledge."""

from datetime import date

import pytest

from matchday.rules import UNKNOWN, rules
from matchday.rules.seasons import published, season
from matchday.terms import Confidence

SCHOOL = [
    "SCH-NOTE",
    "SCH-YEARS",
    "SCH-CLOSED",
    "SCH-4CY",
    "SCH-TRANSFER",
    "SCH-DIPLOMA",
    "SCH-EXCL",
    "IMG-DEF",
    "CAN-OLD",
    "CAN-NEW",
    "ACC-2010",
    "ACC-2020",
    "ACC-2022",
    "SCH-LETTER",
    "ACC-REPORT",
    "ACC-LABELS",
    "ACC-DECIDES",
]
SKILLS = [
    "CS-REQ",
    "CS-SUSP",
    "CS-END",
    "CS-PASS",
    "CS-FAIL",
    "CS-ATT",
    "PW-ALL",
    "PW-PRE",
    "PW-ORDER",
    "PW-SEASON",
    "PW-MATCH",
    "PW-EXP",
    "PW-LENGTH",
    "PW-MOVED",
    "PW-PERM",
    "PW-PERM-LIC",
    "PW-REVAL",
]
PATHWAYS = [
    "PW-OPEN",
    "PW-APPLY",
    "PW-CLOSE",
    "PW-1",
    "PW-1-CUT",
    "PW-1-TRAINING",
    "PW-2",
    "PW-3",
    "PW-4",
    "PW-5",
    "PW-3-CUT",
    "PW-35-EXCL",
    "PW-6",
    "PW-6-ENC",
    "PW-6-EVAL",
    "PW-6-SCORE",
]
OET = ["OET-TEST", "OET-350", "OET-300W", "OET-ONE", "OET-AGE", "OET-VALID"]
CERTIFICATE = [
    "DESK-OLD",
    "MYI-LIVE",
    "MYI-ACC",
    "MYI-DRAFT",
    "MYI-MOVE",
    "CRED-PSV",
    "EPIC-NO",
    "CERT-WHEN",
    "CERT-LEAD",
    "NRMP-CHECK",
    "START-DAY",
]
ALL = SCHOOL + SKILLS + PATHWAYS + OET + CERTIFICATE


@pytest.mark.parametrize("rule_id", ALL)
def test_every_value_of_a_rule_has_a_citation_or_is_unknown(rule_id: str) -> None:
    for value in rules()[rule_id].values:
        if value.value is UNKNOWN:
            assert (value.confidence, value.citations) == (Confidence.NOT_FOUND, ())
        else:
            assert value.citations
            assert value.confidence is not Confidence.NOT_FOUND


@pytest.mark.parametrize("rule_id", ["PW-1-CUT", "PW-3-CUT", "OET-AGE"])
def test_an_inferred_cut_date_says_that_it_is_inferred(rule_id: str) -> None:
    inferred = [value for value in rules()[rule_id].values if value.confidence is Confidence.LOW]
    assert inferred
    assert all("nferred from a pattern" in value.note for value in inferred)


@pytest.mark.parametrize("rule_id", ["PW-1-CUT", "PW-3-CUT", "OET-AGE"])
def test_cut_dates_only_move_forward(rule_id: str) -> None:
    known = [value.value for value in rules()[rule_id].values if value.value is not UNKNOWN]
    assert known == sorted(known)


@pytest.mark.parametrize("rule_id", ["PW-ALL", "PW-ORDER", "PW-1", "PW-3", "PW-5", "CS-FAIL", "PW-REVAL", "OET-ONE"])
def test_a_pathway_rule_is_carried_forward_past_the_season_2026(rule_id: str) -> None:
    assert not rules().at(rule_id, 2026).carried_forward
    assert rules().at(rule_id, 2027).carried_forward
    assert rules().at(rule_id, 2027).value == rules().at(rule_id, 2026).value


@pytest.mark.parametrize("year", published())
def test_the_day_of_the_check_is_that_of_the_calendar(year: int) -> None:
    stated = season(year).events["nrmp_rol_certification_deadline"].date
    assert rules().at("NRMP-CHECK", year).value == (stated or UNKNOWN)


@pytest.mark.parametrize("year", published())
def test_the_last_day_to_apply_does_not_contradict_the_calendar(year: int) -> None:
    stated = season(year).events["ecfmg_pathways_application_deadline"].date
    assert stated in (None, rules().at("PW-APPLY", year).value)


def test_a_deadline_is_never_carried_into_another_season() -> None:
    for rule_id in ("NRMP-CHECK", "PW-APPLY", "PW-CLOSE", "PW-OPEN"):
        assert rules().at(rule_id, 2030).value is UNKNOWN


def test_the_labels_of_the_accreditation_policy_are_unknown() -> None:
    assert not rules().at("ACC-LABELS", date(2026, 11, 22)).known


def test_what_is_background_is_not_a_day() -> None:
    assert rules()["CS-REQ"].values[0].start is None
    assert rules()["ACC-2020"].values[0].unconfirmed == ("from",)
