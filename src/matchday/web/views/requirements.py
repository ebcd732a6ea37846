"""Requirements: every finding by body, with its why, its rule, its history and its source."""

from collections.abc import Collection
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from matchday.rules import Finding, Report
from matchday.rules.evaluate import season_of
from matchday.terms import Verdict
from matchday.web.desk import desk
from matchday.web.drawn import drawn
from matchday.web.frame import Setting, answer, setting
from matchday.web.obstacles import AGAINST, SETTLED, obstacles
from matchday.web.rows import Row, row
from matchday.web.suppose import DATED, KINDS, VISAS, Kind, Supposition

SEASONS_AHEAD = 3
# The filters; "aside" are the answers "no" that do not matter on this person's way, or only follow from another.
SHOWN = {
    "": _("All"),
    "way": _("In the way"),
    "unknown": _("Not known"),
    "done": _("Done"),
    "aside": _("No obstacle of its own"),
}


def requirements(request: HttpRequest, *, refused: tuple[Supposition, str] | None = None) -> HttpResponse:
    """All findings, grouped by body; `?show=way|unknown|done|aside` keeps some, `?open=` opens one or "all".

    `refused` is what cannot be supposed, and why: it is told at its form.
    """
    here = setting(request)
    report = desk().report(here.opened, here.on)
    kept = sorted_out(report, obstacles(report, here.opened.dossier))
    show = request.GET.get("show", "")
    findings = kept.get(show, kept[""])
    counts = {name or "all": len(found) for name, found in kept.items()}
    data = {"findings": [finding.as_json() for finding in findings], "counts": counts}
    opened = request.GET.get("open", "")
    if opened != "all" and not any(opened == finding.id for finding in findings):
        opened = ""
    rows = drawn(
        here, "requirements_rows.html", show, opened, make=lambda: _rows(findings, here, kept["aside"], opened)
    )
    filters = [(name, SHOWN[name], len(found)) for name, found in kept.items() if found or not name]
    more = {"rows": rows, "show": show, "open": opened == "all", "filters": filters}
    response = answer(request, "requirements.html", data, **more, **_suppositions(request, here, refused))
    response.status_code = 409 if refused else 200
    return response


def sorted_out(report: Report, against: Collection[str]) -> dict[str, list[Finding]]:
    """The findings of each filter, in their order."""
    every = list(report)
    return {
        "": every,
        "way": [one for one in every if one.id in against],
        "unknown": [one for one in every if one.verdict is Verdict.UNKNOWN],
        "done": [one for one in every if one.verdict in SETTLED],
        "aside": [one for one in every if one.verdict in AGAINST and one.id not in against],
    }


def _suppositions(request: HttpRequest, here: Setting, refused: tuple[Supposition, str] | None) -> dict[str, Any]:
    """What the forms of the what-if offer; `?suppose=` opens them at one kind."""
    forms: dict[str, list[tuple[str, Kind]]] = {}
    for what, kind in KINDS.items():
        forms.setdefault(kind.form, []).append((what, kind))
    seasons = range(season_of(desk().read().dossier, here.today), here.season + SEASONS_AHEAD + 1)
    asked = request.GET.get("suppose", "")
    told = {one.what: one.value for one in here.opened.supposed}
    wrong = {}
    if refused:
        supposition, why = refused
        value = supposition.value if supposition.value.isprintable() else ""  # halves of characters cannot be sent
        asked, told[supposition.what] = supposition.what, value
        wrong = {"form": KINDS[asked].form, "why": why, "day": supposition.day, "value": value}
    return {
        "wrong": wrong,
        "told": told,
        "suppositions": forms,
        "asked": asked,
        "visas": VISAS,
        "seasons": seasons,
        "dated": DATED,
    }


def _rows(findings: list[Finding], here: Setting, aside: list[Finding], opened: str) -> dict[str, Any]:
    """The findings by body, each as a row to open."""
    groups: dict[str, list[Row]] = {}
    written = desk().read().dossier
    for finding in findings:
        groups.setdefault(finding.body, []).append(row(finding, here.opened.dossier, here.on, written))
    return {"groups": groups.items(), "aside": [finding.id for finding in aside], "open": opened}
