"""Where a dossier contradicts itself. No rule of any body is needed to see it, only the dossier.

A contradiction is no fault of reading: the file is understood, and each becomes a finding `dossier.<what>`.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from matchday.dossier.model import Dossier, Exam, School

STEPS = ("step1", "step2ck", "step2cs", "step3")
EXAMS = {"step1": "Step 1", "step2ck": "Step 2 CK", "step2cs": "Step 2 CS", "step3": "Step 3", "oet": "OET"}
OET_PARTS = ("listening", "reading", "writing", "speaking")
RESULT = ("result", "score", *OET_PARTS)
STILL_OPEN = (None, "pending")
# A Step may be sat again once a time limit of seven years has run out, so two passes that far apart are possible.
YEARS_BETWEEN_PASSES = 7
WRONG_DAY = "correct the day that is wrong"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What cannot be true together: finding id, what would be in order, why in a sentence, the facts, what to do.

    Facts are written as `exam[1].date=2024-05-02`.
    """

    id: str
    title: str
    why: str
    facts: tuple[str, ...]
    next: str


@dataclass(frozen=True, slots=True)
class Order:
    """Two days of one part that can only come in this order. In `why` {exam} stands for the exam and its day."""

    what: str
    part: str
    earlier: str
    later: str
    why: str


ORDERS = (
    Order("degree_before_enrolment", "school", "enrolled", "degree_date", "the degree is dated before enrolment"),
    Order("degree_before_enrolment", "school", "enrolled", "expected_degree_date", "the degree is expected before enrolment"),
    Order("exam_before_application", "exam", "applied", "date", "{exam} is taken before it is applied for"),
    Order("report_before_exam", "exam", "date", "reported_on", "the result of {exam} is reported before the exam is taken"),
    Order("licence_dates", "licence", "from", "to", "the licence ends before it begins"),
    Order("approval_before_application", "certification", "application_submitted", "application_approved",
          "the application for certification is approved before it is submitted"),
    Order("certificate_before_application", "certification", "application_submitted", "certificate_issued",
          "the certificate is issued before it is applied for"),
    Order("certificate_before_application", "certification", "application_approved", "certificate_issued",
          "the certificate is issued before the application is approved"),
    Order("certificate_dates", "certification", "certificate_issued", "certificate_expires",
          "the certificate expires before it is issued"),
    Order("pathway_dates", "pathway", "applied", "attested", "the Pathway is attested before it is applied for"),
    Order("pathway_dates", "pathway", "applied", "accepted", "the Pathway is accepted before it is applied for"),
    Order("pathway_dates", "pathway", "accepted", "expires", "the Pathway expires before it is accepted"),
    Order("experience_dates", "experience", "start", "end", "the experience ends before it begins"),
    Order("letter_dates", "letter", "asked", "uploaded", "the letter is uploaded before it is asked for"),
    Order("interview_dates", "interview", "invited", "respond_by", "the answer is due before the invitation"),
    Order("interview_dates", "interview", "invited", "start", "the interview is held before the invitation"),
)  # fmt: skip

# What would be in order, by what is not: the title of the finding.
TITLES = {
    "degree_before_enrolment": "A degree dated after enrolment",
    "exam_before_application": "An exam dated after its application",
    "report_before_exam": "A result dated after its exam",
    "licence_dates": "A licence that ends after it begins",
    "approval_before_application": "An approval dated after the application",
    "certificate_before_application": "A certificate dated after its application",
    "certificate_dates": "A certificate that expires after it is issued",
    "pathway_dates": "The days of a Pathway in their order",
    "experience_dates": "An experience that ends after it begins",
    "letter_dates": "A letter uploaded after it was asked for",
    "interview_dates": "An interview dated after its invitation",
    "exam_before_birth": "An exam dated after birth",
    "school_before_birth": "A school dated after birth",
    "licence_before_birth": "A licence dated after birth",
    "experience_before_birth": "An experience dated after birth",
    "passed_twice": "One pass of each Step",
    "exams_on_one_day": "One exam on one day",
    "exam_ahead": "A result only of an exam that was sat",
    "exam_fields": "Scores of the kind that the exam has",
    "exam_result": "A score only where there is a result",
    "school_note": "Years of a note only where there is a note",
    "school_note_years": "The years of the Sponsor Note in their order",
    "school_country": "A Canadian school in Canada",
    "us_status": "A status in the USA that fits the citizenships",
    "ranked_twice": "Each program ranked once",
    # The next two rest on rules, and are found there.
    "exam_not_given": "An exam day on which the exam was given",
    "result_against_score": "A result that fits the score",
    "not_ranked": "Pairs and supplemental lists of ranked programs",
}

# Days in a life: none of them can lie before birth.
LIFE = (("exam", ("applied", "date")), ("school", ("enrolled", "degree_date", "expected_degree_date")),
        ("licence", ("from", "to")), ("experience", ("start", "end")))  # fmt: skip


def stated_pass(exam: Exam) -> bool:
    """Whether the dossier itself calls this attempt a pass."""
    return exam.result == "pass"


def contradictions(dossier: Dossier, passed: Callable[[Exam], bool | None] = stated_pass) -> tuple[Contradiction, ...]:
    """Every contradiction in a dossier, one for each id, in a fixed order.

    `passed` tells whether an attempt is a pass; give the judgement of the rules to catch passes known by score alone.
    """
    checks = (_order, _birth, lambda one: _passes(one, passed), _same_day, _exam_fields, _note, _citizen, _lists)
    return joined(one for check in checks for one in check(dossier))


def joined(found: Iterable[Contradiction]) -> tuple[Contradiction, ...]:
    """Those of one id told as one."""
    several: dict[str, list[Contradiction]] = {}
    for one in found:
        several.setdefault(one.id, []).append(one)
    return tuple(_one(same) for same in several.values())


def _one(several: list[Contradiction]) -> Contradiction:
    first = several[0]
    why = "; ".join(dict.fromkeys(one.why for one in several))
    facts = tuple(dict.fromkeys(fact for one in several for fact in one.facts))
    return Contradiction(first.id, first.title, why, facts, first.next)


def sitting(exam: Exam) -> str:
    """An attempt as people name it: the OET of 3 May 2025."""
    return f"the {EXAMS[exam.exam]} {f'of {_written(exam.date)}' if exam.date else 'without a day'}"


def _written(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def ahead(dossier: Dossier, today: dt.date) -> tuple[Contradiction, ...]:
    """A result of an exam whose day is still to come. `today` is the day of the clock, never one that is asked about."""
    return joined(
        _found(
            "exam_ahead",
            f"{sitting(exam)} has a result, and yet its day is still to come",
            (f"{place}.date", exam.date),
            *((f"{place}.{key}", getattr(exam, key)) for key in RESULT if getattr(exam, key) not in STILL_OPEN),
            do="correct the day, or take the result out",
        )
        for place, exam in _parts(dossier, "exam")
        if exam.date and exam.date > today and any(getattr(exam, key) not in STILL_OPEN for key in RESULT)
    )


def _found(what: str, why: str, *facts: tuple[str, object], do: str = "correct what is wrong") -> Contradiction:
    told = tuple(f"{name}={_value(value)}" for name, value in facts)
    return Contradiction(f"dossier.{what}", TITLES[what], why, told, do)


def _value(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _parts(dossier: Dossier, name: str) -> Iterator[tuple[str, Any]]:
    """The parts under a name of the file, each with its place: `exam[0]`, or `certification`."""
    part = getattr(dossier, name)
    if isinstance(part, tuple):
        yield from ((f"{name}[{place}]", one) for place, one in enumerate(part))
    elif part is not None:
        yield name, part


def _day(part: Any, key: str) -> dt.date | None:
    value: dt.date | None = getattr(part, "from_" if key == "from" else key)
    return value.date() if isinstance(value, dt.datetime) else value


def _order(dossier: Dossier) -> Iterator[Contradiction]:
    for order in ORDERS:
        for place, part in _parts(dossier, order.part):
            first, second = _day(part, order.earlier), _day(part, order.later)
            if first and second and second < first:
                facts = (f"{place}.{order.earlier}", first), (f"{place}.{order.later}", second)
                why = order.why.format(exam=sitting(part)) if order.part == "exam" else order.why
                yield _found(order.what, why, *facts, do=WRONG_DAY)


def _birth(dossier: Dossier) -> Iterator[Contradiction]:
    born = dossier.person.born
    for name, keys in LIFE if born else ():
        for place, part in _parts(dossier, name):
            for key in keys:
                day = _day(part, key)
                if born and day and day < born:
                    whose = sitting(part) if name == "exam" else f"the {name}"
                    why = f"{whose} is dated before the day of birth"
                    facts = ("person.born", born), (f"{place}.{key}", day)
                    yield _found(f"{name}_before_birth", why, *facts, do=WRONG_DAY)


def _passes(dossier: Dossier, passed: Callable[[Exam], bool | None]) -> Iterator[Contradiction]:
    for step in STEPS:
        passes = [(place, exam) for place, exam in _parts(dossier, "exam") if exam.exam == step and passed(exam)]
        passes.sort(key=lambda one: one[1].date or dt.date.min)
        for (place, one), (other_place, other) in pairwise(passes):
            if not _far_apart(one.date, other.date):
                both = (place, one), (other_place, other)
                facts = [(f"{at}.{key}", getattr(exam, key)) for at, exam in both for key in ("result", "date")]
                why = f"{sitting(one)} and {sitting(other)} are both a pass, and a passed Step cannot be sat again so soon"
                known = [fact for fact in facts if fact[1] is not None]
                yield _found("passed_twice", why, *known, do="keep the pass that is on the transcript")


def _far_apart(one: dt.date | None, other: dt.date | None) -> bool:
    if one is None or other is None:
        return False
    early, late = sorted((one, other))
    return (late.year - early.year, late.month, late.day) > (YEARS_BETWEEN_PASSES, early.month, early.day)


def _same_day(dossier: Dossier) -> Iterator[Contradiction]:
    days: dict[tuple[dt.date, bool], dict[str, Exam]] = {}
    for place, exam in _parts(dossier, "exam"):
        if exam.date:  # a Step takes the whole day, so no two Steps fit into one
            days.setdefault((exam.date, exam.exam in STEPS), {})[place] = exam
    for (day, _), exams in days.items():
        if len(exams) > 1:
            facts = [(f"{place}.date", day) for place in exams]
            named = list(dict.fromkeys(EXAMS[exam.exam] for exam in exams.values()))
            told = "is entered more than once for" if len(named) == 1 else "are dated on"
            why = f"{' and '.join(named)} {told} one day, {_written(day)}"
            yield _found("exams_on_one_day", why, *facts, do=WRONG_DAY)


def _exam_fields(dossier: Dossier) -> Iterator[Contradiction]:
    for place, exam in _parts(dossier, "exam"):
        foreign = ("score",) if exam.exam == "oet" else OET_PARTS
        facts = [(f"{place}.{key}", getattr(exam, key)) for key in foreign if getattr(exam, key) is not None]
        if facts:
            none = "has four parts and no single score" if exam.exam == "oet" else "has one score and no parts of OET"
            why = f"{sitting(exam)} {none}"
            yield _found("exam_fields", why, (f"{place}.exam", exam.exam), *facts)
        given = [(f"{place}.{key}", getattr(exam, key)) for key in ("score", "reported_on") if getattr(exam, key)]
        if (exam.result == "pending" and given) or (exam.result == "incomplete" and exam.score):
            why = f"{sitting(exam)} is {exam.result}, and yet it has a result"
            yield _found("exam_result", why, (f"{place}.result", exam.result), *given)


def _note(dossier: Dossier) -> Iterator[Contradiction]:
    for place, school in _parts(dossier, "school"):
        years = _years(school)
        stated = [(f"{place}.{key}", f"{first or '?'}-{last or '?'}") for key, first, last in years]
        if years and school.sponsor_note is False:
            yield _found("school_note", "the school has no Sponsor Note, yet its years are given",
                         (f"{place}.sponsor_note", False), *stated)  # fmt: skip
        if any(isinstance(first, int) and isinstance(last, int) and last < first for _, first, last in years):
            yield _found("school_note_years", "the years of the Sponsor Note run backwards", *stated)
        if school.canadian_lcme and school.country not in (None, "CA"):
            facts = (f"{place}.canadian_lcme", True), (f"{place}.country", school.country)
            yield _found("school_country", "a Canadian school lies in another country", *facts)


def _years(school: School) -> list[tuple[str, object, object]]:
    spans: list[tuple[str, object, object]] = [
        ("sponsor_note_years", first, last) for first, last in school.sponsor_note_years or ()
    ]
    if school.sponsor_note_from is not None or school.sponsor_note_to is not None:
        spans.append(("sponsor_note_from/to", school.sponsor_note_from, school.sponsor_note_to))
    return spans


def _citizen(dossier: Dossier) -> Iterator[Contradiction]:
    status, countries = dossier.person.us_status, dossier.person.citizenships
    if status and countries is not None and (status == "citizen") != ("US" in countries):
        facts = ("person.us_status", status), ("person.citizenships", ", ".join(countries) or "none")
        yield _found("us_status", "the status in the USA does not fit the citizenships", *facts)


def _lists(dossier: Dossier) -> Iterator[Contradiction]:
    primary = dossier.ranklist.primary
    if primary is None:
        return
    for code, times in Counter(primary).items():
        if times > 1:
            yield _found("ranked_twice", f"{code} is ranked {times} times", ("ranklist.primary", code))
    named = {code: f"couple.pairs[{place}]" for place, pair in _pairs(dossier) for code in pair[:1]}
    named |= dict.fromkeys(dossier.ranklist.supplemental or (), "ranklist.supplemental")
    for code, where in named.items():
        if code not in primary and code != "none":
            yield _found("not_ranked", f"{code} is not on the rank list", (where, code), do="rank it, or take it out")


def _pairs(dossier: Dossier) -> Iterator[tuple[int, tuple[str, str]]]:
    yield from enumerate((dossier.couple.pairs if dossier.couple else None) or ())
