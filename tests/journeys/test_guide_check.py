"""A stale guide is pasted, then brought as a file; both come back marked. With scripts and without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit

GUIDE = "You must pass Step 2 CS.\n\nOne of six Pathways shows your clinical skills to ECFMG."


@pytest.mark.parametrize("scripts", [True, False])
def test_a_pasted_guide_comes_back_marked(visit: Callable[..., Visit], scripts: bool) -> None:
    page = visit("amina", java_script_enabled=scripts).tab("/guide")
    page.get_by_label("Paste the words of the guide").fill(GUIDE)
    page.get_by_role("button", name="Mark the claims").click()
    expect(page.locator("mark.outdated")).to_have_text("You must pass Step 2 CS.")
    expect(page.locator("mark.current")).to_have_count(1)
    assert "since 16 March 2020" in page.locator(".notes").first.inner_text()
    assert "1 is outdated" in page.get_by_label("One line to share").input_value()


def test_a_guide_comes_as_a_file(visit: Callable[..., Visit]) -> None:
    page = visit("amina").tab("/guide")
    page.set_input_files("#file", {"name": "guide.md", "mimeType": "text/markdown", "buffer": GUIDE.encode()})
    page.get_by_role("button", name="Mark the claims").click()
    expect(page.locator("mark")).to_have_count(2)


def test_a_file_that_is_no_guide_says_what_to_do(visit: Callable[..., Visit]) -> None:
    page = visit("amina").tab("/guide")
    page.set_input_files("#file", {"name": "a.docx", "mimeType": "application/zip", "buffer": b"PK\x03\x04"})
    page.get_by_role("button", name="Mark the claims").click()
    assert "save the guide as text or PDF" in page.get_by_role("alert").inner_text()
