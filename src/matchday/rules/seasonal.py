"""Rows of the season files noted as used by a finding, in the shape of a rule."""

from typing import Any

from matchday.rules.evaluate import Ask
from matchday.rules.model import UNKNOWN, Parameter, Reading, Value
from matchday.rules.seasons import Event, Sourced, season


def cite(ask: Ask, rule_id: str, title: str, body: str, value: Any, said: Sourced) -> None:
    """Note what a season file says as used; None is unknown."""
    known = UNKNOWN if value is None else value
    row = Value(known, ask.season, ask.season, said.confidence, said.citations, note=said.note)
    parameter = Parameter(rule_id, title, body, "season", "season", (row,))
    ask.readings[rule_id, ask.season] = Reading(parameter, row, carried_forward=season(ask.season).based_on is not None)


def event(ask: Ask, name: str) -> Event:
    """A date of the season aimed at, noted as used."""
    found = season(ask.season).events[name]
    stated = f"{found.date}{f' {found.time} {found.zone}' if found.time else ''}" if found.date else None
    cite(ask, f"DATE-{name}", found.title, found.body, stated, found)
    return found
