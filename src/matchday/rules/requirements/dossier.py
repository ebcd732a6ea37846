"""What contradicts itself in the dossier: one finding for each kind, and none when all fits."""

from collections.abc import Iterator
from dataclasses import replace

from matchday.dossier.contradictions import EXAMS, TITLES, WRONG_DAY, Contradiction, contradictions, joined, sitting
from matchday.dossier.model import Exam
from matchday.rules.evaluate import Ask, Case, Requirement, several
from matchday.rules.model import Answer
from matchday.rules.requirements.oet import PARTS, high_enough
from matchday.rules.requirements.usmle import outcome
from matchday.rules.words import day
from matchday.terms import Verdict

SAID = {"pass": True, "fail": False}
REACHED = {Verdict.MET: True, Verdict.NOT_MET: False}


@several
def consistent(case: Case) -> Iterator[Requirement]:
    """A finding `dossier.<what>` for each contradiction among what had happened by the asked day."""
    ask = Ask(case)
    for found in contradictions(case.dossier, lambda exam: outcome(ask, "exam", exam)):
        yield _finding(found, Ask(case))
    for check in (_not_given, _against_the_score):
        ask = Ask(case)
        for found in joined(check(ask)):
            yield _finding(found, ask)


def _finding(found: Contradiction, rested: Ask) -> Requirement:
    def judge(ask: Ask) -> Answer:
        ask.readings.update(rested.readings)
        ask.facts.update(dict.fromkeys(found.facts))
        why, do = (f"{text[0].upper()}{text[1:]}." for text in (found.why, found.next))
        return Answer(Verdict.NOT_MET, why, do)

    return Requirement(found.id, "Matchday", found.title, judge)


def _exams(ask: Ask) -> Iterator[tuple[str, Exam]]:
    return ((f"exam[{i}]", exam) for i, exam in enumerate(ask.dossier.exam or ()))


def _not_given(ask: Ask) -> Iterator[Contradiction]:
    """An exam, taken or planned, on a day on which it was no longer given."""
    for place, exam in _exams(ask):
        last = ask.last_given(exam.exam)
        if exam.date and exam.date > last and ask.on > last:
            ask.rule("CS-REQ", exam.date)
            yield Contradiction(
                "dossier.exam_not_given",
                TITLES["exam_not_given"],
                f"{EXAMS[exam.exam]} is dated {day(exam.date)}, but it was last given on {day(last)}; so it counts nowhere",
                (f"{place}.exam={exam.exam}", f"{place}.date={exam.date}"),
                WRONG_DAY,
            )


def _against_the_score(ask: Ask) -> Iterator[Contradiction]:
    """A result that the score denies, by the standard of the exam day."""
    for place, exam in _exams(ask):
        alone = Ask(ask.case)
        said, reached = SAID.get(exam.result or ""), _by_score(alone, place, exam)
        if said is None or reached is None or said is reached:
            continue
        ask.readings.update(alone.readings)
        scores = {name: getattr(exam, name) for name in (PARTS if exam.exam == "oet" else ("score",))}
        yield Contradiction(
            "dossier.result_against_score",
            TITLES["result_against_score"],
            f"{sitting(exam)} is called a {exam.result}, but by the minimum of its day the score is "
            f"{'high enough' if reached else 'too low'}",
            (
                f"{place}.result={exam.result}",
                *(f"{place}.{k}={score}" for k, score in scores.items() if score is not None),
            ),
            "correct the result or the score",
        )


def _by_score(ask: Ask, place: str, exam: Exam) -> bool | None:
    """Whether the score alone would be a pass; None when it does not settle that."""
    bare = replace(exam, result=None, one_sitting=True)
    return REACHED.get(high_enough(ask, place, bare)) if exam.exam == "oet" else outcome(ask, place, bare)
