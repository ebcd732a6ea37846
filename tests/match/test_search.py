"""The search of small markets: what was found, and when there is none to make."""

from matchday.match import Market, run, verify
from matchday.match.results import document
from matchday.match.search import search
from tests.match.draw import small_market


def test_what_every_sequence_missed_is_found():
    runs = (run(small_market(seed, full=True)) for seed in range(2500))
    outcome = next(outcome for outcome in runs if outcome.searched == "found")
    assert outcome.stable is True
    assert outcome.loops[0]["given_up"] is False


REVERTED = {"singles": 2, "couples": 2, "programs": 3, "supplemental": 1, "reversions": 3, "most": 6, "full": True}


def test_every_number_of_positions_moved_is_tried():
    """In each of these markets every order looped although brute force knows a stable matching."""
    for seed in (34, 110, 344, 922, 1470, 1710):
        market = small_market(seed, **REVERTED)
        outcome = run(market)
        assert (outcome.stable, outcome.searched, outcome.settled.given_up) == (True, "found", ())
        assert verify(market, document(outcome)).stable
        assert run(market, engine="kernel").outcome_digest == outcome.outcome_digest


def test_a_couple_that_lives_on_a_reversion_is_found():
    couple = (0, 1, [(0, 0), (1, 1), (0, 1), (-1, 0)])
    market = Market.from_lists(
        quota=[1, 1], app_lists=[[], []], prog_lists=[[1, 0], [0, 1]], couples=[couple], kind=[2, 1],
        supplemental=[(0, [0], [1])], reversions=[(1, 0, 1)],
    )  # fmt: skip
    outcome = run(market)
    assert (outcome.stable, outcome.program_of.tolist(), outcome.final_quota.tolist()) == (True, [0, 0], [2, 0])


def test_quotas_that_may_change_are_not_searched():
    market = small_market(1, reversions=2, parity=1.0)
    assert search(market, "rp") == ("quotas may change", None)


def test_a_large_market_is_not_searched():
    lines = [(p, q) for p in range(30) for q in range(30)]
    market = Market.from_lists(
        quota=[1] * 30, app_lists=[[]] * 4, prog_lists=[[0, 1, 2, 3]] * 30, couples=[(0, 1, lines), (2, 3, lines)]
    )
    assert search(market, "rp") == ("too large", None)


def test_lines_that_a_program_refuses_outright_are_left_out():
    market = Market.from_lists(
        quota=[1, 1], app_lists=[[0, 1], [], []], prog_lists=[[1, 0], [0, 2]], couples=[(1, 2, [(1, 1), (0, 1)])]
    )
    assert search(market, "rp") == ("none exists", None)
