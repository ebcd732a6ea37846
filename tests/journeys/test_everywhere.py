"""What binds every page in a browser: axe finds nothing serious, nothing sticks out, headings and labels are in order,
and the keyboard alone reaches every control with a focus that can be seen."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.conftest import Visit
from tests.journeys.everywhere import LOOKS, opened, pages, speak

# Controls that the Tab key must reach: visible, not disabled; of a group of radio buttons one.
CONTROLS = """() => {
  const groups = new Set();
  return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled)
    .filter(e => e.type !== 'radio' || !groups.has(e.name) && groups.add(e.name))
    .map((e, n) => { e.dataset.n = n; return e.outerHTML.slice(0, 120); });
}"""
FOCUSED = """() => {
  const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
  return {n: e.dataset.n ?? null, group: e.type === 'radio' ? e.name : null,
    seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 && box.width > 0 && box.bottom > 0 && box.top < innerHeight};
}"""
UNLABELLED = """() => [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
  .filter(e => !(e.labels && e.labels.length) && !e.ariaLabel && !e.getAttribute('aria-labelledby') && e.checkVisibility())
  .map(e => e.outerHTML.slice(0, 120))"""
HEADINGS = "() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(e => +e.tagName[1])"
WIDTH = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def visited(visit: Callable[..., Visit], look: str) -> Visit:
    how: dict[str, Any] = dict(LOOKS[look])
    language = how.pop("language", "")
    there = visit("amina", **how)
    if language:
        speak(there, language)
    return there


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_serious_and_nothing_sticks_out(visit: Callable[..., Visit], look: str) -> None:
    there = visited(visit, look)
    found = pages(there)
    assert len(found) >= 15
    serious, wide = [], {}
    for address, page in opened(there.context, there.served.origin, found):
        for violation in Axe().run(page).response["violations"]:
            if violation["impact"] in ("serious", "critical"):
                serious.append((address, violation["id"], violation["nodes"][0]["html"][:160]))
        if (over := page.evaluate(WIDTH)) > 0:
            wide[address] = over
    assert serious == []
    assert wide == {}


def test_headings_are_in_order_and_fields_have_labels(visit: Callable[..., Visit]) -> None:
    """One heading of the first level, none skipped; no field without a name."""
    there = visit("amina")
    wrong = {}
    for address, page in opened(there.context, there.served.origin, pages(there)):
        levels = page.evaluate(HEADINGS)
        in_order = levels[:1] == [1] and levels.count(1) == 1
        in_order = in_order and all(b <= a + 1 for a, b in pairwise(levels))
        unlabelled = page.evaluate(UNLABELLED)
        if not in_order or unlabelled:
            wrong[address] = (levels, unlabelled)
    assert wrong == {}


def test_the_keyboard_alone_reaches_every_control_with_a_visible_focus(visit: Callable[..., Visit]) -> None:
    there = visit("amina")
    missed, unseen = {}, {}
    for address, page in opened(there.context, there.served.origin, pages(there)):
        controls = page.evaluate(CONTROLS)
        reached: set[str] = set()
        seen: set[str] = set()  # one control can stop the Tab key more than once: a date has three parts and a button
        for _ in range(4 * len(controls) + 4):
            page.keyboard.press("Tab")
            focus = page.evaluate(FOCUSED)
            if focus["n"] is None:
                break
            reached.add(focus["n"])
            if focus["seen"]:
                seen.add(focus["n"])
        if left := [html for n, html in enumerate(controls) if str(n) not in reached]:
            missed[address] = left
        if hidden := reached - seen:
            unseen[address] = [controls[int(n)] for n in hidden]
    assert missed == {}
    assert unseen == {}
