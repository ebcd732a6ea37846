"""The directory: import of 66,000 program-years (time, memory), and how rightly tracks are joined to programs."""

import csv
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.bench.table import Measured, Row, seconds, timed

YEARS = 66_490
TRACKS = 8_768
LETTERS = "CCCCCPAR"
SPECIALTIES = ("120", "140", "400", "440", "110", "220", "320", "260", "999", "040", "420", "300")


def _program_years() -> Iterator[tuple[object, ...]]:
    """A made-up list as long as the real one: each track in seven or eight seasons."""
    for number in range(YEARS):
        track, season = number % TRACKS, 2027 - number // TRACKS
        specialty = SPECIALTIES[track % len(SPECIALTIES)]
        code = f"{9000 - track // 9}{specialty}{LETTERS[track % len(LETTERS)]}{track % 9}"
        name = f"Made-up Hospital {track // 9}"
        yield name, "Florida", f"Town {track // 30}", f"Specialty {specialty}", code, season, 4 + track % 9, 4


@cache
def _import() -> tuple[float, float]:
    """Seconds and the most megabytes that any process of it held."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "program_years.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            out = csv.writer(file)
            out.writerow(("institution", "state", "city", "program_name", "program_code", "year", "quota", "filled"))
            out.writerows(_program_years())
        command = [sys.executable, "-m", "matchday", "programs", "import", str(path), "--json"]
        environment = {**os.environ, "MATCHDAY_DATA": folder}
        seconds = timed(lambda: subprocess.run(command, env=environment, capture_output=True, check=True))
    unit = 1 if sys.platform == "darwin" else 1024
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit / 1e6


def _time() -> Measured:
    seconds, _ = _import()
    return Measured(f"{seconds:.1f} s", "-", seconds, f"{YEARS:,} made-up program-years, command to exit")


def _memory() -> Measured:
    _, megabytes = _import()
    return Measured(f"{megabytes:.0f} MB", "-", megabytes, "the largest process that this bench has started so far")


def _made_up() -> Measured:
    from matchday.directory.synthetic import made_up_directory

    value = min(timed(lambda: made_up_directory(1)) for _ in range(3))
    return Measured(seconds(value), "-", value)


@cache
def _joined() -> tuple[float, float, int] | None:
    """Percent right and percent found of the tracks whose ACGME code was hidden; None without the real files."""
    shared = Path(os.environ.get("MATCHDAY_SHARED", Path(__file__).parents[4] / "shared")) / "data"
    if not shared.is_dir():
        return None
    from tests.directory.hidden_codes import judge

    right, wrong, all_of_them = judge(shared)
    return 100 * right / (right + wrong), 100 * right / all_of_them, all_of_them


def _merge(place: int) -> Measured:
    found = _joined()
    if found is None:
        return Measured("-", "-", None, "no folder of real files; set MATCHDAY_SHARED")
    return Measured(
        f"{found[place]:.1f} %", "-", found[place], f"{found[2]:,} tracks of internal medicine, codes hidden"
    )


ROWS = [
    Row("import-time", "import of 66,000 program-years", 10.0, 5.0, "s", _time),
    Row("import-memory", "import of 66,000 program-years", 300.0, 200.0, "MB", _memory),
    Row("made-up", "a made-up national directory", 1.0, None, "s", _made_up),
    Row("merge-precision", "joined tracks that are right", 99.0, 99.5, "%", lambda: _merge(0), more_is_better=True),
    Row("merge-recall", "tracks that are joined", 75.0, 85.0, "%", lambda: _merge(1), more_is_better=True),
]
