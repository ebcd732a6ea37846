"""The United States Medical Licensing Examination: what is passed, and whether a pass still counts."""

from datetime import date, timedelta

from matchday.dossier.model import Exam
from matchday.rules.evaluate import Ask, requirement
from matchday.rules.model import Answer
from matchday.rules.window import Pass, Window, window
from matchday.rules.words import day, from_day
from matchday.terms import Verdict

NAMES = {"step1": "Step 1", "step2ck": "Step 2 CK", "step2cs": "Step 2 CS", "step3": "Step 3"}
STANDARD = {"step1": "S1-PASS", "step2ck": "S2-PASS", "step3": "S3-PASS"}
NEEDED = ("step1", "step2ck")


def outcome(ask: Ask, place: str, exam: Exam) -> bool | None:
    """Whether an attempt that was made is a pass; None when nobody can say yet.

    A result decides. A score without a result is judged by the standard of its exam day.
    """
    result = ask.use(place, exam, "result")
    ask.use(place, exam, "date")
    if result is not None and result != "pending":
        return bool(result == "pass")
    if result is None and exam.score is not None and exam.exam in STANDARD:
        return _by_score(ask, place, exam)
    if result is None:
        ask.missing(f"{place}.result")
    return None


def _by_score(ask: Ask, place: str, exam: Exam) -> bool | None:
    ask.use(place, exam, "score")
    if exam.date is None:
        ask.missing(f"{place}.date")
        return None
    standard = ask.rule(STANDARD[exam.exam], exam.date)
    return None if exam.score is None else exam.score >= standard.value


def passes(ask: Ask, *steps: str) -> tuple[list[Pass], bool]:
    """The dated passes of these Steps, and whether an undated pass leaves the clock unknown."""
    dated: list[Pass] = []
    undated = False
    for place, exam in ask.exams(*steps) or ():
        if outcome(ask, place, exam):
            if exam.date is None:
                ask.missing(f"{place}.date")
                undated = True
            else:
                dated.append(Pass(place, exam.exam, exam.date))
    return dated, undated


def certified(ask: Ask) -> bool:
    """Whether the ECFMG certificate has been issued: then no pass lapses any more."""
    issued = ask.use("certification", ask.dossier.certification, "certificate_issued")
    return issued is not None


def needed_steps(ask: Ask) -> tuple[str, ...]:
    """The Steps that certification needs on the asked day: Step 2 CS among them until it was discontinued."""
    ended = ask.case.rules["CS-END"].values[-1].start
    return NEEDED if isinstance(ended, date) and ask.on >= ended else (*NEEDED, "step2cs")


def seven_years(ask: Ask) -> tuple[Window, bool]:
    """The seven-year window on the asked day, and whether an undated pass leaves it unknown."""
    dated, undated = passes(ask, *NEEDED, "step2cs")
    years = ask.rule("7Y").value
    return window(dated, needed_steps(ask), ask.on, years), undated


def _passed(ask: Ask, step: str) -> Answer:
    name = NAMES[step]
    taken = ask.exams(step)
    ask.rule(STANDARD[step], max((exam.date for _, exam in taken or () if exam.date), default=ask.on))
    if taken is None:
        return Answer(Verdict.UNKNOWN, f"The dossier does not say which exams were taken, so {name} is not known.")
    results = [(place, exam, outcome(ask, place, exam)) for place, exam in taken]
    if any(result for *_, result in results):
        return _still_counts(ask, step, results)
    if any(result is None for *_, result in results):
        return _no_result(name, results)
    return _not_yet(ask, step, len(results))


def _no_result(name: str, results: list[tuple[str, Exam, bool | None]]) -> Answer:
    undated = [exam for _, exam, result in results if result is None and exam.score is not None and exam.date is None]
    if undated:
        why = f"A score of {name} has no exam day, and the standard of the exam day decides."
        return Answer(Verdict.UNKNOWN, why, f"Enter the exam day of {name}.")
    return Answer(
        Verdict.UNKNOWN, f"A result of {name} is not known yet.", f"Enter the result of {name} when it is out."
    )


def _still_counts(ask: Ask, step: str, results: list[tuple[str, Exam, bool | None]]) -> Answer:
    name = NAMES[step]
    latest = [exam for _, exam, result in results if result][-1]
    if step == "step3" or certified(ask):
        return Answer(Verdict.MET, f"{name} was passed{_when(latest)}.")
    clock, undated = seven_years(ask)
    if clock.counts(step):
        return Answer(Verdict.MET, f"{name} was passed{_when(latest)}, and the pass counts.{_clock(clock)}")
    if undated:
        return Answer(
            Verdict.UNKNOWN,
            f"{name} was passed, but without its exam day nobody can say whether seven years have run out.",
        )
    return Answer(
        Verdict.NOT_MET,
        f"{name} was passed{_when(latest)}, but the seven years ran out before every Step was passed, so this pass no longer counts.",
        f"{name} must be passed again; repeating it is allowed now that the limit has run out.",
    )


def _when(exam: Exam) -> str:
    return f" on {day(exam.date)}" if exam.date else ""


def _clock(clock: Window) -> str:
    return "" if clock.complete or clock.end is None else f" The seven years end on {day(clock.end)}."


def _not_yet(ask: Ask, step: str, tries: int) -> Answer:
    name = NAMES[step]
    planned = ask.planned(step)
    why = f"{name} was never taken." if not tries else f"{name} was taken {_times(tries)} and not passed."
    if planned and planned[0][1].date:
        return _planned(ask, step, why, planned[0][1].date)
    return Answer(Verdict.NOT_MET, why, f"Book {name}.")


def _planned(ask: Ask, step: str, why: str, when: date) -> Answer:
    """A day in the future; one after the seven years have run out would cost an earlier pass."""
    name = NAMES[step]
    clock = seven_years(ask)[0] if step in NEEDED and not certified(ask) else None
    if clock and clock.end and not clock.complete and when > clock.end:
        first = NAMES[clock.valid[0].step]
        return Answer(
            Verdict.NOT_MET,
            f"{why} It is planned for {day(when)}, but the seven years end on {day(clock.end)}: then the pass of {first} lapses.",
            f"Take {name} on or before {from_day(clock.end)}.",
            clock.end,
        )
    return Answer(Verdict.NOT_MET, f"{why} It is planned for {day(when)}.", f"Take {name} on {from_day(when)}.")


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


@requirement("step1.passed", body="USMLE", title="Step 1 passed")
def step1_passed(ask: Ask) -> Answer:
    """A pass by the standard of the exam day that has not lapsed."""
    return _passed(ask, "step1")


@requirement("step2ck.passed", body="USMLE", title="Step 2 CK passed")
def step2ck_passed(ask: Ask) -> Answer:
    """A pass by the standard of the exam day that has not lapsed."""
    return _passed(ask, "step2ck")


@requirement("step3.passed", body="USMLE", title="Step 3 passed")
def step3_passed(ask: Ask) -> Answer:
    """A pass by the standard of the exam day. Certification does not need it; H-1B does."""
    return _passed(ask, "step3")


@requirement("exams.window", body="ECFMG", title="All Steps passed inside seven years")
def exams_window(ask: Ask) -> Answer:
    """Every Step needed is passed inside one seven-year window."""
    if ask.exams(*NEEDED) is None:
        return Answer(Verdict.UNKNOWN, "The dossier does not say which exams were taken.")
    steps = needed_steps(ask)
    clock, undated = seven_years(ask)
    if certified(ask):
        return Answer(Verdict.MET, "The certificate has been issued, so the seven years are behind you.")
    if clock.complete and clock.end:
        return Answer(Verdict.MET, f"Every Step needed was passed inside the seven years that end on {day(clock.end)}.")
    if undated:
        return Answer(Verdict.UNKNOWN, "A pass has no exam day, so the seven years cannot be counted.")
    waiting = _waiting(ask, steps)
    verdict = Verdict.UNKNOWN if waiting else Verdict.NOT_MET
    if clock.end is None:
        why = _lapsed(clock).strip() or "No Step that counts has been passed yet, so the seven years have not begun."
        return Answer(verdict, why, f"Pass {' and '.join(NAMES[step] for step in steps)} inside seven years.")
    open_steps = " and ".join(NAMES[step] for step in steps if not clock.counts(step))
    return Answer(
        verdict,
        f"{_lapsed(clock)}The seven years began on {day(clock.start or clock.end)} and end on {day(clock.end)}; still to pass: {open_steps}.",
        f"Pass {open_steps} on or before {from_day(clock.end)}.",
        clock.end,
    )


def _waiting(ask: Ask, steps: tuple[str, ...]) -> bool:
    return any(outcome(ask, place, exam) is None for place, exam in ask.exams(*steps) or ())


def _lapsed(clock: Window) -> str:
    if not clock.lapsed:
        return ""
    fallen = " and ".join(dict.fromkeys(NAMES[item.step] for item in clock.lapsed))
    return f"The pass of {fallen} has lapsed, for the seven years ran out. "


def _may_retake(ask: Ask, step: str) -> Answer:
    name = NAMES[step]
    ask.rule("RETAKE")
    passed = ask.case.finding(f"{step}.passed").verdict
    taken = ask.exams(step)
    if taken is None:
        return Answer(Verdict.UNKNOWN, "The dossier does not say which exams were taken.")
    if not any(outcome(ask, place, exam) for place, exam in taken):
        if any(outcome(ask, place, exam) is None for place, exam in taken):
            return Answer(Verdict.UNKNOWN, f"A result of {name} is not known yet.")
        return Answer(Verdict.NOT_NEEDED, f"There is no pass of {name} to repeat; see whether a new try is allowed.")
    if passed is Verdict.UNKNOWN:
        return Answer(Verdict.UNKNOWN, f"Without its exam day nobody can say whether the pass of {name} has lapsed.")
    if passed is Verdict.NOT_MET:
        ask.rule("7Y")
        return Answer(Verdict.MET, f"The pass of {name} has lapsed by the seven-year rule, so {name} may be repeated.")
    opens = _opens(ask, step)
    advice = f"Allowed from {from_day(opens)} if not every Step is passed by then." if opens else ""
    return Answer(Verdict.NOT_MET, f"{name} is passed, and a passed Step may not be repeated.", advice, opens=opens)


def _opens(ask: Ask, step: str) -> date | None:
    """The day from which repeating would be allowed, when a clock is running; a state's own time limit is left open."""
    if certified(ask):
        return None
    clock, _ = seven_years(ask)
    if clock.complete or clock.end is None or clock.valid[0].step != step:
        return None
    return clock.end + timedelta(days=1)


@requirement("step1.may_retake", body="USMLE", title="May Step 1, once passed, be repeated")
def step1_may_retake(ask: Ask) -> Answer:
    """Only after a time limit has run out."""
    return _may_retake(ask, "step1")


@requirement("step2ck.may_retake", body="USMLE", title="May Step 2 CK, once passed, be repeated")
def step2ck_may_retake(ask: Ask) -> Answer:
    """Only after a time limit has run out."""
    return _may_retake(ask, "step2ck")
