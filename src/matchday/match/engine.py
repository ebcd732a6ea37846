"""Run a match: pick the engine, settle, have the judge look at it."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from typing import Any

from matchday.match.market import Market, like
from matchday.match.outcome import CHOICES, Outcome, Settled
from matchday.match.validate import warnings_of
from matchday.match.verdict import checked_definition, checked_seed, claims_of
from matchday.terms import InputProblem

ENGINES = ("auto", "reference", "kernel")
# Below this many entries the plain engine is done before the compiled one is loaded. A market from a small file is run
# once; who makes one from arrays has loaded numpy already and mostly runs more than one.
ENTRIES_WORTH_COMPILING = 400_000
ENTRIES_WORTH_COMPILING_FROM_ARRAYS = 100_000


def run(market: Market, *, engine: str = "auto", seed: int = 0, stability: str = "rp", verify: bool = True) -> Outcome:
    """The match of a market.

    engine: "reference" (plain Python), "kernel" (compiled) or "auto"; they give the same outcome. seed: the order of
    the couples, 0 for that of the input. stability: "rp" or "mm". verify: False leaves out the judge and the digests.
    """
    seed, stability = checked_seed(seed), checked_definition(stability)
    settled = engine_for(market, engine)(market, seed=seed, stability=stability)
    searched = ""
    if settled.given_up:
        settled, searched = _searched(market, settled, seed, stability)
    options = {"seed": seed, "stability": stability, "choices": CHOICES}
    outcome = Outcome(market, settled, options, searched=searched)
    return judged(outcome) if verify else outcome


def _searched(market: Market, settled: Settled, seed: int, stability: str) -> tuple[Settled, str]:
    """What is found when units were given up: by every combination, or by holding those units alone."""
    from matchday.match.search import search

    said, found = search(market, stability)
    if found is not None:
        seats = (found.primary, found.second, found.quota, found.moved)
        primary, second, quota, moved = (like(settled.primary, values) for values in seats)
        settled = replace(settled, primary=primary, second=second, quota=quota, moved=moved, given_up=())
    elif said != "none exists":
        from matchday.match.held import hold

        made = hold(market, settled, seed=seed, stability=stability)
        if made is not None:
            settled, said = made, "found"
    return settled, said


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


def judged(outcome: Outcome) -> Outcome:
    """The same outcome with verdict, warnings and digests; its quotas become those that the judge worked out."""
    from matchday.match.digest import input_digest, outcome_digest
    from matchday.match.judge import judge

    market, settled = outcome.market, outcome.settled
    definition = outcome.options["stability"]
    verdict = judge(market, settled.primary, settled.second, stability=definition, claims=claims_of(settled))
    if not verdict.feasible:
        raise AssertionError(f"the engine broke its own rules: {verdict.faults}")
    settled = replace(settled, quota=like(settled.quota, verdict.final_quota))
    said = replace(
        outcome,
        settled=settled,
        stable=verdict.stable,
        blocking=verdict.blocking,
        warnings=(*warnings_of(market), *verdict.warnings),
        input_digest=input_digest(market),
    )
    return replace(said, outcome_digest=outcome_digest(said.said, settled.primary, settled.second, settled.quota))
