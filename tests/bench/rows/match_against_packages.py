"""10,000 singles against the packages `matching` and `algmatch`, construct and solve, in their own environment."""

import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from matchday.match import Market, run
from tests.bench.markets import Nation, national
from tests.bench.table import Measured, Row, median, seconds

TOWN = Nation(applicants=10_000, programs=1_320, entries=124_800)
PYTHON = Path(".venv-bench/bin/python")
SCRIPT = Path(__file__).parents[1] / "packages.py"


def against_packages() -> Measured:
    """Ours: median of 11. The packages take tens of seconds, so each is run once."""
    arrays = national(TOWN)

    def ours() -> np.ndarray:
        return run(Market.from_arrays(**arrays), engine="kernel", verify=False).program_of

    mine = median(ours, 11)
    if not PYTHON.exists():
        return Measured(seconds(mine), "-", None, f"no {PYTHON}: `make bench` makes it; the packages were not measured")
    rows = {"residents": _lists(arrays, "app"), "hospitals": _lists(arrays, "prog")}
    rows["quota"] = {p: int(arrays["quota"][p]) for p in rows["hospitals"]}  # they refuse a program without a list
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "lists.json"
        file.write_text(json.dumps(rows))
        done = subprocess.run([PYTHON, SCRIPT, file], check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)
    match = {str(a): str(p) for a, p in enumerate(ours().tolist()) if p >= 0}
    for name, peer in found.items():
        if peer["match"] != match:
            raise AssertionError(f"{name} and the kernel disagree")
    fastest = min(peer["seconds"] for peer in found.values())
    peers = ", ".join(f"{name} {seconds(peer['seconds'])}" for name, peer in found.items())
    versions = ", ".join(f"{name} {peer['version']}" for name, peer in found.items())
    return Measured(
        seconds(mine), peers, fastest / mine, f"{versions}; each run once; the value is against the faster one"
    )


def _lists(arrays: dict[str, np.ndarray], side: str) -> dict[int, list[int]]:
    ptr, pref = arrays[f"{side}_ptr"], arrays[f"{side}_pref"].tolist()
    return {i: pref[ptr[i] : ptr[i + 1]] for i in range(len(ptr) - 1) if ptr[i] < ptr[i + 1]}


ROWS = [Row("packages", "10,000 singles, construct + solve", 2_000, 5_000, "x", against_packages, more_is_better=True)]
