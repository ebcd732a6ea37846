"""What an engine did, in numbers and names: counted when asked, for a simulation never asks."""

from __future__ import annotations

from typing import Any

from matchday.match.market import NO_MATCH, Market
from matchday.match.outcome import Settled
from matchday.match.validate import reversions_of


def counts_of(market: Market, settled: Settled) -> dict[str, int]:
    """What the engine did, and what reversions and parity did."""
    moved = sum(settled.moved.tolist())
    matched = len(settled.primary) - settled.primary.tolist().count(NO_MATCH)
    return {
        "applicants": market.n_applicants,
        "programs": market.n_programs,
        "couples": market.n_couples,
        "matched": matched,
        "unmatched": market.n_applicants - matched,
        "proposals": settled.proposals,
        "placements": settled.placements,
        "sequences": len(settled.looped) + 1,
        "positions_moved": moved,
        "positions_lost_to_parity": sum(market.quota.tolist()) - sum(settled.quota.tolist()),
        "donors_wanted_back": len(_wanted_back(market, settled)) if moved else 0,
    }


def _wanted_back(market: Market, settled: Settled) -> list[int]:
    """Donors that gave positions over and whom somebody would now rather have than what that one holds."""
    donors = {donor for (donor, _, _), moved in zip(reversions_of(market), settled.moved, strict=True) if moved}
    couple_of = {int(a): c for members in (market.cpl_a, market.cpl_b) for c, a in enumerate(members)}

    def would_come(a: int, p: int) -> bool:
        """Whether a single lists the program above the match; couples are left out, for they move as pairs."""
        row: list[int] = market.app_pref[market.app_ptr[a] : market.app_ptr[a + 1]].tolist()
        now = int(settled.primary[a])
        return a not in couple_of and p in (row[: row.index(now)] if now in row else row)

    lists = ((p, market.prog_pref[market.prog_ptr[p] : market.prog_ptr[p + 1]].tolist()) for p in sorted(donors))
    return [p for p, row in lists if any(would_come(a, p) for a in row)]


def loops_of(market: Market, settled: Settled) -> list[dict[str, Any]]:
    """The units that looped, in the order found: who, how often, and whether they were given up."""
    loops = []
    for unit in dict.fromkeys((*settled.looped, *settled.given_up)):
        couple = unit - market.n_applicants
        people = (unit,) if couple < 0 else (int(market.cpl_a[couple]), int(market.cpl_b[couple]))
        loops.append(
            {
                "applicants": [market.applicants[a] for a in people],
                "times": settled.looped.count(unit),
                "given_up": unit in settled.given_up,
            }
        )
    return loops
