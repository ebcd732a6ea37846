"""The list of a person as the page Apply shows it: tiers, fit, signals against the season's allowance, warnings, money."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matchday.directory.reading.values import ACGME, NRMP
from matchday.directory.search import lines_of
from matchday.directory.store import Store
from matchday.directory.tables import find_specialty
from matchday.dossier.model import Application, Dossier
from matchday.plan.money import ACCESS, Bill, Line
from matchday.plan.tiers import price
from matchday.plan.wasted import OVER, Wasted, price_of
from matchday.rules.seasons import season as facts_of
from matchday.rules.specialty import specialty
from matchday.web.mylist import TIERS, in_taste, tier_of
from matchday.web.shelf import Judged

SIGNALS = ("gold", "silver", "single")
MOST_MORE = 300  # programs more than this are not counted: no list is so long


@dataclass(frozen=True, slots=True)
class Row:
    """One application as shown. `sent`: it is paid."""

    at: int
    entry: Application
    specialty: str
    tier: str
    sent: bool
    about: Mapping[str, Any]
    options: tuple[str, ...] = ("none",)

    @property
    def over(self) -> bool:
        """Whether nothing is to be done with it any more."""
        return self.entry.status in OVER


def rows(dossier: Dossier, known: Judged | None, store: Store, year: int) -> list[Row]:
    """Every application in the order of taste, with what the directory knows of its program."""
    entries = in_taste(dossier)
    lines = lines_of(store.db, [one.program for _, one in entries if one.program]) if known else {}
    return [_row(dossier, known, lines.get(one.program or ""), at, one, year) for at, one in entries]


def _row(
    dossier: Dossier, known: Judged | None, line: Mapping[str, Any] | None, at: int, entry: Application, year: int
) -> Row:
    name = specialty(entry.specialty or "") or entry.specialty or ""
    about: Mapping[str, Any] = {"title": entry.program or "", "specialty": coded(entry.program), "gone": bool(known)}
    if known and line:
        about = known.shown(line)
    return Row(
        at=at,
        entry=entry,
        specialty=name,
        tier=tier_of(dossier, entry.program),
        sent=entry.sent is not None or entry.status in ("submitted", "invited"),
        about=about,
        options=_signals_of(name, entry.signal, year),
    )


def coded(program: str | None) -> str:
    """The specialty that a code names by itself; "" for a name, or a code of none that is known."""
    code = (program or "").upper()
    number = code[4:7] if NRMP.fullmatch(code) else code[:3] if ACGME.fullmatch(code) else ""
    found = find_specialty(number, typos=False) if number else None
    return found.name if found else ""


def _signals_of(name: str, present: str | None, year: int) -> tuple[str, ...]:
    """The kinds of signal to choose from: those of the specialty when they are known, and the one that is set."""
    allowance = facts_of(year).signals.get(name)
    kinds = tuple(allowance.kinds or SIGNALS) if allowance else SIGNALS
    more = (present,) if present and present not in (*kinds, "none") else ()
    return ("none", *kinds, *more)


def by_tier(found: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """The rows of each tier in the order of taste, those in none last; empty tiers are left out."""
    groups = {name: [row for row in found if row.tier == name] for name in (*TIERS, "")}
    return [(name, some) for name, some in groups.items() if some]


def signals(found: Sequence[Row], year: int) -> list[dict[str, Any]]:
    """Signals used against the season's allowance, one entry for each specialty of the list."""
    used: dict[str, Counter[str]] = defaultdict(Counter)
    for row in found:
        if row.specialty:
            used[row.specialty].update([row.entry.signal] if row.entry.signal in SIGNALS else [])
    return [_allowance(name, count, year) for name, count in used.items()]


def _allowance(name: str, count: Counter[str], year: int) -> dict[str, Any]:
    allowance = facts_of(year).signals.get(name)
    kinds = allowance.kinds if allowance else None
    shown = [kind for kind in SIGNALS if kind in (kinds or {}) or count[kind]]
    return {
        "specialty": name,
        "kinds": [
            {"kind": kind, "used": count[kind], "most": most, "over": most is not None and count[kind] > most}
            for kind in shown
            for most in ([(kinds or {}).get(kind, 0) if kinds else None])
        ],
        "known": kinds is not None,
        "disputed": list(allowance.disputed) if allowance else [],
        "note": allowance.note if allowance else "",
        "source": allowance.source if allowance else "",
        "confidence": str(allowance.confidence) if allowance else "not_found",
    }


def warnings(dossier: Dossier, found: Sequence[Wasted], year: int) -> list[dict[str, Any]]:
    """What would be paid, or was paid, for programs that do not take this person: one entry for each reason."""
    groups: dict[tuple[bool, str], list[Wasted]] = defaultdict(list)
    for one in found:
        groups[one.sent, one.gate].append(one)
    return [_warning(dossier, some, sent, year) for (sent, _gate), some in sorted(groups.items())]


def _warning(dossier: Dossier, some: Sequence[Wasted], sent: bool, year: int) -> dict[str, Any]:
    programs = {one.program for one in some}
    n = len(programs)
    usd = price_of(dossier, year, programs)
    if sent:
        head = ngettext("You have applied to %(n)d program %(why)s", "You have applied to %(n)d programs %(why)s", n)
    else:
        head = ngettext("You plan to pay for %(n)d program %(why)s", "You plan to pay for %(n)d programs %(why)s", n)
    cost = _("price not known") if usd is None else _("%(usd)s dollars") % {"usd": f"{usd:,}"}
    text = f"{head % {'n': n, 'why': _why(some[0], n)}}: {cost}."
    return {"text": text, "sent": sent, "gate": some[0].gate, "usd": usd, "programs": sorted(programs)}


def _why(one: Wasted, n: int) -> str:
    """What shuts the door, as the end of a sentence about so many programs."""
    visas = one.why.removeprefix("does not sponsor ")
    return {
        "visa": ngettext("that does not sponsor %(visas)s", "that do not sponsor %(visas)s", n) % {"visas": visas},
        "accreditation": _("whose accreditation has ended"),
        "graduation": _("that your degree is too old for"),
        "attempts": ngettext("that allows fewer tries at a Step", "that allow fewer tries at a Step", n),
        "score": _("whose lowest score is above yours"),
        "us_experience": ngettext("that asks for more US experience", "that ask for more US experience", n),
        "track": _("kept for physicians with earlier US training"),
        "img": ngettext("that takes no graduates of schools abroad", "that take no graduates of schools abroad", n),
        "licence": ngettext("in a state whose rules refuse a licence", "in states whose rules refuse a licence", n),
    }[one.gate]


def by_service(found: Bill) -> list[dict[str, Any]]:
    """What the applications cost by service: token, transcript and programs together."""
    split: dict[str, dict[str, Any]] = {}
    for line in found.lines:
        if line.group in ("token", "transcript", "applications"):
            name = _paid_for(line)
            one = split.setdefault(name or "", {"service": name or "", "programs": 0, "usd": 0, "unknown": []})
            one["programs"] += line.quantity if line.group == "applications" else 0
            one["usd"] += line.amount_usd or 0
            one["unknown"] += [line.item] if line.amount_usd is None else []
    return list(split.values())


def _paid_for(line: Line) -> str | None:
    """The service that a line opens or pays: a token is paid to another body than the one it is for."""
    return next((name for name, access in ACCESS.items() if line.item == access[0]), line.service)


def room(found: Bill, budget: int | None) -> dict[str, Any]:
    """What the budget still holds: dollars, and how many more programs in each specialty alone; None = not known."""
    if budget is None:
        return {"budget": None}
    left = budget - found.total_usd
    more = {}
    for line in found.lines:
        if line.group == "applications" and line.service and line.amount_usd is not None:
            more[line.item] = _more(found.season, line.service, line.quantity, left)
    return {"budget": budget, "left": left, "short": max(0, -left), "at_least": found.at_least, "more": more}


def _more(year: int, service: str, count: int, left: int) -> int | None:
    tiers = facts_of(year).fee(service, "application")
    paid, more = price(tiers, count), 0
    if paid is None:
        return None
    while more < MOST_MORE:
        next_price = price(tiers, count + more + 1)
        if next_price is None or next_price - paid > left:
            return more
        more += 1
    return more
