"""The small directory of eight lines under the pages, and the forms that a browser would send."""

import re
from pathlib import Path

import pytest
from django.test import Client

from tests.directory.small import small_store


def use_small(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Let the pages answer from the small directory in this folder."""
    folder.mkdir()
    small_store(folder).close()
    patch.setenv("MATCHDAY_DATA", str(folder))


def digest_on(client: Client, address: str) -> str:
    """The digest that the forms of a page carry."""
    found = re.search(r'name="digest" value="([0-9a-f]*)"', client.get(address).content.decode())
    assert found, address
    return found[1]


def press(client: Client, address: str, page: str, **fields: str) -> int:
    """Send a form of a page as a browser would, with the digest that stood on it; gives the status."""
    sent = {"digest": digest_on(client, page), "back": page} | fields
    return client.post(address, sent).status_code
