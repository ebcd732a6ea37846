"""Made-up markets around a list: valid, the same for the same seed, with something to see."""

from matchday.match import run
from matchday.match.json_form import from_document
from matchday.match.made import PARTNER, YOU, joint, made_market

WANTED = ["City", "Lake", "Mercy", "Harbor", "Valley"]


def test_you_list_what_you_want_and_every_program_ranks_you():
    made = made_market(WANTED, 1)
    assert made["applicants"][YOU] == WANTED
    assert all(YOU in program["list"] for program in made["programs"].values())


def test_the_same_seed_gives_the_same_market():
    assert made_market(WANTED, 7) == made_market(WANTED, 7) != made_market(WANTED, 8)


def test_what_comes_out_differs_from_market_to_market():
    """First choices, lower choices and no match at all: there is something to see."""
    got = {run(from_document(made_market(WANTED, seed)), engine="reference").program_of[0] for seed in range(30)}
    assert len(got) >= 4


def test_a_couple_ranks_pairs_and_has_no_list_of_its_own():
    made = made_market(WANTED, 1, pairs=joint(WANTED))
    assert made["couples"][0]["members"] == [YOU, PARTNER]
    assert YOU not in made["applicants"]
    market = from_document(made)
    assert run(market, engine="reference").stable is not None


def test_the_joint_list_begins_with_the_best_for_both_and_ends_with_one_alone():
    pairs = joint(WANTED)
    assert pairs[:3] == [("City", "City"), ("City", "Lake"), ("Lake", "City")]
    assert pairs[-2:] == [("City", None), (None, "City")]
    assert len(pairs) == len(set(pairs)) == 20


def test_a_long_list_gets_numbered_people():
    made = made_market([f"P{i}" for i in range(30)], 1)
    assert "Person 30" in made["applicants"]
