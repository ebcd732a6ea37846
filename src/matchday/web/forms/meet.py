"""When the file was changed in another tab or by hand while a form was open: which row it was, and whose change is whose.

A change is a function from a dossier to a dossier. It does the same on the newer file as on the one that the form was
made from when every value that it puts there, and every value that it replaces, is the same in both: then nobody needs
to be asked. Otherwise both want the same place, and the person decides.
"""

from collections import Counter
from collections.abc import Hashable, Iterator
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from matchday.dossier.model import Dossier
from matchday.dossier.tree import to_tree
from matchday.web.forms.entry import Entry
from matchday.web.forms.facts import FactsForm

Place = tuple[str, ...]


def located(form: FactsForm, dossier: Dossier) -> Entry | None:
    """The row that the form was loaded with, wherever it stands now; None when it is there no more.

    Rows before it may have come or gone, and its own fields may have changed: the row that has the most in common with
    what was loaded is it, if that is half of what was known or more.
    """
    entry = form.entry
    was = {key: form.typed(key).was for key in form.facts()}
    known = sum(bool(text) for text in was.values())
    if entry.at is None or not known:
        return entry
    rows = [Entry(entry.part, at) for at in range(len(getattr(dossier, entry.part) or ()))]
    alike = {row: _alike(row, dossier, was) for row in rows}
    best = max(rows, key=lambda row: (alike[row], row == entry), default=None)
    return best if best and 2 * alike[best] >= known else None


def _alike(row: Entry, dossier: Dossier, was: dict[str, str]) -> float:
    """How many of the known fields a row has in common; a little less for each that it knows besides."""
    now = FactsForm(row, row.values(dossier))
    same = sum(now.now(key) == text for key, text in was.items() if text)
    return same - sum(0.01 for key, text in was.items() if not text and now.now(key))


def differences(before: Dossier, after: Dossier) -> Counter[Hashable]:
    """What a change puts where, and what it takes away: one item for each value, row and member of a list.

    A row is known by its first two fields, so that it stays the same one when others come or go before it.
    """
    return Counter(_between(to_tree(before), to_tree(after), ()))


def _between(before: Any, after: Any, place: Place) -> Iterator[Hashable]:
    one = before if after is None else after
    if before == after:
        return
    if isinstance(one, dict | list) and (before is None or after is None):
        yield place, before is None  # that it is known at all; what is in it follows
    if isinstance(one, dict):
        for key in (before or {}) | (after or {}):
            yield from _between((before or {}).get(key), (after or {}).get(key), (*place, key))
    elif isinstance(one, list):
        yield from _rows(before or [], after or [], place)
    else:
        yield place, repr(before), repr(after)


def _rows(before: list[Any], after: list[Any], place: Place) -> Iterator[Hashable]:
    olds, news = [*map(repr, before)], [*map(repr, after)]
    if sorted(olds) == sorted(news):  # another order is one thing, whichever members seem to have moved
        yield place, *olds, *news
        return
    steps = SequenceMatcher(None, olds, news, autojunk=False).get_opcodes()
    for what, old, old_end, new, new_end in steps:
        if what == "equal":
            continue
        for one, other in zip_longest(before[old:old_end], after[new:new_end]):
            if isinstance(one, dict) and isinstance(other, dict):
                yield from _between(one, other, (*place, *map(repr, [*other.values()][:2])))
            else:
                yield from ((place, sign, repr(item)) for sign, item in (("-", one), ("+", other)) if item is not None)
