"""Which records speak of the same program: by code first, then by name, city and specialty. Never a silent guess."""

from collections.abc import Sequence
from dataclasses import dataclass

from matchday.directory.model import Record


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two entries that may be one program; a person should say. `score` runs from 0 to 100."""

    a: str
    b: str
    score: int
    why: str


@dataclass(frozen=True, slots=True)
class Joined:
    """For each record the index of its program; the key of each program; what could not be decided."""

    program_of: tuple[int, ...]
    keys: tuple[str, ...]
    doubts: tuple[Doubt, ...]


def key(record: Record, parents: dict[str, str]) -> str:
    """The identity of a record's program: its ACGME code, else that of its track, else the track, else its name."""
    acgme = record.acgme_code or parents.get(record.nrmp_code or "")
    if acgme:
        return f"acgme:{acgme}"
    if record.nrmp_code:
        return f"nrmp:{record.nrmp_code}"
    words = (record.fields.get(name, "") for name in ("name", "institution", "city", "state", "specialty"))
    return "name:" + "|".join(" ".join(word.lower().split()) for word in words)


def join(records: Sequence[Record]) -> Joined:
    """Group records, most trusted first, into programs."""
    parents: dict[str, str] = {}
    doubts = []
    for record in records:
        if record.acgme_code and record.nrmp_code:
            known = parents.setdefault(record.nrmp_code, record.acgme_code)
            if known != record.acgme_code:
                why = f"track {record.nrmp_code} stands under both ACGME codes"
                doubts.append(Doubt(f"acgme:{known}", f"acgme:{record.acgme_code}", 100, why))
    numbers: dict[str, int] = {}
    program_of = tuple(numbers.setdefault(key(record, parents), len(numbers)) for record in records)
    return Joined(program_of, tuple(numbers), tuple(dict.fromkeys(doubts)))
