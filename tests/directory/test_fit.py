"""Fit: takes you, does not, not stated. Silence is never a yes and never a no."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchday.directory import fit as room
from matchday.directory.applicant import Applicant, applicant_of
from matchday.directory.fit import FIT_FIELDS, Fit, Licence, Outside, Ruling, Said, Verdict
from matchday.directory.search import Query, search
from matchday.directory.store import Store
from matchday.dossier.model import Certification, Dossier, Exam, Experience, Person, School
from matchday.terms import Verdict as Finding
from tests.directory.small import small_store

TAKES, NOT, SILENT = Verdict.TAKES, Verdict.NOT, Verdict.SILENT
ON = dt.date(2026, 11, 22)

# Three years after the degree, no Step taken twice, 240, three hands-on months, wants J-1.
WHO = Applicant(
    visas=("J-1",),
    years_at_application=2.2,
    years_at_start=3.0,
    tries={"step1": 1, "step2ck": 1},
    scores={"step2ck": 240},
    us_months=3.0,
    gme_months=0,
    is_img=True,
)
# A program that states everything and takes WHO.
STATED = {
    "visa_j1": "yes", "visa_h1b": "no", "graduation_years_max": "5", "attempts_max": "2", "step2_min": "230",
    "us_experience": "yes", "us_experience_months": "2", "track": "C", "service": "ERAS", "specialty": "320", "state": "FL",
}  # fmt: skip


def row(**stated: str | None) -> tuple[Any, ...]:
    return tuple(stated.get(name) for name in FIT_FIELDS)


def ruling(who: Applicant, gate: str, outside: Outside | None = None, **stated: str | None) -> Ruling:
    (found,) = (reason for reason in Fit(who, outside).reasons(row(**stated)) if reason.gate == gate)
    return found.ruling


def verdict(who: Applicant, gate: str, **stated: str | None) -> Verdict:
    return ruling(who, gate, **stated).verdict


# ---------------------------------------------------------------- one gate at a time


@pytest.mark.parametrize(
    ("visas", "j1", "h1b", "expected"),
    [
        (("J-1",), "yes", None, TAKES),
        (("J-1",), "no", "yes", NOT),
        (("J-1",), None, "yes", SILENT),
        (("J-1",), None, None, SILENT),
        (("H-1B",), "yes", "no", NOT),
        (("J-1", "H-1B"), "no", "yes", TAKES),
        (("J-1", "H-1B"), "no", None, SILENT),
        (("J-1", "H-1B"), "no", "no", NOT),
        ((), "no", "no", TAKES),
        (None, "yes", "yes", TAKES),
        (None, "no", "no", SILENT),
        (None, "yes", None, SILENT),
    ],
)
def test_visa(visas: tuple[str, ...] | None, j1: str | None, h1b: str | None, expected: Verdict) -> None:
    assert verdict(replace(WHO, visas=visas), "visa", visa_j1=j1, visa_h1b=h1b) is expected


@pytest.mark.parametrize(
    ("apply", "start", "limit", "expected"),
    [
        (2.2, 3.0, "5", TAKES),
        (2.2, 3.0, "3", TAKES),
        (2.2, 3.0, "2", NOT),
        (2.8, 3.6, "3", SILENT),  # inside when she applies, outside when training starts
        (2.2, 3.0, None, SILENT),
        (0.1, 0.9, None, TAKES),  # no limit can be shorter than a year
        (0.0, 0.0, None, TAKES),
        (29.0, 30.0, "none", TAKES),
        (None, None, "5", SILENT),
        (None, None, None, SILENT),
    ],
)
def test_years_since_graduation(apply: float | None, start: float | None, limit: str | None, expected: Verdict) -> None:
    who = replace(WHO, years_at_application=apply, years_at_start=start)
    assert verdict(who, "graduation", graduation_years_max=limit) is expected


@pytest.mark.parametrize(
    ("tries", "limit", "expected"),
    [
        ({"step1": 1}, "1", TAKES),
        ({"step1": 2, "step2ck": 1}, "1", NOT),
        ({"step1": 2}, "2", TAKES),
        ({"step1": 5}, "none", TAKES),
        ({"step1": 2}, None, SILENT),
        ({"step1": 1}, None, TAKES),
        ({}, None, TAKES),
        (None, None, SILENT),
        (None, "3", SILENT),
    ],
)
def test_tries_at_a_step(tries: dict[str, int] | None, limit: str | None, expected: Verdict) -> None:
    assert verdict(replace(WHO, tries=tries), "attempts", attempts_max=limit) is expected


@pytest.mark.parametrize(
    ("scores", "step1", "step2", "expected"),
    [
        ({"step2ck": 240}, None, "240", TAKES),
        ({"step2ck": 239}, None, "240", NOT),
        ({"step2ck": 240}, None, None, SILENT),
        ({}, None, "220", SILENT),
        ({"step2ck": 240, "step1": 230}, "220", "220", TAKES),
        ({"step2ck": 240, "step1": 210}, "220", "220", NOT),
        ({"step2ck": 240}, "220", "220", SILENT),  # Step 1 is pass or fail today: no number to compare
    ],
)
def test_lowest_score(scores: dict[str, int], step1: str | None, step2: str | None, expected: Verdict) -> None:
    assert verdict(replace(WHO, scores=scores), "score", step1_min=step1, step2_min=step2) is expected


@pytest.mark.parametrize(
    ("have", "unsure", "asked", "months", "expected"),
    [
        (0.0, 0.0, "no", None, TAKES),
        (None, 0.0, "no", None, TAKES),
        (None, 0.0, "yes", None, SILENT),
        (3.0, 0.0, "yes", None, TAKES),
        (3.0, 0.0, "yes", "3", TAKES),
        (2.0, 0.0, "yes", "3", NOT),
        (2.0, 1.0, "yes", "3", SILENT),
        (0.0, 1.0, "yes", None, SILENT),  # an observer's month may or may not count
        (0.0, 0.0, "yes", None, NOT),
        (0.0, 0.0, None, "2", NOT),
        (3.0, 0.0, None, None, TAKES),
        (0.0, 0.0, None, None, SILENT),
        (3.0, 0.0, "preferred, letters from the US", None, SILENT),
    ],
)
def test_us_experience(
    have: float | None, unsure: float, asked: str | None, months: str | None, expected: Verdict
) -> None:
    who = replace(WHO, us_months=have, us_months_unsure=unsure)
    assert verdict(who, "us_experience", us_experience=asked, us_experience_months=months) is expected


@pytest.mark.parametrize(
    ("track", "gme", "expected"),
    [("C", None, TAKES), (None, 0, TAKES), ("R", 0, NOT), ("R", 12, TAKES), ("R", None, SILENT)],
)
def test_physician_only_tracks_ask_for_earlier_us_training(
    track: str | None, gme: int | None, expected: Verdict
) -> None:
    assert verdict(replace(WHO, gme_months=gme), "track", track=track) is expected


@pytest.mark.parametrize(("quota", "expected"), [(0, SILENT), (4, TAKES), (None, TAKES)])
def test_a_track_that_offered_nothing_in_the_newest_match_may_or_may_not_come_back(
    quota: int | None, expected: Verdict
) -> None:
    (found,) = (
        r
        for r in Fit(WHO).reasons(tuple({"quota": quota, "season": 2026}.get(n) for n in FIT_FIELDS))
        if r.gate == "positions"
    )
    assert found.ruling.verdict is expected


@pytest.mark.parametrize(
    ("is_img", "takes", "expected"),
    [(True, "no", NOT), (True, "yes", TAKES), (True, None, TAKES), (False, "no", TAKES), (None, "no", SILENT)],
)
def test_a_program_that_refuses_graduates_of_schools_abroad(
    is_img: bool | None, takes: str | None, expected: Verdict
) -> None:
    assert verdict(replace(WHO, is_img=is_img), "img", takes_img=takes) is expected


ERAS = Said("ERAS", "most specialties", "2026-11-22", "high")
CAS = Said("ResidencyCAS", "obstetrics since 2025", "2026-11-22", "high")


@pytest.mark.parametrize(
    ("service", "taking_part", "code", "expected", "said"),
    [
        ("ERAS", None, "320", TAKES, ()),
        (None, None, "320", TAKES, (ERAS,)),
        (None, None, "220", TAKES, (CAS,)),
        ("ResidencyCAS", None, "220", TAKES, ()),
        ("ERAS", None, "220", SILENT, (CAS,)),  # an old list against the season's rule
        ("ERAS", "Not Participating", "320", SILENT, ()),
        (None, "No Longer Accepting applications", "320", SILENT, ()),
        ("ERAS", "Participating", "320", TAKES, ()),
    ],
)
def test_application_service(
    service: str | None, taking_part: str | None, code: str, expected: Verdict, said: tuple[Said, ...]
) -> None:
    outside = Outside(services={"220": CAS}, usual_service=ERAS)
    found = ruling(WHO, "service", outside, service=service, participation=taking_part, specialty=code)
    assert (found.verdict, found.said) == (expected, said)


def test_without_rules_an_unstated_service_is_not_stated() -> None:
    assert verdict(WHO, "service", specialty="320") is SILENT


RULE = Said("Texas: tries: 3", "22 TAC 163.6", "2026-11-22", "high")


@pytest.mark.parametrize(
    ("finding", "tries", "expected"),
    [
        (Finding.NOT_MET, {"step1": 4}, NOT),
        (Finding.MET, {"step1": 3}, TAKES),
        (Finding.MET, None, TAKES),
        (Finding.UNKNOWN, {"step1": 2}, SILENT),
        (Finding.AT_RISK, {"step1": 2}, SILENT),
        (Finding.UNKNOWN, {"step1": 1}, TAKES),  # no limit can shut out one who never repeated a Step
        (Finding.UNKNOWN, None, SILENT),
    ],
)
def test_state_licence(finding: Finding, tries: dict[str, int] | None, expected: Verdict) -> None:
    outside = Outside(licences={"TX": Licence(finding, "why", (RULE,))})
    assert verdict_with(outside, tries, "TX") is expected


def verdict_with(outside: Outside, tries: dict[str, int] | None, state: str | None) -> Verdict:
    return ruling(replace(WHO, tries=tries), "licence", outside, state=state).verdict


def test_a_state_without_a_known_rule_is_not_stated_for_one_who_repeated_a_step() -> None:
    assert verdict_with(Outside(), {"step1": 2}, "PA") is SILENT
    assert verdict_with(Outside(), {"step1": 2}, None) is SILENT
    assert verdict_with(Outside(), {"step1": 1}, "PA") is TAKES


# ---------------------------------------------------------------- all gates together


def test_every_gate_open_is_a_yes() -> None:
    assert Fit(WHO).verdict(row(**STATED)) is TAKES


@pytest.mark.parametrize("field", ["visa_j1", "graduation_years_max", "step2_min"])
def test_one_silent_gate_makes_it_not_stated(field: str) -> None:
    assert Fit(WHO).verdict(row(**{**STATED, field: None})) is SILENT


def test_one_shut_gate_is_a_no_whatever_is_silent() -> None:
    assert Fit(WHO).verdict(row(visa_j1="no")) is NOT


@given(
    st.fixed_dictionaries(
        {
            "visa_j1": st.sampled_from([None, "yes", "no"]),
            "visa_h1b": st.sampled_from([None, "yes", "no"]),
            "graduation_years_max": st.sampled_from([None, "1", "3", "10"]),
            "attempts_max": st.sampled_from([None, "1", "2"]),
            "step2_min": st.sampled_from([None, "220", "260"]),
            "us_experience": st.sampled_from([None, "yes", "no", "helpful"]),
            "us_experience_months": st.sampled_from([None, "1", "12"]),
            "takes_img": st.sampled_from([None, "yes", "no"]),
            "track": st.sampled_from([None, "C", "R"]),
            "service": st.sampled_from([None, "ERAS"]),
            "state": st.sampled_from([None, "FL"]),
        }
    )
)
def test_the_verdict_is_that_of_its_worst_reason(stated: dict[str, str | None]) -> None:
    gates = Fit(WHO)
    reasons = gates.reasons(row(**stated))
    verdicts = [reason.ruling.verdict for reason in reasons]
    order = [NOT, SILENT, TAKES]
    assert verdicts == sorted(verdicts, key=order.index)
    assert gates.verdict(row(**stated)) is verdicts[0]


@pytest.mark.parametrize("field", STATED)
def test_what_is_left_unstated_is_never_a_no(field: str) -> None:
    assert Fit(WHO).verdict(row(**{**STATED, field: None})) is not NOT


def test_nothing_stated_and_nothing_known_is_not_stated() -> None:
    assert Fit(Applicant()).verdict(row()) is SILENT


# ---------------------------------------------------------------- the claims it rests on


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with small_store(tmp_path) as opened:
        yield opened


def test_because_names_value_source_and_days_and_that_sources_differ(store: Store) -> None:
    found = search(store.db, Query(text="1004140C0"), Fit(WHO).verdict, FIT_FIELDS)
    (line,) = found.lines
    reasons = Fit(WHO).reasons(room.row_of(line), store.claims(line["program_id"]), "1004140C0")
    answer = room.as_json(line["verdict"], reasons)
    assert answer["verdict"] == "not stated"
    head = {"gate": "visa", "verdict": "takes you", "why": "sponsors J-1", "disputed": True, "field": "visa_j1"}
    assert [entry for entry in answer["because"] if entry["gate"] == "visa"] == [
        head
        | {"value": "yes", "source": "my list.xlsx", "as_of": "2026-09-01", "read_on": "2026-11-01", "made_up": False},
        head
        | {"value": "no", "source": "invites.csv", "as_of": "2025-12-01", "read_on": "2026-11-01", "made_up": False},
    ]
    (silent,) = (entry for entry in answer["because"] if entry["gate"] == "score")
    assert (silent["field"], silent["value"], silent["source"]) == ("step2_min", "not stated", None)


def test_because_names_the_rule_that_decided() -> None:
    outside = Outside(licences={"TX": Licence(Finding.NOT_MET, "Step 1 was not passed within 3 tries.", (RULE,))})
    gates = Fit(replace(WHO, tries={"step1": 4}), outside)
    answer = room.as_json(NOT, gates.reasons(row(**{**STATED, "attempts_max": "9", "state": "TX"})))
    assert answer["because"][0] == {
        "gate": "licence", "verdict": "does not", "why": "Step 1 was not passed within 3 tries.", "disputed": False,
        "field": "licence", "value": "Texas: tries: 3", "source": "22 TAC 163.6", "as_of": None,
        "read_on": "2026-11-22", "confidence": "high",
    }  # fmt: skip


def test_facts_missing_in_the_dossier_are_named() -> None:
    answer = room.as_json(SILENT, Fit(Applicant()).reasons(row(**STATED)))
    assert answer["missing"] == [
        "exam",
        "exam step2ck score",
        "experience",
        "person.us_status",
        "school[0].degree_date",
    ]


def test_lines_that_take_the_person_come_first_and_can_be_asked_for_alone(store: Store) -> None:
    gates = Fit(replace(WHO, years_at_start=4.0, tries={"step1": 1}))
    found = search(store.db, Query(specialties=("320",)), gates.verdict, FIT_FIELDS)
    assert [(line["nrmp_code"], str(line["verdict"])) for line in found.lines] == [
        ("1001320C0", "takes you"), ("1003320C0", "not stated"), ("1002320C0", "does not"),
    ]  # fmt: skip
    only = search(store.db, Query(specialties=("320",), fits=("takes you",)), gates.verdict, FIT_FIELDS)
    assert (only.count, only.verdicts) == (1, {TAKES: 1, SILENT: 1, NOT: 1})
    by_quota = search(store.db, Query(specialties=("320",), sort="quota"), gates.verdict, FIT_FIELDS)
    assert by_quota.lines[0]["nrmp_code"] == "1002320C0"


# ---------------------------------------------------------------- from the dossier


def dossier(**parts: Any) -> Dossier:
    return Dossier(season=2027, **parts)


def test_an_empty_dossier_knows_nothing() -> None:
    assert applicant_of(dossier(), ON, 2027) == Applicant()


def test_plans_after_the_day_do_not_count() -> None:
    exams = (
        Exam(exam="step1", date=dt.date(2025, 1, 5), result="fail"),
        Exam(exam="step1", date=dt.date(2025, 9, 5), result="pass", score=None),
        Exam(exam="step2ck", date=dt.date(2026, 5, 5), result="pass", score=238),
        Exam(exam="step2ck", date=dt.date(2027, 5, 5), score=250),
        Exam(exam="oet", date=dt.date(2026, 1, 1)),
    )
    who = applicant_of(dossier(exam=exams), ON, 2027)
    assert (who.tries, who.scores) == ({"step1": 2, "step2ck": 1}, {"step2ck": 238})


def test_a_failed_score_is_no_score_and_a_result_without_a_day_counts_as_a_try() -> None:
    exams = (Exam(exam="step2ck", result="fail", score=200), Exam(exam="step1"))
    who = applicant_of(dossier(exam=exams), ON, 2027)
    assert (who.tries, who.scores) == ({"step2ck": 1}, {})


def test_an_empty_list_of_exams_says_never_sat() -> None:
    assert applicant_of(dossier(exam=()), ON, 2027).tries == {}


@pytest.mark.parametrize(
    ("person", "visas"),
    [
        (Person(us_status="citizen", visa_wanted=("J-1",)), ()),
        (Person(us_status="permanent_resident"), ()),
        (Person(citizenships=("NG", "US")), ()),
        (Person(us_status="none", visa_wanted=("H-1B",)), ("H-1B",)),
        (Person(us_status="none"), ("J-1", "H-1B")),
        (Person(visa_wanted=()), ()),
        (Person(us_status="other"), None),
        (Person(), None),
    ],
)
def test_which_visas_would_do(person: Person, visas: tuple[str, ...] | None) -> None:
    assert applicant_of(dossier(person=person), ON, 2027).visas == visas


def test_years_are_counted_to_the_application_and_to_the_start() -> None:
    who = applicant_of(dossier(school=(School(country="NG", degree_date=dt.date(2024, 7, 1)),)), ON, 2027)
    assert who.years_at_application == pytest.approx(2.17, abs=0.01)
    assert who.years_at_start == pytest.approx(3.0, abs=0.01)
    student = applicant_of(dossier(school=(School(expected_degree_date=dt.date(2027, 8, 1)),)), ON, 2027)
    assert (student.years_at_application, student.years_at_start) == (0.0, 0.0)


def test_only_hands_on_months_in_the_usa_are_sure() -> None:
    experience = (
        Experience(us=True, hands_on=True, start=dt.date(2026, 1, 1), end=dt.date(2026, 3, 31)),
        Experience(us=True, hands_on=False, start=dt.date(2026, 9, 1), end=dt.date(2026, 9, 30)),
        Experience(us=True, start=dt.date(2026, 11, 1)),
        Experience(us=False, hands_on=True, start=dt.date(2020, 1, 1), end=dt.date(2025, 1, 1)),
        Experience(us=True, hands_on=True, start=dt.date(2027, 1, 1), end=dt.date(2027, 2, 1)),
    )
    who = applicant_of(dossier(experience=experience), ON, 2027)
    assert who.us_months == pytest.approx(2.96, abs=0.01)
    assert who.us_months_unsure == pytest.approx(0.99 + 0.72, abs=0.01)
    assert applicant_of(dossier(experience=()), ON, 2027).us_months == 0.0


def test_experience_without_a_start_is_there_but_fills_no_months() -> None:
    who = applicant_of(dossier(experience=(Experience(us=True, hands_on=True),)), ON, 2027)
    assert verdict(who, "us_experience", us_experience="yes") is TAKES
    assert verdict(who, "us_experience", us_experience="yes", us_experience_months="1") is NOT


@pytest.mark.parametrize(
    ("schools", "is_img"),
    [(None, None), ((School(country="NG"),), True), ((School(country="US"),), False), ((School(country="CA"),), None)],
)
def test_who_is_an_img(schools: tuple[School, ...] | None, is_img: bool | None) -> None:
    assert applicant_of(dossier(school=schools), ON, 2027).is_img is is_img


def test_us_training_comes_from_the_certification() -> None:
    assert applicant_of(dossier(certification=Certification(gme_months=12)), ON, 2027).gme_months == 12
