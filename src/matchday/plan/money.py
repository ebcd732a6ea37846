"""What a season costs one person: exact prices by service, specialty and tier; what is unknown stays unknown.

Money is whole US dollars. A price without a source for the season is None: the line says so, the total is then "at
least", and the last known price of an earlier season is shown as a hint and never added.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any, Literal

from matchday.dossier.model import Application, Dossier
from matchday.plan.tiers import amount, one_more, price, split
from matchday.rules.seasonal import from_seasons
from matchday.rules.seasons import Fee, SeasonFacts, published, season
from matchday.rules.specialty import need_specialty
from matchday.terms import Confidence, InputProblem

Group = Literal["token", "transcript", "applications", "registration", "late", "couple", "ranks", "supplemental_ranks"]

# What an IMG pays ECFMG to get into a service.
ACCESS = {
    "ERAS": ("ERAS token from ECFMG", "eras_token_img"),
    "ResidencyCAS": ("ResidencyCAS support form of ECFMG", "residencycas_support_form_img"),
}
SERVICES = ("ERAS", "ResidencyCAS", "CentralApp", "SF Match", "Other")
MOST_RANKS = 300  # NRMP-MAX-RANKS: codes on one list
CERTAINTY = [Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW, Confidence.NOT_FOUND]


@dataclass(frozen=True, slots=True)
class Asked:
    """What one person means to buy in a season.

    `applications` counts programs by (specialty, service); service None = the specialty's own. `ranks` and
    `supplemental_ranks` count unique program codes; None = no list yet. `unnamed` applications tell no specialty.
    """

    season: int
    applications: Mapping[tuple[str, str | None], int] = field(default_factory=dict)
    service: str | None = None
    ranks: int | None = None
    supplemental_ranks: int | None = None
    couple: bool = False
    late: bool = False
    unnamed: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the bill. `amount_usd` None = the price is not known; `hint` is (season, amount) of an earlier price.

    `rule` is the row of the season files that holds the price, "" where none does.
    """

    group: Group
    item: str
    service: str | None
    quantity: int
    amount_usd: int | None
    low_usd: int | None
    high_usd: int | None
    confidence: Confidence
    source: str = ""
    note: str = ""
    hint: tuple[int, int] | None = None
    read_on: date | None = None
    rule: str = ""

    def as_json(self) -> dict[str, Any]:
        """The line as interfaces.md writes it."""
        return {
            "group": self.group,
            "item": self.item,
            "service": self.service,
            "quantity": self.quantity,
            "amount_usd": self.amount_usd,
            "low_usd": self.low_usd,
            "high_usd": self.high_usd,
            "confidence": str(self.confidence),
            "source": self.source,
            "read_on": self.read_on.isoformat() if self.read_on else None,
            "note": self.note,
            "hint": None if self.hint is None else {"season": self.hint[0], "amount_usd": self.hint[1]},
        }


@dataclass(frozen=True, slots=True)
class Cliff:
    """A step in the price: from this program on, each one more costs more than before."""

    specialty: str
    program: int
    from_usd: int
    to_usd: int


@dataclass(frozen=True, slots=True)
class Bill:
    """The bill of one season: lines, the price of one more application, the steps, and what to know beside."""

    season: int
    lines: tuple[Line, ...]
    next_application_usd: Mapping[str, int | None]
    cliffs: tuple[Cliff, ...]
    notes: tuple[str, ...]

    @property
    def total_usd(self) -> int:
        """The sum of what is known; the whole when `at_least` is False."""
        return sum(line.amount_usd or 0 for line in self.lines)

    @property
    def low_usd(self) -> int:
        """The sum of the lowest prices that any source gives, over the lines that are known."""
        return sum(line.low_usd or 0 for line in self.lines)

    @property
    def high_usd(self) -> int:
        """The sum of the highest prices that any source gives, over the lines that are known."""
        return sum(line.high_usd or 0 for line in self.lines)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The items whose price is not known."""
        return tuple(line.item for line in self.lines if line.amount_usd is None)

    @property
    def at_least(self) -> bool:
        """Whether something of unknown price comes on top."""
        return bool(self.unknown)

    def as_json(self) -> dict[str, Any]:
        """The bill as interfaces.md writes it."""
        return {
            "season": self.season,
            "lines": [line.as_json() for line in self.lines],
            "total_usd": self.total_usd,
            "at_least": self.at_least,
            "low_usd": self.low_usd,
            "high_usd": self.high_usd,
            "unknown": list(self.unknown),
            "next_application_usd": dict(self.next_application_usd),
            "cliffs": [asdict(cliff) for cliff in self.cliffs],
            "notes": list(self.notes),
        }


def bill(asked: Asked) -> Bill:
    """The whole bill. A specialty asked of a service that does not take it is an InputProblem naming the right one."""
    facts = season(asked.season)
    _refuse_impossible(asked)
    placed = _placed(facts, asked)
    services = list(dict.fromkeys(service for _, service in placed)) or [asked.service or "ERAS"]
    lines = [
        *_access(facts, services),
        *(_transcript(facts, service) for service in services),
        *(line for (name, service), count in placed.items() for line in _applications(facts, name, service, count)),
        *_unnamed(asked.unnamed),
        *_match(facts, asked, [name for name, _ in placed]),
    ]
    prices = {place: _tiers(facts, place[1]) for place in placed}
    return Bill(
        asked.season,
        tuple(lines),
        {_key(place, placed): one_more(prices[place], count) for place, count in placed.items()},
        tuple(cliff for (name, service) in placed for cliff in _cliffs(name, prices[name, service])),
        tuple(_notes(facts, asked, placed)),
    )


def _refuse_impossible(asked: Asked) -> None:
    if asked.ranks is not None and asked.ranks > MOST_RANKS:
        raise InputProblem(f"{asked.ranks} ranks", expected=f"at most {MOST_RANKS} on one list", do="shorten the list")


def _placed(facts: SeasonFacts, asked: Asked) -> dict[tuple[str, str | None], int]:
    """Each specialty with the service that takes it, and the number of programs."""
    placed: dict[tuple[str, str | None], int] = {}
    for (name, wanted), count in asked.applications.items():
        service = _service(facts, name, asked.service or wanted)
        placed[name, service] = placed.get((name, service), 0) + count
    return placed


def _key(place: tuple[str, str | None], placed: Mapping[tuple[str, str | None], int]) -> str:
    """The specialty; with its service where one specialty is applied to through two."""
    name, service = place
    return name if sum(name == other for other, _ in placed) == 1 else f"{name} ({service})"


def _service(facts: SeasonFacts, name: str, wanted: str | None) -> str | None:
    use = facts.service_of(name)
    if wanted is None or wanted == "Other":
        return wanted or use.service
    if use.service is None or wanted in (use.service, *use.also):
        return wanted
    raise InputProblem(
        f"{name} does not take applications through {wanted} in season {facts.year}{_carried(facts)}",
        expected=use.service,
        do=f"ask for --service {use.service}, or leave --service out",
    )


def _carried(facts: SeasonFacts) -> str:
    return f" (carried forward from {facts.based_on})" if facts.based_on else ""


def _tiers(facts: SeasonFacts, service: str | None) -> tuple[Fee, ...]:
    return facts.fee(service, "application") if service else ()


def _applications(facts: SeasonFacts, name: str, service: str | None, count: int) -> Iterator[Line]:
    """One line for the programs of known price and one for each tier without."""
    tiers = _tiers(facts, service)
    reached = list(split(tiers, count))
    known = [(tier, units) for tier, units in reached if tier.usd is not None]
    priced = sum(units for _, units in known)
    if priced or not count:
        yield Line(
            "applications",
            name,
            service,
            priced,
            sum(amount(tier, tier.usd, units) for tier, units in known),
            sum(amount(tier, tier.low, units) for tier, units in known),
            sum(amount(tier, tier.high, units) for tier, units in known),
            max((tier.confidence for tier, _ in known), key=CERTAINTY.index, default=Confidence.NOT_FOUND),
            "; ".join(dict.fromkeys(tier.source for tier, _ in known)),
            read_on=_read_on(tier for tier, _ in known),
            rule=_rule(service, "application"),
        )
    if priced < count:
        gaps = [f"{tier.first} to {tier.first + units - 1}" for tier, units in reached if tier.usd is None]
        item = name if not priced else f"{name}, programs {' and '.join(gaps)}"
        hint = None if priced else _earlier(facts, lambda old: price(_tiers(old, service), count))
        note, rule = _use_note(facts, name, service), _rule(service, "application")
        yield _unpriced("applications", item, service, count - priced, note, hint, rule)


def _use_note(facts: SeasonFacts, name: str, service: str | None) -> str:
    return facts.service_of(name).note if service is None else ""


def _unpriced(
    group: Group,
    item: str,
    service: str | None,
    quantity: int,
    note: str = "",
    hint: tuple[int, int] | None = None,
    rule: str = "",
) -> Line:
    return Line(group, item, service, quantity, None, None, None, Confidence.NOT_FOUND, "", note, hint, rule=rule)


def _rule(service: str | None, name: str) -> str:
    """The id of the row of the season files that tells a price, in any season."""
    found = f"{service}.{name}"
    return found if found in from_seasons() else ""


def _earlier(facts: SeasonFacts, read: Any) -> tuple[int, int] | None:
    """The newest season before this one whose price is known, with that price: a hint, never a price."""
    for year in reversed(published()):
        found = read(season(year)) if year < facts.year else None
        if found is not None:
            return year, found
    return None


def _access(facts: SeasonFacts, services: list[str | None]) -> Iterator[Line]:
    for service in services:
        if service in ACCESS:
            item, name = ACCESS[service]
            yield _single(facts, "token", item, "ECFMG", name)


def _transcript(facts: SeasonFacts, service: str | None) -> Line:
    return _single(
        facts, "transcript", f"USMLE transcript ({service or 'service not known'})", service, "usmle_transcript"
    )


def _single(
    facts: SeasonFacts, group: Group, item: str, service: str | None, name: str, *, count: int = 1, free: int = 0
) -> Line:
    """A price for each unit above those that are free, from one row of the season's fees."""
    if service is None:
        return _unpriced(group, item, None, count)
    fee = next(iter(facts.fee(service, name)), None)
    due = max(0, count - free)
    if fee is None or fee.usd is None:
        hint = _earlier(facts, lambda old: next((f.usd for f in old.fee(service, name)), None))
        note = "" if fee is None else fee.note
        return _unpriced(group, item, service, count, note, hint and (hint[0], hint[1] * due), _rule(service, name))
    low, high = fee.low or 0, fee.high or 0
    amounts = (fee.usd * due, low * due, high * due)
    said = (fee.confidence, fee.source, fee.note)
    return Line(group, item, service, count, *amounts, *said, read_on=_read_on([fee]), rule=_rule(service, name))


def _read_on(fees: Iterable[Fee]) -> date | None:
    return max((citation.read_on for fee in fees for citation in fee.citations), default=None)


def _unnamed(count: int) -> Iterator[Line]:
    if count:
        yield _unpriced("applications", "applications without a specialty", None, count)


def _match(facts: SeasonFacts, asked: Asked, names: list[str]) -> Iterator[Line]:
    """Registration and what the options add."""
    yield _single(facts, "registration", "NRMP registration", "NRMP", "standard_registration")
    matches = dict.fromkeys(facts.service_of(name).match for name in names)
    yield from (_unpriced("registration", f"{match} registration", match, 1) for match in matches if match != "NRMP")
    if asked.late:
        yield _single(facts, "late", "NRMP late registration", "NRMP", "late_registration_surcharge")
    if asked.couple:
        yield _single(facts, "couple", "NRMP couple fee, one partner", "NRMP", "couple")
    extra = facts.fee("NRMP", "extra_rank")
    free = extra[0].first - 1 if extra else 20
    for group, count, item in (
        ("ranks", asked.ranks, "Program codes on the primary list"),
        ("supplemental_ranks", asked.supplemental_ranks, "Program codes on supplemental lists"),
    ):
        if count is not None:
            said = f"{item} ({free} included)" if extra else item
            yield _single(facts, group, said, "NRMP", "extra_rank", count=count, free=free)  # type: ignore[arg-type] # the literals above


def _cliffs(name: str, tiers: tuple[Fee, ...]) -> Iterator[Cliff]:
    for before, tier in pairwise(tiers):
        last = 0 if before.flat else before.usd
        if last is not None and tier.usd is not None and tier.usd > last:
            yield Cliff(name, tier.first, last, tier.usd)


def _notes(facts: SeasonFacts, asked: Asked, placed: Mapping[tuple[str, str | None], int]) -> Iterator[str]:
    """What the figures alone do not say."""
    if facts.based_on:
        yield f"No prices are published for {facts.year}. Older prices are hints, not part of the total."
    elif not facts.fees:
        yield f"No source for the prices of {facts.year} was found."
    for name, service in placed:
        note = facts.service_of(name).note
        if service is None:
            yield f"{name}: which service takes its applications in {facts.year} is not known. {note}".strip()
        elif service != "ERAS" or note:
            yield f"{name}: applications go through {service}{_carried(facts)}. {note}".strip()
    if price(facts.fee("ResidencyCAS", "application"), 1) and any(
        service == "ResidencyCAS" and "Emergency Medicine" not in name for name, service in placed
    ):
        yield "The source states the ResidencyCAS prices for emergency medicine."
    if asked.ranks and asked.ranks > 20:
        yield "NRMP also has a fee for very long lists; from which length and how much was not found."
    yield "Sales tax may be added by billing address. Fees are not refunded."


def asked_of(dossier: Dossier, year: int) -> Asked:
    """What a dossier means to buy: applications by specialty and service, unique codes on its lists, a couple's fee.

    A program applied to in several tracks counts once in a specialty. A withdrawn application stays paid.
    """
    programs: dict[tuple[str, str | None], set[str]] = {}
    unnamed = 0
    for number, entry in enumerate(dossier.application or ()):
        if entry.specialty is None:
            unnamed += 1
            continue
        name = _named(entry, number)
        programs.setdefault((name, entry.service), set()).add(entry.program or f"application[{number}]")
    pairs = dossier.couple.pairs if dossier.couple else None
    first = tuple(code for code, _ in pairs if code.lower() != "none") if pairs else dossier.ranklist.primary
    supplemental = dossier.ranklist.supplemental
    return Asked(
        year,
        {place: len(codes) for place, codes in programs.items()},
        ranks=None if first is None else len(set(first)),
        supplemental_ranks=None if supplemental is None else len({c for codes in supplemental.values() for c in codes}),
        couple=dossier.couple is not None,
        unnamed=unnamed,
    )


def _named(entry: Application, number: int) -> str:
    try:
        return need_specialty(entry.specialty or "")
    except InputProblem as problem:
        what = f"application[{number}].specialty: {problem.what}"
        raise InputProblem(what, expected=problem.expected, do=problem.do) from None
