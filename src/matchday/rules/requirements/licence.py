"""State licence rules that bite during training: tries at a Step, years for all Steps. One finding for each state.

A state needs no code of its own: its rules are the parameters LIC-<state>-TRIES (or -EXAMS), -7Y and others, whose
sentences are passed on. Values of old undated tables are of low confidence: they warn, and never settle anything.
"""

import re
from collections.abc import Iterator, Mapping
from functools import partial

from matchday.rules.evaluate import Ask, Case, Requirement, several
from matchday.rules.model import Answer, Reading
from matchday.rules.requirements.usmle import NAMES, outcome
from matchday.rules.verdicts import all_of
from matchday.rules.window import Pass, add_months, window
from matchday.rules.words import from_day, listed
from matchday.terms import Confidence, Verdict

STEPS = ("step1", "step2ck", "step3")
# A warning comes before "not known": an old table that would be broken must not be drowned by one that is kept.
ORDER = (Verdict.NOT_MET, Verdict.AT_RISK, Verdict.UNKNOWN, Verdict.MET)
# Texas names five years with a licence elsewhere among its exceptions (22 TAC 163.6).
YEARS_LICENSED = 5
Judged = tuple[Verdict, str]


def states(case: Case) -> list[str]:
    """The states of the dossier: those preferred, and those of its US licences."""
    licences = case.dossier.licence or ()
    held = {licence.state for licence in licences if licence.country == "US" and licence.state}
    wanted = {*(case.dossier.preferences.states or ()), *held}
    return sorted(state for state in wanted if re.fullmatch("[A-Z]{2}", state))


@several
def licences(case: Case) -> Iterator[Requirement]:
    """One requirement for each state of the dossier."""
    for state in states(case):
        yield Requirement(f"licence.{state}", "State medical board", f"Licence rules of {state}", partial(judge, state))


def judge(state: str, ask: Ask) -> Answer:
    """Whether the tries and years used so far fit the rules of the state, as far as they are known."""
    ask.use("preferences", ask.dossier.preferences, "states")
    prefix = f"LIC-{state}-"
    found = {name.removeprefix(prefix): ask.rule(name) for name in ask.case.rules.parameters if name.startswith(prefix)}
    known = {name: reading for name, reading in found.items() if reading.known}
    judged = [*_tries(ask, known.get("TRIES") or known.get("EXAMS")), *_years(ask, known.get("7Y"))]
    old = any(reading.row.confidence is Confidence.LOW for reading in known.values())
    verdict = next((worst for worst in ORDER if worst in [given for given, _ in judged]), Verdict.UNKNOWN)
    why = [*(text for _, text in judged), *_other_rules(ask, found), *_for_every_state(ask, state, known)]
    if not judged:
        why.insert(0, f"No exam limit of {state} was found.")
    if old:
        why.append("Some values here are from old tables; the board can confirm them.")
    sure = verdict is Verdict.MET and not old
    return Answer(
        verdict, " ".join(why), "" if sure else "Check with the board before you rank a program of this state."
    )


def _other_rules(ask: Ask, found: Mapping[str, Reading]) -> Iterator[str]:
    for name, reading in found.items():
        if name == "GME" and reading.known:
            yield f"A full licence asks for {reading.value} months of US training. {reading.row.note}".strip()
        elif not reading.known:
            yield from _said_to_be_unknown(reading)
        elif reading.value in (None, False):
            continue  # not in force on this day
        elif name not in ("TRIES", "EXAMS", "7Y"):
            yield reading.parameter.plain or f"{reading.parameter.title}: {reading.value} {reading.parameter.unit}."


def _said_to_be_unknown(reading: Reading) -> Iterator[str]:
    """What a source leaves open. A day before the first known value says nothing: the rule may not have existed."""
    if reading.row in reading.parameter.values and reading.row.note:
        yield reading.row.note


def _for_every_state(ask: Ask, state: str, known: Mapping[str, Reading]) -> Iterator[str]:
    if "GME" not in known:
        yield ask.rule("LIC-GME-MIN").parameter.plain
    paths = ask.case.rules.at("LIC-ADD-PATHS", ask.on)
    if paths.known and state in paths.value:
        yield ask.rule("LIC-ADD-PATHS").parameter.plain


def _softened(verdict: Verdict, reading: Reading) -> Verdict:
    """An old table can warn; it can settle neither yes nor no."""
    if reading.row.confidence is not Confidence.LOW:
        return verdict
    return {Verdict.NOT_MET: Verdict.AT_RISK, Verdict.MET: Verdict.UNKNOWN}.get(verdict, verdict)


def _tries(ask: Ask, limit: Reading | None) -> Iterator[Judged]:
    if limit is None:
        return
    if limit.value == "no limit":
        yield _softened(Verdict.MET, limit), "No limit on tries is named."
        return
    most = limit.value if isinstance(limit.value, Mapping) else dict.fromkeys(STEPS, limit.value)
    answers = [_tries_at(ask, step, number) for step, number in most.items()]
    verdict = all_of(answer[0] for answer in answers)
    if verdict is Verdict.NOT_MET and _licensed_elsewhere(ask, limit):
        verdict = Verdict.AT_RISK
    why = " ".join(text for _, text in answers if text)
    yield _softened(verdict, limit), f"{limit.parameter.plain} {why}".strip()


def _tries_at(ask: Ask, step: str, most: int) -> Judged:
    taken = ask.exams(step)
    if taken is None:
        return Verdict.UNKNOWN, ""
    results = [outcome(ask, place, exam) for place, exam in taken]
    used, name = len(results), NAMES[step]
    if True in results[:most] or used < most - 1:
        return Verdict.MET, ""
    if used == most - 1:
        return Verdict.AT_RISK, f"{name}: {used} of {most} tries are used; the next must be a pass."
    if None in results[:most]:
        return Verdict.AT_RISK, f"{name}: all {most} tries are used and a result is still out."
    return Verdict.NOT_MET, f"{name} was not passed within {most} tries."


def _licensed_elsewhere(ask: Ask, limit: Reading) -> bool:
    """Whether a licence of five years may open an exception that the rule names."""
    if "exception" not in limit.parameter.plain:
        return False
    for index, licence in enumerate(ask.dossier.licence or ()):
        if licence.kind == "unsupervised" and licence.from_ is not None:
            end = min(licence.to or ask.on, ask.on)
            if add_months(licence.from_, 12 * YEARS_LICENSED) <= end:
                ask.use(f"licence[{index}]", licence, "from_")
                return True
    return False


def _years(ask: Ask, limit: Reading | None) -> Iterator[Judged]:
    if limit is None:
        return
    verdict, why = _span(ask, limit.value)
    if verdict is Verdict.NOT_MET and _licensed_elsewhere(ask, limit):
        verdict = Verdict.AT_RISK
    yield _softened(verdict, limit), f"{limit.parameter.plain} {why}".strip()


def _span(ask: Ask, years: int) -> Judged:
    """Whether all Steps were, or can still be, passed inside so many years of each other."""
    taken = ask.exams(*STEPS)
    if taken is None:
        return Verdict.UNKNOWN, "Your file does not say which exams were taken."
    results = [(place, exam, outcome(ask, place, exam)) for place, exam in taken]
    if _undated(ask):
        return Verdict.UNKNOWN, "The day of an exam is not in your file, so the years cannot be counted."
    sure = [Pass(place, exam.exam, exam.date) for place, exam, passed in results if passed and exam.date]
    out = [Pass(place, exam.exam, exam.date) for place, exam, passed in results if passed is None and exam.date]
    answer = _within(ask, sure, years)
    if not out or window(sure, STEPS, ask.on, years).complete:
        return answer
    both_late = answer[0] is _within(ask, [*sure, *out], years)[0] is Verdict.NOT_MET
    none_late = add_months(min(item.day for item in [*sure, *out]), 12 * years) >= ask.on
    return answer if both_late or none_late else (Verdict.UNKNOWN, "A result is still out, and the years turn on it.")


def _undated(ask: Ask) -> bool:
    """Whether an exam that is no failure has no day."""
    bare = [
        index
        for index, exam in enumerate(ask.dossier.exam or ())
        if exam.exam in STEPS and exam.date is None and exam.result not in ("fail", "incomplete")
    ]
    for index in bare:
        ask.missing(f"exam[{index}].date")
    return bool(bare)


def _within(ask: Ask, passed: list[Pass], years: int) -> Judged:
    clock = window(passed, STEPS, ask.on, years)
    if clock.complete:
        return Verdict.MET, f"All Steps were passed within {years} years."
    if clock.lapsed:
        fallen = listed(sorted({NAMES[item.step] for item in clock.lapsed}))
        return Verdict.NOT_MET, f"{years} years after the pass of {fallen} not every Step was passed."
    if clock.end is None:
        return Verdict.MET, "No Step has been passed yet, so the years have not begun."
    left = listed([NAMES[step] for step in STEPS if not clock.counts(step)])
    return Verdict.MET, f"Still to pass: {left}, on or before {from_day(clock.end)}."
