"""The compiled engine gives what the reference gives: matching, quotas, loops and counts, whatever the market."""

import dataclasses

import numpy as np
import pytest

from matchday.match import InputProblem, Market
from matchday.match.compiled import settle
from matchday.match.reference import settle as settle_by_reference
from tests.bench.markets import Nation, national
from tests.bench.variations import varied
from tests.match.draw import small_market

SHAPES = {
    "singles": {"singles": 6, "couples": 0, "programs": 4},
    "couples": {"singles": 3, "couples": 2, "most": 6, "full": True},
    "couples that often loop": {"singles": 2, "couples": 3, "programs": 2, "most": 8, "full": True},
    "supplemental lists": {"singles": 5, "couples": 0, "programs": 5, "supplemental": 4, "full": True},
    "couples with supplemental lists": {"singles": 2, "couples": 2, "programs": 5, "supplemental": 4, "full": True},
    "reversions": {"couples": 1, "programs": 4, "reversions": 4, "full": True},
    "parity": {"couples": 2, "programs": 4, "parity": 0.6, "full": True},
    "one-sided lists": {"singles": 4, "couples": 2, "programs": 4, "supplemental": 2, "reversions": 2, "parity": 0.2},
    "everything": {
        "singles": 4, "couples": 2, "programs": 5, "most": 6,
        "supplemental": 3, "reversions": 2, "parity": 0.3, "full": True,
    },
}  # fmt: skip
DISTRICT = Nation(applicants=1_500, programs=160, entries=15_000)


def plain(settled):
    """A result as plain values, whichever engine gave it."""
    values = dataclasses.asdict(settled)
    return {name: list(map(int, v)) if hasattr(v, "__len__") else v for name, v in values.items()}


@pytest.mark.parametrize("stability", ["rp", "mm"])
@pytest.mark.parametrize("shape", SHAPES)
def test_small_markets_are_settled_as_by_the_reference(shape, stability):
    for seed in range(250):
        market = small_market(seed, **SHAPES[shape])
        ours = settle(market, seed=seed % 4, stability=stability)
        theirs = settle_by_reference(market, seed=seed % 4, stability=stability)
        assert plain(ours) == plain(theirs), (shape, seed)


def test_some_small_markets_loop_and_some_couples_are_given_up():
    settled = [settle(small_market(seed, **SHAPES["couples that often loop"])) for seed in range(250)]
    assert any(s.looped and not s.given_up for s in settled)
    assert any(s.given_up for s in settled)


@pytest.mark.parametrize(
    "links",
    [
        {},
        {"couples": 60},
        {"supplementals": 300},
        {"couples": 60, "supplementals": 300, "reversions": 30, "even": 20},
        {"couples": 300, "couple_lines": 60, "even": 40},
    ],
)
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_district_is_settled_as_by_the_reference(links, seed):
    market = Market.from_arrays(**varied(dataclasses.replace(DISTRICT, **links), seed=seed))
    assert plain(settle(market, seed=seed)) == plain(settle_by_reference(market, seed=seed))


def test_long_lists_take_wide_entries():
    """One program that ranks everybody and has many bitmap words; many programs, so that 32 bits do not suffice."""
    n, m = 3_000, 1 << 21
    market = Market.from_arrays(
        quota=np.r_[n // 3, np.zeros(m - 1)].astype(np.int32), app_ptr=np.arange(n + 1), app_pref=np.zeros(n, np.int32),
        prog_ptr=np.r_[0, np.full(m, n)], prog_pref=np.arange(n, dtype=np.int32)[::-1].copy(),
    )  # fmt: skip
    assert settle(market).primary.tolist() == [-1] * (n - n // 3) + [0] * (n // 3)


def test_arrays_that_may_not_be_written_are_taken():
    arrays = national(DISTRICT)
    expected = settle(Market.from_arrays(**arrays))
    for array in arrays.values():
        array.flags.writeable = False
    assert plain(settle(Market.from_arrays(**arrays))) == plain(expected)


@pytest.mark.parametrize("programs", [0, 2])
def test_a_market_without_applicants_is_settled(programs):
    market = Market.from_arrays(
        quota=np.ones(programs, np.int32), app_ptr=[0], app_pref=[], prog_ptr=[0] * (programs + 1), prog_pref=[]
    )
    assert plain(settle(market)) == plain(settle_by_reference(market))


def test_the_order_of_the_couples_follows_the_seed():
    market = Market.from_arrays(**varied(dataclasses.replace(DISTRICT, couples=300)))
    counts = {settle(market, seed=seed).proposals for seed in range(4)}
    assert len(counts) > 1


def test_without_a_folder_to_write_the_code_is_compiled_in_memory(monkeypatch):
    from matchday.match import kernel

    def no_folder(*, cache=False, **_options):
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return lambda function: function

    monkeypatch.setattr(kernel, "njit", no_folder)
    assert kernel.compiled(len) is len


@pytest.mark.parametrize("side", ["app", "prog"])
@pytest.mark.parametrize("size", [DISTRICT, Nation(applicants=10_000, programs=1_300, entries=120_000)])
def test_an_id_named_twice_is_found_in_markets_of_any_size(side, size):
    arrays = national(size)
    lengths = np.diff(arrays[f"{side}_ptr"])
    row = int(np.flatnonzero(lengths >= 4)[3])
    start, pref = arrays[f"{side}_ptr"][row], arrays[f"{side}_pref"]
    first, second = sorted(pref[start : start + 2].tolist())
    pref[start : start + 4] = [second, first, second, first]
    ids = ("applicants", f"a{row}", f"p{first}") if side == "app" else ("programs", f"p{row}", f"a{first}")
    with pytest.raises(InputProblem) as caught:
        Market.from_arrays(**arrays)
    assert caught.value.what == f"{ids[0]}.{ids[1]}: '{ids[2]}' stands twice on the list"
