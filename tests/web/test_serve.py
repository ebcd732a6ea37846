"""The server itself: what it refuses before any page, how it stops, and what it says when it cannot start."""

import http.client
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from matchday.web.address import remembered
from matchday.web.guard import HEADERS
from matchday.web.serve import LIMITS
from tests.journeys.serving import Served, served, stopped
from tests.web.conftest import example

STOPPED_WITHIN = 5.0  # seconds; it is far below one on a quiet machine


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Served]:
    """A started program over a copy of Amina's file."""
    file = tmp_path / "amina.toml"
    file.write_bytes(example("amina"))
    started = served(file)
    yield started
    started.process.kill()
    started.process.communicate()


def sent(running: Served, head: str) -> http.client.HTTPResponse:
    """The answer to a request written by hand."""
    place = urlsplit(running.origin)
    door = socket.create_connection((place.hostname, place.port), timeout=20)
    door.sendall(head.replace("\n", "\r\n").encode())
    answer = http.client.HTTPResponse(door)
    answer.begin()
    answer.read()
    door.close()
    return answer


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ("POST / HTTP/1.1\nHost: 127.0.0.1\nContent-Length: 64000000\n\n", 413),
        ("POST / HTTP/1.1\nHost: 127.0.0.1\nContent-Length: 1e9\n\n", 400),
        ("GET / HTTP/1.1\nHost: 127.0.0.1\nX: " + 70_000 * "x" + "\n\n", 431),
        ("nonsense\n\n", 400),
        ("GET / HTTP/1.1\nHost: matchday.example\n\n", 400),
        ("GET / HTTP/1.1\n\n", 400),
        ("GET /static/../../settings.py HTTP/1.1\nHost: 127.0.0.1\n\n", 404),
    ],
)
def test_what_the_server_refuses_carries_the_strict_headers_too(running: Served, head: str, status: int) -> None:
    answer = sent(running, head)
    assert (answer.status, {name: answer.headers[name] for name in HEADERS}) == (status, HEADERS)


def test_a_file_that_is_far_too_large_is_told_what_to_do(running: Served) -> None:
    """One of 20 to 64 MB is told by the page Import; beyond that the server itself must say it."""
    door = http.client.HTTPConnection(urlsplit(running.origin).netloc, timeout=20)
    door.request("POST", "/programs/import/check", headers={"Content-Length": "70000000"})
    answer = door.getresponse()
    assert (answer.status, b"up to 20 MB" in answer.read()) == (413, True)
    door.close()


def test_silent_clients_do_not_keep_the_owner_waiting(running: Served) -> None:
    place = urlsplit(running.origin)
    silent = [socket.create_connection((place.hostname, place.port)) for _ in range(LIMITS["connection_limit"] // 2)]
    for one in silent:
        one.send(b"GET / HTTP/1.1\r\n")
    token = parse_qs(urlsplit(running.opening).query)["token"][0]
    began = time.monotonic()
    assert sent(running, f"GET /?token={token} HTTP/1.1\nHost: 127.0.0.1\n\n").status == http.client.FOUND
    assert time.monotonic() - began < STOPPED_WITHIN
    for one in silent:
        one.close()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_at_once_with_exit_0_and_says_nothing(running: Served, how: signal.Signals) -> None:
    began = time.monotonic()
    running.process.send_signal(how)
    said, _ = running.process.communicate(timeout=20)
    assert (running.process.returncode, said) == (0, "")
    assert time.monotonic() - began < STOPPED_WITHIN


def test_the_same_address_comes_back_only_where_pages_are_kept(running: Served) -> None:
    """Any free port at each start; the owner's wish makes it stay, and a taken one is no reason not to start."""
    assert running.post("/offline/keep", {}) == http.client.FOUND
    taken = served(running.file)
    assert taken.origin != running.origin
    stopped(running)
    again = served(running.file)
    assert again.origin == running.origin
    assert again.post("/offline/forget", {}) == http.client.FOUND
    assert [stopped(one) for one in (taken, again)] == [0, 0]
    assert remembered(running.file) is None


def refused(*words: str | Path) -> str:
    """What `matchday serve` says when it cannot start: one line, exit 2, nothing on standard output."""
    command = [sys.executable, "-m", "matchday", "serve", "--no-open", *map(str, words)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=20)
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (2, "", 1), ended.stderr
    return ended.stderr


def test_a_port_in_use_is_told(running: Served, tmp_path: Path) -> None:
    taken = running.origin.rpartition(":")[2]
    assert f"port {taken} cannot be had" in refused(tmp_path / "amina.toml", "--port", taken)


def test_a_folder_or_a_broken_file_is_told(tmp_path: Path) -> None:
    assert "this is a folder" in refused(tmp_path)
    (tmp_path / "broken.toml").write_text("schema = 1\n[person\n")
    assert "broken.toml:2:" in refused(tmp_path / "broken.toml")


def test_the_door_opens_before_the_heavy_rooms_are_loaded() -> None:
    """numpy, the plan and the rules cost more than all the rest; they are loaded while the browser starts."""
    code = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'matchday.web.settings'\n"
        "import django, matchday.cli.serve, matchday.web.serve\n"
        "from django.core.wsgi import get_wsgi_application\n"
        "django.setup(set_prefix=False); get_wsgi_application()\n"
        "print(sorted({'numpy', 'yaml', 'icalendar', 'matchday.rules', 'matchday.plan', 'tomlkit'} & set(sys.modules)))"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert ended.stdout.strip() == "[]"
