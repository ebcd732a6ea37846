"""The program under the journeys: a running `matchday serve`, and one that many journeys share one after the other."""

import http.client
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.journeys import at_noon
from tests.strategies import EXAMPLES

SECRET = "k" * 32  # the CSRF token only has to be the same in the cookie and in the form


def example(name: str) -> bytes:
    """The file of a made-up person: amina, mateo, nadia ..."""
    return next(path for path in EXAMPLES if path.stem == name).read_bytes()


@dataclass(slots=True)
class Served:
    """A running `matchday serve`: its file, the address it printed, the process."""

    file: Path
    opening: str
    process: "subprocess.Popen[str]"

    @property
    def origin(self) -> str:
        """http://127.0.0.1:PORT."""
        return self.opening.partition("/?")[0]

    def get(self, path: str) -> tuple[int, str]:
        """Status and kind of what is at an address."""
        return self._asked("GET", path, "")

    def post(self, path: str, fields: dict[str, str]) -> int:
        """Send a form as a browser does; the status of the answer."""
        return self._asked("POST", path, urlencode({"csrfmiddlewaretoken": SECRET} | fields))[0]

    def _asked(self, method: str, path: str, body: str) -> tuple[int, str]:
        opening = urlsplit(self.opening)
        token = parse_qs(opening.query)["token"][0]
        headers = {
            "Cookie": f"matchday-{opening.port}={token}; csrftoken={SECRET}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        door = http.client.HTTPConnection(opening.netloc, timeout=20)
        try:
            door.request(method, path, body, headers)
            answer = door.getresponse()
            return answer.status, answer.getheader("Content-Type", "")
        finally:
            door.close()


def served(file: Path, *, named: bool = True, data: Path | None = None, clock: bool = False, port: int = 0) -> Served:
    """Start the program over a file; not `named`: in the folder of the file, without naming it.

    `data` is the folder of its directory of programs (default: beside the file, so that none of this machine takes
    part); with `clock` it is noon of 22 November 2026 for ever.
    """
    start = [str(Path(at_noon.__file__))] if clock else ["-m", "matchday"]
    command = [
        sys.executable,
        *start,
        "serve",
        "--no-open",
        *([f"--port={port}"] if port else []),
        *([str(file)] if named else []),
    ]
    env = {**os.environ, "MATCHDAY_DATA": str(data or file.parent / "data"), "TZ": "UTC"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=file.parent, env=env)
    assert process.stdout is not None
    return Served(file, process.stdout.readline().strip(), process)


def stopped(running: Served) -> int:
    """Stop it as Ctrl-C does, unless it has stopped; gives the exit code."""
    if running.process.poll() is None:
        running.process.send_signal(signal.SIGINT)
    _, _ = running.process.communicate(timeout=20)
    return running.process.returncode


def furnish(running: Served, content: bytes | None) -> Served:
    """Let a running program begin anew over this file (None: no file yet), with no earlier versions and nothing supposed."""
    assert running.process.poll() is None
    shutil.rmtree(running.file.parent / f".{running.file.name}.versions", ignore_errors=True)
    if content is None:
        running.file.unlink(missing_ok=True)
    else:
        fresh = running.file.with_name("fresh")
        fresh.write_bytes(content)
        fresh.replace(running.file)
    assert running.post("/suppose/end", {}) == http.client.FOUND
    return running
