"""Real pages in a real browser: `matchday serve` over a copy of an example, and Debian's Chromium.

Without a browser the journeys are skipped, each saying so; where CI or MATCHDAY_BROWSER is set they fail instead.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from tests.strategies import EXAMPLES

TODAY = "2026-11-22"  # the day that every journey is answered on, so that the answers stay the same for ever


@dataclass(slots=True)
class Served:
    """A running `matchday serve`: its file, the address it printed, its origin, the process."""

    file: Path
    opening: str
    process: "subprocess.Popen[str]"

    @property
    def origin(self) -> str:
        """http://127.0.0.1:PORT."""
        return self.opening.partition("/?")[0]


def served(file: Path, *, named: bool = True) -> Served:
    """Start `matchday serve` over a file; not `named`: in the folder of the file, without naming it."""
    command = [sys.executable, "-m", "matchday", "serve", "--no-open", *([str(file)] if named else [])]
    env = {**os.environ, "MATCHDAY_DATA": str(file.parent / "data")}  # no directory of this machine takes part
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=file.parent, env=env)
    assert process.stdout is not None
    return Served(file, process.stdout.readline().strip(), process)


def stopped(running: Served) -> int:
    """Stop it as Ctrl-C does, unless it has stopped; gives the exit code."""
    if running.process.poll() is None:
        running.process.send_signal(signal.SIGINT)
    _, _ = running.process.communicate(timeout=20)
    return running.process.returncode


@pytest.fixture(scope="session", autouse=True)
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The directory of the journeys is their own: the first search draws the made-up one into it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MATCHDAY_DATA", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, once for all journeys of this worker."""
    binary = shutil.which("chromium") or shutil.which("chromium-browser")
    if binary is None:
        reason = "no browser: install Debian's `chromium` to run the journeys"
        if os.environ.get("CI") or os.environ.get("MATCHDAY_BROWSER"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=binary, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[[str], Served]]:
    """Start the program over a copy of an example ("amina"), or over no file yet (""). Stopped after the test."""
    running: list[Served] = []

    def start(example: str = "amina") -> Served:
        file = tmp_path / (f"{example}.toml" if example else "matchday.toml")
        if example:
            source = next(path for path in EXAMPLES if path.stem == example)
            file.write_bytes(source.read_bytes())
        running.append(served(file, named=bool(example)))
        return running[-1]

    yield start
    assert [stopped(one) for one in running] == [0] * len(running)


@dataclass(slots=True)
class Visit:
    """A browser at the pages: open tabs with `tab()`; every request that any of them made is in `requests`."""

    served: Served
    context: BrowserContext
    requests: list[str]

    def tab(self, path: str = "/") -> Page:
        """A new tab at an address of the pages."""
        page = self.context.new_page()
        page.goto(self.served.origin + path)
        return page


@pytest.fixture
def visit(browser: Browser, serve: Callable[[str], Served]) -> Iterator[Callable[..., Visit]]:
    """Open the pages over an example in a fresh browser; afterwards no request may have gone to any other host.

    Other words go to Playwright: `viewport=`, `java_script_enabled=False`, `color_scheme="dark"`, `locale="ar"`.
    """
    visits: list[Visit] = []

    def start(example: str = "amina", *, path: str = "/", **how: object) -> Visit:
        running = serve(example)
        context = browser.new_context(**how)  # type: ignore[arg-type]  # passed on as given
        made: list[str] = []

        def record(request: Request) -> None:
            made.append(request.url)

        context.on("request", record)
        context.add_cookies([{"name": "matchday-day", "value": TODAY, "url": running.origin}])
        visits.append(Visit(running, context, made))
        opening = context.new_page()
        opening.goto(running.opening)
        opening.close()
        return visits[-1]

    yield start
    for one in visits:
        one.context.close()
        assert elsewhere(one) == []


def elsewhere(one: Visit) -> list[str]:
    """The requests of a visit that went to any other host."""
    home = urlsplit(one.served.origin).netloc
    return [url for url in one.requests if urlsplit(url).scheme != "data" and urlsplit(url).netloc != home]
