"""Which findings stand in this person's way: a "no" does so only on the way that the person goes.

A question of permission matters while what it permits is still needed; of the Pathways and the visas only the one on the
way counts; Step 3 counts where the visa asks for it. What only follows from other obstacles goes with them, and what is
said twice counts once. The verdicts themselves stay as they are.
"""

from collections.abc import Collection

from matchday.dossier.model import Dossier
from matchday.rules import Finding, Report
from matchday.terms import Verdict

AGAINST = (Verdict.NOT_MET, Verdict.AT_RISK)
SETTLED = (Verdict.MET, Verdict.NOT_NEEDED)
# What a permission is for: it is no matter once this is settled.
SERVES = {
    "registration.desk": ("step1.passed", "step2ck.passed"),
    "pathway.apply": ("clinical_skills",),
    **{f"{step}.{may}": (f"{step}.passed",) for step in ("step1", "step2ck", "step3") for may in ("may_apply", "may_retake")},
}  # fmt: skip
# What follows from which: it is no obstacle of its own while one of its causes stands in the way.
CAUSES = {
    "communication_skills": ("oet.scores", "oet.age"),
    "exams.window": ("step1.passed", "step2ck.passed"),
    "certificate": (
        "step1.passed", "step2ck.passed", "exams.window", "clinical_skills", "communication_skills", "degree.verified",
        "oet.scores", "oet.age",
    ),
    "match.ecfmg_check": (
        "step1.passed", "step2ck.passed", "clinical_skills", "communication_skills", "oet.scores", "oet.age",
    ),
}  # fmt: skip
# A part that says no more than the whole.
SAME = {"oet.scores": "communication_skills", "oet.age": "communication_skills"}
# A visa that is missing for the certificate alone; what else would put it at risk is seen from what its finding rests on.
VISAS = {"visa.j1": ("certificate",), "visa.h1b": ("step1.passed", "step2ck.passed", "step3.passed", "certificate")}
RISKS = ("certification.gme_months", "preferences.states")


def obstacles(report: Report, dossier: Dossier) -> frozenset[str]:
    """The ids of the findings that stand in the way on the day of the report."""
    against = [finding for finding in report if finding.verdict in AGAINST]
    ways, visa = pathways_of(report, dossier), _visa(dossier)
    found = {one.id for one in against if _on_the_way(one, report, ways, visa)}
    found -= {one for one, whole in SAME.items() if {one, whole} <= found and report[one].why == report[whole].why}
    return frozenset(one for one in found if not found.intersection(_causes(report[one])))


def _causes(finding: Finding) -> tuple[str, ...]:
    """What the finding follows from, if from nothing else."""
    if finding.id not in VISAS:
        return CAUSES.get(finding.id, ())
    paused = any(reading.parameter.id == "J1-PAUSE" and reading.value for reading in finding.rules)
    own = paused or any(fact.startswith(RISKS) for fact in finding.facts)
    return () if own or finding.verdict is not Verdict.NOT_MET else VISAS[finding.id]


def _on_the_way(finding: Finding, report: Report, ways: Collection[str], visa: str) -> bool:
    kind, _, rest = finding.id.partition(".")
    if kind == "step3" and visa != "h1b":
        return False
    if finding.id in SERVES:
        return any(report[name].verdict not in SETTLED for name in SERVES[finding.id])
    if kind == "pathway":
        return finding.id in ways
    if kind == "visa" and rest.split(".")[0] in ("j1", "h1b"):
        return rest.split(".")[0] == visa
    return True


def pathways_of(report: Report, dossier: Dossier) -> tuple[str, ...]:
    """The Pathways that matter: none any more, the one applied for, those not shut while there are any, else all six."""
    if report["clinical_skills"].verdict in SETTLED:
        return ()
    every = tuple(f"pathway.{number}" for number in range(1, 7))
    chosen = tuple(
        f"pathway.{one.number}"
        for one in dossier.pathway or ()
        if one.number and one.accepted is None and one.season in (None, report.season)
    )
    if chosen:
        return chosen
    open_ = tuple(name for name in every if report[name].verdict is Verdict.MET)
    return () if open_ else tuple(name for name in every if report[name].verdict is not Verdict.NOT_MET) or every


def _visa(dossier: Dossier) -> str:
    """The visa that the plan goes by: the first that is wanted, J-1 where none is named."""
    wanted = dossier.person.visa_wanted or ("J-1",)
    return wanted[0].replace("-", "").lower()
