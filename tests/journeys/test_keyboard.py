"""The keyboard alone: past the menu, to a page, into its form, and to the answer."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from matchday.dossier.file import read
from tests.journeys.conftest import Visit


def tab_to(page: Page, words: str, most: int = 80) -> None:
    """Press Tab until the control with these words has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        said = page.evaluate(
            "() => { const e = document.activeElement; return (e.labels?.[0]?.innerText || e.innerText || '').replace(/\\s+/g, ' '); }"
        )
        if words in said:
            return
    raise AssertionError(f"{words!r} was not reached")


def test_the_first_control_leads_past_the_menu(visit: Callable[..., Visit]) -> None:
    page = visit("amina").tab()
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the page")
    assert skip.is_visible()
    assert skip.bounding_box()["x"] >= 0  # type: ignore[index] # it is visible
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('main') !== null")


def test_a_guide_is_checked_without_a_mouse(visit: Callable[..., Visit]) -> None:
    page = visit("amina").tab()
    tab_to(page, "Check a guide")
    page.keyboard.press("Enter")
    page.wait_for_url("**/guide")
    tab_to(page, "Paste the words of the guide")
    page.keyboard.type("You must pass Step 2 CS.")
    tab_to(page, "Mark the claims")
    page.keyboard.press("Enter")
    page.locator("mark.outdated").wait_for()


def test_the_day_is_changed_and_set_back_without_a_mouse(visit: Callable[..., Visit]) -> None:
    page = visit("amina").tab()
    tab_to(page, "Change day")
    page.keyboard.press("Enter")
    tab_to(page, "Answer as of")
    page.keyboard.type("01312027")
    tab_to(page, "Show that day")
    page.keyboard.press("Enter")
    page.locator("body.what-if").wait_for()
    assert "31 January 2027" in page.locator(".asof").inner_text()


def test_from_the_start_to_an_answer_a_change_and_undo_without_a_mouse(visit: Callable[..., Visit]) -> None:
    """A new person answers three questions, reads the first answer, changes the season and takes that back."""
    there = visit("")
    page = there.tab()
    tab_to(page, "Start")
    page.keyboard.press("Enter")
    page.wait_for_url("**/start/1")
    for field, text, where in (
        ("Which Match do you aim at?", "2027", "**/start/2"),
        ("Citizenships", "Nigeria", "**/start/3"),
        ("Country", "Nigeria", "**/start/4"),
    ):
        tab_to(page, field)
        page.keyboard.type(text)
        tab_to(page, "Save and go on")
        page.keyboard.press("Enter")
        page.wait_for_url(where)
    expect(page.get_by_role("heading", name="What your answers already say")).to_be_visible()
    tab_to(page, "My facts")
    page.keyboard.press("Enter")
    page.wait_for_url("**/facts")
    tab_to(page, "Change Match")
    page.keyboard.press("Enter")
    page.wait_for_url("**/facts/season")
    tab_to(page, "Which Match do you aim at?")
    page.keyboard.press("Control+A")
    page.keyboard.type("2028")
    page.keyboard.press("Enter")
    page.wait_for_url("**/changed")
    expect(page.locator("main")).to_contain_text("2027 → 2028")
    tab_to(page, "Undo last change")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Back to an earlier state")).to_be_visible()
    assert read(there.served.file).season == 2027
