"""Reading offline: pages that were seen are kept in this browser, until the owner wishes none, and can be cleared."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from matchday.web import address
from matchday.web.desk import desk
from matchday.web.frame import answer


def offline(request: HttpRequest) -> HttpResponse:
    """Says how it works; it is also what is shown for a page that was not kept."""
    port = address.remembered(desk().path)
    other = port if port not in (None, desk().port) else None  # it was taken when the program was started
    return answer(request, "offline.html", {"kept": desk().keeps_pages, "other": other, "same": port == desk().port})


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep pages from now on, and come back at this address."""
    address.remember(desk().path, desk().port)
    return HttpResponseRedirect(reverse("offline"))


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Clear what this browser has kept, and keep no more."""
    address.forget(desk().path)
    response = HttpResponseRedirect(reverse("offline"))
    # The browser itself clears the kept pages and ends the worker; no script of ours is needed for it.
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response
