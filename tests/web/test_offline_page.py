"""Reading offline: what the browser may keep, whose wish it is, and how it is cleared."""

import time
from pathlib import Path

import pytest
from django.test import Client

import matchday.web
from matchday.web.address import remembered
from matchday.web.desk import Desk
from matchday.web.guard import KEPT
from tests.web.conftest import stranger
from tests.web.walk import pages

STATIC = Path(matchday.web.__file__).parent / "static"


def test_the_worker_may_keep_all_pages_and_is_read_without_the_token(client: Client) -> None:
    """It holds nothing personal, and a browser asks for it and for the manifest without cookies."""
    for name, kind in (("worker.js", "text/javascript"), ("manifest.webmanifest", "application/manifest+json")):
        answer = stranger().get(f"/static/{name}")
        assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (200, kind)
        answer.close()
    worker, style = (stranger().get(f"/static/{name}") for name in ("worker.js", "matchday.css"))
    assert worker["Service-Worker-Allowed"] == "/"
    assert "Service-Worker-Allowed" not in style.headers
    worker.close()
    style.close()


def test_the_sign_that_the_worker_uncovers_stands_on_every_page(client: Client) -> None:
    """If base.html and worker.js no longer agree, a kept page would not say that it is old."""
    sign = '<p id="kept" hidden>'
    assert f"const HIDDEN = '{sign}';" in (STATIC / "worker.js").read_text("utf-8")
    for _, address in pages(client):
        page = client.get(address).content.decode()
        assert page.count(sign) == 1, address
        assert "as it was on 22 November 2026, " in page, address


def keeps(client: Client) -> tuple[bool, bool, bool]:
    """Whether the worker is started, may keep the page, and whether the page says so."""
    page = client.get("/")
    return (
        "offline.js" in page.content.decode(),
        KEPT in page.headers,
        client.get("/offline?format=json").json()["kept"],
    )


def test_pages_are_kept_until_the_owner_wishes_none_and_clearing_is_done_by_the_browser(client: Client) -> None:
    assert keeps(client) == (True, True, True)
    assert client.post("/offline/forget")["Clear-Site-Data"] == '"cache", "storage"'
    assert keeps(client) == (False, False, False)
    client.post("/offline/keep")
    assert keeps(client) == (True, True, True)


def test_the_address_is_remembered_only_with_the_wish_and_for_this_file(desk: Desk, client: Client) -> None:
    desk.port = 50_123
    assert remembered(desk.path) is None
    client.post("/offline/keep")
    assert remembered(desk.path) == 50_123
    desk.port = 50_124  # the next start found it taken: nothing is kept for the new address
    assert keeps(client) == (False, False, False)
    assert "http://127.0.0.1:50123, which another program had taken" in client.get("/offline").content.decode()
    client.post("/offline/forget")
    assert remembered(desk.path) is None
    (desk.path.parent / f".{desk.path.name}.versions" / "port").write_text("no number")
    assert remembered(desk.path) is None


def test_the_worker_knows_the_mark_of_a_page_that_may_be_kept() -> None:
    assert f'const MARK = "{KEPT}";' in (STATIC / "worker.js").read_text("utf-8")


def test_the_ordinary_cache_still_keeps_nothing(client: Client) -> None:
    assert {client.get(address)["Cache-Control"] for _, address in pages(client)} == {"no-store"}


def test_the_day_and_the_hour_are_those_of_this_machine(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Noon in UTC on 22 November is a quarter to six in Nepal, and the next day in Samoa."""
    for zone, moment in (("Asia/Kathmandu", "22 November 2026, 17:45"), ("Pacific/Apia", "23 November 2026, 01:00")):
        with monkeypatch.context() as here:
            here.setenv("TZ", zone)
            time.tzset()
            page = client.get("/").content.decode()
        time.tzset()
        assert f"as it was on {moment}." in page
        assert f"<strong>{moment.partition(',')[0]}</strong>" in page
