"""On a fresh machine the made-up directory is drawn apart, once; a page that needs it says so and looks again."""

import threading
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from matchday.directory.store import Store
from matchday.web.drawing import Drawing, drawing
from matchday.web.views import import_acts
from tests.web.conftest import NOW
from tests.web.test_imports_page import SHEET, token


@pytest.fixture(autouse=True)
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHDAY_DATA", str(tmp_path / "fresh"))


def test_the_page_says_that_the_directory_is_being_drawn_and_then_shows_it(client: Client) -> None:
    answers = [client.get("/programs?q=florida")]
    while answers[-1].status_code == 202 and len(answers) < 100:
        answers.append(client.get("/programs?q=florida"))
    first, last = answers[0], answers[-1]
    assert (first.status_code, first["Refresh"], first["Cache-Control"]) == (202, "1", "no-store")
    page = first.content.decode()
    assert "The directory is being drawn" in page
    assert 'href="/programs?q=florida">Look now' in page
    assert last.status_code == 200
    assert "This directory is made up" in last.content.decode()
    assert client.get("/programs/shortlist").status_code == 200


def test_however_many_ask_it_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[object] = []
    real = Drawing.begin.__globals__["subprocess"].Popen

    def counted(*given: object, **more: object) -> object:
        begun.append(given)
        return real(*given, **more)

    monkeypatch.setattr("matchday.web.drawing.subprocess.Popen", counted)
    one = Drawing()
    asking = [threading.Thread(target=one.begin, args=[NOW.date()]) for _ in range(8)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert len(begun) == 1
    one.stop()
    with Store() as store:
        assert store.empty  # what was begun and stopped has left nothing


def test_other_pages_do_not_wait_for_it(client: Client) -> None:
    assert client.get("/programs").status_code == 202
    assert {client.get(page).status_code for page in ("/", "/programs/import", "/apply", "/match")} == {200}
    drawing.stop()


def test_a_process_that_could_not_draw_leaves_it_to_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matchday.web.drawing.sys.executable", "/bin/false")
    one = Drawing()
    assert not one.begin(NOW.date())
    assert one.wait(5)
    assert one.begin(NOW.date())


def test_who_brings_a_list_does_not_wait_for_a_made_up_one(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_acts, "PATIENCE", 60.0)
    assert client.get("/programs").status_code == 202
    looked = client.post("/programs/import/check", {"file": SimpleUploadedFile("mine.csv", SHEET)})
    client.post("/programs/import/confirm", {"token": token(looked)})
    assert client.get("/programs", {"format": "json"}).json()["made_up"] is False
    with Store() as store:
        assert [source.title for source in store.sources()] == ["mine.csv"]
