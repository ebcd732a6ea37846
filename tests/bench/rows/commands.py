"""Cold commands and the speed of the rules: what a person waits for."""

import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from tests.bench.table import Measured, Row, median, seconds
from tests.strategies import EXAMPLES

COMMAND = Path(sys.executable).parent / "matchday"
ON = ["--on", "2026-11-22"]
AMINA = next(str(path) for path in EXAMPLES if path.stem == "amina")
# A sentence with something to judge and one without; some 100 kB of them.
GUIDE = "You must pass Step 1, Step 2 CK and Step 2 CS.\nPrepare well and read about the hospital.\n" * 1_150


def cold(*arguments: str, text: str | None = None) -> Measured:
    """Median wall seconds of ten runs of the command, each in a new process."""

    def run() -> None:
        subprocess.run([COMMAND, *arguments], input=text, text=True, capture_output=True, check=True)

    found = median(run, times=10)
    return Measured(seconds(found), "-", found, "a new process each time, median of 10")


def guide() -> Measured:
    """The guide command on 100 kB of text."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write(GUIDE)
        file.flush()
        return cold("guide", file.name, "--json")


def load_rules() -> Measured:
    """Reading every rule, in a process that has read none."""
    code = "import time; from matchday.rules.load import rules; t = time.perf_counter(); rules(); print(time.perf_counter() - t)"
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(10)]
    found = sorted(float(run.stdout) for run in runs)[5]
    return Measured(seconds(found), "-", found, "median of 10 processes")


def ten_thousand() -> Measured:
    """10,000 dossiers checked in one process on one core, counted in processor time; the made-up people in turn."""
    from matchday.dossier.file import read
    from matchday.rules import check

    people = [read(path) for path in EXAMPLES]
    for person in people:
        check(person, date(2026, 11, 22))
    start = time.process_time()
    for number in range(10_000):
        check(people[number % len(people)], date(2026, 11, 22))
    found = time.process_time() - start
    return Measured(seconds(found), "-", found, "processor seconds of one run")


ROWS = [
    Row("help", "cold `matchday --help`", 0.2, None, "s", lambda: cold("--help")),
    Row("check", "cold `matchday check`", 0.6, None, "s", lambda: cold("check", AMINA, *ON)),
    Row("plan", "cold `matchday plan` with its draws", 1.0, None, "s", lambda: cold("plan", AMINA, *ON)),
    Row("guide", "cold `matchday guide` on 100 kB", 0.6, None, "s", guide),
    Row("rules", "rules data loaded", 0.1, None, "s", load_rules),
    Row("dossiers", "10,000 dossiers checked", 20, None, "s", ten_thousand),
]
