"""The published code tables of the directory: specialties, states, accrediting agencies. Read once, from `data/`."""

import calendar
import datetime as dt
import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Counts:
    """The Main Match of one year, one specialty and one track letter, over the nation."""

    tracks: int
    positions: int
    filled: int


@dataclass(frozen=True, slots=True)
class Specialty:
    """A specialty by its accreditor's code, with every name it goes by. `counts` is empty outside the Main Match."""

    code: str
    name: str
    nrmp_name: str | None
    also: tuple[str, ...]
    eras_programs_2021: int | None
    counts: Mapping[str, Counts]


@dataclass(frozen=True, slots=True)
class State:
    """A state: its part of an ACGME code (not FIPS), name, centre in degrees and place on the map of tiles."""

    code: str
    acgme: str
    fips: str
    name: str
    tracks_2024: int
    institutions_2024: int | None
    centre: tuple[float, float]
    tile: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Accreditor:
    """An agency said to be recognised by WFME: where, until when (as printed), as of when, says who.

    `group_may_cover`: countries of a `group` that the list does not name one by one.
    """

    acronym: str
    agency: str
    countries: Mapping[str, str]
    group: str | None
    recognised_until: str | None
    status: str
    as_of: str
    source: str
    confidence: str
    group_may_cover: tuple[str, ...] = ()

    @property
    def last_day(self) -> dt.date | None:
        """The last day of the recognition as printed ("2026-09" is the last of September), or None when not printed."""
        if self.recognised_until is None:
            return None
        year, _, month = self.recognised_until.partition("-")
        number = int(month or 12)
        return dt.date(int(year), number, calendar.monthrange(int(year), number)[1])


@cache
def table(name: str) -> dict[str, Any]:
    """The tree of one YAML file in `data/`."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    tree: dict[str, Any] = yaml.load((files(__package__) / "data" / f"{name}.yaml").read_bytes(), loader)  # noqa: S506 -- a safe loader, the compiled one where it is built
    return tree


@cache
def specialties() -> dict[str, Specialty]:
    """All specialties by code."""
    return {row["code"]: _specialty(**row) for row in table("specialties")["specialties"]}


def _specialty(*, also: list[str], main_match_2024: dict[str, list[int]] | None, **plain: Any) -> Specialty:
    counts = {letter: Counts(*numbers) for letter, numbers in (main_match_2024 or {}).items()}
    return Specialty(also=tuple(also), counts=counts, **plain)


@cache
def states() -> dict[str, State]:
    """All states by their two capital letters."""
    rows = table("states")["states"].items()
    return {
        code: State(code=code, **{**row, "centre": tuple(row["centre"]), "tile": tuple(row["tile"])})
        for code, row in rows
    }


@cache
def accreditors() -> tuple[Accreditor, ...]:
    """Every agency of the list, complete or not (see the head of the file)."""
    rows = table("accreditors")["agencies"]
    return tuple(
        Accreditor(**{"group": None, **row, "group_may_cover": tuple(row.get("group_may_cover", ()))}) for row in rows
    )


def squeeze(text: str) -> str:
    """Letters and digits only, small, "and" for "&": two spellings of one name become one."""
    return re.sub(r"[^a-z0-9]+", "", text.casefold().replace("&", "and"))


@cache
def _specialty_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for specialty in specialties().values():
        for name in (specialty.code, specialty.name, specialty.nrmp_name, *specialty.also):
            if name:
                names.setdefault(squeeze(name), specialty.code)
    return names


def find_specialty(text: str, *, typos: bool = True) -> Specialty | None:
    """The specialty of a code, a name or a common short form; with `typos`, also of a near miss. None when in doubt."""
    names, key = _specialty_names(), squeeze(text)
    code = names.get(key)
    if code is None and typos and len(key) > 3:
        near = difflib.get_close_matches(key, names, n=1, cutoff=0.84)
        code = names[near[0]] if near else None
    return specialties()[code] if code else None


def find_state(text: str) -> State | None:
    """The state of two letters or of its name in full, in any case."""
    known = states()
    by_name = {squeeze(state.name): state for state in known.values()}
    return known.get(text.strip().upper()) or by_name.get(squeeze(text))
