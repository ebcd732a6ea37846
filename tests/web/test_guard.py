"""What binds every address: the token of this start, the host, CSRF, the headers; a GET changes nothing."""

from pathlib import Path

import pytest
from django.test import Client

from matchday.web.desk import Desk, sit_down
from matchday.web.frame import MENU
from matchday.web.guard import HEADERS
from tests.web.conftest import stranger, visitor
from tests.web.walk import addresses, pages


def test_whoever_has_no_token_is_refused_everywhere(desk: Desk) -> None:
    """Another person on the machine, or a page elsewhere, does not know the token of this start."""
    answers = {name: stranger().get(address).status_code for name, address in addresses()}
    assert set(answers.values()) == {403}, answers


@pytest.mark.parametrize("wrong", ["", "x", "é", "0" * 5000])
def test_a_wrong_token_is_refused(desk: Desk, wrong: str) -> None:
    assert stranger().get("/", {"token": wrong}).status_code == 403


def test_the_opening_address_gives_its_token_away_only_once(desk: Desk) -> None:
    """The token becomes a cookie that scripts cannot read, and leaves the address bar; other parameters stay."""
    client = stranger()
    opened = client.get("/", {"token": desk.token, "on": "2026-12-01"})
    cookie = opened.cookies["matchday-80"]
    assert (opened.status_code, opened["Location"]) == (302, "/?on=2026-12-01")
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/")
    assert client.get("/").status_code == 200


def test_two_files_can_be_open_in_one_browser(tmp_path: Path) -> None:
    """A browser sends a cookie to every port of a host, so that each start needs a name of its own for it."""
    desks = {port: Desk(tmp_path / f"{port}.toml") for port in ("5001", "5002")}
    client = stranger()
    for port, one in desks.items():
        sit_down(one)
        client.get("/", {"token": one.token}, SERVER_PORT=port)
    for port, one in desks.items():
        sit_down(one)
        assert client.get("/", SERVER_PORT=port).status_code == 200


def test_another_host_is_refused_everywhere(client: Client) -> None:
    answers = {
        name: client.get(address, headers={"host": "matchday.example"}).status_code for name, address in addresses()
    }
    assert set(answers.values()) == {400}, answers


def test_a_form_without_the_csrf_token_is_refused_everywhere(desk: Desk, file: Path) -> None:
    before = file.read_bytes()
    client = visitor(desk, csrf=True)
    answers = {name: client.post(address).status_code for name, address in addresses()}
    assert set(answers.values()) == {403}, answers
    assert file.read_bytes() == before


def test_a_form_with_the_csrf_token_is_taken(desk: Desk) -> None:
    client = visitor(desk, csrf=True)
    client.get("/")
    token = client.cookies["csrftoken"].value
    answer = client.post("/day", {"csrfmiddlewaretoken": token, "on": "2026-12-01", "back": "/"})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_every_address_carries_the_strict_headers(client: Client) -> None:
    """Errors and refusals too; and nothing personal is kept by any cache."""
    for _, address in [*addresses(), ("unknown", "/no-such-page"), ("style", "/static/matchday.css")]:
        for who in (client, stranger()):
            answer = who.get(address)
            answer.close()
            assert {name: answer[name] for name in HEADERS} == HEADERS, address
            if not address.startswith("/static/"):
                assert answer["Cache-Control"] == "no-store", address


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert policy.startswith("default-src 'none'")


def test_no_page_holds_inline_script_or_style(client: Client) -> None:
    """The policy would stop them, and the page would look broken."""
    for _, address in pages(client):
        text = client.get(address).content.decode()
        assert " style=" not in text, address
        assert "<style" not in text, address
        assert "<script>" not in text, address
        assert not any(f" on{event}=" in text for event in ("click", "change", "submit", "load", "input")), address


def test_a_get_changes_nothing(client: Client, file: Path) -> None:
    """Neither the file nor its versions, whatever address is opened."""

    def state() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in file.parent.rglob("*") if path.is_file()}

    before = state()
    for _, address in addresses():
        for query in ("", "?on=2030-01-01", "?format=json"):
            client.get(address + query)
    assert state() == before


def test_every_page_of_the_menu_answers(client: Client) -> None:
    names = {name for name, _ in pages(client)}
    assert {entry.view for entry in MENU} <= names


def test_every_page_answers_json_too(client: Client) -> None:
    for _, address in pages(client):
        answer = client.get(address, {"format": "json"})
        assert answer["Content-Type"] == "application/json", address
        assert isinstance(answer.json(), dict), address


def test_no_address_makes_a_mistake_with_an_empty_file(newcomer: Client) -> None:
    """A new person has no file; every page says so in its own way."""
    answers = {name: newcomer.get(address).status_code for name, address in addresses()}
    assert not [name for name, status in answers.items() if status >= 500], answers
