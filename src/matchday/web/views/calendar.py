"""Calendar: the dates of a season as their owners state them, on two clocks, and as files for a phone's calendar."""

from django.http import HttpRequest, HttpResponse

from matchday.plan.calendar import Calendar
from matchday.plan.calendar import calendar as dates
from matchday.web.desk import desk
from matchday.web.frame import answer, setting
from matchday.web.views.plan import season_asked


def _found(request: HttpRequest) -> Calendar:
    here = setting(request)
    return dates(season_asked(request) or here.season, here.on, zone=here.opened.dossier.person.time_zone)


def calendar(request: HttpRequest) -> HttpResponse:
    """Every date of the season, soonest first; those that nobody found stand last."""
    found = _found(request)
    return answer(
        request,
        "calendar.html",
        found.as_json(),
        calendar=found,
        missing=found.not_found,
        unpublished=any(one.event.date is None and one.day for one in found.entries),
    )


def calendar_ics(request: HttpRequest) -> HttpResponse:
    """The dates of the season as a calendar file."""
    from matchday.plan.ics import to_ics

    found = _found(request)
    return attached(to_ics(found.entries, found.season, found.on), f"match-{found.season}.ics", "text/calendar")


def plan_ics(request: HttpRequest) -> HttpResponse:
    """The dates of the season and the latest day of each open step as a calendar file."""
    from matchday.plan.ics import plan_to_ics

    here = setting(request)
    found = desk().plan(here.opened, here.on, season_asked(request))
    return attached(plan_to_ics(found), f"my-way-to-match-{found.season}.ics", "text/calendar")


def attached(content: bytes | str, name: str, kind: str) -> HttpResponse:
    """A file to keep, under a name made by the program."""
    return HttpResponse(
        content,
        content_type=f"{kind}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
