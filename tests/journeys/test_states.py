"""The states that a page reaches by what one does, conflicts and faults among them, are as good as the page itself."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Visit
from tests.journeys.everywhere import faults, looked, speak
from tests.journeys.scenes import SCENES
from tests.journeys.tabbing import missed

HEADINGS = {
    "saved": "Saved",
    "undone": "Back to an earlier state",
    "two_tabs_of_a_fact": "The file was changed meanwhile",
    "two_tabs_of_the_list": "The file was changed meanwhile",
    "two_tabs_of_the_budget": "The file was changed meanwhile",
    "a_refused_budget": "Apply",
    "a_file_that_cannot_be_read": "Your file cannot be read just now",
    "a_form_over_a_file_that_cannot_be_read": "Your file cannot be read just now",
    "no_such_page": "There is no such page.",
    "a_form_of_an_earlier_start": "This form did not come from this start of the program.",
    "a_list_before_it_is_taken_in": "Before it is taken in",
    "programs_side_by_side": "Shortlist",
}


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_every_state_is_read_and_used_by_anyone(visit: Callable[..., Visit], scene: Callable[[Visit], Page]) -> None:
    """In both themes, by keyboard, at every width; then sent once more in Arabic, from right to left."""
    there = looked(visit, "English", "" if "question" in scene.__name__ else "amina")
    page = scene(there)
    if heading := HEADINGS.get(scene.__name__):
        assert page.locator("h1").inner_text() == heading
    assert faults(page, other_theme=True) + missed(page) == []
    speak(there, "ar")
    page.reload()
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert faults(page) == []
