"""Honesty pays: in a market of singles no change of a list gives more. Each changed list is run, none is assumed."""

import pytest

from matchday.match import Market, run
from matchday.match.honesty import Change, Trials, Tried, changes, list_of, place_of, trials, unit_of, with_list
from tests.match.draw import small_market

LINES = [(0,), (1,), (2,)]


def test_every_swap_every_omission_and_every_shortening_is_tried():
    tried = [change.of(LINES) for change in changes(3)]
    assert tried == [
        [(1,), (0,), (2,)], [(0,), (2,), (1,)],
        [(1,), (2,)], [(0,), (2,)], [(0,), (1,)],
        [(0,)],
        [(2,), (1,), (0,)],
    ]  # fmt: skip


def test_no_change_of_any_single_list_ever_gives_more():
    """The theorem of Dubins and Freedman, on 1,000 lists."""
    lists = 0
    for seed in range(200):
        market = small_market(seed, singles=5, couples=0, programs=4, most=4, full=seed % 2 == 0)
        for a in range(market.n_applicants):
            lists += 1
            assert trials(market, (a,), list_of(market, (a,))).count(True) == 0, (seed, a)
    assert lists == 1000


def test_who_gets_the_first_choice_cannot_get_more():
    market = Market.from_lists(quota=[1, 1], app_lists=[[0, 1], [1, 0]], prog_lists=[[1, 0], [0, 1]])
    found = trials(market, (0,), list_of(market, (0,)))
    assert (found.honest, found.count(True), found.possible) == (0, 0, 3)


def test_a_changed_list_is_the_only_thing_that_changes():
    market = small_market(3, couples=1)
    unit = unit_of(market, int(market.cpl_b[0]))
    assert unit == (int(market.cpl_a[0]), int(market.cpl_b[0]))
    changed = with_list(market, unit, [(0, 1), (-1, 2)])
    assert list_of(changed, unit) == [(0, 1), (-1, 2)]
    assert [list_of(changed, (a,)) for a in range(4)] == [list_of(market, (a,)) for a in range(4)]


def test_a_couple_can_be_tried_too():
    market = small_market(8, couples=1, full=True)
    unit = unit_of(market, int(market.cpl_a[0]))
    found = trials(market, unit, list_of(market, unit))
    assert len(found.tried) == found.possible


@pytest.mark.parametrize("seed", range(20))
def test_the_place_is_that_of_the_match(seed):
    market = small_market(seed, singles=4, couples=0)
    lines = list_of(market, (0,))
    got = (int(run(market, engine="reference").program_of[0]),)
    assert place_of(market, (0,), lines, lines) == (lines.index(got) if got in lines else None)


def test_a_large_market_is_tried_in_part_and_says_how_many_there_are():
    size = 400
    rows = [[(a + i) % 50 for i in range(50)] for a in range(size)]
    market = Market.from_lists(quota=[8] * 50, app_lists=rows, prog_lists=[list(range(size))] * 50)
    found = trials(market, (0,), list_of(market, (0,)))
    assert (len(found.tried), found.possible) == (7, 49 + 50 + 48 + 1176)


def test_counts_tell_more_less_and_the_same():
    change = Change("without", 0)
    found = Trials(1, (Tried(change, 1, False), Tried(change, None, False), Tried(change, 0, True)), 3)
    assert (found.count(True), found.count(False), found.count(None)) == (1, 1, 1)
