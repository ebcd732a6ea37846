"""Run a match: pick the engine, settle, have the judge look at it."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from matchday.match.market import NO_MATCH, Market
from matchday.match.outcome import CHOICES, Outcome, Settled
from matchday.match.validate import reversions_of, warnings_of
from matchday.terms import InputProblem

ENGINES = ("auto", "reference", "kernel")
DEFINITIONS = ("rp", "mm")
# Below this many entries the plain engine is done before the compiled one is loaded.
ENTRIES_WORTH_COMPILING = 400_000


def run(market: Market, *, engine: str = "auto", seed: int = 0, stability: str = "rp", verify: bool = True) -> Outcome:
    """The match of a market.

    engine: "reference" (plain Python), "kernel" (compiled) or "auto"; they give the same outcome. seed: the order of
    the couples, 0 for that of the input. stability: "rp" or "mm". verify: False leaves out the judge and the digests.
    """
    if stability not in DEFINITIONS:
        raise InputProblem(f"stability {stability!r}", expected="rp or mm", do="choose a definition of stability")
    settled = engine_for(market, engine)(market, seed=seed, stability=stability)
    options = {"seed": seed, "stability": stability, "choices": CHOICES}
    return judged(market, settled, options) if verify else _outcome(market, settled, options)


def engine_for(market: Market, engine: str) -> Any:
    """The `settle` of the engine asked for; the compiled one is loaded only for markets that are worth it."""
    if engine not in ENGINES:
        raise InputProblem(f"engine {engine!r}", expected=", ".join(ENGINES), do="choose an engine")
    if engine == "kernel" or (engine == "auto" and _worth_compiling(market)):
        if find_spec("numba") is None:
            raise InputProblem("the compiled engine needs numba", expected="numba to be installed",
                               do="pip install 'matchday[science]', or take --engine reference")  # fmt: skip
        from matchday.match import kernel

        return kernel.settle
    from matchday.match import reference

    return reference.settle


def _worth_compiling(market: Market) -> bool:
    """Large enough, and there is a compiler."""
    entries = len(market.app_pref) + len(market.prog_pref) + len(market.cpl_p1)
    return entries >= ENTRIES_WORTH_COMPILING and find_spec("numba") is not None


def _outcome(market: Market, settled: Settled, options: dict[str, Any], **judged_parts: Any) -> Outcome:
    """An outcome from what the engine handed back."""
    return Outcome(market, settled, options, counts_of(market, settled), loops_of(market, settled), **judged_parts)


def judged(market: Market, settled: Settled, options: dict[str, Any]) -> Outcome:
    """An outcome with verdict, warnings and digests."""
    from matchday.match.digest import input_digest, outcome_digest
    from matchday.match.judge import Claims, judge

    claims = Claims(tuple(settled.moved.tolist()), dict(enumerate(settled.quota.tolist())))
    verdict = judge(market, settled.primary, settled.second, stability=options["stability"], claims=claims)
    if not verdict.feasible:
        raise AssertionError(f"the engine broke its own rules: {verdict.faults}")
    said = {
        "input_digest": input_digest(market),
        "options": options,
        "stable": verdict.stable,
        "blocking": list(verdict.blocking),
        "loops": loops_of(market, settled),
        "counts": counts_of(market, settled),
    }
    return _outcome(
        market,
        settled,
        options,
        stable=verdict.stable,
        blocking=verdict.blocking,
        warnings=(*warnings_of(market), *verdict.warnings),
        input_digest=said["input_digest"],
        outcome_digest=outcome_digest(said, settled.primary, settled.second, settled.quota),
    )


def counts_of(market: Market, settled: Settled) -> dict[str, int]:
    """What the engine did, and what reversions and parity did."""
    moved = sum(settled.moved.tolist())
    matched = (
        sum(p != NO_MATCH for p in settled.primary) if market.is_small else int((settled.primary != NO_MATCH).sum())
    )
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
