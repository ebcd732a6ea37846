"""What changes with the season: dates, fees, signals, and which specialty uses which application service.

One file for each season under `data/seasons/`. A date is kept as stated (day, hour, zone) and becomes an instant only
for comparing. A season without a file has no dates and no prices: only an estimate of the day, labelled as one.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from matchday.rules.model import Citation
from matchday.rules.specialty import specialty
from matchday.rules.strict import bad, folder, only, read_tree, stated
from matchday.terms import Confidence

ZONE = "America/New_York"

FILE_KEYS = {"season", "read_on", "citations", "events", "fees", "signals", "services"}
EVENT_KEYS = {"date", "time", "confidence", "cite", "note"}
FEE_KEYS = {"from", "to", "each", "flat", "unit", "confidence", "cite", "note", "disputed"}
SIGNAL_KEYS = {"gold", "silver", "single", "also", "named", "through", "confidence", "cite", "note", "disputed"}
SERVICE_KEYS = {"default", "specialties", "service", "also", "match", "confidence", "cite", "note"}
KIND_KEYS = {"title", "body", "every", "estimate"}
SERVICES = {"ERAS", "ResidencyCAS", "CentralApp", "SF Match", "unknown"}


@dataclass(frozen=True, slots=True)
class Sourced:
    """Something that a source says, or that was looked for and not found: who says it and how sure that is."""

    confidence: Confidence
    citations: tuple[Citation, ...] = ()
    note: str = ""

    @property
    def source(self) -> str:
        """The titles of the texts, or an empty text when nothing was found."""
        return "; ".join(citation.title for citation in self.citations)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Sourced):
    """One date of a season as stated. `date` None = not published; `estimate` is then a guess, with its basis."""

    id: str
    title: str
    body: str
    date: dt.date | None
    time: str | None = None
    zone: str = ZONE
    estimate: dt.date | None = None
    basis: str = ""

    @property
    def instant(self) -> dt.datetime | None:
        """The moment with its zone, for comparing; None when the day or the hour is not stated."""
        if self.date is None or self.time is None:
            return None
        return dt.datetime.combine(self.date, dt.time.fromisoformat(self.time), ZoneInfo(self.zone))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee(Sourced):
    """One price in whole US dollars, or one tier of it: from the `first` unit to the `last` one, None being open.

    `flat` is one price for the whole tier, else it is a price for each unit. `usd` None = not found.
    """

    service: str
    name: str
    usd: int | None
    flat: bool = False
    first: int = 1
    last: int | None = None
    unit: str = ""
    others: tuple[int, ...] = ()

    @property
    def low(self) -> int | None:
        """The lowest price that any source gives."""
        return None if self.usd is None else min(self.usd, *self.others, self.usd)

    @property
    def high(self) -> int | None:
        """The highest price that any source gives."""
        return None if self.usd is None else max(self.usd, *self.others, self.usd)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalAllowance(Sourced):
    """How many signals an applicant to one specialty has. All None = not known, or sources disagree (`disputed`)."""

    specialty: str
    gold: int | None = None
    silver: int | None = None
    single: int | None = None
    through: str = "ERAS"
    named: str = ""
    disputed: tuple[str, ...] = ()

    @property
    def kinds(self) -> dict[str, int] | None:
        """The ceiling of each kind of signal; None when it is not known. {"single": 0} = the specialty has none."""
        known = {kind: getattr(self, kind) for kind in ("gold", "silver", "single")}
        return {kind: count for kind, count in known.items() if count is not None} or None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceUse(Sourced):
    """Where a specialty takes its applications and by which match. `service` None = not known; `also` = some programs."""

    service: str | None
    also: tuple[str, ...] = ()
    match: str = "NRMP"


@dataclass(frozen=True, slots=True)
class SeasonFacts:
    """All that is known of one season. `based_on` names the season whose pattern is used when this one has no file."""

    year: int
    events: Mapping[str, Event]
    default: ServiceUse
    services: Mapping[str, ServiceUse] = field(default_factory=dict)
    fees: tuple[Fee, ...] = ()
    signals: Mapping[str, SignalAllowance] = field(default_factory=dict)
    based_on: int | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """The dates that every season needs and this one lacks."""
        return tuple(event for event, kind in _kinds().items() if kind.get("every") and self.events[event].date is None)

    def fee(self, service: str, name: str) -> tuple[Fee, ...]:
        """The tiers of one price, first unit first; empty when no source speaks of it."""
        return tuple(fee for fee in self.fees if (fee.service, fee.name) == (service, name))

    def service_of(self, specialty: str) -> ServiceUse:
        """Where applications to a specialty go; takes the name that `specialty()` gives."""
        return self.services.get(specialty, self.default)


@cache
def published() -> tuple[int, ...]:
    """The seasons that have a file, oldest first."""
    names = (path.name for path in folder().iterdir())
    return tuple(sorted(int(name[:4]) for name in names if re.fullmatch(r"\d{4}\.yaml", name)))


@cache
def season(year: int) -> SeasonFacts:
    """What is known of a season: from its file, else estimates by the pattern of the newest one.

    A season without a file that lies before the newest one gets neither dates nor estimates.
    """
    if year in published():
        return read(stated(f"{year}.yaml"), f"{year}.yaml")
    newest = season(published()[-1])
    if year < newest.year:
        # Most specialties have used ERAS in every season (AAMC; NRMP); which others did not is not known for this one.
        unknown = ServiceUse(confidence=Confidence.NOT_FOUND, service=None)
        return SeasonFacts(year, _all_events({}), newest.default, dict.fromkeys(newest.services, unknown))
    events = {
        event.id: _estimated(event, year - newest.year, newest.year)
        for event in newest.events.values()
        if _kinds()[event.id].get("estimate") != "never"
    }
    return SeasonFacts(year, events, newest.default, newest.services, based_on=newest.year)


def moved(day: dt.date, years: int) -> dt.date:
    """The same weekday nearest to the same date some years later: mostly 364 days for one year."""
    later = day.replace(year=day.year + years, day=min(day.day, 28) if day.month == 2 else day.day)
    return day + dt.timedelta(weeks=round((later - day).days / 7))


def read(text: str, file: str) -> SeasonFacts:
    """A season file as facts; unknown keys, events, services and citations are refused."""
    tree = read_tree(text, file, FILE_KEYS)
    page = _Page(file, {key: Citation(key, title, "", "", tree["read_on"]) for key, title in tree["citations"].items()})
    fees = [
        page.fee(service, name, raw)
        for service, prices in tree["fees"].items()
        for name, tiers in prices.items()
        for raw in tiers
    ]
    page.check_tiers(fees)
    default, services = page.services(tree["services"])
    return SeasonFacts(
        tree["season"],
        _all_events({event: page.event(event, raw) for event, raw in tree["events"].items()}),
        default,
        services,
        tuple(fees),
        {name: row for key, raw in tree["signals"].items() for name, row in page.signals(key, raw).items()},
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """One season file: its name, for errors, and its citations."""

    file: str
    citations: Mapping[str, Citation]

    def sourced(self, raw: Mapping[str, Any], where: str) -> dict[str, Any]:
        cite = raw.get("cite", ())
        keys = (cite,) if isinstance(cite, str) else cite
        if strange := [key for key in keys if key not in self.citations]:
            raise bad(self.file, f"{where} cites {strange[0]!r}", "a key under citations", "add it there")
        return {
            "confidence": Confidence(raw["confidence"]),
            "citations": tuple(self.citations[key] for key in keys),
            "note": raw.get("note", ""),
        }

    def event(self, event: str, raw: Mapping[str, Any]) -> Event:
        only(raw, EVENT_KEYS, self.file, event)
        if event not in _kinds():
            raise bad(self.file, f"no event is called {event!r}", "one of events.yaml", "add it there with its title")
        day, time, kind = raw["date"], raw.get("time"), _kinds()[event]
        if not (day == "unknown" or type(day) is dt.date):
            raise bad(self.file, f"{event} has the date {day!r}", "a day or unknown", "write 2027-01-31")
        if not (time is None or (isinstance(time, str) and re.fullmatch(r"[0-2]\d:[0-5]\d", time))):
            raise bad(self.file, f"{event} has the time {time!r}", '"HH:MM" in quotes', 'write "09:00"')
        return Event(
            id=event,
            title=kind["title"],
            body=kind["body"],
            date=None if day == "unknown" else day,
            time=time,
            **self.sourced(raw, event),
        )

    def fee(self, service: str, name: str, raw: Mapping[str, Any]) -> Fee:
        only(raw, FEE_KEYS, self.file, f"{service} {name}")
        flat = "flat" in raw
        usd = raw["flat" if flat else "each"]
        return Fee(
            service=service,
            name=name,
            usd=None if usd == "unknown" else usd,
            flat=flat,
            first=raw.get("from", 1),
            last=raw.get("to"),
            unit=raw.get("unit", ""),
            others=tuple(other["usd"] for other in raw.get("disputed", ())),
            **self.sourced(raw, name),
        )

    def check_tiers(self, fees: list[Fee]) -> None:
        """Tiers follow one another without hole or overlap, and only the last is open."""
        before: Fee | None = None
        for fee in fees:
            follows = before is not None and (before.service, before.name) == (fee.service, fee.name)
            if follows and before is not None and (before.last is None or fee.first != before.last + 1):
                raise bad(
                    self.file, f"a tier of {fee.name} begins at {fee.first}", "the next after the one before", "mend it"
                )
            before = fee

    def signals(self, key: str, raw: Mapping[str, Any]) -> dict[str, SignalAllowance]:
        only(raw, SIGNAL_KEYS, self.file, key)
        counts: dict[str, Any] = {
            kind: None if raw.get(kind) == "unknown" else raw.get(kind) for kind in ("gold", "silver", "single")
        }
        disputed = tuple(
            " + ".join(f"{other[kind]} {kind}" for kind in ("gold", "silver", "single") if kind in other)
            for other in raw.get("disputed", ())
        )
        shared: dict[str, Any] = {
            "through": raw.get("through", "ERAS"),
            "named": raw.get("named", ""),
            "disputed": disputed,
        }
        return {
            name: SignalAllowance(specialty=name, **counts, **shared, **self.sourced(raw, key))
            for name in (self.name(key), *map(self.name, raw.get("also", ())))
        }

    def services(self, rows: list[Mapping[str, Any]]) -> tuple[ServiceUse, dict[str, ServiceUse]]:
        default: list[ServiceUse] = []
        found: dict[str, ServiceUse] = {}
        for raw in rows:
            only(raw, SERVICE_KEYS, self.file, "services")
            service = raw["service"]
            if service not in SERVICES:
                raise bad(self.file, f"no service is called {service!r}", ", ".join(sorted(SERVICES)), "mend the name")
            use = ServiceUse(
                service=None if service == "unknown" else service,
                also=tuple(raw.get("also", ())),
                match=raw.get("match", "NRMP"),
                **self.sourced(raw, "services"),
            )
            found.update({self.name(name): use for name in raw.get("specialties", ())})
            default += [use] if raw.get("default") else []
        if len(default) != 1:
            raise bad(self.file, f"{len(default)} services are the default", "one", "write default: true on one line")
        return default[0], found

    def name(self, text: str) -> str:
        found = specialty(text)
        if found != text:
            raise bad(
                self.file, f"no specialty is written {text!r}", f"{found or 'one of specialties.yaml'}", "mend it"
            )
        return text


def _all_events(stated: Mapping[str, Event]) -> dict[str, Event]:
    """Every event that a season should have, and those that it has, in the order of the list of events."""
    return {
        event: stated.get(event)
        or Event(
            id=event,
            title=kind["title"],
            body=kind["body"],
            date=None,
            confidence=Confidence.NOT_FOUND,
            note="Not found.",
        )
        for event, kind in _kinds().items()
        if event in stated or kind.get("every")
    }


def _estimated(event: Event, years: int, base: int) -> Event:
    day = event.date
    if day is None:
        guess, basis = None, f"not published for {base} either"
    elif _kinds()[event.id].get("estimate") == "date":
        guess, basis = day.replace(year=day.year + years), f"the same day as in {base}; not published yet"
    else:
        guess = moved(day, years)
        basis = f"the day of {base} moved by {(guess - day).days} days, the same weekday; not published yet"
    return Event(
        id=event.id,
        title=event.title,
        body=event.body,
        date=None,
        estimate=guess,
        basis=basis,
        confidence=Confidence.NOT_FOUND,
        note="Not published.",
    )


@cache
def _kinds() -> dict[str, dict[str, Any]]:
    kinds: dict[str, dict[str, Any]] = read_tree(stated("events.yaml"), "events.yaml", {"events"})["events"]
    for event, kind in kinds.items():
        only(kind, KIND_KEYS, "events.yaml", event)
    return kinds
