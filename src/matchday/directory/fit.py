"""Would this program take this person? Yes, no, or not stated, each with the claims it rests on.

One shut gate is "does not"; else one silent gate is "not stated"; only if all are open the answer is "takes you".
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from operator import itemgetter
from typing import Any

from matchday.directory import gates
from matchday.directory.applicant import Applicant
from matchday.directory.gates import WORST_FIRST, Outside, Ruling, Verdict
from matchday.directory.model import Claim

Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Reason:
    """A ruling with its gate's name and the claims it rests on, the shown one first; `disputed` when they differ."""

    gate: str
    ruling: Ruling
    claims: tuple[Claim, ...]
    disputed: bool


# Gate: the columns of the list it looks at. The order is the order in which reasons are told.
GATES: dict[str, tuple[str, ...]] = {
    "visa": ("visa_j1", "visa_h1b"),
    "graduation": ("graduation_years_max",),
    "attempts": ("attempts_max",),
    "score": ("step2_min", "step1_min"),
    "us_experience": ("us_experience", "us_experience_months"),
    "track": ("track",),
    "positions": ("quota", "season"),
    "accreditation": ("accreditation", "accreditation_date"),
    "img": ("takes_img",),
    "service": ("service", "participation", "specialty"),
    "licence": ("state",),
}
FIT_FIELDS: tuple[str, ...] = tuple(dict.fromkeys(name for names in GATES.values() for name in names))
# What a gate rests on is what it looks at, and the source's own words where it has some.
RESTS_ON = GATES | {
    "visa": ("visa_j1", "visa_h1b", "visa_note"),
    "graduation": ("graduation_years_max", "graduation_note"),
    "attempts": ("attempts_max", "attempts_note"),
    "positions": (),
    "service": ("service", "participation"),
}


class Fit:
    """One person before many programs. Each gate is asked once for each different rule, so 6,600 programs take milliseconds."""

    def __init__(self, who: Applicant, outside: Outside | None = None) -> None:
        outside = outside or Outside()
        ask: dict[str, Callable[..., Ruling]] = {
            "visa": gates.visa_gate,
            "graduation": gates.graduation_gate,
            "attempts": gates.attempts_gate,
            "score": gates.score_gate,
            "us_experience": gates.experience_gate,
            "track": gates.track_gate,
            "positions": gates.positions_gate,
            "accreditation": gates.accreditation_gate,
            "img": gates.img_gate,
            "service": partial(gates.service_gate, outside),
            "licence": partial(gates.licence_gate, outside.licences),
        }
        self.who = who
        self._gates = [_Gate(partial(ask[name], who), columns) for name, columns in GATES.items()]

    def verdict(self, row: Row) -> Verdict:
        """The verdict on one line, given as the values of FIT_FIELDS in their order."""
        worst = Verdict.TAKES
        for gate in self._gates:
            verdict = gate(row).verdict
            if verdict is Verdict.NOT:
                return verdict
            if verdict is Verdict.SILENT:
                worst = verdict
        return worst

    def reasons(self, row: Row, claims: Sequence[Claim] = (), track: str | None = None) -> tuple[Reason, ...]:
        """Every gate's ruling with the claims of the program it rests on: what is shut first, then what is not stated."""
        found = (_reason(name, gate(row), claims, track) for name, gate in zip(GATES, self._gates, strict=True))
        return tuple(sorted(found, key=lambda reason: WORST_FIRST.index(reason.ruling.verdict)))


class _Gate:
    """One gate with its memory: the same rule always gets the same ruling."""

    def __init__(self, ask: Callable[..., Ruling], columns: tuple[str, ...]) -> None:
        places = [FIT_FIELDS.index(column) for column in columns]
        # A slice keeps the values a tuple even for one column.
        self._pick: Callable[[Row], Any] = itemgetter(*places) if len(places) > 1 else lambda row: (row[places[0]],)
        self._ask, self._known = ask, dict[Any, Ruling]()

    def __call__(self, row: Row) -> Ruling:
        values = self._pick(row)
        ruling = self._known.get(values)
        if ruling is None:
            ruling = self._known[values] = self._ask(*values)
        return ruling


def _reason(gate: str, ruling: Ruling, claims: Sequence[Claim], track: str | None) -> Reason:
    found = tuple(
        c for name in ruling.fields or RESTS_ON[gate] for c in claims if c.field == name and c.track in (None, track)
    )
    values = {(c.field, c.value) for c in found if c.field in GATES[gate]}
    return Reason(gate, ruling, found, disputed=len(values) > len({name for name, _ in values}))


def as_json(verdict: Verdict, reasons: Sequence[Reason]) -> dict[str, Any]:
    """Fit in the shape of the interface: a verdict and the claims it rests on, one entry for each claim, rule or silence."""
    return {
        "verdict": str(verdict),
        "because": [entry for reason in reasons for entry in _because(reason)],
        "missing": sorted({fact for reason in reasons for fact in reason.ruling.missing}),
    }


def _because(reason: Reason) -> Iterator[dict[str, Any]]:
    ruling = reason.ruling
    head = {"gate": reason.gate, "verdict": str(ruling.verdict), "why": ruling.why, "disputed": reason.disputed}
    for claim in reason.claims:
        day = claim.as_of.isoformat() if claim.as_of else None
        yield head | {
            "field": claim.field, "value": claim.value, "source": claim.source, "as_of": day,
            "read_on": claim.read_on.isoformat(), "made_up": claim.kind == "made-up",
        }  # fmt: skip
    for said in ruling.said:
        yield head | {
            "field": reason.gate, "value": said.value, "source": said.source, "as_of": None,
            "read_on": said.read_on, "confidence": said.confidence,
        }  # fmt: skip
    if not reason.claims and not ruling.said and ruling.verdict is not Verdict.TAKES:
        yield head | {
            "field": GATES[reason.gate][0],
            "value": "not stated",
            "source": None,
            "as_of": None,
            "read_on": None,
        }


def row_of(line: Mapping[str, Any]) -> tuple[Any, ...]:
    """The values of FIT_FIELDS from a line of the list."""
    return tuple(line[name] for name in FIT_FIELDS)
