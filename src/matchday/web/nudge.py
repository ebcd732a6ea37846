"""A polite letter to whoever has had a step for some time, ready to be copied by hand. Nothing is sent from here."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from matchday.dossier.contradictions import EXAMS
from matchday.dossier.model import Dossier
from matchday.plan.build import Plan
from matchday.plan.schedule import Scheduled
from matchday.web.tags import day, translated

# Whoever reads English whatever the applicant speaks; a school or a ministry is written to in the language of the page.
ENGLISH = ("Intealth", "FSMB", "USMLE", "OET", "NRMP")


@dataclass(frozen=True, slots=True)
class Nudge:
    """The text, and the language it is in."""

    text: str
    language: str


def nudge(step: Scheduled, plan: Plan, dossier: Dossier) -> Nudge | None:
    """The letter about a step that somebody else has had since a day; None for any other. It holds facts of the file alone."""
    since = step.task.since
    if since is None or step.task.who == "you":
        return None
    language = "en" if step.task.who in ENGLISH else get_language() or "en"
    with override(language):
        return Nudge(_letter(step, since, plan, dossier), language)


def _letter(step: Scheduled, since: dt.date, plan: Plan, dossier: Dossier) -> str:
    name, title = dossier.person.name or _("[your name]"), str(translated(step.task.title))
    told = {"step": title, "since": day(since), "days": (plan.on - since).days}
    body = [_("By my records this step has been with you since %(since)s (%(days)d days): %(step)s.") % told]
    body += _facts(step.task.id, dossier)
    if step.latest_finish and step.latest_finish >= plan.on:
        by = {"season": plan.season, "day": day(step.latest_finish)}
        body.append(_("For the Match of %(season)s I need it by %(day)s.") % by)
    ask = _("Is anything missing that I can send you? And when may I expect it to be done?")
    thanks = _("Thank you for your help.")
    return "\n\n".join((_("Dear colleagues,"), "\n".join(body), ask, f"{thanks}\n{name}"))


def _facts(task: str, dossier: Dossier) -> Iterator[str]:
    """The facts of the file that help the reader to find the case."""
    first = task.partition(".")[0]
    if first == "pathway" and dossier.pathway:
        yield from _of_pathway(dossier)
    elif first in EXAMS:
        entries = [one for one in dossier.exam or () if one.exam == first]
        for one in entries[-1:]:
            if one.applied:
                yield _("Registered: %s.") % day(one.applied)
            if one.date:
                yield _("Exam day: %s.") % day(one.date)
    elif task in ("credentials", "application.approved", "diploma"):
        yield from _of_certification(dossier)


def _of_pathway(dossier: Dossier) -> Iterator[str]:
    entry = (dossier.pathway or ())[-1]
    if entry.number:
        yield _("Pathway: %s.") % entry.number
    if entry.applied:
        yield _("Applied: %s.") % day(entry.applied)
    if entry.attested:
        yield _("Attested: %s.") % day(entry.attested)


def _of_certification(dossier: Dossier) -> Iterator[str]:
    if sent := dossier.certification.application_submitted:
        yield _("Application for ECFMG Certification submitted: %s.") % day(sent)
    for school in (dossier.school or ())[-1:]:
        if school.name:
            yield _("Medical school: %s.") % school.name
        if school.degree_date:
            yield _("Degree given: %s.") % day(school.degree_date)
