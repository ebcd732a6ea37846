"""The start for a new person: at most ten questions, each of which can be skipped, and the first answers on the way."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from matchday.dossier import edit
from matchday.dossier.model import Dossier
from matchday.rules import Finding, Report
from matchday.terms import Verdict
from matchday.web.forms.entry import Entry
from matchday.web.forms.facts import FactsForm

EXAMS: dict[str, tuple[str, ...]] = {
    "step1": ("date", "result"),
    "step2ck": ("date", "result", "score"),
    "oet": ("date", "listening", "reading", "writing", "speaking"),
}
BEFORE = "-before"  # of a Step: the try before the last one


@dataclass(frozen=True, slots=True)
class Question:
    """One screen: the part of the dossier, which of its fields, what is asked and why."""

    part: str
    fields: tuple[str, ...]
    asked: Any
    why: Any


QUESTIONS = (
    Question("season", (), _("Which Match do you aim at?"), _("The season decides which rules, dates and prices count.")),
    Question("person", ("citizenships",), _("Which citizenships do you have?"),
             _("They decide whether you count as a US IMG, and which entry rules are yours.")),
    Question("school", ("name", "country", "degree_date", "expected_degree_date"), _("Where and when did you, or will you, graduate?"),
             _("Country and year decide whether you need ECFMG certification and can get it.")),
    Question("school", ("sponsor_note", "sponsor_note_from", "sponsor_note_to"), _("What does the World Directory say of your school?"),
             _("Without an ECFMG note that covers your year no exam can be taken. Look before you pay for anything.")),
    Question("exam", (), _("Which exams have you taken or booked?"),
             _("They decide what is still missing, and each try counts, failed ones too. What you leave empty here counts as not taken, once you save; skip if you do not know.")),
    Question("licence", ("country", "kind", "from", "to"), _("Have you held a licence to practise?"),
             _("A licence without supervision can open Pathway 1.")),
    Question("pathway", ("number", "season", "applied", "accepted"), _("Have you applied for a Pathway?"),
             _("An accepted Pathway settles the clinical skills for certification.")),
    Question("person", ("us_status", "visa_wanted", "last_permanent_residence"), _("Do you need a visa?"),
             _("J-1 and H-1B ask for different things; many programs take only one of them.")),
    Question("preferences", ("specialties",), _("Which specialties do you want?"),
             _("They decide the application service, the price, and which programs are searched.")),
    Question("person", ("time_zone",), _("Where do you live?"), _("Deadlines are then shown on your own clock too.")),
)  # fmt: skip

# What a newcomer should hear first, in this order.
FIRST = ("img.status", "school.listed", "school.years", "step1.passed", "step2ck.passed", "clinical_skills", "visa.entry",
         "exams.window", "oet.scores", "visa.j1", "registration.desk")  # fmt: skip
ENOUGH = 3  # answers, after which the first findings are shown


def forms(question: Question, dossier: Dossier, posted: Any = None) -> list[FactsForm]:
    """The forms of a question: one, or for the exams one for each."""
    if question.part == "exam":
        return [one for name in EXAMS for one in _exam(name, dossier, posted)]
    entry = Entry(question.part)
    if entry.several and getattr(dossier, question.part):
        entry = Entry(question.part, 0)
    return [FactsForm(entry, entry.values(dossier), posted, only=question.fields)]


def _exam(name: str, dossier: Dossier, posted: Any) -> list[FactsForm]:
    """The last try at one exam and, of a Step, the one before it; the name of the exam is not asked for."""
    tries = [(one.date or dt.date.min, at) for at, one in enumerate(dossier.exam or ()) if one.exam == name]
    rows = [at for _day, at in sorted(tries)]
    asked = [(name, EXAMS[name], rows[-1:])]
    if name != "oet":  # a failed OET sitting changes nothing, and its number is not limited
        asked.append((name + BEFORE, ("date", "result"), rows[-2:-1]))
    entries = [(Entry("exam", row[0] if row else None), prefix, fields) for prefix, fields, row in asked]
    return [
        FactsForm(entry, entry.values(dossier), posted, only=fields, prefix=prefix) for entry, prefix, fields in entries
    ]


def saved(dossier: Dossier, answered: list[FactsForm]) -> Dossier:
    """The dossier with what was answered; the forms must be valid. InputProblem as from the file."""
    for form in sorted(answered, key=lambda one: not (one.prefix or "").endswith(BEFORE)):  # tries in their order
        changed = form.changed()
        if changed and form.prefix and form.entry.at is None:
            dossier = edit.add(dossier, "exam", exam=form.prefix.removesuffix(BEFORE), **changed)
        elif changed:
            dossier = form.entry.put(dossier, changed)
    return dossier


def known(question: Question, dossier: Dossier) -> bool:
    """Whether the dossier answers a question, in part at least."""
    value = getattr(dossier, question.part)
    if question.part in ("exam", "licence", "pathway", "season"):
        return value is not None
    fields = forms(question, dossier)[0]
    return any(fields.now(key) for key in fields.facts())


def first_findings(report: Report) -> list[Finding]:
    """The first answers that the dossier already allows."""
    by_id = {one.id: one for one in report}
    return [by_id[name] for name in FIRST if name in by_id and by_id[name].verdict is not Verdict.UNKNOWN][:4]
