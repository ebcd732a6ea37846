"""A finding as a row to open: its rules with their history, the facts it used, what is missing, what would change it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from matchday.dossier.model import Dossier
from matchday.rules import Finding, Reading, Value
from matchday.terms import Confidence, Verdict
from matchday.web.forms.words import choice
from matchday.web.suppose import KINDS, about
from matchday.web.tags import day as in_words
from matchday.web.views.facts import address, told

SHOWN_VALUES = 3
ISO = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the dossier in words, the address of its form ("" when it has none), and what it says."""

    words: str
    url: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A rule as it was read, with its earlier values."""

    reading: Reading
    earlier: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One requirement with everything that opens beneath it."""

    finding: Finding
    facts: tuple[Fact, ...]
    missing: tuple[Fact, ...]
    rules: tuple[Said, ...]
    changes: tuple[str, ...]

    @property
    def suppose(self) -> str:
        """What a person would suppose about it; "" where the answer is as wished, or nothing fits."""
        wished = self.finding.verdict in (Verdict.MET, Verdict.NOT_NEEDED) and not self.finding.id.startswith("visa.")
        return "" if wished else about(self.finding.id)

    @property
    def form(self) -> str:
        """The form of that supposition."""
        return KINDS[self.suppose].form if self.suppose else ""


def row(finding: Finding, dossier: Dossier, on: date, written: Dossier | None = None) -> Row:
    """The row of a finding as of a day. `written`: the dossier in the file, when it is another than the one answered for."""
    known = written or dossier
    return Row(
        finding,
        tuple(_fact(text, known) for text in finding.facts),
        tuple(_fact(text, known) for text in finding.missing),
        tuple(_said(reading) for reading in finding.rules),
        tuple(_changes(finding, dossier, on)),
    )


def _fact(text: str, written: Dossier) -> Fact:
    """A text such as `exam[1].score=231` or `school[0].sponsor_note`."""
    path, _equals, value = text.partition("=")
    try:
        return Fact(told(path), address(path) if _in_file(path, written) else "", _value(value))
    except (KeyError, ValueError):  # a fact that no form holds, such as a count of entries
        return Fact(path, "", value)


def _value(text: str) -> str:
    """What the file says, in words: a day with its month, yes or no, the word of a choice."""
    if ISO.fullmatch(text):
        return in_words(text)
    return choice({"true": "yes", "false": "no"}.get(text, text))


def _in_file(path: str, written: Dossier) -> bool:
    """Whether an entry such as exam[3] stands in the file; one that is only supposed has no form."""
    found = re.match(r"(\w+)\[(\d+)\]", path)
    return found is None or int(found[2]) < max(1, len(getattr(written, found[1]) or ()))


def _said(reading: Reading) -> Said:
    values = reading.parameter.values
    at = next((at for at, value in enumerate(values) if value is reading.row), 0)
    return Said(reading, tuple(reversed(values[max(0, at - SHOWN_VALUES) : at])))


def _changes(finding: Finding, dossier: Dossier, on: date) -> Iterator[str]:
    """What would change the answer: a day, a planned exam, a fact, another value of a rule, a better source."""
    if finding.opens:
        yield _("The day: from %s on it may be another.") % _day(finding.opens)
    yield from _planned(finding, dossier, on)
    if finding.missing:
        yield _("Telling what is missing above.")
    for reading in finding.rules:
        yield from _rule_changes(reading, on)
    weak = [one.parameter.id for one in finding.rules if one.carried_forward or one.row.confidence is Confidence.LOW]
    if weak:
        yield _("A newer or better source for %s.") % ", ".join(dict.fromkeys(weak))


def _planned(finding: Finding, dossier: Dossier, on: date) -> Iterator[str]:
    exam = finding.id.removesuffix(".passed")
    if exam == finding.id or finding.verdict is Verdict.MET:
        return
    for one in dossier.exam or ():
        if one.exam == exam and one.date and one.date > on:
            yield _("A pass in the exam planned for %s, once the score is out.") % _day(one.date)


def _rule_changes(reading: Reading, on: date) -> Iterator[str]:
    for value in reading.parameter.values:
        if isinstance(value.start, date) and value.start > on:
            told_: dict[str, Any] = {"rule": reading.parameter.id, "day": _day(value.start)}
            yield _("The rule %(rule)s has another value from %(day)s on.") % told_


def _day(value: date) -> str:
    return in_words(value)
