"""Take it with you: every file, one page to print, and one file that opens on a phone without anything else."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from matchday.plan.ranges import ranges
from matchday.web.desk import desk
from matchday.web.doubts import directory_changed, doubts, purse_or_problem
from matchday.web.drawn import drawn
from matchday.web.frame import Setting, answer, as_it_is, frame, setting
from matchday.web.parcel import ITEMS, parcel
from matchday.web.route import route
from matchday.web.sentence import sentence
from matchday.web.settings import HERE
from matchday.web.views.calendar import attached
from matchday.web.views.plan import shown
from matchday.web.views.today import calendar_of

CARRIED = "matchday.html"
ALL = "everything.zip"


def take(request: HttpRequest) -> HttpResponse:
    """What there is to take."""
    return answer(request, "take.html", {"files": [*ITEMS, CARRIED, ALL]})


def printed(request: HttpRequest) -> HttpResponse:
    """Everything on one page, for printing."""
    here = setting(request)
    report = desk().report(here.opened, here.on)
    data = {"check": report.as_json(), "plan": desk().plan(here.opened, here.on).as_json()}
    return answer(request, "printed.html", data, whole=_drawn(request, here))


def item(request: HttpRequest, name: str) -> HttpResponse:
    """One file of the list; what is supposed is in none of them."""
    here = as_it_is(setting(request))
    if name == CARRIED:
        return attached(carried(request, here), CARRIED, "text/html")
    if name == ALL:
        return attached(parcel(here, {CARRIED: carried(request, here)}), ALL, "application/zip")
    if name not in ITEMS:
        raise Http404(name)
    return attached(ITEMS[name].make(here), name, ITEMS[name].kind)


def carried(request: HttpRequest, here: Setting) -> bytes:
    """The whole plan as one file: its style inside, no request to anywhere."""
    style = (HERE / "static" / "matchday.css").read_text("utf-8")
    # Our own style sheet, a file of the package.
    text = {"style": mark_safe(style)}  # noqa: S308 -- as said above
    return render_to_string("carried.html", {**frame(request, here), **text, "whole": _drawn(request, here)}).encode()


def _drawn(request: HttpRequest, here: Setting) -> str:
    return drawn(here, "whole.html", directory_changed(), make=lambda: {**frame(request, here), **_whole(here)})


def _whole(here: Setting) -> dict[str, Any]:
    report, plan = desk().report(here.opened, here.on), desk().plan(here.opened, here.on)
    spread = desk().answer("ranges", here.opened, here.on, None, make=lambda: ranges(plan))
    groups: dict[str, list[Any]] = {}
    for finding in report:
        groups.setdefault(finding.body, []).append(finding)
    held, problem = purse_or_problem(here)
    cited = {reading.parameter.id: reading for finding in report for reading in finding.rules}
    return {
        **shown(plan, spread, here),
        "held": False,
        "apart": True,
        "said": sentence(report, plan),
        "route": route(report, here.opened.dossier),
        "bodies": groups.items(),
        "season_dates": calendar_of(here),
        "wrong": doubts(here),
        "purse": held,
        "problem": problem,
        "cited": [cited[name] for name in sorted(cited)],
        "applications": here.opened.dossier.application or (),
    }
