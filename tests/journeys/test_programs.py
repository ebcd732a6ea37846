"""From a search to a list with its price, and a list of one's own brought in: with scripts and without, wide and narrow."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit

# A spreadsheet as people keep it: two header lines, a state on the first row of its group, a row without a name.
SHEET = Path(__file__).parents[1] / "samples/programs/spreadsheet.csv"
WIDTHS = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 900}}


def applications_usd(page: Page) -> str:
    return page.get_by_text("for the applications themselves").inner_text()


@pytest.mark.parametrize("scripts", [True, False])
def test_from_search_to_shortlist_to_list_and_its_price(visit: Callable[..., Visit], scripts: bool) -> None:
    page = visit("amina", java_script_enabled=scripts, viewport=WIDTHS["phone"]).tab("/apply")
    assert "of which 22 dollars" in applications_usd(page)
    page.goto(page.url.replace("/apply", "/programs"))
    page.get_by_label("Words, place or code").fill("family medicine texas")
    page.get_by_role("button", name="Search").first.click()
    page.get_by_role("button", name="Shortlist").first.click()
    page.get_by_role("button", name="Shortlist").first.click()
    assert "q=family+medicine+texas" in page.url
    page.get_by_role("link", name="Shortlist", exact=True).click()
    expect(page.get_by_role("table").get_by_role("columnheader")).to_have_count(2)
    page.get_by_role("button", name="Add to my list").first.click()
    expect(page.get_by_role("checkbox")).to_have_count(1)
    page.goto(page.url.replace("/programs/shortlist", "/apply"))
    assert "of which 33 dollars" in applications_usd(page)
    row = page.get_by_role("row").filter(has_text="Family Medicine")
    row.get_by_label("Tier").select_option("A")
    row.get_by_label("Signal").select_option("single")
    page.get_by_role("button", name="Save the list").first.click()
    expect(page.get_by_role("heading", name="Tier A")).to_be_visible()
    expect(page.get_by_text("one kind: 1 of 5")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_spreadsheet_with_faults_is_looked_at_corrected_taken_in_and_undone(
    visit: Callable[..., Visit], width: str
) -> None:
    page = visit("amina", own=True, viewport=WIDTHS[width]).tab("/programs/import")
    page.get_by_label("File").set_input_files(SHEET)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_text("3 rows would be taken")).to_be_visible()
    expect(page.get_by_text("row not taken")).to_be_visible()
    page.get_by_label("% IMG").select_option(label="leave it out")
    page.get_by_role("button", name="Look again").click()
    expect(page.get_by_label("% IMG")).to_have_value("")
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_role("status")).to_contain_text("spreadsheet.csv was taken in: 3")
    page.get_by_role("link", name="Search them").click()
    expect(page.get_by_text("made-up")).to_have_count(0)
    page.get_by_role("link", name="Sable River University Hospital").click()
    expect(page.get_by_text("IMGs, percent")).to_have_count(0)
    page.goto(page.url.split("/program/")[0] + "/programs/import")
    page.get_by_role("button", name="Undo this import").click()
    expect(page.get_by_text("Nothing was imported yet.")).to_be_visible()


def test_a_file_that_is_no_list_is_told_and_nothing_is_taken(visit: Callable[..., Visit], tmp_path: Path) -> None:
    wrong = tmp_path / "photo.csv"
    wrong.write_bytes(b"\x89PNG\r\n\0\0")
    page = visit("amina").tab("/programs/import")
    page.get_by_label("File").set_input_files(wrong)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("alert")).to_contain_text("photo.csv")


@pytest.mark.parametrize("path", ["/programs?fit=not+stated", "/program/9738140C1", "/programs/import", "/apply"])
def test_no_page_of_programs_scrolls_sideways_on_a_phone(visit: Callable[..., Visit], path: str) -> None:
    page = visit("amina", viewport=WIDTHS["phone"]).tab(path)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
