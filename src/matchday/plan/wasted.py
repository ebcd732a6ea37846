"""Applications that the gathered directory says can lead nowhere: found before they are paid for, with their price."""

import datetime as dt
from dataclasses import dataclass, replace

from matchday.directory.portrait import portrait
from matchday.directory.store import Store
from matchday.dossier.model import Application, Dossier
from matchday.plan.fitting import fit_for
from matchday.plan.money import asked_of, bill

OVER = ("rejected", "withdrawn")


@dataclass(frozen=True, slots=True)
class Wasted:
    """One application to a program that does not take this person: its name, why, and who says so.

    `sent` = it is paid already. `made_up` = the program is one of the made-up directory.
    """

    program: str
    name: str
    why: str
    source: str
    sent: bool
    made_up: bool


def wasted(dossier: Dossier, on: dt.date, season: int, store: Store) -> tuple[Wasted, ...]:
    """The applications still open whose program is known not to take this person. What is not stated is no "no"."""
    entries = [one for one in dossier.application or () if one.program and one.status not in OVER]
    if not entries:
        return ()
    fit = fit_for(dossier, on, season)
    found = []
    for entry in entries:
        known = portrait(store, entry.program or "", fit)
        if known and known["fit"]["verdict"] == "does not":
            found.append(_wasted(entry, known))
    return tuple(found)


def _wasted(entry: Application, known: dict[str, object]) -> Wasted:
    fit: dict[str, list[dict[str, str | None]]] = known["fit"]  # type: ignore[assignment] # the shape of portrait()
    shut = next(reason for reason in fit["because"] if reason["verdict"] == "does not")
    name = str(known["name"] or entry.program)
    made_up = bool(known["made_up"])
    return Wasted(entry.program or "", name, shut["why"] or "", shut["source"] or "", _sent(entry), made_up)


def _sent(entry: Application) -> bool:
    return entry.sent is not None or entry.status in ("submitted", "invited")


def price_of(dossier: Dossier, season: int, programs: set[str]) -> int | None:
    """What the bill would be smaller by without the applications to these programs; None when a price among them is not known."""
    others = tuple(one for one in dossier.application or () if one.program not in programs)
    whole, rest = (bill(asked_of(one, season)) for one in (dossier, replace(dossier, application=others)))
    touched = set(whole.lines) ^ set(rest.lines)
    return None if any(line.amount_usd is None for line in touched) else whole.total_usd - rest.total_usd
