"""Every address of the pages, for tests that must hold on all of them."""

import re
from collections.abc import Iterator

from django.test import Client
from django.urls import get_resolver, reverse

# For addresses with places to fill in: values that exist in Amina's file. An address missing here fails the walk.
FILLED: dict[str, dict[str, object]] = {
    "help_page": {"place": "guide/money"},
    "program": {"code": "9738140C1"},  # of the made-up directory
    "rule": {"name": "S2-PASS"},
    "trial": {"key": "example"},
    "honesty": {"key": "example"},
    "start": {"number": 1},
    "facts_part": {"part": "exam"},
    "facts_new": {"part": "exam"},
    "facts_check": {"part": "exam"},
    "facts_none": {"part": "interview"},
    "facts_unknown": {"part": "interview"},
    "facts_row": {"part": "exam", "at": 1},
    "facts_remove": {"part": "exam", "at": 1},
    "import_wait": {"token": "gone"},
    "import_stop": {"token": "gone"},
    "take_item": {"name": "plan.csv"},
}


def addresses() -> Iterator[tuple[str, str]]:
    """The name and the address of every line of urls.py."""
    for pattern in get_resolver().url_patterns:
        yield pattern.name, reverse(pattern.name, kwargs=FILLED.get(pattern.name))


def pages(client: Client) -> Iterator[tuple[str, str]]:
    """Those addresses that answer a GET with a page."""
    for name, address in addresses():
        response = client.get(address)
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            yield name, address


def without_abbr(html: str) -> str:
    """A page as its templates wrote it: the first use of a short form is explained only afterwards."""
    return re.sub(r"</?(?:abbr|bdi)[^>]*>", "", html)
