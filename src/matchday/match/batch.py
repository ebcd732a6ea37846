"""Many matches at once, on threads: the compiled engine lets go of Python's lock, and the market is shared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from matchday.match.market import Market
from matchday.match.outcome import CHOICES, Outcome, Settled
from matchday.match.verdict import checked_definition, checked_seed


@dataclass(frozen=True, slots=True)
class Scenario:
    """One market changed a little. without: applicants (numbers) who take no part; quota: other quotas, int32."""

    seed: int = 0
    without: Sequence[int] = ()
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

    The outcome does not depend on `workers` (threads). The scenarios of a market share its tables, and only the match
    is run again; `Outcome.market` is that market, those left out included.
    """
    seed, stability = checked_seed(seed), checked_definition(stability)
    options = {"seed": seed, "stability": stability, "choices": CHOICES}
    if isinstance(markets, Market):
        market = markets.as_numpy()
        some = [_checked(market, scenario) for scenario in scenarios or ()]
        settled = _spread(_settler(market, engine, stability), some, workers)
        return [
            Outcome(_with_quota(market, scenario), result, {**options, "seed": scenario.seed})
            for scenario, result in zip(some, settled, strict=True)
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
    """A function from a scenario to its result."""
    from matchday.match import reference
    from matchday.match.engine import engine_for
    from matchday.match.solved import absent_in, part_of

    def plainly(scenario: Scenario) -> Settled:
        part = part_of(_with_quota(market, scenario), absent_in(market, scenario.without))
        return reference.settle(part, seed=scenario.seed, stability=stability)

    if engine_for(market, engine) is reference.settle:
        return plainly
    from matchday.match import compiled

    prepared = compiled.prepare(market)

    def quickly(scenario: Scenario) -> Settled:
        absent = absent_in(market, scenario.without) if len(scenario.without) else None
        return prepared.settle(seed=scenario.seed, stability=stability, quota=scenario.quota, absent=absent)

    return quickly


def _checked(market: Market, scenario: Scenario) -> Scenario:
    """The scenario with a seed and quotas that an engine can take. Raises `InputProblem`."""
    from matchday.match.arrays import quotas

    quota = None if scenario.quota is None else quotas(market, scenario.quota)
    return replace(scenario, seed=checked_seed(scenario.seed), quota=quota)


def _with_quota(market: Market, scenario: Scenario) -> Market:
    """The market with the quotas of the scenario."""
    return market if scenario.quota is None else replace(market, quota=scenario.quota)
