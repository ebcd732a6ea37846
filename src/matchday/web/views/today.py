"""Today: where do I stand, what next, by when, what is in the way - in this order."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from matchday.plan.build import Plan
from matchday.rules import Finding, Report
from matchday.web.charts import route
from matchday.web.desk import desk
from matchday.web.frame import answer, setting

# What decides whether this person can be ranked, in the order of the way.
CORE = ("step1.passed", "step2ck.passed", "exams.window", "clinical_skills", "communication_skills", "degree.verified")


def today(request: HttpRequest) -> HttpResponse:
    """The first page: the four questions."""
    here = setting(request)
    report, plan = desk().report(here.opened, here.on), desk().plan(here.opened, here.on)
    data = {
        "overall": {name: str(verdict) for name, verdict in report.overall.items()},
        "core": [report[name].as_json() for name in CORE],
        "next_steps": _next(plan),
        "dates": [dated.as_json() for dated in plan.milestones if dated.day and dated.day >= here.on][:3],
        "in_the_way": [{"id": found, "why": why} for found, why in plan.in_the_way],
        "contradictions": [finding.as_json() for finding in _contradictions(report)],
    }
    return answer(request, "today.html", data, route=route(report), empty=not here.opened.digest)


def _next(plan: Plan) -> list[dict[str, Any]]:
    steps = {step.task.id: step for step in plan.tasks}
    return [
        {
            "id": name,
            "title": steps[name].task.title,
            "who": steps[name].task.who,
            "since": steps[name].task.since,
            "days": (plan.on - since).days if (since := steps[name].task.since) else None,
            "latest": steps[name].latest_finish,
            "slack": steps[name].slack,
        }
        for name in plan.next[:5]
    ]


def _contradictions(report: Report) -> list[Finding]:
    return [finding for finding in report if finding.id.startswith("dossier.")]
