"""The United States Medical Licensing Examination: passes, attempts, spacing, retakes, who registers whom."""

from matchday.rules.evaluate import Ask, requirement
from matchday.rules.model import Answer
from matchday.terms import Verdict


@requirement("step1.passed", body="USMLE", title="Step 1 passed")
def step1(ask: Ask) -> Answer:
    """Passed by the standard of the exam day."""
    ask.exams("step1")
    return Answer(Verdict.UNKNOWN, str(ask.rule("S1-PASS").value))
