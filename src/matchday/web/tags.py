"""How values are written on pages: states by word and shape, days with the month's name, money in whole dollars."""

import datetime as dt

from django.template import Library
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

register = Library()

STATES = {
    "met": ("●", _("done")),
    "not_met": ("○", _("missing")),
    "not_needed": ("–", _("not needed")),
    "unknown": ("?", _("not known")),
    "at_risk": ("!", _("at risk")),
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
CONFIDENCE = {
    "high": _("sure"),
    "medium": _("fairly sure"),
    "low": _("weak source"),
    "not_found": _("not found"),
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
def confidence(word: str) -> str:
    """How sure a value is, in words."""
    return str(CONFIDENCE[str(word)])


@register.filter
def day(value: dt.date | str | None) -> str:
    """A day with the month's name: 3 March 2027; a dash for none."""
    if isinstance(value, str):
        value = dt.date.fromisoformat(value[:10])
    return date_format(value, "j F Y") if value else "–"


@register.filter
def dollars(value: int | None) -> str:
    """An amount in whole US dollars, thousands apart; "not known" for none."""
    return str(_("not known")) if value is None else f"{value:,}"


@register.filter
def kind(finding_id: str) -> str:
    """Whether a finding answers "may I?" or "have I?"; the words of its state differ."""
    return "permission" if ".may_" in finding_id or finding_id.startswith("pathway.") else ""


@register.filter
def plain(value: object) -> str:
    """A rule's value in words: a list with commas, a mapping as pairs, nothing as "not in force or not known"."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, list):
        return ", ".join(plain(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {plain(item)}" for key, item in value.items())
    return str(value)
