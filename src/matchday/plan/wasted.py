"""Applications that the gathered directory says can lead nowhere: found before they are paid for, with their price."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from matchday.directory.fit import Fit, Reason, row_of
from matchday.directory.gates import Verdict
from matchday.directory.search import lines_of
from matchday.directory.store import Store
from matchday.dossier.model import Application, Dossier
from matchday.plan.fitting import fit_for
from matchday.plan.money import asked_of, bill
from matchday.terms import InputProblem

OVER = ("rejected", "withdrawn")


@dataclass(frozen=True, slots=True)
class Wasted:
    """One application to a program that does not take this person: its name, the gate that is shut, why, says who.

    `sent` = it is paid already. `made_up` = the program is one of the made-up directory.
    """

    program: str
    name: str
    gate: str
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
    lines = lines_of(store.db, [one.program or "" for one in entries])
    known = ((one, lines[one.program or ""]) for one in entries if one.program in lines)
    shut = ((one, line) for one, line in known if fit.verdict(row_of(line)) is Verdict.NOT)
    return tuple(_wasted(one, line, _shut(fit, store, line)) for one, line in shut)


def _shut(fit: Fit, store: Store, line: Mapping[str, Any]) -> Reason:
    """What shuts the door first, with what it rests on."""
    return fit.reasons(row_of(line), store.claims(line["program_id"]), line["nrmp_code"])[0]


def _wasted(entry: Application, line: Mapping[str, Any], reason: Reason) -> Wasted:
    said = [*(claim.source for claim in reason.claims), *(rule.source for rule in reason.ruling.said)]
    return Wasted(
        program=entry.program or "",
        name=line["name"] or line["track_name"] or entry.program or "",
        gate=reason.gate,
        why=reason.ruling.why,
        source=said[0] if said else "",
        sent=_sent(entry),
        made_up=bool(line["made_up"]),
    )


def _sent(entry: Application) -> bool:
    return entry.sent is not None or entry.status in ("submitted", "invited")


def price_of(dossier: Dossier, season: int, programs: set[str]) -> int | None:
    """What the bill would be smaller by without the applications to these programs.

    None when a price among them is not known, or the list as a whole cannot be priced.
    """
    others = tuple(one for one in dossier.application or () if one.program not in programs)
    try:
        whole, rest = (bill(asked_of(one, season)) for one in (dossier, replace(dossier, application=others)))
    except InputProblem:
        return None  # the pages that show the bill say what to mend
    touched = set(whole.lines) ^ set(rest.lines)
    return None if any(line.amount_usd is None for line in touched) else whole.total_usd - rest.total_usd
