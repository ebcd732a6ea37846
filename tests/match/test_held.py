"""Units given up hold their outcomes while all others are run: what is found so, and when nothing is tried."""

from matchday.match import Market, compiled, held, run, verify
from matchday.match.held import hold
from matchday.match.outcome import sequences_for
from matchday.match.reference import settle
from matchday.match.results import document
from tests.match.draw import small_market, town
from tests.match.test_kernel import plain

ASKED = {"singles": 2, "couples": 2, "programs": 3, "parity": 0.5, "most": 6, "full": True}
SEED = 583


def test_what_every_order_missed_beside_a_parity_request_is_found():
    market = small_market(SEED, **ASKED)
    assert settle(market).given_up
    outcome = run(market)
    assert (outcome.stable, outcome.searched, outcome.settled.given_up) == (True, "found", ())
    assert verify(market, document(outcome)).stable
    assert run(market, engine="kernel").outcome_digest == outcome.outcome_digest


def test_too_much_work_is_not_begun(monkeypatch):
    market = small_market(SEED, **ASKED)
    monkeypatch.setattr(held, "MOST_RUNS", 1)
    assert hold(market, settle(market), seed=0, stability="rp") is None
    monkeypatch.setattr(held, "WORK", 1)
    assert hold(market, settle(market), seed=0, stability="rp") is None


def test_a_run_that_ends_stable_without_the_unit_is_left_as_it_is():
    market = small_market(660, **ASKED)
    outcome = run(market)
    assert (outcome.stable, outcome.searched, bool(outcome.settled.given_up)) == (True, "quotas may change", True)


def test_where_nothing_is_found_the_outcome_says_what_was_not_tried():
    market = small_market(86, **ASKED)
    outcome = run(market)
    assert (outcome.stable, outcome.searched) == (False, "quotas may change")
    assert outcome.loops[0]["given_up"]


def test_in_a_town_the_unit_given_up_finds_its_place():
    market = town(545)
    settled = settle(market)
    assert plain(settled) == plain(compiled.settle(market))
    assert (len(settled.looped), len(settled.given_up)) == (120, 1)
    outcome = run(market)
    assert (outcome.stable, outcome.searched, outcome.loops[0]["given_up"]) == (True, "found", False)


def test_small_markets_with_many_links_get_more_sequences():
    couple = [[0, 0]]
    sizes = [(120, 10), (3_000, 10), (50_000, 10), (120, 3)]
    markets = [
        Market.from_lists(
            quota=[1],
            app_lists=[[]] * size,
            prog_lists=[[]],
            couples=[(2 * c, 2 * c + 1, couple) for c in range(links)],
        )
        for size, links in sizes
    ]
    assert [sequences_for(market) for market in markets] == [120, 40, 12, 12]
