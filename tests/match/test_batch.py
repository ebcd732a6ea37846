"""Many matches on threads give what one after another gives."""

from dataclasses import replace

import numpy as np
import pytest

from matchday.match import InputProblem, Market, run, run_many
from matchday.match.batch import Scenario
from matchday.match.solved import part_of
from tests.bench.markets import Nation
from tests.bench.variations import varied
from tests.match.draw import small_market
from tests.match.test_kernel import SHAPES, plain

DISTRICT = Nation(applicants=1_500, programs=160, entries=15_000, couples=40, supplementals=100, reversions=20, even=5)


@pytest.mark.parametrize("workers", [1, 3])
def test_markets_are_run_in_order(workers):
    markets = [small_market(seed, **SHAPES["everything"]) for seed in range(30)]
    outcomes = run_many(markets, workers=workers, seed=2, stability="mm")
    assert [plain(o.settled) for o in outcomes] == [
        plain(run(m, seed=2, stability="mm", verify=False).settled) for m in markets
    ]


@pytest.mark.parametrize("engine", ["reference", "kernel"])
@pytest.mark.parametrize("workers", [1, 3])
def test_scenarios_share_a_market_and_are_full_runs(engine, workers):
    market = Market.from_arrays(**varied(DISTRICT))
    more = (market.quota + 1).astype(np.int32)
    scenarios = [Scenario(), Scenario(seed=4), Scenario(without=[3, 700]), Scenario(quota=more), Scenario()]
    outcomes = run_many(market, scenarios, workers=workers, engine=engine)
    absent = np.isin(np.arange(1_500), [3, 700])
    for pair in zip(market.cpl_a, market.cpl_b, strict=True):
        absent[list(pair)] = absent[list(pair)].any()
    changed = [market, market, part_of(market, absent), replace(market, quota=more), market]
    for scenario, part, outcome in zip(scenarios, changed, outcomes, strict=True):
        alone = run(part, engine="reference", seed=scenario.seed, verify=False)
        assert plain(outcome.settled) == plain(alone.settled)
        assert outcome.options == alone.options
        assert outcome.market.quota.tolist() == part.quota.tolist()


@pytest.mark.parametrize(
    "scenario",
    [
        Scenario(quota=[1.5, 2.0, 1.0]),
        Scenario(quota=[-1, 2, 1]),
        Scenario(quota=[2**31, 1, 1]),
        Scenario(quota=[1, 1]),
        Scenario(seed=-1),
    ],
)
def test_scenarios_that_no_engine_can_take_are_refused(scenario):
    with pytest.raises(InputProblem):
        run_many(small_market(1), [scenario])


def test_the_quotas_of_a_scenario_may_be_a_list():
    market = small_market(1)
    told = [run_many(market, [Scenario(quota=kind([2, 2, 2]))], engine="reference")[0] for kind in (list, np.array)]
    assert plain(told[0].settled) == plain(told[1].settled)


def test_scenarios_change_one_market_only():
    with pytest.raises(TypeError, match="one market"):
        run_many([small_market(1)], [Scenario()])
