"""The last resort for small markets: is there a stable matching at all, when every sequence went round in circles?

Every combination of outcomes of the linked units (couples, applicants with supplemental lists) is held fixed in turn.
What is left is a market of singles, where each fixed position is held by somebody who lists nothing else. If one of
them is displaced in one stable matching of that market, then in all of them (rural hospitals theorem); if not, its
program-optimal stable matching is the one in which programs hold the best people and so the linked units block least.
A combination therefore gives a stable matching of the whole market if and only if that one is not blocked; the
applicant-optimal one is tried before it. Quotas must be fixed: every number of positions that each reversion may move is tried too (how many matches a program
has is the same in all stable matchings, so whether a donor gave all it could does not depend on which one is looked
at); with parity requests nothing is searched.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from math import prod

from matchday.match.judge import Claims, judge
from matchday.match.market import NO_MATCH, Ints, Market
from matchday.match.validate import reversions_of

# Combinations times entries: about a second of work.
WORK = 500_000

Seats = tuple[Ints, Ints]


@dataclass(frozen=True, slots=True)
class Found:
    """A stable matching: programs, first-year programs, final quotas, positions moved by each reversion."""

    primary: Ints
    second: Ints
    quota: Sequence[int]
    moved: Sequence[int]


Outcome = tuple[tuple[int, int, int], ...]  # (applicant, program, first-year program) for each member


def search(market: Market, stability: str) -> tuple[str, Found | None]:
    """ "found" with what was found; or "none exists", "too large", "quotas may change"."""
    if any(market.parity.tolist()):
        return "quotas may change", None
    linked = [list(outcomes) for outcomes in outcomes_of(market).values()]
    size = len(market.app_pref) + len(market.prog_pref) + 1
    if prod(map(len, linked)) * prod(most + 1 for most in market.rev_max.tolist()) * size > WORK:
        return "too large", None
    for moved in product(*(range(most + 1) for most in market.rev_max.tolist())):
        quota = _quota_after(market, moved)
        rest = _Rest(market, quota)
        for fixed in product(*linked) if min(quota, default=0) >= 0 else ():
            for seats in rest.matchings(fixed):
                if judge(market, *seats, stability=stability, claims=Claims(moved)).stable:
                    return "found", Found(*seats, quota, moved)
    return "none exists", None


def _quota_after(market: Market, moved: Sequence[int]) -> list[int]:
    """The quotas when each reversion has moved so many positions."""
    quota: list[int] = market.quota.tolist()
    for (donor, receiver, _), count in zip(reversions_of(market), moved, strict=True):
        quota[donor] -= count
        quota[receiver] += count
    return quota


def _rows(ptr: Ints, entries: Ints) -> list[list[int]]:
    flat: list[int] = entries.tolist()
    return [flat[a:b] for a, b in pairwise(ptr.tolist())]


def outcomes_of(market: Market) -> dict[int, Iterator[Outcome]]:
    """For each linked unit, by its number, its acceptable outcomes: best first, no match last."""
    ranked = [set(row) for row in _rows(market.prog_ptr, market.prog_pref)]
    lists = zip(market.supp_of.tolist(), market.supp_at.tolist(), strict=True)
    supplemental = dict(zip(lists, _rows(market.supp_ptr, market.supp_pref), strict=True))
    couples = list(zip(market.cpl_a.tolist(), market.cpl_b.tolist(), strict=True))
    joint = zip(_rows(market.cpl_ptr, market.cpl_p1), _rows(market.cpl_ptr, market.cpl_p2), strict=True)
    own = _rows(market.app_ptr, market.app_pref)
    members = {a for couple in couples for a in couple}
    units: list[tuple[tuple[int, ...], list[tuple[int, ...]]]] = [
        ((a,), [(p,) for p in own[a]]) for a in dict.fromkeys(a for a, _ in supplemental) if a not in members
    ]
    units += [(couple, list(zip(*columns, strict=True))) for couple, columns in zip(couples, joint, strict=True)]

    def outcomes(people: tuple[int, ...], lines: Sequence[tuple[int, ...]]) -> Iterator[Outcome]:
        for line in [*lines, (NO_MATCH,) * len(people)]:
            seats = list(zip(people, line, strict=True))
            if all(p == NO_MATCH or a in ranked[p] for a, p in seats):
                seconds = [
                    [*(r for r in supplemental.get(seat, ()) if seat[0] in ranked[r]), NO_MATCH] for seat in seats
                ]
                for first_year in product(*seconds):
                    yield tuple((a, p, r) for (a, p), r in zip(seats, first_year, strict=True))

    numbers = [*(a for (a,), _ in units[: len(units) - len(couples)]), *range(len(own), len(own) + len(couples))]
    return {number: outcomes(*unit) for number, unit in zip(numbers, units, strict=True)}


class _Rest:
    """The singles that are left when the linked units hold fixed positions."""

    def __init__(self, market: Market, quota: list[int]) -> None:
        self.quota, self.programs = quota, _rows(market.prog_ptr, market.prog_pref)
        self.lists = _rows(market.app_ptr, market.app_pref)
        self.tied = {*market.cpl_a.tolist(), *market.cpl_b.tolist(), *market.supp_of.tolist()}
        self.rank = [{a: rank for rank, a in enumerate(row)} for row in self.programs]

    def matchings(self, fixed: Sequence[Outcome]) -> Iterator[Seats]:
        """The applicant-optimal and the program-optimal stable matching around fixed positions, if they can stay."""
        seats = [seat for unit in fixed for seat in unit]
        holds = [(a, p) for a, first, second in seats for p in (first, second) if p != NO_MATCH]
        for propose in (self.applicants_propose, self.programs_propose):
            held = propose(holds)
            if any(a not in held[p] for a, p in holds):
                return
            primary, second = array("i", [NO_MATCH]) * len(self.lists), array("i", [NO_MATCH]) * len(self.lists)
            for p, people in enumerate(held):
                for a in people - self.tied:
                    primary[a] = p
            for a, p, r in seats:
                primary[a], second[a] = p, r
            yield primary, second

    def applicants_propose(self, holds: Sequence[tuple[int, int]]) -> list[set[int]]:
        """Deferred acceptance; (applicant, program) of `holds` propose to that program only."""
        held: list[set[int]] = [set() for _ in self.quota]
        proposals = [(a, [p]) for a, p in holds]
        proposals += [(a, row) for a, row in enumerate(self.lists) if a not in self.tied]
        waiting: list[tuple[int, Iterator[int]]] = [(a, iter(row)) for a, row in proposals]
        turns: dict[tuple[int, int], Iterator[int]] = {(a, p): iter([]) for a, p in holds}
        while waiting:
            a, turn = waiting.pop()
            p = next((p for p in turn if a in self.rank[p]), None)
            if p is None:
                continue
            turns.setdefault((a, p), turn)
            held[p].add(a)
            if len(held[p]) > self.quota[p]:
                out = max(held[p], key=self.rank[p].__getitem__)
                held[p].remove(out)
                waiting.append((out, turns[out, p]))
        return held

    def programs_propose(self, holds: Sequence[tuple[int, int]]) -> list[set[int]]:
        """Deferred acceptance from the other side: programs offer their positions down their lists."""
        only = set(holds)
        wish = {a: {p: i for i, p in enumerate(row)} for a, row in enumerate(self.lists) if a not in self.tied}
        offers = [
            iter([a for a in row if p in wish.get(a, ()) or (a, p) in only]) for p, row in enumerate(self.programs)
        ]
        held: list[set[int]] = [set() for _ in self.quota]
        place: dict[int, int] = {}
        waiting = [p for p, quota in enumerate(self.quota) if quota]
        while waiting:
            p = waiting.pop()
            while len(held[p]) < self.quota[p] and (a := next(offers[p], None)) is not None:
                if a in self.tied:
                    held[p].add(a)
                elif a not in place or wish[a][p] < wish[a][place[a]]:
                    if a in place:
                        held[place[a]].remove(a)
                        waiting.append(place[a])
                    place[a] = p
                    held[p].add(a)
        return held
