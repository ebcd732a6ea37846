"""Requirements: every finding by body, with its why, its rule, its history and its source."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from matchday.rules import Finding
from matchday.rules.evaluate import season_of
from matchday.web.desk import desk
from matchday.web.drawn import drawn
from matchday.web.frame import Setting, answer, setting
from matchday.web.rows import Row, row
from matchday.web.suppose import DATED, KINDS, VISAS, Kind

SEASONS_AHEAD = 3
FILTERS = {"way": ("not_met", "at_risk"), "unknown": ("unknown",), "done": ("met", "not_needed")}


def requirements(request: HttpRequest) -> HttpResponse:
    """All findings, grouped by body; `?show=way|unknown|done` keeps some."""
    here = setting(request)
    report = desk().report(here.opened, here.on)
    show = request.GET.get("show", "")
    wanted = FILTERS.get(show)
    findings = [finding for finding in report if wanted is None or finding.verdict in wanted]
    data = {"findings": [finding.as_json() for finding in findings]}
    opened = request.GET.get("open") == "all"
    rows = drawn(here, "requirements_rows.html", show, opened, make=lambda: _rows(findings, here) | {"open": opened})
    return answer(request, "requirements.html", data, rows=rows, show=show, open=opened, **_suppositions(request, here))


def _suppositions(request: HttpRequest, here: Setting) -> dict[str, Any]:
    """What the forms of the what-if offer; `?suppose=` opens them at one kind."""
    forms: dict[str, list[tuple[str, Kind]]] = {}
    for what, kind in KINDS.items():
        forms.setdefault(kind.form, []).append((what, kind))
    seasons = range(season_of(desk().read().dossier, here.today), here.season + SEASONS_AHEAD + 1)
    asked = request.GET.get("suppose", "")
    return {"suppositions": forms, "asked": asked, "visas": VISAS, "seasons": seasons, "dated": DATED}


def _rows(findings: list[Finding], here: Setting) -> dict[str, Any]:
    """The findings by body, each as a row to open."""
    groups: dict[str, list[Row]] = {}
    written = desk().read().dossier
    for finding in findings:
        groups.setdefault(finding.body, []).append(row(finding, here.opened.dossier, here.on, written))
    return {"groups": groups.items()}
