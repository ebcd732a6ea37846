"""Inserting one applicant into a solved base gives what a full run of the market with that applicant gives."""

from dataclasses import replace

import numpy as np
import pytest

from matchday.match import InputProblem, Market, run, solve, solved
from matchday.match.reference import settle
from tests.bench.markets import Nation
from tests.bench.variations import varied
from tests.match.draw import small_market
from tests.match.test_kernel import SHAPES, plain

DISTRICT = Nation(applicants=1_500, programs=160, entries=15_000)
ENGINES = ["reference", "kernel"]


def full_runs(market, without, who, **options):
    """The program of each of `who` by a full run without the others of `without`."""
    found = []
    for a in who:
        partners = [m for pair in zip(market.cpl_a, market.cpl_b, strict=True) if a in pair for m in pair]
        absent = solved.absent_in(market, without)
        absent[[a, *partners]] = False
        found.append(settle(solved.part_of(market, absent), **options).primary[a])
    return found


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("shape", SHAPES)
def test_every_insertion_is_that_of_a_full_run(shape, engine):
    for seed in range(40):
        market = small_market(seed, **SHAPES[shape]).as_numpy()
        without = [a for a in range(market.n_applicants) if (a + seed) % 3 == 0]
        base = solve(market, without=without, engine=engine, seed=seed)
        everybody = range(market.n_applicants)
        assert base.insert_many(everybody).tolist() == full_runs(market, without, everybody, seed=seed), seed


@pytest.mark.parametrize(
    "links", [{}, {"couples": 4}, {"couples": 20}, {"supplementals": 60}, {"couples": 4, "even": 9}]
)
def test_insertions_into_a_district_are_those_of_full_runs(links):
    market = Market.from_arrays(**varied(replace(DISTRICT, **links), seed=3))
    without = list(range(0, 1_500, 10))
    base = solve(market, without=without, engine="kernel")
    before = base.program_of.copy()
    assert base.insert_many(without[:40]).tolist() == full_runs(market, without, without[:40])
    assert base.program_of.tolist() == before.tolist()
    assert base.insert_many(without[:40]).tolist() == base.insert_many(np.array(without[:40])).tolist()


def test_chains_are_used_with_couples_when_nothing_was_disturbed():
    """Four couples among 1,500: insertions that displace none of them need no second run."""
    market = Market.from_arrays(**varied(replace(DISTRICT, couples=4), seed=3))
    without = list(range(0, 1_500, 10))
    base = solve(market, without=without, engine="kernel")
    singles = np.setdiff1d(without, [market.cpl_a, market.cpl_b])
    assert (base._by_chains(singles) >= -1).mean() > 0.9


def test_the_length_of_a_chain_is_not_limited(monkeypatch):
    monkeypatch.setattr(solved, "MEMORY", 1)
    market = Market.from_arrays(**varied(DISTRICT))
    base = solve(market, without=range(100), engine="kernel")
    monkeypatch.undo()
    assert base.insert_many(range(100)).tolist() == full_runs(market, range(100), range(100))


@pytest.mark.parametrize("engine", ENGINES)
def test_an_insertion_gives_the_whole_outcome(engine):
    market = small_market(5, **SHAPES["everything"]).as_numpy()
    base = solve(market, without=[1, 4], engine=engine)
    for a in (1, 4, 0):
        outcome = base.insert(a)
        assert plain(outcome.settled) == plain(run(outcome.market, engine="reference", verify=False).settled)
        assert outcome.program_of[a] == base.insert_many([a])[0]


def test_applicants_are_named_by_number_or_identifier():
    market = Market.from_lists(
        quota=[1], app_lists=[[0], [0]], prog_lists=[[1, 0]], app_ids=["Ana", "Ben"], prog_ids=["City"]
    )
    base = solve(market, without=["Ben"])
    assert base.program_of.tolist() == [0, -1]
    assert base.insert("Ben").program_of.tolist() == [-1, 0]
    assert base.insert_many([1, 0]).tolist() == [0, 0]


@pytest.mark.parametrize("unknown", ["Cleo", 2, -1])
def test_an_unknown_applicant_is_refused(unknown):
    market = Market.from_lists(quota=[1], app_lists=[[0], [0]], prog_lists=[[1, 0]], app_ids=["Ana", "Ben"])
    with pytest.raises(InputProblem, match="no applicant"):
        solve(market, without=[unknown])


@pytest.mark.parametrize("who", [[0.5], [True, False], np.array([True, False]), [[0], [1]], [1, "a"]])
def test_applicants_named_by_anything_else_are_refused(who):
    market = Market.from_lists(quota=[1], app_lists=[[0], [0]], prog_lists=[[0, 1]])
    with pytest.raises(InputProblem):
        solve(market, without=who)
    with pytest.raises(InputProblem):
        solve(market).insert_many(who)
