"""Saving an entry: checked as the file is, never over a change that somebody else made meanwhile."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from matchday.dossier import edit
from matchday.dossier.keep import Conflict
from matchday.dossier.model import Dossier
from matchday.terms import InputProblem
from matchday.web.desk import Opened, desk
from matchday.web.forms.entry import Entry
from matchday.web.forms.facts import FactsForm
from matchday.web.forms.meet import both, differing, located
from matchday.web.forms.words import PARTS
from matchday.web.frame import answer
from matchday.web.views.facts import form_page, known_entry, part_page


def save(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Put what was sent into the file; show the form again with what is wrong, or both values after a conflict."""
    opened = desk().read()
    form = FactsForm(entry, entry.values(opened.dossier), request.POST)
    if not form.is_valid():
        # The form keeps the digest it was loaded with, so that no conflict is missed after a slip.
        return form_page(
            request, form, _loaded(request), status=422, problem=_("Not saved yet: see the marked fields.")
        )
    if _loaded(request) != opened.digest:
        found = located(form, opened.dossier)
        form = FactsForm(found or entry, found.values(opened.dossier) if found else None, request.POST)
        form.is_valid()
        adding = entry.several and entry.at is None
        if found is None or (not adding and differing(form)):
            return conflict_page(request, form, opened)
    return _written(request, form, opened)


def _loaded(request: HttpRequest) -> str:
    """The digest of the file that the form was made from."""
    return request.POST.get("loaded", "")


def _written(request: HttpRequest, form: FactsForm, opened: Opened) -> HttpResponse:
    entry, changed = form.entry, form.changed()
    adding = entry.several and entry.at is None
    if not changed:
        said = _("Nothing was filled in.") if adding else _("Nothing was changed.")
        return form_page(request, form, _loaded(request), status=422 if adding else 200, problem=said)
    try:
        after = entry.put(opened.dossier, changed)
        if not (adding and _loaded(request) != opened.digest and _twice(after, entry.part)):
            desk().write(after, opened.digest)
    except Conflict:
        return save(request, entry)  # somebody was quicker by a moment: look again
    except InputProblem as problem:
        return form_page(request, form, _loaded(request), status=422, problem=_told(problem))
    beside = "" if _loaded(request) == opened.digest else "?beside=1"
    return HttpResponseRedirect(reverse("changed") + beside)


def _twice(dossier: Dossier, part: str) -> bool:
    """Whether the row just added was there already: the same form sent twice."""
    *others, last = getattr(dossier, part)
    return last in others


def _told(problem: InputProblem) -> str:
    return f"{problem.what}; {problem.expected}; {problem.do}."


def conflict_page(request: HttpRequest, form: FactsForm, opened: Opened) -> HttpResponse:
    """Both values of every field that differs, to choose from; nothing has been written."""
    part, at, gone = form.entry.part, form.entry.at, form.present is None
    rows = both(form)
    data = {
        "part": part,
        "title": str(PARTS[part].title),
        "gone": gone,
        "conflict": [row for row in rows if row["differs"]],
        "loaded": opened.digest,
    }
    action = reverse("facts_new", args=[part]) if gone else reverse("facts_part", args=[part])
    if at is not None and not gone:
        action = reverse("facts_row", args=[part, at])
    response = answer(request, "facts_conflict.html", data, rows=rows, action=action)
    response.status_code = 409
    return response


@require_POST
def facts_check(request: HttpRequest, part: str) -> HttpResponse:
    """What saving this form would say at its fields, as JSON; nothing is written."""
    form = FactsForm(known_entry(part), {}, request.POST)
    return JsonResponse({"faults": {line["name"]: line["faults"] for line in form.lines() if line["faults"]}})


@require_POST
def facts_remove(request: HttpRequest, part: str, at: int) -> HttpResponse:
    """Take a row out, if the file is still as it was shown."""
    entry, opened = known_entry(part, at), desk().read()
    if entry.values(opened.dossier) is None:
        raise Http404
    return _changed(request, part, opened, lambda: edit.remove(opened.dossier, part, at))


@require_POST
def facts_none(request: HttpRequest, part: str) -> HttpResponse:
    """Say that a list is known to be empty."""
    return _whole(request, part, edit.none)


@require_POST
def facts_unknown(request: HttpRequest, part: str) -> HttpResponse:
    """Say that nothing is known of a list."""
    return _whole(request, part, edit.unknown)


def _whole(request: HttpRequest, part: str, verb: Callable[[Dossier, str], Dossier]) -> HttpResponse:
    """Change what is said of a list as a whole; rows are never lost by it."""
    opened = desk().read()
    if not known_entry(part).several:
        raise Http404
    if getattr(opened.dossier, part):
        return part_page(
            request, part, opened, status=409, problem=_("There are entries. Remove them one by one first.")
        )
    return _changed(request, part, opened, lambda: verb(opened.dossier, part))


def _changed(request: HttpRequest, part: str, opened: Opened, change: Callable[[], Dossier]) -> HttpResponse:
    said = _("The file was changed meanwhile, in another tab or by hand. Nothing was done; this is how it stands now.")
    if _loaded(request) != opened.digest:
        return part_page(request, part, opened, status=409, problem=said)
    try:
        desk().write(change(), opened.digest)
    except Conflict:
        return part_page(request, part, desk().read(), status=409, problem=said)
    except InputProblem as problem:
        return part_page(request, part, opened, status=422, problem=_told(problem))
    return HttpResponseRedirect(reverse("changed"))
