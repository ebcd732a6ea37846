"""A person changes facts in the browser: from the first start to a first answer, and every way a change can go."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from matchday.dossier.file import read
from tests.journeys.conftest import Visit

PHONE = {"viewport": {"width": 360, "height": 740}}
WAYS = {"wide": {}, "scripts off": {"java_script_enabled": False}, "phone": PHONE}


def fits(page: Page) -> bool:
    """Whether nothing sticks out of the page at the side."""
    page.wait_for_load_state()
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def to_facts(page: Page) -> None:
    """Through the menu, as a person would."""
    if not page.get_by_role("link", name="My facts", exact=True).first.is_visible():
        page.get_by_text("Menu", exact=True).click()
    page.get_by_role("link", name="My facts", exact=True).first.click()


@pytest.mark.parametrize("way", ["wide", "phone"])
def test_from_the_first_start_to_the_first_answer(visit: Callable[..., Visit], way: str) -> None:
    there = visit("", **WAYS[way])
    page = there.tab()
    page.get_by_role("link", name="Start").click()
    page.get_by_label("Which Match do you aim at?").fill("2028")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_label("Citizenships").fill("Nigeria")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_label("Country").fill("Nigeria")
    page.get_by_label("Degree given on").fill("18/07/2025")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", name="What your answers already say")).to_be_visible()
    expect(page.get_by_text("International medical graduate", exact=True)).to_be_visible()
    for _ in range(6):
        page.get_by_role("link", name="Skip", exact=True).click()
        assert fits(page)
    page.get_by_role("link", name="Skip", exact=True).click()
    expect(page.get_by_role("heading", name="Where do I stand?")).to_be_visible()
    assert read(there.served.file).season == 2028


@pytest.mark.parametrize("way", WAYS)
def test_a_changed_exam_day_moves_the_plan(visit: Callable[..., Visit], way: str) -> None:
    there = visit("amina", **WAYS[way])
    page = there.tab()
    to_facts(page)
    page.get_by_role("link", name="Step 2 CK, 18 December 2026").click()
    page.get_by_label("Day of the exam").fill("1 March 2027")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Saved")).to_be_visible()
    said = page.locator("main").inner_text()
    assert "18 December 2026 → 1 March 2027" in said
    assert "ways of 100 to be on time" in said
    assert way == "scripts off" or fits(page)
    page.goto(there.served.origin + "/plan")
    assert "1 March 2027" in page.locator("main").inner_text()
    page.get_by_role("button", name="Undo last change").click()
    expect(page.get_by_role("heading", name="Back to an earlier state")).to_be_visible()
    assert "1 March 2027 → 18 December 2026" in page.locator("main").inner_text()


def test_an_ambiguous_day_is_asked_back(visit: Callable[..., Visit]) -> None:
    there = visit("amina", **PHONE)
    page = there.tab("/facts/exam/1")
    page.get_by_label("Day of the exam").fill("04/01/2027")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Which day is meant?")).to_be_visible()
    page.get_by_label("4 January 2027").check()
    page.get_by_role("button", name="Save").click()
    assert "18 December 2026 → 4 January 2027" in page.locator("main").inner_text()


@pytest.mark.parametrize("way", ["scripts off", "phone"])
def test_the_second_of_two_tabs_is_shown_both_values(visit: Callable[..., Visit], way: str) -> None:
    there = visit("amina", **WAYS[way])
    one, other = there.tab("/facts/exam/1"), there.tab("/facts/exam/1")
    one.get_by_label("Day of the exam").fill("20 December 2026")
    one.get_by_role("button", name="Save").click()
    other.get_by_label("Day of the exam").fill("9 January 2027")
    other.get_by_role("button", name="Save").click()
    expect(other.get_by_role("heading", name="The file was changed meanwhile")).to_be_visible()
    assert way == "scripts off" or fits(other)
    row = other.get_by_role("row", name="Day of the exam")
    expect(row).to_contain_text("20 December 2026")
    expect(row).to_contain_text("9 January 2027")
    other.get_by_role("button", name="Write mine").click()
    assert "20 December 2026 → 9 January 2027" in other.locator("main").inner_text()


def test_a_what_if_colours_the_page_and_goes_back_with_one_click(visit: Callable[..., Visit]) -> None:
    there = visit("amina")
    page, before = there.tab("/requirements"), there.served.file.read_bytes()
    page.locator("#what-if summary").click()
    asked = page.locator("#what-if form").first
    asked.locator("input[name=day]").fill("2026-12-18")
    asked.get_by_role("button", name="Show").click()
    expect(page.get_by_text("what if I pass Step 2 CK on 18 December 2026")).to_be_visible()
    expect(page.locator("body.what-if")).to_be_visible()
    page.get_by_role("button", name="Back to what is so").click()
    expect(page.locator("body.what-if")).to_have_count(0)
    assert there.served.file.read_bytes() == before


def test_a_form_is_filled_and_saved_by_keyboard_alone(visit: Callable[..., Visit]) -> None:
    there = visit("amina")
    page = there.tab("/facts/season")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "season":
            break
    page.keyboard.press("Control+A")
    page.keyboard.type("2028")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Saved")).to_be_visible()
    assert read(there.served.file).season == 2028


def test_a_slip_is_told_as_soon_as_the_field_is_left(visit: Callable[..., Visit]) -> None:
    page = visit("amina").tab("/facts/exam/1")
    page.get_by_label("Score").fill("very good")
    page.get_by_label("Result came on").focus()
    expect(page.get_by_text("write a whole number from 1 to 300")).to_be_visible()
    page.get_by_label("Score").fill("240")
    page.get_by_label("Result came on").focus()
    expect(page.get_by_text("write a whole number from 1 to 300")).to_have_count(0)
