"""With scripts off, every form of every page: from an empty file to a list with its price, and each step back again."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.urls import resolve
from playwright.sync_api import Locator, Page, expect

from matchday.dossier.file import read
from tests.journeys.conftest import Visit
from tests.journeys.scenes import SHEET
from tests.web.walk import addresses

# Sent by a script only (the check of a field as it is left; saving checks the same), or only while a long list is read.
NOT_BY_HAND = {"facts_check", "import_stop"}


def press(page: Page, name: str, within: Locator | None = None) -> None:
    """Press a button by its words and wait for the page that it leads to."""
    with page.expect_navigation():
        (within or page).get_by_role("button", name=name).first.click()


def go(page: Page, path: str) -> None:
    page.goto("/".join(page.url.split("/")[:3]) + path)


def test_every_form_works_with_scripts_off(visit: Callable[..., Visit]) -> None:
    there = visit("", own=True, java_script_enabled=False)
    page = there.tab()
    for part in (start, facts, suppose, plan_and_money, programs, the_list, imports, guide_and_match, frame):
        part(page, there)
    sent = {resolve(urlsplit(one.url).path).view_name for one in there.requests if one.method == "POST"}
    forms = {name for name, address in addresses() if there.served.get(address)[0] == 405}
    assert len(forms) > 20
    assert forms - sent == NOT_BY_HAND


def start(page: Page, there: Visit) -> None:
    """The ten questions: answered, said to be none, skipped."""
    page.get_by_role("link", name="Start").click()
    page.get_by_label("Which Match do you aim at?").fill("2027")
    press(page, "Save and go on")
    page.get_by_label("Citizenships").fill("Nigeria")
    press(page, "Save and go on")
    page.get_by_label("Country").fill("Nigeria")
    page.get_by_label("Degree given on").fill("18/07/2024")
    press(page, "Save and go on")
    expect(page.get_by_text("International medical graduate", exact=True)).to_be_visible()
    page.get_by_role("link", name="Skip", exact=True).click()
    page.get_by_role("group", name="Result").first.or_(page.locator('[name="step1-result"]')).first.select_option(
        "pass"
    )
    page.locator('[name="step1-date"]').fill("19 November 2025")
    press(page, "Save and go on")
    press(page, "I never held one")
    assert read(there.served.file).licence == ()


def facts(page: Page, there: Visit) -> None:
    """Add, change, remove, none, not known after all; undo, and the undone put back."""
    go(page, "/facts/letter")
    press(page, "I have none")
    go(page, "/facts/letter")
    press(page, "It is not known")
    go(page, "/facts/letter/new")
    page.locator('[name="writer"]').fill("Dr. Folake Ade")
    press(page, "Save")
    go(page, "/facts/letter/0")
    page.locator('[name="writer"]').fill("Dr. F. Ade")
    press(page, "Save")
    expect(page.get_by_text("Dr. Folake Ade → Dr. F. Ade")).to_be_visible()
    go(page, "/facts/letter")
    press(page, "Remove Dr. F. Ade")
    press(page, "Undo last change")
    expect(page.get_by_role("heading", name="Back to an earlier state")).to_be_visible()
    press(page, "Put it back")
    assert read(there.served.file).letter in ((), None)


def suppose(page: Page, there: Visit) -> None:
    """What if: the answer moves, the file does not, one press goes back. Another day, and today again."""
    before = there.served.file.read_bytes()
    go(page, "/requirements?suppose=step2ck")
    form = page.locator("#what-if form").first
    form.locator('[name="day"]').fill("2026-12-18")
    press(page, "Show", form)
    expect(page.get_by_text("what if I pass Step 2 CK on 18 December 2026")).to_be_visible()
    press(page, "Back to what is so")
    expect(page.locator("body.what-if")).to_have_count(0)
    page.get_by_text("Change day").click()
    page.get_by_label("Answer as of").fill("2027-03-19")
    press(page, "Show that day")
    expect(page.locator(".asof")).to_contain_text("19 March 2027")
    press(page, "Back to what is so")
    assert there.served.file.read_bytes() == before


def plan_and_money(page: Page, there: Visit) -> None:
    """A step done, a step that takes longer, another season; the currency of home."""
    go(page, "/plan")
    done = page.locator('form[action="/plan/done"]').first
    done.locator("xpath=ancestor::details").locator("summary").click()
    done.locator('[name="day"]').fill("2026-11-20")
    if done.locator("select").count():
        done.locator("select").first.select_option(index=1)
    press(page, "Write it down", done)
    expect(page.locator("h1")).to_have_text("Saved")
    go(page, "/plan")
    days = page.locator('form[action="/plan/days"]').first
    days.locator("xpath=ancestor::details").locator("summary").click()
    for name, number in (("shortest", "3"), ("usual", "5"), ("longest", "9")):
        days.locator(f'[name="{name}"]').fill(number)
    press(page, "", days)
    assert (3, 5, 9) in read(there.served.file).durations.values()
    go(page, "/money")
    page.get_by_label("Currency").fill("NGN")
    page.get_by_label("for one dollar").fill("1500")
    press(page, "Show in this currency")
    expect(page.locator("main")).to_contain_text("NGN")
    go(page, "/plan?season=2028")
    press(page, "", page.locator('form[action="/plan/aim"]').first)
    assert read(there.served.file).season == 2028


def programs(page: Page, there: Visit) -> None:
    """Search, shortlist, side by side, to the list, with a note."""
    go(page, "/programs")
    page.get_by_label("Words, place or code").fill("family medicine texas")
    press(page, "Search")
    press(page, "Shortlist")
    go(page, "/programs/shortlist")
    press(page, "Add to my list")
    go(page, "/apply")
    page.locator("table.mine a").first.click()
    page.get_by_label("Your note on it").fill("Ask for the visa")
    press(page, "Keep the note")
    assert [one.notes for one in read(there.served.file).application or ()] == ["Ask for the visa"]


def the_list(page: Page, there: Visit) -> None:
    """Tier, signal, budget; the price."""
    go(page, "/apply")
    page.get_by_label("Tier").first.select_option("A")
    press(page, "Save the list")
    expect(page.get_by_role("heading", name="Tier A")).to_be_visible()
    page.get_by_label("My budget in dollars").fill("1900")
    press(page, "", page.locator('form[action="/apply/budget"]'))
    expect(page.get_by_text("What season 2028 costs is not known yet.")).to_be_visible()
    assert read(there.served.file).preferences.budget_usd == 1900


def imports(page: Page, there: Visit) -> None:
    """A sheet with faults: looked at and left, looked at and taken in, undone."""
    for answer in ("Leave it", "Take it in"):
        go(page, "/programs/import")
        page.get_by_label("File").set_input_files(SHEET)
        press(page, "Look at it")
        expect(page.get_by_text("3 rows would be taken")).to_be_visible()
        expect(page.get_by_text("row not taken")).to_be_visible()
        press(page, answer)
    expect(page.get_by_role("status")).to_contain_text("spreadsheet.csv was taken in: 3")
    press(page, "Undo this import")
    expect(page.get_by_text("Nothing was imported yet.")).to_be_visible()


def guide_and_match(page: Page, there: Visit) -> None:
    """A stale sentence is marked; a list is run, and reordered."""
    go(page, "/guide")
    page.get_by_label("Paste the words of the guide").fill("You must pass Step 2 CS.")
    press(page, "Mark the claims")
    expect(page.locator("mark.outdated")).to_have_text("You must pass Step 2 CS.")
    go(page, "/match")
    page.get_by_label("Programs, best first").fill("City\nHarbor\nLake\nMercy\nValley")
    press(page, "Run the Match")
    press(page, "Move Valley up")
    expect(page.get_by_role("button", name="Back to my honest list")).to_be_visible()


def frame(page: Page, there: Visit) -> None:
    """Pages kept for reading offline or not; another language."""
    go(page, "/offline")
    press(page, "Clear the kept pages")
    go(page, "/offline")
    press(page, "Keep pages on this device")
    go(page, "/offline")
    press(page, "Clear the kept pages")
    press(page, "Español")
    expect(page.locator("html")).to_have_attribute("lang", "es")
