"""The owner's file is hers: comments, order and spacing stay when the pages change a fact."""

import dataclasses
import difflib
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matchday.dossier import edit
from matchday.dossier.file import dumps, loads, read
from matchday.dossier.model import Dossier
from matchday.web.layout import laid_into
from tests.strategies import EXAMPLES, dossiers
from tests.web.conftest import example
from tests.web.filling import filled

TEXT = example("amina").decode()


def changed(after: Dossier, text: str = TEXT) -> list[str]:
    """The lines that differ between the owner's file and the one that is written for a dossier."""
    laid = laid_into(text, dumps(after))
    assert loads(laid) == after
    lines = difflib.unified_diff(text.splitlines(), laid.splitlines(), lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def test_only_the_line_of_the_changed_fact_differs() -> None:
    amina = loads(TEXT)
    assert changed(edit.set_person(amina, name="Another")) == ['-name = "Amina Yusuf"', '+name = "Another"']
    assert changed(edit.change(amina, "exam", 1, score=240)) == ["+score = 240"]
    assert changed(edit.set_season(amina, season=2028)) == ["-season = 2027", "+season = 2028"]
    assert changed(edit.set_person(amina, us_status=None)) == ['-us_status = "none"']


def test_a_comment_stays_beside_a_value_that_changes() -> None:
    assert changed(edit.set_person(loads(TEXT), last_permanent_residence="GH")) == [
        '-last_permanent_residence = "NG"   # the country of the Statement of Need for J-1',
        '+last_permanent_residence = "GH"   # the country of the Statement of Need for J-1',
    ]


def test_rows_that_come_and_go_leave_the_others_as_they_are() -> None:
    amina = loads(TEXT)
    assert all(line.startswith("-") for line in changed(edit.remove(amina, "exam", 0)))
    assert changed(edit.add(amina, "exam", exam="step3")) == ["+", "+[[exam]]", '+exam = "step3"']
    assert changed(dataclasses.replace(amina, interview=())) == ["+interview = []"]


def test_the_pages_keep_what_was_written_by_hand(client: Client, file: Path) -> None:
    """Saved twice, undone and saved again, with the line ends of the owner's editor."""
    own = "# my own words\r\n" + TEXT.replace("\n", "\r\n")
    file.write_bytes(own.encode())
    for name in ("One", "Two"):
        assert client.post("/facts/person", filled(client, "/facts/person", name=name)).status_code == 302
        assert file.read_bytes().decode() == own.replace('"Amina Yusuf"', f'"{name}"')
    client.post("/undo")
    sent = {"season": "2028", "digest": filled(client, "/facts/person")["digest"][0]}
    assert client.post("/plan/aim", sent).status_code == 302
    wanted = own.replace('"Amina Yusuf"', '"One"').replace("season = 2027", "season = 2028", 1)
    assert file.read_bytes().decode() == wanted


@pytest.mark.parametrize("text", ["schema = 1\nexam = [{exam = 'step1'}]\n", 'schema = 1\nperson.name = "Dotted"\n'])
def test_another_way_to_write_the_same_is_followed_or_left(text: str) -> None:
    """What the file says comes before its layout."""
    after = edit.add(edit.set_person(loads(text), born=None, name="Another"), "exam", exam="step3")
    assert loads(laid_into(text, dumps(after))) == after


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(before=st.sampled_from([path.read_text("utf-8") for path in EXAMPLES]) | dossiers().map(dumps), after=dossiers())
def test_whatever_changes_the_file_says_what_it_should(before: str, after: Dossier) -> None:
    assert loads(laid_into(before, dumps(after))) == after


def test_a_file_laid_out_by_the_program_is_written_as_ever(client: Client, file: Path) -> None:
    file.write_text(dumps(read(file)))
    client.post("/facts/person", filled(client, "/facts/person", name="Another"))
    assert file.read_text() == dumps(read(file))
