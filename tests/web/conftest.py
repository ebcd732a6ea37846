"""Pages without a browser: Django's test client over a copy of a made-up dossier, on a fixed day."""

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from django.test import Client
from django.utils import translation

from tests.strategies import EXAMPLES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "matchday.web.settings")
django.setup(set_prefix=False)

from matchday.web.desk import Desk, sit_down  # noqa: E402 -- Django must be set up first

NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)


def example(name: str) -> bytes:
    """The file of a made-up person: amina, mateo, nadia ..."""
    return next(path for path in EXAMPLES if path.stem == name).read_bytes()


def seated(path: Path) -> Desk:
    """The desk over a file, with the fixed clock: whatever the pages answer, it is 22 November 2026."""
    return sit_down(Desk(path, clock=lambda: NOW))


def stranger() -> Client:
    """A client on this machine that does not know the token."""
    return Client(headers={"host": "127.0.0.1"})


def visitor(desk: Desk, *, csrf: bool = False) -> Client:
    """A client that has opened the launch address; with `csrf` it is held to the CSRF token as a browser is."""
    client = Client(enforce_csrf_checks=csrf, headers={"host": "127.0.0.1"})
    client.cookies["matchday-80"] = desk.token
    return client


@pytest.fixture(scope="session", autouse=True)
def directory(made_up: Path) -> Iterator[None]:
    """The made-up directory, for every test that names no other folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MATCHDAY_DATA", str(made_up))
        yield


@pytest.fixture(autouse=True)
def english() -> None:
    """No test begins in the language of the one before it."""
    translation.activate("en")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Amina's dossier, to write in."""
    path = tmp_path / "amina.toml"
    path.write_bytes(example("amina"))
    return path


@pytest.fixture
def desk(file: Path) -> Desk:
    """The desk over that file."""
    return seated(file)


@pytest.fixture
def client(desk: Desk) -> Client:
    """A visitor with the launch cookie; forms need no CSRF token here."""
    return visitor(desk)


@pytest.fixture
def newcomer(tmp_path: Path) -> Client:
    """A visitor who has no file yet."""
    return visitor(seated(tmp_path / "matchday.toml"))
