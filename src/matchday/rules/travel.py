"""Who needs a visa, which one is wanted, and which visa is held: what the visa and entry rules ask of a person."""

import re
from datetime import date

from matchday.rules.evaluate import Ask
from matchday.rules.model import Answer
from matchday.terms import Verdict

# People write "none" into a text field when they hold nothing.
NOTHING = {"", "-", "no", "none", "nil", "n/a"}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


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


def visa_held(ask: Ask, on: date, kind: str = "") -> bool:
    """Whether the file names a visa of that kind that was good on a day.

    A visa that is not in the file is taken as not held, and noted as a missing fact. A day written in the text is read
    as the last day of the visa.
    """
    text = ask.need("person", ask.dossier.person, "valid_visa")
    if text is None or text.strip().lower() in NOTHING:
        return False
    days = _DAY.findall(text)
    return bool(re.search(kind, text, re.IGNORECASE)) and (not days or max(days) >= on.isoformat())
