"""What a change of the file changed: the facts, field by field, and the answers that rest on them."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from matchday.directory.search import lines_of
from matchday.directory.store import place
from matchday.dossier.model import Dossier
from matchday.dossier.shape import Named as NamedValues
from matchday.dossier.shape import Shape
from matchday.plan.build import Plan
from matchday.rules import Report
from matchday.web.desk import Change, Desk
from matchday.web.forms import words
from matchday.web.forms.entry import Entry, held
from matchday.web.forms.facts import in_words, shown
from matchday.web.forms.words import PARTS
from matchday.web.mylist import SHORTLIST
from matchday.web.shelf import directory, title_of
from matchday.web.tags import isolated, kind

CODE = re.compile(r"\b(?:\d{4}[0-9A-Z]\d{2}[CMPARFS]\d{1,3}|\d{10})\b")


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact that changed: where it stands, its text before and now; "" is not known."""

    part: str
    entry: str
    field: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Moved:
    """One answer that moved: a finding's verdict, or the chance of a date of the plan in ways of 100."""

    id: str
    title: str
    before: str | int | None
    now: str | int | None
    why: str = ""


def as_json(change: Change, desk: Desk, on: dt.date) -> dict[str, Any]:
    """All that a change changed, as it was answered on a day."""
    before, now = desk.believed(change.before), desk.believed(change.after)
    return {
        "back": change.back,
        "facts": told(change),
        "findings": [
            {**asdict(one), "kind": kind(one.id)} for one in findings(desk.report(before, on), desk.report(now, on))
        ],
        "chances": [asdict(one) for one in chances(desk.plan(before, on), desk.plan(now, on))],
    }


def told(change: Change) -> list[dict[str, str]]:
    """The facts that a change changed, in words."""
    found = [asdict(fact) for fact in facts(change.before.dossier, change.after.dossier)]
    names = _names({code for fact in found for text in fact.values() for code in CODE.findall(text)})
    return [
        {key: CODE.sub(lambda one: names.get(one[0], one[0]), text) for key, text in fact.items()} for fact in found
    ]


def _names(codes: set[str]) -> dict[str, str]:
    """What the directory calls the programs of these codes, each with its code; those that it does not know are absent."""
    if not codes or not place().exists():
        return {}
    with directory() as store:
        lines = lines_of(store.db, codes)
    return {code: f"{title_of(line)} ({code})" for code, line in lines.items()}


def facts(before: Dossier, now: Dossier) -> list[Fact]:
    """The facts that differ, in the order of the parts."""
    found: list[Fact] = []
    for part in PARTS:
        entry = Entry(part)
        if entry.several:
            found += _rows(entry, getattr(before, part), getattr(now, part))
        else:
            found += _fields(entry, "", entry.values(before) or {}, entry.values(now) or {})
    return found


def _fields(entry: Entry, named: str, before: dict[str, Any], now: dict[str, Any]) -> list[Fact]:
    return [
        Fact(entry.part, named, label, said(shape, old), said(shape, new))
        for key, whole in entry.shapes.items()
        for label, shape, old, new in _named(words.label(entry.name(key)), whole, before.get(key), now.get(key))
        if old != new
    ]


def _named(label: str, shape: Shape, before: Any, now: Any) -> Iterator[tuple[str, Shape, Any, Any]]:
    """A field, or each name of a field that holds several, such as the tiers."""
    if not isinstance(shape, NamedValues):
        yield label, shape, before, now
        return
    olds, news = before or {}, now or {}
    for name in sorted({*olds, *news}):
        yield f"{label}: {_('Shortlist') if name == SHORTLIST else name}", shape.item, olds.get(name), news.get(name)


def said(shape: Any, value: Any) -> str:
    """A value in words; a list that is known to be empty is "none"."""
    return in_words(shown(shape, value))


def _rows(entry: Entry, before: tuple[Any, ...] | None, now: tuple[Any, ...] | None) -> list[Fact]:
    if not before and not now:
        both = (_none(before), _none(now))
        return [] if before == now else [Fact(entry.part, "", str(PARTS[entry.part].title), *both)]
    olds, news = before or (), now or ()
    steps = SequenceMatcher(None, [*map(repr, olds)], [*map(repr, news)], autojunk=False).get_opcodes()
    found: list[Fact] = []
    for what, old, old_end, new, new_end in steps:
        if what == "equal":
            continue
        paired = min(old_end - old, new_end - new)
        for step in range(paired):
            one, other = olds[old + step], news[new + step]
            found += _fields(entry, title(entry.part, other), held(one), held(other))
        found += [
            Fact(entry.part, title(entry.part, one), "", str(_("there")), str(_("removed")))
            for one in olds[old + paired : old_end]
        ]
        found += [
            Fact(entry.part, title(entry.part, one), "", "", str(_("added"))) for one in news[new + paired : new_end]
        ]
    return found


def _none(rows: tuple[Any, ...] | None) -> str:
    return "" if rows is None else str(_("none"))


def title(part: str, row: Any) -> str:
    """A row of a list in a few words: its first fields that are known."""
    entry, values = Entry(part), held(row)
    shapes = entry.shapes
    known = [
        f"{NUMBERED.get((part, key), '')} {said(shapes[key], values[key])}".strip()
        for key in NAMED_BY[part]
        if values.get(key) is not None
    ]
    return str(_(", ")).join(isolated(text if len(text) <= 60 else f"{text[:59]}…") for text in known) or str(
        PARTS[part].one
    )


# Numbers that say nothing without their word.
NUMBERED = {("pathway", "number"): lazy("Pathway"), ("pathway", "season"): lazy("Season")}
# The fields that a row is known by, where they are not its first three.
NAMED_BY = {
    "school": ("name", "country", "degree_date"),
    "exam": ("exam", "date", "result", "score"),
    "licence": ("country", "state", "kind"),
    "pathway": ("number", "season", "accepted"),
    "experience": ("title", "organization", "start"),
    "letter": ("writer", "status"),
    "scholarly": ("title", "kind"),
    "statement": ("label", "specialty"),
    "application": ("program", "specialty", "status", "signal"),
    "interview": ("program", "start", "status"),
}


def findings(before: Report, now: Report) -> list[Moved]:
    """The findings whose verdict moved, came or went."""
    olds, news = {one.id: one for one in before}, {one.id: one for one in now}
    found = []
    for name, known in (olds | news).items():
        old, new = (str(one[name].verdict) if name in one else None for one in (olds, news))
        if old != new:
            found.append(Moved(name, known.title, old, new, known.why if new else ""))
    return found


def chances(before: Plan, now: Plan) -> list[Moved]:
    """The dates of the plan whose chance to be kept moved, in ways of 100."""
    olds = {one.milestone.event: _of_100(one.chance) for one in before.milestones}
    news = {one.milestone.event: (_of_100(one.chance), one.milestone.title) for one in now.milestones}
    return [
        Moved(event, title, olds.get(event), chance)
        for event, (chance, title) in news.items()
        if olds.get(event) != chance
    ]


def _of_100(chance: float | None) -> int | None:
    return None if chance is None else round(100 * chance)
