"""One entry of the dossier that a form stands for: a row of a list, a table that stands once, or one value."""

from dataclasses import dataclass, fields
from typing import Any

from matchday.dossier import edit
from matchday.dossier.model import Dossier
from matchday.dossier.shape import ListOf, Shape, Table, table_of

BARE = ("season", "durations")  # parts of the dossier that are one value without fields of their own


@dataclass(frozen=True, slots=True)
class Entry:
    """A part of the dossier, and for a list the row in it; None is a row still to be added."""

    part: str
    at: int | None = None

    @property
    def several(self) -> bool:
        """Whether the part is a list of rows."""
        return self.part in edit.SEVERAL

    @property
    def shapes(self) -> dict[str, Shape]:
        """The shape of each field, in the order of the model."""
        shape = table_of(Dossier).keys[self.part]
        shape = shape.item if isinstance(shape, ListOf) else shape
        return shape.keys if isinstance(shape, Table) else {self.part: shape}

    @property
    def needed(self) -> tuple[str, ...]:
        """The fields without which the entry cannot be."""
        shape = table_of(Dossier).keys[self.part]
        return shape.item.required if isinstance(shape, ListOf) and isinstance(shape.item, Table) else ()

    def name(self, key: str) -> str:
        """The field's name over the whole dossier: `exam.score`, `season`."""
        return key if self.part in BARE else f"{self.part}.{key}"

    def values(self, dossier: Dossier) -> dict[str, Any] | None:
        """What the dossier holds in the fields; None when there is no such row (any more)."""
        if self.several:
            rows = getattr(dossier, self.part) or ()
            if self.at is None or self.at >= len(rows):
                return None
            return held(rows[self.at])
        present = getattr(dossier, self.part)
        return {self.part: present} if self.part in BARE else held(present) if present is not None else {}

    def put(self, dossier: Dossier, changed: dict[str, Any]) -> Dossier:
        """The dossier with these fields changed, the others as they are; InputProblem as from the file."""
        if self.part == "season":
            return edit.set_season(dossier, season=changed.get("season"))
        if self.part == "durations":
            return _durations(dossier, changed.get("durations") or {})
        if self.several and self.at is None:
            return edit.add(dossier, self.part, **changed)
        if self.several:
            return edit.change(
                dossier, self.part, self.at or 0, **{_attribute(key): one for key, one in changed.items()}
            )
        after = edit.set_part(dossier, self.part, **changed)
        nothing = self.part == "couple" and not any(one is not None for one in held(after.couple).values())
        return edit.leave_couple(after) if nothing else after


def held(part: Any) -> dict[str, Any]:
    """The fields of a row or table under the names of the file."""
    return {one.name.removesuffix("_"): getattr(part, one.name) for one in fields(part)}


def default(part: str, key: str) -> Any:
    """What a field of a new row holds when nothing is said."""
    shape = table_of(Dossier).keys[part]
    if not (isinstance(shape, ListOf) and isinstance(shape.item, Table)):
        return None
    found = {one.name.removesuffix("_"): one.default for one in fields(shape.item.part)}[key]
    return found if isinstance(found, bool) else None


def _attribute(key: str) -> str:
    return "from_" if key == "from" else key


def _durations(dossier: Dossier, wanted: dict[str, Any]) -> Dossier:
    for task in [*dossier.durations, *wanted]:
        dossier = edit.set_duration(dossier, task=task, days=wanted.get(task))
    return dossier
