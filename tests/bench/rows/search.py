"""The directory: search among 14,000 lines, fit of 6,600 programs, a cold search, a first search on a fresh machine."""

import datetime as dt
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

from matchday.directory.applicant import Applicant
from matchday.directory.fit import FIT_FIELDS, Fit
from matchday.directory.model import Reading, Record, SourceKind
from matchday.directory.search import Query, search
from matchday.directory.store import Store
from matchday.directory.synthetic import made_up_directory
from tests.bench.table import Measured, Row, median, seconds, timed

DAY = dt.date(2026, 11, 22)
LINES = 14_000
TEXTS = (
    "pediatrics florida", "pediatrcs florda", "family medicine texas", "university hospital", "medical center", "heron",
    "internal medicine new york", "psych ohio", "peds FL J-1", "surgery", "neurology california", "anesthesiolgy",
    "marzipan", "9204320C0", "1201190033", "xyzzy", "hospital", "IM NY H-1B", "transitional year michigan", "em",
)  # fmt: skip
QUERIES = (
    *(Query(text=text) for text in TEXTS),
    Query(),
    Query(specialties=("140",), states=("FL", "TX")),
    Query(visas=("J-1",), specialties=("320",), states=("FL",)),
    Query(unfilled=True, specialties=("120",)),
    Query(sort="quota"),
    Query(visas=("H-1B",), sort="img-share"),
    Query(near=(25.8, -80.2), within=100),
    Query(services=("ResidencyCAS",)),
    Query(quota_min=10, floor_max=220),
)
WHO = Applicant(
    visas=("J-1",), years_at_application=5.2, years_at_start=6.0, tries={"step1": 2, "step2ck": 1},
    scores={"step2ck": 238}, us_months=2.0, gme_months=0, is_img=True,
)  # fmt: skip


def _second(record: Record, year: int) -> Record:
    """The same record under other codes, as if there were more institutions."""
    fields = {name: value.replace("(made up)", f"{year} (made up)") for name, value in record.fields.items()}
    code = record.nrmp_code and f"{year}{record.nrmp_code[1:]}"
    return replace(
        record,
        acgme_code=f"{(record.acgme_code or '')[:5]}{year}{(record.acgme_code or '')[6:]}",
        nrmp_code=code,
        fields=fields,
    )


@cache
def _folder(lines: int) -> Path:
    """A store of so many made-up lines, made once."""
    folder = Path(tempfile.mkdtemp(prefix="matchday-bench-"))
    records = list(made_up_directory().records)
    for year in (8, 7):
        records += [_second(record, year) for record in made_up_directory(year).records]
    with Store(folder / "directory.sqlite") as store:
        kept, tracks = [], 0
        for record in records:
            tracks += record.nrmp_code is not None
            kept.append(record)
            if tracks == lines:
                break
        store.add(Reading(kind=SourceKind.MADE_UP, read=0, records=tuple(kept)), title="bench", read_on=DAY)
    return folder


@contextmanager
def _store(lines: int = LINES) -> Iterator[Store]:
    with Store(_folder(lines) / "directory.sqlite") as store:
        yield store


def _times() -> list[float]:
    with _store() as store:
        return sorted(timed(lambda q=query: search(store.db, q)) for _ in range(7) for query in QUERIES)  # type: ignore[misc] # bound at once


def search_p50() -> Measured:
    """Median over 29 questions, each seven times."""
    value = statistics.median(_times())
    return Measured(seconds(value), "-", value, f"{LINES:,} tracks; words, typos and fields mixed")


def search_p95() -> Measured:
    """95th percentile of the same."""
    times = _times()
    value = times[int(0.95 * len(times))]
    return Measured(seconds(value), "-", value)


def fit_all() -> Measured:
    """The verdict on 6,600 programs, the gates new each time."""
    with _store() as store:
        rows = store.db.execute(f"SELECT {', '.join(FIT_FIELDS)} FROM listing LIMIT 6600").fetchall()  # noqa: S608 -- own names

    def judge() -> None:
        verdict = Fit(WHO).verdict
        for row in rows:
            verdict(row)

    value = median(judge)
    return Measured(seconds(value), "-", value, f"{len(rows):,} programs, values in memory")


def _cold(folder: Path, *words: str) -> float:
    command = [sys.executable, "-m", "matchday", "programs", "search", *words]
    place = os.environ | {"MATCHDAY_DATA": str(folder)}
    return timed(lambda: subprocess.run(command, env=place, capture_output=True, check=True))


def cold_search() -> Measured:
    """A new process each time, 14,000 tracks, twenty lines printed."""
    folder = _folder(LINES)
    value = statistics.median(_cold(folder, "pediatrics", "florida", "J-1") for _ in range(7))
    return Measured(seconds(value), "-", value)


def first_search() -> Measured:
    """A fresh machine: the made-up directory is drawn, stored, and searched."""
    with tempfile.TemporaryDirectory() as folder:
        value = _cold(Path(folder), "pediatrics", "florida")
    return Measured(seconds(value), "-", value)


ROWS = [
    Row("search-p50", "search in process, median", 0.005, None, "s", search_p50),
    Row("search-p95", "search in process, 95th percentile", 0.020, None, "s", search_p95),
    Row("search-cold", "`programs search` in a new process", 0.5, None, "s", cold_search),
    Row("search-first", "first search on a fresh machine", 3.0, None, "s", first_search),
    Row("fit", "fit of 6,600 programs for one dossier", 0.050, None, "s", fit_all),
]
