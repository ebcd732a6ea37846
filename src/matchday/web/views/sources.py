"""Sources: every rule, date and price with its value today, its age and what is weak about it; the history of one."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from matchday.rules import Parameter, Reading, rules
from matchday.rules.seasonal import find, from_seasons
from matchday.terms import Confidence, InputProblem
from matchday.web.desk import desk
from matchday.web.drawn import drawn
from matchday.web.frame import Setting, answer, setting

SHOW = ("unknown", "weak", "old", "carried", "disputed")
OLD = 180  # days since a source was read after which it should be read again
# What the season files tell, beside the rules, by the beginning of its id.
KINDS: dict[str, Any] = {
    "DATE": _("dates of the seasons"),
    "SIGNALS": _("signals"),
    "SERVICE": _("where a specialty takes applications"),
    "PRICE": _("prices"),
}


@dataclass(frozen=True)
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
    def kind(self) -> str:
        """Which of KINDS it is; "" for a rule."""
        if self.reading.parameter.id not in from_seasons():
            return ""
        before, dash, _rest = self.reading.parameter.id.partition("-")
        return before if dash and before in KINDS else "PRICE"

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """What is weak about it: one or more of SHOW, or nothing."""
        row = self.reading.row
        found = {
            "unknown": not self.reading.known,
            "weak": self.reading.known and row.confidence in (Confidence.LOW, Confidence.NOT_FOUND),
            "old": (self.age or 0) > OLD,
            "carried": self.reading.carried_forward,
            "disputed": bool(row.disputed),
        }
        return tuple(name for name, holds in found.items() if holds)


def read_at(parameter: Parameter, here: Setting) -> Reading:
    """A rule as it stands on the asked day, or for the season aimed at when the season decides."""
    return parameter.at(here.season if parameter.axis == "season" else here.on)


def sources(request: HttpRequest) -> HttpResponse:
    """All rules by body, then all that changes with the season; `?q=`, `?body=`, `?kind=` and `?show=` keep some of them."""
    here = setting(request)
    known = {**rules().parameters, **from_seasons()}
    lines = [Line(read_at(parameter, here), here.on) for parameter in known.values()]
    counts = {name: sum(name in line.marks for line in lines) for name in SHOW}
    words, body, kind, show = (request.GET.get(name, "") for name in ("q", "body", "kind", "show"))
    kept = [line for line in lines if body in ("", _body(line)) and _is(line, kind) and _shows(line, show)]
    kept = [line for line in kept if _tells(line, words)]
    data = {
        "digest": rules().digest,
        "counts": counts,
        "rules": [line.reading.as_json() | {"body": _body(line), "age_days": line.age} for line in kept],
    }
    rows = drawn(here, "sources_rows.html", words, body, kind, show, make=lambda: {"groups": _grouped(kept)})
    more = {"rows": rows, "q": words, "body": body, "kind": kind, "show": show, "found": len(kept), "total": len(lines)}
    choices = {"bodies": sorted({_body(line) for line in lines}), "kinds": KINDS.items(), "old": OLD}
    return answer(request, "sources.html", data, counts_shown=counts.items(), **more, **choices)


def _is(line: Line, kind: str) -> bool:
    return not kind or line.kind == (kind if kind in KINDS else "")


def _shows(line: Line, show: str) -> bool:
    return show not in SHOW or show in line.marks


def _tells(line: Line, words: str) -> bool:
    """Whether every one of the words stands in the id, the title, the words or the value of a rule."""
    parameter = line.reading.parameter
    said = f"{parameter.id} {parameter.title} {parameter.plain} {parameter.body} {line.reading.value}".casefold()
    return all(word in said for word in words.casefold().split())


def _grouped(kept: list[Line]) -> list[tuple[str, list[Line]]]:
    """The rules of each body, then what the season files tell, by kind."""
    kinds = ("", *KINDS)
    groups: dict[str, list[Line]] = {}
    for line in sorted(kept, key=lambda one: (kinds.index(one.kind), _title(one), one.reading.parameter.id)):
        groups.setdefault(_title(line), []).append(line)
    return list(groups.items())


def _title(line: Line) -> str:
    return str(KINDS[line.kind]).capitalize() if line.kind else _body(line)


def _body(line: Line) -> str:
    return line.reading.parameter.body


def rule(request: HttpRequest, name: str) -> HttpResponse:
    """One rule: what it says in plain words, every value it had, who says so, and which of my answers rest on it."""
    here = setting(request)
    try:
        parameter = find(rules(), name)
    except InputProblem as unknown:
        raise Http404(name) from unknown
    line = Line(read_at(parameter, here), here.on)
    resting = [
        finding
        for finding in desk().report(here.opened, here.on)
        if any(reading.parameter.id == parameter.id for reading in finding.rules)
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
