"""Which findings stand in this person's way: a "no" does so only on the way that the person goes.

A question of permission matters while what it permits is still needed; of the Pathways and the visas only the one on the
way counts; Step 3 counts where the visa asks for it. The verdicts themselves stay as they are.
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


def obstacles(report: Report, dossier: Dossier) -> frozenset[str]:
    """The ids of the findings that stand in the way on the day of the report."""
    against = [finding for finding in report if finding.verdict in AGAINST]
    ways, visa = pathways_of(report, dossier), _visa(dossier)
    return frozenset(one.id for one in against if _on_the_way(one, report, ways, visa))


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
    """The Pathways that matter: none any more, the one applied for, none while one is open, else all of them."""
    if report["clinical_skills"].verdict in SETTLED:
        return ()
    every = tuple(f"pathway.{number}" for number in range(1, 7))
    chosen = tuple(
        f"pathway.{one.number}"
        for one in dossier.pathway or ()
        if one.number and one.accepted is None and one.season in (None, report.season)
    )
    if chosen or not any(report[name].verdict is Verdict.MET for name in every):
        return chosen or every
    return ()


def _visa(dossier: Dossier) -> str:
    """The visa that the plan goes by: the first that is wanted, J-1 where none is named."""
    wanted = dossier.person.visa_wanted or ("J-1",)
    return wanted[0].replace("-", "").lower()
