"""Who may come in, and what every answer carries: launch token, loopback hosts, strict headers."""

import secrets
from collections.abc import Callable

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from matchday.terms import InputProblem
from matchday.web.desk import desk

View = Callable[[HttpRequest], HttpResponse]
KEPT = "Matchday-Kept"  # the header of a page that the worker may keep

# Nothing from elsewhere, nothing inline.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
# Read without the token: they hold nothing personal, and a browser asks for some of them without cookies.
OPEN = ("/static/",)
# Keeps pages for reading offline, and may do so for all of them.
WORKER = "/static/worker.js"
UNDO = "/undo"


def cookie_of(request: HttpRequest) -> str:
    """The name of the cookie that holds the token: one for each port, for a browser keeps cookies by host alone."""
    return f"matchday-{request.META['SERVER_PORT']}"


class Headers:
    """Every answer carries the strict headers; pages are never kept by shared caches."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers to the answer."""
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.setdefault(name, value)
        if request.path == WORKER:
            response["Service-Worker-Allowed"] = "/"
        if not request.path.startswith(OPEN):
            response.setdefault("Cache-Control", "no-store")
            if desk().keeps_pages:
                response[KEPT] = desk().mark
        return response


class KnownHost:
    """A request that names another host is refused with 400, so that no page elsewhere can reach in by a trick of names."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let a loopback host through."""
        try:
            request.get_host()
        except DisallowedHost:
            return HttpResponse("This address is not served here.", status=400, content_type="text/plain")
        return self.get_response(request)


class LaunchToken:
    """Whoever comes without the token of this start is refused with 403; the opening address carries it once."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Take the token from the address into a cookie, or check the cookie."""
        token = desk().token
        if request.path.startswith(OPEN):
            return self.get_response(request)
        given = request.GET.get("token", "")
        if request.method == "GET" and given and secrets.compare_digest(given.encode(), token.encode()):
            rest = request.GET.copy()
            del rest["token"]
            response = HttpResponseRedirect(request.path + (f"?{rest.urlencode()}" if rest else ""))
            response.set_cookie(cookie_of(request), token, httponly=True, samesite="Strict")
            return response
        if secrets.compare_digest(request.COOKIES.get(cookie_of(request), "").encode(), token.encode()):
            return self.get_response(request)
        return HttpResponse(
            "Open the address that `matchday serve` printed: it carries the key of this start.",
            status=403,
            content_type="text/plain",
        )


class Language(LocaleMiddleware):
    """The language of the cookie for people; data for programs is the same, English, in every language."""

    def process_request(self, request: HttpRequest) -> None:
        """Choose the language of the answer."""
        if request.GET.get("format") == "json":
            translation.activate("en")
        else:
            super().process_request(request)


class Readable:
    """While the file cannot be read, every page says so with the line and what to do; nothing else is done.

    Only going back to an earlier state is let through, for it mends the file without reading it.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the file first."""
        if not request.path.startswith((*OPEN, UNDO)):
            try:
                desk().read()
            except InputProblem as problem:
                return _unreadable(request, problem)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Bad input that a page did not answer itself, and a file that broke while the page was made."""
        if not isinstance(exception, InputProblem):
            return None
        try:
            desk().read()
        except InputProblem as problem:
            return _unreadable(request, problem)
        from matchday.web.views import faults

        return faults.refused(request, exception)


def _unreadable(request: HttpRequest, problem: InputProblem) -> HttpResponse:
    from matchday.web.views import faults  # it loads the pages, which a start need not wait for

    return faults.unreadable(request, problem)
