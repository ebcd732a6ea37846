"""Many matches at once, on threads: the compiled engine lets go of Python's lock, and the market is shared."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from matchday.match.market import Market
from matchday.match.outcome import CHOICES, Outcome, Settled


@dataclass(frozen=True, slots=True)
class Scenario:
    """One market changed a little. without: applicants (numbers) who take no part; quota: other quotas, int32."""

    seed: int = 0
    without: Iterable[int] = ()
    quota: Any = None


def run_many(
    markets: Market | Iterable[Market],
    scenarios: Iterable[Scenario] | None = None,
    *,
    workers: int = 1,
    engine: str = "auto",
    seed: int = 0,
    stability: str = "rp",
) -> list[Outcome]:
    """The outcomes of many markets, or of one market under many scenarios, in order; none is judged.

    The outcome does not depend on `workers` (threads). A scenario of a market shares its tables: only the match is run
    again.
    """
    options = {"seed": seed, "stability": stability, "choices": CHOICES}
    if isinstance(markets, Market):
        scenarios = list(scenarios or ())
        settled = _settler(markets, engine, stability)
        return [
            Outcome(market, result, {**options, "seed": scenario.seed})
            for scenario, (market, result) in zip(scenarios, _spread(settled, scenarios, workers), strict=True)
        ]
    if scenarios is not None:
        raise TypeError("scenarios change one market; give that market")
    from matchday.match.engine import run

    return _spread(partial(run, engine=engine, seed=seed, stability=stability, verify=False), list(markets), workers)


def _spread(work: Any, items: list[Any], workers: int) -> list[Any]:
    """`work` of each item, on that many threads."""
    if workers == 1:
        return [work(item) for item in items]
    with ThreadPoolExecutor(workers) as threads:
        return list(threads.map(work, items))


def _settler(market: Market, engine: str, stability: str) -> Any:
    """A function from a scenario to the market as changed and its result."""
    from matchday.match import reference
    from matchday.match.engine import engine_for
    from matchday.match.solved import absent_in, part_of

    market = market.as_numpy()

    def changed(scenario: Scenario, absent: Any) -> Market:
        part = part_of(market, absent) if absent.any() else market
        return part if scenario.quota is None else replace(part, quota=scenario.quota)

    def plainly(scenario: Scenario) -> tuple[Market, Settled]:
        part = changed(scenario, absent_in(market, scenario.without))
        return part, reference.settle(part, seed=scenario.seed, stability=stability)

    if engine_for(market, engine) is reference.settle:
        return plainly
    from matchday.match import compiled

    prepared = compiled.prepare(market)

    def quickly(scenario: Scenario) -> tuple[Market, Settled]:
        absent = absent_in(market, scenario.without)
        result = prepared.settle(
            seed=scenario.seed, stability=stability, quota=scenario.quota, absent=absent if absent.any() else None
        )
        return changed(scenario, absent), result

    return quickly
