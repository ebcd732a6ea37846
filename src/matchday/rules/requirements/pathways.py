"""The six Pathways: who may use which in a season, whether one is accepted, and how long that is good."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from matchday.dossier.model import Licence
from matchday.rules.cut import neighbours, on_or_after
from matchday.rules.evaluate import Ask, requirement
from matchday.rules.model import UNKNOWN, Answer
from matchday.rules.requirements.accepted import FIRST_SEASON, accepted
from matchday.rules.requirements.cs import step2cs
from matchday.rules.requirements.school import for_imgs, is_student
from matchday.rules.verdicts import all_of, any_of, weakest
from matchday.rules.words import day, from_day
from matchday.terms import Verdict

GOOD = {
    2: "an exam that the national regulator demands",
    3: "a WFME-recognized agency",
    4: "US federal bodies",
    5: "a joint US degree",
}
OPPOSITE = {Verdict.MET: Verdict.NOT_MET, Verdict.NOT_MET: Verdict.MET, Verdict.UNKNOWN: Verdict.UNKNOWN}


# --- Step 2 CS and the order of the Pathways -------------------------------------------------------------------------


def _open_to(ask: Ask, number: int) -> Answer:
    """Whether the season and the history of Step 2 CS leave this Pathway open."""
    if ask.season < FIRST_SEASON or (number == 6 and ask.rule("PW-6").value == "not offered"):
        ask.rule("PW-6" if number == 6 else "CS-REQ")
        return Answer(Verdict.NOT_MET, f"Pathway {number} did not exist in the season {ask.season}.")
    exam = step2cs(ask)
    if exam.counts is Verdict.MET:
        ask.rule("CS-PASS")
        return Answer(
            Verdict.NOT_MET, "Who holds a pass of Step 2 CS that counts may not use a Pathway, and needs none."
        )
    if exam.failed is Verdict.MET and number != 6:
        return _after_fail(ask)
    if Verdict.UNKNOWN in (exam.counts, exam.failed):
        return Answer(
            Verdict.UNKNOWN, "Whether Step 2 CS was taken, and how it ended, is not known.", "Enter all exams taken."
        )
    return Answer(Verdict.MET, "Step 2 CS does not stand in the way.")


def _after_fail(ask: Ask) -> Answer:
    if ask.rule("CS-FAIL").known:
        ask.rule("PW-35-EXCL")
        return Answer(
            Verdict.NOT_MET,
            "Step 2 CS was failed and no pass counts, so only Pathway 6 is open, whatever the licence or the school.",
        )
    return Answer(Verdict.UNKNOWN, f"What a fail of Step 2 CS meant in the season {ask.season} was not found.")


def _not_pathway_1(ask: Ask) -> Answer:
    """Pathways 2 to 5 are only for those who do not meet Pathway 1."""
    ask.rule("PW-ORDER")
    licence = _licences(ask)
    if licence.verdict is Verdict.MET:
        return Answer(
            Verdict.NOT_MET, "The licence meets Pathway 1, and who meets Pathway 1 must use it.", "Apply for Pathway 1."
        )
    if licence.verdict is Verdict.UNKNOWN:
        return Answer(Verdict.UNKNOWN, f"It depends on Pathway 1, which is not known: {licence.why}", licence.next)
    return Answer(Verdict.MET, "No licence meets Pathway 1.")


# --- Pathway 1: a licence --------------------------------------------------------------------------------------------


def _licences(ask: Ask) -> Answer:
    ask.rule("PW-1")
    if ask.dossier.licence is None:
        ask.missing("licence")
        return Answer(
            Verdict.UNKNOWN,
            "Whether there is a licence is not known.",
            "Enter your licences, or an empty list for none.",
        )
    answers = [_licence(ask, f"licence[{i}]", licence) for i, licence in enumerate(ask.dossier.licence)]
    if not answers:
        return Answer(Verdict.NOT_MET, "There is no licence to practise without supervision.")
    best = any_of(answer.verdict for answer in answers)
    return next(answer for answer in answers if answer.verdict is best)


def _licence(ask: Ask, place: str, licence: Licence) -> Answer:
    start, end = ask.use(place, licence, "from_"), ask.use(place, licence, "to")
    if start and start > ask.on:
        return Answer(Verdict.NOT_MET, f"The licence begins only on {day(start)}.")
    parts = (_kind(ask, place, licence), _discipline(ask, place, licence), _held(ask, min(end or ask.on, ask.on)))
    return weakest(parts) or Answer(Verdict.MET, "A licence to practise without supervision meets Pathway 1.")


def _kind(ask: Ask, place: str, licence: Licence) -> Answer:
    kind = ask.need(place, licence, "kind")
    if kind is None:
        return Answer(Verdict.UNKNOWN, "The kind of the licence is not known.", "Enter the kind of the licence.")
    if kind in ask.rule("PW-1").value:
        return Answer(Verdict.MET, "The licence allows practice without supervision.")
    training = ask.rule("PW-1-TRAINING")
    if not training.known:
        return Answer(Verdict.UNKNOWN, f"Whether a training licence counted in the season {ask.season} was not found.")
    if isinstance(training.value, date) and ask.on >= training.value:
        return Answer(Verdict.MET, f"In the season {ask.season} a training licence counts since {day(training.value)}.")
    return Answer(Verdict.NOT_MET, "A licence for training only does not count.")


def _discipline(ask: Ask, place: str, licence: Licence) -> Answer:
    discipline = ask.need(place, licence, "discipline")
    if discipline is None:
        return Answer(
            Verdict.UNKNOWN,
            "Whether the licence was ever disciplined is not known.",
            "Enter discipline = false or true.",
        )
    return Answer(Verdict.NOT_MET if discipline else Verdict.MET, "The licence carries a disciplinary action.")


def _held(ask: Ask, last: date) -> Answer:
    verdict = on_or_after(ask, "PW-1-CUT", last)
    if verdict is Verdict.NOT_MET:
        return Answer(verdict, f"The licence was last held on {day(last)}, too early for the season {ask.season}.")
    return Answer(
        verdict,
        f"The licence was last held on {day(last)}; whether that is late enough for the season {ask.season} is not known.",
        "Ask ECFMG for the cut date of the season.",
    )


# --- Pathways 2 to 5: the school -------------------------------------------------------------------------------------


def _school(ask: Ask, number: int) -> Answer:
    """Whether the school meets the Pathway. Where the season's rule is not known, the seasons around it must agree."""
    rule_id = f"PW-{number}"
    reading = ask.rule(rule_id)
    if reading.known:
        verdict = _meets(ask, reading.value)
    else:
        around = {_meets(ask, value.value) for value in neighbours(ask, rule_id) if value}
        verdict = around.pop() if len(around) == 1 else Verdict.UNKNOWN
    if verdict is Verdict.UNKNOWN:
        return Answer(
            verdict,
            f"Whether the school meets Pathway {number} ({GOOD[number]}) is not known.",
            "Ask the school, and enter it.",
        )
    return Answer(verdict, f"The school does not meet Pathway {number} ({GOOD[number]}).")


def _meets(ask: Ask, value: Mapping[str, tuple[str, ...]]) -> Verdict:
    found = ask.degree_school()
    if found is None:
        return Verdict.UNKNOWN
    parts = [_is(ask.need(*found, name), wanted=True) for name in value.get("school_has", ())]
    parts += [_is(ask.need(*found, name), wanted=False) for name in value.get("school_has_not", ())]
    if any(_is(ask.need(*found, name), wanted=True) is not Verdict.NOT_MET for name in value.get("may_rest_on", ())):
        return Verdict.UNKNOWN
    return all_of(parts) if parts else Verdict.NOT_MET


def _is(value: Any, *, wanted: bool) -> Verdict:
    return Verdict.UNKNOWN if value is None else Verdict.MET if value is wanted else Verdict.NOT_MET


def _recent(ask: Ask) -> Answer:
    """A student, or graduated on or after the cut date of the season."""
    found = ask.degree_school()
    if found is None:
        return Answer(Verdict.UNKNOWN, "The dossier names no medical school.", "Enter the school of the degree.")
    place, school = found
    student = is_student(ask, place, school)
    if student:
        return Answer(Verdict.MET, "Students are recent enough.")
    graduated = school.degree_date or school.expected_degree_date
    verdict = on_or_after(ask, "PW-3-CUT", graduated) if graduated else Verdict.UNKNOWN
    if student is None and verdict is not Verdict.MET:
        return Answer(Verdict.UNKNOWN, "The day of the degree is not known.", "Enter the degree date.")
    when = day(graduated) if graduated else ""
    if verdict is Verdict.NOT_MET:
        return Answer(verdict, f"The degree of {when} is too old for Pathways 3 to 5 in the season {ask.season}.")
    return Answer(
        verdict, f"Whether a degree of {when} is recent enough for the season {ask.season} is not known.", "Ask ECFMG."
    )


# --- The six findings ------------------------------------------------------------------------------------------------


def _pathway(ask: Ask, number: int) -> Answer:
    """Go through what the Pathway asks until something shuts it: what comes after no longer matters."""
    parts: list[Answer] = []
    for part in _asked(number):
        parts.append(part(ask))
        if parts[-1].verdict is Verdict.NOT_MET:
            return parts[-1]
    return weakest(parts) or _use(ask, number, f"Pathway {number} is open to you in the season {ask.season}.")


def _asked(number: int) -> list[Callable[[Ask], Answer]]:
    """What a Pathway from 1 to 5 asks, in the order in which it is looked at."""
    gate = partial(_open_to, number=number)
    if number == 1:
        return [gate, _licences]
    school = partial(_school, number=number)
    return [gate, _not_pathway_1, school] if number == 2 else [gate, _not_pathway_1, school, _recent]


def _use(ask: Ask, number: int, why: str) -> Answer:
    """The Pathway may be used: say by when to apply, as far as a day is known."""
    last = ask.rule("PW-APPLY").value
    if last is UNKNOWN:
        return Answer(
            Verdict.MET, why, f"Apply for Pathway {number}; the last day to apply was not found, so ask ECFMG."
        )
    if ask.on > last:
        return Answer(
            Verdict.MET,
            f"Pathway {number} would fit; the last known day to apply for the season {ask.season} was {from_day(last)}.",
            "Ask ECFMG about the next season.",
        )
    return Answer(Verdict.MET, why, f"Apply for Pathway {number} on or before {from_day(last)}.", last)


@requirement("pathway.1", body="ECFMG", title="Pathway 1: licence")
@for_imgs
def pathway_1(ask: Ask) -> Answer:
    """May use Pathway 1: a licence to practise without supervision, held on or after the cut date."""
    return _pathway(ask, 1)


@requirement("pathway.2", body="ECFMG", title="Pathway 2: standardized clinical skills exam")
@for_imgs
def pathway_2(ask: Ask) -> Answer:
    """May use Pathway 2."""
    return _pathway(ask, 2)


@requirement("pathway.3", body="ECFMG", title="Pathway 3: school with WFME-recognized accreditation")
@for_imgs
def pathway_3(ask: Ask) -> Answer:
    """May use Pathway 3."""
    return _pathway(ask, 3)


@requirement("pathway.4", body="ECFMG", title="Pathway 4: school accepted by US federal bodies")
@for_imgs
def pathway_4(ask: Ask) -> Answer:
    """May use Pathway 4."""
    return _pathway(ask, 4)


@requirement("pathway.5", body="ECFMG", title="Pathway 5: degree issued jointly with a US school")
@for_imgs
def pathway_5(ask: Ask) -> Answer:
    """May use Pathway 5."""
    return _pathway(ask, 5)


@requirement("pathway.6", body="ECFMG", title="Pathway 6: patient encounters")
@for_imgs
def pathway_6(ask: Ask) -> Answer:
    """May use Pathway 6: after a fail of Step 2 CS, or when none of Pathways 1 to 5 is open."""
    gate = _open_to(ask, 6)
    if gate.verdict is Verdict.NOT_MET:
        return gate
    exam = step2cs(ask)
    if exam.counts is Verdict.NOT_MET and exam.failed is Verdict.MET:
        ask.rule("CS-FAIL")
        return _encounters(ask, "Step 2 CS was failed and no pass counts, so Pathway 6 is the one that is open.")
    if exam.counts is Verdict.UNKNOWN:
        return gate
    return _last_resort(ask)


def _last_resort(ask: Ask) -> Answer:
    ask.rule("PW-ORDER")
    others = {number: ask.finding(f"pathway.{number}").verdict for number in range(1, 6)}
    verdict = OPPOSITE[any_of(others.values())]
    if verdict is Verdict.MET:
        return _encounters(ask, "None of Pathways 1 to 5 is open to you, so Pathway 6 is.")
    named = ", ".join(str(number) for number, other in others.items() if other is OPPOSITE[verdict])
    if verdict is Verdict.NOT_MET:
        return Answer(verdict, f"Pathway 6 is only for those who meet none of the others; open to you: {named}.")
    return Answer(verdict, f"Pathway 6 is only for those who meet none of the others; not known: {named}.")


def _encounters(ask: Ask, why: str) -> Answer:
    encounters, evaluators = ask.rule("PW-6-ENC").value, ask.rule("PW-6-EVAL").value
    answer = _use(ask, 6, why)
    if answer.why != why:
        return answer
    plan = f"{answer.next} Then {encounters} patient encounters seen by at least {evaluators} physicians."
    return Answer(answer.verdict, answer.why, plan, answer.by)


# --- Sending the application --------------------------------------------------------------------------------------------


@requirement("pathway.apply", body="ECFMG", title="May a Pathway application be sent today")
@for_imgs
def apply(ask: Ask) -> Answer:
    """The prerequisites are there and the season takes applications; not needed with Step 2 CS or an accepted Pathway."""
    if ask.season < FIRST_SEASON:
        ask.rule("CS-REQ")
        return Answer(Verdict.NOT_MET, f"There were no Pathways in the season {ask.season}.")
    if step2cs(ask).counts is Verdict.MET or accepted(ask).verdict is Verdict.MET:
        ask.rule("PW-ALL")
        return Answer(Verdict.NOT_NEEDED, "The clinical skills requirement is met without a new application.")
    parts = (_in_season(ask), _prepared(ask))
    last = ask.rule("PW-APPLY").value
    by = last if last is not UNKNOWN and ask.on <= last else None
    worst = weakest(parts)
    if worst is None:
        return Answer(Verdict.MET, "The prerequisites are there and the season takes applications.", "Apply now.", by)
    return Answer(worst.verdict, worst.why, worst.next, by)


def _in_season(ask: Ask) -> Answer:
    ask.rule("PW-SEASON")
    opened, last = ask.rule("PW-OPEN").value, ask.rule("PW-APPLY")
    if isinstance(opened, date) and ask.on < opened:
        return Answer(Verdict.NOT_MET, f"The season opens on {day(opened)}.", f"Apply from {from_day(opened)}.")
    if not last.known:
        return Answer(
            Verdict.UNKNOWN, f"The last day to apply for the season {ask.season} was not found.", "Ask ECFMG."
        )
    if ask.on <= last.value:
        return Answer(Verdict.MET, f"The last day to apply is {day(last.value)}.")
    later = [value for value, *_ in last.row.disputed if value >= ask.on]
    if later:
        return Answer(
            Verdict.UNKNOWN, f"The last day was {day(last.value)}; one source names {day(later[0])}.", "Ask ECFMG."
        )
    return Answer(
        Verdict.NOT_MET,
        f"The last day to apply for the season {ask.season} was {day(last.value)}.",
        "Apply in the next season.",
    )


def _prepared(ask: Ask) -> Answer:
    if not ask.rule("PW-PRE").known:
        return Answer(Verdict.MET, "")
    sent = ask.happened("certification", "application_submitted")
    parts = (
        Answer(
            _is(sent, wanted=True),
            "The Application for ECFMG Certification must be in before a Pathway application.",
            "Submit the Application for ECFMG Certification.",
        ),
        Answer(
            _registered(ask),
            "One registration for a USMLE Step must come before a Pathway application.",
            "Register for Step 1 or Step 2 CK.",
        ),
    )
    return weakest(parts) or parts[0]


def _registered(ask: Ask) -> Verdict:
    """Whether the person had registered for a Step at least once by the asked day."""
    if ask.dossier.exam is None:
        ask.missing("exam")
        return Verdict.UNKNOWN
    steps = [exam for exam in ask.dossier.exam if exam.exam != "oet"]
    if ask.exams("step1", "step2ck", "step2cs", "step3") or any(e.applied and e.applied <= ask.on for e in steps):
        return Verdict.MET
    return Verdict.UNKNOWN if any(exam.applied is None for exam in steps) else Verdict.NOT_MET
