"""What every page stands in: whose dossier, which season, as of which day, the menu, what is unknown."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from matchday.rules import rules
from matchday.rules.evaluate import season_of
from matchday.web.desk import Opened, desk

DAY_COOKIE = "matchday-day"
YEARS = range(1900, 2200)
# Languages that somebody who speaks them has read through; the others say on each page that nobody has.
REVIEWED = ("en",)
# Pages that every language has whole; the others say that they are translated in part.
WHOLE = ("today", "requirements", "plan", "offline", "start", "facts", "facts_part", "facts_new", "facts_row", "changed",
         "calendar", "money", "take", "printed", "match", "trial")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the menu: the name of the view, its title, translated when shown, and the document that helps with it."""

    view: str
    title: Callable[[], str]
    help: str


# The menu in the order of the journey; a page that is not built yet has no entry.
MENU = (
    Entry("today", lambda: _("Today"), "start/first-steps"),
    Entry("requirements", lambda: _("Requirements"), "start/reading-an-answer"),
    Entry("plan", lambda: _("Plan"), "guide/plan"),
    Entry("programs", lambda: _("Programs"), "guide/programs"),
    Entry("apply", lambda: _("Apply"), "guide/programs"),
    Entry("calendar", lambda: _("Calendar"), "guide/plan"),
    Entry("money", lambda: _("Money"), "guide/money"),
    Entry("match", lambda: _("Try the Match"), "guide/try-the-match"),
    Entry("facts", lambda: _("My facts"), "guide/my-facts"),
    Entry("guide", lambda: _("Check a guide"), "guide/check-a-guide"),
    Entry("sources", lambda: _("Sources"), "start/reading-an-answer"),
    Entry("take", lambda: _("Take it with you"), "guide/offline"),
    Entry("help", lambda: _("Help"), ""),
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a view answers from: the file with what is supposed, and the asked day."""

    opened: Opened
    today: dt.date
    on: dt.date

    @property
    def what_if(self) -> bool:
        """Whether another day than today is asked about, or something is supposed."""
        return self.on != self.today or bool(self.opened.supposed)

    @property
    def season(self) -> int:
        """The season aimed at."""
        return season_of(self.opened.dossier, self.on)


def setting(request: HttpRequest) -> Setting:
    """The file and the day of a request: `?on=`, else the what-if day of the cookie, else today."""
    today = desk().clock().astimezone().date()
    on = day_of(request.GET.get("on")) or day_of(request.COOKIES.get(DAY_COOKIE)) or today
    return Setting(desk().believed(desk().read()), today, on)


def as_it_is(here: Setting) -> Setting:
    """The same without what is supposed, for files that are carried away."""
    return replace(here, opened=desk().read())


def day_of(text: str | None) -> dt.date | None:
    """The day in a text such as 2026-11-22, of the years that rules can speak of, or None."""
    try:
        day = dt.date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if day.year in YEARS else None


def answer(request: HttpRequest, template: str, data: dict[str, Any], **more: Any) -> HttpResponse:
    """The page, or with `?format=json` the data it is made from."""
    if request.GET.get("format") == "json":
        return JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
    return render(request, template, {**data, **more})


def frame(request: HttpRequest, here: Setting | None = None) -> dict[str, Any]:
    """The context of every template: name, season, day, menu, undo, sources."""
    if request.path.startswith("/static/"):
        return {}
    here = here or setting(request)
    known = rules()
    read = [c.read_on for p in known.parameters.values() for value in p.values for c in value.citations]
    return {
        "owner": here.opened.dossier.person.name or _("Your dossier"),
        "season": here.season,
        "on": here.on,
        "today": here.today,
        "what_if": here.what_if,
        "supposed": here.opened.supposed,
        "menu": [{"url": reverse(entry.view), "title": entry.title(), "view": entry.view} for entry in MENU],
        "about": next((entry.help for entry in MENU if entry.view == _view(request)), ""),
        "unreviewed": get_language() not in REVIEWED,
        "partly": get_language() not in REVIEWED and _view(request) not in WHOLE,
        "can_undo": bool(desk().versions()),
        "moment": desk().clock().astimezone(),
        "keep_pages": desk().keeps_pages,
        # A form that is shown again keeps the digest it was made on, so that no conflict is missed after a slip.
        "digest": request.POST.get("digest", here.opened.digest),
        "sources_read": max(read),
        "unknown_count": sum(finding.verdict == "unknown" for finding in desk().report(here.opened, here.on)),
    }


def _view(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""
