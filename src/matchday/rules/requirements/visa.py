"""J-1 and H-1B for clinical training, and the payment with an H-1B petition. Facts and rules, no legal advice."""

from matchday.dossier.countries import country_name
from matchday.rules.evaluate import Ask, requirement
from matchday.rules.model import UNKNOWN, Answer
from matchday.rules.travel import HOW_TO_WRITE, not_wanted, visa_held, want_unknown
from matchday.rules.verdicts import all_of
from matchday.rules.words import day, listed
from matchday.terms import Verdict

EXAMS = {"step1.passed": "Step 1", "step2ck.passed": "Step 2 CK", "step3.passed": "Step 3"}
EXPIRY = "certificate.expiry"
HELD = {**EXAMS, "certificate": "the ECFMG certificate", EXPIRY: "a certificate that is good when training begins"}
H1B = "h-?1b"


def needs(ask: Ask, *ids: str) -> tuple[list[Verdict], list[str]]:
    """The verdicts on things that must be there first, and a sentence for each kind that is not.

    The end of a certificate counts where there is one, and where that end is known to be near or past.
    """
    found = {name: ask.finding(name).verdict for name in ids}
    if found["certificate"] is Verdict.MET and ask.verdict(EXPIRY) in (Verdict.NOT_MET, Verdict.AT_RISK):
        found[EXPIRY] = ask.finding(EXPIRY).verdict
    absent = [HELD[name] for name, verdict in found.items() if verdict is Verdict.NOT_MET]
    unclear = [HELD[name] for name, verdict in found.items() if verdict is Verdict.UNKNOWN]
    weak = [HELD[name] for name, verdict in found.items() if verdict is Verdict.AT_RISK]
    said = [
        f"{words}: {listed(names)}."
        for words, names in (("Still missing", absent), ("Not known", unclear), ("At risk", weak))
        if names
    ]
    return list(found.values()), said


@requirement("visa.j1", body="Intealth", title="J-1 sponsorship")
def j1(ask: Ask) -> Answer:
    """Whether anything in the facts stops or allows J-1 sponsorship, and what is still to come."""
    if settled := not_wanted(ask, "J-1") or want_unknown(ask, "J-1"):
        return settled
    for rule_id in ("J1-REQ", "J1-212E", "J1-RESEARCH", "J1-ENTRY"):
        ask.rule(rule_id)
    verdicts, why = needs(ask, "certificate")
    parts = [_statement_of_need(ask), _years_left(ask), _interview_pause(ask), _admission(ask)]
    verdict = all_of([*verdicts, *(part[0] for part in parts)])
    first = ["Nothing in your file stands against J-1 sponsorship."] if verdict is Verdict.MET else []
    last = "Still to come: a contract with an ACGME program, the Statement of Need and insurance. After the training the two-year home rule always applies."
    return Answer(
        verdict, " ".join([*first, *why, *(part[1] for part in parts if part[1]), last]), _next_j1(ask, verdict)
    )


def _next_j1(ask: Ask, verdict: Verdict) -> str:
    if verdict is Verdict.MET:
        return "After the Match: sign the contract, then ask for the Statement of Need with the exact specialty."
    if verdict is Verdict.UNKNOWN:
        return f"{_enter(ask)} The sponsorship application comes after the Match."
    return f"{ask.finding('certificate').next} The sponsorship application comes after the Match.".strip()


def _enter(ask: Ask) -> str:
    if ask.dossier.person.last_permanent_residence is None:
        return "Enter last_permanent_residence under [person]."
    return ask.finding("certificate").next


def _statement_of_need(ask: Ask) -> tuple[Verdict, str]:
    ask.rule("J1-SON")
    home = ask.need("person", ask.dossier.person, "last_permanent_residence")
    if home is None:
        why = "Your last legal permanent residence is not in your file; that country, not the citizenship, writes the Statement of Need."
        return Verdict.UNKNOWN, why
    return Verdict.MET, (
        f"The Statement of Need comes from the health authority of {country_name(home)}, the last legal permanent residence."
    )


def _years_left(ask: Ask) -> tuple[Verdict, str]:
    limit = ask.rule("J1-7Y").value
    months = ask.use("certification", ask.dossier.certification, "gme_months")
    if months is None or months < 12 * limit:
        return Verdict.MET, ""
    return Verdict.AT_RISK, (
        f"You have {months} months of US training. A J-1 lasts at most {limit} years; if those months were on a J-1, no time is left."
    )


def _interview_pause(ask: Ask) -> tuple[Verdict, str]:
    pause = ask.rule("J1-PAUSE")
    if not pause.value:
        return Verdict.MET, ""
    return Verdict.AT_RISK, (
        f"New J visa interviews are paused since {day(pause.row.start)}."  # type: ignore[arg-type] # read by day
    )


def _admission(ask: Ask) -> tuple[Verdict, str]:
    ask.rule("J1-FIXED")
    stay = ask.rule("J1-DS")
    if stay.known:
        return Verdict.MET, ""
    return Verdict.MET, "Whether J-1 doctors are now admitted for a fixed time only is not known."


@requirement("visa.h1b", body="USCIS", title="H-1B: exams, certificate and licence")
def h1b(ask: Ask) -> Answer:
    """Step 1, 2 CK and 3 passed and the certificate issued; the state training licence follows the contract."""
    if settled := not_wanted(ask, "H-1B") or want_unknown(ask, "H-1B"):
        return settled
    ask.rule("H1B-REQ")
    verdicts, why = needs(ask, *EXAMS, "certificate")
    freeze = _texas_freeze(ask)
    verdict = all_of([*verdicts, freeze[0]])
    first = ["Step 1, Step 2 CK, Step 3 and the certificate are there."] if verdict is Verdict.MET else []
    last = "Still to come: the contract and the state training licence or permit."
    order = "After the Match: the contract, then the training licence, then the petition."
    if verdict is not Verdict.MET:
        order = "The certificate comes first, then Step 3, then the training licence and the petition."
    return Answer(verdict, " ".join([*first, *why, *filter(None, freeze[1:]), last]), order)


def _texas_freeze(ask: Ask) -> tuple[Verdict, str]:
    states = ask.use("preferences", ask.dossier.preferences, "states") or ()
    if "TX" not in states or not (freeze := ask.rule("H1B-TX-FREEZE")).value:
        return Verdict.MET, ""
    return (Verdict.AT_RISK if set(states) == {"TX"} else Verdict.MET), freeze.parameter.plain


@requirement("visa.h1b.payment", body="USCIS", title="H-1B: the 100,000-dollar payment")
def payment(ask: Ask) -> Answer:
    """Whether the order asks the payment for a petition filed on this day for this person."""
    if settled := not_wanted(ask, "H-1B") or want_unknown(ask, "H-1B"):
        return settled
    order = ask.rule("H1B-100K")
    if order.value is UNKNOWN:
        return Answer(
            Verdict.UNKNOWN, order.row.note, "Ask the program's immigration office what holds on the filing day."
        )
    if order.value == 0:
        return Answer(
            Verdict.NOT_NEEDED, f"No payment is asked for a petition filed on {day(ask.on)}. {order.row.note}"
        )
    return _for_this_person(ask, f"{order.value:,} US dollars", order.row.note)


def _for_this_person(ask: Ask, amount: str, note: str) -> Answer:
    inside = ask.need("person", ask.dossier.person, "inside_us")
    if inside:
        return Answer(
            Verdict.NOT_NEEDED,
            "The payment is not asked for a change of status, an extension or an amendment inside the United States.",
        )
    held = visa_held(ask, ask.on, H1B)
    if held is Verdict.MET:
        return Answer(Verdict.NOT_NEEDED, "The payment is not asked of people with a valid H-1B.")
    if inside is None:
        return Answer(
            Verdict.UNKNOWN,
            f"{amount} are asked for new petitions for people outside the United States; your file does not say where you are.",
            "Enter inside_us under [person].",
        )
    if held is Verdict.UNKNOWN:
        return Answer(
            Verdict.UNKNOWN,
            f"{amount} are asked of people outside the United States without a valid H-1B; whether you hold one is not known.",
            HOW_TO_WRITE,
        )
    doctors = (
        "Doctors are not exempt as a group."
        if ask.rule("H1B-100K-MD").known
        else "Whether doctors are exempt had not been said yet."
    )
    return Answer(
        Verdict.NOT_MET,
        f"{amount} are asked for a new petition for someone outside the United States without a valid H-1B, "
        f"teaching hospitals included. {note} {doctors}",
        "Ask each H-1B program whether it would pay, or whether another visa is open.",
    )
