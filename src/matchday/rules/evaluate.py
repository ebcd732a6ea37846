"""Walks the requirements for one dossier on one day and gathers the findings, with all that each rests on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from matchday.dossier.model import Dossier, Exam, School
from matchday.rules.asof import as_of
from matchday.rules.load import Rules, rules
from matchday.rules.model import Answer, Finding, Key, Reading, Report
from matchday.terms import Verdict

LATER = "Some of the rules or dates used here were published after this day."

Judge = Callable[["Ask"], Answer]


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something asked by a named body, and the function that answers it."""

    id: str
    body: str
    title: str
    judge: Judge


def requirement(id: str, *, body: str, title: str) -> Callable[[Judge], Requirement]:  # noqa: A002 -- the word of the interface
    """Mark a function of this folder as the answer to one requirement."""
    return lambda judge: Requirement(id, body, title, judge)


@dataclass(frozen=True, slots=True)
class Several:
    """A family of findings whose number depends on the dossier: contradictions, states."""

    expand: Callable[["Case"], Iterator[Requirement]]


def several(expand: Callable[["Case"], Iterator[Requirement]]) -> Several:
    """Mark a function that yields requirements made for this dossier."""
    return Several(expand)


@cache
def requirements() -> tuple[Requirement | Several, ...]:
    """All requirements, found by reading the folder `requirements`."""
    package = import_module("matchday.rules.requirements")
    found: list[Requirement | Several] = []
    for module in sorted(iter_modules(package.__path__), key=lambda m: m.name):
        members = vars(import_module(f"{package.__name__}.{module.name}")).values()
        found += [member for member in members if isinstance(member, Requirement | Several)]
    return tuple(found)


@dataclass(slots=True)
class Case:
    """One dossier on one day, with the findings made so far."""

    dossier: Dossier
    on: date
    season: int
    rules: Rules
    planned: Dossier
    found: dict[str, Finding] = field(default_factory=dict)
    open: dict[str, Requirement] = field(default_factory=dict)
    _told: dict[tuple[str, str], str] = field(default_factory=dict)

    def told(self, place: str, name: str, value: Any) -> str:
        """A fact as findings name it: exam[1].score=231. Written once, for many findings rest on the same facts."""
        found = self._told.get((place, name))
        if found is None:
            found = self._told[place, name] = f"{place}.{name.rstrip('_')}={_shown(value)}"
        return found

    def finding(self, finding_id: str) -> Finding:
        """The finding of that id, made now if nobody has asked yet."""
        if finding_id not in self.found:
            self.found[finding_id] = self._judge(self.open[finding_id])
        return self.found[finding_id]

    def _judge(self, asked: Requirement) -> Finding:
        ask = Ask(self)
        answer = asked.judge(ask)
        # A fact that is missing matters only where the answer still turns on it.
        settled = answer.verdict not in (Verdict.UNKNOWN, Verdict.AT_RISK)
        later = any(self._published_later(reading) for reading in ask.readings.values()) and LATER not in answer.why
        return Finding(
            asked.id,
            asked.body,
            asked.title,
            answer.verdict,
            f"{answer.why} {LATER}" if later else answer.why,
            answer.next,
            answer.by,
            tuple(ask.readings.values()),
            tuple(ask.facts),
            () if settled else tuple(ask.gaps),
            answer.opens,
        )

    def _published_later(self, reading: Reading) -> bool:
        """Whether a value belongs to a season later than the one under way on the asked day, and was read after it.

        The dates and rules of a season come out from about June of the year before. An estimate is not published.
        """
        row, under_way = reading.row, self.on.year + (self.on.month >= 6)
        if not reading.known or not isinstance(row.start, int) or row.start <= under_way:
            return False
        estimate = reading.carried_forward and row.start == self.season
        return not estimate and any(citation.read_on > self.on for citation in row.citations)


@dataclass(slots=True)
class Ask:
    """What a requirement's function sees: the dossier of the day, and a pen that notes every rule and fact used."""

    case: Case
    readings: dict[tuple[str, Any], Reading] = field(default_factory=dict)
    facts: dict[str, None] = field(default_factory=dict)
    gaps: dict[str, None] = field(default_factory=dict)

    @property
    def dossier(self) -> Dossier:
        """The dossier as of the asked day."""
        return self.case.dossier

    @property
    def on(self) -> date:
        """The asked day."""
        return self.case.on

    @property
    def season(self) -> int:
        """The season aimed at."""
        return self.case.season

    def rule(self, rule_id: str, key: Key | None = None) -> Reading:
        """A parameter read for a day or season (default: the asked day, or the season), and noted as used."""
        parameter = self.case.rules[rule_id]
        if key is None:
            key = self.season if parameter.axis == "season" else self.on
        reading = self.case.rules.at(rule_id, key)
        self.readings[rule_id, reading.row.start] = reading
        return reading

    def use(self, place: str, part: Any, name: str) -> Any:
        """A fact if it is there, noted as used; None is unknown. `place` is "person", "school[0]" ..."""
        value = getattr(part, name)
        if value is not None:
            self.facts[self.case.told(place, name, value)] = None
        return value

    def need(self, place: str, part: Any, name: str) -> Any:
        """A fact that the answer turns on: noted as used, or as missing."""
        value = self.use(place, part, name)
        if value is None:
            self.gaps[f"{place}.{name.rstrip('_')}"] = None
        return value

    def happened(self, place: str, name: str) -> bool | None:
        """Whether a dated thing ("certification", "certificate_issued") had happened by the asked day.

        None when the file does not say, which is noted as missing; False when the file dates it later.
        """
        day = getattr(_part(self.case.planned, place), name)
        if day is None:
            self.gaps[f"{place}.{name}"] = None
            return None
        if day > self.on:
            return False
        self.facts[self.case.told(place, name, day)] = None
        return True

    def missing(self, name: str) -> None:
        """Note that a fact is missing."""
        self.gaps[name] = None

    def finding(self, finding_id: str) -> Finding:
        """Another finding; what it rests on, this one rests on too."""
        other = self.case.finding(finding_id)
        for reading in other.rules:
            self.readings[reading.parameter.id, reading.row.start] = reading
        self.facts.update(dict.fromkeys(other.facts))
        self.gaps.update(dict.fromkeys(other.missing))
        return other

    def verdict(self, finding_id: str) -> Verdict:
        """Only the verdict of another finding, without taking over what it rests on."""
        return self.case.finding(finding_id).verdict

    def exams(self, *names: str) -> list[tuple[str, Exam]] | None:
        """The attempts at these exams that had begun by the asked day, oldest first; None when the list is unknown.

        An attempt without a date counts as begun, one dated when the exam was no longer given does not. Each comes with its place, such as "exam[1]".
        """
        if self.dossier.exam is None:
            self.missing("exam")
            return None
        taken = [
            (f"exam[{i}]", exam)
            for i, exam in enumerate(self.dossier.exam)
            if exam.exam in names
            and not (exam.date is not None and exam.date > min(self.on, self.last_given(exam.exam)))
            and not (exam.date is None and _blank(exam))
        ]
        return sorted(taken, key=lambda item: (item[1].date or date.min, item[1].result or "", item[1].score or 0))

    def last_given(self, name: str) -> date:
        """The last day on which an exam was given: a day of 2020 for Step 2 CS (CS-REQ), no end for the others."""
        end = self.case.rules["CS-REQ"].values[0].end if name == "step2cs" else None
        return end if isinstance(end, date) else date.max

    def planned(self, *names: str) -> list[tuple[str, Exam]]:
        """The attempts that lie after the asked day, soonest first: plans, not facts."""
        later = [
            (f"exam[{i}]", exam)
            for i, exam in enumerate(self.dossier.exam or ())
            if exam.exam in names and exam.date is not None and exam.date > self.on
        ]
        return sorted(later, key=lambda item: item[1].date or date.max)

    def degree_school(self) -> tuple[str, School] | None:
        """The school of the degree: the one with a degree date, else with an expected one, else the last named."""
        schools = [(f"school[{i}]", school) for i, school in enumerate(self.dossier.school or ())]
        if not schools:
            self.missing("school")
            return None
        return max(schools, key=lambda item: _degree_rank(item[1]))


def _blank(exam: Exam) -> bool:
    """Whether an attempt holds nothing of its outcome."""
    return all(
        getattr(exam, name) is None for name in ("result", "score", "listening", "reading", "writing", "speaking")
    )


def _part(dossier: Dossier, place: str) -> Any:
    """The part of the dossier that a place such as "certification" or "pathway[1]" names."""
    name, _, index = place.rstrip("]").partition("[")
    part = getattr(dossier, name)
    return part[int(index)] if index else part


def _degree_rank(school: School) -> tuple[int, date, str]:
    if school.degree_date:
        return (2, school.degree_date, repr(school))
    if school.expected_degree_date:
        return (1, school.expected_degree_date, repr(school))
    # The whole school breaks a tie, so that the order in the file cannot.
    return (0, school.enrolled or date.min, repr(school))


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple | list):
        return "[" + ",".join(_shown(item) for item in value) + "]"
    return value.isoformat() if isinstance(value, date) else str(value)


def season_of(dossier: Dossier, on: date) -> int:
    """The season aimed at: the dossier's, else the next Match whose training has not begun."""
    return dossier.season or (on.year + 1 if on.month >= 4 else on.year)


def check(dossier: Dossier, on: date, *, season: int | None = None, using: Rules | None = None) -> Report:
    """Every requirement of every body judged for one dossier on one day.

    Facts dated after the day do not exist for the answer. The same inputs give the same report.
    """
    from matchday.rules.overall import applicant_type, overall

    known = using or rules()
    case = Case(as_of(dossier, on), on, season or season_of(dossier, on), known, planned=dossier)
    asked: list[Requirement] = []
    for entry in requirements():
        asked += entry.expand(case) if isinstance(entry, Several) else (entry,)
    case.open = {entry.id: entry for entry in asked}
    findings = tuple(case.finding(entry.id) for entry in asked)
    return Report(on, case.season, applicant_type(case), known.digest, findings, overall(case))
