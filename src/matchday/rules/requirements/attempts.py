"""A new try at a Step on the asked day: attempts, spacing, school, desk and gate together."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from matchday.dossier.model import Exam
from matchday.rules.evaluate import Ask, requirement
from matchday.rules.model import Answer
from matchday.rules.requirements.usmle import NAMES, outcome
from matchday.rules.verdicts import all_of
from matchday.rules.window import add_months
from matchday.rules.words import day, from_day, listed
from matchday.terms import Verdict

STEPS = ("step1", "step2ck", "step2cs", "step3")


@dataclass(frozen=True, slots=True)
class Gate:
    """One of the things that must all be open for a new try."""

    verdict: Verdict
    why: str
    next: str = ""
    opens: date | None = None


OPEN = Gate(Verdict.MET, "")


def _may_apply(ask: Ask, step: str, *gates: Gate) -> Answer:
    """Join the gates: one that is shut decides, then one that is not known."""
    verdict = all_of(gate.verdict for gate in gates)
    if verdict is Verdict.MET:
        return Answer(verdict, f"A new try at {NAMES[step]} may be applied for.")
    deciding = [gate for gate in gates if gate.verdict is verdict]
    # Only when every shut gate opens on a known day does a day help.
    opening = [gate.opens for gate in deciding]
    days = [opens for opens in opening if opens]
    opens = max(days) if days and len(days) == len(opening) else None
    soonest = f"Allowed from {from_day(opens)}." if opens else ""
    advice = dict.fromkeys(text for text in (soonest, *(gate.next for gate in deciding)) if text)
    return Answer(verdict, " ".join(dict.fromkeys(gate.why for gate in deciding)), " ".join(advice), opens=opens)


def attempts(ask: Ask, step: str) -> Gate:
    """The limit in force on the asked day: none, six at that Step, or four at any Step."""
    taken = ask.exams(*STEPS)
    if taken is None:
        return Gate(Verdict.UNKNOWN, "The dossier does not say which exams were taken.")
    rule, limit, steps = _limit(ask, step, taken)
    if limit is None:
        return OPEN
    tries = _without_pass(ask, taken)
    full = [name for name in steps if tries[name] and sum(tries[name].values()) >= limit]
    shut = [name for name in full if tries[name][None] == 0]
    if shut:
        names = listed([f"{sum(tries[name].values())} attempts at {NAMES[name]}" for name in shut])
        reach = "no Step may be applied for" if rule == "ATT-4" else f"{NAMES[step]} may not be applied for"
        return Gate(Verdict.NOT_MET, f"There were {names} without a pass, and the limit is {limit}: {reach}.")
    if step in full:
        return Gate(
            Verdict.NOT_MET,
            f"{tries[step][False]} attempts at {NAMES[step]} were no pass and one more has no result yet. A pass leaves "
            f"nothing to repeat; a fail reaches the limit of {limit}. So there is no new try.",
            "Wait for the result.",
        )
    if full:
        return Gate(
            Verdict.UNKNOWN, f"A result of {NAMES[full[0]]} is not known yet, and the limit of {limit} turns on it."
        )
    return OPEN


def _limit(ask: Ask, step: str, taken: list[tuple[str, Exam]]) -> tuple[str, int | None, tuple[str, ...]]:
    """The rule in force, its number, and the Steps at which it counts attempts."""
    four = ask.case.rules.at("ATT-4", ask.on)
    if four.known:
        return "ATT-4", ask.rule("ATT-4").value, STEPS
    six = ask.case.rules.at("ATT-6", ask.on)
    # Who had taken any Step before 2012 had one more year without a limit.
    early = any(exam.date and exam.date < date(2012, 1, 1) for _, exam in taken)
    if six.known and not (early and ask.on < date(2013, 1, 1)):
        return "ATT-6", ask.rule("ATT-6").value, (step,)
    ask.rule("ATT-0", min(ask.on, date(2011, 12, 31)))
    return "ATT-0", None, ()


def _without_pass(ask: Ask, taken: list[tuple[str, Exam]]) -> dict[str, Counter[bool | None]]:
    """For each Step that was never passed: its failed attempts (False) and those without a known result (None)."""
    results: dict[str, list[bool | None]] = {step: [] for step in STEPS}
    for place, exam in taken:
        results[exam.exam].append(outcome(ask, place, exam))
    return {step: Counter(() if any(found) else found) for step, found in results.items()}


def spacing(ask: Ask, step: str) -> Gate:
    """Three attempts within twelve months; the fourth waits twelve months from the first and six from the latest."""
    taken = ask.exams(step) or []
    days = [exam.date for _, exam in taken if exam.date]
    old = ask.case.rules.at("SPACE-OLD", ask.on)
    if old.known and old.value is not None:
        most = ask.rule("SPACE-OLD").value["computer exam"]
        return _old_spacing(ask, step, days, most)
    space = ask.rule("SPACE").value
    if len(taken) < space["attempts in 12 months"]:
        return OPEN
    if len(days) < len(taken):
        for place, exam in taken:
            ask.need(place, exam, "date")
        return Gate(Verdict.UNKNOWN, f"Without the day of every attempt at {NAMES[step]} the spacing cannot be judged.")
    opens = max(
        add_months(days[0], space["months after the first"]), add_months(days[-1], space["months after the latest"])
    )
    return _waits(ask, step, len(days), opens)


def _old_spacing(ask: Ask, step: str, days: list[date], most: int) -> Gate:
    recent = [attempt for attempt in days if add_months(attempt, 12) > ask.on]
    if len(recent) < most:
        return OPEN
    return _waits(ask, step, len(recent), add_months(recent[-most], 12))


def _waits(ask: Ask, step: str, tries: int, opens: date) -> Gate:
    if ask.on >= opens:
        return OPEN
    return Gate(Verdict.NOT_MET, f"After {tries} attempts at {NAMES[step]} the next one must wait.", opens=opens)


def not_passed(ask: Ask, step: str) -> Gate:
    """A passed Step may not be taken again while its pass counts."""
    taken = ask.exams(step) or []
    results = [outcome(ask, place, exam) for place, exam in taken]
    if any(results) and ask.verdict(f"{step}.passed") is not Verdict.NOT_MET:
        ask.rule("RETAKE")
        return Gate(Verdict.NOT_MET, f"{NAMES[step]} is passed, and a passed Step may not be repeated.")
    if not any(results) and None in results:
        return Gate(Verdict.UNKNOWN, f"A result of {NAMES[step]} is not known yet.", "Wait for the result.")
    return OPEN


def school(ask: Ask) -> Gate:
    """Enrolled in or graduate of a school with the ECFMG note, in its years."""
    ask.rule("EX-ELIG")
    verdict = all_of(ask.finding(name).verdict for name in ("school.listed", "school.years"))
    if verdict in (Verdict.MET, Verdict.NOT_NEEDED, Verdict.AT_RISK):
        return OPEN
    if verdict is Verdict.UNKNOWN:
        return Gate(
            verdict,
            "Whether the school opens the exams is not known.",
            "Look up the school's ECFMG note and its years.",
        )
    return Gate(verdict, "The school or the graduation year is not covered by an ECFMG note.")


def desk(ask: Ask) -> Gate:
    """Some desk takes registrations on the asked day, and what it asks first is there."""
    found = ask.finding("registration.desk")
    if found.verdict is Verdict.NOT_MET:
        return Gate(Verdict.NOT_MET, found.why, found.next, _reopening(ask))
    if found.verdict is Verdict.NOT_NEEDED:
        return OPEN
    gate = ask.case.rules.at("REG-GATE", ask.on)
    if gate.known:
        ask.rule("REG-GATE")
        return _papers(
            ask,
            {
                "fsmb_account": "an FSMB account",
                "application_approved": "an approved Application for ECFMG Certification",
            },
        )
    if ask.rule("REG-SEQ").value == "verification first":
        return _papers(ask, {"credentials_verified": "verified credentials"})
    return OPEN


def _papers(ask: Ask, papers: dict[str, str]) -> Gate:
    state = {words: ask.happened("certification", name) for name, words in papers.items()}
    lacking = [words for words, there in state.items() if there is False]
    if lacking:
        return Gate(Verdict.NOT_MET, f"The desk asks for {listed(lacking)} first.", f"Get {listed(lacking)}.")
    unsaid = [words for words, there in state.items() if there is None]
    if unsaid:
        return Gate(
            Verdict.UNKNOWN,
            f"The dossier does not say whether there is {listed(unsaid)}.",
            f"Enter the day of {listed(unsaid)}.",
        )
    return OPEN


def _reopening(ask: Ask) -> date | None:
    opens = ask.case.rules["REG-FSMB"].values[0].start
    return opens if isinstance(opens, date) else None


@requirement("registration.desk", body="USMLE", title="A desk takes registrations for Step 1 and Step 2 CK")
def registration_desk(ask: Ask) -> Answer:
    """Which body takes this person's registration on the asked day."""
    if ask.finding("img.status").verdict is Verdict.NOT_NEEDED:
        return Answer(Verdict.NOT_NEEDED, "Not an IMG: the own school's desk takes the registration.")
    for rule_id in ("REG-FSMB", "REG-ECFMG"):
        reading = ask.case.rules.at(rule_id, ask.on)
        if reading.known and reading.value:
            name = ask.rule(rule_id).value
            return Answer(Verdict.MET, f"{name} takes registrations of IMGs for Step 1 and Step 2 CK on this day.")
    ask.rule("REG-GAP")
    opens = _reopening(ask)
    return Answer(
        Verdict.NOT_MET,
        "On this day no desk takes registrations of IMGs: ECFMG has stopped and FSMB has not begun.",
        f"FSMB takes registrations from {from_day(opens)}." if opens else "",
        opens=opens,
    )


@requirement("step1.may_apply", body="USMLE", title="May a new try at Step 1 be applied for")
def step1_may_apply(ask: Ask) -> Answer:
    """Attempts, spacing, school and desk together."""
    return _basic_step(ask, "step1")


@requirement("step2ck.may_apply", body="USMLE", title="May a new try at Step 2 CK be applied for")
def step2ck_may_apply(ask: Ask) -> Answer:
    """Attempts, spacing, school and desk together."""
    return _basic_step(ask, "step2ck")


def _basic_step(ask: Ask, step: str) -> Answer:
    return _may_apply(ask, step, not_passed(ask, step), *tries(ask, step), school(ask), desk(ask))


def tries(ask: Ask, step: str) -> tuple[Gate, ...]:
    """The limit of attempts, and their spacing while there is an attempt left to wait for."""
    limit = attempts(ask, step)
    return (limit,) if limit.verdict is Verdict.NOT_MET else (limit, spacing(ask, step))


def _attempts_left(ask: Ask, step: str) -> Answer:
    gate = attempts(ask, step)
    return Answer(gate.verdict, gate.why or _used(ask, step), gate.next)


def _used(ask: Ask, step: str) -> str:
    """How many tries are used of how many, while no limit is reached."""
    taken = ask.exams(*STEPS) or []
    limit = _limit(ask, step, taken)[1]
    if limit is None:
        return f"No limit of tries at {NAMES[step]} is in force."
    if any(outcome(ask, place, exam) for place, exam in taken if exam.exam == step):
        return f"{NAMES[step]} is passed; the limit of {limit} counts tries without a pass alone."
    return f"{sum(_without_pass(ask, taken)[step].values())} of {limit} tries at {NAMES[step]} are used."


@requirement("step1.attempts", body="USMLE", title="Number of tries at Step 1")
def step1_attempts(ask: Ask) -> Answer:
    """The number of attempts alone, at this Step and at the others."""
    return _attempts_left(ask, "step1")


@requirement("step2ck.attempts", body="USMLE", title="Number of tries at Step 2 CK")
def step2ck_attempts(ask: Ask) -> Answer:
    """The number of attempts alone, at this Step and at the others."""
    return _attempts_left(ask, "step2ck")


@requirement("step3.attempts", body="USMLE", title="Number of tries at Step 3")
def step3_attempts(ask: Ask) -> Answer:
    """The number of attempts alone, at this Step and at the others."""
    return _attempts_left(ask, "step3")


@requirement("step3.may_apply", body="USMLE", title="May a new try at Step 3 be applied for")
def step3_may_apply(ask: Ask) -> Answer:
    """Step 1, Step 2 CK, degree and certificate first; then attempts and spacing."""
    return _may_apply(ask, "step3", not_passed(ask, "step3"), *tries(ask, "step3"), *prerequisites(ask))


def prerequisites(ask: Ask) -> tuple[Gate, ...]:
    """What Step 3 needs first."""
    ask.rule("S3-ELIG")
    exams = [_asked(ask, f"{step}.passed", f"{NAMES[step]} must be passed first.") for step in ("step1", "step2ck")]
    if ask.finding("img.status").verdict is Verdict.NOT_NEEDED:
        return tuple(exams)
    issued = ask.happened("certification", "certificate_issued")
    if issued:
        return (*exams, _still_good(ask))
    if issued is None and all_of(ask.verdict(name) for name in ("certificate",)) is not Verdict.NOT_MET:
        return (
            *exams,
            Gate(Verdict.UNKNOWN, "The dossier does not say whether the ECFMG certificate has been issued."),
        )
    return (*exams, Gate(Verdict.NOT_MET, "Step 3 needs the ECFMG certificate first.", "Get the ECFMG certificate."))


def _still_good(ask: Ask) -> Gate:
    held = ask.dossier.certification
    if held.permanent or held.certificate_expires is None or held.certificate_expires >= ask.on:
        return OPEN
    ask.use("certification", held, "certificate_expires")
    return Gate(
        Verdict.AT_RISK,
        f"The ECFMG certificate expired on {day(held.certificate_expires)}.",
        "Ask ECFMG whether Step 3 may still be applied for.",
    )


def _asked(ask: Ask, finding_id: str, otherwise: str) -> Gate:
    verdict = ask.finding(finding_id).verdict
    return OPEN if verdict in (Verdict.MET, Verdict.NOT_NEEDED) else Gate(verdict, otherwise)
