"""How values are written on pages: states by word and shape, days with the month's name, money in whole dollars."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from django.template import Library
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi, gettext
from django.utils.translation import gettext_lazy as _

from matchday.plan.ranges import Range
from matchday.rules import Value
from matchday.rules.words import in_words
from matchday.web import docs

register = Library()

STATES = {
    "met": ("●", _("done")),
    "not_met": ("○", _("missing")),
    "not_needed": ("–", _("not needed")),
    "unknown": ("?", _("not known")),
    "at_risk": ("!", _("at risk")),
    "ahead": ("◌", _("ahead")),
}
PERMISSIONS = {
    "met": ("●", _("allowed")),
    "not_met": ("○", _("not allowed")),
    "not_needed": ("–", _("not needed")),
    "unknown": ("?", _("not known")),
    "at_risk": ("!", _("at risk")),
}
MARKS = {
    "current": ("●", _("current")),
    "outdated": ("○", _("outdated")),
    "wrong": ("×", _("wrong")),
    "unverifiable": ("?", _("cannot be checked")),
}


@register.filter
def state(verdict: str, kind: str = "") -> SafeString:
    """A verdict as shape and word; never as colour alone."""
    shape, word = (PERMISSIONS if kind == "permission" else STATES)[str(verdict)]
    return format_html('<span class="state {}"><span aria-hidden="true">{}</span> {}</span>', verdict, shape, word)


@register.filter
def mark(word: str) -> SafeString:
    """The mark on a claim of a guide as shape and word."""
    shape, said = MARKS[word]
    return format_html('<span class="state {}"><span aria-hidden="true">{}</span> {}</span>', word, shape, said)


@register.filter
def day(value: dt.date | str | None) -> str:
    """A day with the month's name: 3 March 2027; a dash for none. It keeps its order beside names of another direction."""
    if isinstance(value, str):
        value = dt.date.fromisoformat(value[:10])
    if isinstance(value, dt.datetime):  # the same moment has two days in two zones
        value = value.date()
    return _written(value, get_language()) if value else "–"


@lru_cache(1_000)
def _written(value: dt.date, _language: str) -> str:
    # Translators: how a day is written; see the date formats of Django. In Spanish: j \\d\\e F \\d\\e Y
    return isolated(date_format(value, gettext("j F Y")))


@register.filter
def dollars(value: int | None) -> str:
    """An amount in whole US dollars, thousands apart; "not known" for none."""
    return str(_("not known")) if value is None else number_format(value, use_l10n=True, force_grouping=True)


@register.filter(is_safe=True)
def explained(html: str) -> SafeString:
    """A rendered page with the first use of each short form explained; never for text that was not rendered."""
    return mark_safe(docs.explained(html))  # noqa: S308 -- html is a rendered block; only <abbr> of our glossary is added


SURE = {
    "high": _("high confidence"),
    "medium": _("medium confidence"),
    "low": _("low confidence"),
    "not_found": _("not found"),
}


@register.filter
def sure(confidence: str) -> str:
    """How sure a value is, in words."""
    return str(SURE[str(confidence)])


WEAKNESSES = {
    "unknown": _("not known"),
    "weak": _("low confidence"),
    "old": _("read long ago"),
    "carried": _("carried past its last known date"),
    "disputed": _("sources disagree"),
}


@register.filter
def weakness(mark: str) -> str:
    """What is weak about a value, in words."""
    return str(WEAKNESSES[mark])


@register.filter
def force(value: Value) -> str:
    """The time in which a value is in force: from, until, both, or without known ends."""
    start, end = (None if one is None else key(one) for one in (value.start, value.end))
    if start and end:
        return str(_("from %(start)s to %(end)s") % {"start": start, "end": end})
    if start:
        return str(_("since %s") % start)
    return str(_("until %s") % end) if end else str(_("at all times that are known"))


def key(value: dt.date | int) -> str:
    """A day written out, or a season."""
    return day(value) if isinstance(value, dt.date) else str(value)


@register.filter
def kind(finding_id: str) -> str:
    """Whether a finding answers "may I?" or "have I?"; the words of its state differ."""
    permission = ".may_" in finding_id or finding_id.endswith(".attempts") or finding_id.startswith("pathway.")
    return "permission" if permission else ""


@register.filter
def plain(value: object) -> str:
    """A rule's value in words: a list with commas, a mapping as pairs, nothing as "not in force or not known"."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, list | tuple):
        return ", ".join(plain(item) for item in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {plain(item)}" for key, item in value.items())
    return str(value)


@register.filter
def worth(value: object, unit: str) -> str:
    """A rule's value with its unit, where the unit does not just say how to read it."""
    said = in_words(value, unit)
    return plain(said) if said is not value or not unit else f"{plain(value)} {unit}"


CHANCES = (
    (0.95, _("very likely")),
    (0.8, _("likely")),
    (0.6, _("more likely than not")),
    (0.4, _("open")),
    (0.2, _("unlikely")),
    (0.05, _("very unlikely")),
    (0.0, _("hardly possible")),
)


@register.filter
def chance(spread: Range) -> str:
    """A range of chances in words: "likely", or "from unlikely to very likely"."""
    low, high = (next(word for least, word in CHANCES if value >= least) for value in (spread.low, spread.high))
    if low == high:
        return str(low).capitalize()
    return str(_("From %(low)s to %(high)s") % {"low": low, "high": high})


@register.filter
def hundred(share: float | None) -> str:
    """A share as so many of a hundred; only none is 0 and only all is 100."""
    if share is None:
        return "–"
    whole = round(100 * share)
    return str(min(max(whole, 1 if share > 0 else 0), 99 if share < 1 else 100))


@register.filter
def span(spread: Range) -> SafeString:
    """A range of chances as a bar from 0 to 100; the words beside it say the same."""
    left, right = round(200 * spread.low), round(200 * spread.high)
    return format_html(
        '<svg class="span" viewBox="0 0 200 12" width="200" height="12" aria-hidden="true"><line x1="0" y1="6" x2="200" y2="6"/>'
        '<rect x="{}" y="1" width="{}" height="10"/></svg>',
        min(left, 196),
        max(right - left, 4),
    )


@register.filter
def isolated(text: str) -> str:
    """A name that keeps its own direction inside a sentence that runs from right to left."""
    return f"\u2068{text}\u2069" if get_language_bidi() else text


TAKES = {
    "takes you": ("met", "●", _("takes you")),
    "does not": ("not_met", "○", _("does not")),
    "not stated": ("unknown", "?", _("not stated")),
}


RULINGS = {
    "takes you": ("met", "●", _("met")),
    "does not": ("not_met", "○", _("not met")),
    "not stated": ("unknown", "?", _("not stated")),
}


@register.filter
def ruling(verdict: str) -> SafeString:
    """Whether one rule of a program is met, as shape and word."""
    look, shape, word = RULINGS[verdict]
    return format_html('<span class="state {}"><span aria-hidden="true">{}</span> {}</span>', look, shape, word)


@register.filter
def takes(verdict: str) -> SafeString:
    """Whether a program takes this person, as shape and word."""
    look, shape, word = TAKES[verdict]
    return format_html('<span class="state {}"><span aria-hidden="true">{}</span> {}</span>', look, shape, word)


@register.filter
def translated(title: str | Iterable[str]) -> str | list[str]:
    """A title of a finding, step or date (or several) in the language of the page; what nobody translated stays English."""
    if isinstance(title, str):
        if found := LICENCE.fullmatch(title):
            return gettext("Licence rules of %s") % found[1]
        return gettext(title) if title else ""
    return [str(translated(one)) for one in title]


# The one title that holds a value.
LICENCE = re.compile("Licence rules of ([A-Z]{2})")


@register.filter
def directed(text: str) -> SafeString:
    """A stranger's text in which each sentence runs in its own direction, where two directions meet."""
    if not any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in text):
        return format_html("{}", text)
    return format_html_join("", "<bdi>{}</bdi>", ((one,) for one in SENTENCE.findall(text) if one))


SENTENCE = re.compile(r"[^.?!؟۔\n]*(?:[.?!؟۔]+|\n+|$)\s*")


@register.filter
def options(choices: tuple[str, ...], chosen: str | None) -> SafeString:
    """Short lists of choices that long tables repeat, made once for each choice and language."""
    return _options(choices, chosen, get_language())


@cache
def _options(choices: tuple[str, ...], chosen: str | None, _language: str | None) -> SafeString:
    marked = ((one, SafeString(" selected") if one == chosen else "", _chosen(one)) for one in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', marked)


def _chosen(word: str) -> str:
    from matchday.web.forms.words import choice  # its words need the settings

    return choice(word)
