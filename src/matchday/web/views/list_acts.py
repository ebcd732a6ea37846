"""Acts on the programs one keeps: shortlist, list, note. By POST only; then back to the page of the form."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from matchday.directory.search import lines_of
from matchday.dossier import edit
from matchday.dossier.model import Dossier
from matchday.terms import InputProblem
from matchday.web.frame import setting
from matchday.web.mylist import listed, shortlisted, unshortlisted
from matchday.web.shelf import directory
from matchday.web.views.acts import back
from matchday.web.views.write import write


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Put the program of the pressed button on the shortlist or on the list, or take it off the shortlist."""
    pressed = request.POST.get("list") or request.POST.get("shortlist", "")
    return write(request, lambda dossier: _kept(request, dossier), home=f"{back(request)['Location']}#{quote(pressed)}")


def _kept(request: HttpRequest, dossier: Dossier) -> Dossier:
    if called := request.POST.get("unshortlist"):
        return unshortlisted(dossier, called)
    if called := request.POST.get("shortlist"):
        _line(called)
        return shortlisted(dossier, called)
    line = _line(request.POST.get("list", ""))
    typed = {"tier": request.POST.get("tier", ""), "notes": request.POST.get("note", "").strip()}
    return listed(dossier, line, setting(request).season, **typed)


@require_POST
def note(request: HttpRequest) -> HttpResponse:
    """Write the note of a program that is on the list; an empty one takes it away."""
    return write(request, lambda dossier: _noted(request, dossier), home=back(request)["Location"])


def _noted(request: HttpRequest, dossier: Dossier) -> Dossier:
    called = request.POST.get("program", "")
    at = next((at for at, one in enumerate(dossier.application or ()) if one.program == called), None)
    if at is None:
        raise InputProblem("this program is not on your list", expected="a program of your list", do="add it first")
    return edit.change(dossier, "application", at, notes=request.POST.get("note", "").strip() or None)


def _line(called: str) -> Mapping[str, Any]:
    with directory() as store:
        line = lines_of(store.db, [called]).get(called)
    if line is None:
        raise InputProblem(
            f"the directory has no program {called!r}", expected="a program of the directory", do="look for it by name"
        )
    return line
