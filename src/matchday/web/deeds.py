"""What a person can say of a step of the plan on the plan's own page: "it happened on ...", "I have booked it for ..."."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matchday.dossier import edit
from matchday.dossier.model import Dossier, Exam
from matchday.rules.evaluate import season_of
from matchday.terms import InputProblem
from matchday.web.purse import is_sent

# Written into the file as they stand, shown in the language of the page.
RESULTS = ("pass", "fail")
Change = Callable[[Dossier, dt.date, str], Dossier]
Fits = Callable[[Dossier], bool]


def _always(_dossier: Dossier) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Deed:
    """What can be said of a step: the words before the day, the change it makes, whether the day may be still to come.

    `choices` are the results to choose from, when the step ends with one; `fits`: whether the file has what it is said of.
    """

    words: Any
    change: Change
    ahead: bool = False
    choices: tuple[str, ...] = ()
    fits: Fits = _always


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

    return Deed(_("The result came on"), change, choices=RESULTS, fits=lambda dossier: _open(dossier, exam) is not None)


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

    return Deed(_("This happened on"), change, fits=lambda dossier: bool(dossier.pathway))


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


def _unsent(dossier: Dossier) -> list[int]:
    """The entries of the list that have not left yet."""
    return [at for at, one in enumerate(dossier.application or ()) if not is_sent(one)]


def _sent(dossier: Dossier, day: dt.date, _result: str) -> Dossier:
    waiting = _unsent(dossier)
    if not waiting:
        raise InputProblem(
            "no application of your list is still to be sent", expected="a program on your list", do="add it first"
        )
    for at in waiting:
        dossier = edit.change(dossier, "application", at, status="submitted", sent=day)
    return dossier


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
    "oet.result": _reported("oet"),
    "step3.register": _registered("step3"),
    "step3.score": _sat("step3"),
    "pathway.apply": Deed(_("I applied, under the Pathway of this number, on"), _applied, choices=tuple("123456")),
    **{f"pathway.{way}": _pathway("attested") for way in ("licence", "attestation", "encounters")},
    "pathway.accepted": _pathway("accepted"),
    "degree": Deed(_("I graduated on"), _graduated, fits=lambda dossier: bool(dossier.school)),
    "apply": Deed(_("Every application of my list was sent on"), _sent, fits=lambda dossier: bool(_unsent(dossier))),
    "ranklist": Deed(_("I certified my list on"), _certified_list),
}


@dataclass(frozen=True, slots=True)
class Note:
    """What the file can hold of a step beside a day, or instead of one: in words, and the field it stands in, if any.

    `field` is a part of the dossier and a field of it; `anew` asks for a new entry.
    """

    words: Any
    field: str = ""
    anew: bool = False

    def url(self, dossier: Dossier) -> str:
        """The form that holds the field: the last entry of a list, a new one where there is none."""
        part, _dot, key = self.field.partition(".")
        if part in ("", "application"):
            return reverse("apply") if part else ""
        entries = getattr(dossier, part) if part in edit.SEVERAL else None
        if part not in edit.SEVERAL:
            page = reverse("facts_part", args=[part])
        elif entries and not self.anew:
            page = reverse("facts_row", args=[part, len(entries) - 1])
        else:
            page = reverse("facts_new", args=[part])
        return f"{page}#{key}"


_no_day = _("Your file has no day for this step; you can say here how long it takes you.")
_before = _("First comes the step before this one: note its day there.")
_score = _("The score stands with the exam, among your facts.")
_registration = _(
    "Your file has no day for the registration: it counts as made once you note the day on which you certified your list."
)
_confirmed = _(
    "ECFMG tells NRMP without you, and your file has no day for it: it counts as done once your list is certified."
)
NOTES: dict[str, Note] = {
    "school.note": Note(_("The note and its years stand with your school, among your facts."), "school.sponsor_note"),
    "step1.score": Note(_score, "exam.score"),
    "step2ck.score": Note(_score, "exam.score"),
    "oet.result": Note(_("The four scores stand with the exam, among your facts."), "exam.listening"),
    "step3.score": Note(_("Its result and score stand with the exam, among your facts."), "exam.result"),
    "nrmp.register": Note(_registration, "ranklist.certified_at"),
    "nrmp.confirmed": Note(_confirmed, "ranklist.certified_at"),
    "apply": Note(_("Your list of programs stands on the page Apply."), "application"),
    "degree": Note(_("Your school stands among your facts."), "school.degree_date"),
    "state.licence": Note(_("The licence or permit stands among your facts: it counts from its first day on."), "licence.from", anew=True),
    "visa.issued": Note(_("Your file has no day for this step; the visa that you hold stands among your facts."), "person.valid_visa"),
    "entry": Note(_("Your file has no day for this step; that you are in the USA stands among your facts."), "person.inside_us"),
    **dict.fromkeys(("need.statement", "j1.sponsorship", "h1b.petition", "training"), Note(_no_day)),
}  # fmt: skip


def deed_of(task: str, dossier: Dossier) -> Deed | None:
    """What can be told of a step just now; None where the file has no day for it, or not yet."""
    deed = DEEDS.get(task)
    return deed if deed and deed.fits(dossier) else None


def note_of(task: str, dossier: Dossier) -> Note | None:
    """What the file can hold of a step beside its day; words for every step that nothing can be told of."""
    return NOTES.get(task) or (None if deed_of(task, dossier) else Note(_before))


def done_on(dossier: Dossier, task: str, day: dt.date, today: dt.date, result: str = "") -> Dossier:
    """The dossier with a step told; InputProblem for a step that has no field, a day to come, or no result chosen."""
    deed = DEEDS.get(task)
    if deed is None:
        raise InputProblem("the file has no day for this step", expected="a step with a day", do="choose another step")
    if day > today and not deed.ahead:
        raise InputProblem("this day is still to come", expected="a day up to today", do="enter the day it happened")
    if deed.choices and result not in deed.choices:
        raise InputProblem("the result is not chosen", expected=" or ".join(deed.choices), do="choose one")
    return deed.change(dossier, day, result)
