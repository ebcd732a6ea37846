"""The Tab key through a whole page: every control is reached, its focus is seen, and it can be left again."""

from playwright.sync_api import Page

from tests.journeys.everywhere import UNFOLD

# Numbers the controls that the Tab key must reach (visible, not disabled, of a group of radio buttons one) and notes, each
# time the key is let go, where the focus is and whether it can be seen.
WATCH = """() => {
  const groups = new Set(), seen = e => {
    const style = getComputedStyle(e), box = e.getBoundingClientRect();
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 && box.width > 0 && box.bottom > 0 && box.top < innerHeight;
  };
  window.stops = [];
  document.addEventListener('keyup', () => {
    const e = document.activeElement;
    window.stops.push(e.dataset.n === undefined ? [-1, e === document.body] : [+e.dataset.n, seen(e)]);
  });
  return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
    .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled && !e.closest('[aria-hidden=true]'))
    .filter(e => e.type !== 'radio' || !groups.has(e.name) && groups.add(e.name))
    .map((e, n) => { e.dataset.n = n; return e.outerHTML.slice(0, 120); });
}"""
STOPS = "() => window.stops.splice(0)"


def missed(page: Page) -> list[str]:
    """What a person without a mouse cannot use on this page, everything unfolded: not reached, not seen, not left."""
    page.evaluate(UNFOLD)
    controls: list[str] = page.evaluate(WATCH)
    reached, seen, left = set[int](), set[int](), False
    for _ in range(5):  # one control can stop the key more than once: a date has three parts and a button
        for _ in range(len(controls) + 1):
            page.keyboard.press("Tab")
        for at, visible in page.evaluate(STOPS):
            left = left or at == -1
            reached.add(at)
            if visible:
                seen.add(at)
        if left:
            break
    found = [f"not reached: {html}" for at, html in enumerate(controls) if at not in reached]
    found += [f"focus not seen: {controls[at]}" for at in sorted(reached - seen - {-1})]
    return found + ([] if left else ["the focus never left the page"])
