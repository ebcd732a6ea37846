"""The shortlist: kept in the file, up to four programs side by side, told apart by what differs."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.web.small import press, use_small

ALPHA, BETA, GAMMA, DELTA, PRELIM = "1001320C0", "1002320C0", "1003320C0", "1004140C0", "1004140P0"


@pytest.fixture(autouse=True)
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_small(tmp_path / "small", monkeypatch)


def keep(client: Client, *codes: str) -> None:
    for code in codes:
        assert press(client, "/programs/keep", "/programs", shortlist=code) == 302


def data(client: Client, **asked: Any) -> dict[str, Any]:
    answer: dict[str, Any] = client.get("/programs/shortlist", {**asked, "format": "json"}).json()
    return answer


def test_an_empty_shortlist_says_how_to_begin(client: Client) -> None:
    assert "Nothing is on it yet" in client.get("/programs/shortlist").content.decode()


def test_two_programs_stand_side_by_side_and_what_differs_is_named(client: Client) -> None:
    keep(client, ALPHA, BETA)
    rows = {row["field"]: row for row in data(client)["rows"]}
    assert rows["visa_j1"] == {"field": "visa_j1", "label": "sponsors J-1", "values": ["yes", "no"], "differs": True}
    assert rows["specialty"]["differs"] is False
    assert rows["img_share"]["values"] == ["40", ""]
    page = client.get("/programs/shortlist").content.decode()
    assert "not stated" in page
    assert "1 September 2026" in page


def test_the_first_four_are_compared_unless_others_are_chosen(client: Client) -> None:
    keep(client, ALPHA, BETA, GAMMA, DELTA, PRELIM)
    assert [one["handle"] for one in data(client)["compared"]] == [ALPHA, BETA, GAMMA, DELTA]
    chosen = data(client, code=[PRELIM, ALPHA])
    assert [one["handle"] for one in chosen["compared"]] == [PRELIM, ALPHA]
    assert data(client, code=[ALPHA, BETA, GAMMA, DELTA, PRELIM])["left_out"] == 1


def test_a_program_that_left_the_directory_stays_on_the_shortlist_by_its_code(client: Client, file: Path) -> None:
    keep(client, ALPHA)
    file.write_bytes(file.read_bytes().replace(ALPHA.encode(), b"7777320C0"))
    assert data(client)["compared"] == []
    page = client.get("/programs/shortlist").content.decode()
    assert "is not in your directory" in page
    assert press(client, "/programs/keep", "/programs/shortlist", unshortlist="7777320C0") == 302
    assert b"shortlist" not in file.read_bytes()


def test_what_none_of_them_states_is_said_in_one_line(client: Client) -> None:
    keep(client, ALPHA, BETA)
    found = data(client)
    assert found["silent"] == ["accreditation"]
    assert all(any(row["values"]) for row in found["rows"])
    assert "Stated by none of them" in client.get("/programs/shortlist").content.decode()


def test_tracks_of_one_hospital_are_told_apart_and_words_are_of_the_language(client: Client) -> None:
    keep(client, DELTA, PRELIM)
    page = client.get("/programs/shortlist").content.decode()
    assert f" {DELTA}</small>" in page
    assert f" {PRELIM}</small>" in page
    assert 'class="compare of2"' in page
    client.cookies["matchday-language"] = "es"
    page = client.get("/programs/shortlist").content.decode()
    assert "preliminar" in page
    assert "fuente más antigua" in page
    assert f" {DELTA}" in client.get("/programs", {"specialty": ""}).content.decode()


def test_the_last_change_names_a_program_of_the_shortlist(client: Client) -> None:
    keep(client, ALPHA)
    (fact,) = client.get("/changed", {"format": "json"}).json()["facts"]
    assert fact["field"].endswith(": Shortlist")
    assert ALPHA in fact["now"]
    assert fact["now"] != ALPHA
