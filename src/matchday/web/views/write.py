"""The one way in which a page writes the file: never over a change that somebody else made meanwhile, unless told to.

Each form carries the digest of the file that its page was made from. When the file is another by now, the change is made
on the newer file if it does the same there. If both want the same place, both values are shown, with "write mine" and
"keep the file"; the page then carries everything that was sent, and in `over` the digest of the file that it showed.
"""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from matchday.dossier.keep import Conflict
from matchday.dossier.model import Dossier
from matchday.terms import InputProblem
from matchday.web.changes import facts
from matchday.web.desk import Opened, desk
from matchday.web.forms.meet import differences
from matchday.web.frame import answer
from matchday.web.views.told import sent, told

Changing = Callable[[Dossier], Dossier]
Refused = Callable[[HttpRequest, InputProblem], HttpResponse]


def made_on(request: HttpRequest) -> Opened | None:
    """The file as it was when the page of a form was made; None when that state is not known any more."""
    return desk().seen(request.POST.get("digest", ""))


def write(
    request: HttpRequest,
    change: Changing,
    *,
    home: str,
    then: str | Callable[[Dossier], str] = "",
    refused: Refused = told,
) -> HttpResponse:
    """Make the change and go on to `then`, else to `home`, the page of the form; 409 with both values if they meet.

    `refused` answers a change that cannot be made at all.
    """
    now, digest = desk().read(), request.POST.get("digest", "")
    if digest and not now.digest:
        return refused(request, _gone())
    try:
        wanted = change(now.dossier)
    except InputProblem as problem:
        return _too_late(request, change, now, home, problem) or refused(request, problem)
    if now.digest not in (digest, request.POST.get("over")) and not _same(made_on(request), change, now, wanted):
        return _both(request, now, home, _rows(now.dossier, wanted))
    try:
        if wanted != now.dossier:
            desk().write(wanted, now.digest)
    except Conflict:
        return write(request, change, home=home, then=then, refused=refused)  # somebody was quicker: look again
    except InputProblem as problem:
        return refused(request, problem)
    beside = wanted != now.dossier and now.digest != digest and "over" not in request.POST
    on = (then if isinstance(then, str) else then(wanted)) or home
    return HttpResponseRedirect(f"{reverse('changed')}?{urlencode({'beside': on})}" if beside else on)


def _gone() -> InputProblem:
    """A file that was there when the page was made: a new one with the change alone would lose the rest."""
    return InputProblem(
        _("your file is not at its place any more"), expected=_("the file that this page was made from"),
        do=_("bring the file back and send this again"), file=str(desk().path),
    )  # fmt: skip


def _same(base: Opened | None, change: Changing, now: Opened, wanted: Dossier) -> bool:
    """Whether the change does nothing on the newer file that it did not do on the one it was made for."""
    if wanted == now.dossier:
        return True
    try:
        return base is not None and not differences(now.dossier, wanted) - differences(
            base.dossier, change(base.dossier)
        )
    except InputProblem:  # it could not be made there
        return False


def _too_late(
    request: HttpRequest, change: Changing, now: Opened, home: str, problem: InputProblem
) -> HttpResponse | None:
    """What was wanted, where only a change made meanwhile stands in its way; None where it could never be done."""
    base = made_on(request)
    if base is None or base.digest == now.digest:
        return None
    try:
        wanted = change(base.dossier)
    except InputProblem:
        return None
    return _both(request, now, home, _rows(base.dossier, wanted), problem)


def _rows(before: Dossier, wanted: Dossier) -> list[dict[str, str]]:
    return [
        {"entry": fact.entry, "field": fact.field, "file": fact.before, "yours": fact.now}
        for fact in facts(before, wanted)
    ]


def _both(
    request: HttpRequest, now: Opened, home: str, rows: list[dict[str, str]], problem: InputProblem | None = None
) -> HttpResponse:
    """The file's value and the wanted one of all that the change would touch; nothing has been written."""
    base = made_on(request)
    data: dict[str, Any] = {
        "conflict": rows,
        "meanwhile": [] if base is None else [asdict(fact) for fact in facts(base.dossier, now.dossier)],
        "problem": problem and {name: getattr(problem, name) for name in ("what", "expected", "do")},
    }
    response = answer(request, "both.html", data, sent=sent(request), over=now.digest, home=home)
    response.status_code = 409
    return response
