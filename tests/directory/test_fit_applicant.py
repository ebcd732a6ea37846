"""What programs ask about a person, drawn from the dossier: what is absent stays unknown."""

import datetime as dt
from typing import Any

import pytest

from matchday.directory.applicant import Applicant, applicant_of
from matchday.dossier.model import Certification, Dossier, Exam, Experience, Person, School
from tests.directory.person import NOT, TAKES, verdict

ON = dt.date(2026, 11, 22)


def dossier(**parts: Any) -> Dossier:
    return Dossier(season=2027, **parts)


def test_an_empty_dossier_knows_nothing() -> None:
    assert applicant_of(dossier(), ON, 2027) == Applicant(on=ON)


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
