"""Parameters with their values and citations; requirements with their findings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any, Literal

from matchday.terms import ApplicantType, Confidence, Verdict


class Unknown(Enum):
    """A value that no source gave. It is an answer of its own, never zero and never "no"."""

    UNKNOWN = "unknown"

    def __str__(self) -> str:
        return "unknown"


UNKNOWN = Unknown.UNKNOWN

# A value holds from one day to another, or from one season to another; which one is said by `decided_by`.
Key = date | int


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a value was read: title and publisher of the text, its own date as printed, the day it was read."""

    id: str
    title: str
    publisher: str
    dated: str
    read_on: date


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a parameter from `start` to `end`, both included; None is open.

    `unconfirmed` names the ends whose day no source confirms; `disputed` holds what other sources say.
    """

    value: Any
    start: Key | None
    end: Key | None
    confidence: Confidence
    citations: tuple[Citation, ...]
    known_to: Key | None = None
    note: str = ""
    unconfirmed: tuple[str, ...] = ()
    disputed: tuple[tuple[Any, Citation, Confidence], ...] = ()

    def covers(self, key: Key) -> bool:
        """Whether the key lies inside, both ends included."""
        return (self.start is None or self.start <= key) and (self.end is None or key <= self.end)  # type: ignore[operator] # one axis per parameter


@dataclass(frozen=True, slots=True)
class Parameter:
    """A dated value with citations: what is asked, in which unit, and which date or season decides."""

    id: str
    title: str
    body: str
    decided_by: str
    axis: Literal["date", "season"]
    values: tuple[Value, ...]
    unit: str = ""
    plain: str = ""

    def at(self, key: Key) -> "Reading":
        """The value for a day or season; carried forward, and saying so, past the last known one.

        Before the first known value the answer is unknown.
        """
        for value in self.values:
            if value.covers(key):
                past = value.end is None and value.known_to is not None and key > value.known_to  # type: ignore[operator]
                return Reading(self, value, past)
        earlier = [v for v in self.values if v.end is not None and v.end < key]  # type: ignore[operator]
        if earlier and earlier[-1] is self.values[-1]:
            return Reading(self, earlier[-1], carried_forward=True)
        gap = Value(UNKNOWN, None, None, Confidence.NOT_FOUND, (), note="No value is known for this day or season.")
        return Reading(self, gap, carried_forward=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """A parameter read at one key: the value, and whether it was carried past its last known day or season."""

    parameter: Parameter
    row: Value
    carried_forward: bool

    @property
    def value(self) -> Any:
        """The value itself, or UNKNOWN."""
        return self.row.value

    @property
    def known(self) -> bool:
        """Whether a source gave a value."""
        return self.row.value is not UNKNOWN

    def as_json(self) -> dict[str, Any]:
        """The reading as `rules[]` of a finding."""
        row = self.row
        return {
            "id": self.parameter.id,
            "title": self.parameter.title,
            "value": None if row.value is UNKNOWN else plain(row.value),
            "known": self.known,
            "from": plain(row.start),
            "to": plain(row.end),
            "carried_forward": self.carried_forward,
            "confidence": str(row.confidence),
            "source": "; ".join(c.title for c in row.citations),
            "read_on": plain(max((c.read_on for c in row.citations), default=None)),
            "note": row.note,
            "disputed": [
                {"value": plain(value), "source": citation.title, "confidence": str(confidence)}
                for value, citation, confidence in row.disputed
            ],
        }


def plain(value: Any) -> Any:
    """A value as JSON can hold it: dates as text, tuples as lists, unknown as null."""
    if isinstance(value, date):
        return value.isoformat()
    if value is UNKNOWN:
        return None
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    return value


@dataclass(frozen=True, slots=True)
class Answer:
    """What a requirement's function gives back: verdict, why, what next, by when; `opens` = from which day it may be."""

    verdict: Verdict
    why: str
    next: str = ""
    by: date | None = None
    opens: date | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer on one requirement for one applicant on one day, with all that it rests on."""

    id: str
    body: str
    title: str
    verdict: Verdict
    why: str
    next: str = ""
    by: date | None = None
    rules: tuple[Reading, ...] = ()
    facts: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    opens: date | None = None

    def as_json(self) -> dict[str, Any]:
        """The finding as interfaces.md writes it."""
        return {
            "id": self.id,
            "body": self.body,
            "title": self.title,
            "verdict": str(self.verdict),
            "why": self.why,
            "next": self.next,
            "by": plain(self.by),
            "opens": plain(self.opens),
            "rules": [reading.as_json() for reading in self.rules],
            "facts": list(self.facts),
            "missing": list(self.missing),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """All findings for one dossier on one day, and the seven overall answers."""

    on: date
    season: int
    applicant_type: ApplicantType
    rules_digest: str
    findings: tuple[Finding, ...]
    overall: dict[str, Verdict] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __getitem__(self, finding_id: str) -> Finding:
        return next(finding for finding in self.findings if finding.id == finding_id)

    def as_json(self) -> dict[str, Any]:
        """The report as interfaces.md writes it."""
        return {
            "on": plain(self.on),
            "season": self.season,
            "applicant_type": str(self.applicant_type),
            "rules_digest": self.rules_digest,
            "findings": [finding.as_json() for finding in self.findings],
            "overall": {name: str(verdict) for name, verdict in self.overall.items()},
        }
