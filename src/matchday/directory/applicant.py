"""What programs ask about a person, drawn from the dossier as plain values. Absent facts stay unknown."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from matchday.dossier.model import Dossier, Exam, Experience, School

DAYS_A_YEAR = 365.25
DAYS_A_MONTH = DAYS_A_YEAR / 12
STEPS = ("step1", "step2ck", "step2cs", "step3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """One person before a program's gates. None is not known; an empty tuple or mapping says "none".

    `visas`: any of these will do, () when none is needed. `tries`: attempts at each Step up to the asked day. `scores`: of
    the passed try. `years_at_application` and `years_at_start`: since the degree, on 1 September before and on 1 July of
    the season. `on`: the asked day. `us_months`: hands-on clinical experience in the USA; `us_months_unsure`: US experience that may not count.
    """

    visas: tuple[str, ...] | None = None
    years_at_application: float | None = None
    years_at_start: float | None = None
    tries: Mapping[str, int] | None = None
    scores: Mapping[str, int] = field(default_factory=dict)
    us_months: float | None = None
    us_months_unsure: float = 0.0
    gme_months: int | None = None
    is_img: bool | None = None
    on: dt.date | None = None


def applicant_of(dossier: Dossier, on: dt.date, season: int) -> Applicant:
    """The applicant as of a day: what is dated later is a plan and does not count yet."""
    degree = _degree(dossier.school)
    taken = None if dossier.exam is None else sorted(filter(partial(_taken, on), dossier.exam), key=_day)
    sure, unsure = _us_months(dossier.experience, on)
    return Applicant(
        visas=_visas(dossier),
        years_at_application=_years(degree, dt.date(season - 1, 9, 1)),
        years_at_start=_years(degree, dt.date(season, 7, 1)),
        tries=None if taken is None else Counter(exam.exam for exam in taken),
        scores={exam.exam: exam.score for exam in taken or () if exam.score is not None and exam.result != "fail"},
        us_months=sure,
        us_months_unsure=unsure,
        gme_months=dossier.certification.gme_months,
        is_img=_is_img(dossier.school),
        on=on,
    )


def _visas(dossier: Dossier) -> tuple[str, ...] | None:
    """The visas that would do: none for citizens and permanent residents, those wanted, else either when one is needed."""
    person = dossier.person
    if person.us_status in ("citizen", "permanent_resident") or "US" in (person.citizenships or ()):
        return ()
    if person.visa_wanted is not None:
        return tuple(person.visa_wanted)
    return ("J-1", "H-1B") if person.us_status == "none" else None


def _degree(schools: Sequence[School] | None) -> dt.date | None:
    days = [day for school in schools or () if (day := school.degree_date or school.expected_degree_date)]
    return max(days, default=None)


def _years(degree: dt.date | None, day: dt.date) -> float | None:
    return None if degree is None else max(0.0, (day - degree).days / DAYS_A_YEAR)


def _taken(on: dt.date, exam: Exam) -> bool:
    """Sat by that day. A try without a date counts when it has a result."""
    if exam.exam not in STEPS:
        return False
    return exam.date <= on if exam.date else exam.result is not None or exam.score is not None


def _day(exam: Exam) -> dt.date:
    return exam.date or dt.date.min


def _us_months(experience: Sequence[Experience] | None, on: dt.date) -> tuple[float | None, float]:
    """Months of hands-on work in the USA, and months in the USA that are not or may not be hands-on; up to the day."""
    if experience is None:
        return None, 0.0
    sure = unsure = 0.0
    for one in experience:
        months = _months(one, on) if one.us else 0.0
        sure += months if one.hands_on else 0.0
        unsure += 0.0 if one.hands_on else months
    return sure, unsure


def _months(one: Experience, on: dt.date) -> float:
    """Length so far. Without a start it counts as a moment, so that it is there but fills no number of months."""
    if one.start is None:
        return 0.01
    return max(0, (min(one.end or on, on) - one.start).days + 1) / DAYS_A_MONTH


def _is_img(schools: Sequence[School] | None) -> bool | None:
    """A graduate of a school outside the USA; None when no country is given, or Canada, where the day of the degree decides."""
    countries = {school.country for school in schools or () if school.country}
    return None if not countries or "CA" in countries else countries != {"US"}
