"""What a program's gates ask of one person, gathered here: the directory and the rules do not know one another."""

import datetime as dt
from dataclasses import replace
from typing import Any

from matchday.directory.applicant import applicant_of
from matchday.directory.fit import Fit
from matchday.directory.gates import Licence, Outside, Said
from matchday.directory.tables import specialties, states
from matchday.dossier.model import Dossier
from matchday.rules import Finding, rules
from matchday.rules.asof import as_of
from matchday.rules.evaluate import Case, Several, requirements, season_of
from matchday.rules.seasons import ServiceUse
from matchday.rules.seasons import season as facts_of
from matchday.rules.specialty import specialty as named


def fit_for(dossier: Dossier, on: dt.date, season: int | None) -> Fit:
    """The gates for one dossier on one day, with the licence rules of every state and the services of its season."""
    season = season or season_of(dossier, on)
    services, usual = _services(season)
    outside = Outside(licences=_licences(dossier, on, season), services=services, usual_service=usual)
    return Fit(applicant_of(dossier, on, season), outside)


def _licences(dossier: Dossier, on: dt.date, season: int) -> dict[str, Licence]:
    """What the rules say of this person's licence in every state; only these findings are made."""
    everywhere = replace(dossier, preferences=replace(dossier.preferences, states=tuple(states())))
    case = Case(as_of(everywhere, on), on, season, rules(), planned=everywhere)
    for entry in requirements():
        case.open |= {one.id: one for one in (entry.expand(case) if isinstance(entry, Several) else (entry,))}
    found = (case.finding(name) for name in case.open if name.startswith("licence."))
    return {finding.id.removeprefix("licence."): _licence(finding) for finding in found}


# Of a state's rules these can keep a person out before training begins; the others are for later.
EXAM_RULES = ("TRIES", "EXAMS", "7Y")


def _licence(finding: Finding) -> Licence:

    said = []
    for reading in finding.rules:
        if reading.known and reading.parameter.id.rpartition("-")[2] in EXAM_RULES:
            row = reading.as_json()
            value = f"{row['title']}: {_plain(row['value'])}"
            said.append(Said(value, row["source"], row["read_on"] or "", row["confidence"]))
    return Licence(finding.verdict, finding.why, tuple(said))


def _plain(value: Any) -> str:
    """A limit in words: one number for all Steps, or one for each."""
    return ", ".join(f"{step} {most}" for step, most in value.items()) if isinstance(value, dict) else str(value)


def _services(season: int) -> tuple[dict[str, Said], Said | None]:
    """The specialties with a service of their own, by code, and the usual one."""
    facts = facts_of(season)
    own = {code: facts.services.get(named(code) or "") for code in specialties()}
    return {code: said for code, use in own.items() if use and (said := _said(use))}, _said(facts.default)


def _said(use: ServiceUse) -> Said | None:

    if use.service is None:
        return None
    read_on = max((citation.read_on.isoformat() for citation in use.citations), default="")
    return Said(use.service, use.source, read_on, str(use.confidence))
