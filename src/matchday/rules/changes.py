"""What changed in the rules since a day, and which of a person's findings it touches."""

from dataclasses import dataclass
from datetime import date

from matchday.dossier.model import Dossier
from matchday.rules.evaluate import check
from matchday.rules.load import Rules, rules
from matchday.rules.model import Parameter, Value


@dataclass(frozen=True, slots=True)
class Change:
    """A value that began on a day, what it replaced, and the findings that rest on its parameter."""

    day: date
    parameter: Parameter
    before: Value | None
    after: Value
    touches: tuple[str, ...]


def changes(since: date, on: date, dossier: Dossier | None = None, *, using: Rules | None = None) -> tuple[Change, ...]:
    """Every value that began after `since` and not later than `on`, newest first.

    A parameter that goes by season has no day and is left out. With a dossier each change names the findings it touches.
    """
    known = using or rules()
    resting: dict[str, list[str]] = {}
    if dossier is not None:
        for finding in check(dossier, on, using=known):
            for reading in finding.rules:
                resting.setdefault(reading.parameter.id, []).append(finding.id)
    found = [
        Change(after.start, parameter, before, after, tuple(dict.fromkeys(resting.get(parameter.id, ()))))
        for parameter in known.parameters.values()
        for before, after in zip((None, *parameter.values), parameter.values, strict=False)
        if isinstance(after.start, date)
        and since < after.start <= on
        and (before is None or before.value != after.value)
    ]
    return tuple(sorted(found, key=lambda change: (-change.day.toordinal(), change.parameter.id)))
