"""What is asked of the directory, from the address of the search page; what cannot be read is left out, never a fault."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from matchday.directory.search import TRACKS, VISAS, Query
from matchday.directory.tables import specialties, states
from matchday.rules.specialty import specialty

PAGE = 25
LONGEST = 200  # letters of the search box that are read
FITS = ("takes you", "not stated", "does not")
OR_SILENT = "+"
MINE = "mine"  # the specialties that the owner wishes: what is shown when nothing else is asked
SERVICES = ("ERAS", "ResidencyCAS", "CentralApp", "Other")

Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Facet:
    """One field of the form: its name, its label, its choices, and the one that is chosen ("" for any)."""

    name: str
    label: str
    choices: Choices
    chosen: str


def sorts() -> Choices:
    """The orders that the page offers."""
    return [
        ("relevance", _("best first")),
        ("name", _("name")),
        ("state", _("state")),
        ("quota", _("most positions")),
        ("unfilled", _("most left unfilled")),
        ("img-share", _("greatest share of IMGs")),
        ("-age", _("newest sources")),
        ("age", _("oldest sources")),
    ]


def wished(names: Iterable[str]) -> dict[str, str]:
    """The specialties that somebody wishes, as code and name of the directory; a name that nobody knows is left out."""
    known = {specialty(name) for name in names} - {None}
    return {one.code: one.name for one in specialties().values() if specialty(one.code) in known}


def asked(given: QueryDict, mine: Mapping[str, str]) -> QueryDict:
    """What is asked for; somebody who asks for nothing sees the wished specialties first."""
    if not mine or any(name in given for name in KEYS):
        return given
    found = given.copy()
    found["specialty"] = MINE
    return found


def facets(given: QueryDict, mine: Mapping[str, str]) -> list[Facet]:
    """The fields of the form with what is chosen in each. `mine`: the wished specialties, by code."""
    own: Choices = [(MINE, _("mine: %s") % ", ".join(mine.values()))] if mine else []
    offered: dict[str, tuple[str, Choices]] = {
        "specialty": (_("Specialty"), own + sorted(((one.code, one.name) for one in specialties().values()), key=lambda c: c[1])),
        "state": (_("State"), sorted(((one.code, one.name) for one in states().values()), key=lambda c: c[1])),
        "fit": (_("Does it take me?"), [(FITS[0], _("takes me")), (FITS[1], _("not stated")), (FITS[2], _("does not"))]),
        "visa": (_("Visa"), _visas()),
        "service": (_("Application service"), [(name, name) for name in SERVICES]),
        "track": (_("Type of position"), [(letter, name) for letter, name in TRACKS.items() if letter in "CMPAR"]),
        "fill": (_("Last three seasons"), [("unfilled", _("some positions left")), ("full", _("always filled"))]),
    }  # fmt: skip
    return [Facet(name, label, choices, _chosen(given, name, choices)) for name, (label, choices) in offered.items()]


def _visas() -> Choices:
    """Each visa, and both: as stated, or with the programs that say nothing of it."""
    names = [*((visa, visa) for visa in VISAS), ("both", _("J-1 and H-1B"))]
    stated = [(value, _("%s stated") % name) for value, name in names]
    return stated + [(value + OR_SILENT, _("%s stated, or nothing said") % name) for value, name in names]


def silent_too(given: QueryDict) -> str:
    """The address of the same question with the programs that say nothing of the visa; "" where it is that already."""
    visa = _chosen(given, "visa", _visas())
    return address(given, visa=visa + OR_SILENT) if visa and not visa.endswith(OR_SILENT) else ""


def _chosen(given: QueryDict, name: str, choices: Choices) -> str:
    value = given.get(name, "").strip()
    return value if value in dict(choices) else ""


def query_of(given: QueryDict, form: list[Facet], mine: Mapping[str, str]) -> Query:
    """The question in the words of the search, with the lines of one page."""
    chosen = {facet.name: facet.chosen for facet in form}
    visa = chosen["visa"].removesuffix(OR_SILENT)
    some = {name: (value,) if value else () for name, value in chosen.items()}
    return Query(
        text=given.get("q", "")[:LONGEST],
        specialties=tuple(mine) if chosen["specialty"] == MINE else some["specialty"],
        states=some["state"],
        tracks=some["track"],
        services=some["service"],
        visas=tuple(VISAS) if visa == "both" else (visa,) if visa else (),
        visas_or_silent=chosen["visa"].endswith(OR_SILENT),
        unfilled=chosen["fill"] == "unfilled",
        full=chosen["fill"] == "full",
        fits=some["fit"],
        sort=_chosen(given, "sort", sorts()) or "relevance",
        limit=PAGE,
        offset=PAGE * (page_of(given) - 1),
    )


def page_of(given: QueryDict) -> int:
    """The number of the page asked for, counted from 1."""
    text = given.get("page", "")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def pager(given: QueryDict, count: int) -> dict[str, Any]:
    """Which page of how many, and the addresses of the one before and after."""
    page, last = page_of(given), max(1, -(-count // PAGE))
    return {
        "page": page,
        "pages": last,
        "first": PAGE * (page - 1) + 1 if page <= last and count else 0,
        "last": min(count, PAGE * page),
        "before": address(given, page=min(page - 1, last)) if page > 1 else None,
        "after": address(given, page=page + 1) if page < last else None,
    }


KEYS = ("q", "specialty", "state", "fit", "visa", "service", "track", "fill", "sort")


def address(given: QueryDict, **other: object) -> str:
    """The query string of the same question with these parts changed; the page only when it is told."""
    kept = QueryDict(mutable=True)
    for name in KEYS:
        value = str(other[name]) if name in other else given.get(name, "")[:LONGEST]
        if value or (name == "specialty" and name in given):  # left empty it asks for all, left out for one's own
            kept[name] = value
    if int(str(other.get("page", 1))) > 1:
        kept["page"] = str(other["page"])
    return "?" + kept.urlencode()
