"""A match told step by step ends where the engine ends, and says why at each step."""

import pytest

from matchday.match import Market
from matchday.match.reference import settle
from matchday.match.steps import concerns, steps
from tests.match.draw import small_market
from tests.match.test_reference import SHAPES


def seats(market, settled):
    """Whom each program holds in an outcome."""
    held = [set() for _ in range(market.n_programs)]
    for match in (settled.primary.tolist(), settled.second.tolist()):
        for a, p in enumerate(match):
            if p != -1:
                held[p].add(a)
    return held


@pytest.mark.parametrize("shape", SHAPES)
def test_the_last_step_is_the_outcome_of_the_engine(shape):
    ended = 0
    for seed in range(120):
        market = small_market(seed, **SHAPES[shape])
        told, settled = steps(market), settle(market)
        if told.ended and told.steps:
            ended += 1
            assert [set(held) for held in told.steps[-1].held] == seats(market, settled), seed
            assert told.steps[-1].quota == tuple(settled.quota), seed
        assert told.ended == (not settled.looped)
    assert ended > 60


def test_the_example_of_the_nrmp_step_by_step():
    """Arthur and Sunny go to City; Darrius, whom City likes best, takes Sunny's position, and Sunny goes to Mercy."""
    market = Market.from_lists(
        quota=[2, 2], app_lists=[[0], [0, 1], [0]], prog_lists=[[2, 0, 1], [1]], app_ids=["Arthur", "Sunny", "Darrius"]
    )
    told = [(step.who, step.line, step.answers, step.lost, step.held) for step in steps(market).steps]
    assert told == [
        ((0,), (0,), ("free",), [], ((0,), ())),
        ((1,), (0,), ("free",), [], ((0, 1), ())),
        ((2,), (0,), ("better",), [(1, 0)], ((2, 0), ())),
        ((1,), (1,), ("free",), [], ((2, 0), (1,))),
    ]


def test_a_refusal_says_whether_the_program_is_full_or_has_not_ranked_the_asker():
    market = Market.from_lists(quota=[1, 1], app_lists=[[0], [0, 1]], prog_lists=[[0, 1], []])
    assert [step.answers for step in steps(market).steps] == [("free",), ("full",), ("unranked",)]


def test_a_market_that_goes_round_in_circles_says_so():
    """Example C of the specification has no stable matching."""
    market = Market.from_lists(
        quota=[1, 1], app_lists=[[], [], [0, 1]], prog_lists=[[0, 2], [2, 1]], couples=[(0, 1, [(0, 1)])]
    )
    told = steps(market)
    assert not told.ended
    assert told.steps


def test_a_step_concerns_who_asks_and_who_loses():
    market = Market.from_lists(quota=[1], app_lists=[[0], [0], []], prog_lists=[[1, 0]])
    last = steps(market).steps[-1]
    assert [concerns(last, [a]) for a in range(3)] == [True, True, False]


def test_positions_given_over_and_lowered_are_steps_too():
    given = Market.from_lists(quota=[2, 1], app_lists=[[0], [1], [1]], prog_lists=[[0], [1, 2]], reversions=[(0, 1, 1)])
    assert [(step.act, step.line) for step in steps(given).steps if step.act != "asks"] == [("gives", (0, 1))]
    even = Market.from_lists(quota=[2], app_lists=[[0]], prog_lists=[[0]], parity=[1])
    lowered = steps(even).steps[1]
    assert (lowered.act, lowered.line, lowered.lost) == ("lowers", (0,), [(0, 0)])


def test_a_first_year_position_is_a_step():
    """Example F of the specification without its rival: a takes Adv, then Pre from the list that goes with it."""
    market = Market.from_lists(
        quota=[1, 1], app_lists=[[0], [1]], prog_lists=[[0], [0, 1]], supplemental=[(0, [0], [1])]
    )
    told = [(step.act, step.who, step.line, step.lost) for step in steps(market).steps]
    assert ("first_year", (0,), (1,), [(1, 1)]) in told
