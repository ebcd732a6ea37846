"""The route of seven stops from school to Match, each with its state in a word and the page that says more."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from matchday.dossier.model import Dossier
from matchday.rules import Report
from matchday.rules.seasons import season
from matchday.rules.verdicts import all_of
from matchday.terms import Verdict
from matchday.web.purse import is_sent

AHEAD = "ahead"
FIRST, APART = 30, 105


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop: its title, its state (a verdict, or "ahead" while its time has not come), where it leads, its place."""

    title: Any
    state: str
    view: str
    part: str
    x: int


def route(report: Report, dossier: Dossier) -> list[Stop]:
    """The seven stops as they stand on the day of the report."""
    days = {event.id: event.date or event.estimate for event in season(report.season).events.values()}

    def settled(*names: str) -> str:
        return str(all_of(report[name].verdict for name in names))

    stops = (
        (_("School"), settled("school.listed", "school.years"), "requirements", "school.listed"),
        (_("Exams"), settled("step1.passed", "step2ck.passed", "exams.window"), "requirements", "step1.passed"),
        (_("Certification"), settled("certificate"), "requirements", "certificate"),
        (_("Apply"), _apply(dossier, days, report.on), "apply", "main"),
        (_("Interviews"), _interviews(dossier), "calendar", "main"),
        (_("Rank"), _rank(dossier, days, report.on), "requirements", "nrmp.list"),
        (_("Match"), _match(days, report.on), "match", "main"),
    )
    return [Stop(*stop, FIRST + APART * number) for number, stop in enumerate(stops)]


Days = Mapping[str, dt.date | None]


def _begun(days: Days, event: str, on: dt.date) -> bool:
    day = days.get(event)
    return day is not None and day <= on


def _apply(dossier: Dossier, days: Days, on: dt.date) -> str:
    if any(is_sent(one) for one in dossier.application or ()):
        return str(Verdict.MET)
    return str(Verdict.NOT_MET) if _begun(days, "eras_submission_opens", on) else AHEAD


def _interviews(dossier: Dossier) -> str:
    kept = [one for one in dossier.interview or () if one.status in ("invited", "scheduled", "done")]
    return str(Verdict.MET) if kept else AHEAD


def _rank(dossier: Dossier, days: Days, on: dt.date) -> str:
    if dossier.ranklist.certified_at:
        return str(Verdict.MET)
    return str(Verdict.NOT_MET) if _begun(days, "nrmp_ranking_opens", on) else AHEAD


def _match(days: Days, on: dt.date) -> str:
    # What came out on Match Day is in no field of the dossier.
    return str(Verdict.UNKNOWN) if _begun(days, "match_day", on) else AHEAD
