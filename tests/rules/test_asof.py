"""The dossier as it was on a day: plans stay, facts of later days go, and nothing changes its place."""

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from tests.strategies import days, dossiers

from matchday.dossier.model import (
    Application,
    Certification,
    Dossier,
    Exam,
    Letter,
    Pathway,
    RankOrderList,
    School,
)
from matchday.rules.asof import as_of

ON = date(2026, 11, 22)
LATER = date(2026, 11, 23)


def seen(**parts) -> Dossier:
    return as_of(Dossier(**parts), ON)


def test_an_exam_after_the_day_keeps_its_day_and_loses_its_result() -> None:
    planned = Exam(exam="step1", date=LATER, applied=ON, result="pass", score=230, reported_on=LATER)
    assert seen(exam=(planned,)).exam == (Exam(exam="step1", date=LATER, applied=ON),)


def test_a_result_reported_after_the_day_is_pending() -> None:
    taken = Exam(exam="step1", date=date(2026, 10, 1), result="fail", reported_on=LATER)
    assert seen(exam=(taken,)).exam == (Exam(exam="step1", date=date(2026, 10, 1), result="pending"),)


def test_a_degree_after_the_day_is_expected() -> None:
    school = School(degree_date=LATER, completion_letter=LATER, checked_on=LATER, sponsor_note=True)
    assert seen(school=(school,)).school == (School(expected_degree_date=LATER, sponsor_note=True),)
    assert seen(school=(School(completion_letter=True),)).school == (School(completion_letter=True),)


def test_pathway_papers_letters_applications_and_list_go_back_to_what_they_were() -> None:
    found = seen(
        pathway=(Pathway(number=1, applied=ON, attested=LATER, accepted=LATER, expires=LATER),),
        certification=Certification(account_verified=ON, certificate_issued=LATER, certificate_expires=LATER),
        letter=(
            Letter(writer="A", status="uploaded", asked=ON, uploaded=LATER),
            Letter(writer="B", status="uploaded", uploaded=LATER),
            Letter(writer="C", status="asked", asked=LATER),
            Letter(writer="D", status="uploaded", asked=ON, uploaded=ON),
        ),
        application=(Application(program="X", status="submitted", sent=LATER), Application(program="Y", sent=ON)),
        ranklist=RankOrderList(primary=("a",), certified_at=datetime(2026, 11, 23, 9, tzinfo=UTC)),
    )
    assert found.pathway == (Pathway(number=1, applied=ON, expires=LATER),)
    assert found.certification == Certification(account_verified=ON, certificate_expires=LATER)
    assert [(letter.status, letter.asked, letter.uploaded) for letter in found.letter] == [
        ("asked", ON, None),
        (None, None, None),
        (None, None, None),
        ("uploaded", ON, ON),
    ]
    assert [(a.status, a.sent) for a in found.application] == [("listed", None), (None, ON)]
    assert found.ranklist == RankOrderList(primary=("a",))


@given(dossiers(), days)
def test_looking_twice_shows_the_same_and_nothing_moves(dossier: Dossier, on: date) -> None:
    once = as_of(dossier, on)
    assert as_of(once, on) == once
    for name in ("exam", "school", "pathway", "letter", "application"):
        before, after = getattr(dossier, name), getattr(once, name)
        assert (before is None) == (after is None)
        assert before is None or len(before) == len(after)


@given(dossiers())
def test_on_the_last_day_everything_has_happened(dossier: Dossier) -> None:
    assert as_of(dossier, date.max) == replace(dossier)
