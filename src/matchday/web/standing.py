"""What decides whether a person can be ranked, each with the step that is at it now: what to tell, whom to remind."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from matchday.plan.build import Plan
from matchday.rules import Finding, Report
from matchday.web.nudge import Nudge
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
    """A finding; while it is not settled the step that is at it now, and the letter to whoever holds that step.

    `row` is the first step that can be done now: one of the way itself, or one that the way waits for. Then `to` is the
    title of the step it leads to, else "". `again`: the same step was named by a finding before.
    """

    finding: Finding
    settled: bool
    row: Row | None
    to: str
    again: bool
    nudge: Nudge | None


def standings(report: Report, plan: Plan) -> list[Standing]:
    """What decides, in the order of the way."""
    rows = {row.step.task.id: row for row in rows_of(plan)}
    certified = report["certificate"].verdict in SETTLED  # asks for none of it again
    found: list[Standing] = []
    for name, way in WAYS.items():
        named = {one.row.step.task.id for one in found if one.row}
        found.append(_standing(report[name], [rows[task] for task in way if task in rows], rows, named, certified))
    return found


def _standing(
    finding: Finding, way: list[Row], rows: Mapping[str, Row], named: Collection[str], certified: bool
) -> Standing:
    settled = certified or finding.verdict in SETTLED
    aim = None if settled else next((row for row in way if row.step.status in GOING), next(iter(way), None))
    if aim is None:
        return Standing(finding, settled, None, "", False, None)
    now = _going(aim, rows) or aim
    to = "" if now is aim else aim.step.task.title
    again = now.step.task.id in named
    return Standing(finding, settled, now, to, again, None if again else now.nudge)


def _going(row: Row, rows: Mapping[str, Row]) -> Row | None:
    """The first step that is open or under way, back along what a step needs; None where all of it waits for a day."""
    if row.step.status in GOING:
        return row
    before = (_going(rows[need], rows) for need in row.step.task.needs if need in rows)
    return next((found for found in before if found), None)


def after_match(plan: Plan) -> int:
    """How many days too late the steps after the Match would end at the usual pace; 0 when not, or when more is late."""
    late = {step.task.id: -step.slack for step in plan.tasks if step.slack is not None and step.slack < 0}
    late.pop("match", None)  # Match Day itself stands
    after = {"match"}
    for step in plan.tasks:  # each stands after what it needs
        if after & set(step.task.needs):
            after.add(step.task.id)
    return max(late.values(), default=0) if late.keys() <= after else 0
