"""School and degree: who is an IMG, and whether ECFMG accepts the school, the years, the credits and the diploma."""

from collections.abc import Callable
from datetime import date
from functools import wraps

from matchday.dossier.countries import country_name
from matchday.dossier.model import School
from matchday.rules.evaluate import Ask, requirement
from matchday.rules.model import Answer
from matchday.rules.requirements.usmle import certified
from matchday.rules.verdicts import any_of, weakest
from matchday.rules.words import day
from matchday.terms import Verdict

# Degrees of these territories can be US degrees; the accreditation decides, so the country alone does not tell.
US_TERRITORIES = ("PR", "GU", "VI", "AS", "MP")

Judge = Callable[[Ask], Answer]


def for_imgs(judge: Judge) -> Judge:
    """Ask nothing of a person who is not an IMG."""

    @wraps(judge)
    def guarded(ask: Ask) -> Answer:
        if ask.verdict("img.status") is Verdict.NOT_NEEDED:
            ask.finding("img.status")
            return Answer(Verdict.NOT_NEEDED, "This degree is not an international one, so ECFMG asks nothing.")
        return judge(ask)

    return guarded


def settled_by_certificate(judge: Judge) -> Judge:
    """What the dossier leaves open about the school is settled once ECFMG has issued the certificate."""

    @wraps(judge)
    def settled(ask: Ask) -> Answer:
        answer = judge(ask)
        if answer.verdict is Verdict.UNKNOWN and certified(ask):
            return Answer(Verdict.MET, "ECFMG has issued the certificate, so it accepted the school and the degree.")
        return answer

    return settled


def degree_day(ask: Ask, place: str, school: School) -> date | None:
    """The day of the degree, or the day on which it is expected; noted as missing when neither is there."""
    known: date | None = ask.use(place, school, "degree_date") or ask.use(place, school, "expected_degree_date")
    if known is None:
        ask.missing(f"{place}.degree_date")
    return known


def is_student(ask: Ask, place: str, school: School) -> bool | None:
    """Whether the degree is still to come on the asked day; None when the dossier does not say."""
    if ask.use(place, school, "degree_date"):
        return False
    expected = ask.use(place, school, "expected_degree_date")
    if expected and expected > ask.on:
        return True
    ask.missing(f"{place}.degree_date")
    return None


@requirement("img.status", body="ECFMG", title="International medical graduate")
def img_status(ask: Ask) -> Answer:
    """Met: is an IMG and needs certification. Where the degree was earned decides, never citizenship."""
    found = ask.degree_school()
    if found is None:
        return Answer(Verdict.UNKNOWN, "The dossier names no medical school.", "Enter the school of the degree.")
    place, school = found
    country = ask.need(place, school, "country")
    if country == "CA":
        return _canadian(ask, place, school)
    ask.rule("IMG-DEF")
    if country == "US" or (country in US_TERRITORIES and "LCME" in (ask.need(place, school, "accreditor") or "")):
        return Answer(Verdict.NOT_NEEDED, "A degree from a school in the USA is not an international one.")
    if country in US_TERRITORIES and school.accreditor is None:
        return Answer(
            Verdict.UNKNOWN,
            f"A degree from {country_name(country)} is a US one when the LCME accredits the school, and your file does not name the accreditor.",
            "Enter accreditor for the school.",
        )
    if country is None:
        return Answer(Verdict.UNKNOWN, "Where the degree is earned is not known.", "Enter the country of the school.")
    return Answer(
        Verdict.MET,
        "The degree is from a school outside the USA, so ECFMG certification is needed. Citizenship does not matter.",
    )


def _canadian(ask: Ask, place: str, school: School) -> Answer:
    lcme = ask.need(place, school, "canadian_lcme")
    if lcme is False:
        ask.rule("IMG-DEF")
        return Answer(Verdict.MET, "The Canadian programme was not LCME-accredited, so ECFMG certification is needed.")
    graduated = degree_day(ask, place, school)
    if graduated is None:
        return Answer(
            Verdict.UNKNOWN,
            "For a Canadian school the day of the degree decides, and it is not known.",
            "Enter the degree date.",
        )
    if ask.rule("CAN-NEW", graduated).value:
        return Answer(
            Verdict.MET,
            f"LCME accreditation of Canadian schools ended on 30 June 2025; a degree of {day(graduated)} needs ECFMG certification.",
        )
    if lcme is None:
        return Answer(
            Verdict.UNKNOWN, "Whether the Canadian programme was LCME-accredited is not known.", "Enter canadian_lcme."
        )
    ask.rule("CAN-OLD", graduated)
    return Answer(
        Verdict.NOT_NEEDED,
        f"A degree of {day(graduated)} from an LCME-accredited Canadian school is not an international one.",
    )


@requirement("school.listed", body="ECFMG", title="School with an ECFMG note in the World Directory")
@for_imgs
@settled_by_certificate
def listed(ask: Ask) -> Answer:
    """The school carries an ECFMG note; a listing without the note is not enough."""
    ask.rule("SCH-NOTE")
    found = ask.degree_school()
    if found is None:
        return Answer(Verdict.UNKNOWN, "The dossier names no medical school.", "Enter the school of the degree.")
    place, school = found
    noted = ask.use(place, school, "sponsor_note")
    if noted is False:
        return Answer(
            Verdict.NOT_MET,
            "The school has no ECFMG note in the World Directory. A listing without the note is not enough.",
            "Look again at the Sponsor Notes tab; ask the school and ECFMG.",
        )
    if noted or _years(ask, place, school):
        return Answer(Verdict.MET, "The school has an ECFMG note in the World Directory.")
    ask.missing(f"{place}.sponsor_note")
    return Answer(
        Verdict.UNKNOWN,
        "Whether the school has an ECFMG note is not known.",
        "Look up the school in the World Directory, tab Sponsor Notes.",
    )


Span = tuple[int | None, int | str | None]


def _years(ask: Ask, place: str, school: School) -> tuple[Span, ...]:
    """The years of the note, as spans; empty when the dossier gives none."""
    if spans := ask.use(place, school, "sponsor_note_years"):
        return tuple(spans)
    first, last = ask.use(place, school, "sponsor_note_from"), ask.use(place, school, "sponsor_note_to")
    return () if first is None and last is None else ((first, last),)


def _covers(span: Span, year: int) -> Verdict:
    first, last = span
    if (first is not None and year < first) or (isinstance(last, int) and year > last):
        return Verdict.NOT_MET
    return Verdict.UNKNOWN if first is None or last is None else Verdict.MET


def _current(span: Span) -> Verdict:
    return Verdict.UNKNOWN if span[1] is None else Verdict.MET if span[1] == "current" else Verdict.NOT_MET


@requirement("school.years", body="ECFMG", title="Graduation year inside the years of the note")
@for_imgs
@settled_by_certificate
def years(ask: Ask) -> Answer:
    """A graduate's year lies inside the noted years; for a student they read "Current"."""
    found = ask.degree_school()
    if found is None:
        ask.rule("SCH-YEARS")
        return Answer(Verdict.UNKNOWN, "The dossier names no medical school.", "Enter the school of the degree.")
    place, school = found
    graduated = degree_day(ask, place, school)
    ask.rule("SCH-YEARS", graduated)
    if ask.use(place, school, "closed"):
        ask.rule("SCH-CLOSED", graduated)
    if ask.use(place, school, "sponsor_note") is False:
        return Answer(Verdict.NOT_MET, "The school has no ECFMG note, so no graduation year is accepted.")
    spans = _years(ask, place, school)
    if not spans:
        ask.missing(f"{place}.sponsor_note_years")
        return Answer(
            Verdict.UNKNOWN,
            "The years of the ECFMG note are not known.",
            "Copy them from the Sponsor Notes tab of the World Directory.",
        )
    return _in_years(ask, place, school, spans, graduated)


def _in_years(ask: Ask, place: str, school: School, spans: tuple[Span, ...], graduated: date | None) -> Answer:
    student = is_student(ask, place, school)
    current = any_of(_current(span) for span in spans)
    inside = any_of(_covers(span, graduated.year) for span in spans) if graduated else Verdict.UNKNOWN
    if student:
        return _answer_years(
            current,
            'the years of the ECFMG note read "Current"; they must still do so on every exam day.',
            'the years of the ECFMG note do not read "Current", as they must for a student.',
        )
    if student is None:
        # Neither student nor graduate for certain: sure only where both give the same answer.
        both = {current, inside}
        return _answer_years(
            both.pop() if len(both) == 1 else Verdict.UNKNOWN,
            "the years of the ECFMG note fit, for a student and for a graduate.",
            "the years of the ECFMG note fit neither a student nor a graduate of that year.",
        )
    year = graduated.year if graduated else ""
    closed = " That the school has closed does not matter by itself." if school.closed else ""
    return _answer_years(
        inside,
        f"the graduation year {year} lies inside the years of the ECFMG note.{closed}",
        f"the graduation year {year} lies outside the years of the ECFMG note.{closed}",
    )


def _answer_years(verdict: Verdict, good: str, bad: str) -> Answer:
    if verdict is Verdict.UNKNOWN:
        return Answer(
            verdict,
            "Whether the years of the ECFMG note fit is not known: the graduation date or an end of the years is missing.",
            "Enter the degree date and all years of the note.",
        )
    sentence = good if verdict is Verdict.MET else bad
    return Answer(
        verdict,
        sentence[0].upper() + sentence[1:],
        "" if verdict is Verdict.MET else "Ask ECFMG about this school and year.",
    )


@requirement("school.credit_years", body="ECFMG", title="Four credit years at schools with the note")
@for_imgs
@settled_by_certificate
def credit_years(ask: Ask) -> Answer:
    """At least four credit years from noted schools, and every transferred credit shown by transcript."""
    found = ask.degree_school()
    needed = ask.rule("SCH-4CY").value
    if found is None:
        return Answer(Verdict.UNKNOWN, "The dossier names no medical school.", "Enter the school of the degree.")
    parts = (_enough_years(ask, needed), _transfer(ask))
    return weakest(parts) or parts[0]


def _enough_years(ask: Ask, needed: float) -> Answer:
    sure = possible = 0.0
    for i, school in enumerate(ask.dossier.school or ()):
        place = f"school[{i}]"
        noted = ask.use(place, school, "sponsor_note")
        if noted is False:
            continue
        given = ask.need(place, school, "credit_years")
        if noted is None:
            ask.missing(f"{place}.sponsor_note")
        sure += given if noted and given is not None else 0.0
        possible += given if given is not None else needed
    if sure >= needed:
        return Answer(
            Verdict.MET, f"{sure:g} credit years come from schools with an ECFMG note; {needed:g} are needed."
        )
    if possible >= needed:
        return Answer(
            Verdict.UNKNOWN,
            f"Whether {needed:g} credit years come from schools with an ECFMG note is not known.",
            "Enter the credit years at each school.",
        )
    return Answer(
        Verdict.NOT_MET,
        f"Only {possible:g} credit years come from schools with an ECFMG note; {needed:g} are needed.",
        "Credits of a school without the note do not count; ask ECFMG before going on.",
    )


def _transfer(ask: Ask) -> Answer:
    """Every transferred credit is disclosed and shown; a school that names none has none."""
    shown = []
    for i, school in enumerate(ask.dossier.school or ()):
        if ask.use(f"school[{i}]", school, "transfer_credits"):
            ask.rule("SCH-TRANSFER")
            shown.append(ask.need(f"school[{i}]", school, "transfer_documented"))
    if False in shown:
        return Answer(
            Verdict.NOT_MET,
            "Transferred credits must be disclosed and shown by transcript, however old, and they are not.",
            "Ask the first school for the transcript.",
        )
    if None in shown:
        return Answer(
            Verdict.UNKNOWN,
            "Whether the transferred credits are shown by transcript is not known.",
            "Enter transfer_documented.",
        )
    return Answer(Verdict.MET, "Every transferred credit is shown by transcript.")


@requirement("degree.verified", body="ECFMG", title="Final diploma verified with the school")
@for_imgs
@settled_by_certificate
def verified(ask: Ask) -> Answer:
    """The final diploma is earned, of an accepted kind, and confirmed by the school itself."""
    ask.rule("SCH-DIPLOMA")
    found = ask.degree_school()
    if found and _excluded(ask, *found):
        return Answer(
            Verdict.NOT_MET,
            f"A degree in {found[1].degree} is one of those that ECFMG never accepts.",
            "Check the exact title in ECFMG's Reference Guide for Medical Education Credentials.",
        )
    if found and is_student(ask, *found):
        return Answer(
            Verdict.NOT_MET,
            "The degree is still to come. Exams can be passed before graduation, but nobody is certified before it.",
            "Graduate; then the school confirms the final diploma.",
        )
    done = ask.happened("certification", "diploma_verified")
    if done:
        return Answer(Verdict.MET, "The school has confirmed the final diploma.")
    if done is False:
        return Answer(Verdict.NOT_MET, "The school has not yet confirmed the final diploma.", _slow(ask, found))
    return Answer(
        Verdict.UNKNOWN, "Whether the school has confirmed the final diploma is not known.", _slow(ask, found)
    )


def _excluded(ask: Ask, place: str, school: School) -> bool:
    degree = (ask.use(place, school, "degree") or "").lower()
    return any(word in degree for word in ask.case.rules["SCH-EXCL"].at(ask.on).value) and ask.rule("SCH-EXCL").known


def _slow(ask: Ask, found: tuple[str, School] | None) -> str:
    if found and ask.use(*found, "completion_letter"):
        ask.rule("SCH-LETTER")
    if found and ask.use(*found, "closed"):
        ask.rule("SCH-CLOSED")
        return "The school has closed: ask ECFMG early who can still confirm the diploma."
    return "Send diploma and transcript to ECFMG and ask the school to answer."


@requirement("school.accreditation", body="ECFMG", title="Accreditation of the school")
@for_imgs
def accreditation(ask: Ask) -> Answer:
    """Nothing that certification asks for: announced in 2010 and 2020, turned into a mere report in October 2022."""
    if ask.rule("ACC-2022").known:
        ask.rule("ACC-DECIDES")
        return Answer(
            Verdict.NOT_NEEDED,
            "ECFMG only reports whether a school has recognized accreditation. It decides nothing but Pathways 3 and 4.",
        )
    announced = next(
        (ask.rule(name) for name in ("ACC-2020", "ACC-2010") if ask.case.rules.at(name, ask.on).known), None
    )
    if announced is None:
        ask.rule("ACC-2010")
        return Answer(Verdict.NOT_NEEDED, "On this day nothing was announced about the accreditation of schools.")
    found = ask.degree_school()
    recognised = ask.need(*found, "wfme_recognised") if found else None
    verdict = {True: Verdict.MET, False: Verdict.AT_RISK, None: Verdict.UNKNOWN}[recognised]
    return Answer(verdict, f"Accreditation by a recognized agency is announced as {announced.value}.")
