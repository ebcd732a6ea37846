"""OET Medicine: whether one sitting is high enough, and recent enough for the Pathway season."""

from datetime import date

from matchday.dossier.model import Exam
from matchday.rules.cut import on_or_after
from matchday.rules.evaluate import Ask, requirement
from matchday.rules.model import Answer
from matchday.rules.requirements.accepted import FIRST_SEASON, shield
from matchday.rules.requirements.cs import step2cs
from matchday.rules.requirements.school import for_imgs
from matchday.rules.verdicts import all_of, any_of
from matchday.rules.words import day
from matchday.terms import Verdict

PARTS = ("listening", "reading", "writing", "speaking")


def spared(ask: Ask) -> Answer | None:
    """Why OET is not asked of this person at all, if it is not."""
    if ask.season < FIRST_SEASON:
        ask.rule("CS-REQ")
        return Answer(Verdict.NOT_NEEDED, f"ECFMG asks for OET only since the season {FIRST_SEASON}.")
    if step2cs(ask).counts is Verdict.MET:
        ask.rule("CS-PASS")
        return Answer(
            Verdict.NOT_NEEDED, "The pass of Step 2 CS counts for communication skills too, so OET is not needed."
        )
    return None


def high_enough(ask: Ask, place: str, exam: Exam) -> Verdict:
    """Whether one sitting reaches the scores asked on its test day, all parts in one go."""
    ask.use(place, exam, "date")
    if not exam.one_sitting:
        ask.rule("OET-ONE")
        ask.use(place, exam, "one_sitting")
        return Verdict.NOT_MET
    if ask.use(place, exam, "result") == "incomplete":
        ask.rule("OET-ONE")
        return Verdict.NOT_MET
    scores = all_of(_part(ask, place, exam, part) for part in PARTS)
    if scores is Verdict.UNKNOWN and exam.result in ("pass", "fail"):
        return Verdict.MET if exam.result == "pass" else Verdict.NOT_MET
    return scores


def _part(ask: Ask, place: str, exam: Exam, part: str) -> Verdict:
    """One part against the minimum of the test day; without a day, against every minimum there was."""
    score = ask.need(place, exam, part)
    if score is None:
        return Verdict.UNKNOWN
    if exam.date is not None:
        minimum = _minimum(ask, exam)
        return Verdict.UNKNOWN if minimum is None else _reached(score >= minimum[part])
    ask.missing(f"{place}.date")
    minimums = [ask.rule(rule, start) for rule, start in _in_force_by(ask)]
    possible = {_reached(score >= minimum.value[part]) for minimum in minimums}
    return possible.pop() if len(possible) == 1 else Verdict.UNKNOWN


def _in_force_by(ask: Ask) -> list[tuple[str, date]]:
    """The minimums that had come into force by the asked day, each with its first day."""
    starts = [(rule, ask.case.rules[rule].values[0].start) for rule in ("OET-350", "OET-300W")]
    return [(rule, start) for rule, start in starts if isinstance(start, date) and start <= ask.on]


def _minimum(ask: Ask, exam: Exam) -> dict[str, int] | None:
    lower = ask.case.rules.at("OET-300W", exam.date or ask.on)
    reading = ask.rule("OET-300W" if lower.known else "OET-350", exam.date)
    return reading.value if reading.known else None


def _reached(enough: bool) -> Verdict:
    return Verdict.MET if enough else Verdict.NOT_MET


def recent_enough(ask: Ask, place: str, exam: Exam) -> Verdict:
    """Whether one sitting is recent enough for the Pathway season."""
    taken = ask.need(place, exam, "date")
    return Verdict.UNKNOWN if taken is None else on_or_after(ask, "OET-AGE", taken)


@requirement("oet.scores", body="ECFMG", title="OET Medicine: scores")
@for_imgs
def scores(ask: Ask) -> Answer:
    """One sitting reaches the minimum of its test day in all four parts."""
    if exempt := spared(ask):
        return exempt
    sittings = ask.exams("oet")
    if sittings is None:
        return _not_listed()
    if not sittings:
        ask.rule("OET-300W")
        return _not_taken(ask)
    results = [(high_enough(ask, place, exam), exam) for place, exam in sittings]
    verdict = any_of(result for result, _ in results)
    when = next((f" of {day(exam.date)}" for result, exam in reversed(results) if result is verdict and exam.date), "")
    if verdict is Verdict.MET:
        if any(_scored(exam) for result, exam in results if result is verdict):
            return Answer(verdict, f"The OET{when} is high enough in all four parts.")
        return Answer(verdict, f"Your file calls the OET{when} a pass; its four scores are not entered.")
    if verdict is Verdict.UNKNOWN:
        return Answer(
            verdict, f"Whether the OET{when} is high enough is not known.", "Enter the test day and all four scores."
        )
    return Answer(
        verdict,
        f"The OET{when} is not high enough: since 1 April 2022 350 in Listening, Reading and Speaking and 300 in Writing; "
        "before, 350 in each; all in one sitting.",
        "Take all four parts again; there is no limit of tries.",
    )


def _scored(exam: Exam) -> bool:
    return None not in [getattr(exam, part) for part in PARTS]


def _not_listed() -> Answer:
    return Answer(
        Verdict.UNKNOWN, "The dossier does not say which exams were taken.", "Enter OET, or an empty list for none."
    )


def _not_taken(ask: Ask) -> Answer:
    booked = next((exam.date for _, exam in ask.planned("oet") if exam.date), None)
    if booked is None:
        return Answer(Verdict.NOT_MET, "OET Medicine was not taken.", "Book OET Medicine.")
    return Answer(
        Verdict.NOT_MET,
        f"OET Medicine was not taken yet; it is booked for {day(booked)}.",
        f"Take OET on {day(booked)}.",
    )


@requirement("oet.age", body="ECFMG", title="OET Medicine: recent enough")
@for_imgs
def age(ask: Ask) -> Answer:
    """The sitting that counts is recent enough for the season; an accepted Pathway is not undone by its age."""
    if exempt := spared(ask):
        return exempt
    sittings = ask.exams("oet")
    if sittings is None:
        return _not_listed()
    if not sittings:
        ask.rule("OET-AGE")
        return _not_taken(ask)
    verdict = _age(ask, sittings)
    if verdict is Verdict.MET:
        return Answer(verdict, f"OET was taken late enough for the season {ask.season}.")
    shielded = shield(ask)
    if shielded is not Verdict.NOT_MET:
        ask.rule("OET-VALID")
    if shielded is Verdict.MET:
        return Answer(Verdict.NOT_NEEDED, "The Pathway is already accepted, and an ageing OET does not undo that.")
    if shielded is Verdict.UNKNOWN:
        return Answer(
            shielded,
            "A Pathway was accepted, and an ageing OET does not undo that; but when the Pathway expires is not known.",
            "Enter the day on which the Pathway expires.",
        )
    if verdict is Verdict.NOT_MET:
        return Answer(verdict, f"OET was taken too long ago for the season {ask.season}.", "Take OET again.")
    return Answer(
        verdict,
        f"The oldest test day that ECFMG accepts for the season {ask.season} is not known, and this OET is near it.",
        "Ask ECFMG, or take OET again.",
    )


def _age(ask: Ask, sittings: list[tuple[str, Exam]]) -> Verdict:
    """The age of the sittings that count or may count.

    When none does, all of them must be recent: so a better score in an old sitting can never make the answer worse.
    """
    judged = [(high_enough(ask, place, exam), recent_enough(ask, place, exam)) for place, exam in sittings]
    counting = [recent for high, recent in judged if high is not Verdict.NOT_MET]
    return any_of(counting) if counting else all_of(recent for _, recent in judged)


def both(ask: Ask) -> Verdict:
    """Whether one and the same sitting is high enough and recent enough; an accepted Pathway makes its age no matter."""
    sittings = ask.exams("oet")
    if sittings is None:
        return Verdict.UNKNOWN
    shielded = shield(ask)
    return any_of(
        all_of((high_enough(ask, place, exam), _any_age(ask, place, exam, shielded))) for place, exam in sittings
    )


def _any_age(ask: Ask, place: str, exam: Exam, shielded: Verdict) -> Verdict:
    return shielded if shielded is Verdict.MET else any_of((shielded, recent_enough(ask, place, exam)))
