"""The judge at national size, a cold command, and twenty national markets with every variation."""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from matchday.match import Market, run, verify
from tests.bench.markets import NATIONAL, VARIATIONS, Nation, national
from tests.bench.table import Measured, Row, median, seconds
from tests.bench.variations import varied

SEEDS = 20
COLD = Nation(applicants=1_000, programs=132, entries=12_480)


def judging() -> Measured:
    """`verify` of an outcome of 50,000 singles."""
    market = Market.from_arrays(**national(NATIONAL))
    outcome = run(market, engine="kernel", verify=False)
    spent = median(lambda: verify(market, outcome))
    linked = Market.from_arrays(**varied(VARIATIONS))
    other = run(linked, engine="kernel", verify=False)
    return Measured(
        seconds(spent), "-", spent, f"with every variation {seconds(median(lambda: verify(linked, other), 5))}"
    )


def cold() -> Measured:
    """`matchday match run` on a JSON file, a new process each time, from start to exit."""
    command = shutil.which("matchday", path=str(Path(sys.executable).parent))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "market.json"
        file.write_text(json.dumps(_document(national(COLD))))
        call = [str(command), "match", "run", str(file), "--json"]
        spent = median(lambda: subprocess.run(call, check=True, capture_output=True), 9)
    return Measured(seconds(spent), "-", spent)


def _document(arrays: dict[str, np.ndarray]) -> dict[str, object]:
    def rows(side: str, letter: str) -> list[list[str]]:
        ptr, pref = arrays[f"{side}_ptr"], arrays[f"{side}_pref"].tolist()
        return [[f"{letter}{i}" for i in pref[ptr[k] : ptr[k + 1]]] for k in range(len(ptr) - 1)]

    lists = zip(arrays["quota"].tolist(), rows("prog", "a"), strict=True)
    return {
        "programs": {f"p{i}": {"quota": quota, "list": row} for i, (quota, row) in enumerate(lists)},
        "applicants": {f"a{i}": row for i, row in enumerate(rows("app", "p"))},
    }


def variations() -> Measured:
    """Twenty markets and seeds: couples given up, and what the judge finds blocking."""
    given_up = blocking = looped = 0
    for seed in range(SEEDS):
        outcome = run(Market.from_arrays(**varied(VARIATIONS, seed=seed)), engine="kernel", seed=seed)
        given_up += len(outcome.settled.given_up)
        looped += len(outcome.settled.looped)
        blocking += len(outcome.blocking) + (not outcome.stable)
    note = f"{SEEDS} markets; loops met and resolved by another order: {looped}"
    return Measured(f"{given_up} given up; {blocking} blocking", "-", given_up + blocking, note)


ROWS = [
    Row("judge", "verify 50,000", 0.1, 0.005, "s", judging),
    Row("cold", "match run, 1,000-applicant JSON", 1.5, 0.4, "s", cold),
    Row("variations", "all variations, 20 seeds", 0, None, "", variations),
]
