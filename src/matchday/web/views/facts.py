"""My facts: every part of the dossier as a form; what is not known is kept apart from "none"."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from matchday.dossier.gaps import gaps
from matchday.dossier.model import Dossier
from matchday.web.changes import said, title
from matchday.web.desk import Opened, desk
from matchday.web.forms.entry import Entry
from matchday.web.forms.facts import FactsForm, suggestions
from matchday.web.forms.words import PARTS, label
from matchday.web.frame import answer


def facts(request: HttpRequest) -> HttpResponse:
    """All parts: what is known, what is not, and what would be the most useful to add."""
    dossier = desk().read().dossier
    data = {"parts": [part_json(dossier, part) for part in PARTS], "missing": missing(dossier)}
    return answer(request, "facts.html", data)


def missing(dossier: Dossier) -> list[dict[str, str]]:
    """The facts that would settle the most answers, each with the address of its form."""
    return [
        {"field": gap.field, "label": told(gap.field), "why": gap.why, "url": address(gap.field)}
        for gap in gaps(dossier)
    ]


def _place(field: str) -> tuple[str, int | None, str]:
    """The part, row and field of a path such as `school[0].country`."""
    first, _dot, key = field.partition(".")
    part, _bracket, at = first.partition("[")
    return part, int(at.rstrip("]")) if at else None, key.partition(",")[0]


def told(field: str) -> str:
    """A path such as `school[0].country` in words."""
    part, _at, key = _place(field)
    return f"{PARTS[part].title}: {label(f'{part}.{key}')}" if key else str(PARTS[part].title)


def address(field: str) -> str:
    """The address of the form that holds a field such as `school[0].country`."""
    part, at, key = _place(field)
    page = reverse("facts_part", args=[part]) if at is None else reverse("facts_row", args=[part, at])
    return f"{page}#{key}" if key else page


def part_json(dossier: Dossier, part: str) -> dict[str, Any]:
    """One part: its title, whether it is known, its rows or its known fields in words."""
    entry, value, words = Entry(part), getattr(dossier, part), PARTS[part]
    shown = {
        "part": part,
        "title": str(words.title),
        "why": str(words.why),
        "list": entry.several,
        "one": str(words.one),
    }
    if entry.several:
        rows = [{"at": at, "title": title(part, row)} for at, row in enumerate(value or ())]
        return {**shown, "known": value is not None, "rows": rows, "fields": []}
    known = {key: one for key, one in (entry.values(dossier) or {}).items() if one is not None and one != {}}
    fields = [
        {"field": key, "label": label(entry.name(key)), "value": said(entry.shapes[key], one)}
        for key, one in known.items()
    ]
    return {**shown, "known": bool(known), "rows": [], "fields": fields}


def part_page(request: HttpRequest, part: str, opened: Opened, *, status: int = 200, problem: str = "") -> HttpResponse:
    """The page with the rows of a list."""
    data = {**part_json(opened.dossier, part), "digest": opened.digest, "problem": problem}
    response = answer(request, "facts_part.html", data, none=PARTS[part].none)
    response.status_code = status
    return response


def known_entry(part: str, at: int | None = None) -> Entry:
    """The entry of an address; 404 for a part that is not there."""
    if part not in PARTS or (at is not None and not Entry(part).several):
        raise Http404
    return Entry(part, at)


def form_page(request: HttpRequest, form: FactsForm, *, status: int = 200, problem: str = "") -> HttpResponse:
    """The page with the form of an entry."""
    part, at = form.entry.part, form.entry.at
    data = {
        "part": part,
        "at": at,
        "title": str(PARTS[part].title),
        "why": str(PARTS[part].why),
        "fields": form.lines(),
        "problem": problem,
    }
    more = {"one": PARTS[part].one, "several": form.entry.several, "suggested": suggestions([form])}
    response = answer(request, "facts_form.html", data, **more)
    response.status_code = status
    return response
