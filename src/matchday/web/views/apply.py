"""Apply: my list in tiers of taste, with service, fit and signal; its price, and what the budget still holds."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from matchday.dossier.model import Dossier
from matchday.plan.money import Bill, asked_of, bill
from matchday.terms import InputProblem
from matchday.web import applying
from matchday.web.desk import desk
from matchday.web.doubts import directory_changed, doubts
from matchday.web.drawn import drawn
from matchday.web.frame import Setting, answer, setting
from matchday.web.mylist import TIERS, shortlist
from matchday.web.shelf import directory, judged


def apply(request: HttpRequest, *, status: int = 200, budget: str | None = None) -> HttpResponse:
    """The list and its price; `budget` is what was typed and refused."""
    here = setting(request)
    dossier = here.opened.dossier
    rows, made_up = desk().answer(
        "applications", here.opened, here.on, here.season, directory_changed(), get_language(), make=lambda: _rows(here)
    )
    data = {
        "season": here.season,
        "applications": [_row(row) for row in rows],
        "warnings": applying.warnings(dossier, doubts(here).wasted, here.season),
        "signals": applying.signals(rows, here.season),
        "most": dossier.preferences.max_applications,
        "shortlist": len(shortlist(dossier)),
        "money": _money(dossier, here.season),
        "made_up": made_up,
    }
    shown = drawn(
        here, "apply_rows.html", directory_changed(), make=lambda: {"groups": applying.by_tier(rows), "tiers": TIERS}
    )
    response = answer(request, "apply.html", data, rows=shown, refused_budget=budget)
    response.status_code = status
    return response


def _rows(here: Setting) -> tuple[list[applying.Row], bool]:
    """The applications as shown, and whether the directory is made up."""
    dossier = here.opened.dossier
    with directory() as store:
        known = None if store.empty or not dossier.application else judged(here, store)
        return applying.rows(dossier, known, store, here.season), store.made_up


def _row(row: applying.Row) -> dict[str, Any]:
    """One application as JSON has it."""
    return {
        "program": row.entry.program,
        "name": row.about.get("title"),
        "specialty": row.specialty,
        "service": row.entry.service,
        "status": row.entry.status,
        "signal": row.entry.signal,
        "tier": row.tier or None,
        "fit": row.about.get("fit"),
        "made_up": row.about.get("made_up"),
    }


def _money(dossier: Dossier, year: int) -> dict[str, Any]:
    """The bill of the list, or the problem that stands in its way."""
    try:
        found = bill(asked_of(dossier, year))
    except InputProblem as problem:
        return {"problem": {"what": problem.what, "expected": problem.expected, "do": problem.do}}
    return found.as_json() | {
        "applications_usd": _applications(found),
        "services": applying.by_service(found),
        "room": applying.room(found, dossier.preferences.budget_usd),
    }


def _applications(found: Bill) -> int:
    return sum(line.amount_usd or 0 for line in found.lines if line.group == "applications")
