"""Step 2 CS, given until March 2020: what a pass or a fail of it still means."""

from dataclasses import dataclass

from matchday.rules.evaluate import Ask
from matchday.rules.requirements.usmle import certified, outcome, seven_years
from matchday.terms import Verdict


@dataclass(frozen=True, slots=True)
class ClinicalSkillsExam:
    """Whether a pass of Step 2 CS still counts, whether one has lapsed, and whether it was ever failed."""

    counts: Verdict
    lapsed: bool
    failed: Verdict


def step2cs(ask: Ask) -> ClinicalSkillsExam:
    """Where Step 2 CS stands on the asked day. A pass counts under the seven-year rule, or for good once certified."""
    taken = ask.exams("step2cs")
    if taken is None:
        return ClinicalSkillsExam(Verdict.UNKNOWN, lapsed=False, failed=Verdict.UNKNOWN)
    results = [(exam, outcome(ask, place, exam)) for place, exam in taken]
    open_result = any(result is None for _, result in results)
    failed = any(exam.result == "fail" for exam, _ in results)
    counts = _counts(ask) if any(result for _, result in results) else _or_unknown(met=False, unknown=open_result)
    lapsed = counts is Verdict.NOT_MET and any(result for _, result in results)
    return ClinicalSkillsExam(counts, lapsed, _or_unknown(met=failed, unknown=open_result))


def _counts(ask: Ask) -> Verdict:
    if certified(ask):
        return Verdict.MET
    clock, undated = seven_years(ask)
    return _or_unknown(met=clock.counts("step2cs"), unknown=undated)


def _or_unknown(*, met: bool, unknown: bool) -> Verdict:
    return Verdict.MET if met else Verdict.UNKNOWN if unknown else Verdict.NOT_MET
