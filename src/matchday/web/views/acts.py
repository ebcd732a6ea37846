"""Acts that are no pages: another day, undo. By POST only."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from matchday.web.desk import desk
from matchday.web.frame import DAY_COOKIE, day_of


def back(request: HttpRequest) -> HttpResponse:
    """To the page that the form was on."""
    return HttpResponseRedirect(local(request.POST.get("back", "")) or reverse("today"))


def local(where: str) -> str:
    """An address of these pages as it is; "" for any other."""
    return where if where.startswith("/") and url_has_allowed_host_and_scheme(where, allowed_hosts=None) else ""


@require_POST
def set_day(request: HttpRequest) -> HttpResponse:
    """Answer as of another day; an empty or unreadable day goes back to today."""
    response = back(request)
    chosen = day_of(request.POST.get("on"))
    if chosen:
        response.set_cookie(DAY_COOKIE, chosen.isoformat(), httponly=True, samesite="Strict")
    else:
        response.delete_cookie(DAY_COOKIE, samesite="Strict")
    return response


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Go back to the file before the last change, and say what that undid."""
    desk().undo()
    return HttpResponseRedirect(reverse("changed"))
