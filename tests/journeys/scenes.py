"""States of the pages that no address alone shows: reached as a person reaches them, whatever the language of the page."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from tests.journeys.conftest import Visit

SHEET = Path(__file__).parents[1] / "samples/programs/spreadsheet.csv"
SLIP = b'schema = 1\n[person]\nname = "Amina\n'


def sent(page: Page, where: str = "main form", **typed: str) -> Page:
    """Fill fields of a form and send it by its main button."""
    form = page.locator(where).first
    for name, text in typed.items():
        field = form.locator(f'[name="{name.replace("__", "-")}"]').first
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(text)
        else:
            field.fill(text)
    with page.expect_navigation():
        form.locator("button.main, button:not([tabindex='-1'], [name])").first.click()
    return page


def saved(there: Visit) -> Page:
    return sent(there.tab("/facts/exam/1"), date="1 March 2027")


def undone(there: Visit) -> Page:
    page = saved(there)
    with page.expect_navigation():
        page.locator('form[action="/undo"] button').first.click()
    return page


def a_slip(there: Visit) -> Page:
    return sent(there.tab("/facts/exam/1"), score="very good", date="04/01/2027")


def two_tabs_of_a_fact(there: Visit) -> Page:
    one, other = there.tab("/facts/exam/1"), there.tab("/facts/exam/1")
    sent(one, date="20 December 2026")
    return sent(other, date="9 January 2027")


def two_tabs_of_the_list(there: Visit) -> Page:
    one, other = there.tab("/apply"), there.tab("/apply")
    sent(one, 'form[action="/apply/save"]', tier__0="A")
    return sent(other, 'form[action="/apply/save"]', tier__0="C")


def two_tabs_of_the_budget(there: Visit) -> Page:
    one, other = there.tab("/apply"), there.tab("/apply")
    sent(one, 'form[action="/apply/budget"]', budget="2100")
    return sent(other, 'form[action="/apply/budget"]', budget="3100")


def two_tabs_of_a_question(there: Visit) -> Page:
    one, other = there.tab("/start/1"), there.tab("/start/1")
    sent(one, season="2028")
    return sent(other, season="2029")


def a_refused_budget(there: Visit) -> Page:
    return sent(there.tab("/apply"), 'form[action="/apply/budget"]', budget="much")


def a_file_that_cannot_be_read(there: Visit) -> Page:
    there.served.file.write_bytes(SLIP)
    return there.tab("/plan")


def a_form_over_a_file_that_cannot_be_read(there: Visit) -> Page:
    page = there.tab("/facts/exam/1")
    there.served.file.write_bytes(SLIP)
    return sent(page, date="1 March 2027")


def no_such_page(there: Visit) -> Page:
    return there.tab("/no-such-page")


def a_form_of_an_earlier_start(there: Visit) -> Page:
    page = there.tab("/facts/season")
    there.context.clear_cookies(name="csrftoken")
    return sent(page, season="2028")


def a_marked_guide(there: Visit) -> Page:
    return sent(
        there.tab("/guide"), text="You must pass Step 2 CS.\n\nOne of six Pathways shows your clinical skills to ECFMG."
    )


def no_guide_given(there: Visit) -> Page:
    return sent(there.tab("/guide"))


def a_list_before_it_is_taken_in(there: Visit) -> Page:
    page = there.tab("/programs/import")
    page.locator('main [type="file"]').set_input_files(SHEET)
    sent(page).locator('form[action="/programs/import/confirm"]').wait_for(timeout=30_000)
    return page


def no_list_given(there: Visit) -> Page:
    return sent(there.tab("/programs/import"))


def programs_side_by_side(there: Visit) -> Page:
    page = there.tab("/programs?q=family+medicine")
    for _ in range(3):
        with page.expect_navigation():
            page.locator('main button[name="shortlist"]').first.click()
    page.goto(there.served.origin + "/programs/shortlist")
    with page.expect_navigation():
        page.locator('main button[name="list"]').first.click()
    return page


def a_search_without_a_hit(there: Visit) -> Page:
    return there.tab("/programs?q=zzzzzz")


def a_match_of_a_couple(there: Visit) -> Page:
    page = there.tab("/match")
    page.locator('main [name="partner"]').check()
    return sent(page, list="City; Harbor\nLake; Mercy\nValley; City")


def a_match_that_cannot_be_run(there: Visit) -> Page:
    return sent(there.tab("/match"), list="")


def what_if(there: Visit) -> Page:
    page = there.tab("/requirements")
    page.locator("#what-if summary").click()
    sent(page, "#what-if form", day="2026-12-18")
    page.goto(there.served.origin)
    return page


def another_day(there: Visit) -> Page:
    page = there.tab("/plan")
    page.locator('details:has(form[action="/day"]) summary').first.click()
    return sent(page, 'form[action="/day"]', on="2027-03-19")


def money_at_home(there: Visit) -> Page:
    return sent(there.tab("/money"), 'form[action="/money/rate"]', currency="NGN", rate="1500", day="2026-11-20")


SCENES: tuple[Callable[[Visit], Page], ...] = (
    saved, undone, a_slip, two_tabs_of_a_fact, two_tabs_of_the_list, two_tabs_of_the_budget, two_tabs_of_a_question,
    a_refused_budget, a_file_that_cannot_be_read, a_form_over_a_file_that_cannot_be_read, no_such_page,
    a_form_of_an_earlier_start, a_marked_guide, no_guide_given, a_list_before_it_is_taken_in, no_list_given,
    programs_side_by_side, a_search_without_a_hit, a_match_of_a_couple, a_match_that_cannot_be_run, what_if, another_day,
    money_at_home,
)  # fmt: skip
