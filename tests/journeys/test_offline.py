"""The pages last seen can be read when the program has stopped, they say of which moment they are, and can be cleared."""

import http.client
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit
from tests.journeys.serving import served, stopped
from tests.strategies import EXAMPLES

HAS_KEPT = "async () => Boolean(await caches.match(location.href.split('#')[0]))"


def kept(page: Page, address: str) -> None:
    """Open a page and wait until the browser has kept it."""
    page.goto(address)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function(HAS_KEPT)


def wished(there: Visit) -> Page:
    """A tab in which the owner has wished for the same address at each start."""
    page = there.tab()
    page.get_by_role("link", name="Pages kept for reading offline").click()
    expect(page.get_by_text("Pages are kept.", exact=True)).to_be_visible()
    page.get_by_role("button", name="Come back at this address each time").click()
    expect(page.get_by_text("The program comes back at the same address")).to_be_visible()
    return page


def test_a_page_opens_when_the_program_has_stopped_and_says_of_which_moment_it_is(visit: Callable[..., Visit]) -> None:
    there = visit("amina", own=True)
    page = there.tab()
    for path in ("/", "/plan"):
        kept(page, there.served.origin + path)
    assert page.locator("#kept").is_hidden()
    stopped(there.served)
    page.goto(there.served.origin + "/plan")
    expect(page.locator("h1")).to_have_text("Plan")
    expect(page.locator("#kept")).to_contain_text("The program is not running. You read this page as it was on ")
    assert page.locator("figure.timeline rect.bar").count() > 5
    assert page.locator("form").count() == page.locator("form[inert]").count() > 0
    assert page.evaluate("getComputedStyle(document.querySelector('figure.timeline rect.bar')).fill") != "rgb(0, 0, 0)"
    page.get_by_role("link", name="Matchday").click()
    expect(page.locator("h1")).to_have_text("Where do I stand?")


def test_a_page_never_opened_says_that_it_was_not_kept(visit: Callable[..., Visit]) -> None:
    there = visit("amina", own=True)
    page = there.tab()
    kept(page, there.served.origin)
    page.wait_for_function("async () => Boolean(await caches.match('/offline'))")
    stopped(there.served)
    page.goto(there.served.origin + "/money")
    expect(page.locator("h1")).to_have_text("Read offline")


def test_nothing_that_was_sent_is_kept(visit: Callable[..., Visit]) -> None:
    """Neither downloads nor JSON nor forms: pages and their style only."""
    there = visit("amina")
    page = there.tab()
    kept(page, there.served.origin + "/money")
    page.get_by_label("for one dollar").fill("1500")
    page.get_by_role("button", name="Show in this currency").click()
    kept(page, there.served.origin + "/take")
    with page.expect_download():
        page.get_by_role("link", name="Everything (ZIP)").click()
    names = page.evaluate(
        "async () => (await Promise.all((await caches.keys()).map("
        "async (name) => (await (await caches.open(name)).keys()).map((one) => one.url)))).flat()"
    )
    paths = {name.removeprefix(there.served.origin) for name in names}
    assert {path for path in paths if not path.startswith("/static/")} <= {"/", "/money", "/take", "/offline"}


def test_the_next_start_is_at_the_same_address_and_its_pages_are_new(visit: Callable[..., Visit]) -> None:
    there = visit("amina", own=True)
    page = wished(there)
    kept(page, there.served.origin + "/facts/person")
    stopped(there.served)
    page.goto(there.served.origin + "/facts/person")
    expect(page.locator("#kept")).to_be_visible()
    there.served.file.write_text(there.served.file.read_text().replace("Amina Yusuf", "Amina the Second"))
    again = served(there.served.file)
    assert again.origin == there.served.origin
    page.goto(again.opening)
    page.goto(again.origin + "/facts/person")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Amina the Second")
    expect(page.locator("#kept")).to_be_hidden()
    assert stopped(again) == 0


def test_the_button_clears_what_was_kept_and_keeps_no_more(visit: Callable[..., Visit]) -> None:
    there = visit("amina")
    page = wished(there)
    kept(page, there.served.origin + "/offline")
    page.get_by_role("button", name="Clear the kept pages and keep no more").click()
    expect(page.get_by_text("No pages are kept.")).to_be_visible()
    page.wait_for_function("async () => (await caches.keys()).length === 0")
    page.goto(there.served.origin + "/plan")
    assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0


def test_a_browser_that_was_not_there_when_it_was_cleared_clears_by_itself(visit: Callable[..., Visit]) -> None:
    """The wish stands beside the file; a page that does not carry it ends the worker of any other browser."""
    there = visit("amina", own=True)
    page = wished(there)
    kept(page, there.served.origin + "/plan")
    assert there.served.post("/offline/forget", {}) == http.client.FOUND
    page.goto(there.served.origin + "/plan")
    page.wait_for_function("async () => (await caches.keys()).length === 0")
    page.wait_for_function("async () => (await navigator.serviceWorker.getRegistrations()).length === 0")


def test_pages_of_two_files_never_mix(visit: Callable[..., Visit], tmp_path: Path) -> None:
    """Another file at the same address: what was kept of the first one is gone at the first page of the second."""
    there = visit("amina", own=True)
    page = wished(there)
    kept(page, there.served.origin + "/money")
    port = int(there.served.origin.rpartition(":")[2])
    stopped(there.served)
    other = tmp_path / "mateo.toml"
    other.write_bytes(next(path for path in EXAMPLES if path.stem == "mateo").read_bytes())
    again = served(other, port=port)
    page.goto(again.opening)
    kept(page, again.origin + "/plan")
    stopped(again)
    page.goto(again.origin + "/money")
    expect(page.locator("h1")).to_have_text("Read offline")
