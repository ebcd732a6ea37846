"""Find tracks by words and by every field of the list. What a program does not state is never taken for a yes."""

import math
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from matchday.directory.tables import find_state, specialties
from matchday.directory.words import Words, understand
from matchday.terms import InputProblem

VISAS = {"J-1": "visa_j1", "H-1B": "visa_h1b"}
TRACKS = {
    "C": "categorical",
    "M": "primary care",
    "P": "preliminary",
    "A": "advanced",
    "R": "physician-only",
    "F": "fellowship",
    "S": "subspecialty",
}
VERDICTS = ("takes you", "not stated", "does not")
RECENT_SEASONS = 3
BROAD = 1000  # more lines than this are not weighed word by word: nobody reads that far, and it takes ten times as long
_EARTH_MILES = 3958.8

# What can be sorted by, as SQL. Amounts show the greatest first; a leading "-" turns any order round.
SORTS: dict[str, str] = {
    "relevance": "",
    "name": "coalesce(l.name, l.institution)",
    "institution": "l.institution",
    "city": "l.city",
    "state": "l.state",
    "specialty": "l.specialty",
    "track": "l.track",
    "service": "l.service",
    "age": "l.oldest_source",
    "distance": "miles(l.latitude, l.longitude)",
    "floor": "CAST(l.step2_min AS REAL)",
    "quota": "l.quota",
    "unfilled": "l.quota - l.filled",
    "fill": "CAST(l.filled AS REAL) / nullif(l.quota, 0)",
    "img-share": "l.img_share",
    "years": "CASE l.graduation_years_max WHEN 'none' THEN 999 ELSE CAST(l.graduation_years_max AS REAL) END",
}
_GREATEST_FIRST = frozenset({"quota", "unfilled", "fill", "img-share", "years"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is looked for. Several values of one field mean any of them; several fields mean all of them.

    `visas` must all be stated as sponsored, or with `visas_or_silent` at least not be refused. `near` is latitude and longitude, `within` miles. `unfilled` asks for open
    positions in one of the last three seasons of the directory, `full` for none in any of them. `fits` keeps only these
    verdicts (with a judge). `offset` lines are passed over before the first one is shown.
    """

    text: str = ""
    specialties: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    visas: tuple[str, ...] = ()
    visas_or_silent: bool = False
    settings: tuple[str, ...] = ()
    quota_min: int | None = None
    quota_max: int | None = None
    img_share_min: float | None = None
    floor_max: int | None = None
    years_min: int | None = None
    attempts_min: int | None = None
    unfilled: bool = False
    full: bool = False
    near: tuple[float, float] | None = None
    within: float | None = None
    fits: tuple[str, ...] = ()
    sort: str = "relevance"
    limit: int | None = 50
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """The answer: how many lines there are, the first of them, and what a reader must know about the question.

    `visa_not_stated` counts lines that fit in all else but do not state a visa asked for; `place_unknown` those left out
    of a search by distance. `verdicts` counts fit over all lines found.
    """

    count: int
    lines: tuple[Mapping[str, Any], ...]
    read_as: tuple[str, ...] = ()
    visa_not_stated: int = 0
    place_unknown: int = 0
    verdicts: Mapping[str, int] = field(default_factory=dict)


# Says of one line's values (see FIT_FIELDS in fit.py) what the verdict is.
Judge = Callable[[Sequence[Any]], str]


def search(db: sqlite3.Connection, query: Query, judge: Judge | None = None, judged: Sequence[str] = ()) -> Found:
    """Everything that fits the question, best first. With a `judge` of the columns `judged`, those that take one first."""
    words = understand(db, query.text)
    if query.near:
        _measure(db, query.near)
    visas = tuple(dict.fromkeys((*query.visas, *words.visas)))
    basics = list(_basics(query, words))
    where, values = _where([*basics, *_sponsoring(visas, query), *_within(query)])
    count = _count(db, [*basics, *_sponsoring(visas, query), *_within(query)])
    order = _order(query, words, broad=count > BROAD)
    verdicts: dict[int, str] = {}
    if judge is None:
        limit = -1 if query.limit is None else query.limit
        ids = [
            n
            for (n,) in db.execute(
                f"SELECT l.id {where} ORDER BY {order} LIMIT ? OFFSET ?", [*values, limit, query.offset]
            )
        ]
    else:
        columns = ", ".join(f"l.{column}" for column in ("id", *judged))
        verdicts = {n: judge(rest) for n, *rest in db.execute(f"SELECT {columns} {where} ORDER BY {order}", values)}
        ids = _by_verdict(query, verdicts)
        count, ids = len(ids), ids[query.offset :][: query.limit]
    silent = _count(db, [*basics, *_silent(visas), *_within(query)]) if visas and not query.visas_or_silent else 0
    placeless = [*basics, *_sponsoring(visas, query), ("l.latitude IS NULL", [])]
    return Found(
        count=count,
        lines=_lines(db, ids, verdicts, query.near),
        read_as=words.read_as,
        visa_not_stated=silent,
        place_unknown=_count(db, placeless) if query.near and query.within is not None else 0,
        verdicts=Counter(verdicts.values()),
    )


def count_by_state(
    db: sqlite3.Connection, query: Query, judge: Judge | None = None, judged: Sequence[str] = ()
) -> Counter[str]:
    """How many lines each state has of everything that fits the question; those of unknown state are left out."""
    words = understand(db, query.text)
    if query.near:
        _measure(db, query.near)
    visas = tuple(dict.fromkeys((*query.visas, *words.visas)))
    parts = [*_basics(query, words), *_sponsoring(visas, query), *_within(query), ("l.state IS NOT NULL", [])]
    where, values = _where(parts)
    if judge is None or not query.fits:
        return Counter(dict(db.execute(f"SELECT l.state, count(*) {where} GROUP BY 1", values)))
    columns = ", ".join(f"l.{column}" for column in ("state", *judged))
    rows = db.execute(f"SELECT {columns} {where}", values)
    return Counter(state for state, *rest in rows if judge(rest) in query.fits)


def _by_verdict(query: Query, verdicts: Mapping[int, str]) -> list[int]:
    """The lines whose verdict is asked for; unless sorted by a field, those that take the person first."""
    ids = [number for number, verdict in verdicts.items() if not query.fits or verdict in query.fits]
    if query.sort == "relevance":
        ids.sort(key=lambda number: VERDICTS.index(verdicts[number]))
    return ids


Part = tuple[str, Sequence[Any]]


def _where(parts: Iterable[Part]) -> tuple[str, list[Any]]:
    """FROM and WHERE with their values, from the parts that all must hold."""
    parts = list(parts)
    source = "words JOIN listing l ON l.id = words.rowid" if parts and parts[0][0] == _MATCH else "listing l"
    clauses = " AND ".join(clause for clause, _ in parts)
    return f"FROM {source}" + (f" WHERE {clauses}" if clauses else ""), [v for _, values in parts for v in values]


_MATCH = "words MATCH ?"


def _basics(query: Query, words: Words) -> Iterator[Part]:
    """All but visas and distance."""
    if words.match:
        yield _MATCH, [words.match]
    for code in words.codes:
        # "~" follows every letter and digit, so this is "begins with", by the index. Nine digits may have lost a zero.
        one = "l.nrmp_code BETWEEN ? AND ? || '~' OR l.acgme_code BETWEEN ? AND ? || '~'"
        yield (f"({one} OR l.acgme_code = ?)", [*[code] * 4, code.zfill(10)])
    for column, chosen in (("specialty", query.specialties), ("state", query.states), ("track", query.tracks)):
        if chosen:
            yield f"l.{column} IN ({', '.join('?' * len(chosen))})", chosen
    for column, chosen in (("service", (*query.services, *words.services)), ("setting", query.settings)):
        if chosen:
            yield f"({' OR '.join([f'instr(lower(l.{column}), ?)'] * len(chosen))})", [one.lower() for one in chosen]
    for clause, limit in (
        ("l.quota >= ?", query.quota_min),
        ("l.quota <= ?", query.quota_max),
        ("l.img_share >= ?", query.img_share_min),
        ("CAST(l.step2_min AS REAL) <= ?", query.floor_max),
        ("(CAST(l.graduation_years_max AS REAL) >= ? OR l.graduation_years_max = 'none')", query.years_min),
        ("(CAST(l.attempts_max AS REAL) >= ? OR l.attempts_max = 'none')", query.attempts_min),
        (_UNFILLED, RECENT_SEASONS if query.unfilled else None),
        (_FULL, RECENT_SEASONS if query.full else None),
    ):
        if limit is not None:
            yield clause, [limit]


def _sponsoring(visas: Iterable[str], query: Query) -> Iterator[Part]:
    """Every visa asked for is stated as sponsored, or at least not refused."""
    test = "IS NOT 'no'" if query.visas_or_silent else "= 'yes'"
    return ((f"l.{VISAS[visa]} {test}", []) for visa in visas)


def _silent(visas: Sequence[str]) -> Iterator[Part]:
    """At least one visa asked for is not stated, and none is refused."""
    yield f"({' OR '.join(f'l.{VISAS[visa]} IS NULL' for visa in visas)})", []
    yield from ((f"l.{VISAS[visa]} IS NOT 'no'", []) for visa in visas)


def _within(query: Query) -> Iterator[Part]:
    if query.near and query.within is not None:
        # A box around the circle is quick to look into; one degree of latitude is never less than 68.7 miles.
        north, high = query.near[0], query.within / 68.7
        yield "l.latitude BETWEEN ? AND ?", [north - high, north + high]
        yield "miles(l.latitude, l.longitude) <= ?", [query.within]


_UNFILLED = (
    "l.nrmp_code IN (SELECT nrmp_code FROM history WHERE place = 0 AND filled < quota "
    "AND season > (SELECT max(newest_season) FROM sources) - ?)"
)


_FULL = (
    "l.nrmp_code IN (SELECT nrmp_code FROM history WHERE place = 0 AND quota > 0 "
    "AND season > (SELECT max(newest_season) FROM sources) - ? "
    "GROUP BY nrmp_code HAVING count(filled) = count(*) AND min(filled >= quota))"
)


def _order(query: Query, words: Words, *, broad: bool) -> str:
    """ORDER BY: the wish first, nothing known last, then by number, which follows the names (see derive.py)."""
    key, turned = query.sort.removeprefix("-"), query.sort.startswith("-")
    if key == "relevance":
        named = ", ".join(f"'{code}'" for code in words.specialties)  # of our own table, never as typed
        first = f"l.specialty IN ({named}) DESC, " if named else ""
        best = "" if broad or not words.match else "bm25(words, 3, 3, 3, 2, 1, 3), "
        return f"{first}{best}l.id"
    down = (key in _GREATEST_FIRST) != turned
    return f"{SORTS[key]} {'DESC' if down else 'ASC'} NULLS LAST, l.id"


def _measure(db: sqlite3.Connection, near: tuple[float, float]) -> None:
    """Give SQL a function `miles(latitude, longitude)` from the asked place: great circle, None for an unknown place."""

    def miles(north: float | None, east: float | None) -> float | None:
        return None if north is None or east is None else distance(near, (north, east))

    db.create_function("miles", 2, miles, deterministic=True)


def distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Miles along the great circle between two places in degrees (haversine)."""
    north, east = math.radians(b[0] - a[0]), math.radians(b[1] - a[1])
    half = (
        math.sin(north / 2) ** 2 + math.cos(math.radians(a[0])) * math.cos(math.radians(b[0])) * math.sin(east / 2) ** 2
    )
    return 2 * _EARTH_MILES * math.asin(math.sqrt(half))


def _count(db: sqlite3.Connection, parts: Iterable[Part]) -> int:
    parts = list(parts)
    where, values = _where(parts)
    if [clause for clause, _ in parts] == [_MATCH]:
        where = f"FROM words WHERE {_MATCH}"  # no need to look at the lines themselves
    return int(db.execute(f"SELECT count(*) {where}", values).fetchone()[0])


def _lines(
    db: sqlite3.Connection, ids: Sequence[int], verdicts: Mapping[int, str], near: tuple[float, float] | None
) -> tuple[Mapping[str, Any], ...]:
    """The lines of these numbers in this order, every column by name, with distance and verdict where asked."""
    found = {}
    for at in range(0, len(ids), 500):
        some = ids[at : at + 500]
        marks = ", ".join("?" * len(some))
        rows = db.execute(f"SELECT * FROM listing WHERE id IN ({marks})", some)  # noqa: S608 -- question marks only
        names = [column[0] for column in rows.description]
        found.update({row[0]: dict(zip(names, row, strict=True)) for row in rows})
    for number, line in found.items():
        if near and line["latitude"] is not None:
            line["miles"] = round(distance(near, (line["latitude"], line["longitude"])), 1)
        if number in verdicts:
            line["verdict"] = verdicts[number]
    return tuple(found[number] for number in ids)


def lines_of(db: sqlite3.Connection, handles: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """The line of each NRMP code, ACGME code (its first line) or name of a program without codes; unknown ones absent."""
    wanted = sorted(set(handles))
    found: dict[str, Mapping[str, Any]] = {}
    for column, more in (
        ("nrmp_code", ""),
        ("acgme_code", ""),
        ("coalesce(name, institution)", " AND coalesce(nrmp_code, acgme_code) IS NULL"),
    ):
        missing = [handle for handle in wanted if handle not in found]
        for at in range(0, len(missing), 500):
            some = missing[at : at + 500]
            marks = ", ".join("?" * len(some))
            ids = dict(
                db.execute(f"SELECT {column}, min(id) FROM listing WHERE {column} IN ({marks}){more} GROUP BY 1", some)  # noqa: S608 -- names of this file
            )
            found |= zip(ids, _lines(db, list(ids.values()), {}, None), strict=True)
    return found


def handle(line: Mapping[str, Any]) -> str | None:
    """What a program or track is called by outside the directory: its code, else its name."""
    known: str | None = line["nrmp_code"] or line["acgme_code"] or line["name"] or line["institution"]
    return known


def find_place(db: sqlite3.Connection, text: str) -> tuple[float, float]:
    """Latitude and longitude of "Miami, FL" (a city with programs), "Florida" (its middle) or "25.8, -80.2"."""
    first, _, second = (part.strip() for part in text.partition(","))
    try:
        north, east = float(first), float(second)
    except ValueError:
        return _named_place(db, first, second, text)
    if abs(north) <= 90 and abs(east) <= 180:
        return north, east
    raise _no_such_place(text)


def _named_place(db: sqlite3.Connection, city: str, state: str, text: str) -> tuple[float, float]:
    known = find_state(state or city)
    if known and not state:
        return known.centre
    row = db.execute(
        "SELECT avg(latitude), avg(longitude) FROM listing WHERE lower(city) IN (?, ? || ' (made up)') AND state = ?",
        (city.lower(), city.lower(), known.code if known else ""),
    ).fetchone()
    if row[0] is None:
        raise _no_such_place(text)
    return row[0], row[1]


def _no_such_place(text: str) -> InputProblem:
    return InputProblem(
        f"the place {text!r} is not known",
        expected="a city with programs and its state (Miami, FL), a state, or latitude and longitude",
        do="give the state, or two numbers such as 25.8, -80.2",
    )


def as_json(line: Mapping[str, Any]) -> dict[str, Any]:
    """One line of an answer in the shape of the interface; more fields may follow those promised."""
    specialty = specialties().get(line["specialty"] or "")
    shape = {
        "acgme_code": line["acgme_code"],
        "nrmp_code": line["nrmp_code"],
        "name": line["name"] or line["track_name"],
        "track_name": line["track_name"],
        "institution": line["institution"],
        "city": line["city"],
        "state": line["state"],
        "specialty": specialty.name if specialty else line["specialty_name"],
        "specialty_code": line["specialty"],
        "track": line["track"],
        "track_type": TRACKS.get(line["track"] or ""),
        "service": line["service"],
        "quota": line["quota"],
        "filled": line["filled"],
        "season": line["season"],
        "visa": {visa: line[column] or "not stated" for visa, column in VISAS.items()},
        "img_share": line["img_share"],
        "accreditation": line["accreditation"],
        "made_up": bool(line["made_up"]),
        "oldest_source": line["oldest_source"],
    }
    return shape | ({"miles": line["miles"]} if "miles" in line else {})
