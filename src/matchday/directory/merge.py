"""Which records speak of the same program: by code first, then by name, city and specialty. Never a silent guess."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matchday.directory.model import Record
from matchday.directory.named import join_named
from matchday.directory.pairs import Lone, Place, pair

Judged = Mapping[tuple[str, str], bool]


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


def key(record: Record, parents: Mapping[str, str]) -> str:
    """The identity of a record's program: its ACGME code, else that of its track, else the track, else its name."""
    acgme = parents.get(record.nrmp_code or "") or record.acgme_code
    if acgme:
        return f"acgme:{acgme}"
    if record.nrmp_code:
        return f"nrmp:{record.nrmp_code}"
    words = (record.fields.get(name, "") for name in ("name", "institution", "city", "state", "specialty"))
    return "name:" + "|".join(" ".join(word.lower().split()) for word in words)


def join(records: Sequence[Record], judged: Judged | None = None) -> Joined:
    """Group records, most trusted first, into programs. `judged`: what a person said of pairs of keys, sorted."""
    judged = judged or {}
    parents, doubts = _by_code(records, judged)
    doubts += _by_name(records, parents, judged)
    keys = [key(record, parents) for record in records]
    renamed, more = join_named(records, keys, judged)
    doubts += [Doubt(*one) for one in more]
    numbers: dict[str, int] = {}
    program_of = tuple(numbers.setdefault(renamed.get(one, one), len(numbers)) for one in keys)
    settled = {(d.a, d.b) for d in doubts} & {tuple(sorted(pair)) for pair in judged}
    open_doubts = dict.fromkeys(doubt for doubt in doubts if (doubt.a, doubt.b) not in settled)
    return Joined(program_of, tuple(numbers), tuple(open_doubts))


def join_by_code(records: Sequence[Record]) -> Joined:
    """Group records whose codes are complete (the made-up directory): no names are compared."""
    parents, doubts = _by_code(records, {})
    numbers: dict[str, int] = {}
    program_of = tuple(numbers.setdefault(key(record, parents), len(numbers)) for record in records)
    return Joined(program_of, tuple(numbers), tuple(doubts))


def _doubt(one: str, other: str, score: float, why: str) -> Doubt:
    first, second = sorted((one, other))
    return Doubt(first, second, round(score), why)


def _by_code(records: Sequence[Record], judged: Judged) -> tuple[dict[str, str], list[Doubt]]:
    """Track -> ACGME code as the most trusted source says it; sources that say otherwise are doubts."""
    parents: dict[str, str] = {}
    doubts = []
    for (one, other), same in judged.items():
        track = next((k[5:] for k in (one, other) if k.startswith("nrmp:")), None)
        acgme = next((k[6:] for k in (one, other) if k.startswith("acgme:")), None)
        if same and track and acgme:
            parents[track] = acgme
    for record in records:
        if record.acgme_code and record.nrmp_code:
            known = parents.setdefault(record.nrmp_code, record.acgme_code)
            if known != record.acgme_code:
                why = f"track {record.nrmp_code} stands under both ACGME codes; shown under {known}"
                doubts.append(_doubt(f"acgme:{known}", f"acgme:{record.acgme_code}", 100, why))
    return parents, doubts


def _by_name(records: Sequence[Record], parents: dict[str, str], judged: Judged) -> list[Doubt]:
    """Add to `parents` the tracks that surely belong to an ACGME program by institution, city and specialty."""
    programs, where = _programs(records)
    tracks, lone, aliases = _tracks(records, parents, programs)
    if not programs or not lone:
        return []
    different = frozenset((b[5:], a[6:]) for (a, b), same in judged.items() if not same and a.startswith("acgme:"))
    doubts = []
    for one in pair(lone, tracks, programs, where, aliases, different):
        if one.sure:
            parents[one.track] = one.acgme
        else:
            doubts.append(_doubt(f"acgme:{one.acgme}", f"nrmp:{one.track}", one.score, one.why))
    return doubts


def _programs(records: Sequence[Record]) -> tuple[dict[str, Place], dict[str, tuple[str, str]]]:
    """Names and cities of every ACGME program, and its specialty and state, from records that are about programs."""
    programs: dict[str, Place] = defaultdict(Place)
    where: dict[str, tuple[str, str]] = {}
    for record in records:
        if record.acgme_code and not record.nrmp_code and "state" in record.fields:
            place = programs[record.acgme_code]
            place.names.update(record.fields[name] for name in ("name",) if name in record.fields)
            place.cities.update(record.fields[name] for name in ("city",) if name in record.fields)
            where.setdefault(record.acgme_code, (record.acgme_code[:3], record.fields["state"]))
    return dict(programs), where


def _tracks(
    records: Sequence[Record], parents: Mapping[str, str], programs: Mapping[str, Place]
) -> tuple[dict[str, Place], list[Lone], dict[str, set[str]]]:
    """What is known by institution code, the tracks without a program, and the ACGME names that codes go by."""
    tracks: dict[str, Place] = defaultdict(Place)
    names: dict[str, set[str]] = defaultdict(set)
    states: dict[str, str] = {}
    cities: dict[str, str] = {}
    aliases: dict[str, set[str]] = defaultdict(set)
    for record in records:
        code, said = record.nrmp_code, record.fields
        if not code:
            continue
        if "institution" in said:
            tracks[code[:4]].names.add(said["institution"])
        if "city" in said:
            tracks[code[:4]].cities.add(said["city"])
            cities.setdefault(code, said["city"])
        if code in parents and parents[code] in programs:
            aliases[code[:4]] |= programs[parents[code]].names
        names[code].update(said[name] for name in ("name",) if name in said)
        if "state" in said:
            states.setdefault(code, said["state"])
    free = (code for code in names if code not in parents and code in states)
    lone = [Lone(code, frozenset(names[code]), states[code], cities.get(code)) for code in free]
    return dict(tracks), lone, dict(aliases)
