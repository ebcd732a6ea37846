"""What is proved of the match, as properties of drawn markets."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from matchday.match import Market, run
from matchday.match.explain import without
from matchday.match.validate import warnings_of
from tests.match.brute import Small
from tests.match.draw import small_market

seeds = st.integers(0, 10_000)
few = settings(max_examples=60, deadline=None)


def lists_of(market, a):
    return [*market.app_pref[market.app_ptr[a] : market.app_ptr[a + 1]].tolist(), -1]


def singles(seed, people=5):
    return small_market(seed, singles=people, couples=0, programs=4, full=seed % 2 == 0)


@few
@given(seeds)
def test_rural_hospitals(seed):
    market = singles(seed)
    stable = Small(market).all_stable()
    filled = {tuple(sorted(primary).count(p) for p in range(4)) for primary, _ in stable}
    unmatched = {tuple(p == -1 for p in primary) for primary, _ in stable}
    assert len(filled) == len(unmatched) == 1
    for p in range(4):
        if next(iter(filled))[p] < market.quota[p]:
            assert len({tuple(a for a in range(5) if primary[a] == p) for primary, _ in stable}) == 1


@few
@given(seeds)
def test_programs_get_the_stable_matching_they_like_least(seed):
    market = singles(seed)
    best = run(market).settled.primary.tolist()
    for primary, _ in Small(market).all_stable():
        for p in range(4):
            rank = market.prog_pref[market.prog_ptr[p] : market.prog_ptr[p + 1]].tolist().index
            ours = sorted(rank(a) for a in range(5) if best[a] == p)
            theirs = sorted(rank(a) for a in range(5) if primary[a] == p)
            assert all(x >= y for x, y in zip(ours, theirs, strict=True))


@few
@given(seeds)
def test_adding_an_applicant_helps_no_other(seed):
    market = singles(seed)
    alone = run(without(market, (seed % 5,))).settled.primary.tolist()
    together = run(market).settled.primary.tolist()
    for a in {*range(5)} - {seed % 5}:
        assert lists_of(market, a).index(together[a]) >= lists_of(market, a).index(alone[a])


@few
@given(seeds)
def test_one_more_position_hurts_nobody_and_no_program_takes_worse_people_than_it_refuses(seed):
    market = singles(seed)
    lists = {"app_lists": [lists_of(market, a)[:-1] for a in range(5)], "prog_lists": Small(market).programs}
    quota = market.quota.tolist()
    quota[seed % 4] += 1
    before, after = run(market).settled.primary, run(Market.from_lists(quota=quota, **lists)).settled.primary
    for a in range(5):
        assert lists_of(market, a).index(after[a]) <= lists_of(market, a).index(before[a])


def relabelled(market, seed):
    """The same market with applicants and programs in another order, and the two orders."""
    rng = Random(seed)
    people, places = list(range(market.n_applicants)), list(range(market.n_programs))
    rng.shuffle(people)
    rng.shuffle(places)
    small, new_a, new_p = Small(market), {a: i for i, a in enumerate(people)}, {p: i for i, p in enumerate(places)}
    made = Market.from_lists(
        quota=[market.quota[p] for p in places],
        app_lists=[[new_p[p] for p in small.lists[a]] for a in people],
        prog_lists=[[new_a[a] for a in small.programs[p]] for p in places],
    )
    return made, people, new_p


@few
@given(seeds)
def test_other_names_and_another_order_change_nothing_for_singles(seed):
    market = singles(seed)
    other, people, new_p = relabelled(market, seed)
    plain, mixed = run(market).settled, run(other).settled
    assert [new_p.get(plain.primary[a], -1) for a in people] == mixed.primary.tolist()
    assert plain.proposals == mixed.proposals


@few
@given(seeds, st.integers(1, 2**64))
def test_the_seed_changes_nothing_for_singles(seed, other):
    market = singles(seed)
    assert run(market).settled == run(market, seed=other).settled


@few
@given(seeds, st.integers(0, 50), st.sampled_from(["rp", "mm"]))
def test_a_small_market_gets_a_stable_matching_whenever_there_is_one(seed, order, stability):
    market = small_market(seed, singles=2, couples=2, programs=3, supplemental=seed % 3, full=True)
    outcome = run(market, seed=order, stability=stability)
    assert outcome.stable == bool(Small(market).all_stable(stability))


@few
@given(seeds)
def test_entries_that_one_side_lists_change_nothing(seed):
    market = small_market(seed, singles=4, couples=1)
    small = Small(market)
    mutual = Market.from_lists(
        quota=small.quota,
        app_lists=[[p for p in row if a in small.programs[p]] for a, row in enumerate(small.lists)],
        prog_lists=small.programs,
        couples=[(a, b, lines) for (a, b), lines in small.couples],
    )
    assert run(mutual).settled.primary == run(market).settled.primary
    assert all("applicants are not listed" not in warning or small.couples for warning in warnings_of(mutual))
