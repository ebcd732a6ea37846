"""The programs a person keeps: the shortlist (to look at again) and the list (to apply to), in tiers of taste.

All of it stands in the dossier. The shortlist is the tier "shortlist" of the preferences; the tiers of the list are A, B
and C. A program is called by its NRMP code, else its ACGME code, else its name.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from matchday.directory.search import handle
from matchday.dossier import edit
from matchday.dossier.model import Application, Dossier
from matchday.plan.wasted import OVER
from matchday.rules.seasons import season as facts_of
from matchday.rules.specialty import specialty
from matchday.terms import InputProblem

SHORTLIST = "shortlist"
TIERS = ("A", "B", "C")
COMPARED = 4
SENT = ("submitted", "invited", "rejected", "withdrawn")


def shortlist(dossier: Dossier) -> tuple[str, ...]:
    """What the programs of the shortlist are called, oldest first."""
    return (dossier.preferences.tiers or {}).get(SHORTLIST, ())


def on_list(dossier: Dossier) -> frozenset[str]:
    """What the programs applied to, or to be applied to, are called."""
    return frozenset(one.program for one in dossier.application or () if one.program)


def tier_of(dossier: Dossier, called: str | None) -> str:
    """The tier of taste of a program: A, B, C, or "" for none yet."""
    tiers = dossier.preferences.tiers or {}
    return next((name for name in TIERS if called in tiers.get(name, ())), "")


def shortlisted(dossier: Dossier, called: str) -> Dossier:
    """Put a program on the shortlist; one that is there stays where it is."""
    present = shortlist(dossier)
    return dossier if called in present else _tiered(dossier, {SHORTLIST: (*present, called)})


def unshortlisted(dossier: Dossier, called: str) -> Dossier:
    """Take a program off the shortlist."""
    return _tiered(dossier, {SHORTLIST: tuple(one for one in shortlist(dossier) if one != called)})


def listed(dossier: Dossier, line: Mapping[str, Any], year: int, *, tier: str = "", notes: str = "") -> Dossier:
    """Put a line of the directory on the list to apply to, and take it off the shortlist."""
    called = handle(line)
    if called in on_list(dossier):
        raise InputProblem(f"{called} is on your list already", expected="a program once", do="see the page Apply")
    name = specialty(line["specialty"] or line["specialty_name"] or "")
    changed = edit.add_application(
        dossier,
        program=str(called),
        track=line["track"],
        specialty=name or line["specialty_name"],
        service=_service(line["service"], name, year),
        status="listed",
        notes=notes or None,
    )
    return placed(unshortlisted(changed, str(called)), str(called), tier)


def _service(stated: str | None, name: str | None, year: int) -> str | None:
    """The service to write down: what the program states, when the season's rules know the specialty to use it."""
    use = facts_of(year).service_of(name or "")
    return stated if stated in (use.service, *use.also) else None


def placed(dossier: Dossier, called: str, tier: str) -> Dossier:
    """Put a program into a tier of taste, last in it; "" into none. One that is there keeps its place."""
    if tier_of(dossier, called) == tier:
        return dossier
    tiers = dossier.preferences.tiers or {}
    changed = {name: tuple(one for one in tiers.get(name, ()) if one != called) for name in TIERS}
    if tier in TIERS:
        changed[tier] = (*changed[tier], called)
    return _tiered(dossier, changed)


def order_of(dossier: Dossier, tier: str) -> list[str]:
    """The programs of the list that stand in a tier, in the order of taste."""
    mine = on_list(dossier)
    return [called for called in (dossier.preferences.tiers or {}).get(tier, ()) if called in mine]


def in_order(dossier: Dossier) -> list[str]:
    """The programs of the list that have a tier and are not over, best first, each once."""
    gone = {one.program for one in dossier.application or () if one.status in OVER}
    return [called for tier in TIERS for called in order_of(dossier, tier) if called not in gone]


def put_at(dossier: Dossier, places: Mapping[str, int]) -> Dossier:
    """Move programs to these places inside their tiers, counted from 1; all others keep their order around them.

    A place beyond the end is the last one; two programs put at the same place stand there in their old order.
    """
    changed = {}
    for tier in TIERS:
        old = order_of(dossier, tier)
        wanted = sorted((places[called], at, called) for at, called in enumerate(old) if called in places)
        new = [called for called in old if called not in places]
        for last, (place, _at, called) in enumerate(wanted):
            new.insert(max(place - 1, last), called)
        rest = [called for called in (dossier.preferences.tiers or {}).get(tier, ()) if called not in old]
        if new != old:
            changed[tier] = (*new, *rest)
    return _tiered(dossier, changed) if changed else dossier


def stepped(dossier: Dossier, called: str, step: str) -> Dossier:
    """Move a program one place "up" or "down" inside its tier; at the end of it nothing happens."""
    order = order_of(dossier, tier_of(dossier, called))
    if called not in order or step not in ("up", "down"):
        return dossier
    return put_at(dossier, {called: max(1, order.index(called) + (0 if step == "up" else 2))})


def _tiered(dossier: Dossier, changed: Mapping[str, tuple[str, ...]]) -> Dossier:
    """The tiers with these changed; an empty one is left out, and nothing is written for none at all."""
    tiers = {**(dossier.preferences.tiers or {}), **changed}
    return edit.set_preferences(dossier, tiers={name: codes for name, codes in tiers.items() if codes} or None)


def without(dossier: Dossier, at: int) -> Dossier:
    """Take an application off the list: one that was sent stays in the file as withdrawn, for it stays paid."""
    entry = (dossier.application or ())[at]
    if entry.status in SENT or entry.sent:
        return edit.change(dossier, "application", at, status="withdrawn")
    return placed(edit.remove(dossier, "application", at), entry.program or "", "")


def in_taste(dossier: Dossier) -> list[tuple[int, Application]]:
    """The applications with their places in the file, in the order of taste: by tier, then as they stand in it."""
    tiers = dossier.preferences.tiers or {}
    order = {called: (rank, at) for rank, name in enumerate(TIERS) for at, called in enumerate(tiers.get(name, ()))}
    last = (len(TIERS), 0)
    entries: Iterable[tuple[int, Application]] = enumerate(dossier.application or ())
    return sorted(entries, key=lambda one: (order.get(one[1].program or "", last), one[0]))
