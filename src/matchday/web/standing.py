"""What decides whether a person can be ranked, each with the step that is at it now: what to tell, whom to remind."""

from dataclasses import dataclass

from matchday.dossier.model import Dossier
from matchday.plan.build import Plan
from matchday.rules import Finding, Report
from matchday.web.nudge import Nudge, nudge
from matchday.web.obstacles import SETTLED
from matchday.web.views.plan import Row, rows_of

# In the order of the way, each with the steps that lead to it.
WAYS: dict[str, tuple[str, ...]] = {
    **{f"{exam}.passed": tuple(f"{exam}.{part}" for part in ("register", "permit", "exam", "score"))
       for exam in ("step1", "step2ck")},
    "exams.window": (),
    "clinical_skills": ("pathway.apply", "pathway.licence", "pathway.attestation", "pathway.encounters", "pathway.accepted"),
    "communication_skills": ("oet.exam", "oet.result"),
    "degree.verified": ("degree", "diploma"),
}  # fmt: skip
GOING = ("open", "waiting")


@dataclass(frozen=True, slots=True)
class Standing:
    """A finding; while it is not settled the step that is at it now, and the letter to whoever holds that step."""

    finding: Finding
    settled: bool
    row: Row | None
    nudge: Nudge | None


def standings(report: Report, plan: Plan, dossier: Dossier) -> list[Standing]:
    """What decides, in the order of the way."""
    rows = {row.step.task.id: row for row in rows_of(plan)}
    return [
        _standing(report[name], [rows[task] for task in way if task in rows], plan, dossier)
        for name, way in WAYS.items()
    ]


def _standing(finding: Finding, rows: list[Row], plan: Plan, dossier: Dossier) -> Standing:
    settled = finding.verdict in SETTLED
    now = None if settled else next((row for row in rows if row.step.status in GOING), next(iter(rows), None))
    return Standing(finding, settled, now, nudge(now.step, plan, dossier) if now else None)
