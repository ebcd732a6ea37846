"""Pages for what went wrong: what happened, what to do."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from matchday.terms import InputProblem
from matchday.web.desk import desk
from matchday.web.views.told import sent


def _page(request: HttpRequest, status: int, what: str, do: str) -> HttpResponse:
    # Without the frame: the fault may be in the very file that the frame is made from.
    return HttpResponse(render_to_string("fault.html", {"what": what, "do": do, "status": status}), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return _page(request, 400, _("This request could not be read."), _("Go back and try again."))


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that did not come from these pages."""
    return _page(
        request,
        403,
        _("This form did not come from this start of the program."),
        _("Open the page again and send it once more."),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return _page(request, 404, _("There is no such page."), _("Choose one from the menu."))


def server_error(request: HttpRequest) -> HttpResponse:
    """500. Nothing of what happened is shown, and nothing is half written."""
    return _page(
        request,
        500,
        _("The program has made a mistake. Your file is as it was before."),
        _("Go back; please report what you did."),
    )


def unreadable(request: HttpRequest, problem: InputProblem) -> HttpResponse:
    """The dossier file cannot be read: which file and line, what was expected, what to do."""
    return _told(request, problem, _("Your file cannot be read just now"), whole=True)


def refused(request: HttpRequest, problem: InputProblem) -> HttpResponse:
    """Bad input: what was wrong, what to do. Nothing was changed."""
    return _told(request, problem, _("This was not done"), whole=False)


def _told(request: HttpRequest, problem: InputProblem, title: str, *, whole: bool) -> HttpResponse:
    told = {name: getattr(problem, name) for name in ("what", "expected", "do", "file", "line")}
    if request.GET.get("format") == "json":
        return JsonResponse({"problem": told}, status=409)
    more = {
        "problem": told,
        "title": title,
        "whole": whole,
        "can_undo": whole and bool(desk().versions()),
        "sent": sent(request),
    }
    return HttpResponse(render_to_string("unreadable.html", {**more, "csrf_token": get_token(request)}), status=409)
