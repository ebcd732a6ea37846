"""Requirements: every finding by body, with its why, its rule, its history and its source."""

from django.http import HttpRequest, HttpResponse

from matchday.web.desk import desk
from matchday.web.frame import answer, setting
from matchday.web.rows import Row, row

FILTERS = {"way": ("not_met", "at_risk"), "unknown": ("unknown",), "done": ("met", "not_needed")}


def requirements(request: HttpRequest) -> HttpResponse:
    """All findings, grouped by body; `?show=way|unknown|done` keeps some."""
    here = setting(request)
    report = desk().report(here.opened, here.on)
    show = request.GET.get("show", "")
    wanted = FILTERS.get(show)
    findings = [finding for finding in report if wanted is None or finding.verdict in wanted]
    groups: dict[str, list[Row]] = {}
    for finding in findings:
        groups.setdefault(finding.body, []).append(row(finding, here.opened.dossier, here.on))
    data = {"findings": [finding.as_json() for finding in findings]}
    return answer(
        request, "requirements.html", data, groups=groups.items(), show=show, open=request.GET.get("open") == "all"
    )
