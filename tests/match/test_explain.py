"""Why this outcome: views of programs, near misses, first-year lists, couples and chains."""

from matchday.match import Market, run
from matchday.match.explain import Seats, explain, without
from tests.match.draw import small_market


def told(market, applicant, **options):
    settled = run(market).settled
    seats = Seats(settled.primary, settled.second, settled.quota.tolist())
    return explain(market, seats, applicant, engine="reference", seed=0, stability="rp", **options)


def test_each_line_says_what_the_program_had():
    market = Market.from_lists(
        quota=[1, 1, 1, 0, 2],
        app_lists=[[0, 3, 1, 2, 4], [0], [2]],
        prog_lists=[[1, 2, 0], [], [0, 2], [0], [0]],
    )
    lines = told(market, "a0")["lines"]
    assert [line["verdict"] for line in lines] == [
        "p0: full: the last match is rank 1, you are rank 3, 2 below",
        "p3: no positions",
        "p1: the program did not rank you",
        "matched",
        "not needed: a line above was reached",
    ]
    assert lines[0]["programs"] == [
        {
            "program": "p0", "would_take": False, "why": "full: the last match is rank 1, you are rank 3, 2 below",
            "your_rank": 3, "quota": 1, "final_quota": 1, "filled": 1, "rank_of_last_match": 1, "missed_by": 2,
        }
    ]  # fmt: skip
    assert lines[4]["programs"][0]["why"] == "2 of 2 positions are free"


def test_one_more_line_names_the_programs_that_would_have_taken_the_applicant():
    market = Market.from_lists(quota=[1, 1, 1, 1], app_lists=[[0], [0], [2]], prog_lists=[[1, 0], [0], [0, 2], [2]])
    more = told(market, "a0")["one_more_line"]
    assert [(line["applicant"], line["program"], line["why"]) for line in more] == [
        ("a0", "p1", "1 of 1 positions are free"),
        ("a0", "p2", "you are rank 1, above the last match (rank 2)"),
    ]


def test_a_program_on_a_supplemental_list_is_no_new_line():
    market = Market.from_lists(
        quota=[1, 1, 1],
        app_lists=[[0], [0]],
        prog_lists=[[0, 1], [0], [0]],
        supplemental=[(0, [0], [1, 2]), (1, [0], [1])],
    )
    story = told(market, "a0")
    assert story["one_more_line"] == []
    assert [(line["program"], line["matched"]) for line in story["first_year"]] == [("p1", True), ("p2", False)]
    assert story["match"] == {"programs": ["p0"], "first_year": ["p1"], "rank": 1}


def test_a_couple_is_told_by_pair():
    market = Market.from_lists(
        quota=[2, 1],
        app_lists=[[0], [], []],
        prog_lists=[[1, 0, 2], [1, 2]],
        couples=[(1, 2, [(0, 0), (-1, 1), (1, -1)])],
    )
    story = told(market, "a2")
    assert story["couple"] == ["a1", "a2"]
    assert [line["verdict"] for line in story["lines"]] == [
        "both would be taken one by one, not together",
        "matched",
        "not needed: a line above was reached",
    ]
    assert story["lines"][1]["programs"][0] == {"program": None, "would_take": True, "why": "no match asked for"}


def chain(market, applicant):
    story = told(market, applicant)
    return [(step["applicant"], step["takes"], step["from"]) for step in story["chain"]], story["chain_ends"]


def moves(market, applicant):
    return [(move["applicant"], move["from"], move["to"]) for move in told(market, applicant)["moves"]]


def test_the_chain_goes_from_one_displaced_applicant_to_the_next():
    market = Market.from_lists(quota=[1, 1, 1], app_lists=[[0], [0, 1], [1, 2]], prog_lists=[[0, 1], [1, 2], [2]])
    assert chain(market, "a0") == ([("a0", "p0", "a1"), ("a1", "p1", "a2"), ("a2", "p2", None)], True)
    assert moves(market, "a0") == [("a0", None, "p0"), ("a1", "p0", "p1"), ("a2", "p1", "p2")]


def test_a_chain_may_come_back_and_may_end_without_a_position():
    market = Market.from_lists(
        quota=[1, 1, 1], app_lists=[[1, 0], [0, 1], [2, 1, 0]], prog_lists=[[0, 1, 2], [1, 2, 0], []]
    )
    assert chain(market, "a2") == (
        [("a2", "p1", "a0"), ("a0", "p0", "a1"), ("a1", "p1", "a2"), ("a2", None, None)],
        True,
    )
    assert moves(market, "a2") == [("a0", "p1", "p0"), ("a1", "p0", "p1")]


def test_chains_of_singles_end_where_the_match_ends():
    for seed in range(60):
        market = small_market(seed, singles=6, couples=0, programs=4, full=seed % 2 == 0)
        story = told(market, "a0")
        last = {step["applicant"]: step["takes"] for step in story["chain"]}
        ends = {move["applicant"]: move["to"] for move in story["moves"]}
        assert story["chain_ends"]
        assert ends.items() <= last.items() | {("a0", None)}


def test_the_chain_stops_before_a_couple_moves():
    market = Market.from_lists(
        quota=[1, 1], app_lists=[[0], [], []], prog_lists=[[0, 1], [2]], couples=[(1, 2, [(0, 1), (-1, 1)])]
    )
    assert chain(market, "a0") == ([("a0", "p0", "a1")], False)
    assert moves(market, "a0") == [("a0", None, "p0"), ("a1", "p0", None)]
    assert chain(market, "a1") == ([], False)


def test_moves_by_way_of_a_reversion_are_told_too():
    market = Market.from_lists(
        quota=[1, 0], app_lists=[[0], [1]], prog_lists=[[0], [1]], reversions=[(0, 1, 1)]
    )  # fmt: skip
    assert moves(market, "a0") == [("a0", None, "p0"), ("a1", "p1", None)]


def test_somebody_left_out_keeps_the_number():
    market = Market.from_lists(
        quota=[1], app_lists=[[0], [0], [], []], prog_lists=[[0, 1, 2, 3]], couples=[(2, 3, [(0, -1)])]
    )
    assert without(market, (0,)).app_ptr.tolist() == [0, 0, 1, 1, 1]
    assert without(market.as_numpy(), (2, 3)).cpl_ptr.tolist() == [0, 0]
