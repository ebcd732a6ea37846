"""Every page in a real browser: the addresses, and the looks that each has to stand in."""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import BrowserContext

from tests.journeys.conftest import Visit
from tests.web import conftest as _django  # noqa: F401 -- sets Django up, so that addresses can be read
from tests.web.walk import addresses

LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark, on a phone": {"color_scheme": "dark", "viewport": {"width": 360, "height": 740}},
    "Arabic, light, on a phone": {"color_scheme": "light", "viewport": {"width": 360, "height": 740}, "language": "ar"},
    "Arabic, dark": {"color_scheme": "dark", "language": "ar"},
}


def pages(there: Visit) -> list[str]:
    """The addresses that answer with a page."""
    found = []
    for _, address in addresses():
        answer = there.context.request.get(there.served.origin + address, max_redirects=0)
        if answer.status == 200 and answer.headers["content-type"].startswith("text/html"):
            found.append(address)
    return found


def speak(there: Visit, language: str) -> None:
    """Choose a language as the form does."""
    there.context.add_cookies([{"name": "matchday-language", "value": language, "url": there.served.origin}])


def opened(context: BrowserContext, origin: str, found: list[str]) -> Iterator[tuple[str, Any]]:
    """Each address in one tab after the other."""
    page = context.new_page()
    for address in found:
        page.goto(origin + address)
        yield address, page
    page.close()
