"""The worked examples of the specification, A to G."""

import pytest

from matchday.match import read_market, run
from matchday.match.results import document
from tests.match.brute import Small

RESULTS = {
    "a_nrmp": {"Arthur": "City", "Sunny": "Mercy", "Joseph": "General", "Latha": "General", "Darrius": "City"},
    "b_gale_shapley": {"a": "A", "b": "B", "c": "C"},
    "d_same_program": {"s": "h", "a": None, "b": None},
    "e_own_seats": {"a": "g", "b": "h"},
    "f_supplemental": {"a": None, "b": "Adv", "c": "Pre"},
    "g_reversion": {"a": "D", "b": "R", "c": "R", "d": None},
}


@pytest.mark.parametrize("name", RESULTS)
def test_the_result_is_that_of_the_specification(examples, name):
    outcome = run(read_market(examples / f"{name}.json"))
    assert document(outcome)["matching"] == RESULTS[name]
    assert (outcome.stable, outcome.blocking, outcome.loops) == (True, (), [])


def test_an_applicant_without_the_program_loses_the_first_year_too(examples):
    assert document(run(read_market(examples / "f_supplemental.json")))["supplemental"] == {"a": None}


def test_a_reverted_position_is_told(examples):
    told = document(run(read_market(examples / "g_reversion.json")))
    assert told["reversions"] == [{"donor": "D", "receiver": "R", "max": 1, "moved": 1}]
    assert told["programs"]["R"] == {"quota": 1, "final_quota": 2, "matched": ["b", "c"]}
    assert told["programs"]["D"] == {"quota": 2, "final_quota": 1, "matched": ["a"]}


def test_what_has_no_stable_matching_says_so_with_who_looped_and_what_blocks(examples):
    told = document(run(read_market(examples / "c_no_stable_matching.json")))
    assert told["matching"] == {"s": "h1", "x": None, "y": None}
    assert (told["stable"], told["searched"]) == (False, "none exists")
    assert told["blocking"] == [{"kind": "couple", "applicants": ["x", "y"], "programs": ["h1", "h2"], "rank": 1}]
    assert told["loops"] == [{"applicants": ["x", "y"], "times": 12, "given_up": True}]


def test_the_two_definitions_differ_on_both_partners_at_one_program(examples):
    market = read_market(examples / "d_same_program.json")
    assert run(market, stability="rp").stable is True
    other = run(market, stability="mm")
    assert (other.stable, other.searched) == (False, "none exists")


def test_three_stable_matchings_of_gale_and_shapley(examples):
    stable = Small(read_market(examples / "b_gale_shapley.json")).all_stable()
    assert {primary for primary, _ in stable} == {(0, 1, 2), (2, 0, 1), (1, 2, 0)}


def test_own_positions_make_both_orders_stable(examples):
    stable = Small(read_market(examples / "e_own_seats.json")).all_stable()
    assert {primary for primary, _ in stable} == {(0, 1), (1, 0)}
