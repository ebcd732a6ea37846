"""National markets against straightforward C programs at -O3, in one sitting, one in turn with the other."""

import numpy as np

from matchday.match import Market, run
from matchday.match.compiled import prepare
from tests.bench.compiled import library, pointers, singles_in_c
from tests.bench.markets import COUPLES, NATIONAL, national
from tests.bench.table import Measured, Row, in_turn, median, seconds
from tests.bench.variations import varied

WITHOUT_COMPILER = "no C compiler (gcc or cc) here: the peer was not measured"
CALLS = 15


def singles() -> Measured:
    """From arrays to the result array: check, build, solve."""
    arrays = national(NATIONAL)

    def ours() -> np.ndarray:
        return run(Market.from_arrays(**arrays), engine="kernel", verify=False).program_of

    def trusted() -> np.ndarray:
        return run(Market.from_arrays(**arrays, check=False), engine="kernel", verify=False).program_of

    peer = library("singles")
    if peer is None:
        return Measured(seconds(median(ours)), "-", None, WITHOUT_COMPILER)

    def compiled() -> np.ndarray:
        return singles_in_c(peer, arrays)

    unchecked, _, unchecked_ratio = in_turn(trusted, compiled, CALLS)
    mine, other, ratio = in_turn(ours, compiled, CALLS)
    if not np.array_equal(ours(), compiled()):
        raise AssertionError("the C program and the kernel disagree")
    note = f"without the check for ids named twice (check=False) {seconds(unchecked)}, {unchecked_ratio:.2f} x"
    return Measured(seconds(mine), f"C {seconds(other)}", ratio, note)


def couples() -> Measured:
    """Solve only: ranks and tables are prepared on both sides."""
    arrays = varied(COUPLES)
    market = Market.from_arrays(**arrays)
    prepared = prepare(market)
    tables = prepared.tables
    peer = library("couples")
    if peer is None:
        return Measured(seconds(median(prepared.settle)), "-", None, WITHOUT_COMPILER)
    n, m, c = market.n_applicants, market.n_programs, market.n_couples
    lists = [market.quota, market.app_ptr, _entries(tables.entry, tables.shift), market.prog_ptr, market.prog_pref]
    joint = [market.cpl_a, market.cpl_b, market.cpl_ptr, _entries(tables.cpl_entry.ravel(), tables.shift)]
    theirs = np.empty(n, np.int32)

    def compiled() -> None:
        peer.match_couples(n, m, c, *pointers(*lists, *joint, theirs))

    mine, other, ratio = in_turn(prepared.settle, compiled, CALLS)
    primary = prepared.settle().primary
    note = f"{(primary != theirs).sum()} applicants placed differently (the order of processing can matter)"
    return Measured(seconds(mine), f"C {seconds(other)}", ratio, note)


def _entries(entry: np.ndarray, shift: int) -> np.ndarray:
    """Packed entries as the C program takes them: program and rank, -1 where there is none."""
    wide = entry.astype(np.int64)
    unlisted = (1 << shift) - 1
    rank = np.where((wide < 0) | (wide & unlisted == unlisted), -1, wide & unlisted)
    return np.stack([wide >> shift, rank], axis=1).astype(np.int32)


ROWS = [
    Row("singles", "50,000 singles, from arrays", 1.8, 1.2, "x", singles),
    Row("couples", "the same, 1,200 couples, solve", 3.0, 1.6, "x", couples),
]
