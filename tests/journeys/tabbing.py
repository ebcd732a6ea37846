"""The Tab key through a whole page: every control is reached, its focus is seen, and it can be left again."""

from playwright.sync_api import Page

from tests.journeys.everywhere import UNFOLD

# Numbers the controls that the Tab key must reach (visible, not disabled, of a group of radio buttons one) and notes, before
# each further step of the key, where the focus is and whether it can be seen.
WATCH = """() => {
  const groups = new Set(), seen = e => {
    const style = getComputedStyle(e), box = e.getBoundingClientRect();
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 && box.width > 0 && box.bottom > 0 && box.top < innerHeight;
  };
  window.stops = [];
  document.addEventListener('keydown', () => {
    const e = document.activeElement;
    window.stops.push(e.dataset.n === undefined ? [-1, true] : [+e.dataset.n, seen(e)]);
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
    stops: list[tuple[int, bool]] = []
    for _ in range(5):  # one control can stop the key more than once: a date has three parts and a button
        for _ in range(len(controls) + 2):
            page.keyboard.down("Tab")  # held down, which repeats it: half the work of pressing it anew each time
        stops += page.evaluate(STOPS)[bool(not stops) :]  # before the first step the focus is nowhere
        if left := any(at == -1 for at, _ in stops):
            break
    page.keyboard.up("Tab")
    reached, seen = {at for at, _ in stops}, {at for at, visible in stops if visible}
    found = [f"not reached: {html}" for at, html in enumerate(controls) if at not in reached]
    found += [f"focus not seen: {controls[at]}" for at in sorted(reached - seen - {-1})]
    return found + ([] if left else ["the focus never left the page"])
