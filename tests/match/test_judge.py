"""The judge against brute force, and faults planted for it to find."""

from array import array
from random import Random

import numpy as np
import pytest

from matchday.match import Market, read_market, run, verify
from matchday.match.judge import Claims, judge
from matchday.match.results import document
from tests.match.brute import Small
from tests.match.draw import small_market

SHAPES = {
    "singles": {"singles": 5, "couples": 0},
    "couples": {"singles": 2, "couples": 2, "programs": 2, "full": True},
    "supplemental": {"singles": 3, "couples": 1, "programs": 4, "supplemental": 3, "full": True},
}


def seats(values):
    return array("i", values)


@pytest.mark.parametrize("stability", ["rp", "mm"])
@pytest.mark.parametrize("shape", SHAPES)
def test_the_judge_agrees_with_brute_force_on_every_feasible_matching(shape, stability):
    verdicts = set()
    for seed in range(12):
        market = small_market(seed, **SHAPES[shape])
        small = Small(market)
        for primary, second in list(small.feasible())[:200]:
            people = range(market.n_applicants)
            verdict = judge(
                market, seats([primary[a] for a in people]), seats([second[a] for a in people]), stability=stability
            )
            assert verdict.feasible
            assert verdict.stable == small.stable(primary, second, stability)
            verdicts.add(verdict.stable)
    assert verdicts == {True, False}


@pytest.mark.parametrize("stability", ["rp", "mm"])
def test_the_plain_and_the_vectorised_tally_say_the_same_of_anything(stability):
    for seed in range(300):
        rng = Random(seed)
        market = small_market(seed, singles=3, programs=4, supplemental=2, reversions=2, parity=0.3, full=seed % 2 == 0)
        primary = [rng.randrange(-1, 4) for _ in range(5)]
        second = [rng.randrange(-1, 4) if rng.random() < 0.2 else -1 for _ in range(5)]
        plain = judge(market, seats(primary), seats(second), stability=stability)
        assert plain == judge(market.as_numpy(), np.array(primary), np.array(second), stability=stability)
        settled = run(market, seed=seed, stability=stability, verify=False).settled
        claims = Claims(tuple(settled.moved), dict(enumerate(settled.quota)))
        plain = judge(market, settled.primary, settled.second, stability=stability, claims=claims)
        assert plain.feasible
        vectors = (np.array(settled.primary), np.array(settled.second))
        assert plain == judge(market.as_numpy(), *vectors, stability=stability, claims=claims)


def test_every_engine_outcome_is_judged_with_the_quotas_it_ended_with():
    for seed in range(300):
        market = small_market(seed, singles=3, programs=4, supplemental=2, reversions=2, parity=0.4, full=True)
        outcome = run(market, seed=seed)
        small = Small(market, outcome.settled.quota.tolist())
        true = small.stable(dict(enumerate(outcome.settled.primary)), dict(enumerate(outcome.settled.second)))
        assert outcome.stable == true
        assert verify(market, document(outcome)) == verify(market.as_numpy(), document(outcome))
        assert verify(market, document(outcome)).stable == true
        assert verify(market, outcome).stable == true


# Four applicants and three programs with free choice: everything below is planted into its stable outcome.
MARKET = {
    "quota": [1, 1, 2],
    "app_lists": [[0, 1], [1, 0], [2], [2, 0], [], []],
    "prog_lists": [[1, 0, 3], [0, 1], [2, 3, 4, 5]],
    "couples": [(4, 5, [(2, 2)])],
}


def outcome_of(**changed):
    market = Market.from_lists(**{**MARKET, **changed})
    return market, run(market).settled.primary.tolist()


def faults(market, primary, second=None):
    verdict = judge(market, seats(primary), seats(second or [-1] * len(primary)))
    assert not verdict.stable
    return [fault["what"] for fault in verdict.faults]


def test_the_outcome_itself_is_stable():
    market, primary = outcome_of()
    assert primary == [0, 1, 2, 2, -1, -1]
    assert judge(market, seats(primary), seats([-1] * 6)).stable


def test_two_swapped_applicants_block():
    market, _ = outcome_of()
    verdict = judge(market, seats([1, 0, 2, 2, -1, -1]), seats([-1] * 6))
    assert verdict.stable  # each program prefers the other one: the second stable matching
    market, _ = outcome_of(prog_lists=[[0, 1, 3], [1, 0], [2, 3, 4, 5]])
    verdict = judge(market, seats([1, 0, 2, 2, -1, -1]), seats([-1] * 6))
    assert verdict.blocking == (
        {"kind": "single", "applicants": ["a0"], "programs": ["p0"], "rank": 1},
        {"kind": "single", "applicants": ["a1"], "programs": ["p1"], "rank": 1},
    )


def test_a_position_given_away_twice_is_found():
    market, _ = outcome_of()
    assert faults(market, [0, 0, 2, 2, -1, -1]) == ["2 matches for 1 positions after reversions"]


def test_a_match_on_no_list_is_found():
    market, _ = outcome_of()
    assert faults(market, [2, 1, 2, -1, -1, -1]) == [
        "not on the list of the applicant",
        "not on the list of the program",
    ]


def test_a_broken_pair_is_found():
    market, _ = outcome_of()
    assert faults(market, [0, 1, -1, 2, 2, -1]) == ["not a pair of the joint list"]


def test_a_vacancy_that_somebody_wants_blocks():
    market, _ = outcome_of()
    verdict = judge(market, seats([0, 1, -1, 2, -1, -1]), seats([-1] * 6))
    assert verdict.blocking == ({"kind": "single", "applicants": ["a2"], "programs": ["p2"], "rank": 1},)


def test_a_couple_blocks_where_both_would_be_chosen():
    market, _ = outcome_of(app_lists=[[0, 1], [1, 0], [], [], [], []])
    verdict = judge(market, seats([0, 1, -1, -1, -1, -1]), seats([-1] * 6))
    assert verdict.blocking == ({"kind": "couple", "applicants": ["a4", "a5"], "programs": ["p2", "p2"], "rank": 1},)


def test_a_first_year_position_without_its_program_is_found():
    market = Market.from_lists(
        quota=[1, 1], app_lists=[[0], [0]], prog_lists=[[0, 1], [0, 1]], supplemental=[(0, [0], [1]), (1, [0], [1])]
    )
    assert faults(market, [0, -1], [-1, 1]) == ["not on the supplemental list of the program held"]
    verdict = judge(market, seats([0, -1]), seats([-1, -1]))
    assert verdict.blocking == ({"kind": "supplemental", "applicants": ["a0"], "programs": ["p0", "p1"], "rank": 1},)


REVERSION = {
    "quota": [2, 1],
    "app_lists": [[0], [1], [1], [1]],
    "prog_lists": [[0], [1, 2, 3]],
    "reversions": [(0, 1, 1)],
}


def test_a_donated_position_is_used_once():
    market = Market.from_lists(**REVERSION)
    assert judge(market, seats([0, 1, 1, -1]), seats([-1] * 4)).stable
    assert faults(market, [0, 1, 1, 1]) == ["3 matches for 2 positions after reversions"]


def test_a_position_that_was_not_given_over_blocks():
    verdict = judge(Market.from_lists(**REVERSION), seats([0, 1, -1, -1]), seats([-1] * 4))
    assert [block["applicants"] for block in verdict.blocking] == [["a2"], ["a3"]]


def test_false_claims_about_reversions_are_not_believed():
    claims = Claims(moved=(0,), quota={0: 2, 1: 1})
    verdict = judge(Market.from_lists(**REVERSION), seats([0, 1, 1, -1]), seats([-1] * 4), claims=claims)
    assert (verdict.stable, verdict.final_quota) == (True, (1, 2))
    assert verdict.warnings == ("the positions moved by reversions are not those the outcome claims",)


def test_positions_travel_along_a_chain_of_donors():
    market = Market.from_lists(
        quota=[1, 1, 0], app_lists=[[2], [2]], prog_lists=[[], [], [0, 1]], reversions=[(1, 2, 1), (0, 1, 1)]
    )
    outcome = run(market)
    assert (outcome.settled.quota.tolist(), outcome.settled.moved.tolist()) == ([0, 1, 1], [1, 1])
    assert outcome.stable is True


def parity_market(parity, quota=3, couples=(), people=3):
    lists = [[0]] * people + [[]] * (2 * len(couples))
    return Market.from_lists(
        quota=[quota], app_lists=lists, prog_lists=[list(range(len(lists)))], couples=couples, parity=[parity]
    )


def test_an_even_program_holds_an_even_number():
    market = parity_market(1)
    outcome = run(market)
    assert (outcome.settled.primary.tolist(), outcome.settled.quota.tolist()) == ([0, 0, -1], [2])
    assert outcome.stable is True
    assert faults(market, [0, 0, 0]) == [
        "3 matches for 2 positions after reversions",
        "3 matches where an even number was asked",
    ]


def test_one_more_that_would_break_the_request_may_be_refused_and_two_may_not():
    market = parity_market(1, quota=4)
    assert judge(market, seats([0, 0, -1]), seats([-1] * 3)).final_quota == (2,)
    verdict = judge(market, seats([-1, -1, -1]), seats([-1] * 3))
    assert (verdict.stable, verdict.final_quota) == (False, (2,))
    assert len(verdict.blocking) == 3


def test_a_lower_quota_is_believed_when_claimed_and_told():
    market = parity_market(1, quota=4, people=2)
    verdict = judge(market, seats([-1, -1]), seats([-1] * 2), claims=Claims(quota={0: 0}))
    assert (verdict.stable, verdict.final_quota) == (True, (0,))
    assert verdict.warnings == (
        "program 'p0' lost positions to its even number, and 2 applicants would fill them now: "
        "a quota that was lowered stays lowered",
    )


def test_no_match_at_all_satisfies_a_program_that_asked_for_an_odd_number():
    market = parity_market(2, couples=[(0, 1, [(0, 0)])], people=0)
    outcome = run(market)
    assert (outcome.settled.primary.tolist(), outcome.stable) == ([-1, -1], True)
    assert judge(market, seats([-1, -1]), seats([-1, -1])).stable


def test_mcdermid_manlove_replaces_nobody_twice(examples):
    market = Market.from_lists(
        quota=[2], app_lists=[[0], [0], [], []], prog_lists=[[2, 0, 3, 1]], couples=[(2, 3, [(0, 0)])]
    )
    both_singles = (seats([0, 0, -1, -1]), seats([-1] * 4))
    assert judge(market, *both_singles, stability="rp").stable
    assert not judge(market, *both_singles, stability="mm").stable
    assert verify(read_market(examples / "d_same_program.json"), {"matching": {"s": "h"}}).stable
