"""Run a match: pick the engine, settle, have the judge look at it."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from matchday.match.counts import counts_of, loops_of
from matchday.match.market import Market
from matchday.match.outcome import CHOICES, Outcome, Settled
from matchday.match.validate import warnings_of
from matchday.terms import InputProblem

ENGINES = ("auto", "reference", "kernel")
DEFINITIONS = ("rp", "mm")
# Below this many entries the plain engine is done before the compiled one is loaded. A market from a small file is run
# once; who makes one from arrays has loaded numpy already and mostly runs more than one.
ENTRIES_WORTH_COMPILING = 400_000
ENTRIES_WORTH_COMPILING_FROM_ARRAYS = 100_000


def run(market: Market, *, engine: str = "auto", seed: int = 0, stability: str = "rp", verify: bool = True) -> Outcome:
    """The match of a market.

    engine: "reference" (plain Python), "kernel" (compiled) or "auto"; they give the same outcome. seed: the order of
    the couples, 0 for that of the input. stability: "rp" or "mm". verify: False leaves out the judge and the digests.
    """
    if stability not in DEFINITIONS:
        raise InputProblem(f"stability {stability!r}", expected="rp or mm", do="choose a definition of stability")
    settled = engine_for(market, engine)(market, seed=seed, stability=stability)
    options = {"seed": seed, "stability": stability, "choices": CHOICES}
    return judged(market, settled, options) if verify else Outcome(market, settled, options)


def engine_for(market: Market, engine: str) -> Any:
    """The `settle` of the engine asked for; the compiled one is loaded only for markets that are worth it."""
    if engine not in ENGINES:
        raise InputProblem(f"engine {engine!r}", expected=", ".join(ENGINES), do="choose an engine")
    if engine == "kernel" or (engine == "auto" and _worth_compiling(market)):
        if find_spec("numba") is None:
            raise InputProblem("the compiled engine needs numba", expected="numba to be installed",
                               do="pip install 'matchday[science]', or take --engine reference")  # fmt: skip
        from matchday.match import compiled

        return compiled.settle
    from matchday.match import reference

    return reference.settle


def _worth_compiling(market: Market) -> bool:
    """Large enough, and there is a compiler."""
    entries = len(market.app_pref) + len(market.prog_pref) + len(market.cpl_p1)
    enough = ENTRIES_WORTH_COMPILING if market.is_small else ENTRIES_WORTH_COMPILING_FROM_ARRAYS
    return entries >= enough and find_spec("numba") is not None


def judged(market: Market, settled: Settled, options: dict[str, Any]) -> Outcome:
    """An outcome with verdict, warnings and digests."""
    from matchday.match.digest import input_digest, outcome_digest
    from matchday.match.judge import Claims, judge

    claims = Claims(tuple(settled.moved.tolist()), dict(enumerate(settled.quota.tolist())))
    verdict = judge(market, settled.primary, settled.second, stability=options["stability"], claims=claims)
    if not verdict.feasible:
        raise AssertionError(f"the engine broke its own rules: {verdict.faults}")
    said: dict[str, Any] = {
        "input_digest": input_digest(market),
        "options": options,
        "stable": verdict.stable,
        "blocking": list(verdict.blocking),
        "loops": loops_of(market, settled),
        "counts": counts_of(market, settled),
    }
    return Outcome(
        market,
        settled,
        options,
        stable=verdict.stable,
        blocking=verdict.blocking,
        warnings=(*warnings_of(market), *verdict.warnings),
        input_digest=said["input_digest"],
        outcome_digest=outcome_digest(said, settled.primary, settled.second, settled.quota),
    )
