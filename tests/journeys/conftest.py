"""Real pages in a real browser: `matchday serve` over a copy of an example, and Debian's Chromium.

Without a browser the journeys are skipped, each saying so; where CI or MATCHDAY_BROWSER is set they fail instead.
One browser and one running program serve all journeys of a worker; each has a fresh file and a fresh browser context.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    WebError,
    expect,
    sync_playwright,
)

from tests.journeys.serving import Served, example, furnish, served, stopped
from tests.web import conftest as _django  # noqa: F401 -- sets Django up, so that addresses can be read
from tests.web.walk import addresses

expect.set_options(timeout=30_000)  # a busy machine is no fault of the pages


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


@pytest.fixture(scope="session")
def house(browser: Browser, made_up: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The program that journeys share: over one file, which each journey finds as it wants it, and the made-up directory."""
    running = served(tmp_path_factory.mktemp("house") / "my.toml", data=made_up, clock=True)
    yield running
    assert stopped(running) == 0


@pytest.fixture(scope="session")
def every_page(house: Served) -> list[str]:
    """The addresses of urls.py that answer with a page."""
    furnish(house, example("amina"))
    return [address for _, address in addresses() if house.get(address) == (200, "text/html; charset=utf-8")]


@dataclass  # without slots: Playwright writes its marks on objects whose methods it is given
class Visit:
    """A browser at the pages: open tabs with `tab()`; what the browser asked for and complained about is kept."""

    served: Served
    context: BrowserContext
    requests: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def tab(self, path: str = "/") -> Page:
        """A new tab at an address of the pages."""
        page = self.context.new_page()
        page.goto(self.served.origin + path)
        return page

    def asks(self, request: Request) -> None:
        """Keep a request."""
        self.requests.append(request)

    def complained(self, message: ConsoleMessage) -> None:
        """Keep what the browser says when the policy of the pages forbids something."""
        if message.type == "error" and "Content Security Policy" in message.text:
            self.complaints.append(message.text)

    def failed(self, error: WebError) -> None:
        """Keep a mistake of a script."""
        self.complaints.append(str(error.error))


@pytest.fixture
def visit(browser: Browser, house: Served, tmp_path: Path) -> Iterator[Callable[..., Visit]]:
    """Open the pages over an example in a fresh browser context; "" is no file yet.

    Afterwards, in every journey: no request has gone to any other host, no script has failed, the policy held.
    `own=True` starts a program for this journey alone: to stop it, or to import into its directory. Other words go to
    Playwright: `viewport=`, `java_script_enabled=False`, `color_scheme="dark"`, `locale="ar"`.
    """
    visits: list[Visit] = []

    def start(person: str = "amina", *, content: bytes | None = None, own: bool = False, **how: object) -> Visit:
        content = content or (example(person) if person else None)
        running = served(tmp_path / "my.toml", clock=True) if own else house
        furnish(running, content)
        context = browser.new_context(**how)  # type: ignore[arg-type]  # passed on as given
        visits.append(there := Visit(running, context))
        context.on("request", there.asks)
        context.on("console", there.complained)
        context.on("weberror", there.failed)
        context.request.get(running.opening)  # takes the cookie of this start, with half a second less than a tab
        return there

    yield start
    for one in visits:
        one.context.close()
        if one.served is not house:
            assert stopped(one.served) == 0
        assert elsewhere(one) == []
        assert one.complaints == []


def elsewhere(one: Visit) -> list[str]:
    """The requests of a visit that went to any other host."""
    home = urlsplit(one.served.origin).netloc
    asked = [urlsplit(request.url) for request in one.requests]
    return [url.geturl() for url in asked if url.scheme not in ("data", "blob") and url.netloc != home]
