"""Where not every combination can be searched: the units given up hold their outcomes, all others are run.

A held position is taken out of its program's quota and the unit out of the market; what the engine makes of the rest and
what was held are put together, and the judge says whether that is a stable matching of the whole market. A quota may
fall below zero, for the position may have to come by a reversion first: such a program takes nobody until it does.
Finding nothing proves nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from math import prod

from matchday.match.explain import without
from matchday.match.judge import judge
from matchday.match.market import EVEN, NO_MATCH, ODD, Market, like
from matchday.match.outcome import SEQUENCES, Settled
from matchday.match.reference import settle
from matchday.match.search import outcomes_of
from matchday.match.verdict import claims_of

# Runs times entries: a second or two of work.
WORK, MOST_RUNS = 500_000, 2_000


def hold(market: Market, settled: Settled, *, seed: int, stability: str) -> Settled | None:
    """A stable matching in which the units given up hold some outcome; None if there was none to find or to look for."""
    entries = len(market.app_pref) + len(market.prog_pref) + len(market.cpl_p1)
    if entries > WORK or _is_stable(market, settled, stability):
        return None
    units = outcomes_of(market)
    choices = [list(units[unit]) for unit in dict.fromkeys(settled.given_up)]
    runs = prod(map(len, choices))
    if runs > MOST_RUNS or runs * entries > WORK:
        return None
    for fixed in product(*choices):
        seats = [seat for unit in fixed for seat in unit]
        rest = settle(_without_seats(market, seats), seed=seed, stability=stability, sequences=SEQUENCES)
        made = _together(settled, rest, seats)
        if _is_stable(market, made, stability):
            return made
    return None


def _is_stable(market: Market, settled: Settled, stability: str) -> bool:
    """What the judge says."""
    return judge(market, settled.primary, settled.second, stability=stability, claims=claims_of(settled)).stable


def _taken(seats: Sequence[tuple[int, int, int]]) -> Counter[int]:
    """How many positions of each program are held."""
    return Counter(p for _, first, second in seats for p in (first, second) if p != NO_MATCH)


def _without_seats(market: Market, seats: Sequence[tuple[int, int, int]]) -> Market:
    """The market of all others: fewer positions, and another parity where an odd number of them is held."""
    quota, parity = market.quota.tolist(), market.parity.tolist()
    for p, count in _taken(seats).items():
        quota[p] -= count
        if parity[p] and count % 2:
            parity[p] = ODD if parity[p] == EVEN else EVEN
    rest = without(market, tuple(a for a, _, _ in seats))
    return replace(rest, quota=like(market.quota, quota), parity=like(market.parity, parity))


def _together(settled: Settled, rest: Settled, seats: Sequence[tuple[int, int, int]]) -> Settled:
    """The match of the others and the seats held; loops and counts stay those of the run that gave up."""
    primary, second, quota = rest.primary.tolist(), rest.second.tolist(), rest.quota.tolist()
    for a, p, r in seats:
        primary[a], second[a] = p, r
    for p, count in _taken(seats).items():
        quota[p] += count
    return replace(
        settled,
        primary=like(settled.primary, primary),
        second=like(settled.second, second),
        quota=like(settled.quota, quota),
        moved=like(settled.moved, rest.moved.tolist()),
        given_up=rest.given_up,
    )
