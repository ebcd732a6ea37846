"""One form for any entry of the dossier, made from the annotations of its model.

A field that is not touched keeps its value exactly, whatever the form can show of it: the form carries the text that it
was loaded with, and only what differs from it is a change. The same text tells, when the file was changed meanwhile
in another tab or by hand, who changed what.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from matchday.dossier import kinds
from matchday.dossier.contradictions import RESULT, STILL_OPEN
from matchday.dossier.shape import ListOf, Named, Shape, Single
from matchday.web.desk import desk
from matchday.web.forms import places, specialties, words
from matchday.web.forms.entry import Entry, default
from matchday.web.forms.values import COUNTRY, YES_NO, ZONE, Unclear, text_of, value_of

MORE = 2  # empty lines for one more value each
NONE = "\u2205"  # what a list that is known to be empty is carried as


@dataclass(frozen=True, slots=True)
class Typed:
    """What came back for one field: its text now, the text it was loaded with, a reading chosen where there were two."""

    text: str
    was: str
    meant: str = ""

    @property
    def touched(self) -> bool:
        """Whether the person changed the field."""
        return self.text != self.was


class FactInput(forms.Widget):
    """Gathers the parts of one field from what was sent; drawn by fact.html."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        """The field as it was sent; ticked choices are lines, "none" is heeded."""
        several = data.getlist(name) if hasattr(data, "getlist") else [data.get(name, "")]
        was = lined(data.get(f"{name}-was", ""))
        if lined("\n".join(several)).rstrip("\n") == was.rstrip("\n"):  # a line for one more may stay empty
            several = [was]
        elif len(several) > 1:
            several = [one for one in several if one]
        text = NONE if data.get(f"{name}-none") else lined("\n".join(several))
        return Typed(text, was, data.get(f"{name}-meant", ""))


class Fact(forms.Field):
    """One field of an entry: its shape, how it is drawn, the fixed choices it has."""

    widget = FactInput

    def __init__(self, entry: Entry, key: str, shape: Shape) -> None:
        name = entry.name(key)
        super().__init__(required=False, label=words.label(name), help_text=words.why(name))
        self.shape, self.control, self.suggested = shape, control(shape, name), suggested(shape, name)
        self.name, self.needed = name, key in entry.needed
        self.choices = [(str(one), words.choice(one)) for one in options(shape)]
        self.optional = not self.needed and not isinstance(default(entry.part, key), bool)
        self.list = isinstance(shape, ListOf)

    def clean(self, typed: Typed) -> Any:
        """The value of the text; ValidationError with plain words, and the readings where there are two."""
        if not typed.touched:
            return None
        if typed.text == NONE:
            return ()
        if not typed.text.strip():
            if self.needed:
                raise ValidationError(_("Choose one."))
            return None
        try:
            value = value_of(self.shape, typed.text)
            return self._official(value, typed.was) if self.name in specialties.FIELDS else value
        except Unclear as unclear:
            return self._meant(typed, unclear)

    def _official(self, value: Any, was: str) -> Any:
        """Specialties by their official names; what the file held already stays, whatever it is called."""
        if isinstance(value, list):
            return list(dict.fromkeys(self._official(one, was) for one in value))
        name = specialties.official(value)
        if name is None and value not in was.split("\n") and self.name in specialties.CHECKED:
            near = specialties.near(value)
            unknown = _("We do not know the specialty %s.") % kinds.shown(value)
            do = (
                _("Did you mean %s?") % ", ".join(near)
                if near
                else _("Write it in English, such as Internal Medicine.")
            )
            raise Unclear(f"{unknown} {do}")
        return value if name is None or value in was.split("\n") else name

    def _meant(self, typed: Typed, unclear: Unclear) -> Any:
        readings = {day.isoformat(): day for day in unclear.readings}
        if typed.meant in readings:
            return readings[typed.meant]
        named = [(iso, date_format(day, "j F Y")) for iso, day in readings.items()]
        raise ValidationError(unclear.why, params={"readings": named} if named else None)


def lined(text: str) -> str:
    """A text with one kind of line end, as forms send them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def options(shape: Shape) -> tuple[Any, ...]:
    """The fixed choices of a field, none for free text."""
    if isinstance(shape, ListOf):
        return options(shape.item)
    if not isinstance(shape, Single) or len(shape.kinds) > 1:
        return ()
    return ("yes", "no") if YES_NO in shape.kinds else tuple(shape.kinds[0].schema.get("enum", ()))


def control(shape: Shape, name: str) -> str:
    """How a field is drawn: choice, choices, text (several lines), lines (one for each value), or line."""
    if options(shape):
        return "choices" if isinstance(shape, ListOf) else "choice"
    if isinstance(shape, ListOf) and suggested(shape, name):
        return "lines"
    if isinstance(shape, ListOf | Named) or name in words.LONG:
        return "text"
    return "line"


def suggested(shape: Shape, name: str) -> str:
    """The list that the browser suggests from: countries, zones or specialties; "" for none."""
    if name in specialties.FIELDS:
        return "specialties-known"
    one = shape.item if isinstance(shape, ListOf) else shape
    lists = {COUNTRY: "countries", ZONE: "zones"}
    return next((name for kind, name in lists.items() if isinstance(one, Single) and kind in one.kinds), "")


def suggestions(forms: Iterable["FactsForm"]) -> dict[str, list[tuple[str, str]]]:
    """What the lists of some forms hold, in the language of the page: each text and what explains it."""
    made = {"countries": lambda: [(name, "") for name in places.country_names()], "zones": places.zone_names,
            "specialties-known": specialties.names}  # fmt: skip
    wanted = {one.suggested for form in forms for one in form.facts().values()}
    return {name: make() for name, make in made.items() if name in wanted}


def shown(shape: Shape, value: Any) -> str:
    """The text a field is loaded with; ticked choices stand in the order of the page."""
    if value and isinstance(shape, ListOf) and options(shape):
        value = [one for one in options(shape) if one in value]
    return NONE if value == () else lined(text_of(shape, value))


def in_words(text: str) -> str:
    """The text of a field as people read it; "" for what is not known."""
    return "; ".join(str(_("none")) if line == NONE else words.choice(line) for line in text.split("\n") if line)


class FactsForm(forms.Form):
    """The form of one entry: `present` are its values in the file now, `posted` what was sent."""

    def __init__(self, entry: Entry, present: dict[str, Any] | None, posted: Any = None, *,
                 only: tuple[str, ...] = (), prefix: str | None = None) -> None:  # fmt: skip
        super().__init__(posted, prefix=prefix)
        self.entry, self.present = entry, present
        for key, shape in entry.shapes.items():
            if not only or key in only:
                self.fields[key] = Fact(entry, key, shape)

    def facts(self) -> dict[str, Fact]:
        """The fields under the names of the file."""
        return {key: one for key, one in self.fields.items() if isinstance(one, Fact)}

    def now(self, key: str) -> str:
        """The text of a field in the file now."""
        value = (self.present or {}).get(key, default(self.entry.part, key))
        return shown(self.facts()[key].shape, value)

    def typed(self, key: str) -> Typed:
        """What was sent for a field; before anything is sent, what the file holds."""
        if not self.is_bound:
            return Typed(self.now(key), self.now(key))
        widget = cast(FactInput, self.facts()[key].widget)
        return widget.value_from_datadict(self.data, self.files, self.add_prefix(key))

    def clean(self) -> dict[str, Any]:
        """The values together: a new row needs what it cannot be without, an exam that is still to come has no result."""
        cleaned = super().clean() or {}
        for key, fact in self.facts().items():
            if self.present is None and fact.needed and not self.typed(key).text.strip() and key not in self.errors:
                self.add_error(key, _("Choose one."))
        if self.entry.part == "exam" and (at := self._too_early(cleaned)):
            said = _(
                "The day of this exam is still to come, so that it has no result yet. Correct the day or the result."
            )
            self.add_error(at, said)
        return cleaned

    def _too_early(self, cleaned: dict[str, Any]) -> str:
        """The field to ask back at: the last touched one of a day to come and its result; "" when all is well."""
        touched = {key for key in self.facts() if self.typed(key).touched}
        values = (self.present or {}) | {key: cleaned.get(key) for key in touched}
        day, today = values.get("date"), desk().clock().astimezone().date()
        told = [key for key in RESULT if values.get(key) not in STILL_OPEN]
        if day is None or day <= today or not told:
            return ""
        return next((key for key in (*told, "date") if key in touched), "")

    def changed(self) -> dict[str, Any]:
        """The fields that the person touched, with their new values. Only after is_valid()."""
        return {key: self.cleaned_data[key] for key in self.facts() if self.typed(key).touched}

    def anew(self) -> "FactsForm":
        """The same fields as a row that is still to be added; what was not touched is sent as it was loaded."""
        sent = cast(QueryDict, self.data).copy()
        for key in self.facts():
            sent.pop(f"{self.add_prefix(key)}-was", None)
        return FactsForm(Entry(self.entry.part), None, sent)

    def lines(self) -> list[dict[str, Any]]:
        """Each field as fact.html draws it."""
        return [self._line(key, fact) for key, fact in self.facts().items()]

    def _line(self, key: str, fact: Fact) -> dict[str, Any]:
        typed = self.typed(key)
        faults = self.errors.get(key) if self.is_bound else None
        readings = (
            [pair for fault in faults.as_data() for pair in (fault.params or {}).get("readings", ())] if faults else []
        )
        text = "" if typed.text == NONE else typed.text
        several = "\n" in text and fact.control == "line"  # a line would lose the line ends
        return {
            "name": self.add_prefix(key), "label": fact.label, "why": fact.help_text, "needed": fact.needed,
            "control": "text" if several else fact.control, "suggested": fact.suggested, "choices": fact.choices, "optional": fact.optional,
            "more": [*text.split("\n"), *[""] * MORE][1:],
            "text": text, "chosen": text.split("\n"), "none": typed.text == NONE, "list": fact.list, "was": typed.was,
            "faults": [message for fault in faults.as_data() for message in fault.messages] if faults else [],
            "readings": readings, "rows": min(12, text.count("\n") + 3),
        }  # fmt: skip
