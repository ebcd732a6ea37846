"""Undo goes back through the last ten versions, says what it undid, and can itself be undone."""

import itertools
from pathlib import Path

from django.test import Client

from matchday.dossier.file import read
from tests.web.conftest import seated, visitor
from tests.web.filling import fields_of, filled


def rename(client: Client, name: str) -> None:
    client.post("/facts/person", filled(client, "/facts/person", name=name))


def told(client: Client) -> list[tuple[str, str, str]]:
    facts = client.get("/changed", {"format": "json"}).json()["facts"]
    return [(fact["field"], fact["before"], fact["now"]) for fact in facts]


def test_undo_says_what_was_undone(client: Client, file: Path) -> None:
    before = read(file)
    rename(client, "Another Name")
    answer = client.post("/undo")
    assert (answer.status_code, answer["Location"]) == (302, "/changed")
    assert read(file) == before
    assert told(client) == [("Name", "Another Name", "Amina Yusuf")]
    assert "Undone" in client.get("/changed").content.decode()


def test_undo_brings_back_the_very_bytes(client: Client, file: Path) -> None:
    before = file.read_bytes()
    rename(client, "Another Name")
    client.post("/undo")
    assert file.read_bytes() == before


def test_undo_again_goes_one_further_through_ten_changes(client: Client, file: Path) -> None:
    names = ["Amina Yusuf", *(f"Name {number}" for number in range(1, 11))]
    for name in names[1:]:
        rename(client, name)
    back = []
    for _ in range(10):
        client.post("/undo")
        back.append(read(file).person.name)
    assert back == names[-2::-1]
    client.post("/undo")
    assert read(file).person.name == "Amina Yusuf"


def test_what_was_undone_can_be_put_back_step_by_step(client: Client, file: Path) -> None:
    for name in ("One", "Two"):
        rename(client, name)
    for _ in range(2):
        client.post("/undo")
    assert read(file).person.name == "Amina Yusuf"
    seen = []
    for _ in range(3):
        client.post("/redo")
        seen.append(read(file).person.name)
    assert seen == ["One", "Two", "Two"]


def test_the_page_shows_before_each_step_what_it_would_change(client: Client) -> None:
    for name in ("One", "Two"):
        rename(client, name)
    client.post("/undo")
    page = client.get("/changed", {"format": "json"}).json()
    steps = [[(fact["before"], fact["now"]) for fact in page[name]] for name in ("facts", "undo", "redo")]
    assert steps == [[("Two", "One")], [("One", "Amina Yusuf")], [("One", "Two")]]
    assert "Go back one more" in client.get("/changed").content.decode()


def test_ten_changes_and_ten_undos_with_a_restart_after_each(file: Path) -> None:
    """Where undo has come to is kept beside the file: it does not swing back and forth after a restart."""
    client = visitor(seated(file))
    names = ["Amina Yusuf", *(f"Name {number}" for number in range(1, 11))]
    for name in names[1:]:
        rename(client, name)
    back, forth = [], []
    for step, seen in (("/undo", back), ("/redo", forth)):
        for _ in range(10):
            client = visitor(seated(file))
            client.post(step)
            seen.append((read(file).person.name, told(client)))
    assert back == [(one, [("Name", later, one)]) for one, later in itertools.pairwise(names)][::-1]
    assert [name for name, _ in forth] == names[1:]


def test_a_hand_edit_after_undo_is_undone_first(client: Client, file: Path) -> None:
    for name in ("One", "Two"):
        rename(client, name)
    client.post("/undo")
    file.write_text(file.read_text().replace('"One"', '"By hand"'))
    seen = []
    for _ in range(2):
        client.post("/undo")
        seen.append(read(file).person.name)
    assert seen == ["One", "Amina Yusuf"]


def test_a_change_after_undo_can_be_undone(client: Client, file: Path) -> None:
    rename(client, "One")
    client.post("/undo")
    rename(client, "Two")
    client.post("/undo")
    assert read(file).person.name == "Amina Yusuf"


def test_without_any_change_nothing_is_undone(client: Client, file: Path) -> None:
    before = file.read_bytes()
    assert "Undo last change" not in client.get("/").content.decode()
    client.post("/undo")
    assert file.read_bytes() == before
    assert "has not been changed yet" in client.get("/changed").content.decode()


def test_every_kind_of_change_is_told(client: Client, file: Path) -> None:
    """Added and removed rows, lists known to be empty, single values."""
    client.post("/facts/letter/new", filled(client, "/facts/letter/new", writer="Dr. New"))
    assert told(client) == [("", "", "added")]
    loaded = fields_of(client.get("/facts/letter").content)["digest"]
    client.post("/facts/letter/2/remove", {"digest": loaded})
    assert told(client) == [("", "there", "removed")]
    client.post("/facts/interview/none", {"digest": fields_of(client.get("/facts/interview").content)["digest"]})
    assert told(client) == [("Interviews", "", "none")]
    client.post("/facts/season", filled(client, "/facts/season", season="2028"))
    assert told(client)[0] == ("Which Match do you aim at?", "2027", "2028")
    client.post("/facts/durations", filled(client, "/facts/durations", durations="step2ck.score: 10, 20, 30"))
    assert read(file).durations == {"step2ck.score": (10, 20, 30)}
    client.post("/facts/couple", filled(client, "/facts/couple", partner="A. Partner"))
    client.post("/facts/couple", filled(client, "/facts/couple", partner=""))
    assert read(file).couple is None


def test_a_change_to_what_was_before_can_be_undone_and_put_back(client: Client, file: Path) -> None:
    """There, gone again, undone: the state that undo leaves is the newest, though the file has said the same before."""
    rename(client, "One")
    rename(client, "Two")
    rename(client, "One")
    client.post("/undo")
    assert read(file).person.name == "Two"
    client.post("/redo")
    assert read(file).person.name == "One"
    client.post("/undo")
    client.post("/undo")
    assert read(file).person.name == "One"


def test_a_saved_pathway_is_named_as_one(client: Client, file: Path) -> None:
    client.post("/facts/pathway/new", filled(client, "/facts/pathway/new", number="6", season="2028"))
    facts = client.get("/changed", {"format": "json"}).json()["facts"]
    assert "Pathway 6" in facts[0]["entry"]
    assert "Season 2028" in facts[0]["entry"]
