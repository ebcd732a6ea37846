"""When the file was changed in another tab or by hand while a form was open: which row it was, and both values."""

from typing import Any

from matchday.dossier.model import Dossier
from matchday.web.forms.entry import Entry
from matchday.web.forms.facts import NONE, FactsForm, in_words, shown


def located(form: FactsForm, dossier: Dossier) -> Entry | None:
    """The row that the form was loaded with, wherever it stands now; None when it is there no more.

    Rows before it may have come or gone, and its own fields may have changed: the row that has the most in common with
    what was loaded is it, if that is half of what was known or more.
    """
    entry = form.entry
    if entry.at is None:
        return entry
    was = {key: form.typed(key).was for key in form.facts()}
    rows = [Entry(entry.part, at) for at in range(len(getattr(dossier, entry.part) or ()))]
    alike = {row: _alike(row, dossier, was) for row in rows}
    best = max(rows, key=lambda row: (alike[row], row == entry), default=None)
    known = sum(bool(text) for text in was.values())
    return best if best and 2 * alike[best] >= known else None


def _alike(row: Entry, dossier: Dossier, was: dict[str, str]) -> float:
    """How many of the known fields a row has in common; a little less for each that it knows besides."""
    now = FactsForm(row, row.values(dossier))
    same = sum(now.now(key) == text for key, text in was.items() if text)
    return same - sum(0.01 for key, text in was.items() if not text and now.now(key))


def differing(form: FactsForm) -> list[str]:
    """The fields that somebody else changed since the form was loaded."""
    return [key for key in form.facts() if form.now(key) != form.typed(key).was]


def both(form: FactsForm) -> list[dict[str, Any]]:
    """Every field as the conflict page draws it: the value in the file, the value that was sent, which one to offer.

    The form must be valid.
    """
    return [_both(form, key) for key in form.facts()]


def _both(form: FactsForm, key: str) -> dict[str, Any]:
    typed, fact = form.typed(key), form.facts()[key]
    gone = form.present is None
    now = "" if gone else form.now(key)
    mine = shown(fact.shape, form.cleaned_data[key]) if typed.touched else typed.text
    return {
        "name": form.add_prefix(key),
        "label": str(fact.label),
        "file": now,
        "file_said": in_words(now),
        "yours": mine,
        "yours_said": in_words(mine),
        "text": "" if mine == NONE else mine,
        "none": mine == NONE,
        "differs": mine != now,
        "elsewhere": now != typed.was,
        "touched": typed.touched,
        "keep": "mine" if typed.touched or gone else "file",
    }
