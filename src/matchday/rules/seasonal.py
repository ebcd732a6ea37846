"""Rows of the season files in the shape of a rule: noted as used by a finding, and looked up over all seasons."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from matchday.rules.load import Rules, unknown_rule
from matchday.rules.model import UNKNOWN, Parameter, Reading, Value
from matchday.rules.seasons import Event, Fee, SeasonFacts, Sourced, published, season
from matchday.rules.specialty import specialties
from matchday.terms import Confidence

if TYPE_CHECKING:
    from matchday.rules.evaluate import Ask

Told = tuple[Any, Sourced]


def cite(ask: "Ask", rule_id: str, title: str, body: str, value: Any, said: Sourced) -> None:
    """Note what a season file says as used; None is unknown."""
    row = _row(ask.season, value, said)
    parameter = Parameter(rule_id, title, body, "season", "season", (row,))
    ask.readings[rule_id, ask.season] = Reading(parameter, row, carried_forward=season(ask.season).based_on is not None)


def event(ask: "Ask", name: str) -> Event:
    """A date of the season aimed at, noted as used."""
    found = season(ask.season).events[name]
    cite(ask, f"DATE-{name}", found.title, found.body, _stated(found), found)
    return found


def find(known: Rules, rule_id: str) -> Parameter:
    """The rule or the row of the season files with this id, in small or capital letters; `DATE-` may be left out."""
    for shelf in (known.parameters, from_seasons()):
        small = {key.lower(): key for key in shelf}
        for wanted in (rule_id.lower(), f"date-{rule_id.lower()}"):
            if wanted in small:
                return shelf[small[wanted]]
    raise unknown_rule(rule_id, (*known.parameters, *from_seasons()))


@cache
def from_seasons() -> dict[str, Parameter]:
    """Every date, service, number of signals and price of the season files, one value for each season."""
    names = sorted(set(specialties().values()))
    rows = [
        *(_event_row(name) for name in dict.fromkeys(n for year in published() for n in season(year).events)),
        *(_Row(f"SERVICE-{name}", f"Where {name} takes applications", "AAMC", _use_of(name)) for name in names),
        *(_Row(f"SIGNALS-{name}", f"Signals in {name}", "AAMC", _signals_of(name)) for name in names),
        *map(_fee_row, dict.fromkeys((fee.service, fee.name) for year in published() for fee in season(year).fees)),
    ]
    return {row.id: parameter for row in rows if (parameter := row.parameter()).values}


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the season files; `told` gives its value in a season and who says so, or None."""

    id: str
    title: str
    body: str
    told: Callable[[SeasonFacts], Told | None]
    unit: str = ""

    def parameter(self) -> Parameter:
        found = [(year, told) for year in published() if (told := self.told(season(year)))]
        values = [_row(year, value, said) for year, (value, said) in found]
        if self.id.startswith("DATE-"):
            # A price or a service may hold on; a date never does.
            note = "Not published."
            values.append(Value(UNKNOWN, published()[-1] + 1, None, Confidence.NOT_FOUND, (), note=note))
        return Parameter(self.id, self.title, self.body, "season", "season", tuple(values), self.unit)


def _row(year: int, value: Any, said: Sourced) -> Value:
    return Value(UNKNOWN if value is None else value, year, year, said.confidence, said.citations, note=said.note)


def _stated(found: Event) -> str | None:
    return f"{found.date}{f' {found.time} {found.zone}' if found.time else ''}" if found.date else None


def _event_row(name: str) -> _Row:
    def told(facts: SeasonFacts) -> Told | None:
        found = facts.events.get(name)
        return (_stated(found), found) if found else None

    some = next(found for year in published() if (found := season(year).events.get(name)))
    return _Row(f"DATE-{name}", some.title, some.body, told)


def _use_of(name: str) -> Callable[[SeasonFacts], Told | None]:
    def told(facts: SeasonFacts) -> Told:
        use = facts.service_of(name)
        return use.service, use

    return told


def _signals_of(name: str) -> Callable[[SeasonFacts], Told | None]:
    def told(facts: SeasonFacts) -> Told | None:
        allowance = facts.signals.get(name)
        return (allowance.kinds, allowance) if allowance else None

    return told


def _fee_row(key: tuple[str, str]) -> _Row:
    def told(facts: SeasonFacts) -> Told | None:
        tiers = facts.fee(*key)
        return (price(tiers), tiers[-1]) if tiers else None

    newest = next(tiers[0] for year in reversed(published()) if (tiers := season(year).fee(*key)))
    return _Row(".".join(key), f"Price: {' '.join(key).replace('_', ' ')}", key[0], told, f"USD {newest.unit}".strip())


def price(tiers: Iterable[Fee]) -> Any:
    """One price in whole dollars, or the tiers of it in words; None = not found."""
    found = tuple(tiers)
    if len(found) == 1:
        return found[0].usd
    return ", ".join(
        f"{'not known' if fee.usd is None else fee.usd} {'in all' if fee.flat else 'each'} "
        f"{f'for {fee.first} to {fee.last}' if fee.last else f'from {fee.first}'}"
        for fee in found
    )
