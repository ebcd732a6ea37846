"""Bring real lists in: upload, look at what was understood and what is wrong, then take in or leave; undo."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from matchday.directory.importers.spreadsheet import TAKE
from matchday.directory.labels import label
from matchday.directory.model import FIELDS, ImportResult, Problem, Reading, SourceKind
from matchday.directory.store import Store
from matchday.terms import InputProblem
from matchday.web.frame import answer, day_of, setting
from matchday.web.incoming import incoming
from matchday.web.shelf import directory

SHOWN = 150  # problems named one by one; the rest is counted by kind


def imports(request: HttpRequest) -> HttpResponse:
    """What the directory rests on, and the form to bring a list."""
    return _page(request)


def _page(request: HttpRequest, problem: InputProblem | None = None) -> HttpResponse:
    with directory() as store:
        sources, made_up = store.sources(), store.made_up or store.empty
        counts = dict(store.db.execute("SELECT source_id, count(*) FROM records GROUP BY 1"))
    shown = [
        {
            "id": one.id, "source": str(one.kind), "title": one.title, "as_of": one.as_of and one.as_of.isoformat(),
            "read_on": one.read_on.isoformat(), "made_up": one.made_up, "records": counts.get(one.id, 0),
        }
        for one in sources
    ]  # fmt: skip
    told = {name: getattr(problem, name) for name in ("what", "expected", "file", "line")} if problem else None
    if problem and told:
        told["do"] = _here(problem.do)
    done = request.GET.get("done", "")
    data = {"sources": shown, "made_up": made_up, "problem": told, "done": done if done.isdigit() else None}
    response = answer(request, "imports.html", data, kinds=_kinds())
    response.status_code = 400 if problem else 200
    return response


def _here(do: str) -> str:
    """What to do, without the options of the command: the page has the kinds of list to choose from instead."""
    if "--" not in do:
        return do
    before = do.partition(", or ")[0]
    other = _("choose the kind of list and look at it once more")
    return other if "--" in before else f"{before}, or {other}"


def _kinds() -> list[tuple[str, str]]:
    """The kinds of list to choose from, in words."""
    return [
        ("auto", _("find out")),
        ("acgme", _("ACGME: list of programs by specialty")),
        ("nrmp-results", _("NRMP: Program Results")),
        ("nrmp-directory", _("NRMP: directory of programs")),
        ("eras", _("ERAS: participating programs")),
        ("spreadsheet", _("my own spreadsheet")),
        ("tracker", _("a sheet of interviews and invitations")),
    ]


@require_POST
def import_check(request: HttpRequest) -> HttpResponse:
    """Look at an uploaded file, or again at a waiting one with other columns; nothing is kept yet."""
    upload, token = request.FILES.get("file"), request.POST.get("token", "")
    if upload is None and not token:
        return _page(
            request, InputProblem("no file was chosen", expected="a list of programs", do="choose a file and send it")
        )
    try:
        with directory() as store:
            if upload is not None:
                token = incoming.look(store, upload, request.POST.get("source", "auto"))
            else:
                token = incoming.look_again(store, token, _told(request, incoming.get(token).reading))
            return _checked(request, store, token)
    except InputProblem as problem:
        return _page(request, problem)


def _told(request: HttpRequest, reading: Reading) -> dict[str, str]:
    """What each column means, as chosen in the form; a word that the form does not offer is left out."""
    told = {}
    for at, (header, present) in enumerate(reading.columns.items()):
        chosen = request.POST.get(f"column-{at}", present)
        told[header] = chosen if chosen in (*TAKE, "ignored", "", present) else present
    return told


def _checked(request: HttpRequest, store: Store, token: str) -> HttpResponse:
    """The page of a dry run."""
    waiting = incoming.get(token)
    reading = waiting.reading
    result = store.add(
        reading, title=waiting.title, read_on=setting(request).today, digest=waiting.digest, dry_run=True
    )
    own = reading.kind is SourceKind.SPREADSHEET
    data = {
        "token": token,
        "title": waiting.title,
        "puts_away": store.made_up and result.accepted > 0,
        "columns": [{"header": header, "meaning": meaning} for header, meaning in reading.columns.items()],
        **_told_of(result),
    }
    return answer(request, "import_check.html", data, own=own, fields=_fields(reading), as_of=reading.as_of)


def _told_of(result: ImportResult) -> dict[str, Any]:
    """Rows read, taken and refused, with the problems: those that cost a row first."""
    ordered = sorted(result.problems, key=lambda one: (not one.fatal, one.row))
    return {
        "source": result.source,
        "read": result.read,
        "accepted": result.accepted,
        "refused": result.read - result.accepted,
        "merged": result.merged,
        "problems": [asdict(one) | {"label": _about(one), "outcome": _outcome(one)} for one in ordered[:SHOWN]],
        "more": _by_kind(ordered[SHOWN:]),
    }


def _outcome(one: Problem) -> str:
    """What was done about it, in words."""
    if one.fatal:
        return _("row not taken")
    return one.repair or _("taken as it is")


def _about(one: Problem) -> str:
    """What the problem is about, in words; empty for the row as a whole."""
    return "" if one.field == "row" else label(one.field) if one.field in FIELDS else one.field


def _by_kind(rest: Sequence[Problem]) -> list[dict[str, Any]]:
    kinds = Counter((_about(one), one.problem, _outcome(one)) for one in rest)
    return [
        dict(zip(("label", "problem", "outcome"), kind, strict=True)) | {"n": n} for kind, n in kinds.most_common(20)
    ]


def _fields(reading: Reading) -> list[tuple[str, str]]:
    """What a column may mean, in words: the fields of an own spreadsheet and whatever was guessed."""
    offered = TAKE | {meaning for meaning in reading.columns.values() if meaning}
    return sorted(((name, _column(name)) for name in offered), key=lambda choice: choice[1])


def _column(name: str) -> str:
    """A meaning that only a column of an own spreadsheet has, or the field that it becomes."""
    own = {
        "specialty": _("specialty"),
        "location": _("city and state"),
        "visa": _("visas, all in one cell"),
        "personal": _("about me: left out"),
        "contact": _("people and contacts: left out"),
        "interview": _("my interviews: left out"),
        "ignored": _("not needed: left out"),
    }
    return own.get(name) or label(name)


@require_POST
def import_confirm(request: HttpRequest) -> HttpResponse:
    """Take a waiting file in, whole or not at all."""
    token = request.POST.get("token", "")
    try:
        waiting = incoming.get(token)
        with directory() as store:
            store.add(
                waiting.reading, title=waiting.title, read_on=setting(request).today, digest=waiting.digest,
                as_of=day_of(request.POST.get("as_of")), entered_by="import",
            )  # fmt: skip
            if waiting.reading.kind is SourceKind.SPREADSHEET:
                columns = dict(waiting.reading.columns)
                store.remember(json.dumps(sorted(columns)), json.dumps(columns))
            newest = max(one.id for one in store.sources())
    except InputProblem as problem:
        return _page(request, problem)
    incoming.forget(token)
    return HttpResponseRedirect(f"{reverse('imports')}?done={newest}")


@require_POST
def import_leave(request: HttpRequest) -> HttpResponse:
    """Leave a waiting file; nothing of it is kept."""
    incoming.forget(request.POST.get("token", ""))
    return HttpResponseRedirect(reverse("imports"))


@require_POST
def import_undo(request: HttpRequest) -> HttpResponse:
    """Drop one import; its claims go, the others stay."""
    number = request.POST.get("source", "")
    try:
        with directory() as store:
            store.forget(int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0)
    except InputProblem as problem:
        return _page(request, problem)
    return HttpResponseRedirect(reverse("imports"))
