"""What if? Facts that are not saved: every answer is made as if they were so, the file stays as it is."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from matchday.dossier import edit
from matchday.dossier.model import Dossier
from matchday.terms import InputProblem

DAYS_A_MONTH = 30.4375
VISAS = ("J-1", "H-1B", "J-1 or H-1B")
Change = Callable[[Dossier, dt.date, str], Dossier]


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing to suppose. `words` stand before its day or its value; `change` is given both.

    form: the form of the page it belongs to. value: what may be told beside the day. scored: the words with a score.
    """

    words: Any
    change: Change
    form: Literal["exam", "event", "visa", "months", "season"] = "event"
    scored: Any = ""


def _passed(exam: str) -> Change:
    def change(dossier: Dossier, day: dt.date, score: str) -> Dossier:
        planned = edit.plan_exam(dossier, exam=exam, date=day)
        # A score is judged by the standard of its day; without one the pass itself is supposed.
        told: dict[str, Any] = {"score": _number(score), "result": None} if score else {"result": "pass"}
        return edit.record_exam(planned, exam=exam, date=day, **told)

    return change


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 5):
        raise InputProblem(
            gettext("{what} is no number").format(what=repr(text[:20])),
            expected=gettext("a whole number such as 240"),
            do=gettext("write it in digits"),
        )
    return int(text)


def _accepted(dossier: Dossier, day: dt.date, _value: str) -> Dossier:
    if not dossier.pathway:
        raise InputProblem(
            gettext("the file names no Pathway yet"),
            expected=gettext("an application under one"),
            do=gettext("add it in My facts first"),
        )
    return edit.change(dossier, "pathway", len(dossier.pathway) - 1, accepted=day)


def _graduated(dossier: Dossier, day: dt.date, _value: str) -> Dossier:
    if not dossier.school:
        raise InputProblem(
            gettext("the file names no school yet"),
            expected=gettext("the school"),
            do=gettext("add it in My facts first"),
        )
    return edit.change(dossier, "school", len(dossier.school) - 1, degree_date=day, expected_degree_date=None)


def _wanted(dossier: Dossier, _day: dt.date, value: str) -> Dossier:
    if value == "none":
        return edit.set_person(dossier, us_status="permanent_resident")
    if value not in VISAS:
        raise InputProblem(
            gettext("{what} is no visa of these").format(what=repr(value[:20])),
            expected=", ".join(VISAS),
            do=gettext("choose one"),
        )
    return edit.set_person(dossier, visa_wanted=tuple(value.split(" or ")), us_status="none")


def _worked(dossier: Dossier, day: dt.date, value: str) -> Dossier:
    months = _number(value)
    start = dt.date.fromordinal(max(1, day.toordinal() - round(DAYS_A_MONTH * months)))
    return edit.add(dossier, "experience", title="supposed", us=True, hands_on=True, start=start, end=day)


def _aimed(dossier: Dossier, _day: dt.date, value: str) -> Dossier:
    return edit.set_season(dossier, season=_number(value))


KINDS: dict[str, Kind] = {
    "step1": Kind(_("I pass Step 1 on"), _passed("step1"), "exam"),
    "step2ck": Kind(_("I pass Step 2 CK on"), _passed("step2ck"), "exam", _("I score %s in Step 2 CK on")),
    "step3": Kind(_("I pass Step 3 on"), _passed("step3"), "exam", _("I score %s in Step 3 on")),
    "oet": Kind(_("I pass OET on"), _passed("oet"), "exam"),
    "pathway": Kind(_("my Pathway is accepted on"), _accepted),
    "certificate": Kind(
        _("my certificate is issued on"),
        lambda dossier, day, _value: edit.set_certification(dossier, certificate_issued=day),
    ),
    "graduated": Kind(_("I graduate, or graduated, on"), _graduated),
    "visa": Kind(_("the visa that I want is"), _wanted, "visa"),
    "months": Kind(_("more months of hands-on experience in the USA, up to"), _worked, "months"),
    "season": Kind(_("I aim at Match"), _aimed, "season"),
}
DATED = ("exam", "event", "months")
# What can be supposed about a finding, by the beginning of its id; the first that fits.
ABOUT = {
    **{f"{step}.": step for step in ("step1", "step2ck", "step3")},
    "exams.window": "step2ck", "oet.": "oet", "communication_skills": "oet", "clinical_skills": "pathway",
    "pathway.": "pathway", "certificate": "certificate", "match.ecfmg_check": "certificate", "degree.": "graduated",
    "school.years": "graduated", "visa.": "visa", "licence.": "step3",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Supposition:
    """Something supposed: to happen on a day, or to be so. `value` is the score, the months, the visa or the season."""

    what: str
    day: dt.date
    value: str = ""

    @property
    def dated(self) -> bool:
        """Whether its day is a part of it."""
        return KINDS[self.what].form in DATED

    @property
    def words(self) -> str:
        """The supposition up to its day: "I pass Step 2 CK on", or all of it where no day belongs to it."""
        kind = KINDS[self.what]
        if kind.form == "exam":
            return str(kind.scored) % self.value if self.value and kind.scored else str(kind.words)
        if kind.form == "months":
            return f"{self.value} {kind.words}"
        shown = str(_("none: I am a permanent resident")) if self.value == "none" else self.value
        return f"{kind.words} {shown}".strip()

    def applied(self, dossier: Dossier) -> Dossier:
        """The dossier as it would be; InputProblem when there is nothing that it could happen to."""
        kind = KINDS[self.what]
        if self.value and kind.form == "exam" and not kind.scored:
            raise InputProblem(
                gettext("this exam gives no score"),
                expected=gettext("its day alone"),
                do=gettext("leave the score out"),
            )
        return kind.change(dossier, self.day, self.value)


def about(finding: str) -> str:
    """What a person would suppose about a finding; "" for nothing."""
    return next((what for start, what in ABOUT.items() if finding.startswith(start)), "")


def added(present: Sequence[Supposition], new: Supposition) -> tuple[Supposition, ...]:
    """The suppositions with a new one, which takes the place of one of the same kind."""
    return (*(one for one in present if one.what != new.what), new)
