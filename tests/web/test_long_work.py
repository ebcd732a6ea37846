"""Long work is waited for on a page that says what is done, and can be stopped: then nothing of it is kept."""

import sqlite3
import threading
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from matchday.directory.intake import take_in
from matchday.directory.store import Store
from matchday.terms import InputProblem
from matchday.web.views import import_acts
from matchday.web.work import KEPT, Work, begin, work_of
from tests.web.small import use_small
from tests.web.test_imports_page import SHEET, sources, token

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
SOON = 20.0


@pytest.fixture(autouse=True)
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_small(tmp_path / "small", monkeypatch)
    monkeypatch.setattr(import_acts, "PATIENCE", 0.0)
    monkeypatch.setattr(import_acts, "STOPPING", SOON)


def look(client: Client) -> str:
    """Send a list; gives the address of the page that waits."""
    answer = client.post("/programs/import/check", {"file": SimpleUploadedFile("mine.csv", SHEET)})
    assert answer.status_code == 302
    return str(answer["Location"])


def ended(address: str) -> None:
    work = work_of(address.rpartition("/")[2])
    assert work
    assert work.wait(SOON)


def test_the_page_says_what_is_done_and_looks_again_until_it_has_ended(client: Client) -> None:
    address = look(client)
    waiting = client.get(address)
    page = waiting.content.decode()
    assert (waiting.status_code, waiting["Refresh"]) == (202, "1")
    assert "mine.csv" in page
    assert "Stop it" in page
    assert client.get(address, {"format": "json"}).json()["title"] == "mine.csv"
    ended(address)
    looked = client.get(address)
    assert looked.status_code == 200
    assert "Refresh" not in looked
    assert "3 rows would be taken" in looked.content.decode()
    assert client.get(address).content == looked.content or "3 rows" in client.get(address).content.decode()
    taking = client.post("/programs/import/confirm", {"token": token(looked)})["Location"]
    ended(taking)
    assert client.get(taking)["Location"] == "/programs/import?done=3"
    assert sources()[-1] == "mine.csv"
    assert client.get(address).status_code == 400  # the dry run is over: it has been taken in


def test_reading_that_is_stopped_keeps_nothing(client: Client) -> None:
    address = look(client)
    stopped = client.post(address.replace("/wait/", "/stop/"))
    assert stopped["Location"] == "/programs/import?stopped=1"
    assert "Nothing of it was kept" in client.get(stopped["Location"]).content.decode()
    assert sources() == ["my list.xlsx", "invites.csv"]


def test_joining_that_is_stopped_leaves_the_directory_as_it_was(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = look(client)
    ended(address)
    waiting = token(client.get(address))
    before = client.get("/programs", {"format": "json"}).json()
    with monkeypatch.context() as patch:
        patch.setattr(Store, "_derive", lambda self, *_: self.db.execute(ENDLESS).fetchone())
        taking = client.post("/programs/import/confirm", {"token": waiting})["Location"]
        assert client.get(taking).status_code == 202
        assert client.get("/programs", {"format": "json"}).json() == before  # everything else answers meanwhile
        stopped = client.post(taking.replace("/wait/", "/stop/"))
    assert stopped["Location"] == "/programs/import?stopped=1"
    assert client.get("/programs", {"format": "json"}).json() == before
    assert sources() == ["my list.xlsx", "invites.csv"]
    again = client.post("/programs/import/confirm", {"token": waiting})["Location"]
    ended(again)
    assert sources()[-1] == "mine.csv"  # what was stopped can be begun again


def test_work_that_nobody_remembers_leads_back(client: Client) -> None:
    assert client.get("/programs/import/wait/gone")["Location"] == "/programs/import"
    assert client.post("/programs/import/stop/gone")["Location"] == "/programs/import"


def test_one_waits_for_the_other_and_the_oldest_are_forgotten() -> None:
    gate = threading.Event()
    first = begin("first", lambda _work: gate.wait(SOON))
    second = begin("second", lambda _work: "done")
    assert not second.wait(0.05)
    gate.set()
    assert first.wait(SOON)
    assert second.wait(SOON)
    assert second.result == "done"
    for number in range(KEPT):
        assert begin(str(number), lambda _work: None).wait(SOON)
    assert work_of(first.token) is None


def test_a_query_without_end_is_ended_and_a_mistake_is_raised_where_somebody_waits() -> None:
    def endless(work: Work) -> None:
        db = sqlite3.connect(":memory:")
        work.watch(db)
        db.execute(ENDLESS).fetchone()

    work = begin("endless", endless)
    assert not work.wait(0.1)
    work.stop()
    assert work.wait(SOON)
    assert (work.result, work.problem, work.stopped) == (None, None, True)
    for wrong in ("SELECT * FROM nowhere", "not SQL"):
        broken = begin("broken", lambda _work, sql=wrong: sqlite3.connect(":memory:").execute(sql))
        with pytest.raises(sqlite3.OperationalError):
            broken.wait(SOON)
    mistaken = begin("mistaken", lambda _work: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        mistaken.wait(SOON)


def test_what_is_stopped_before_its_turn_is_never_begun() -> None:
    work = Work("never")
    work.stop()
    work.run(lambda _work: pytest.fail("it was begun"))
    assert work.wait(0)


def test_the_process_that_reads_is_ended_when_it_is_not_wanted_any_more(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_bytes(SHEET)
    with pytest.raises(InputProblem, match="you asked for it"):
        take_in(file, stop=lambda: True)
