"""The order of one's own list by keyboard, and what is supposed: on a phone, with scripts and without."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit

PHONE = {"width": 360, "height": 740}


def listed(page: Page) -> list[str]:
    """The places of the file as the rows stand on the page."""
    return [
        name.removeprefix("tier-")
        for name in page.locator("select[name^=tier-]").evaluate_all("all => all.map(one => one.name)")
    ]


@pytest.mark.parametrize("scripts", [True, False])
def test_arrows_and_places_move_programs_and_the_focus_stays_with_the_row(
    visit: Callable[..., Visit], scripts: bool
) -> None:
    page = visit("amina", java_script_enabled=scripts, viewport=PHONE).tab("/apply")
    page.get_by_role("button", name="B", exact=True).click()
    expect(page.get_by_role("heading", name="Tier B")).to_be_visible()
    assert listed(page) == ["0", "1"]
    page.locator("#down-0").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/apply#up-0")
    assert listed(page) == ["1", "0"]
    expect(page.locator("#up-0")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/apply#down-0")
    assert listed(page) == ["0", "1"]
    page.locator("input[name=place-1-2]").fill("1")
    page.keyboard.press("Enter")  # saves, as the button does
    expect(page.locator("input[name=place-1-1]")).to_have_value("1")
    codes = [page.locator(f"input[name=program-{at}]").input_value() for at in listed(page)]
    page.get_by_role("link", name="Try the Match in this order").click()
    expect(page.get_by_label("Programs, best first")).to_have_value(
        re.compile("\n".join(f".*{code}" for code in codes))
    )


def test_what_is_supposed_from_the_row_of_an_answer_reaches_the_programs_and_goes_again(
    visit: Callable[..., Visit],
) -> None:
    page = visit("amina", java_script_enabled=False, viewport=PHONE).tab("/requirements")
    row = page.locator("details.finding").filter(has_text="J-1 sponsorship")
    row.locator("summary").click()
    row.get_by_role("link", name="What if ...?").click()
    expect(page.locator("#if-visa")).to_be_focused()
    page.locator("#if-visa").select_option("none")
    page.locator("form").filter(has=page.locator("#if-visa")).get_by_role("button", name="Show").click()
    expect(page.locator(".asof")).to_contain_text("what if the visa that I want is none: I am a permanent resident")
    page.goto(page.url.split("/requirements")[0] + "/programs?q=H-1B")
    expect(page.locator("body.what-if")).to_have_count(1)
    page.get_by_role("button", name="Back to what is so").click()
    expect(page.locator("body.what-if")).to_have_count(0)
