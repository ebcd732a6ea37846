"""A changed exam date moves the plan, without scripts and at the width of a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.test_carried import wide

PHONE = {"width": 360, "height": 740}


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
def test_a_changed_exam_date_moves_the_plan(visit: Callable[..., Visit], scripts: bool) -> None:
    page = visit("amina", java_script_enabled=scripts, viewport=PHONE).tab("/plan")
    score = page.locator('tr[id="step2ck.score"] td').nth(1)
    expect(score).to_contain_text("15 January 2027")
    tell = page.locator('tr[id="step2ck.exam"] + tr')
    tell.locator("summary").click()
    tell.locator('input[type="date"]').fill("2027-02-10")
    tell.get_by_role("button", name="Write it down").click()
    expect(page.locator("h1")).to_have_text("Saved")
    page.get_by_role("link", name="Plan", exact=True).last.click()
    expect(score).to_contain_text("10 March 2027")
    expect(page.locator('tr[id="step2ck.score"]')).to_contain_text("days late")


PAGES = (
    *(
        "/",
        "/requirements?open=all",
        "/plan",
        "/calendar",
        "/money",
        "/sources",
        "/sources/BAN-2",
        "/take",
        "/take/print",
    ),
    *("/offline", "/help/", "/help/guide/offline"),
)


def test_no_page_is_wider_than_the_screen(visit: Callable[..., Visit]) -> None:
    there = visit("nadia")
    page = there.tab()
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for path in PAGES:
            page.goto(there.served.origin + path)
            assert wide(page) <= width, path
