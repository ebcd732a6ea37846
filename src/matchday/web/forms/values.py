"""Between a value of the dossier and the text that stands in a form, both ways; the kinds of the file do the checking."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from matchday.dossier import kinds
from matchday.dossier.kinds import Kind, Refused
from matchday.dossier.shape import ListOf, Named, Row, Shape, Single, shape_of
from matchday.web.forms import paste, places
from matchday.web.forms.words import choice
from matchday.web.reasons import said


class Unclear(Exception):
    """A text that is no value: what to say at the field; and where it has two readings, the two."""

    def __init__(self, why: str, readings: Sequence[dt.date] = ()) -> None:
        super().__init__(why)
        self.why, self.readings = why, tuple(readings)


def _kind(annotation: Any) -> Kind:
    single = shape_of(annotation)
    assert isinstance(single, Single)  # noqa: S101 -- of these annotations it is one; tells the type checker so
    return single.kinds[0]


EXAMPLE = dt.date(2026, 3, 14)
DAY, MOMENT, TEXT, YES_NO = _kind(kinds.Day), _kind(kinds.Moment), _kind(kinds.Text), _kind(kinds.YesNo)
COUNTRY, ZONE, YEAR, SPAN = _kind(kinds.CountryCode), _kind(kinds.Zone), _kind(kinds.Year), _kind(kinds.Days)


def _day(text: str) -> dt.date:
    part = paste.without_day(text)
    if part:
        raise Unclear(_("Write a whole day, such as %s.") % date_format(part, "j F Y"))
    return _one_day(paste.days(text))


def _one_day(found: Sequence[dt.date]) -> dt.date:
    if len(found) == 2:
        raise Unclear(_("Day and month could each be the other. Which day is meant?"), found)
    if not found:
        raise Refused
    return found[0]


def _number(text: str, read: Callable[[str], int | float | None] = paste.number) -> int | float:
    found = read(text)
    if found is None:
        raise Refused
    return found


def _yes_no(text: str) -> bool:
    word = text.casefold()
    if word not in ("yes", "no"):
        raise Refused
    return word == "yes"


def _country(text: str) -> str:
    code = places.country(text)
    if code is None:
        raise Unclear(_asked(
            text, _("Write the country, such as %s.") % places.country_name("NP"), _named(places.near_country(text))
        ))  # fmt: skip
    return code


def _named(code: str) -> str:
    return places.country_name(code) if code else ""


def _zone(text: str) -> str:
    found = places.zones(text)
    if len(found) == 1:
        return found[0]
    if found:
        some = ", ".join(places.zone_city(zone) for zone in found[:8])
        raise Unclear(_("This place has several time zones. Write a large city in yours, such as: %s.") % some)
    near = places.near_zone(text)
    raise Unclear(_asked(text, _("Write the nearest large city, such as %s, or your country.") % places.zone_city("Africa/Lagos"),
                         near and places.zone_city(near)))  # fmt: skip


def _asked(text: str, do: str, near: str) -> str:
    """That a text is not known, what to write, and which name is near."""
    unknown = _("We do not know %s.") % kinds.shown(text)
    return " ".join((unknown, _("Did you mean %s?") % near) if near else (unknown, do))


def _span(text: str) -> list[int | float]:
    return [_number(part) for part in re.split(r"[,;]|\bto\b", text)]


READ: dict[Kind, Callable[[str], Any]] = {
    DAY: _day,
    MOMENT: lambda text: _one_day(paste.moments(text)),
    YES_NO: _yes_no,
    COUNTRY: _country,
    ZONE: _zone,
    SPAN: _span,
}


def _read(kind: Kind, text: str) -> Any:
    """The value of a text for a kind; Refused when it has none."""
    if kind in READ:
        return READ[kind](text)
    options = kind.schema.get("enum")
    if options:
        short = places.squeezed(text)
        return next((option for option in options if str(option) == text or short in _said(option)), text)
    if kind.schema.get("type") == "integer":
        return _number(text, paste.whole)
    if kind.schema.get("type") == "number":
        return _number(re.sub(r"(?<=\d),(?=\d{1,2}(?!\d))", ".", text))  # 3,5 is 3.5
    if kind.schema.get("pattern", "").startswith("^[A-Z]{"):
        return text.upper()
    return text


def _said(option: object) -> tuple[str, ...]:
    """The names that a fixed choice such as "current" goes by."""
    return tuple(places.squeezed(name) for name in (choice(option), *places.named("also").get(str(option), ())))


def _single(several: tuple[Kind, ...], text: str) -> Any:
    own: Refused | None = None
    for kind in sorted(several, key=lambda kind: kind != MOMENT):  # as a day alone the text would lose its hour
        try:
            return kind.accept(_read(kind, text), False)
        except Refused as refused:
            own = refused if refused.what else own
    if own:
        raise Unclear(_sentence(*(str(said(one)) if one else one for one in (own.what, own.expected, own.do))))
    raise Unclear(_("%(text)s is not understood; write %(expected)s.") % {
        "text": kinds.shown(text), "expected": expected(several)})  # fmt: skip


def _sentence(what: str, wanted: str, do: str) -> str:
    return f"{what[:1].upper()}{what[1:]}; {wanted}; {do}." if wanted else f"{what[:1].upper()}{what[1:]}."


def expected(several: tuple[Kind, ...]) -> str:
    """What one of these kinds accepts, in the words of a form."""
    return _(" or ").join(WORDS[kind]() if kind in WORDS else _accepted(kind) for kind in several)


def _accepted(kind: Kind) -> str:
    schema = kind.schema
    if options := schema.get("enum"):
        return ", ".join(choice(option) for option in options)
    limits = {"lowest": schema.get("minimum"), "highest": schema.get("maximum")}
    if schema.get("type") == "integer":
        return _("a whole number from %(lowest)s to %(highest)s") % limits
    if schema.get("type") == "number" and abs(schema["minimum"]) < 1e6:
        return _("a number from %(lowest)s to %(highest)s") % limits
    return str(said(kind.words))


WORDS: dict[Kind, Callable[[], str]] = {
    DAY: lambda: _("a day such as %s") % date_format(EXAMPLE, "j F Y"),
    MOMENT: lambda: _("a day with its time such as %s") % f"{date_format(EXAMPLE, 'j F Y')} 14:30",
    YES_NO: lambda: _("yes or no"),
    SPAN: lambda: _("three numbers of days such as 10, 20, 40"),
    COUNTRY: lambda: _("a country"),
    ZONE: lambda: _("a large city or a country"),
}


def value_of(shape: Shape, text: str) -> Any:
    """The value that a text stands for at one place of the dossier; Unclear when it stands for none."""
    text = text.strip()
    match shape:
        case Single(several):
            return _single(several, text)
        case ListOf(item):
            return [value_of(item, part) for part in _parts(item, text)]
        case Row(places):
            parts = _places(places, text)
            if len(parts) != len(places):
                raise Unclear(_("%(text)s: write %(count)s values, with a comma between them.") % {
                    "text": kinds.shown(text), "count": len(places)})  # fmt: skip
            return [value_of(place, part) for place, part in zip(places, parts, strict=True)]
        case Named(name, item):
            return dict(_pair(name, item, line) for line in text.splitlines() if line.strip())
    raise TypeError(shape)


def _parts(item: Shape, text: str) -> list[str]:
    """One value in each line; short values may stand in one line with commas."""
    lines = text.splitlines()
    whole = isinstance(item, Single) and COUNTRY in item.kinds and places.country(text)  # "Congo, Republic (CG)" is one
    if len(lines) == 1 and isinstance(item, Single) and not whole:
        lines = re.split("[,;،؛]", text)
    return [line.strip() for line in lines if line.strip()]


def _places(places: tuple[Shape, ...], text: str) -> list[str]:
    years = isinstance(places[0], Single) and YEAR in places[0].kinds
    return re.split(r"\s*(?:[-–,;]|\bto\b)\s*" if years else r"\s*[,;\t]\s*", text)


def _pair(name: Shape, item: Shape, line: str) -> tuple[Any, Any]:
    before, colon, after = line.partition(":")
    if not colon:
        raise Unclear(_("%(text)s: write a name, a colon and what belongs to it.") % {"text": kinds.shown(line)})
    return value_of(name, before), value_of(item, after)


def text_of(shape: Shape, value: Any) -> str:
    """The text that stands for a value in a form; "" for what is not known."""
    if value is None:
        return ""
    match shape:
        case ListOf(item):
            return "\n".join(text_of(item, one) for one in value)
        case Row(places):
            return ", ".join(text_of(place, one) for place, one in zip(places, value, strict=True))
        case Named(_name, ListOf(item)):
            return "\n".join(
                f"{key}: {', '.join(text_of(item, one) for one in several)}" for key, several in value.items()
            )
        case Named(_name, item):
            return "\n".join(f"{key}: {text_of(item, one)}" for key, one in value.items())
        case Single(several):
            return _text(several, value)
    raise TypeError(shape)


def _text(several: tuple[Kind, ...], value: Any) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case "current":
            return choice(value)
        case dt.datetime():
            time = value.strftime("%H:%M:%S" if value.second else "%H:%M")
            return f"{date_format(value.date(), 'j F Y')} {time}{value.isoformat(timespec='seconds')[19:]}"
        case dt.date():
            return date_format(value, "j F Y")
        case tuple():
            return ", ".join(f"{number:g}" for number in value)
    return f"{places.country_name(value)} ({value})" if COUNTRY in several else str(value)
