"""Arabic: chosen on the page, from right to left, kept from page to page; citations stay as they were read."""

from collections.abc import Callable

import pytest

from tests.journeys.conftest import Visit


@pytest.mark.parametrize("scripts", [True, False])
def test_the_pages_run_from_right_to_left(visit: Callable[..., Visit], scripts: bool) -> None:
    page = visit("amina", java_script_enabled=scripts, viewport={"width": 1000, "height": 800}).tab()
    page.get_by_role("button", name="العربية").click()
    assert page.locator("html").get_attribute("dir") == "rtl"
    brand, heading = page.locator(".brand").bounding_box(), page.locator("h1").bounding_box()
    assert brand is not None
    assert heading is not None
    assert brand["x"] > 500  # the first word of the page stands at the right
    page.goto(page.url.rstrip("/") + "/requirements")
    assert page.locator("h1").inner_text() == "المتطلبات"
    assert "USMLE Common Questions" in page.content()


def test_whoever_reads_arabic_is_answered_in_arabic_at_once(visit: Callable[..., Visit]) -> None:
    """The browser says which language is read; nothing has to be chosen."""
    page = visit("amina", locale="ar").tab()
    assert page.locator("html").get_attribute("lang") == "ar"
    assert page.locator("h1").inner_text() == "أين أنا الآن؟"
    page.get_by_role("button", name="English").click()
    assert page.locator("h1").inner_text() == "Where do I stand?"
