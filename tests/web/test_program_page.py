"""The page of one program: every claim with its source, both values where sources differ, what to ask."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from matchday.dossier.file import dumps, parse
from tests.web.conftest import example, seated, visitor
from tests.web.small import press, use_small
from tests.web.walk import without_abbr

DELTA, BETA, ETA = "1004140C0", "1002320C0", "4803500007"


@pytest.fixture(autouse=True)
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_small(tmp_path / "small", monkeypatch)


def page(client: Client, code: str) -> str:
    return without_abbr(client.get(f"/program/{code}").content.decode())


def data(client: Client, code: str) -> dict[str, Any]:
    answer: dict[str, Any] = client.get(f"/program/{code}", {"format": "json"}).json()
    return answer


def test_where_sources_differ_both_values_stand_with_their_source_and_day(client: Client) -> None:
    said = [(c["value"], c["source"], c["as_of"]) for c in data(client, DELTA)["claims"] if c["field"] == "visa_j1"]
    assert said == [("yes", "my list.xlsx", "2026-09-01"), ("no", "invites.csv", "2025-12-01")]
    shown = page(client, DELTA)
    assert "sources differ; this one is shown" in shown
    assert "1 December 2025" in shown


def test_each_rule_tells_its_answer_and_the_claim_it_rests_on(client: Client) -> None:
    gates = {gate["gate"]: gate for gate in data(client, BETA)["gates"]}
    assert gates["visa"]["verdict"] == "does not"
    assert gates["visa"]["said"] == [
        {"value": "no", "source": "my list.xlsx", "day": "2026-09-01"},
        {"value": "no", "source": "my list.xlsx", "day": "2026-09-01"},
    ]


def test_the_letter_asks_only_what_the_program_can_answer(client: Client) -> None:
    letter = data(client, ETA)["letter"]
    assert letter.startswith("Dear program coordinator")
    assert "Which visas do you sponsor" in letter
    assert letter.endswith("Amina Yusuf")
    assert "tries" not in data(client, "1001320C0")["letter"]  # it states its limit of tries


def test_an_empty_file_asks_no_program_for_what_the_owner_knows(tmp_path: Path) -> None:
    newcomer = visitor(seated(tmp_path / "new.toml"))
    asked = data(newcomer, "1001320C0")
    assert "visas" not in asked["letter"]
    assert "exam" in asked["fit"]["missing"]


def test_history_is_drawn_and_told(client: Client) -> None:
    shown = page(client, "1001320C0")
    assert shown.count("<polyline") == 2
    assert data(client, "1001320C0")["history"][0] == {"season": 2026, "quota": 10, "filled": 8}
    assert "No source tells positions by season." in page(client, ETA)


def test_tracks_of_one_program_lead_to_each_other(client: Client) -> None:
    assert 'href="/program/1004140P0"' in page(client, DELTA)


def test_a_program_that_is_not_there_is_no_page(client: Client) -> None:
    assert client.get("/program/9999999999").status_code == 404


def test_text_of_a_source_is_never_run(client: Client) -> None:
    """A name that a spreadsheet would run as a formula is text, and HTML in it would be too."""
    assert "=1+1" in page(client, "1006220C0")


def test_a_program_goes_on_the_list_with_tier_and_note_and_the_note_can_change(client: Client, file: Path) -> None:
    address = f"/program/{DELTA}"
    assert press(client, "/programs/keep", address, list=DELTA, tier="A", note="ask about night float") == 302
    shown = data(client, DELTA)
    assert (shown["listed"], shown["tier"], shown["note"]) == (True, "A", "ask about night float")
    assert press(client, "/programs/note", address, program=DELTA, note=" ") == 302
    assert data(client, DELTA)["note"] == ""
    assert b"night float" not in file.read_bytes()


def test_it_is_on_the_list_once(client: Client) -> None:
    assert press(client, "/programs/keep", "/programs", list=DELTA) == 302
    assert press(client, "/programs/keep", "/programs", list=DELTA) == 422


@pytest.mark.parametrize("fields", [{"list": "nowhere"}, {"shortlist": "nowhere"}, {}])
def test_what_the_directory_does_not_know_is_not_kept(client: Client, file: Path, fields: dict[str, str]) -> None:
    before = file.read_bytes()
    assert press(client, "/programs/keep", "/programs", **fields) == 422
    assert press(client, "/programs/note", "/programs", program="nowhere", note="x") == 422
    assert file.read_bytes() == before


def test_a_form_over_an_older_file_changes_nothing(client: Client, file: Path) -> None:
    """Another tab or an editor was first: the second writer is told."""
    file.write_bytes(example("amina").replace(b"budget_usd = 2000", b"budget_usd = 2001"))
    before = file.read_bytes()
    refused = client.post("/programs/keep", {"list": DELTA, "digest": "0" * 64, "back": "/programs?q=delta"})
    assert refused.status_code == 409
    assert "changed meanwhile" in refused.content.decode()
    assert f'href="/programs?q=delta#{DELTA}"' in refused.content.decode()
    assert file.read_bytes() == before


def test_what_is_missing_in_the_file_is_named_as_its_page_is(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    bare = replace(parse(example("amina"), "amina.toml"), experience=None, exam=None)
    path.write_text(dumps(bare, "toml"))
    found = page(visitor(seated(path)), BETA)
    assert "missing in your file: Exams" in found
