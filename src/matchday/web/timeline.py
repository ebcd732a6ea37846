"""The plan as a picture: one row for each step that is still to do, on one scale of days.

Places from the left are shares of the width and heights are pixels, so that bars stretch with the page while words keep
their size on a phone. In a language that runs from right to left, time does so too.
"""

import datetime as dt
import textwrap
from dataclasses import dataclass, replace
from itertools import count

from django.utils.translation import get_language_bidi, gettext

from matchday.plan.build import Plan
from matchday.plan.schedule import Scheduled

LETTERS_IN_A_LINE = 46  # fits 360 pixels
BOLD_LETTERS = 41
LINE, BAR, GAP = 16, 10, 12
MOST_TICKS = 6
STANDS = "match"
NEAR = 7.0  # percent of the width in which two flags would touch


@dataclass(frozen=True, slots=True)
class Words:
    """One line of a row's words and its height from the top."""

    text: str
    y: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One step: heavy from earliest start to earliest finish, light from there to the latest finish."""

    step: Scheduled
    lines: tuple[Words, ...]
    y: int
    x: float
    width: float
    slack_x: float
    slack_width: float

    @property
    def late(self) -> bool:
        """Whether the step would end after its latest day. Match Day itself stands."""
        return self.step.slack is not None and self.step.slack < 0 and self.step.task.id != STANDS


@dataclass(frozen=True, slots=True)
class Flag:
    """A date of the season: its number in the list beside the picture, its place, its lane among crowded flags."""

    number: int
    x: float
    y: int


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a month."""

    day: dt.date
    x: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything to draw; `top` and `height` are pixels, `today` and `begin`, where words begin, shares in percent."""

    bars: tuple[Bar, ...]
    flags: tuple[Flag, ...]
    ticks: tuple[Tick, ...]
    today: float
    top: int
    height: int
    begin: int = 0

    def mirrored(self) -> "Timeline":
        """The same from right to left."""
        bars = (replace(bar, x=_far(bar.x, bar.width), slack_x=_far(bar.slack_x, bar.slack_width)) for bar in self.bars)
        flags = (replace(flag, x=_far(flag.x)) for flag in self.flags)
        ticks = (replace(tick, x=_far(tick.x)) for tick in self.ticks)
        return replace(
            self, bars=tuple(bars), flags=tuple(flags), ticks=tuple(ticks), today=_far(self.today), begin=100
        )


def _far(x: float, width: float = 0) -> float:
    """The place of the other end, counted from the other side."""
    return round(100 - x - width, 2)


def timeline(plan: Plan) -> Timeline:
    """The picture of a plan from its day to its last day."""
    steps = [step for step in plan.tasks if step.earliest_start and step.earliest_finish]
    dated = [one.day for one in plan.milestones if one.day and one.day >= plan.on]
    ends = [day for step in steps for day in (step.earliest_finish, step.latest_finish) if day]
    scale = _Scale(plan.on, max([*ends, *dated, plan.on + dt.timedelta(days=30)]))
    flags = _flags(plan, scale)
    top = LINE * (2 + (max((flag.y for flag in flags), default=0) // LINE))
    bars, height = _bars(steps, scale, top)
    picture = Timeline(tuple(bars), tuple(flags), tuple(_ticks(scale)), scale.share(plan.on), top, height)
    return picture.mirrored() if get_language_bidi() else picture


@dataclass(frozen=True, slots=True)
class _Scale:
    first: dt.date
    last: dt.date

    def share(self, day: dt.date) -> float:
        """The place of a day in percent of the width, kept inside the picture."""
        whole = (self.last - self.first).days
        return round(min(max(100 * (day - self.first).days / whole, 0.0), 99.0), 2)


def _flags(plan: Plan, scale: _Scale) -> list[Flag]:
    flags: list[Flag] = []
    for number, one in enumerate(plan.milestones, 1):
        if one.day is None or one.day < plan.on:
            continue
        x = scale.share(one.day)
        taken = {flag.y for flag in flags if abs(flag.x - x) < NEAR}
        flags.append(Flag(number, x, next(y for y in count(LINE, LINE) if y not in taken)))
    return flags


def _bars(steps: list[Scheduled], scale: _Scale, top: int) -> tuple[list[Bar], int]:
    bars, y = [], top + GAP
    for step in steps:
        lines = [
            Words(text, y + LINE * (number + 1) - 4)
            for number, text in enumerate(
                textwrap.wrap(gettext(step.task.title), BOLD_LETTERS if step.critical else LETTERS_IN_A_LINE)
            )
        ]
        y += LINE * len(lines)
        bars.append(_bar(step, tuple(lines), y, scale))
        y += BAR + GAP
    return bars, y


def _bar(step: Scheduled, lines: tuple[Words, ...], y: int, scale: _Scale) -> Bar:
    start, finish = scale.share(step.earliest_start or scale.first), scale.share(step.earliest_finish or scale.first)
    latest = scale.share(step.latest_finish) if step.latest_finish else finish
    return Bar(
        step, lines, y, start, round(max(finish - start, 0.6), 2), finish, round(max(latest - finish, 0.0), 2)
    )  # fmt: skip


def _ticks(scale: _Scale) -> list[Tick]:
    months = [
        day
        for number in range((scale.last.year - scale.first.year + 1) * 12)
        if scale.first < (day := dt.date(scale.first.year + number // 12, number % 12 + 1, 1)) < scale.last
    ]
    stride = -(-len(months) // MOST_TICKS) or 1
    return [Tick(day, scale.share(day)) for day in months[::stride]]
