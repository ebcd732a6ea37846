"""Acts on lists: look at one, take it in, leave it, undo. What takes long is waited for on a page, and can be stopped."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from matchday.directory.model import SourceKind
from matchday.directory.store import Store
from matchday.terms import InputProblem
from matchday.web.drawing import drawing
from matchday.web.frame import answer, day_of, setting
from matchday.web.incoming import incoming
from matchday.web.shelf import directory
from matchday.web.views.imports import checked, page, told
from matchday.web.work import Work, begin, work_of

PATIENCE = 1.0  # seconds in which most lists are read: until then the answer comes at once
STOPPING = 5.0  # seconds in which work that was asked to stop has mostly stopped


@require_POST
def import_check(request: HttpRequest) -> HttpResponse:
    """Look at an uploaded file, or again at a waiting one with other columns; nothing is kept yet."""
    upload, token, today = request.FILES.get("file"), request.POST.get("token", ""), setting(request).today
    try:
        if upload is not None:
            path, source = incoming.put(upload), request.POST.get("source", "auto")
            return _begun(request, path.name, lambda store, work: incoming.look(store, path, work, today, source))
        if token:
            waiting = incoming.get(token)
            columns = told(request, waiting.reading)
            again = lambda store, work: incoming.look_again(store, token, columns, work, today)  # noqa: E731 -- one use
            return _begun(request, waiting.title, again)
        raise InputProblem("no file was chosen", expected="a list of programs", do="choose a file and send it")
    except InputProblem as problem:
        return page(request, problem)


def _begun(request: HttpRequest, title: str, do: Callable[[Store, Work], Any]) -> HttpResponse:
    """Begin long work; what is done at once is shown at once, the rest is waited for on a page of its own."""

    def with_store(work: Work) -> Any:
        drawing.stop()  # who brings a list needs no made-up one; without it a page that does will begin again
        with directory() as store:
            return do(store, work)

    work = begin(title, with_store)
    if work.wait(PATIENCE):
        return _ended(request, work)
    return HttpResponseRedirect(reverse("import_wait", args=[work.token]))


def import_wait(request: HttpRequest, token: str) -> HttpResponse:
    """What long work is doing; the page looks again by itself until it has ended."""
    work = work_of(token)
    if work is None:
        return HttpResponseRedirect(reverse("imports"))
    if work.wait(0):
        return _ended(request, work)
    response = answer(request, "import_wait.html", {"title": work.title, "said": work.said, "seconds": work.seconds})
    response.status_code = 202
    response["Refresh"] = "1"
    return response


@require_POST
def import_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop long work; nothing of it is kept. What had ended before stays as it is."""
    work = work_of(token)
    if work is not None:
        work.stop()
        if not work.wait(STOPPING):
            return HttpResponseRedirect(reverse("import_wait", args=[token]))
        return _ended(request, work)
    return HttpResponseRedirect(reverse("imports"))


def _ended(request: HttpRequest, work: Work) -> HttpResponse:
    """The page that work leads to: the dry run of a file by its token, the number of a new source, a problem, or nothing."""
    if work.result is None and work.stopped:
        return HttpResponseRedirect(reverse("imports") + "?stopped=1")
    if work.problem:
        return page(request, work.problem)
    if isinstance(work.result, str):
        try:
            return checked(request, work.result)
        except InputProblem as problem:  # it has been taken in, or left, meanwhile
            return page(request, problem)
    said = {None: "", 0: "?undone=1"}.get(work.result, f"?done={work.result}")
    return HttpResponseRedirect(reverse("imports") + said)


@require_POST
def import_confirm(request: HttpRequest) -> HttpResponse:
    """Take a waiting file in, whole or not at all."""
    token, today, as_of = request.POST.get("token", ""), setting(request).today, day_of(request.POST.get("as_of"))
    try:
        waiting = incoming.get(token)
        return _begun(request, waiting.title, lambda store, work: _taken(store, work, token, today, as_of))
    except InputProblem as problem:
        return page(request, problem)


def _taken(store: Store, work: Work, token: str, today: dt.date, as_of: dt.date | None) -> int:
    """Take a waiting file in, and give the number of the new source."""
    waiting = incoming.get(token)
    work.said = _("joining {n} rows to the directory").format(n=f"{waiting.reading.read:,}")
    work.watch(store.db)
    store.add(
        waiting.reading, title=waiting.title, read_on=today, digest=waiting.digest, as_of=as_of, entered_by="import"
    )
    store.db.set_progress_handler(None, 0)  # it is in: too late to stop
    if waiting.reading.kind is SourceKind.SPREADSHEET:
        columns = dict(waiting.reading.columns)
        store.remember(json.dumps(sorted(columns)), json.dumps(columns))
    incoming.forget(token)
    return max(one.id for one in store.sources())


@require_POST
def import_leave(request: HttpRequest) -> HttpResponse:
    """Leave a waiting file; nothing of it is kept."""
    incoming.forget(request.POST.get("token", ""))
    return HttpResponseRedirect(reverse("imports"))


@require_POST
def import_undo(request: HttpRequest) -> HttpResponse:
    """Drop one import; its claims go, the others stay."""
    number = request.POST.get("source", "")
    which = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
    return _begun(request, _("Undo an import"), lambda store, work: _forgotten(store, work, which))


def _forgotten(store: Store, work: Work, which: int) -> int:
    """Drop one import, and make the programs again from the others."""
    work.said = _("making the programs again from the other lists")
    work.watch(store.db)
    store.forget(which)
    return 0
