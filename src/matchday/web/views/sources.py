"""Sources: every rule with its value today, its age and what is weak about it; and the history of one rule."""

import datetime as dt
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse

from matchday.rules import Parameter, Reading, rules
from matchday.rules.load import SEASONS
from matchday.terms import Confidence
from matchday.web.desk import desk
from matchday.web.drawn import drawn
from matchday.web.frame import Setting, answer, setting

SHOW = ("unknown", "weak", "carried", "disputed")


@dataclass(frozen=True, slots=True)
class Line:
    """One rule read for the asked day or season."""

    reading: Reading
    on: dt.date

    @property
    def read_on(self) -> dt.date | None:
        """The day its source was last read."""
        return max((citation.read_on for citation in self.reading.row.citations), default=None)

    @property
    def age(self) -> int | None:
        """Days since then, as of the asked day; None when no source was found."""
        return (self.on - self.read_on).days if self.read_on else None

    @property
    def marks(self) -> tuple[str, ...]:
        """What is weak about it: one or more of SHOW, or nothing."""
        row = self.reading.row
        found = {
            "unknown": not self.reading.known,
            "weak": self.reading.known and row.confidence in (Confidence.LOW, Confidence.NOT_FOUND),
            "carried": self.reading.carried_forward,
            "disputed": bool(row.disputed),
        }
        return tuple(name for name, holds in found.items() if holds)


def read_at(parameter: Parameter, here: Setting) -> Reading:
    """A rule as it stands on the asked day, or for the season aimed at when the season decides."""
    return parameter.at(here.season if parameter.decided_by in SEASONS else here.on)


def sources(request: HttpRequest) -> HttpResponse:
    """All rules by body; `?body=` keeps one body, `?show=` one kind of weakness."""
    here = setting(request)
    known = rules()
    lines = [Line(read_at(parameter, here), here.on) for parameter in known.parameters.values()]
    counts = {name: sum(name in line.marks for line in lines) for name in SHOW}
    body, show = request.GET.get("body", ""), request.GET.get("show", "")
    kept = [line for line in lines if body in ("", _body(line)) and (show not in SHOW or show in line.marks)]
    groups: dict[str, list[Line]] = {}
    for line in sorted(kept, key=lambda line: (_body(line), line.reading.parameter.id)):
        groups.setdefault(_body(line), []).append(line)
    data = {
        "digest": known.digest,
        "counts": counts,
        "rules": [line.reading.as_json() | {"body": _body(line), "age_days": line.age} for line in kept],
    }
    bodies = sorted({_body(line) for line in lines})
    rows = drawn(here, "sources_rows.html", body, show, make=lambda: {"groups": groups.items()})
    more = {"rows": rows, "bodies": bodies, "body": body, "show": show, "total": len(lines)}
    return answer(request, "sources.html", data, counts_shown=counts.items(), **more)


def _body(line: Line) -> str:
    return line.reading.parameter.body


def rule(request: HttpRequest, name: str) -> HttpResponse:
    """One rule: what it says in plain words, every value it had, who says so, and which of my answers rest on it."""
    here = setting(request)
    parameter = rules().parameters.get(name)
    if parameter is None:
        raise Http404(name)
    line = Line(read_at(parameter, here), here.on)
    resting = [
        finding
        for finding in desk().report(here.opened, here.on)
        if any(reading.parameter.id == name for reading in finding.rules)
    ]
    history = [Reading(parameter, value, carried_forward=False) for value in reversed(parameter.values)]
    data = {
        **line.reading.as_json(),
        "plain": parameter.plain,
        "unit": parameter.unit,
        "decided_by": parameter.decided_by,
        "history": [reading.as_json() for reading in history],
        "findings": [finding.id for finding in resting],
    }
    return answer(request, "rule.html", data, line=line, parameter=parameter, values=history, resting=resting)
