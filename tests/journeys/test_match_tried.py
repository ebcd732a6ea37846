"""A list is run, read step by step by its links, reordered, and held against every other order; scripts off."""

from collections.abc import Callable

from tests.journeys.conftest import Visit


def test_a_list_from_first_run_to_the_theorem(visit: Callable[..., Visit]) -> None:
    page = visit("amina", java_script_enabled=False).tab("/match")
    page.get_by_label("Programs, best first").fill("City\nHarbor\nLake\nMercy\nValley")
    page.get_by_role("button", name="Run the Match").click()
    assert "This list gives Lake, number 3" in page.locator("main").inner_text()
    assert page.locator("#words").inner_text() == "You ask City. It has a free position and holds you for now."
    page.get_by_role("link", name="Next step with you").click()
    assert "prefers" in page.locator("#words").inner_text()
    page.get_by_role("link", name="Previous").click()
    page.get_by_role("button", name="Move Valley up").click()
    page.get_by_role("button", name="Move Valley up").click()
    assert "By your own honest order, this list gives less." in page.locator("main").inner_text()
    page.get_by_role("link", name="Try every other order of this list").click()
    assert "None of the changes tried gives more" in page.locator("main").inner_text()
