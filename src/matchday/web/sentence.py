"""The first words of Today, made from findings and plan: what has to happen, by when. Never cheerful, never cruel."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from matchday.plan.build import LIKELY, Dated, Plan, missed
from matchday.rules import Finding, Report
from matchday.terms import ApplicantType, Verdict
from matchday.web.reasons import said
from matchday.web.tags import day as written

SETTLED = (Verdict.MET, Verdict.NOT_NEEDED)
# What ECFMG must be able to confirm to NRMP, each as a thing that happens.
NEEDED: dict[str, Any] = {
    "step1.passed": lazy("the pass of Step 1 reaches ECFMG"),
    "step2ck.passed": lazy("the pass of Step 2 CK reaches ECFMG"),
    "clinical_skills": lazy("your Pathway is accepted"),
    "communication_skills": lazy("your English result counts"),
}
WINDOW = "exams.window"
BARS = ("school.listed", "school.years", "step1.may_apply", "step2ck.may_apply", "registration.desk")
COUNTED = (
    lazy("one thing happens"),
    lazy("two things happen"),
    lazy("three things happen"),
    lazy("four things happen"),
)
HARDLY = 0.05


def sentence(report: Report, plan: Plan) -> tuple[str, ...]:
    """One sentence that answers "where do I stand?", and a few more: what is late, not known, or waits behind."""
    if report.applicant_type is ApplicantType.NOT_IMG:
        return (_("By your degree you are no IMG: ECFMG certification is not asked of you."),)
    # Whoever is certified is asked for none of it again.
    certified = report["certificate"].verdict in SETTLED
    still = [] if certified else [name for name in NEEDED if report[name].verdict not in SETTLED]
    if nothing_known(report):
        return (
            _("Not enough is known yet to say where you stand: begin with your school, your exams and your season."),
        )
    return (_first(report, plan, still), *_more(report, plan, still))


def nothing_known(report: Report) -> bool:
    """Whether nothing of what decides is known, so that nothing can be said to stand in the way."""
    if report.applicant_type is ApplicantType.NOT_IMG or report["certificate"].verdict in SETTLED:
        return False
    return all(report[name].verdict is Verdict.UNKNOWN for name in NEEDED)


def _first(report: Report, plan: Plan, still: list[str]) -> str:
    season, listed = plan.season, _deadline(plan)
    day = listed.day if listed else None
    if day and day < report.on:
        return _("The rank lists of Match %(season)s closed on %(day)s.") % {"season": season, "day": _day(day)}
    if bar := next(_bars(report), None):
        told = {"season": season, "why": said(bar.why)}
        return _("As things stand you cannot be ready for Match %(season)s. %(why)s") % told
    if late := _graduation(plan):
        return _("You graduate on %(day)s, after the training of Match %(season)s has begun. Aim at a later Match.") % {
            "season": season,
            "day": _day(late),
        }
    if not still and all(report[name].verdict not in SETTLED for name in (WINDOW, "certificate")):
        return _("Your Steps are passed, but not known to lie within the seven years that certification asks.")
    if not still:
        return _("ECFMG has what it must confirm for Match %(season)s; certify your rank list before %(day)s.") % {
            "season": season,
            "day": _when(listed),
        }
    return _if_in_time(plan, still, _when(listed))


def _if_in_time(plan: Plan, still: list[str], before: str) -> str:
    things = _("; ").join(str(NEEDED[name]) for name in still)
    if plan.seasons[0].ranked < HARDLY:
        later = [str(one.season) for one in plan.seasons if one.realistic]
        told = {"season": plan.season, "day": before, "later": later[0] if later else "", "things": things}
        if later:
            return _("At the usual pace you would not be ready for Match %(season)s before %(day)s; "
                     "Match %(later)s is within reach. Still needed: %(things)s.") % told  # fmt: skip
        return _("At the usual pace you would not be ready for Match %(season)s before %(day)s. "
                 "Still needed: %(things)s.") % told  # fmt: skip
    told = {"season": plan.season, "count": COUNTED[len(still) - 1], "day": before, "things": things}
    return _("You can be ready for Match %(season)s if %(count)s before %(day)s: %(things)s.") % told


def _more(report: Report, plan: Plan, still: list[str]) -> Iterator[str]:
    if late := unread(plan):
        yield _late(plan, *late)
    chance = plan.seasons[0].ranked
    if still and HARDLY <= chance < LIKELY:
        yield _("At the usual pace this is in time in %d of 100 draws of the plan.") % round(100 * chance)
    unknown = [report[name] for name in still if report[name].verdict is Verdict.UNKNOWN]
    if unknown and len(unknown) < len(NEEDED):
        named = _("; ").join(_(finding.title) for finding in unknown)
        yield _("Not known from your file: %s.") % named
    if any(finding.id == "visa.entry" and finding.verdict is Verdict.NOT_MET for finding in report):
        yield _("The visa is a matter of its own: an entry rule stands against it on this day.")


def unread(plan: Plan) -> tuple[dt.date, list[str]] | None:
    """Since when programs read, and the titles of what of this person's they should have then and do not."""
    steps = {step.task.id: step for step in plan.tasks}
    for dated in plan.milestones:
        if dated.milestone.event == "eras_programs_review_opens" and dated.day and dated.day < plan.on:
            names = missed(dated, steps)
            return (dated.day, [steps[name].task.title for name in names]) if names else None
    return None


def _late(plan: Plan, day: dt.date, titles: list[str]) -> str:
    told = {"day": _day(day), "things": ", ".join(_(title) for title in titles), "season": plan.season}
    late = _("Programs have read applications since %(day)s. Not done, as far as your file tells: %(things)s.") % told
    if plan.seasons[0].realistic:
        return late
    later = [str(one.season) for one in plan.seasons if one.realistic]
    if not later:
        return late + " " + _("Match %(season)s is hardly within reach.") % told
    told = {**told, "later": later[0]}
    return (
        late + " " + _("Match %(season)s is hardly within reach; Match %(later)s is within reach by its dates.") % told
    )


def _graduation(plan: Plan) -> dt.date | None:
    """The day of a graduation that comes only after the training of the season has begun."""
    starts = next((one.day for one in plan.milestones if one.milestone.event == "training_start"), None)
    ends = next((step.earliest_finish for step in plan.tasks if step.task.id == "degree"), None)
    return ends if starts and ends and ends > starts else None


def _bars(report: Report) -> Iterator[Finding]:
    for name in BARS:
        finding = report[name]
        exam = name.removesuffix(".may_apply")
        passed = exam != name and report[f"{exam}.passed"].verdict in SETTLED
        if finding.verdict is Verdict.NOT_MET and not passed and finding.opens is None:
            yield finding


def _deadline(plan: Plan) -> Dated | None:
    found = (one for one in plan.milestones if one.milestone.event == "nrmp_rol_certification_deadline")
    return next(found, None)


def _when(listed: Dated | None) -> str:
    if listed is None or listed.day is None:
        return _("the lists close (the day is not known yet)")
    return _("about %s (estimate)") % _day(listed.day) if listed.estimated else _day(listed.day)


def _day(day: dt.date) -> str:
    return written(day)
