"""Verbs take a dossier and give a new one; the old one stays, and what the file would refuse is refused."""

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matchday.dossier import edit
from matchday.dossier.file import dumps, loads
from matchday.dossier.model import (
    Application,
    Certification,
    Couple,
    Dossier,
    Exam,
    Interview,
    Letter,
    Licence,
    Pathway,
    Person,
    Preferences,
    RankOrderList,
    School,
)
from matchday.terms import InputProblem
from tests.strategies import days, dossiers

MAY = dt.date(2026, 5, 20)
JUNE = dt.date(2026, 6, 20)
RANKED = Dossier(ranklist=RankOrderList(primary=("A", "B", "C"), supplemental={"B": ("P",)}, certified_at=MAY))

# What is done to which dossier, and what comes of it.
CASES: dict[str, tuple[Dossier, Callable[[Dossier], Dossier], Dossier]] = {
    "record the first exam": (
        Dossier(),
        lambda one: edit.record_exam(one, exam="step1", date=MAY, result="pass"),
        Dossier(exam=(Exam(exam="step1", date=MAY, result="pass"),)),
    ),
    "record the result of an exam that was planned for the day": (
        Dossier(exam=(Exam(exam="oet", date=MAY), Exam(exam="step1", date=MAY, applied=MAY))),
        lambda one: edit.record_exam(one, exam="step1", date=MAY, result="fail", score=190),
        Dossier(exam=(Exam(exam="oet", date=MAY), Exam(exam="step1", date=MAY, applied=MAY, result="fail", score=190))),
    ),
    "plan another try after a fail": (
        Dossier(exam=(Exam(exam="step1", date=MAY, result="fail"),)),
        lambda one: edit.plan_exam(one, exam="step1", date=JUNE),
        Dossier(exam=(Exam(exam="step1", date=MAY, result="fail"), Exam(exam="step1", date=JUNE))),
    ),
    "move a planned try": (
        Dossier(exam=(Exam(exam="step1", date=MAY, applied=MAY),)),
        lambda one: edit.plan_exam(one, exam="step1", date=JUNE, applied=JUNE),
        Dossier(exam=(Exam(exam="step1", date=JUNE, applied=JUNE),)),
    ),
    "add a school": (
        Dossier(),
        lambda one: edit.add_school(one, country="NG", sponsor_note_to="current"),
        Dossier(school=(School(country="NG", sponsor_note_to="current"),)),
    ),
    "add a licence with its first day": (
        Dossier(licence=()),
        lambda one: edit.add_licence(one, country="NG", from_=MAY),
        Dossier(licence=(Licence(country="NG", from_=MAY),)),
    ),
    "change a licence without losing its first day": (
        Dossier(licence=(Licence(from_=MAY),)),
        lambda one: edit.change(one, "licence", 0, to=JUNE),
        Dossier(licence=(Licence(from_=MAY, to=JUNE),)),
    ),
    "add a letter": (
        Dossier(),
        lambda one: edit.add_letter(one, writer="Dr. A", status="asked"),
        Dossier(letter=(Letter(writer="Dr. A", status="asked"),)),
    ),
    "apply for a Pathway": (
        Dossier(pathway=(Pathway(number=3, season=2026),)),
        lambda one: edit.record_pathway(one, number=3, season=2027, applied=MAY),
        Dossier(pathway=(Pathway(number=3, season=2026), Pathway(number=3, season=2027, applied=MAY))),
    ),
    "a Pathway is accepted": (
        Dossier(pathway=(Pathway(number=3, season=2027, applied=MAY),)),
        lambda one: edit.record_pathway(one, number=3, season=2027, accepted=JUNE),
        Dossier(pathway=(Pathway(number=3, season=2027, applied=MAY, accepted=JUNE),)),
    ),
    "apply and signal": (
        Dossier(),
        lambda one: edit.set_signal(edit.add_application(one, program="A", service="ERAS"), program="A", signal="gold"),
        Dossier(application=(Application(program="A", service="ERAS", signal="gold"),)),
    ),
    "add an interview": (
        Dossier(),
        lambda one: edit.add_interview(one, program="A", zone="America/Chicago"),
        Dossier(interview=(Interview(program="A", zone="America/Chicago"),)),
    ),
    "rank at the end, and uncertify": (
        RANKED,
        lambda one: edit.rank(one, code="D"),
        Dossier(ranklist=RankOrderList(primary=("A", "B", "C", "D"), supplemental={"B": ("P",)})),
    ),
    "rank first": (
        Dossier(),
        lambda one: edit.rank(edit.rank(one, code="A"), code="B", place=1),
        Dossier(ranklist=RankOrderList(primary=("B", "A"))),
    ),
    "move up": (
        RANKED,
        lambda one: edit.move_rank(one, code="C", place=1),
        Dossier(ranklist=RankOrderList(primary=("C", "A", "B"), supplemental={"B": ("P",)})),
    ),
    "take off, with the supplemental list": (
        RANKED,
        lambda one: edit.unrank(one, code="B"),
        Dossier(ranklist=RankOrderList(primary=("A", "C"), supplemental={})),
    ),
    "take off where there is no supplemental list": (
        Dossier(ranklist=RankOrderList(primary=("A",))),
        lambda one: edit.unrank(one, code="A"),
        Dossier(ranklist=RankOrderList(primary=())),
    ),
    "say who one is": (
        Dossier(person=Person(name="Amina")),
        lambda one: edit.set_person(one, citizenships=["NG"]),
        Dossier(person=Person(name="Amina", citizenships=("NG",))),
    ),
    "forget what was said": (
        Dossier(person=Person(name="Amina", inside_us=True)),
        lambda one: edit.set_person(one, inside_us=None),
        Dossier(person=Person(name="Amina")),
    ),
    "certification, preferences, season": (
        Dossier(),
        lambda one: edit.set_season(
            edit.set_preferences(edit.set_certification(one, gme_months=3), states=["TX"]), season=2028
        ),
        Dossier(season=2028, certification=Certification(gme_months=3), preferences=Preferences(states=("TX",))),
    ),
    "no season": (Dossier(season=2027), lambda one: edit.set_season(one, season=None), Dossier()),
    "become a couple": (
        Dossier(),
        lambda one: edit.set_couple(edit.set_couple(one, partner="Rafael"), pairs=[["A", "none"]]),
        Dossier(couple=Couple(partner="Rafael", pairs=(("A", "none"),))),
    ),
    "be a couple no more": (Dossier(couple=Couple()), edit.leave_couple, Dossier()),
    "change a duration": (
        Dossier(durations={"a": (1, 2, 3)}),
        lambda one: edit.set_duration(one, task="b", days=(1, 2, 3)),
        Dossier(durations={"a": (1, 2, 3), "b": (1, 2, 3)}),
    ),
    "go back to the assumed duration": (
        Dossier(durations={"a": (1, 2, 3)}),
        lambda one: edit.set_duration(one, task="a", days=None),
        Dossier(),
    ),
    "remove one of several": (
        Dossier(letter=(Letter(writer="A"), Letter(writer="B"))),
        lambda one: edit.remove(one, "letter", 0),
        Dossier(letter=(Letter(writer="B"),)),
    ),
    "none is not unknown": (Dossier(), lambda one: edit.none(one, "licence"), Dossier(licence=())),
    "unknown is not none": (Dossier(licence=()), lambda one: edit.unknown(one, "licence"), Dossier()),
}

REFUSED: dict[str, tuple[str, Callable[[Dossier], Dossier]]] = {
    "impossible score": (
        r"exam\[0\].score is 999; expected a whole number from 1 to 300",
        lambda one: edit.record_exam(one, exam="step1", date=MAY, score=999),
    ),
    "unknown exam": ('"step2ck"', lambda one: edit.plan_exam(one, exam="step2", date=MAY)),
    "unknown country": (
        r'person.citizenships\[0\]: "UK" is no country code',
        lambda one: edit.set_person(one, citizenships=["UK"]),
    ),
    "unknown field": ("nearest is `citizenships`", lambda one: edit.set_person(one, citizenship=["NG"])),
    "unknown signal": (
        r"application\[0\].signal",
        lambda one: edit.set_signal(edit.add_application(one, program="A"), program="A", signal="red"),
    ),
    "signal to nobody": ("no application goes to B", lambda one: edit.set_signal(one, program="B", signal="gold")),
    "signal to almost nobody": (
        "expected 9901140C0, which is the nearest",
        lambda one: edit.set_signal(edit.add_application(one, program="9901140C0"), program="9901140C1", signal="gold"),
    ),
    "apply twice": (
        "A has an application already",
        lambda one: edit.add_application(edit.add_application(one, program="A"), program="A"),
    ),
    "rank twice": ("A is ranked already", lambda one: edit.rank(edit.rank(one, code="A"), code="A")),
    "rank in no place": ("no place 3; expected a place from 1 to 2", lambda one: edit.rank(one, code="A", place=3)),
    "move what is not ranked": ("A is not ranked", lambda one: edit.move_rank(one, code="A", place=1)),
    "take off what is not ranked": ("A is not ranked", lambda one: edit.unrank(one, code="A")),
    "remove what is not there": (r"there is no letter\[0\]", lambda one: edit.remove(one, "letter", 0)),
    "change what is not there": (r"there is no letter\[-1\]", lambda one: edit.change(one, "letter", -1, us=True)),
    "a part that is none": ("there is no part 'exams'", lambda one: edit.add(one, "exams")),
    "a list taken for a table": ("there is no part 'exam'", lambda one: edit.set_part(one, "exam")),
    "durations out of order": ("not in order", lambda one: edit.set_duration(one, task="a", days=(3, 2, 1))),
    "season of long ago": ("season is 1999", lambda one: edit.set_season(one, season=1999)),
}


@pytest.mark.parametrize(("before", "verb", "after"), CASES.values(), ids=CASES.keys())
def test_a_verb_gives_the_new_dossier(before: Dossier, verb: Callable[[Dossier], Dossier], after: Dossier) -> None:
    was = dumps(before)
    assert verb(before) == after
    assert dumps(before) == was, "the dossier that was given stays as it was"
    assert loads(dumps(after)) == after


@pytest.mark.parametrize(("says", "verb"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_is_refused(says: str, verb: Callable[[Dossier], Dossier]) -> None:
    dossier = Dossier(ranklist=RankOrderList(primary=("X",)))
    with pytest.raises(InputProblem, match=says):
        verb(dossier)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(dossier=dossiers(), date=days, result=st.sampled_from(["pass", "fail", None]))
def test_recording_an_exam_twice_is_recording_it_once(dossier: Dossier, date: dt.date, result: str | None) -> None:
    once = edit.record_exam(dossier, exam="step3", date=date, result=result)
    assert edit.record_exam(once, exam="step3", date=date, result=result) == once
    assert loads(dumps(once)) == once
