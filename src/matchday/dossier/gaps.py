"""What a dossier does not say yet, the most useful first: the questions that decide the most answers."""

from collections.abc import Iterator
from dataclasses import dataclass

from matchday.dossier.model import Dossier, Exam, School


@dataclass(frozen=True, slots=True)
class Gap:
    """A field that is not known, as `school[0].country`, and what knowing it would settle."""

    field: str
    why: str


def gaps(dossier: Dossier) -> tuple[Gap, ...]:
    """The gaps worth filling, in order of use. A field that does not matter for this person is no gap."""
    return tuple(Gap(field, why) for field, why in _all(dossier))


def _all(dossier: Dossier) -> Iterator[tuple[str, str]]:
    person, certification = dossier.person, dossier.certification
    if dossier.season is None:
        yield "season", "which rules, dates and prices count"
    if person.citizenships is None:
        yield "person.citizenships", "US IMG or not, and which entry rules count"
    yield from _school(dossier)
    if dossier.exam is None:
        yield "exam", "which Steps are passed, planned or still to do"
    for place, exam in enumerate(dossier.exam or ()):
        yield from _exam(place, exam)
    if dossier.licence is None:
        yield "licence", "whether Pathway 1 is yours; write `licence = []` for none"
    if dossier.pathway is None:
        yield "pathway", "whether clinical skills are settled; write `pathway = []` for none"
    if certification.account_verified is None and certification.certificate_issued is None:
        yield "certification.account_verified", "whether certification has begun"
    yield from _visa(dossier)
    if dossier.preferences.specialties is None:
        yield "preferences.specialties", "which application service, what it costs"
    if person.time_zone is None:
        yield "person.time_zone", "deadlines on your own clock"


def _school(dossier: Dossier) -> Iterator[tuple[str, str]]:
    if not dossier.school:
        yield "school", "whether you are an IMG and your school counts"
    for place, school in enumerate(dossier.school or ()):
        yield from ((f"school[{place}].{key}", why) for key, why in _one_school(school))


def _one_school(school: School) -> Iterator[tuple[str, str]]:
    if school.country is None:
        yield "country", "whether the degree makes you an IMG"
    if school.degree_date is None and school.expected_degree_date is None:
        yield "degree_date", "graduate or student; students write expected_degree_date"
    if school.country == "US":
        return  # a school in the USA carries no Sponsor Note
    if school.sponsor_note is None:
        yield "sponsor_note", "whether ECFMG accepts the school (World Directory, tab Sponsor Notes)"
    years = school.sponsor_note_years or (school.sponsor_note_from and school.sponsor_note_to)
    if school.sponsor_note and not years:
        yield "sponsor_note_from", "whether your graduation year is inside the note's years"
    if school.credit_years is None:
        yield "credit_years", "at least four years must be credited"


def _exam(place: int, exam: Exam) -> Iterator[tuple[str, str]]:
    if exam.date is None:
        yield f"exam[{place}].date", "the day decides which standard and which limits count"
    parts = (exam.listening, exam.reading, exam.writing, exam.speaking)
    if exam.exam == "oet" and any(part is not None for part in parts) and None in parts:
        yield f"exam[{place}].listening, reading, writing, speaking", "OET counts with all four parts"


def _visa(dossier: Dossier) -> Iterator[tuple[str, str]]:
    person = dossier.person
    american = person.us_status in ("citizen", "permanent_resident") or "US" in (person.citizenships or ())
    if american:
        return
    if person.us_status is None:
        yield "person.us_status", "whether a visa is needed at all"
    if person.visa_wanted is None:
        yield "person.visa_wanted", "J-1 and H-1B ask for different things"
    if "J-1" in (person.visa_wanted or ()) and person.last_permanent_residence is None:
        yield "person.last_permanent_residence", "which country signs the Statement of Need"
