"""Insertions into a solved market, scenarios on threads, and a market of a million."""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np

from matchday.match import Market, run_many, solve
from matchday.match.batch import Scenario
from tests.bench.compiled import library, singles_in_c
from tests.bench.markets import COUPLES, MILLION, NATIONAL, national
from tests.bench.table import Measured, Row, median, seconds, timed
from tests.bench.variations import varied

SCRIPT = Path(__file__).parents[1] / "million.py"
INSERTIONS, SCENARIOS, PAIRS = 10_000, 32, 15


def insertions() -> Measured:
    """10,000 of 50,000 are left out, the base is solved, each is inserted alone."""
    market = Market.from_arrays(**national(NATIONAL))
    who = np.random.default_rng(7).choice(NATIONAL.applicants, INSERTIONS, replace=False)
    base = solve(market, without=who, engine="kernel")
    spent = median(lambda: base.insert_many(who))
    linked = Market.from_arrays(**varied(COUPLES))
    few = np.setdiff1d(who, [linked.cpl_a, linked.cpl_b])[:200]
    other = solve(linked, without=few, engine="kernel")
    each = median(lambda: other.insert_many(few), 5) / len(few)
    return Measured(
        seconds(spent), "-", spent, f"with 1,200 couples, where most need a second run: {seconds(each)} each"
    )


def threads() -> Measured:
    """32 scenarios (2 % of the applicants left out) of one market; 1 and 2 threads in turn, with the market prepared.

    The C program for singles, run as often on as many threads in the same sitting, tells what the machine could give.
    """
    arrays = national(NATIONAL)
    market = Market.from_arrays(**arrays)
    rng = np.random.default_rng(8)
    some = [Scenario(without=rng.choice(NATIONAL.applicants, 1_000, replace=False)) for _ in range(SCENARIOS)]
    peer = library("singles")

    def ours(workers: int) -> None:
        run_many(market, some, workers=workers, engine="kernel")

    def compiled(workers: int) -> None:
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(lambda _: singles_in_c(peer, arrays), range(SCENARIOS)))

    value, median_of_pairs, one, two = _gain(ours, PAIRS)
    start = time.process_time()
    ours(1)
    alone = time.process_time()
    ours(2)
    extra = (time.process_time() - alone) / (alone - start)
    note = f"fastest of {PAIRS} each; median of the pairs {median_of_pairs:.2f} x; processor time on 2 against 1: {extra:.2f} x"
    column = f"C {_gain(compiled, 5)[0]:.2f}x" if peer else "-"
    return Measured(f"{seconds(one)}, then {seconds(two)}", column, value, note)


def _gain(work: Callable[[int], None], pairs: int) -> tuple[float, float, float, float]:
    """How much faster on 2 threads than on 1: fastest against fastest, median of pairs; the fastest on 1 and on 2."""
    work(1), work(2)
    spent = [(timed(lambda: work(1)), timed(lambda: work(2))) for _ in range(pairs)]
    one, two = (min(pair[i] for pair in spent) for i in range(2))
    return one / two, statistics.median(a / b for a, b in spent), one, two


@cache
def _million() -> dict[str, float]:
    """A process of its own: seconds of the match, and the peak memory of the whole process with its input."""
    with tempfile.TemporaryDirectory() as folder:
        for name, array in national(MILLION).items():
            np.save(Path(folder) / f"{name}.npy", array)
        done = subprocess.run([sys.executable, SCRIPT, folder], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def million_time() -> Measured:
    """Check, build, solve, result."""
    found = _million()
    note = f"12.5 million entries; without the check {seconds(found['unchecked'])}"
    return Measured(seconds(found["seconds"]), "-", found["seconds"], note)


def million_memory() -> Measured:
    """The most the process held, Python, numba and input arrays (105 MB) included."""
    found = _million()
    return Measured(f"{found['megabytes']:.0f} MB", "-", found["megabytes"])


ROWS = [
    Row("insert", "10,000 insertions into 50,000", 0.5, 0.05, "s", insertions),
    Row("threads", "32 scenarios, 2 threads against 1", 1.6, 1.9, "x", threads, more_is_better=True),
    Row("million", "1,000,000 singles", 3.0, 1.6, "s", million_time),
    Row("memory", "1,000,000 singles, peak", 1_000, 500, "MB", million_memory),
]
