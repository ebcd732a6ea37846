"""What binds every page in a browser, and how it is seen: the looks, and what a look at one open page finds."""

from collections.abc import Iterator
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.conftest import Visit

WIDTHS = (1280, 360, 320)  # a screen, a phone, a small phone (or a page enlarged four times)
PHONE = {"width": 360, "height": 740}
# How a page is seen, and which rules of axe are asked there: a theme changes nothing but colours, a language nothing of them.
ALL: dict[str, Any] = {}
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
BUT_COLOURS = {"rules": {rule: {"enabled": False} for rule in COLOURS["runOnly"]}}
LOOKS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "English": ({"color_scheme": "light"}, ALL),
    "English, dark, on a phone": ({"color_scheme": "dark", "viewport": PHONE}, COLOURS),
    "Spanish": ({"color_scheme": "light", "language": "es"}, BUT_COLOURS),
    "Arabic, dark, on a phone": ({"color_scheme": "dark", "viewport": PHONE, "language": "ar"}, ALL),
}

# What is folded away is looked at too.
UNFOLD = "() => document.querySelectorAll('details').forEach(one => { one.open = true; })"
AXE = """only => axe.run(Object.assign({resultTypes: ['violations'], preload: false}, only)).then(found => found.violations
  .filter(one => ['serious', 'critical'].includes(one.impact))
  .map(one => `${one.id}: ${one.nodes.length} times, such as ${one.nodes[0].html.slice(0, 160)}`))"""
# How far the page scrolls sideways, and what sticks out most.
WIDE = """() => {
  const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (over <= 0) return null;
  const fromRight = document.dir === 'rtl', box = e => e.getBoundingClientRect();
  const out = e => fromRight ? -box(e).left : box(e).right - document.documentElement.clientWidth;
  const most = [...document.querySelectorAll('main *, header *, footer *')].sort((a, b) => out(b) - out(a))[0];
  return `${over} px, such as ${most?.outerHTML.slice(0, 160)}`;
}"""
UNLABELLED = """() => [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
  .filter(e => !(e.labels && e.labels.length) && !e.ariaLabel && !e.getAttribute('aria-labelledby') && e.checkVisibility())
  .map(e => `no label: ${e.outerHTML.slice(0, 120)}`)"""
# One heading of the first level, none skipped.
HEADINGS = """() => {
  const levels = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(e => +e.tagName[1]);
  const good = levels[0] === 1 && levels.lastIndexOf(1) === 0 && levels.every((one, at) => !at || one <= levels[at - 1] + 1);
  return good ? [] : [`headings ${levels}`];
}"""


def looked(visit: Any, look: str, person: str = "amina", **more: Any) -> Visit:
    """A visit in one of the looks. Pages are not kept for reading offline: that would double the work of the browser."""
    how = LOOKS[look][0] | {"service_workers": "block"} | more
    language = how.pop("language", "")
    there: Visit = visit(person, **how)
    if language:
        speak(there, language)
    return there


def speak(there: Visit, language: str) -> None:
    """Choose a language as its button does."""
    there.context.add_cookies([{"name": "matchday-language", "value": language, "url": there.served.origin}])


def opened(there: Visit, addresses: list[str]) -> Iterator[tuple[str, Page]]:
    """Each address in one tab after the other."""
    page = there.context.new_page()
    for address in addresses:
        page.goto(there.served.origin + address)
        yield address, page
    page.close()


def faults(page: Page, rules: dict[str, Any] = ALL, *, other_theme: bool = False) -> list[str]:
    """What is wrong with an open page: axe by these rules, order of headings, labels, whatever sticks out at any width."""
    page.evaluate(UNFOLD)
    page.evaluate(Axe().axe_script)
    found: list[str] = [*page.evaluate(HEADINGS), *page.evaluate(UNLABELLED), *page.evaluate(AXE, rules)]
    if other_theme:
        page.emulate_media(color_scheme="dark")
        found += [f"dark: {one}" for one in page.evaluate(AXE, COLOURS)]
        page.emulate_media(color_scheme="light")
    return found + sticking_out(page)


def sticking_out(page: Page) -> list[str]:
    """Where a page scrolls sideways, at any width; leaves it as wide as it was."""
    before, found = page.viewport_size, []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        if told := page.evaluate(WIDE):
            found.append(f"at {width}: {told}")
    assert before is not None
    page.set_viewport_size(before)
    return found
