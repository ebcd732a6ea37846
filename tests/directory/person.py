"""One made-up person, one program that states everything, and the question of one gate."""

from typing import Any

from matchday.directory.applicant import Applicant
from matchday.directory.fit import FIT_FIELDS, Fit
from matchday.directory.gates import Outside, Ruling, Said, Verdict

TAKES, NOT, SILENT = Verdict.TAKES, Verdict.NOT, Verdict.SILENT
RULE = Said("Texas: tries: 3", "22 TAC 163.6", "2026-11-22", "high")

# Three years after the degree, no Step taken twice, 240, three hands-on months, wants J-1.
WHO = Applicant(
    visas=("J-1",),
    years_at_application=2.2,
    years_at_start=3.0,
    tries={"step1": 1, "step2ck": 1},
    scores={"step2ck": 240},
    us_months=3.0,
    gme_months=0,
    is_img=True,
)
# A program that states everything and takes WHO.
STATED = {
    "visa_j1": "yes", "visa_h1b": "no", "graduation_years_max": "5", "attempts_max": "2", "step2_min": "230",
    "us_experience": "yes", "us_experience_months": "2", "track": "C", "service": "ERAS", "specialty": "320", "state": "FL",
}  # fmt: skip


def row(**stated: str | None) -> tuple[Any, ...]:
    return tuple(stated.get(name) for name in FIT_FIELDS)


def ruling(who: Applicant, gate: str, outside: Outside | None = None, **stated: str | None) -> Ruling:
    (found,) = (reason for reason in Fit(who, outside).reasons(row(**stated)) if reason.gate == gate)
    return found.ruling


def verdict(who: Applicant, gate: str, **stated: str | None) -> Verdict:
    return ruling(who, gate, **stated).verdict
