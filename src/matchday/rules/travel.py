"""Who needs a visa, which one is wanted, and which visa is held: what the visa and entry rules ask of a person."""

import re
from datetime import date

from matchday.rules.evaluate import Ask
from matchday.rules.model import Answer
from matchday.rules.verdicts import any_of
from matchday.terms import Verdict

# People write "none" into a text field when they hold nothing.
NOTHING = {"", "-", "n/a", "nil", "no", "no visa", "no visa yet", "none", "none yet", "not yet"}
HOW_TO_WRITE = 'Write valid_visa under [person] as class and last day, such as "J-1 until 2027-06-30", or "none".'

# Only what is written as a class, with or without its last day, is read. Everything else could mean the opposite:
# "F-1 refused", "B-2 expired", "applied for J-1".
_CLASS = r"[a-v]-?\d{1,2}[a-z]?|t[dn]"
_DAY = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
_VISA = (
    rf"(?:valid )?(?:{_CLASS})(?: ?/ ?(?:{_CLASS}))*(?: visa)?(?:,? (?:issued|from|since)(?: on)? (?P<first>{_DAY}))?"
    rf"(?:,? (?:valid |good )?(?:until|till|to|through)(?: the end of)? (?P<last>{_DAY}))?"
)
_VISAS = re.compile(rf"{_VISA}(?:(?:[,;]| and) {_VISA})*".replace("?P<first>", "").replace("?P<last>", ""))


def no_visa_needed(ask: Ask) -> Answer | None:
    """The answer for US citizens and permanent residents, who need no visa; None for everybody else."""
    person = ask.dossier.person
    status = ask.use("person", person, "us_status")
    if status == "permanent_resident":
        return Answer(Verdict.NOT_NEEDED, "A permanent resident of the United States needs no visa.")
    if status == "citizen" or "US" in (ask.use("person", person, "citizenships") or ()):
        return Answer(Verdict.NOT_NEEDED, "A citizen of the United States needs no visa.")
    return None


def not_wanted(ask: Ask, visa: str) -> Answer | None:
    """The answer for a visa that this person does not need or does not want; None when it is wanted or not known."""
    if settled := no_visa_needed(ask):
        return settled
    wanted = ask.need("person", ask.dossier.person, "visa_wanted")
    if wanted is None or visa in wanted:
        return None
    return Answer(Verdict.NOT_NEEDED, f"Your file does not name {visa} among the visas you want.")


def want_unknown(ask: Ask, visa: str) -> Answer | None:
    """The answer while nobody has said which visa is wanted."""
    if ask.dossier.person.visa_wanted is not None:
        return None
    return Answer(
        Verdict.UNKNOWN,
        f"Your file does not say whether you want {visa}, or whether you need a visa at all.",
        "Enter visa_wanted and us_status under [person].",
    )


def visa_held(ask: Ask, on: date, kind: str = "") -> Verdict:
    """Whether the file names a visa of that kind (default: any) that was good on a day.

    Met only where a class and a last day that covers the day are read in the text. What is absent or cannot be read is
    unknown, and noted as missing.
    """
    text = ask.need("person", ask.dossier.person, "valid_visa")
    if text is None:
        return Verdict.UNKNOWN
    words = " ".join(text.lower().split()).rstrip(" .")
    if words in NOTHING:
        return Verdict.NOT_MET
    if not _VISAS.fullmatch(words):
        ask.missing("person.valid_visa")
        return Verdict.UNKNOWN
    named = [found for found in re.finditer(_VISA, words) if re.search(kind, found[0])]
    verdict = any_of(_good_on(found["first"], found["last"], on.isoformat()) for found in named)
    if verdict is Verdict.UNKNOWN:
        ask.missing("person.valid_visa")
    return verdict


def _good_on(first: str | None, last: str | None, on: str) -> Verdict:
    """Whether a visa with these days was good on a day; a year alone leaves the days of that year open."""
    if last is None or (first is not None and first > on):
        return Verdict.UNKNOWN  # of the time before it was issued the text says nothing
    if last == on[: len(last)]:
        return Verdict.MET if last == on else Verdict.UNKNOWN
    return Verdict.MET if last > on else Verdict.NOT_MET
