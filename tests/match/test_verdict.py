"""Judging whole outcomes: documents that name the matching alone, and outcomes given as objects."""

import pytest

from matchday.match import InputProblem, Market, read_market, run, verify
from matchday.match.explain import seats_of
from matchday.match.json_form import from_document
from matchday.match.judge import Claims
from matchday.match.reference import settle
from matchday.match.results import document, read_outcome
from tests.match.draw import small_market

PARITY = {
    "programs": {"p0": {"quota": 1, "list": ["a0", "a1"]}, "p1": {"quota": 3, "list": ["a0", "a1"], "parity": "even"}},
    "applicants": {"a0": ["p1", "p0"], "a1": ["p0", "p1"]},
}


def bare(told):
    return {part: told[part] for part in ("matching", "supplemental")}


def test_a_matching_alone_is_judged_with_the_history_of_the_same_match():
    market = from_document(PARITY)
    told = document(run(market))
    assert (told["matching"], told["programs"]["p1"]["final_quota"]) == ({"a0": "p0", "a1": None}, 0)
    verdict = verify(market, bare(told))
    assert (verdict.stable, verdict.final_quota) == (True, (1, 0))
    primary, second, claims = read_outcome(market, bare(told))
    assert seats_of(market, primary, second, claims, "rp").quota == (1, 0)


@pytest.mark.parametrize("links", [{"parity": 1.0}, {"reversions": 4, "couples": 2}])
def test_every_stable_outcome_is_stable_without_its_quotas(links):
    for seed in range(150):
        market = small_market(seed, programs=4, full=True, **links)
        outcome = run(market, seed=seed % 3)
        told = {**bare(document(outcome)), "options": {"seed": seed % 3}}
        assert verify(market, told).stable is outcome.stable


def test_another_matching_gets_no_help():
    market = from_document(PARITY)
    assert verify(market, {"matching": {"a0": None, "a1": "p0"}}).stable is False


def test_false_claims_are_not_replaced_by_true_ones():
    market = from_document(PARITY)
    primary, second, _ = read_outcome(market, {"matching": {"a0": "p0"}})
    with_claims = Claims(None, {1: 3})
    assert seats_of(market, primary, second, with_claims, "rp").quota == (1, 2)


def test_an_outcome_is_judged_by_its_own_definition(examples):
    market = read_market(examples / "d_same_program.json")
    outcome = run(market)
    assert (verify(market, outcome).stable, verify(market, outcome, stability="mm").stable) == (True, False)
    other = run(market, stability="mm")
    assert verify(market, other).stable is verify(market, other, stability="mm").stable is other.stable is False
    assert verify(market, document(other)).blocking == other.blocking


def test_an_outcome_of_another_market_or_definition_is_refused():
    small = Market.from_lists(quota=[1], app_lists=[[0]], prog_lists=[[0]])
    large = Market.from_lists(quota=[1, 1], app_lists=[[0], [1]], prog_lists=[[0], [1]])
    with pytest.raises(InputProblem, match="1 applicants and 1 programs"):
        verify(large, run(small))
    with pytest.raises(InputProblem, match="stability 'zz'"):
        verify(small, run(small), stability="zz")


def test_the_final_quotas_of_an_outcome_are_those_of_its_verdict():
    """A couple that was given up can meet a parity request: then the engine's own quota is not the one that holds."""
    for seed in (100, 1598, 2146):
        market = small_market(seed, singles=2, couples=2, programs=3, parity=0.7, most=6, full=True)
        outcome = run(market)
        final = tuple(outcome.settled.quota.tolist())
        assert (outcome.stable, final) == (True, verify(market, outcome).final_quota)
        assert final != tuple(settle(market).quota.tolist())
        kernel = run(market, engine="kernel")
        assert (kernel.outcome_digest, tuple(kernel.settled.quota.tolist())) == (outcome.outcome_digest, final)
