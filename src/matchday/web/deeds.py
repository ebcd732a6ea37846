"""What a person can say of a step of the plan on the plan's own page: "it happened on ...", "I have booked it for ..."."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from matchday.dossier import edit
from matchday.dossier.model import Dossier, Exam
from matchday.rules.evaluate import season_of
from matchday.terms import InputProblem

# Written into the file as they stand, shown in the language of the page.
RESULTS = ("pass", "fail")
Change = Callable[[Dossier, dt.date, str], Dossier]


@dataclass(frozen=True, slots=True)
class Deed:
    """What can be said of a step: the words before the day, the change it makes, whether the day may be still to come.

    `choices` are the results to choose from, when the step ends with one.
    """

    words: Any
    change: Change
    ahead: bool = False
    choices: tuple[str, ...] = ()


def _certified(name: str) -> Deed:
    return Deed(_("This happened on"), lambda dossier, day, _result: edit.set_certification(dossier, **{name: day}))


def _sat(exam: str) -> Deed:
    def change(dossier: Dossier, day: dt.date, _result: str) -> Dossier:
        return edit.plan_exam(dossier, exam=exam, date=day)

    return Deed(_("I have booked it for, or sat it on"), change, ahead=True)


def _registered(exam: str) -> Deed:
    def change(dossier: Dossier, day: dt.date, _result: str) -> Dossier:
        at = _open(dossier, exam)
        if at is None:
            return edit.add(dossier, "exam", exam=exam, applied=day)
        return edit.change(dossier, "exam", at, applied=day)

    return Deed(_("I registered and paid on"), change)


def _reported(exam: str) -> Deed:
    def change(dossier: Dossier, day: dt.date, result: str) -> Dossier:
        at = _open(dossier, exam)
        if at is None:
            raise InputProblem(
                "no exam waits for a result", expected="the exam day first", do="enter the day you sat it"
            )
        return edit.change(dossier, "exam", at, reported_on=day, result=result)

    return Deed(_("The result came on"), change, choices=RESULTS)


def _open(dossier: Dossier, exam: str) -> int | None:
    """The last entry of an exam that has no result yet."""
    entries = enumerate(dossier.exam or ())
    return max((at for at, one in entries if one.exam == exam and _without_result(one)), default=None)


def _without_result(one: Exam) -> bool:
    return one.result in (None, "pending") and one.score is None


def _pathway(name: str) -> Deed:
    def change(dossier: Dossier, day: dt.date, _result: str) -> Dossier:
        entries = dossier.pathway or ()
        if not entries:
            raise InputProblem("the file names no Pathway yet", expected="the application first", do="enter it first")
        return edit.change(dossier, "pathway", len(entries) - 1, **{name: day})

    return Deed(_("This happened on"), change)


def _applied(dossier: Dossier, day: dt.date, number: str) -> Dossier:
    return edit.record_pathway(dossier, number=int(number), season=season_of(dossier, day), applied=day)


def _graduated(dossier: Dossier, day: dt.date, _result: str) -> Dossier:
    schools = dossier.school or ()
    if not schools:
        raise InputProblem("the file names no school yet", expected="the school first", do="enter it in My facts")
    waiting = [at for at, one in enumerate(schools) if one.expected_degree_date] or [len(schools) - 1]
    return edit.change(dossier, "school", waiting[-1], degree_date=day)


def _certified_list(dossier: Dossier, day: dt.date, _result: str) -> Dossier:
    return edit.set_part(dossier, "ranklist", certified_at=day)


DEEDS: dict[str, Deed] = {
    "account": _certified("account_verified"),
    "application": _certified("application_submitted"),
    "credentials": _certified("credentials_verified"),
    "application.approved": _certified("application_approved"),
    "diploma": _certified("diploma_verified"),
    "certificate": _certified("certificate_issued"),
    **{f"{step}.register": _registered(step) for step in ("step1", "step2ck")},
    **{f"{step}.permit": _sat(step) for step in ("step1", "step2ck")},
    **{f"{exam}.exam": _sat(exam) for exam in ("step1", "step2ck", "oet")},
    **{f"{step}.score": _reported(step) for step in ("step1", "step2ck")},
    "pathway.apply": Deed(_("I applied, under the Pathway of this number, on"), _applied, choices=tuple("123456")),
    **{f"pathway.{way}": _pathway("attested") for way in ("licence", "attestation", "encounters")},
    "pathway.accepted": _pathway("accepted"),
    "degree": Deed(_("I graduated on"), _graduated),
    "ranklist": Deed(_("I certified my list on"), _certified_list),
}


def done_on(dossier: Dossier, task: str, day: dt.date, today: dt.date, result: str = "") -> Dossier:
    """The dossier with a step told; InputProblem for a step that has no field, a day to come, or no result chosen."""
    deed = DEEDS.get(task)
    if deed is None:
        raise InputProblem(f"the file has no day for {task!r}", expected="a step with a day", do="choose another step")
    if day > today and not deed.ahead:
        raise InputProblem(f"{day} is still to come", expected="a day up to today", do="enter the day it happened")
    if deed.choices and result not in deed.choices:
        raise InputProblem("the result is not chosen", expected=" or ".join(deed.choices), do="choose one")
    return deed.change(dossier, day, result)
