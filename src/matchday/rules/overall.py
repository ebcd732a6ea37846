"""The seven overall answers and the applicant type, read off the findings."""

from matchday.rules.evaluate import Case
from matchday.terms import ApplicantType, Verdict


def overall(case: Case) -> dict[str, Verdict]:
    """The overall verdicts by name."""
    return {"exams": case.finding("step1.passed").verdict}


def applicant_type(case: Case) -> ApplicantType:
    """US IMG, non-US IMG, not an IMG, or unknown."""
    return ApplicantType.UNKNOWN
