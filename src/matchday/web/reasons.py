"""Sentences that other rooms make in English - reasons, next steps, problems - in the language of the page.

`locale/reasons.txt` holds one message on each line, its values as named places. A sentence that fits a message is said
by gettext with the values in the translation; one that fits none stays English and is marked so. A name tells what stands
in its place (a number may follow it): `day`, `n` (a number that is counted), `things` (a list), `reason` (a sentence).
"""

import datetime as dt
import re
from functools import cache, lru_cache
from pathlib import Path

from django.template import Library
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from matchday.web.forms.words import choice
from matchday.web.tags import day, isolated

register = Library()
register.filter(choice)

MESSAGES = Path(__file__).parent / "locale" / "reasons.txt"
NUMBER = r"\d+(?:[.,]\d+)*"
# What may stand in a place, by the name of the place; anything else is a few words.
SHAPES = {
    "day": r"\d{1,2} [A-Z][a-z]+ \d{4}(?: \(\d{4}-\d\d-\d\d\))?",
    "iso": r"\d{4}-\d\d-\d\d",
    "time": r"\d\d:\d\d",
    "exam": r"Step [123](?: C[KS])?|OET(?: Medicine)?",
    "sitting": r"[Tt]he (?:Step [123](?: C[KS])?|OET) (?:of \d{1,2} [A-Z][a-z]+ \d{4}|without a day)",
    "pathway": r"Pathway (?:\d|\(\w+ \w+\))",
    "reason": r"(?:(?![.?!] [A-Z0-9]).)+",
    "name": ".+?",  # may look like the end of a sentence: Dr. Ana
    **dict.fromkeys(("n", "number", "season", "year", "usd"), NUMBER),
}
WORDS = r"(?:(?!; |[.?!] [A-Z0-9]).)+?"  # inside one clause
PLACE = re.compile(r"%\((\w+)\)s")
TWICE = re.compile(r"(\d{1,2} [A-Z][a-z]+ \d{4}) \(\d{4}-\d\d-\d\d\)")
SENTENCES = re.compile(r"(?<=[.?!]) (?=[A-Z0-9])")


@cache
def messages() -> tuple[str, ...]:
    """Every message, in the order in which they are tried."""
    lines = MESSAGES.read_text("utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def _whole() -> frozenset[str]:
    return frozenset(message for message in messages() if not PLACE.search(message))


@cache
def _with_places() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The messages with places, each with its fixed words, which are looked for before the pattern is made."""
    return tuple((one, tuple(PLACE.split(one)[::2])) for one in messages() if PLACE.search(one))


@cache
def _pattern(message: str) -> re.Pattern[str]:
    pieces = PLACE.split(message)
    made = [
        re.escape(piece) if at % 2 == 0 else f"(?P<{piece}>{SHAPES.get(_kind(piece), WORDS)})"
        for at, piece in enumerate(pieces)
    ]
    return re.compile("".join(made))


def _kind(name: str) -> str:
    return name.rstrip("0123456789")


@lru_cache(4096)
def message_of(sentence: str) -> tuple[str, dict[str, str]] | None:
    """The message that a sentence fits, with what stands in its places."""
    if sentence in _whole():
        return sentence, {}
    for message, fixed in _with_places():
        likely = sentence.startswith(fixed[0]) and all(words in sentence for words in fixed)
        if likely and (found := _pattern(message).fullmatch(sentence)):
            return message, found.groupdict()
    return None


def parts(text: str) -> list[tuple[str, bool]]:
    """A text in pieces, in the language of the page; with each, whether it is said in that language."""
    if get_language() == "en" or not text:
        return [(TWICE.sub(r"\1", text), get_language() == "en")]
    sentences, found, at = SENTENCES.split(text), list[tuple[str, bool]](), 0
    while at < len(sentences):
        # The longest run first: a name such as "Dr. Ana" looks like the end of a sentence.
        for end in range(len(sentences), at, -1):
            run = " ".join(sentences[at:end])
            if (piece := _said(run)) is not None or end == at + 1:
                found.append((run, False) if piece is None else (piece, True))
                at = end
                break
    return found


def _said(sentence: str) -> str | None:
    """A sentence, or clauses joined by semicolons, in the language of the page; None when that cannot be."""
    if (whole := _filled(sentence)) is not None or "; " not in sentence:
        return whole
    clauses = sentence.split("; ")
    if sentence.endswith("."):  # clauses of a contradiction are sentences of their own
        told = [_filled(f"{one[:1].upper()}{one[1:].rstrip('.')}.") for one in clauses]
        return None if None in told else " ".join(map(str, told))
    told = [_filled(one) for one in clauses]
    return None if None in told else gettext("; ").join(map(str, told))


def _filled(sentence: str) -> str | None:
    found = message_of(sentence)
    if found is None:
        return None
    message, places = found
    count = places.get("n")
    told = ngettext(message, message, int(count)) if count and count.isdecimal() else gettext(message)
    return None if told == message else told % {name: _value(_kind(name), words) for name, words in places.items()}


def _value(kind: str, words: str) -> str:
    if kind == "day":
        return _day(words)
    if kind in ("reason", "moment", "sitting"):
        return said(words)
    if kind == "things":
        return _listed([_name(one) for one in re.split(", | and ", words)])
    if kind == "usd":
        return number_format(int(words.replace(",", "")), use_l10n=True, force_grouping=True)
    return words if kind in ("n", "number", "season", "year") else _name(words)


def _listed(items: list[str]) -> str:
    *first, last = items
    return gettext(" and ").join((gettext(", ").join(first), last)) if first else last


def _day(words: str) -> str:
    """A day that is told for programs too, as 3 March 2027 (2027-03-03), is told once to people."""
    name, _, _ = words.partition(" (")
    return day(dt.datetime.strptime(name, "%d %B %Y").date())  # noqa: DTZ007 -- a day has no zone


def _name(words: str) -> str:
    told = gettext(words)
    return isolated(words) if told == words else told


def said(text: str) -> str:
    """A text in the language of the page, as far as that can be."""
    if SHAPE_OF_DAY.fullmatch(text) and get_language() != "en":
        return _day(text)
    return " ".join(piece for piece, _ in parts(text))


SHAPE_OF_DAY = re.compile(SHAPES["day"])


@register.filter
def reason(text: object) -> SafeString:
    """A text for a page: what stays English is marked so, that it is read out and set in its own direction."""
    english = SafeString('<bdi lang="en">{}</bdi>')
    if get_language() == "en":
        return format_html(english, said(str(text or "")))
    pieces = (format_html("{}" if done else english, piece) for piece, done in parts(str(text or "")))
    return format_html_join(" ", "{}", ((piece,) for piece in pieces))
