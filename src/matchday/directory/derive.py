"""Make the programs, claims, histories and the list for searching again from all imported records."""

import datetime as dt
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from matchday.directory.merge import Judged, join, join_by_code
from matchday.directory.model import TRACK_FIELDS, Record, Source, Year
from matchday.directory.tables import specialties, states
from matchday.directory.trust import order

DERIVED = ("programs", "tracks", "claims", "history", "doubts", "listing", "vocabulary")
SHOWN = [
    "name",
    "institution",
    "city",
    "state",
    "specialty",
    "specialty_name",
    "track",
    "service",
    "visa_j1",
    "visa_h1b",
    "img_share",
    "latitude",
    "longitude",
    "setting",
    "participation",
    "takes_img",
    "graduation_years_max",
    "attempts_max",
    "step1_min",
    "step2_min",
    "us_experience",
    "us_experience_months",
    "certificate_by",
    "accreditation",
    "accreditation_date",
]


@dataclass(frozen=True, slots=True)
class Said:
    """One record with the source that it came from, and the day that the source speaks of."""

    record: Record
    source: Source
    day: dt.date

    @property
    def speaks_of(self) -> str:
        """The day that the source speaks of, "" when nobody told: a list read today may be years old."""
        made_today = self.source.made_up or self.day != self.source.read_on
        return str(self.day) if made_today or self.source.as_of else ""

    def place(self, field: str) -> tuple[int, int, int]:
        """Where its word on a field stands in the written order of trust."""
        return order(field, self.source.kind, self.day, self.source.id)


@dataclass(frozen=True, slots=True)
class Shown:
    """The value that stands first for one field, and the day its source speaks of."""

    value: str
    day: str


def derive(db: sqlite3.Connection, said: Sequence[Said], judged: Judged) -> list[int]:
    """Replace everything derived; answer the program of each record. The caller holds the transaction."""
    ranked = sorted(range(len(said)), key=lambda n: said[n].place(""))
    real = [said[n] for n in ranked if not said[n].source.made_up]
    made_up = [said[n] for n in ranked if said[n].source.made_up]
    joined, apart = join([one.record for one in real], judged), join_by_code([one.record for one in made_up])
    program_of = [*joined.program_of, *(number + len(joined.keys) for number in apart.program_of)]
    for table in DERIVED:
        db.execute(f"DELETE FROM {table}")  # noqa: S608 -- names are constants of this file
    db.execute("INSERT INTO words (words) VALUES ('delete-all')")
    keys = [*joined.keys, *apart.keys]
    db.executemany(
        "INSERT INTO programs VALUES (?, ?, ?, ?)",
        (
            (n, k, k.removeprefix("acgme:") if k.startswith("acgme:") else None, n >= len(joined.keys))
            for n, k in enumerate(keys)
        ),
    )
    db.executemany("INSERT INTO doubts VALUES (?, ?, ?, ?)", ((d.a, d.b, d.score, d.why) for d in joined.doubts))
    ordered = [*real, *made_up]
    tracks = {one.record.nrmp_code: n for n, one in zip(program_of, ordered, strict=True) if one.record.nrmp_code}
    db.executemany("INSERT INTO tracks VALUES (?, ?)", tracks.items())
    shown = _claims(db, zip(program_of, ordered, strict=True))
    newest = _history(db, ordered)
    _listing(db, len(keys), tracks, shown, newest, set(range(len(joined.keys), len(keys))))
    back = dict(zip([*(n for n in ranked if not said[n].source.made_up), *(n for n in ranked if said[n].source.made_up)],
                    program_of, strict=True))  # fmt: skip
    return [back[n] for n in range(len(said))]


def _claims(db: sqlite3.Connection, said: Iterable[tuple[int, Said]]) -> dict[tuple[int, str | None, str], Shown]:
    """Write every claim with its place in the order of trust; answer what is shown for (program, track, field)."""
    subjects: dict[tuple[int, str | None, str], dict[tuple[str, int], Said]] = defaultdict(dict)
    for program, one in said:
        for name, value in one.record.fields.items():
            track = one.record.nrmp_code if name in TRACK_FIELDS else None
            subjects[program, track, name].setdefault((value, one.source.id), one)
    shown = {}
    lines = []
    for (program, track, name), values in subjects.items():
        ranked = list(values.items())
        if len(ranked) > 1:
            ranked.sort(key=lambda item: item[1].place(name))
        for place, ((value, source_id), one) in enumerate(ranked):
            lines.append((program, track, name, place, value, source_id, next(iter(one.record.rows), None)))
        (value, _), one = ranked[0]
        shown[program, track, name] = Shown(value, one.speaks_of)
    db.executemany("INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?, ?)", lines)
    return shown


def _history(db: sqlite3.Connection, said: Sequence[Said]) -> dict[str, Year]:
    """Write the seasons of every track, the most trusted word first; answer the newest season of each track."""
    seasons: dict[tuple[str, int], dict[int, tuple[Year, Said]]] = defaultdict(dict)
    for one in said:
        for year in one.record.history if one.record.nrmp_code else ():
            seasons[one.record.nrmp_code or "", year.season].setdefault(one.source.id, (year, one))
    newest: dict[str, Year] = {}
    lines = []
    for (code, season), told in seasons.items():
        ranked = list(told.values())
        if len(ranked) > 1:
            ranked.sort(key=lambda pair: pair[1].place("quota"))
        for place, (year, one) in enumerate(ranked):
            lines.append((code, season, place, year.quota, year.filled, one.source.id))
        if code not in newest or season > newest[code].season:
            newest[code] = ranked[0][0]
    db.executemany("INSERT INTO history VALUES (?, ?, ?, ?, ?, ?)", lines)
    return newest


def _listing(
    db: sqlite3.Connection,
    programs: int,
    tracks: dict[str, int],
    shown: dict[tuple[int, str | None, str], Shown],
    newest: dict[str, Year],
    made_up: set[int],
) -> None:
    """Write one line for each track, and one for each program without tracks, with the words to search."""
    of_program: dict[int, list[str | None]] = {n: [] for n in range(programs)}
    for code, program in tracks.items():
        of_program[program].append(code)
    # Numbered in the order in which a list without a question is shown, so that a search need not sort.
    lines = sorted(_lines(of_program, shown, newest, made_up), key=_standing)
    marks = ", ".join("?" * 35)
    db.executemany(f"INSERT INTO listing VALUES ({marks})", ((n, *line) for n, line in enumerate(lines, start=1)))  # noqa: S608 -- no outside text
    db.execute(
        "UPDATE listing SET acgme_code = (SELECT acgme_code FROM programs WHERE programs.id = listing.program_id)"
    )
    _names(db)
    db.execute(
        "INSERT INTO words (rowid, name, track_name, institution, city, state, specialty) "
        "SELECT id, name, track_name, institution, city, coalesce(state || ' ' || s.full, state), "
        "coalesce(p.full, specialty_name) FROM listing "
        "LEFT JOIN temp.names s ON s.code = state LEFT JOIN temp.names p ON p.code = specialty"
    )
    db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms USING fts5vocab('main', 'words', 'row')")
    db.execute("INSERT INTO vocabulary SELECT term, doc FROM temp.terms")


def _names(db: sqlite3.Connection) -> None:
    """What the codes of states and specialties stand for, so that a search finds them by name."""
    full = [(state.code, state.name) for state in states().values()]
    full += [
        (one.code, " ".join(dict.fromkeys((one.name, one.nrmp_name or one.name)))) for one in specialties().values()
    ]
    db.execute("CREATE TEMP TABLE IF NOT EXISTS names (code TEXT PRIMARY KEY, full TEXT NOT NULL)")
    db.executemany("INSERT OR REPLACE INTO temp.names VALUES (?, ?)", full)


def _lines(
    of_program: dict[int, list[str | None]],
    shown: dict[tuple[int, str | None, str], Shown],
    newest: dict[str, Year],
    made_up: set[int],
) -> Iterator[tuple[Any, ...]]:
    cities = _cities(shown)
    for program, codes in of_program.items():
        for code in codes or [None]:
            found = {name: shown.get((program, None, name)) or shown.get((program, code, name)) for name in SHOWN}
            for name in TRACK_FIELDS - {"name"}:
                found[name] = shown.get((program, code, name)) or found.get(name)
            value = {name: one.value if one else None for name, one in found.items()}
            north, east = cities.get(((value["city"] or "").lower(), value["state"] or ""), ("", ""))
            year = newest.get(code or "")
            track_name = shown.get((program, code, "name")) if code else None
            oldest = min((one.day for one in found.values() if one and one.day), default=None)
            yield (
                program, None, code, value["name"], track_name.value if track_name else None,
                value["institution"], value["city"], value["state"], value["specialty"], value["specialty_name"],
                value["track"], value["service"], year.season if year else None, year.quota if year else None,
                year.filled if year else None, value["visa_j1"], value["visa_h1b"], _number(value["img_share"]),
                _number(value["latitude"] or north), _number(value["longitude"] or east), *(value[name] for name in SHOWN[13:]),
                program in made_up, oldest,
            )  # fmt: skip


def _standing(line: tuple[Any, ...]) -> tuple[bool, str, str, str, int]:
    """Real before made up, then by institution (or name), name, track."""
    program, _, code, name, _, institution = line[:6]
    return line[-2], institution or name or "", name or "", code or "", program


def _cities(shown: dict[tuple[int, str | None, str], Shown]) -> dict[tuple[str, str], tuple[str, str]]:
    """Latitude and longitude of every city for which one program states them: they are the city's, not the program's."""
    cities = {}
    for (program, track, name), north in shown.items():
        if name == "latitude":
            city, state, east = (shown.get((program, track, other)) for other in ("city", "state", "longitude"))
            if city and state and east:
                cities[city.value.lower(), state.value] = (north.value, east.value)
    return cities


def _number(text: str | None) -> float | None:
    return float(text) if text else None


def as_json(record: Record) -> tuple[str, str | None, str | None, str, str]:
    """A record as the store keeps it: rows, codes, fields, history."""
    history = [[y.season, y.quota, y.filled] for y in record.history]
    return (
        json.dumps(record.rows), record.acgme_code, record.nrmp_code,
        json.dumps(dict(record.fields), ensure_ascii=False), json.dumps(history),
    )  # fmt: skip


def from_json(rows: str, acgme: str | None, nrmp: str | None, fields: str, history: str) -> Record:
    """The record that `as_json` wrote."""
    years = tuple(Year(*year) for year in json.loads(history))
    return Record(
        acgme_code=acgme, nrmp_code=nrmp, fields=json.loads(fields), history=years, rows=tuple(json.loads(rows))
    )
