"""ECFMG certification as a whole: both skills, the certificate and its expiry, the check for the Match."""

from dataclasses import replace
from datetime import date

from matchday.rules.asof import as_of
from matchday.rules.evaluate import Ask, requirement
from matchday.rules.model import UNKNOWN, Answer
from matchday.rules.requirements.accepted import FIRST_SEASON, Standing, accepted, training_starts
from matchday.rules.requirements.cs import step2cs
from matchday.rules.requirements.oet import both
from matchday.rules.requirements.school import for_imgs
from matchday.rules.requirements.usmle import certified
from matchday.rules.verdicts import all_of, any_of
from matchday.rules.words import day, from_day, listed
from matchday.terms import Verdict

NEEDED = (
    "step1.passed",
    "step2ck.passed",
    "exams.window",
    "clinical_skills",
    "communication_skills",
    "school.listed",
    "school.years",
    "school.credit_years",
    "degree.verified",
)
CHECKED = ("step1.passed", "step2ck.passed", "clinical_skills", "communication_skills")
RENEW = "Renew the Pathway through the season's Pathways Revalidation application."
NAMES = {
    "step1.passed": "Step 1",
    "step2ck.passed": "Step 2 CK",
    "exams.window": "the seven-year window",
    "clinical_skills": "clinical skills",
    "communication_skills": "communication skills",
    "school.listed": "the school's note",
    "school.years": "the graduation years of the note",
    "school.credit_years": "the credit years",
    "degree.verified": "the final diploma",
}


# --- The certificate -------------------------------------------------------------------------------------------------


def _for_good(ask: Ask) -> str:
    """Why an issued certificate never expires, or an empty text."""
    certification = ask.dossier.certification
    if ask.use("certification", certification, "permanent"):
        return "The certificate is marked as permanent."
    if step2cs(ask).counts is Verdict.MET:
        ask.rule("CS-PASS")
        return "The certificate rests on Step 2 CS, so it does not expire."
    issued, first = certification.certificate_issued, ask.case.rules.at("PW-OPEN", FIRST_SEASON).value
    if issued and issued < first:
        return f"The certificate was issued on {day(issued)}, before there were Pathways, so it does not expire."
    months = ask.rule("PW-PERM").value
    if months is not UNKNOWN and (ask.use("certification", certification, "gme_months") or 0) >= months:
        return f"After {months} months of accredited training the certificate is permanent (on request, except for J-1 physicians)."
    return _by_licence(ask)


def _by_licence(ask: Ask) -> str:
    for i, licence in enumerate(ask.dossier.licence or ()):
        held = not (licence.from_ and licence.from_ > ask.on) and not (licence.to and licence.to < ask.on)
        if licence.country == "US" and licence.kind == "unsupervised" and held and ask.rule("PW-PERM-LIC").known:
            ask.use(f"licence[{i}]", licence, "kind")
            return "An unrestricted US licence makes the certificate permanent."
    return ""


def _validity(ask: Ask, until: date | None = None) -> Answer:
    """How long an issued certificate is good: until the horizon (default: training begins), or less."""
    if why := _for_good(ask):
        return Answer(Verdict.MET, why)
    ask.rule("PW-EXP")
    expires = ask.need("certification", ask.dossier.certification, "certificate_expires")
    if expires is None:
        return _as_its_pathway(ask, until)
    moved = ask.rule("PW-MOVED", expires)
    expires = moved.value if isinstance(moved.value, date) else expires
    horizon = until or training_starts(ask)
    if ask.on > expires:
        ask.rule("PW-REVAL")
        if accepted(ask).verdict is Verdict.MET:
            why = f"The certificate expired on {day(expires)}, but a Pathway is accepted; the new expiry day is not entered."
            return Answer(Verdict.AT_RISK, why, "Enter the new expiry day of the certificate.")
        return Answer(
            Verdict.NOT_MET,
            f"The certificate expired on {day(expires)}.",
            RENEW,
        )
    if expires < horizon:
        ask.rule("PW-REVAL")
        return Answer(
            Verdict.AT_RISK,
            f"The certificate expires on {day(expires)}, before {day(horizon)}.",
            f"Renew the Pathway before {from_day(expires)}.",
            expires,
        )
    return Answer(
        Verdict.MET, f"The certificate is good until {day(expires)}; 12 months of training make it permanent."
    )


def _as_its_pathway(ask: Ask, until: date | None) -> Answer:
    """A certificate without its expiry day is good as long as the accepted Pathway on which it rests."""
    standing = accepted(ask, until)
    if standing.verdict in (Verdict.MET, Verdict.AT_RISK):
        by = standing.expires if standing.verdict is Verdict.AT_RISK else None
        return Answer(standing.verdict, standing.why, RENEW if by else "", by)
    return Answer(
        Verdict.UNKNOWN,
        "When the certificate expires is not known.",
        "Enter the expiry day printed on it, or permanent = true.",
    )


@requirement("certificate", body="ECFMG", title="ECFMG certificate")
@for_imgs
def certificate(ask: Ask) -> Answer:
    """The certificate is issued and has not expired. It is needed to start training and for Step 3, not to rank."""
    ask.rule("CERT-WHEN")
    issued = ask.happened("certification", "certificate_issued")
    if issued:
        validity = _validity(ask)
        # At risk without a day to act by: the printed day has passed, and only a renewed Pathway speaks for it.
        if validity.verdict is Verdict.NOT_MET or (validity.verdict is Verdict.AT_RISK and validity.by is None):
            return validity
        return Answer(Verdict.MET, f"The certificate was issued{_on(ask.dossier.certification.certificate_issued)}.")
    short = [name for name in NEEDED if ask.verdict(name) is Verdict.NOT_MET]
    if short:
        steps = [ask.finding(name).next for name in short]
        return Answer(
            Verdict.NOT_MET,
            f"The certificate cannot be issued yet. Not met: {listed([NAMES[n] for n in short])}.",
            next(filter(None, steps), ""),
        )
    if issued is False:
        return Answer(Verdict.NOT_MET, "The certificate is not issued yet.")
    return Answer(
        Verdict.UNKNOWN,
        "Whether the certificate has been issued is not known.",
        "Enter the day it was issued, once you have it.",
    )


def _on(issued: date | None) -> str:
    return f" on {day(issued)}" if issued else ""


@requirement("certificate.expiry", body="ECFMG", title="Certificate or Pathway good until training begins")
@for_imgs
def expiry(ask: Ask) -> Answer:
    """The certificate, or the accepted Pathway on which it will rest, does not expire before training begins."""
    if certified(ask):
        return _validity(ask)
    if step2cs(ask).counts is Verdict.MET:
        ask.rule("CS-PASS" if ask.season >= FIRST_SEASON else "CS-REQ")
        return Answer(
            Verdict.NOT_NEEDED, "Only certificates earned through a Pathway expire; yours will rest on Step 2 CS."
        )
    pathway = accepted(ask)
    if pathway.expires is not None and pathway.verdict in (Verdict.AT_RISK, Verdict.NOT_MET):
        ask.rule("PW-REVAL")
        by = pathway.expires if pathway.verdict is Verdict.AT_RISK else None
        return Answer(pathway.verdict, pathway.why, RENEW, by)
    if pathway.verdict is Verdict.MET:
        return Answer(Verdict.MET, pathway.why)
    if pathway.verdict is Verdict.NOT_MET and ask.verdict("certificate") is Verdict.NOT_MET:
        ask.rule("PW-EXP")
        return Answer(Verdict.NOT_NEEDED, "There is no certificate and no accepted Pathway yet, so nothing can expire.")
    return Answer(
        Verdict.UNKNOWN, f"Whether there is something that can expire is not known. {pathway.why}", pathway.next
    )


# --- The two skills --------------------------------------------------------------------------------------------------


def _by_certificate(ask: Ask, until: date | None = None) -> Answer:
    """An issued certificate that is good shows both skills."""
    if not certified(ask):
        return Answer(Verdict.NOT_MET, "")
    validity = _validity(ask, until)
    if validity.verdict is Verdict.MET:
        return Answer(Verdict.MET, f"The certificate shows both skills. {validity.why}")
    return validity


def _by_step2cs(ask: Ask) -> Answer:
    exam = step2cs(ask)
    if exam.counts is Verdict.MET:
        ask.rule("CS-PASS" if ask.season >= FIRST_SEASON else "CS-REQ")
        return Answer(
            Verdict.MET, "Step 2 CS was passed and the pass counts: it shows clinical and communication skills."
        )
    if exam.counts is Verdict.UNKNOWN:
        return Answer(Verdict.UNKNOWN, "Whether a pass of Step 2 CS counts is not known.", "Enter all exams taken.")
    ask.rule("CS-END" if ask.season >= FIRST_SEASON else "CS-REQ")
    lapsed = "The pass of Step 2 CS has lapsed by the seven-year rule. " if exam.lapsed else ""
    return Answer(Verdict.NOT_MET, lapsed)


def _without_pathways(ask: Ask, way: Answer) -> Answer:
    """Before the season 2021 Step 2 CS was the only way."""
    if way.verdict is not Verdict.NOT_MET:
        return way
    if ask.rule("CS-REQ", ask.on).value == "required":
        return Answer(Verdict.NOT_MET, f"{way.why}Step 2 CS must be passed for certification.", "Book Step 2 CS.")
    ask.rule("CS-SUSP")
    return Answer(
        Verdict.NOT_MET,
        f"{way.why}Step 2 CS is no longer given.",
        f"Use a Pathway of the season {FIRST_SEASON} or later.",
    )


def _clinical(ask: Ask, until: date | None = None) -> Answer:
    """Clinical skills until a horizon (default: training begins)."""
    exam, paper = _by_step2cs(ask), _by_certificate(ask, until)
    if ask.season < FIRST_SEASON and paper.verdict not in (Verdict.MET, Verdict.AT_RISK):
        return _without_pathways(ask, exam)
    ask.rule("PW-ALL")
    standing = accepted(ask, until)
    by = standing.expires if standing.verdict is Verdict.AT_RISK else None
    ways = (exam, paper, Answer(standing.verdict, standing.why, standing.next, by))
    best = any_of(way.verdict for way in ways)
    if best is Verdict.NOT_MET:
        return _no_pathway(ask, exam.why, paper, standing)
    if best is Verdict.AT_RISK:
        ask.rule("PW-REVAL")
    if best is Verdict.UNKNOWN and exam.verdict is Verdict.NOT_MET:
        return Answer(best, f"{exam.why}{standing.why}", standing.next)
    return next(way for way in ways if way.verdict is best)


def _no_pathway(ask: Ask, lapsed: str, paper: Answer, standing: Standing) -> Answer:
    """Nothing shows clinical skills: renew what has expired, wait for what is sent, or apply for the one that is open."""
    if paper.why or standing.expires:
        ask.rule("PW-REVAL")
        return Answer(Verdict.NOT_MET, f"{lapsed}{standing.why if standing.expires else paper.why}", RENEW)
    number = next((n for n in range(1, 7) if ask.verdict(f"pathway.{n}") is Verdict.MET), None)
    if standing.next or number is None:
        return Answer(
            Verdict.NOT_MET, f"{lapsed}{standing.why}", standing.next or "Find out which Pathway is open to you."
        )
    way = ask.finding(f"pathway.{number}")
    return Answer(Verdict.NOT_MET, f"{lapsed}{standing.why}", way.next, way.by)


@requirement("clinical_skills", body="ECFMG", title="Clinical skills")
@for_imgs
def clinical_skills(ask: Ask) -> Answer:
    """A pass of Step 2 CS that counts, or an accepted Pathway that is not expired."""
    return _clinical(ask)


def _communication(ask: Ask, until: date | None = None) -> Answer:
    exam, paper = _by_step2cs(ask), _by_certificate(ask, until)
    if ask.season < FIRST_SEASON and paper.verdict not in (Verdict.MET, Verdict.AT_RISK):
        return _without_pathways(ask, exam)
    ask.rule("PW-ALL")
    ways = (exam, paper, _by_oet(ask))
    best = any_of(way.verdict for way in ways)
    answer = next(way for way in reversed(ways) if way.verdict is best)
    if best is Verdict.MET:
        return next(way for way in ways if way.verdict is best)
    return Answer(best, f"{exam.why if exam.verdict is Verdict.NOT_MET else ''}{answer.why}", answer.next, answer.by)


def _by_oet(ask: Ask) -> Answer:
    ask.rule("OET-TEST")
    verdict = both(ask)
    parts = [ask.finding(name) for name in ("oet.scores", "oet.age")]
    if verdict is Verdict.MET:
        return Answer(verdict, "OET Medicine is high enough, in one sitting, and counts for the season.")
    for part in parts:
        if part.verdict is verdict:
            return Answer(verdict, part.why, part.next)
    return Answer(
        verdict, "No single sitting of OET is known to be both high enough and recent enough.", "Take OET again."
    )


@requirement("communication_skills", body="ECFMG", title="Communication skills (OET)")
@for_imgs
def communication_skills(ask: Ask) -> Answer:
    """A pass of Step 2 CS that counts, or one OET sitting that is high enough and recent enough."""
    return _communication(ask)


# --- The check for the Match -----------------------------------------------------------------------------------------


@requirement("match.ecfmg_check", body="NRMP", title="ECFMG confirms the requirements to NRMP")
@for_imgs
def ecfmg_check(ask: Ask) -> Answer:
    """Both Steps, Pathway and OET confirmed by the certification deadline of the rank order list. No certificate needed."""
    ask.rule("PW-MATCH")
    deadline = ask.rule("NRMP-CHECK").value
    if deadline is UNKNOWN:
        parts = _parts(ask, None)
        return _checked(ask, parts, None, "by the rank list deadline, which is not known for this season")
    if ask.on <= deadline:
        return _checked(ask, _parts(ask, deadline), deadline, f"by {from_day(deadline)}, 21:00 Eastern Time")
    now, then = _parts(ask, deadline), _parts(_back_on(ask, deadline), deadline)
    parts = {name: _in_time(then[name], now[name]) for name in CHECKED}
    return _checked(
        ask, parts, deadline, f"by {from_day(deadline)}, which is past; what came later counts for the next season"
    )


def _parts(ask: Ask, deadline: date | None) -> dict[str, Verdict]:
    """The four things that ECFMG confirms; skills need only last until the deadline."""
    parts = {name: ask.finding(name).verdict for name in CHECKED}
    if deadline is not None:
        horizon = max(deadline, ask.on)
        parts["clinical_skills"] = _clinical(ask, horizon).verdict
        parts["communication_skills"] = _communication(ask, horizon).verdict
    return parts


def _back_on(ask: Ask, deadline: date) -> Ask:
    """The same question on the deadline, with what was known then; rules and facts used are noted here too."""
    case = replace(ask.case, dossier=as_of(ask.case.planned, deadline), on=deadline, found={})
    return Ask(case, ask.readings, ask.facts, ask.gaps)


def _in_time(then: Verdict, now: Verdict) -> Verdict:
    """What became known only after the deadline was not confirmed by it."""
    return Verdict.NOT_MET if then is Verdict.UNKNOWN and now is not Verdict.UNKNOWN else then


def _checked(ask: Ask, parts: dict[str, Verdict], deadline: date | None, when: str) -> Answer:
    verdict = all_of(parts.values())
    if verdict is Verdict.MET:
        return Answer(
            verdict, f"Both Steps and both skills are there for ECFMG to confirm to NRMP {when}.", "", deadline
        )
    deciding = [name for name, part in parts.items() if part is verdict]
    word = {Verdict.NOT_MET: "Not met", Verdict.UNKNOWN: "Not known", Verdict.AT_RISK: "At risk"}[verdict]
    return Answer(
        verdict,
        f"{word}: {listed([NAMES[name] for name in deciding])}. ECFMG must confirm them to NRMP {when}. "
        "Without that NRMP withdraws the applicant and does not use the list.",
        " ".join(dict.fromkeys(ask.finding(name).next for name in deciding)).strip() or "Plan for the next season.",
        deadline,
    )
