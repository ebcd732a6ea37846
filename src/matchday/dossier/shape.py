"""The shape of the dossier, read from the annotations of its model: check a tree against it, in full, with the paths.

One `Shape` for each way of putting values together: a single value, a list, a row of fixed length, named values, a
table. Each can read (gathering every fault with its path), tell people what it expects, and describe itself as JSON
Schema.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from difflib import get_close_matches
from functools import cache
from typing import Annotated, Any, Literal, Protocol, get_args, get_origin

from matchday.dossier.kinds import Kind, Refused, choice, shown
from matchday.dossier.lines import Path

Node = dict[str, Any]
MANY = 20  # faults; after that nobody counts, and looking for advice takes time


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a path, what was expected, what to do."""

    path: Path
    what: str
    expected: str
    do: str


@dataclass(slots=True)
class Reading:
    """One pass over a tree: whether it came from JSON, where days are text, and the faults found so far."""

    in_json: bool = False
    faults: list[Fault] = field(default_factory=list)

    def add(self, path: Path, what: str, expected: str, do: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(path, what, expected, do))

    def refuse(self, path: Path, value: object, expected: str) -> None:
        """Note that a value is not what was expected."""
        if len(self.faults) < MANY:
            self.add(path, f"{named(path)} is {_told(value)}", expected, _advice(value, expected, self.in_json))

    def refuse_key(self, path: Path, known: tuple[str, ...]) -> None:
        """Note a key that is not known, with the nearest one that is."""
        if len(self.faults) < MANY:
            place = f"[{named(path[:-1])}]" if path[:-1] else "the dossier"
            near = get_close_matches(str(path[-1])[:60].casefold(), known, n=1, cutoff=0.5)
            expected = f"a known key, the nearest is `{near[0]}`" if near else f"one of {', '.join(known)}"
            do = f"write `{near[0]}`, or take it out" if near else "take it out"
            self.add(path, f"unknown key {shown(path[-1])} in {place}", expected, do)


class Shape(Protocol):
    """How values are put together at one place of the dossier."""

    def read(self, value: Any, path: Path, reading: Reading) -> Any:
        """The value as the model holds it; what is wrong goes to the faults of the reading."""

    def words(self, in_json: bool) -> str:
        """What is expected here, for people."""

    def schema(self) -> Node:
        """The same as JSON Schema."""


@dataclass(frozen=True, slots=True, eq=False)
class Single:
    """One value of one of these kinds."""

    kinds: tuple[Kind, ...]

    def read(self, value: Any, path: Path, reading: Reading) -> Any:
        """The value; the kinds are tried in turn."""
        own: Refused | None = None
        for kind in self.kinds:
            try:
                return kind.accept(value, reading.in_json)
            except Refused as refused:
                own = refused if refused.what else own
        if own:
            reading.add(path, f"{named(path)}: {own.what}", own.expected, own.do)
        else:
            reading.refuse(path, value, self.words(reading.in_json))
        return None

    def words(self, in_json: bool) -> str:
        """The words of the kinds, joined by "or"."""
        return " or ".join(kind.words_in_json if in_json and kind.words_in_json else kind.words for kind in self.kinds)

    def schema(self) -> Node:
        """The kind's own schema, or any of several."""
        return self.kinds[0].schema if len(self.kinds) == 1 else {"anyOf": [kind.schema for kind in self.kinds]}


@dataclass(frozen=True, slots=True, eq=False)
class ListOf:
    """Any number of one shape."""

    item: Shape

    def read(self, value: Any, path: Path, reading: Reading) -> Any:
        """A tuple of the items."""
        if not isinstance(value, list | tuple):
            return reading.refuse(path, value, self.words(reading.in_json))
        return tuple(self.item.read(item, (*path, place), reading) for place, item in enumerate(value))

    def words(self, in_json: bool) -> str:
        """A list, and of what."""
        return f"a list, each {self.item.words(in_json)}"

    def schema(self) -> Node:
        """An array."""
        return {"type": "array", "items": self.item.schema()}


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A list of fixed length, each place with its own shape."""

    places: tuple[Shape, ...]

    def read(self, value: Any, path: Path, reading: Reading) -> Any:
        """A tuple of that length."""
        if not isinstance(value, list | tuple) or len(value) != len(self.places):
            return reading.refuse(path, value, self.words(reading.in_json))
        return tuple(
            shape.read(item, (*path, place), reading)
            for place, (shape, item) in enumerate(zip(self.places, value, strict=True))
        )

    def words(self, in_json: bool) -> str:
        """How many values, and which."""
        return f"a list of {len(self.places)} values: " + ", ".join(place.words(in_json) for place in self.places)

    def schema(self) -> Node:
        """An array of fixed length."""
        size = len(self.places)
        places = [place.schema() for place in self.places]
        return {"type": "array", "prefixItems": places, "minItems": size, "maxItems": size}


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """Values under names that the applicant chooses."""

    name: Shape
    item: Shape

    def read(self, value: Any, path: Path, reading: Reading) -> Any:
        """A dict."""
        if not isinstance(value, dict):
            return reading.refuse(path, value, self.words(reading.in_json))
        return {
            self.name.read(key, (*path, key), reading): self.item.read(item, (*path, key), reading)
            for key, item in value.items()
        }

    def words(self, in_json: bool) -> str:
        """A table of what."""
        return f"a table, each value {self.item.words(in_json)}"

    def schema(self) -> Node:
        """An object with any keys."""
        return {"type": "object", "additionalProperties": self.item.schema()}


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A part of the model, with its known keys."""

    part: type[Any]
    keys: dict[str, Shape]
    required: tuple[str, ...]

    def read(self, value: Any, path: Path, reading: Reading) -> Any:
        """The part. `null`, which only JSON has, is unknown, like a key that is not there."""
        if not isinstance(value, dict):
            return reading.refuse(path, value, self.words(reading.in_json))
        for key in value:
            if key not in self.keys:
                reading.refuse_key((*path, key), tuple(self.keys))
        known = {key: item for key, item in value.items() if key in self.keys and item is not None}
        for key in self.required:
            if key not in known:
                expected = self.keys[key].words(reading.in_json)
                reading.add((*path, key), f"{named((*path, key))} is missing{_entry(path)}", expected, f"add `{key}`")
                return None
        return self.part(
            **{_field_name(key): self.keys[key].read(item, (*path, key), reading) for key, item in known.items()}
        )

    def words(self, in_json: bool) -> str:
        """A table, and its first keys."""
        return f"a table with {', '.join(list(self.keys)[:6])} ..."

    def schema(self) -> Node:
        """A closed object."""
        keys = {key: shape.schema() for key, shape in self.keys.items()}
        node = {"type": "object", "properties": keys, "additionalProperties": False}
        return {**node, "required": list(self.required)} if self.required else node


def _field_name(key: str) -> str:
    return "from_" if key == "from" else key


@cache
def table_of(part: type[Any]) -> Table:
    """The table that a part of the model stands for."""
    types: dict[str, Any] = {one.name.rstrip("_"): one.type for one in fields(part)}
    keys = {name: shape_of(kind) for name, kind in types.items()}
    bare = tuple(one.name for one in fields(part) if one.default is one.default_factory is MISSING)
    return Table(part, keys, bare)


@cache
def shape_of(annotation: Any) -> Shape:
    """The shape that an annotation of the model stands for."""
    if is_dataclass(annotation) and isinstance(annotation, type):
        return table_of(annotation)
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is tuple:
        return ListOf(shape_of(inner[0])) if inner[1] is Ellipsis else Row(tuple(map(shape_of, inner)))
    if origin is dict:
        return Named(shape_of(inner[0]), shape_of(inner[1]))
    return _single_or_optional(annotation)


def _single_or_optional(annotation: Any) -> Shape:
    """Absent is always allowed where None is, so None itself needs no kind."""
    if get_origin(annotation) is Annotated:
        return Single((annotation.__metadata__[0],))
    if get_origin(annotation) is Literal:
        return Single((choice(get_args(annotation)),))
    options = [shape_of(option) for option in get_args(annotation) if option is not type(None)]
    if len(options) == 1:
        return options[0]
    return Single(tuple(kind for option in options if isinstance(option, Single) for kind in option.kinds))


def named(path: Sequence[str | int]) -> str:
    """A path as people read it: `exam[1].score`; list positions count from 0 as in the findings."""
    name = ""
    for part in path:
        name += f"[{part}]" if isinstance(part, int) else "." + (part if _plain(part) else shown(part))
    return name.lstrip(".") or "the dossier"


def _entry(path: Path) -> str:
    """Which entry of a list that is, counted as people count."""
    return f": entry {path[-1] + 1} of the list `{path[0]}`" if path and isinstance(path[-1], int) else ""


def _plain(key: str) -> bool:
    return key.isprintable() and len(key) <= 40


def _told(value: object) -> str:
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)} values"
    return f"the text {shown(value)}" if isinstance(value, str) else shown(value)


def _advice(value: object, expected: str, in_json: bool) -> str:
    if isinstance(value, str) and not in_json and expected.startswith("a date"):
        return "write the date without quotes, as YYYY-MM-DD"
    if isinstance(value, str) and expected.startswith(("a number", "a whole number", "true or false")):
        return "write the value without quotes"
    if isinstance(value, dt.datetime) and expected.startswith("a date"):
        return "leave the time out"
    if isinstance(value, int | float) and expected.startswith("text"):
        return "put the value in quotes"
    if isinstance(value, str) and expected.startswith("a list"):
        return "put the value in square brackets"
    return "correct it, or take it out when it is not known"
