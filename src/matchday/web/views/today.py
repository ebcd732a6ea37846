"""Today: where do I stand, what next, by when, what is in the way - in this order."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse

from matchday.plan.build import Plan
from matchday.plan.calendar import Calendar
from matchday.plan.calendar import calendar as dates
from matchday.web.desk import desk
from matchday.web.doubts import Doubts, doubts, purse_or_problem
from matchday.web.frame import Setting, answer, setting
from matchday.web.purse import Purse
from matchday.web.route import route
from matchday.web.sentence import nothing_known, sentence
from matchday.web.standing import Standing, after_match, standings
from matchday.web.views.plan import Row, rows_of

DATES = 3


def today(request: HttpRequest) -> HttpResponse:
    """The first page: the four questions."""
    here = setting(request)
    report, plan = desk().report(here.opened, here.on), desk().plan(here.opened, here.on)
    season = calendar_of(here)
    ahead = [entry for entry in season.entries if entry.day and entry.day >= here.on][:DATES]
    wrong = doubts(here)
    held, problem = purse_or_problem(here)
    said, unknown = sentence(report, plan), nothing_known(report)
    core = standings(report, plan)
    data = {
        "sentence": list(said),
        "overall": {name: str(verdict) for name, verdict in report.overall.items()},
        "core": [one.finding.as_json() for one in core],
        "ways": {one.finding.id: _way(one) for one in core if one.row},
        "next_steps": _next(plan, rows_of(plan)),
        "dates": [entry.as_json() for entry in ahead],
        "late_after_match": 0 if unknown else after_match(plan),
        "in_the_way": [] if unknown else [{"id": found, "why": why} for found, why in plan.in_the_way],
        "contradictions": [finding.as_json() for finding in wrong.contradictions],
        "wasted": _wasted(wrong),
        "money": _money(held),
    }
    stops = route(report, here.opened.dossier)
    more = {
        "standings": core,
        "still": [one for one in core if not one.settled],
        "said": said,
        "nothing_known": unknown,
        "ahead": ahead,
        "zone": season.zone,
        "wrong": wrong,
        "purse": held,
        "problem": problem,
    }
    return answer(request, "today.html", data, route=stops, empty=not here.opened.digest, **more)


def calendar_of(here: Setting) -> Calendar:
    """The dates of the season aimed at, on the person's own clock too."""
    zone = here.opened.dossier.person.time_zone
    return desk().answer(
        "dates", here.opened, here.on, here.season, make=lambda: dates(here.season, here.on, zone=zone)
    )


def _way(one: Standing) -> dict[str, Any]:
    """The step that is at an open finding now, who has it, and the letter to remind them."""
    step = one.row.step if one.row else None
    return {
        "id": step and step.task.id,
        "title": step and step.task.title,
        "who": step and step.task.who,
        "since": step and step.task.since,
        "fixed": step and step.task.fixed,
        "latest": step and step.latest_finish,
        "to": one.to,
        "nudge": one.nudge and one.nudge.text,
    }


def _next(plan: Plan, rows: list[Row]) -> list[dict[str, Any]]:
    steps = {step.task.id: step for step in plan.tasks}
    letters = {row.step.task.id: asdict(row.nudge) for row in rows if row.nudge}
    return [
        {
            "id": name,
            "title": steps[name].task.title,
            "who": steps[name].task.who,
            "since": steps[name].task.since,
            "days": (plan.on - since).days if (since := steps[name].task.since) else None,
            "fixed": steps[name].task.fixed,
            "latest": steps[name].latest_finish,
            "slack": steps[name].slack,
            "nudge": letters.get(name),
        }
        for name in plan.next[:5]
    ]


def _wasted(wrong: Doubts) -> list[dict[str, Any]]:
    return [
        {"program": one.program, "name": one.name, "why": one.why, "source": one.source, "sent": one.sent}
        for one in wrong.wasted
    ]


def _money(held: Purse | None) -> dict[str, Any] | None:
    if held is None:
        return None
    return {"so_far_usd": held.so_far, "to_come_usd": held.to_come, "at_least": held.at_least}
