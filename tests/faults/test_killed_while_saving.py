"""The program is killed without warning while it saves: what it answered for is in the file, and the file is whole."""

import hashlib
import http.client
import os
import random
import threading
from pathlib import Path

from matchday.dossier.file import read
from tests.journeys.serving import Served, served
from tests.web.conftest import example

WRITES, KILLS = 200, 40 if os.environ.get("MATCHDAY_TEST_ALL") else 6
LONGEST_WAIT = 0.03  # seconds; a save takes some thousandths of a second, so the kill falls before, in and after it


def save(running: Served, name: str) -> bool:
    """Save a name through the pages as a browser does; whether the program answered that it is saved."""
    loaded = hashlib.sha256(running.file.read_bytes()).hexdigest()
    try:
        # "visa_wanted" and the like are left out: fields that are not sent are not touched.
        sent = {"digest": loaded, "name": name, "name-was": "another"}
        return running.post("/facts/person", sent) == http.client.FOUND
    except (ConnectionError, http.client.HTTPException):
        return False


def test_no_answered_save_is_lost_and_no_file_is_damaged(tmp_path: Path) -> None:
    file = tmp_path / "amina.toml"
    file.write_bytes(example("amina"))
    fates, rest = random.Random(5), read(file)
    kills = set(fates.sample(range(WRITES), KILLS))
    running, unanswered = served(file), 0
    for number in range(WRITES):
        killer = threading.Timer(fates.uniform(0, LONGEST_WAIT), running.process.kill)
        if number in kills:
            killer.start()
        before = read(file).person.name
        answered = save(running, f"Save {number}")
        if number in kills:
            killer.join()
            running.process.communicate(timeout=20)
            running = served(file)
        unanswered += not answered
        now = read(file)  # raises for a damaged file
        assert now.person.name == f"Save {number}" if answered else now.person.name in (before, f"Save {number}")
        assert (now.school, now.exam, now.application) == (rest.school, rest.exam, rest.application)
        assert answered or number in kills
    assert unanswered >= KILLS // 10  # some of the kills fell into a save, or this has shown nothing
    running.process.terminate()
    running.process.communicate(timeout=20)
