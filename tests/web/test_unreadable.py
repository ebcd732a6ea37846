"""A file that cannot be read is told with its line and what to do, on every page; then it works again."""

import html
import re
from pathlib import Path

from django.test import Client

from matchday.dossier.file import read
from tests.web.filling import filled
from tests.web.walk import addresses, pages

FAULT = b'schema = 1\n[person]\nname = "Amina\n'


def test_every_page_says_what_is_wrong_with_the_file(client: Client, file: Path) -> None:
    known = list(pages(client))
    file.write_bytes(FAULT)
    for _, address in known:
        answer = client.get(address)
        assert answer.status_code == 409, address
        assert "line 3" in answer.content.decode(), address


def test_no_address_makes_a_mistake_over_a_file_that_cannot_be_read(client: Client, file: Path) -> None:
    file.write_bytes(FAULT)
    answers = {
        name: (client.get(address).status_code, client.post(address).status_code) for name, address in addresses()
    }
    assert not [name for name, both in answers.items() if max(both) >= 500], answers
    assert file.read_bytes() == FAULT


def test_a_program_is_told_as_json(client: Client, file: Path) -> None:
    file.write_bytes(FAULT)
    answer = client.get("/", {"format": "json"})
    assert (answer.status_code, answer.json()["problem"]["line"]) == (409, 3)


def test_a_mended_file_is_read_at_once(client: Client, file: Path) -> None:
    before = file.read_bytes()
    file.write_bytes(FAULT)
    assert client.get("/").status_code == 409
    file.write_bytes(before)
    assert client.get("/").status_code == 200


def test_the_last_good_state_can_be_brought_back(client: Client, file: Path) -> None:
    """Undo works without reading the broken file; the broken one is kept as a version."""
    good = file.read_bytes()
    file.write_bytes(FAULT)
    client.post("/undo", {"back": "/"})
    assert file.read_bytes() == FAULT  # nothing earlier is kept yet
    folder = file.parent / f".{file.name}.versions"
    folder.mkdir(exist_ok=True)
    (folder / "000001-20261122T120000Z.toml").write_bytes(good)
    client.post("/undo", {"back": "/"})
    assert file.read_bytes() == good
    assert client.get("/").status_code == 200


def test_what_was_typed_can_be_sent_again_when_the_file_is_mended(client: Client, file: Path) -> None:
    """The file broke while the form was open: the page of the fault carries the form."""
    good, typed = file.read_bytes(), filled(client, "/facts/person", name="Typed <b>long</b>")
    file.write_bytes(FAULT)
    told = client.post("/facts/person", typed)
    assert (told.status_code, file.read_bytes()) == (409, FAULT)
    file.write_bytes(good)
    again = re.findall(r'name="([^"]+)" value="([^"]*)"', told.content.decode())
    sent = {name: [html.unescape(text) for key, text in again if key == name] for name, _ in again}
    assert client.post("/facts/person", sent).status_code == 302
    assert read(file).person.name == "Typed <b>long</b>"
