"""The search of small markets: what was found, and when there is none to make."""

from matchday.match import Market, run
from matchday.match.search import search
from tests.match.draw import small_market


def test_what_every_sequence_missed_is_found():
    found = [seed for seed in range(2500) if run(small_market(seed, full=True)).searched == "found"]
    assert found
    outcome = run(small_market(found[0], full=True))
    assert outcome.stable is True
    assert outcome.loops[0]["given_up"] is False


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
