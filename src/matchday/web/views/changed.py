"""What changed: after a save, and after going back to an earlier state."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from matchday.web import changes
from matchday.web.desk import desk
from matchday.web.frame import answer, setting
from matchday.web.views.acts import local


def changed(request: HttpRequest) -> HttpResponse:
    """The last change of the file: which facts, and which answers moved with them."""
    change, on = desk().change(), setting(request).on
    data: dict[str, Any] = {"back": False, "facts": [], "findings": [], "chances": []}
    if change:
        data = changes.as_json(change, desk(), on)
    # Saved beside a change that somebody else made meanwhile, on the way to this page.
    data["beside"] = local(request.GET.get("beside", ""))
    steps = {"undo": desk().step(desk().earlier()), "redo": desk().step(desk().later())}
    for name, step in steps.items():
        data[name] = changes.told(step) if step else None
    return answer(request, "changed.html", data, change=change)


@require_POST
def redo(request: HttpRequest) -> HttpResponse:
    """Bring back the state that undo left."""
    desk().redo()
    return HttpResponseRedirect(reverse("changed"))
