"""The seven overall answers and the applicant type, read off the findings."""

from matchday.rules.evaluate import Case
from matchday.rules.verdicts import all_of
from matchday.terms import ApplicantType, Verdict

PARTS: dict[str, tuple[str, ...]] = {
    "exams": ("step1.passed", "step2ck.passed", "exams.window"),
    "clinical_skills": ("clinical_skills",),
    "communication_skills": ("communication_skills",),
    "credentials": ("school.listed", "school.years", "school.credit_years", "degree.verified"),
}


def overall(case: Case) -> dict[str, Verdict]:
    """The overall verdicts by name; who is not an IMG needs no certification."""
    img = case.finding("img.status").verdict
    parts = {name: all_of(case.finding(part).verdict for part in found) for name, found in PARTS.items()}
    # Who is not an IMG answers to the own school for everything but the exams.
    certifiable = Verdict.NOT_NEEDED if img is Verdict.NOT_NEEDED else all_of(parts.values())
    start = all_of(case.finding(name).verdict for name in ("certificate", "certificate.expiry"))
    return {
        **parts,
        "certifiable": certifiable,
        "may_rank": case.finding("match.ecfmg_check").verdict,
        "may_start_training": start,
    }


def applicant_type(case: Case) -> ApplicantType:
    """IMG by degree, US or not by citizenship; a permanent resident is not a citizen (NRMP)."""
    img = case.finding("img.status").verdict
    if img is Verdict.NOT_NEEDED:
        return ApplicantType.NOT_IMG
    citizen = _us_citizen(case)
    if img is not Verdict.MET or citizen is None:
        return ApplicantType.UNKNOWN
    return ApplicantType.US_IMG if citizen else ApplicantType.NON_US_IMG


def _us_citizen(case: Case) -> bool | None:
    person = case.dossier.person
    if person.us_status is not None:
        return person.us_status == "citizen" or "US" in (person.citizenships or ())
    return None if person.citizenships is None else "US" in person.citizenships
