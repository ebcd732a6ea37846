"""Money: the bill of the season line by line with its sources, the price of the next program, where prices jump."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from matchday.plan.money import asked_of
from matchday.web.curve import curves
from matchday.web.desk import desk
from matchday.web.frame import answer, day_of, setting
from matchday.web.purse import Purse, Rate, outside, purse, rate, rate_of

RATE_COOKIE = "matchday-rate"
GROUPS: dict[str, Any] = {
    "token": _("Entry to the services"),
    "transcript": _("Transcripts"),
    "applications": _("Applications"),
    "registration": _("Registration for the Match"),
    "late": _("Late fee"),
    "couple": _("Couple"),
    "ranks": _("Rank list"),
    "supplemental_ranks": _("Supplemental rank lists"),
}


def money(request: HttpRequest) -> HttpResponse:
    """The bill of the season of the dossier, or of `?season=`."""
    from matchday.web.views.plan import season_asked

    here = setting(request)
    year = season_asked(request) or here.season
    dossier = here.opened.dossier
    held = desk().answer("purse", here.opened, year, make=lambda: purse(dossier, year))
    typed = rate_of(request.COOKIES.get(RATE_COOKIE, ""))
    other = outside(here.on, year)
    data = {
        **held.bill.as_json(),
        "so_far_usd": held.so_far,
        "to_come_usd": held.to_come,
        "home": _home(held, typed),
        "outside": [one.as_json() for one in other],
    }
    return answer(
        request,
        "money.html",
        data,
        purse=held,
        bill=held.bill,
        groups=[(GROUPS[name], list(lines)) for name, lines in groupby(held.bill.lines, key=lambda line: line.group)],
        curves=curves(asked_of(dossier, year), dossier.preferences.specialties or ()),
        other=other,
        rate=typed,
        currency=dossier.preferences.home_currency or "",
    )


def _home(held: Purse, typed: Rate | None) -> dict[str, str] | None:
    if typed is None:
        return None
    return {
        "currency": typed.currency,
        "rate": str(typed.units),
        "day": typed.day.isoformat(),
        "total": typed.of(held.bill.total_usd),
        "so_far": typed.of(held.so_far),
        "to_come": typed.of(held.to_come),
    }


@require_POST
def set_rate(request: HttpRequest) -> HttpResponse:
    """Keep the typed rate with its day in a cookie; an empty form forgets it."""
    response = HttpResponseRedirect(reverse("money"))
    currency, units = request.POST.get("currency", ""), request.POST.get("rate", "")
    if not units.strip():
        response.delete_cookie(RATE_COOKIE, samesite="Strict")
        return response
    typed = rate(currency, units, day_of(request.POST.get("day")))
    response.set_cookie(RATE_COOKIE, str(typed), httponly=True, samesite="Strict", max_age=365 * 24 * 3600)
    return response
