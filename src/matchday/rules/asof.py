"""The dossier as it was on a day: what had not happened yet is a plan, not a fact."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from matchday.dossier.model import Application, Certification, Dossier, Exam, Letter, Pathway, RankOrderList, School

CERTIFICATION_DAYS = (
    "account_verified",
    "application_submitted",
    "application_approved",
    "fsmb_account",
    "credentials_verified",
    "diploma_verified",
    "certificate_issued",
)


def as_of(dossier: Dossier, on: date) -> Dossier:
    """The same dossier without anything dated after the day. Positions in lists stay, so that facts keep their names."""
    return replace(
        dossier,
        exam=_each(dossier.exam, _exam, on),
        school=_each(dossier.school, _school, on),
        pathway=_each(dossier.pathway, _pathway, on),
        letter=_each(dossier.letter, _letter, on),
        application=_each(dossier.application, _application, on),
        certification=_certification(dossier.certification, on),
        ranklist=_ranklist(dossier.ranklist, on),
    )


def _each(parts: tuple[Any, ...] | None, change: Any, on: date) -> tuple[Any, ...] | None:
    return None if parts is None else tuple(change(part, on) for part in parts)


def _after(day: date | datetime | None, on: date) -> bool:
    return day is not None and (day.date() if isinstance(day, datetime) else day) > on


def _exam(exam: Exam, on: date) -> Exam:
    if _after(exam.date, on):
        return replace(
            exam, result=None, score=None, listening=None, reading=None, writing=None, speaking=None, reported_on=None
        )
    if _after(exam.reported_on, on):
        return replace(
            exam,
            result="pending",
            score=None,
            listening=None,
            reading=None,
            writing=None,
            speaking=None,
            reported_on=None,
        )
    return exam


def _school(school: School, on: date) -> School:
    letter = school.completion_letter
    if isinstance(letter, date) and letter > on:
        school = replace(school, completion_letter=None)
    if _after(school.checked_on, on):
        school = replace(school, checked_on=None)
    if _after(school.degree_date, on):
        # The day on which it will be earned is the better expectation.
        school = replace(school, degree_date=None, expected_degree_date=school.degree_date)
    return school


def _pathway(pathway: Pathway, on: date) -> Pathway:
    gone = {name: None for name in ("applied", "attested", "accepted") if _after(getattr(pathway, name), on)}
    return replace(pathway, **gone) if gone else pathway


def _certification(certification: Certification, on: date) -> Certification:
    gone = {name: None for name in CERTIFICATION_DAYS if _after(getattr(certification, name), on)}
    return replace(certification, **gone) if gone else certification


def _letter(letter: Letter, on: date) -> Letter:
    if _after(letter.asked, on):
        return replace(letter, status=None, asked=None, uploaded=None)
    if _after(letter.uploaded, on):
        return replace(letter, status="asked" if letter.asked else None, uploaded=None)
    return letter


def _application(application: Application, on: date) -> Application:
    return replace(application, status="listed", sent=None) if _after(application.sent, on) else application


def _ranklist(ranklist: RankOrderList, on: date) -> RankOrderList:
    return replace(ranklist, certified_at=None) if _after(ranklist.certified_at, on) else ranklist
