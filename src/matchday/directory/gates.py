"""The gates that a program puts before a person: one question each, answered by yes, no or not stated.

A gate is open when the program's stated rule lets this person in, or when the question does not arise for this person (no
visa needed, no Step repeated, a degree of this year). It is shut when a stated rule keeps the person
out, and not stated when the program, or the dossier, is silent.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from matchday import terms
from matchday.directory.applicant import Applicant


class Verdict(StrEnum):
    """What fit says. Silence is an answer of its own."""

    TAKES = "takes you"
    NOT = "does not"
    SILENT = "not stated"


WORST_FIRST = (Verdict.NOT, Verdict.SILENT, Verdict.TAKES)


@dataclass(frozen=True, slots=True)
class Said:
    """A rule from outside the directory, as plain text with its source: value, source, day read, confidence."""

    value: str
    source: str
    read_on: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Licence:
    """What the rules say of this person's licence in one state, as judged elsewhere, with the rules used."""

    verdict: terms.Verdict
    why: str
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Outside:
    """Rules the directory does not hold: this person's licence by state, the season's application service by specialty.

    `services` holds specialties with a service of their own, by code; `usual_service` is where most others go.
    """

    licences: Mapping[str, Licence] = field(default_factory=dict)
    services: Mapping[str, Said] = field(default_factory=dict)
    usual_service: Said | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """The answer of one gate: why in one sentence, the facts of the dossier that are missing, outside rules used.

    `fields`: what it rests on, where that is less than all that its gate looks at.
    """

    verdict: Verdict
    why: str
    missing: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()
    fields: tuple[str, ...] = ()


def _open(why: str) -> Ruling:
    return Ruling(Verdict.TAKES, why)


def _shut(why: str) -> Ruling:
    return Ruling(Verdict.NOT, why)


def _silent(why: str, *missing: str) -> Ruling:
    return Ruling(Verdict.SILENT, why, missing)


def visa_gate(who: Applicant, j1: str | None, h1b: str | None) -> Ruling:
    """Does the program sponsor one of the visas that this person would come on?"""
    stated = {"J-1": j1, "H-1B": h1b}
    if who.visas == ():
        return _open("you need no visa from the program")
    if who.visas is None:
        if j1 == h1b == "yes":
            return _open("sponsors J-1 and H-1B")
        return _silent("whether you need a visa is not in your file", "person.us_status")
    named = [visa for visa in who.visas if stated.get(visa) == "yes"]
    if named:
        fields = (*({"J-1": "visa_j1", "H-1B": "visa_h1b"}[visa] for visa in named), "visa_note")
        return Ruling(Verdict.TAKES, f"sponsors {' and '.join(named)}", fields=fields)
    if all(stated.get(visa) == "no" for visa in who.visas):
        return _shut(f"does not sponsor {' or '.join(who.visas)}")
    quiet = [visa for visa in who.visas if stated.get(visa) is None]
    return _silent(f"does not state whether it sponsors {' or '.join(quiet)}")


def graduation_gate(who: Applicant, years_max: str | None) -> Ruling:
    """Is the degree recent enough? Programs do not say from which day they count, so both ends of the season are tried."""
    if who.years_at_start is None:
        return _silent("the day of your degree is not in your file", "school[0].degree_date")
    if years_max is None:
        if who.years_at_start <= 1:
            return _open("you graduate in the year before training starts, inside any limit")
        return _silent("does not say how old a degree may be")
    limit, start, apply = _limit(years_max), who.years_at_start, who.years_at_application or 0.0
    if limit is None:
        return _open("says that it has no limit of years since graduation")
    said = f"at most {_count(years_max, 'year')} since graduation; you: {start:.1f} when training starts"
    if start <= limit:
        return _open(said)
    return (
        _shut(said) if apply > limit else _silent(f"{said}, {apply:.1f} when you apply: ask from which day they count")
    )


def attempts_gate(who: Applicant, attempts_max: str | None) -> Ruling:
    """Are there few enough tries at each Step?"""
    if who.tries is None:
        return _silent("your exams are not in your file", "exam")
    most = max(who.tries.values(), default=0)
    if attempts_max is None:
        return _silent("states no limit of tries") if most > 1 else _open("no Step taken twice, inside any limit")
    limit = _limit(attempts_max)
    if limit is None:
        return _open("says that it has no limit of tries")
    said = f"at most {_count(attempts_max, 'try', 'tries')} at a Step; you: {most}"
    return _shut(said) if most > limit else _open(said)


def _limit(text: str) -> float | None:
    """The number of a stated limit; None when the program says that there is none."""
    return None if text == "none" else float(text)


def _count(number: str, one: str, many: str = "") -> str:
    return f"{number} {one if number == '1' else many or one + 's'}"


def score_gate(who: Applicant, step2_min: str | None, step1_min: str | None) -> Ruling:
    """Is the Step 2 CK score (and the Step 1 score, where one is still asked) at or above the floor?"""
    rulings = [_floor("Step 2 CK", "step2ck", who, step2_min)]
    if step1_min is not None:
        rulings.append(_floor("Step 1", "step1", who, step1_min))
    return _worst(rulings)


def _floor(name: str, exam: str, who: Applicant, floor: str | None) -> Ruling:
    score = who.scores.get(exam)
    if floor is None:
        return _silent(f"does not say its lowest {name} score")
    if score is None:
        return _silent(f"looks at {name} scores from {floor}; yours is not known yet", f"exam {exam} score")
    said = f"{name} from {floor}; you: {score}"
    return _open(said) if score >= float(floor) else _shut(said)


def experience_gate(who: Applicant, asked: str | None, months: str | None) -> Ruling:
    """Is there enough hands-on clinical experience in the USA?"""
    if asked == "no":
        return _open("asks for no US clinical experience")
    if who.us_months is None:
        return _silent("your experience is not in your file", "experience")
    if asked is None and months is None:
        return _silent("does not state whether it asks for US clinical experience")
    if asked not in (None, "yes"):
        return _silent(f"asks for US clinical experience in its own words: {asked}")
    return _months(who, float(months or 0))


def _months(who: Applicant, wanted: float) -> Ruling:
    have = who.us_months or 0.0
    asked = f", {_count(f'{wanted:g}', 'month')}" if wanted else ""
    said = f"asks for US clinical experience{asked}; you: {f'{have:.1f} months' if have else 'none'} hands-on"
    if have > 0 and have >= wanted:
        return _open(said)
    if have + who.us_months_unsure > 0 and have + who.us_months_unsure >= wanted:
        return _silent(f"{said} and {who.us_months_unsure:.1f} months that may not count: ask", "experience hands_on")
    return _shut(said)


def track_gate(who: Applicant, track: str | None) -> Ruling:
    """Physician-only tracks are kept for people with earlier US training."""
    if track != "R":
        return _open("open to people without earlier US training")
    if who.gme_months is None:
        return _silent("only for physicians with earlier US training", "certification.gme_months")
    return (
        _shut("only for physicians with earlier US training") if who.gme_months == 0 else _open("you have US training")
    )


def positions_gate(who: Applicant, quota: int | None, season: int | None) -> Ruling:
    """A track whose newest quota is 0 took no part in that Match; whether it comes back is for the program to say."""
    if quota == 0:
        return _silent(f"offered no position in the Match of {season}: ask whether it will")
    return _open("offered positions when last seen" if quota else "no season without positions is known")


def accreditation_gate(who: Applicant, status: str | None, since: str | None) -> Ruling:
    """A program whose accreditation has ended trains nobody; one that will end, or is in danger, is said to be so."""
    words = (status or "").casefold()
    if "withdraw" in words or "withheld" in words:
        told = f"{status}{f' from {since}' if since else ''}"
        if since and who.on and dt.date.fromisoformat(since) > who.on:
            return _silent(f"its accreditation is to end: {told}. Ask whether it takes new residents")
        return _shut(f"its accreditation has ended: {told}")
    if "probation" in words or "warning" in words:
        return _open(f"accredited, but with a warning from the accreditor: {status}")
    return _open(f"accredited: {status}" if status else "no end of its accreditation is known")


def img_gate(who: Applicant, takes_img: str | None) -> Ruling:
    """A program that says it takes no graduates of schools abroad is shut; silence here is covered by the other gates."""
    if takes_img != "no" or who.is_img is False:
        return _open(
            "takes graduates of schools abroad" if takes_img == "yes" else "does not refuse graduates of schools abroad"
        )
    return (
        _shut("takes no graduates of schools abroad") if who.is_img else _silent("takes no IMGs", "school[0].country")
    )


def service_gate(
    outside: Outside, who: Applicant, service: str | None, taking_part: str | None, code: str | None
) -> Ruling:
    """Is it known through which application service this season's applications go?"""
    rule = outside.services.get(code or "")
    if taking_part and taking_part.lower().startswith(("not ", "no ")):
        return _silent(f"its service lists it as: {taking_part}. Look at this season's list")
    if service and rule and rule.value not in service:
        why = f"its list says {service}, the whole specialty uses {rule.value} this season: look it up"
        return Ruling(Verdict.SILENT, why, said=(rule,))
    if service:
        return _open(f"applications through {service}")
    if rule := rule or outside.usual_service:
        return Ruling(Verdict.TAKES, f"states no service; the specialty uses {rule.value}", said=(rule,))
    return _silent("does not state its application service")


def licence_gate(licences: Mapping[str, Licence], who: Applicant, state: str | None) -> Ruling:
    """Could this person be licensed in the state of the program after so many tries?"""
    known = licences.get(state or "")
    if known and known.verdict is terms.Verdict.NOT_MET:
        return Ruling(Verdict.NOT, known.why, said=known.said)
    if known and known.verdict is terms.Verdict.MET:
        return Ruling(Verdict.TAKES, known.why, said=known.said)
    if who.tries is None:
        return _silent("your exams are not in your file", "exam")
    if max(who.tries.values(), default=0) <= 1:
        return _open("no Step taken twice, inside the limit of any state")
    if known:
        return Ruling(Verdict.SILENT, known.why, said=known.said)
    return _silent(f"what {state or 'its state'} asks for a licence after a repeated Step is not known: ask its board")


def _worst(rulings: Sequence[Ruling]) -> Ruling:
    return min(rulings, key=lambda ruling: WORST_FIRST.index(ruling.verdict))
