"""Cut dates that move on with each season: is a day late enough for a season whose date may not be known?

The known cut dates only ever moved forward, and by a year or more each season. So a day before the last confirmed date
is too early for every later season, and a day after a later season's date is late enough for every earlier one. A date
that was inferred, or is carried forward, can say "late enough" but never "too early": in between the answer is unknown.
"""

from datetime import date

from matchday.rules.evaluate import Ask
from matchday.rules.model import UNKNOWN, Reading, Value
from matchday.rules.window import add_months
from matchday.terms import Confidence, Verdict

CONFIRMED = (Confidence.HIGH, Confidence.MEDIUM)


def on_or_after(ask: Ask, rule_id: str, day: date) -> Verdict:
    """Whether the day is not before the cut date of the season: met, not met, or unknown."""
    reading = ask.rule(rule_id)
    if reading.row.confidence in CONFIRMED and not reading.carried_forward:
        return Verdict.MET if day >= reading.value else Verdict.NOT_MET
    if reading.known and day >= _moved_on(reading, ask.season):
        return Verdict.MET
    return _by_neighbours(ask, rule_id, day)


def _moved_on(reading: Reading, season: int) -> date:
    """The inferred date, a year later for each season that it is carried forward."""
    last, value = reading.row.end, reading.value
    assert isinstance(last, int)  # noqa: S101 -- the axis of a cut date is the season
    assert isinstance(value, date)  # noqa: S101 -- its value is a day
    return add_months(value, 12 * (season - last)) if reading.carried_forward else value


def _by_neighbours(ask: Ask, rule_id: str, day: date) -> Verdict:
    """What the dates of earlier and later seasons leave open; only a confirmed one can say "too early"."""
    before, _ = neighbours(ask, rule_id)
    if before and day < before.value:
        ask.rule(rule_id, before.start)
        return Verdict.NOT_MET
    for later in ask.case.rules[rule_id].values:
        if (
            isinstance(later.start, int)
            and later.start > ask.season
            and later.value is not UNKNOWN
            and day >= later.value
        ):
            ask.rule(rule_id, later.start)
            return Verdict.MET
    return Verdict.UNKNOWN


def neighbours(ask: Ask, rule_id: str) -> tuple[Value | None, Value | None]:
    """The confirmed values of a rule nearest to the season, before and after it."""
    confirmed = [value for value in ask.case.rules[rule_id].values if value.confidence in CONFIRMED]
    before = [value for value in confirmed if isinstance(value.start, int) and value.start < ask.season]
    after = [value for value in confirmed if isinstance(value.start, int) and value.start > ask.season]
    return (before[-1] if before else None), (after[0] if after else None)
