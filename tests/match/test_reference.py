"""The reference engine against brute force, in thousands of small markets with every variation."""

import pytest

from matchday.match import Market
from matchday.match.reference import settle
from tests.match.brute import Small
from tests.match.draw import small_market

SHAPES = {
    "singles": {"singles": 5, "couples": 0},
    "one couple": {"couples": 1, "full": True},
    "couples alone": {"singles": 0, "couples": 3, "full": True},
    "two couples at two programs": {"singles": 2, "couples": 2, "programs": 2, "full": True},
    "short lists of programs": {"singles": 3, "couples": 2},
    "supplemental lists": {"singles": 4, "couples": 0, "programs": 4, "supplemental": 3, "full": True},
    "couples with supplemental lists": {"singles": 2, "couples": 1, "programs": 4, "supplemental": 3, "full": True},
    "reversions": {"couples": 1, "reversions": 2, "full": True},
    "parity": {"couples": 1, "parity": 0.5, "full": True},
    "everything": {"singles": 3, "programs": 4, "supplemental": 2, "reversions": 2, "parity": 0.3, "full": True},
}


@pytest.mark.parametrize("stability", ["rp", "mm"])
@pytest.mark.parametrize("shape", SHAPES)
def test_what_ends_is_stable_and_what_is_given_up_says_so(shape, stability):
    ended = 0
    for seed in range(120):
        market = small_market(seed, **SHAPES[shape])
        settled = settle(market, seed=seed, stability=stability)
        small = Small(market, settled.quota.tolist())
        primary, second = dict(enumerate(settled.primary)), dict(enumerate(settled.second))
        assert all(len(people) <= small.quota[p] for p, people in small.held(primary, second).items())
        if not settled.given_up:
            ended += 1
            assert small.stable(primary, second, stability), seed
    assert ended > 100


def test_singles_get_the_matching_that_all_of_them_prefer():
    for seed in range(150):
        market = small_market(seed, singles=5, couples=0)
        best = settle(market).primary.tolist()
        lists = [[*market.app_pref[market.app_ptr[a] : market.app_ptr[a + 1]].tolist(), -1] for a in range(5)]
        for primary, _ in Small(market).all_stable():
            assert all(lists[a].index(best[a]) <= lists[a].index(primary[a]) for a in range(5))


def test_a_first_year_position_is_kept_when_the_advanced_one_gets_better():
    """b leaves p0 for the position that p4 gives to p3; a moves from p1 to p0 and stays in the first year at p2."""
    market = Market.from_lists(
        quota=[1, 1, 1, 0, 1],
        app_lists=[[0, 1], [3, 0]],
        prog_lists=[[1, 0], [0], [0], [1], []],
        supplemental=[(0, [0, 1], [2])],
        reversions=[(4, 3, 1)],
    )
    settled = settle(market)
    assert (settled.primary.tolist(), settled.second.tolist()) == ([0, 3], [2, -1])


def test_somebody_who_loses_both_positions_at_once_waits_once():
    market = Market.from_lists(
        quota=[1, 1], app_lists=[[0], [], []], prog_lists=[[2, 0], [1, 0]], couples=[(1, 2, [(1, 0)])],
        supplemental=[(0, [0], [1])],
    )  # fmt: skip
    settled = settle(market)
    assert (settled.primary.tolist(), settled.second.tolist()) == ([-1, 1, 0], [-1, -1, -1])


def test_the_partner_may_take_the_first_year_position():
    """a leads (p0, p2) with first year p1; then (p0, p1) opens for b, who is preferred at p1 to the own partner."""
    market = Market.from_lists(
        quota=[1, 1, 1], app_lists=[[], []], prog_lists=[[0], [1, 0], [1]], couples=[(0, 1, [(0, 1), (0, 2)])],
        supplemental=[(0, [0], [1])],
    )  # fmt: skip
    settled = settle(market)
    assert (settled.primary.tolist(), settled.second.tolist()) == ([0, 1], [-1, -1])
