"""On paper and on a phone: all rows print, and the one file opens without the program and asks nothing of anyone."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.journeys.conftest import Visit
from tests.journeys.serving import stopped

# How many of the rows' inner parts a reader of this medium sees.
SEEN = "() => [...document.querySelectorAll('details.finding > p')].filter((one) => one.checkVisibility({contentVisibilityAuto: true})).length"


def test_requirements_print_with_every_row_opened(visit: Callable[..., Visit]) -> None:
    page = visit("amina").tab("/requirements")
    rows = page.locator("details.finding").count()
    assert rows > 40
    page.wait_for_function(f"() => ({SEEN})() === 0")
    page.emulate_media(media="print")
    page.wait_for_function(f"() => ({SEEN})() >= {rows}")
    assert page.locator("nav").is_hidden()
    paper = "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf(format="A4"))).pages)
    assert paper.count("What would change this answer") == rows


def test_one_page_to_print_has_everything_and_no_buttons(visit: Callable[..., Visit]) -> None:
    page = visit("amina").tab("/take/print")
    page.emulate_media(media="print")
    for title in (
        "Will it be on time?",
        "The way in words",
        "Dates of the season",
        "Money",
        "Requirements",
        "Says who",
    ):
        expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    assert page.locator("main button:visible, main form:visible").count() == 0
    assert len(page.pdf(format="A4")) > 20_000


def test_the_file_for_a_phone_opens_alone(visit: Callable[..., Visit], browser: Browser, tmp_path: Path) -> None:
    there = visit("amina", own=True)
    page = there.tab("/take")
    with page.expect_download() as started:
        page.get_by_role("link", name="One file for the phone").click()
    file = tmp_path / "carried.html"
    started.value.save_as(file)
    stopped(there.served)
    phone = browser.new_context(viewport={"width": 360, "height": 740}, offline=True)
    alone = phone.new_page()
    asked: list[str] = []
    alone.on("request", lambda request: asked.append(request.url))
    alone.goto(file.as_uri())
    expect(alone.locator("h1")).to_have_text("Amina Yusuf · Match 2027")
    assert asked == [file.as_uri()]
    assert wide(alone) <= 360
    assert alone.evaluate("getComputedStyle(document.querySelector('.critical .bar')).fill") != "rgb(0, 0, 0)"
    phone.close()


def wide(page: Page) -> int:
    """The width that a page takes, in pixels."""
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return width
