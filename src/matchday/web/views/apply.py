"""Apply: my list in tiers of taste, with service, fit and signal; its price, and what the budget still holds."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from matchday.dossier import edit
from matchday.dossier.model import Dossier
from matchday.plan.money import Bill, asked_of, bill
from matchday.terms import InputProblem
from matchday.web import applying
from matchday.web.desk import desk
from matchday.web.frame import answer, setting
from matchday.web.mylist import TIERS, placed, shortlist, tier_of, without
from matchday.web.shelf import directory, judged


def apply(request: HttpRequest) -> HttpResponse:
    """The list and its price."""
    here = setting(request)
    dossier = here.opened.dossier
    with directory() as store:
        known = None if store.empty or not dossier.application else judged(here, store)
        rows = applying.rows(dossier, known, store, here.season)
        made_up = store.made_up
    data = {
        "season": here.season,
        "applications": [_row(row) for row in rows],
        "warnings": applying.warnings(dossier, rows, here.season),
        "signals": applying.signals(rows, here.season),
        "most": dossier.preferences.max_applications,
        "shortlist": len(shortlist(dossier)),
        "money": _money(dossier, here.season),
        "made_up": made_up,
    }
    return answer(request, "apply.html", data, groups=applying.by_tier(rows), tiers=TIERS)


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


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Write the tiers and signals of the form, then take off what was ticked."""
    before = desk().read().dossier
    count = len(before.application or ())
    dossier = before
    for at in range(count):
        dossier = _changed(request, before, dossier, at)
    for at in reversed(range(count)):
        if f"remove-{at}" in request.POST:
            dossier = without(dossier, at)
    desk().write(dossier, request.POST.get("digest", ""))
    return HttpResponseRedirect(reverse("apply"))


def _changed(request: HttpRequest, before: Dossier, dossier: Dossier, at: int) -> Dossier:
    """The dossier with the tier and the signal of one row of the form; a row that the form lacks stays as it is."""
    entry = (before.application or ())[at]
    tier, signal = request.POST.get(f"tier-{at}"), request.POST.get(f"signal-{at}")
    if tier is not None and entry.program and tier != tier_of(before, entry.program):
        dossier = placed(dossier, entry.program, tier)
    if signal is not None and signal != (entry.signal or ""):
        dossier = edit.change(dossier, "application", at, signal=signal or None)
    return dossier


@require_POST
def budget(request: HttpRequest) -> HttpResponse:
    """Write the budget of the season in whole dollars; an empty one is not known."""
    text = request.POST.get("budget", "").strip().replace(",", "").removeprefix("$")
    if text and not (text.isascii() and text.isdigit() and len(text) < 9):
        raise InputProblem(f"the budget {text[:20]!r}", expected="whole dollars", do="write, for instance, 2000")
    dossier = edit.set_preferences(desk().read().dossier, budget_usd=int(text) if text else None)
    desk().write(dossier, request.POST.get("digest", ""))
    return HttpResponseRedirect(reverse("apply"))
