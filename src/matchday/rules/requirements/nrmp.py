"""The Match: registration, the primary and supplemental lists, a couple's list, and time to answer invitations."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from matchday.dossier.model import Couple
from matchday.rules.evaluate import Ask, Case, Requirement, requirement, several
from matchday.rules.model import Answer
from matchday.rules.seasonal import event
from matchday.rules.seasons import Event
from matchday.rules.verdicts import weakest
from matchday.rules.words import day
from matchday.terms import Verdict

# Four characters of the institution, three digits of the specialty, the letter of the type, the track (NRMP-CODE).
CODE = re.compile(r"^[0-9A-Z]{4}[0-9]{3}([CMPAR])[0-9A-Z]{1,3}$")


def _when(dated: Event) -> str:
    """The date of an event in words, an estimate said to be one."""
    if dated.date is None:
        return f"about {day(dated.estimate)} (estimate)" if dated.estimate else "a day that is not known"
    return f"{day(dated.date)}{f', {dated.time} US Eastern' if dated.time else ''}"


def _past(dated: Event, moment: date | datetime) -> bool:
    """Whether a moment lies after an event; a day alone counts until its end."""
    if dated.date is None:
        return False
    if not isinstance(moment, datetime):
        return moment > dated.date
    here = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(dated.zone))
    return here > dated.instant if dated.instant else here.date() > dated.date


@requirement("nrmp.registration", body="NRMP", title="Registered for the Match")
def registration(ask: Ask) -> Answer:
    """Shown by a certified list; the dossier says it in no other way, so the answer is mostly when to do it."""
    ask.rule("NRMP-LATE-WITH-ROL")
    if ask.need("ranklist", ask.dossier.ranklist, "certified_at") is not None:
        return Answer(Verdict.MET, "A list was certified, so the registration is done.")
    opens, standard, late = (
        event(ask, name)
        for name in (
            "nrmp_registration_opens",
            "nrmp_standard_registration_deadline",
            "nrmp_late_registration_deadline",
        )
    )
    if opens.date and ask.on < opens.date:
        return Answer(
            Verdict.UNKNOWN, "Registration has not opened.", f"Register from {_when(opens)} on.", standard.date
        )
    if not _past(standard, ask.on):
        then = f"Register by {_when(standard)}; after that a late fee is added."
        return Answer(Verdict.UNKNOWN, "The dossier does not say whether you are registered.", then, standard.date)
    if not _past(late, ask.on):
        then = f"Without registration: register with the late fee by {_when(late)}."
        return Answer(Verdict.UNKNOWN, "The dossier does not say whether you are registered.", then, late.date)
    return Answer(
        Verdict.UNKNOWN, f"Registration ended on {_when(late)}; the dossier does not say whether you made it."
    )


@requirement("nrmp.list", body="NRMP", title="Rank order list certified in time")
def rank_list(ask: Ask) -> Answer:
    """Within the number of ranks, and certified by the deadline: nothing else counts."""
    deadline = event(ask, "nrmp_rol_certification_deadline")
    primary = ask.need("ranklist", ask.dossier.ranklist, "primary")
    ask.rule("NRMP-CERTIFY")
    if primary is None:
        then = f"Certify a list by {_when(deadline)}."
        return Answer(Verdict.UNKNOWN, "The dossier holds no rank order list.", then, deadline.date)
    if not primary:
        ask.rule("NRMP-BLANK-LIST")
        return Answer(Verdict.NOT_NEEDED, "A blank list need not be certified; without a list SOAP stays open to you.")
    most = ask.rule("NRMP-MAX-RANKS").value
    if len(primary) > most:
        return Answer(
            Verdict.NOT_MET, f"{len(primary)} ranks; a list holds {most}.", "Shorten the list.", deadline.date
        )
    return _certified(ask, deadline, _codes(ask, primary))


def _codes(ask: Ask, primary: tuple[str, ...]) -> str:
    """How many unique codes the list has, and what those beyond the included ones cost."""
    included, extra = ask.rule("NRMP-RANKS-INCLUDED"), ask.rule("NRMP-EXTRA-RANK")
    unique = len(set(primary))
    if not included.known or unique <= included.value[0]:
        return f"{unique} program codes."
    price = "not known" if extra.carried_forward or not extra.known else f"{extra.value} dollars"
    return f"{unique} program codes, {unique - included.value[0]} above those included; the price of each is {price}."


def _certified(ask: Ask, deadline: Event, codes: str) -> Answer:
    certified = ask.need("ranklist", ask.dossier.ranklist, "certified_at")
    if certified is not None:
        if _past(deadline, certified):
            return Answer(Verdict.NOT_MET, f"Certified after {_when(deadline)}; the list does not count.")
        return Answer(Verdict.MET, f"Certified. {codes}", "Certify again after any change.")
    if _past(deadline, ask.on):
        return Answer(
            Verdict.UNKNOWN, f"The deadline was {_when(deadline)}; the dossier does not say if you certified."
        )
    then = f"Certify it by {_when(deadline)}."
    return Answer(Verdict.AT_RISK, f"A list that is not certified does not count. {codes}", then, deadline.date)


@requirement("nrmp.supplemental", body="NRMP", title="Supplemental lists fit the primary list")
def supplemental(ask: Ask) -> Answer:
    """Each hangs on an advanced program of the primary list, and every advanced program has a first year in sight."""
    primary = ask.need("ranklist", ask.dossier.ranklist, "primary")
    lists = ask.use("ranklist", ask.dossier.ranklist, "supplemental")
    ask.rule("NRMP-SUPPLEMENTAL")
    if primary is None:
        return Answer(Verdict.UNKNOWN, "The dossier holds no rank order list.")
    advanced = [code for code in primary if _type(code) == "A"]
    if not advanced and not lists:
        return Answer(Verdict.NOT_NEEDED, "No advanced program is ranked.")
    if lists is None:
        ask.missing("ranklist.supplemental")
        return Answer(
            Verdict.UNKNOWN, "The dossier does not say whether the advanced programs have a supplemental list."
        )
    answers = [*_hanging(ask, primary, lists), *_bare(ask, advanced, lists)]
    return weakest(answers) or Answer(
        Verdict.MET, "Every supplemental list hangs on an advanced program.", _also(ask, primary, lists)
    )


def _type(code: str) -> str | None:
    found = CODE.match(code)
    return found[1] if found else None


def _hanging(ask: Ask, primary: tuple[str, ...], lists: dict[str, tuple[str, ...]]) -> Iterator[Answer]:
    most = ask.rule("NRMP-MAX-RANKS").value
    for code, programs in lists.items():
        if code not in primary:
            why = f"The supplemental list of {code} hangs on no program of the primary list."
            yield Answer(Verdict.NOT_MET, why, "Rank the advanced program, or drop the list.")
        elif _type(code) not in ("A", None):
            yield Answer(Verdict.NOT_MET, f"{code} is no advanced program (type {_type(code)}).", "Drop the list.")
        elif len(programs) > most:
            yield Answer(Verdict.NOT_MET, f"{len(programs)} ranks on the list of {code}; {most} fit.", "Shorten it.")


def _bare(ask: Ask, advanced: list[str], lists: dict[str, tuple[str, ...]]) -> Iterator[Answer]:
    ask.rule("NRMP-ADVANCED-ONLY")
    for code in advanced:
        if not lists.get(code):
            why = f"{code} begins in the second year and has no supplemental list for the first; a match there binds."
            yield Answer(Verdict.AT_RISK, why, "Tie preliminary programs to it.")


def _also(ask: Ask, primary: tuple[str, ...], lists: dict[str, tuple[str, ...]]) -> str:
    ask.rule("NRMP-PRELIM-PRIMARY")
    only = sorted({code for programs in lists.values() for code in programs} - set(primary))
    return f"Consider the primary list too for {', '.join(only)}, unless joined." if only else ""


@several
def conditional(case: Case) -> Iterator[Requirement]:
    """Findings for what only some people have: a partner, invitations."""
    if case.dossier.couple is not None:
        yield Requirement("nrmp.couple", "NRMP", "The list of the couple", couple)
    if case.dossier.interview:
        yield Requirement("nrmp.interview_answers", "NRMP", "Time to answer invitations", answers)


def couple(ask: Ask) -> Answer:
    """No pair twice, within the number of rows."""
    partner = ask.dossier.couple or Couple()
    pairs = ask.need("couple", partner, "pairs")
    ask.rule("COUPLE-LIST")
    if pairs is None:
        return Answer(Verdict.UNKNOWN, "The dossier holds no joint list.")
    most = ask.rule("COUPLE-ROWS").value
    if len(pairs) > most:
        return Answer(Verdict.NOT_MET, f"{len(pairs)} rows; a couple's list holds {most}.", "Shorten the list.")
    twice = [pair for i, pair in enumerate(pairs) if pair in pairs[:i]]
    if twice:
        return Answer(Verdict.NOT_MET, f"The pair {' and '.join(twice[0])} stands twice.", "Keep the first.")
    return Answer(Verdict.MET, f"{len(pairs)} rows, no pair twice.")


def answers(ask: Ask) -> Answer:
    """A program gives at least 48 hours to answer."""
    hours = ask.rule("INTERVIEW-ANSWER")
    if not hours.known:
        return Answer(Verdict.NOT_NEEDED, f"No rule on the time to answer is known for {ask.season}.")
    short, unsaid = [], False
    for i, entry in enumerate(ask.dossier.interview or ()):
        invited = ask.need(f"interview[{i}]", entry, "invited")
        if invited is not None and invited > ask.on:
            continue
        due = ask.need(f"interview[{i}]", entry, "respond_by")
        if invited is None or due is None:
            unsaid = True
        elif (due.date() if isinstance(due, datetime) else due) - invited < timedelta(hours=hours.value):
            short.append(entry.program or f"interview[{i}]")
    if short:
        why = f"Less than {hours.value} hours to answer: {', '.join(short)}."
        return Answer(
            Verdict.AT_RISK, why, "Answer in time, and ask the program for the hours that the agreement gives."
        )
    if unsaid:
        return Answer(
            Verdict.UNKNOWN,
            "Not every invitation says when it came and by when to answer.",
            "Enter invited and respond_by.",
        )
    return Answer(Verdict.MET, f"Every invitation gives at least {hours.value} hours.")
