"""Files and requests that no honest hand makes: each is told or left alone, and nothing is lost or made to wait."""

import os
from pathlib import Path

import pytest
from django.test import Client

from matchday.dossier import edit
from matchday.dossier.file import dumps, loads, read
from matchday.terms import InputProblem
from matchday.web import doubts
from tests.web.conftest import example
from tests.web.small import digest_on
from tests.web.walk import pages


def test_a_pipe_at_the_place_of_the_file_keeps_nobody_waiting(client: Client, file: Path) -> None:
    file.unlink()
    os.mkfifo(file)
    answer = client.get("/")
    assert (answer.status_code, "it is no ordinary file" in answer.content.decode()) == (409, True)


def test_a_link_that_leads_back_to_itself_is_told(client: Client, file: Path) -> None:
    file.unlink()
    file.symlink_to(file)
    assert client.get("/").status_code == 409
    assert client.post("/undo").status_code == 302
    assert client.get("/changed").status_code == 409


def test_strange_names_beside_the_versions_are_left_alone(client: Client, file: Path) -> None:
    client.post("/apply/budget", {"budget": "1500", "digest": digest_on(client, "/apply")})
    folder = file.parent / f".{file.name}.versions"
    for name in ("123456abc", "000099-zz.toml", "000002-20261122T120000Z (conflict copy).toml"):
        (folder / name).write_text("not ours")
    assert {client.get(address).status_code for _, address in pages(client)} == {200}
    client.post("/undo")
    assert file.read_bytes() == example("amina")


def test_a_file_that_was_taken_away_is_not_begun_anew_with_one_change(client: Client, file: Path) -> None:
    digest = digest_on(client, "/apply")
    file.unlink()
    answer = client.post("/apply/budget", {"budget": "777", "digest": digest})
    assert (answer.status_code, file.exists()) == (422, False)
    assert "not at its place any more" in answer.content.decode()


def test_a_directory_that_cannot_be_opened_keeps_nobody_from_today(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise InputProblem("the disk is full", expected="room", do="make room")

    monkeypatch.setattr(doubts, "_wasted", full)
    assert client.get("/").status_code == 200
    assert client.get("/take/print").status_code == 200


@pytest.mark.parametrize("day", ["9999-12-31", "9998-06-01", "0001-01-01", "1899-12-31", "2200-01-01"])
def test_a_day_of_which_no_rule_can_speak_is_not_asked_about(client: Client, day: str) -> None:
    client.post("/day", {"on": day})
    for address in ("/", "/plan", f"/plan?on={day}", f"/take/print?on={day}", f"/take/everything.zip?on={day}"):
        assert client.get(address).status_code == 200, address


def test_numbers_of_thousands_of_digits_are_no_numbers(client: Client) -> None:
    for address in ("/plan", "/money", "/calendar"):
        assert client.get(address, {"season": "9" * 5_000}).status_code == 200
    assert client.post("/match/example", {"act": f"up {'1' * 4_400}"}).status_code == 302
    assert client.post("/match", {"seed": f"000000001{'9' * 4_400}", "programs": "City"}).status_code < 500


def test_a_list_of_twelve_hundred_programs_can_be_saved(client: Client, file: Path) -> None:
    dossier = loads(file.read_text("utf-8"))
    for number in range(1_200):
        dossier = edit.add(dossier, "application", program=f"{number:010}")
    file.write_text(dumps(dossier), "utf-8")
    sent = {f"{name}-{at}": "" for at in range(1_202) for name in ("tier", "signal", "place")}
    sent |= {f"program-{at}": one.program or "" for at, one in enumerate(dossier.application or ())}
    answer = client.post("/apply/save", sent | {"tier-1201": "A", "digest": digest_on(client, "/apply")})
    assert answer.status_code == 302
    assert (read(file).preferences.tiers or {})["A"] == ("0000001199",)
