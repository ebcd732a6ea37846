"""One part or one entry: shown, checked as the file is, and saved beside what somebody else changed meanwhile."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from matchday.dossier import edit
from matchday.dossier.model import Dossier
from matchday.terms import InputProblem
from matchday.web.desk import desk
from matchday.web.forms.entry import Entry
from matchday.web.forms.facts import FactsForm
from matchday.web.forms.meet import located
from matchday.web.reasons import said
from matchday.web.views.facts import form_page, known_entry, part_page
from matchday.web.views.write import Changing, made_on, write


def facts_part(request: HttpRequest, part: str) -> HttpResponse:
    """One part: its rows, or its form when it stands once."""
    if not known_entry(part).several:
        return facts_row(request, part)
    return part_page(request, part, desk().read())


def facts_row(request: HttpRequest, part: str, at: int | None = None) -> HttpResponse:
    """The form of one entry; sent, it saves."""
    entry = known_entry(part, at)
    if request.method == "POST":
        return save(request, entry)
    opened = desk().read()
    present = entry.values(opened.dossier)
    if at is not None and present is None:
        raise Http404
    return form_page(request, FactsForm(entry, present))


def save(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Put what was sent into the file, or show the form again with what is wrong."""
    form = FactsForm(entry, entry.values(desk().read().dossier), request.POST)
    if not form.is_valid():
        return form_page(request, form, status=422, problem=_("Not saved yet: see the marked fields."))
    adding = entry.several and entry.at is None
    if not form.changed():
        nothing = _("Nothing was filled in.") if adding else _("Nothing was changed.")
        return form_page(request, form, status=422 if adding else 200, problem=nothing)
    change = (lambda dossier: _added(request, form, dossier)) if adding else (lambda dossier: _put(form, dossier))

    def refused(request: HttpRequest, problem: InputProblem) -> HttpResponse:
        return form_page(request, form, status=422, problem=said_of(problem))

    home = reverse("facts_part", args=[entry.part])
    return write(request, change, home=home, then=reverse("changed"), refused=refused)


def _put(form: FactsForm, dossier: Dossier) -> Dossier:
    """The dossier with what was typed; a row that is gone is added again, with all that the form says of it."""
    found = located(form, dossier)
    if found is not None and found.at == form.entry.at and found.values(dossier) is None:
        found = None
    if found is not None:
        return found.put(dossier, form.changed())
    whole = form.anew()
    if not whole.is_valid():
        what, do = _("this entry is not there any more"), _("add it as a new one")
        raise InputProblem(what, expected=_("an entry of the list"), do=do)
    return whole.entry.put(dossier, whole.changed())


def _added(request: HttpRequest, form: FactsForm, dossier: Dossier) -> Dossier:
    """The dossier with a row more; one that came meanwhile and is the very same is the same form sent twice."""
    after, base = form.entry.put(dossier, form.changed()), made_on(request)
    *others, last = getattr(after, form.entry.part)
    meanwhile = base is None or base.dossier != dossier
    return dossier if meanwhile and last in others else after


def said_of(problem: InputProblem) -> str:
    """A problem in one line."""
    return f"{said(problem.what)}; {said(problem.expected)}; {said(problem.do)}."


@require_POST
def facts_check(request: HttpRequest, part: str) -> HttpResponse:
    """What saving this form would say at its fields, as JSON; nothing is written."""
    form = FactsForm(known_entry(part), {}, request.POST)
    return JsonResponse({"faults": {line["name"]: line["faults"] for line in form.lines() if line["faults"]}})


@require_POST
def facts_remove(request: HttpRequest, part: str, at: int) -> HttpResponse:
    """Take a row out: the one that was shown, wherever it stands now."""
    shown = (made_on(request) or desk().read()).dossier
    if known_entry(part, at).values(shown) is None:
        raise Http404
    row = getattr(shown, part)[at]

    def change(dossier: Dossier) -> Dossier:
        rows = list(getattr(dossier, part) or ())
        if row not in rows:
            what, do = _("this entry was changed or removed meanwhile"), _("look at the list once more")
            raise InputProblem(what, expected=_("the entry that was shown"), do=do)
        return edit.remove(dossier, part, at if rows[at : at + 1] == [row] else rows.index(row))

    return _written(request, part, change)


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
    if not known_entry(part).several:
        raise Http404

    def change(dossier: Dossier) -> Dossier:
        if getattr(dossier, part):
            what, do = _("there are entries"), _("remove them one by one first")
            raise InputProblem(what, expected=_("a list without entries"), do=do)
        return verb(dossier, part)

    return _written(request, part, change)


def _written(request: HttpRequest, part: str, change: Changing) -> HttpResponse:
    def refused(request: HttpRequest, problem: InputProblem) -> HttpResponse:
        return part_page(request, part, desk().read(), status=422, problem=said_of(problem))

    home = reverse("facts_part", args=[part])
    return write(request, change, home=home, then=reverse("changed"), refused=refused)
