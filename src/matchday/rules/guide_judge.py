"""What the rules say of a claim on a day: by a rule's history, by stated periods, by a season's dates, by its fees."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from matchday.rules.load import Rules
from matchday.rules.model import Key, Parameter, Reading
from matchday.rules.seasonal import from_seasons
from matchday.rules.seasons import Event, Fee, SignalAllowance, Sourced, published, season
from matchday.rules.specialty import specialty
from matchday.rules.words import day as written
from matchday.terms import Confidence

MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"
_MONTH = r"(?P<m{0}>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{{0,6}}\.?"
_YEAR = r"(?:,? (?P<y{0}>20\d\d)\b)?"
_DATE = re.compile(
    r"\b(?P<y0>20\d\d)-(?P<m0>\d\d)-(?P<d0>\d\d)\b"
    rf"|\b{_MONTH.format(1)} (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:){_YEAR.format(1)}"
    rf"|\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH.format(2)}\b{_YEAR.format(2)}"
)
_SEASON = re.compile(
    r"\b(?P<from>20\d\d) ?[-/] ?(?:20)?(?P<a>\d\d)\b(?!-\d)|\b(?P<b>20\d\d) (?:main |residency |nrmp |eras )*(?:match|season|cycle|soap)\b"
    r"|\b(?:match|season|cycle|eras|soap) (?:of )?(?P<c>20\d\d)\b(?! ?[-/])"
)
_PAST = re.compile(r"\b(?:was|were|took|ended|opened|closed|began|started)\b")


NUMBERS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]


def number(text: str) -> int:
    """A number in figures or, up to twenty, as a word."""
    return NUMBERS.index(text) if text in NUMBERS else int(text.replace(",", ""))


class Mark(StrEnum):
    """What can be said of a claim on a day."""

    CURRENT = "current"
    OUTDATED = "outdated"
    WRONG = "wrong"
    UNVERIFIABLE = "unverifiable"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The mark on a claim, since when it no longer holds, what is true instead, and the rules it rests on."""

    mark: Mark
    since: date | None = None
    now: str = ""
    rules: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """A claim as it was heard: the sentence, what was caught in it, and the asked day."""

    plain: str
    found: re.Match[str]
    on: date
    rules: Rules

    def number(self) -> int:
        """The number that the pattern caught, in figures or (up to twenty) as a word."""
        return number(next(text for text in self.found.groupdict().values() if text))


# None: what was heard is no claim after all.
Judge = Callable[[Heard], Judgement | None]


def season_on(day: date) -> int:
    """The season that guides write for on a day: the next year's from the day on which MyERAS opens for it."""
    opening = season(day.year + 1).events["eras_season_opens"].date
    return day.year + (day >= (opening or date(day.year, 6, 1)))


def readings(heard: Heard, ids: Iterable[str]) -> tuple[Reading, ...]:
    """The rules on the asked day, or in its season."""
    keys: dict[str, Key] = {"date": heard.on, "season": season_on(heard.on)}
    named = [heard.rules.parameters.get(rule_id) or from_seasons()[rule_id] for rule_id in ids]
    return tuple(parameter.at(keys[parameter.axis]) for parameter in named)


@dataclass(frozen=True, slots=True)
class Period:
    """From a day on, a claim has this mark; `since` overrides the day shown."""

    start: date | None
    mark: Mark
    now: str
    since: date | None


@dataclass(frozen=True, slots=True)
class ByPeriods:
    """Judged by periods written down with the claim, resting on rules."""

    periods: tuple[Period, ...]
    ids: tuple[str, ...]

    def __call__(self, heard: Heard) -> Judgement:
        """The mark of the period that holds the asked day."""
        begun = [period for period in self.periods if period.start is None or period.start <= heard.on]
        period = begun[-1]
        since = (period.since or period.start) if period.mark is Mark.OUTDATED else None
        return Judgement(period.mark, since, period.now, tuple(r.as_json() for r in readings(heard, self.ids)))


@dataclass(frozen=True, slots=True)
class ByRule:
    """Judged by the history of one rule: the value said, against the values that it had."""

    rule: str
    says: Any
    now: str
    also: tuple[str, ...] = ()

    def __call__(self, heard: Heard) -> Judgement:
        """Current when the rule has this value on the day, outdated when it once had, else wrong."""
        said = heard.number() if self.says is None else self.says
        reading, *others = readings(heard, (self.rule, *self.also))
        shown = tuple(item.as_json() for item in (reading, *others))
        if not reading.known:
            return Judgement(
                Mark.UNVERIFIABLE, None, f"{_held_until(reading, said, heard.on)}{reading.row.note}", shown
            )
        if said == reading.value:
            return Judgement(Mark.CURRENT, None, "", shown)
        start = reading.row.start
        since = f" since {written(start)}" if isinstance(start, date) else ""
        now = f"{self.now.format(value=reading.value, start=since)} {reading.row.note}".strip()
        ended = _ended(reading.parameter, said, heard.on)
        return Judgement(Mark.OUTDATED if ended else Mark.WRONG, ended, now, shown)


def _held_until(reading: Reading, said: Any, on: date) -> str:
    ended = _ended(reading.parameter, said, on)
    return f"That held until {written(ended - timedelta(days=1))}. " if ended else ""


def _ended(parameter: Parameter, said: Any, on: date) -> date | None:
    """The first day on which the value no longer held; None if it never held before the asked day."""
    past = [row.end for row in parameter.values if row.value == said and isinstance(row.end, date) and row.end < on]
    return past[-1] + timedelta(days=1) if past else None


@dataclass(frozen=True, slots=True)
class ByEvent:
    """Judged by the calendar: a date said of an event of a season."""

    events: tuple[str, ...]

    def __call__(self, heard: Heard) -> Judgement:
        """Current when the date is right for its season and the season is not over; a season that is over is outdated."""
        said = list(dates_said(heard.plain))
        year = (
            _season_said(heard.plain) or next((season_on(d) for d in said if d.year != 1), None) or season_on(heard.on)
        )
        right = _events(self.events, year)
        shown = tuple(_event_json(event) for event in right)
        if not right:
            return Judgement(Mark.UNVERIFIABLE, None, f"No published date of the {year} season was found.")
        hit = [event for event in right if any(_same(event.date, day) for day in said)]
        if hit:
            return self._right(heard, hit[0], year, shown)
        told = " ".join(f"{event.title}: {written(event.date)}." for event in right if event.date)
        earlier = _earlier(self.events, said, year) if all(day.year == 1 for day in said) else None
        return Judgement(Mark.OUTDATED if earlier else Mark.WRONG, earlier, told, shown)

    def _right(self, heard: Heard, event: Event, year: int, shown: tuple[dict[str, Any], ...]) -> Judgement:
        if year >= season_on(heard.on) or _PAST.search(heard.plain) or event.date is None:
            return Judgement(Mark.CURRENT, None, "", shown)
        coming = _events((event.id,), season_on(heard.on))
        told = " ".join(
            f"{later.title} in the {season_on(heard.on)} season: {written(later.date)}."
            for later in coming
            if later.date
        )
        now = told or f"The date of the {season_on(heard.on)} season was not found."
        return Judgement(Mark.OUTDATED, event.date + timedelta(days=1), now, shown)


def dates_said(plain: str) -> Iterable[date]:
    """The days written in a sentence; a day without a year gets the year 1."""
    for found in _DATE.finditer(plain):
        index = next(i for i in "012" if found["d" + i])
        month = found["m" + index]
        number = int(month) if month.isdigit() else MONTHS.index(month) // 3 + 1
        try:
            yield date(int(found["y" + index] or 1), number, int(found["d" + index]))
        except ValueError:
            continue  # 31 February is no date that could be held against a calendar


def _season_said(plain: str) -> int | None:
    """The season that a sentence names: "2026-27 season", "2027 Match", "ERAS 2027"."""
    for found in _SEASON.finditer(plain):
        if not found["a"]:
            return int(found["b"] or found["c"])
        if int(found["from"]) + 1 == 2000 + int(found["a"]):
            return 2000 + int(found["a"])
    return None


def _events(ids: Iterable[str], year: int) -> list[Event]:
    facts = season(year)
    return [facts.events[name] for name in ids if name in facts.events and facts.events[name].date is not None]


def _same(event: date | None, said: date) -> bool:
    return event is not None and (
        event == said or (said.year == 1 and (event.month, event.day) == (said.month, said.day))
    )


def _earlier(ids: Iterable[str], said: list[date], year: int) -> date | None:
    """The day after a date without a year was last right, in a season before this one."""
    names = tuple(ids)
    past = [
        e.date
        for y in published()
        if y < year
        for e in _events(names, y)
        if e.date and any(_same(e.date, d) for d in said)
    ]
    return max(past) + timedelta(days=1) if past else None


def _event_json(event: Event) -> dict[str, Any]:
    return _sourced(event, f"DATE-{event.id}", event.title, event.date.isoformat() if event.date else None)


def _sourced(item: Sourced, name: str, title: str, value: Any) -> dict[str, Any]:
    read_on = max((c.read_on for c in item.citations), default=None)
    return {
        "id": name,
        "title": title,
        "value": value,
        "known": value is not None,
        "from": None,
        "to": None,
        "carried_forward": False,
        "confidence": str(item.confidence),
        "source": item.source,
        "read_on": read_on.isoformat() if read_on else None,
        "note": item.note,
        "disputed": [],
    }


@dataclass(frozen=True, slots=True)
class ByFee:
    """Judged by the prices of the season: an amount said of one fee, or of one tier of it."""

    service: str
    name: str
    tier: int | None

    def __call__(self, heard: Heard) -> Judgement:
        """Current when the season has this price; outdated when an earlier one had; low confidence settles nothing."""
        said, year = heard.number(), _season_said(heard.plain) or season_on(heard.on)
        fee = self._fee(year)
        if fee is None or fee.usd is None:
            return Judgement(Mark.UNVERIFIABLE, None, f"The price of the {year} season was not found.")
        shown = (_sourced(fee, f"{self.service}.{self.name}", fee.unit, fee.usd),)
        told = f"{fee.usd} dollars in the {year} season ({fee.unit})."
        if fee.confidence is Confidence.LOW:
            return Judgement(Mark.UNVERIFIABLE, None, f"{told} Sources are weak or disagree. {fee.note}", shown)
        if fee.usd == said:
            return self._right(heard, year, shown)
        past = [y for y in published() if y < year and (old := self._fee(y)) is not None and old.usd == said]
        return Judgement(Mark.OUTDATED if past else Mark.WRONG, _next_season(past[-1] if past else None), told, shown)

    def _right(self, heard: Heard, year: int, shown: tuple[dict[str, Any], ...]) -> Judgement:
        right = Judgement(Mark.CURRENT, None, "", shown)
        if year >= season_on(heard.on):
            return right
        newer = self._fee(season_on(heard.on))
        if newer is None or newer.usd in (None, heard.number()) or newer.confidence is Confidence.LOW:
            return right
        return replace(
            right, mark=Mark.OUTDATED, since=_next_season(year), now=f"{newer.usd} dollars now ({newer.unit})."
        )

    def _fee(self, year: int) -> Fee | None:
        tiers = season(year).fee(self.service, self.name)
        return next((fee for fee in tiers if self.tier is None or fee.first == self.tier), None)


def _next_season(year: int | None) -> date | None:
    """The day on which the season after this one opened, when known."""
    opening = season(year + 1).events.get("eras_season_opens") if year else None
    return opening.date if opening else None


SIGNALS_SAID = re.compile(rf"\b(\d{{1,2}}|{'|'.join(NUMBERS)}) (?:[a-z]+ )??(gold|silver|signals?)\b(?! and silver)")
LONGEST_NAME = 6  # words


@dataclass(frozen=True, slots=True)
class BySignals:
    """Judged by the signals of the season: numbers said of the one specialty that the sentence names."""

    def __call__(self, heard: Heard) -> Judgement | None:
        """Current when every number is that of the season; outdated when an earlier season had them; else wrong."""
        names = _specialties(heard.plain)
        if len(names) != 1:
            return None
        name, said = names.pop(), {kind: number(count) for count, kind in SIGNALS_SAID.findall(heard.plain)}
        year = _season_said(heard.plain) or season_on(heard.on)
        allowance = season(year).signals.get(name)
        if allowance is None or not allowance.kinds:
            return Judgement(Mark.UNVERIFIABLE, None, f"The signals of {name} in the {year} season were not found.")
        shown = (_sourced(allowance, f"SIGNALS-{name}", f"Signals in {name}", allowance.kinds),)
        told = f"{_kinds_said(allowance.kinds)} in the {year} season."
        if allowance.confidence is Confidence.LOW:
            return Judgement(Mark.UNVERIFIABLE, None, f"{told} The source is weak.", shown)
        if _agrees(allowance, said):
            return Judgement(Mark.CURRENT, None, "", shown)
        past = [y for y in published() if y < year and _agrees(season(y).signals.get(name), said)]
        return Judgement(Mark.OUTDATED if past else Mark.WRONG, _next_season(past[-1] if past else None), told, shown)


def _agrees(allowance: SignalAllowance | None, said: dict[str, int]) -> bool:
    kinds = (allowance.kinds if allowance else None) or {}
    return bool(kinds) and all(
        count == (kinds.get(kind) if kind in ("gold", "silver") else sum(kinds.values()))
        for kind, count in said.items()
    )


def _kinds_said(kinds: dict[str, int]) -> str:
    return " and ".join(f"{count} {'signals' if kind == 'single' else kind}" for kind, count in kinds.items())


def _specialties(plain: str) -> set[str]:
    """The specialties named in a sentence; the longest name wins where names overlap."""
    words, found, at = re.findall(r"[a-z&/-]*[a-z]", plain), set(), 0
    while at < len(words):
        sizes = range(min(LONGEST_NAME, len(words) - at), 0, -1)
        size, name = next(((n, name) for n in sizes if (name := specialty("".join(words[at : at + n])))), (1, None))
        found |= {name} if name else set()
        at += size
    return found
