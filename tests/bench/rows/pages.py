"""The pages over loopback: how quick each answers with a full dossier and the made-up directory, how much it weighs."""

import contextlib
import datetime as dt
import http.client
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from matchday.directory.store import Store
from matchday.dossier import edit
from matchday.dossier.file import read, write
from matchday.dossier.model import Dossier
from matchday.web.shelf import filled_directory
from tests.bench.table import Measured, Row, amount, seconds, timed
from tests.strategies import EXAMPLES

DAY = dt.date(2026, 11, 22)
CLIENTS, TIMES = 2, 20
FULL = 200  # applications; the list of a person who applies to very many programs
PAGE_S, TODAY_S, START_S = 0.150, 0.080, 1.5
FIRST_VIEW, PAGE_WEIGHT = 100_000, 250_000


@dataclass(frozen=True, slots=True)
class Seen:
    """What was measured of one page: seconds of the first answer, the sorted seconds of later ones, bytes of its HTML."""

    address: str
    first: float
    later: tuple[float, ...]
    weight: int

    @property
    def p50(self) -> float:
        """Median."""
        return statistics.median(self.later)

    @property
    def p95(self) -> float:
        """95th percentile."""
        return self.later[int(0.95 * len(self.later))]


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: host and port, the cookie of this start."""

    netloc: str
    cookie: str

    def get(self, address: str) -> tuple[int, str, bytes]:
        """One GET on a connection of its own: status, content type, body."""
        connection = http.client.HTTPConnection(self.netloc, timeout=30)
        try:
            connection.request("GET", address, headers={"Cookie": self.cookie})
            answer = connection.getresponse()
            return answer.status, answer.headers.get("Content-Type", ""), answer.read()
        finally:
            connection.close()

    def seen(self, address: str) -> Seen | None:
        """One page measured by a few clients at once; None when the address answers with something else."""
        begun = time.perf_counter()
        status, kind, body = self.get(address)
        first = time.perf_counter() - begun
        if status != 200 or not kind.startswith("text/html"):
            return None
        with ThreadPoolExecutor(CLIENTS) as clients:
            later = clients.map(lambda _: timed(lambda: self.get(address)), range(CLIENTS * TIMES))
            return Seen(address, first, tuple(sorted(later)), len(body))


def full_dossier(store: Store) -> Dossier:
    """Amina's dossier with a long list of applications, interviews and a rank list."""
    dossier = read(next(path for path in EXAMPLES if path.stem == "amina"))
    rows = store.db.execute("SELECT acgme_code, nrmp_code FROM listing WHERE nrmp_code IS NOT NULL LIMIT ?", (FULL,))
    codes = rows.fetchall()
    for acgme, _ in codes:
        dossier = edit.add(dossier, "application", program=acgme, service="ERAS", status="submitted", sent=DAY)
    for acgme, _ in codes[:15]:
        dossier = edit.add_interview(dossier, program=acgme, status="invited", invited=DAY)
    return edit.set_part(dossier, "ranklist", primary=[nrmp for _, nrmp in codes[:15]])


@contextlib.contextmanager
def started(file: Path) -> Iterator[tuple[str, float]]:
    """`matchday serve` over a file: the line that it printed, and after how many seconds."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "matchday", "serve", str(file), "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip(), time.perf_counter() - begun
        finally:
            process.send_signal(signal.SIGINT)


@contextlib.contextmanager
def _prepared() -> Iterator[Path]:
    """A full dossier beside a filled directory, which the server finds by its environment."""
    with tempfile.TemporaryDirectory() as folder:
        before = os.environ.get("MATCHDAY_DATA")
        os.environ["MATCHDAY_DATA"] = folder
        try:
            with filled_directory(DAY) as store:
                file = Path(folder) / "full.toml"
                write(file, full_dossier(store), now=dt.datetime.combine(DAY, dt.time(), dt.UTC))
            yield file
        finally:
            os.environ.pop("MATCHDAY_DATA")
            os.environ.update({} if before is None else {"MATCHDAY_DATA": before})


def _addresses() -> list[str]:
    """The addresses of urls.py, filled in as the tests of the pages fill them."""
    from tests.web import conftest as _django  # noqa: F401 -- sets Django up
    from tests.web.walk import addresses

    return [address for _, address in addresses()]


@cache
def measured() -> tuple[tuple[Seen, ...], dict[str, int]]:
    """Every page, and the weight of everything that the first view asks for."""
    with _prepared() as file, started(file) as (line, _):
        url = urlsplit(line)
        served = Served(url.netloc, f"matchday-{url.port}={url.query.removeprefix('token=')}")
        pages = tuple(seen for address in _addresses() if (seen := served.seen(address)))
        html = served.get("/")[2].decode()
        parts = {"/": len(html.encode())}
        for address in dict.fromkeys(re.findall(r'(?:href|src)="(/static/[^"]+)"', html)):
            parts[address] = len(served.get(address)[2])
    return pages, parts


def every_page() -> Measured:
    """The p95 of the slowest page."""
    pages = sorted(measured()[0], key=lambda page: -page.p95)
    told = "; ".join(f"{page.address} {seconds(page.p50)}/{seconds(page.p95)}" for page in pages)
    slowest = max(pages, key=lambda page: page.first)
    first = f"slowest first answer {slowest.address} {seconds(slowest.first)}"
    note = f"{len(pages)} pages, {CLIENTS} clients, {CLIENTS * TIMES} requests each; p50/p95: {told}; {first}"
    return Measured(f"{pages[0].address} {seconds(pages[0].p95)}", "-", pages[0].p95, note)


def today() -> Measured:
    """The p95 of Today."""
    page = next(page for page in measured()[0] if page.address == "/")
    return Measured(seconds(page.p95), "-", page.p95)


def first_view() -> Measured:
    """Bytes of everything that Today asks for, uncompressed."""
    parts = measured()[1]
    told = ", ".join(f"{address} {size:,}" for address, size in parts.items())
    return Measured(amount(sum(parts.values()), "B"), "-", sum(parts.values()), told)


def heaviest() -> Measured:
    """Bytes of the HTML of the heaviest page."""
    pages = sorted(measured()[0], key=lambda page: -page.weight)
    told = "; ".join(f"{page.address} {page.weight:,}" for page in pages)
    return Measured(f"{pages[0].address} {pages[0].weight:,} B", "-", pages[0].weight, told)


def start() -> Measured:
    """From the command to its line with the address, five times."""
    times = []
    with _prepared() as file:
        for _ in range(5):
            with started(file) as (line, took):
                assert line.startswith("http://127.0.0.1:")
                times.append(took)
    value = statistics.median(times)
    return Measured(seconds(value), "-", value)


ROWS = [
    Row("page-p95", "slowest page, 95th percentile", PAGE_S, None, "s", every_page),
    Row("today-p95", "Today, 95th percentile", TODAY_S, None, "s", today),
    Row("first-view", "weight of the first view", FIRST_VIEW, None, "B", first_view),
    Row("page-weight", "weight of the heaviest page", PAGE_WEIGHT, None, "B", heaviest),
    Row("serve-start", "start of `matchday serve`", START_S, None, "s", start),
]
