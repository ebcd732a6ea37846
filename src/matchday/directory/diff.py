"""What changed from one edition of a list to the next: new, gone, and changed quota, name or service."""

from dataclasses import dataclass
from typing import Any

from matchday.directory.model import Reading, Record
from matchday.terms import InputProblem

COMPARED = ("name", "institution", "service", "service_soap", "participation", "accreditation")


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one track (or program) in both editions."""

    code: str
    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Difference:
    """Codes that are new or gone, changes in those that are in both, and what the codes stand for."""

    new: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[Change, ...]
    known: dict[str, "Entry"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A track or program in one edition. `quota` is that of the edition's newest season; None where there are no counts."""

    code: str
    fields: dict[str, str]
    quota: int | None

    @property
    def present(self) -> bool:
        """A track takes part when its newest quota is above 0; in a list without counts, when it is listed."""
        return self.quota is None or self.quota > 0


def diff(old: Reading, new: Reading) -> Difference:
    """Compare two readings by NRMP code, else by ACGME code, else by name and place."""
    before, after = _entries(old), _entries(new)
    if before and after and _by_track(old) != _by_track(new):
        raise InputProblem(
            "the two files name programs by different codes", expected="two editions of the same kind of list",
            do="compare ACGME lists with ACGME lists and NRMP lists with NRMP lists",
        )  # fmt: skip
    here = {code for code, entry in after.items() if entry.present}
    there = {code for code, entry in before.items() if entry.present}
    changes = (change for code in sorted(here & there) for change in _changes(before[code], after[code]))
    return Difference(
        new=tuple(sorted(here - there)),
        gone=tuple(sorted(there - here)),
        changed=tuple(changes),
        known={**before, **after},
    )


def _by_track(reading: Reading) -> bool:
    return any(record.nrmp_code for record in reading.records)


def _entries(reading: Reading) -> dict[str, Entry]:
    """Every track or program of an edition, by its code; rows that share a code are one entry with all their words."""
    newest = max((year.season for record in reading.records for year in record.history), default=None)
    together: dict[str, list[Record]] = {}
    for record in reading.records:
        together.setdefault(_code(record), []).append(record)
    return {code: _entry(code, records, newest) for code, records in together.items()}


def _entry(code: str, records: list[Record], newest: int | None) -> Entry:
    fields = {}
    for name in COMPARED:
        words = sorted({record.fields[name] for record in records if name in record.fields})
        if words:
            fields[name] = " | ".join(words)
    quotas = [year.quota for record in records for year in record.history if year.season == newest]
    return Entry(code, fields, None if newest is None else max(quotas, default=0))


def _code(record: Record) -> str:
    place = ("name", "city", "state", "specialty")
    return record.nrmp_code or record.acgme_code or " · ".join(record.fields.get(name, "") for name in place)


def _changes(old: Entry, new: Entry) -> list[Change]:
    found = [Change(new.code, "quota", old.quota, new.quota)] if old.quota != new.quota else []
    for name in COMPARED:
        # a column that one edition lacks says nothing of a change
        if name in old.fields and name in new.fields and old.fields[name] != new.fields[name]:
            found.append(Change(new.code, name, old.fields[name], new.fields[name]))
    return found
