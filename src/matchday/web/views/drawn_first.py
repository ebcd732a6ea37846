"""Pages that need the directory: while the made-up one is being drawn they say so, and look again by themselves."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from matchday.web.drawing import drawing
from matchday.web.frame import answer, setting

PATIENCE = 0.4  # seconds that a page waits before it says so
AGAIN = "1"  # seconds until the browser looks again


def needs_directory(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view when there is a directory to read; else the page that says that it is being drawn."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        today = setting(request).today
        if drawing.begin(today) or (drawing.wait(PATIENCE) and drawing.begin(today)):
            return view(request, *args, **more)
        response = answer(request, "drawing.html", {"drawing": True, "seconds": drawing.seconds})
        response.status_code = 202
        response["Refresh"] = AGAIN
        return response

    return page
