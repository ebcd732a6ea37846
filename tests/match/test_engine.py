"""Choosing the engine, and what an outcome carries."""

from array import array
from dataclasses import replace

import numpy as np
import pytest

from matchday.match import Market, engine, read_market, run
from matchday.match.reference import settle
from matchday.match.validate import Refused
from matchday.terms import InputProblem
from tests.match.draw import small_market
from tests.match.test_market import BASE

SMALL = Market.from_lists(quota=[1], app_lists=[[0], [0]], prog_lists=[[1, 0]])


def test_the_arrays_of_an_outcome_are_int32_in_input_order():
    outcome = run(SMALL)
    for values, expected in (
        (outcome.program_of, [-1, 0]),
        (outcome.supplemental_of, [-1, -1]),
        (outcome.final_quota, [1]),
    ):
        assert (values.dtype, values.tolist()) == (np.dtype(np.int32), expected)


def test_without_the_judge_there_is_no_verdict_and_no_digest():
    outcome = run(SMALL, verify=False)
    assert (outcome.stable, outcome.input_digest, outcome.outcome_digest) == (None, "", "")
    assert outcome.counts["matched"] == 1


@pytest.mark.parametrize(
    "option", [{"engine": "abacus"}, {"stability": "very"}, {"seed": 1.5}, {"seed": "a"}, {"seed": -1}]
)
def test_unknown_options_are_refused(option):
    with pytest.raises(InputProblem):
        run(SMALL, **option)


def test_any_kind_of_whole_number_is_a_seed():
    market = small_market(3, couples=3)
    assert run(market, seed=np.int64(3)).outcome_digest == run(market, seed=3).outcome_digest


def test_without_a_compiler_the_plain_engine_does_everything(monkeypatch):
    monkeypatch.setattr(engine, "find_spec", lambda name: None)
    monkeypatch.setattr(engine, "ENTRIES_WORTH_COMPILING", 1)
    assert run(SMALL).stable is True
    with pytest.raises(InputProblem, match="needs numba"):
        run(SMALL, engine="kernel")


def test_an_engine_that_breaks_its_own_rules_does_not_get_away_with_it(monkeypatch):
    def broken(market, **options):
        return replace(settle(market), primary=array("i", [0, 0]))

    monkeypatch.setattr(engine, "engine_for", lambda market, name: broken)
    with pytest.raises(AssertionError, match="2 matches for 1 positions"):
        run(SMALL)


def test_digests_change_with_the_input_the_options_and_nothing_else(examples):
    market = read_market(examples / "a_nrmp.json")
    first, again = run(market), run(market.as_numpy())
    assert (first.input_digest, first.outcome_digest) == (again.input_digest, again.outcome_digest)
    assert run(market, seed=1).outcome_digest != first.outcome_digest
    assert run(replace(market, quota=array("i", [2, 2, 1]))).input_digest != first.input_digest
    assert run(SMALL).input_digest.startswith("sha256:")


def test_donors_that_somebody_wants_back_are_counted():
    """The position of p0 goes to p1; then the couple drives c1 from p2, who would have taken p0."""
    counts = [run(small_market(s, reversions=2, couples=1, full=True)).counts["donors_wanted_back"] for s in range(300)]
    assert max(counts) >= 1


def test_a_market_of_trusted_arrays_is_not_searched_for_repeats():
    arrays = {name: np.array(values) for name, values in BASE.items()}
    arrays["app_pref"] = np.array([0, 0, 1, 0])
    assert Market.from_arrays(**arrays, check=False).n_applicants == 4
    with pytest.raises(Refused, match="app_ids: 1 identifiers"):
        Market.from_arrays(**{name: np.array(values) for name, values in BASE.items()}, app_ids=["a"])
