"""Reading offline: what is kept in this browser, by whose wish, and how to clear it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from matchday.web.frame import KEEP_COOKIE, answer

YEAR = 365 * 24 * 3600


def offline(request: HttpRequest) -> HttpResponse:
    """Says how it works; it is also what is shown for a page that was not kept."""
    return answer(request, "offline.html", {"kept": request.COOKIES.get(KEEP_COOKIE) != "no"})


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep pages again."""
    response = HttpResponseRedirect(reverse("offline"))
    response.delete_cookie(KEEP_COOKIE, samesite="Strict")
    return response


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Clear what this browser has kept, and keep no more."""
    response = HttpResponseRedirect(reverse("offline"))
    # The browser itself clears the kept pages and ends the worker; no script of ours is needed for it.
    response["Clear-Site-Data"] = '"cache", "storage"'
    response.set_cookie(KEEP_COOKIE, "no", httponly=True, samesite="Strict", max_age=YEAR)
    return response
