"""The dates of a season as stated and in a person's own zone.

A date keeps the day, hour and zone of its source; only for comparing and for other clocks it becomes an instant.
"""

import datetime as dt
import difflib
from dataclasses import dataclass
from typing import Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from matchday.rules.seasons import Event, season
from matchday.terms import InputProblem

When = Literal["past", "next", "later", "not known"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One date of the season seen from a day: gone by, the next one, later, or not known. `local` = in the asked zone."""

    event: Event
    when: When
    days_left: int | None
    local: dt.datetime | None

    @property
    def day(self) -> dt.date | None:
        """The published day, else the estimated one."""
        return self.event.date or self.event.estimate

    def as_json(self) -> dict[str, Any]:
        """The entry with its date as stated and in the asked zone."""
        event = self.event
        return {
            "id": event.id,
            "title": event.title,
            "body": event.body,
            "date": event.date.isoformat() if event.date else None,
            "time": event.time,
            "zone": event.zone,
            "local_date": self.local.date().isoformat() if self.local else None,
            "local_time": f"{self.local:%H:%M}" if self.local else None,
            "when": self.when,
            "days_left": self.days_left,
            "estimate": event.estimate.isoformat() if event.estimate else None,
            "basis": event.basis,
            "confidence": str(event.confidence),
            "source": event.source,
            "read_on": max((c.read_on.isoformat() for c in event.citations), default=None),
            "note": event.note,
        }


@dataclass(frozen=True, slots=True)
class Calendar:
    """The dates of one season, soonest first; those that nobody found stand last."""

    season: int
    on: dt.date
    zone: str | None
    entries: tuple[Entry, ...]
    based_on: int | None

    @property
    def not_found(self) -> tuple[str, ...]:
        """The ids of the dates that are not published or were not found."""
        return tuple(entry.event.id for entry in self.entries if entry.event.date is None)

    def as_json(self) -> dict[str, Any]:
        """The calendar as one JSON document."""
        return {
            "season": self.season,
            "on": self.on.isoformat(),
            "zone": self.zone,
            "events": [entry.as_json() for entry in self.entries],
            "not_found": list(self.not_found),
            "based_on": self.based_on,
        }


def calendar(year: int, on: dt.date, *, zone: str | None = None) -> Calendar:
    """The dates of a season seen from a day, also in a zone such as Africa/Lagos; InputProblem for an unknown zone."""
    own = find_zone(zone) if zone else None
    facts = season(year)
    events = sorted(facts.events.values(), key=_order)
    days = [event.date or event.estimate for event in events]
    soonest = next((day for day in days if day and day >= on), None)
    entries = [
        Entry(event, _when(day, on, soonest), _left(day, on), _local(event, own))
        for event, day in zip(events, days, strict=True)
    ]
    return Calendar(year, on, zone, tuple(entries), facts.based_on)


def _order(event: Event) -> tuple[dt.date, str]:
    return event.date or event.estimate or dt.date.max, event.time or ""


def _when(day: dt.date | None, on: dt.date, soonest: dt.date | None) -> When:
    if day is None:
        return "not known"
    if day < on:
        return "past"
    return "next" if day == soonest else "later"


def _left(day: dt.date | None, on: dt.date) -> int | None:
    return (day - on).days if day else None


def _local(event: Event, zone: ZoneInfo | None) -> dt.datetime | None:
    return event.instant.astimezone(zone) if zone and event.instant else None


def find_zone(name: str) -> ZoneInfo:
    """The time zone of a name such as Asia/Kathmandu; an unknown one is bad input, with the nearest names."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError) as error:
        near = difflib.get_close_matches(name, sorted(available_timezones()), n=3, cutoff=0.5)
        hint = f"did you mean {', '.join(near)}?" if near else "write it as Africa/Lagos"
        raise InputProblem(f"no time zone is called {name!r}", expected="Area/City", do=hint) from error
