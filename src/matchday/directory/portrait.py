"""One program with every claim on it, and the directory as a whole: what is stated, by whom, and how old it is."""

import re
from collections import defaultdict
from typing import Any

from matchday.directory.fit import Fit, row_of
from matchday.directory.fit import as_json as fit_json
from matchday.directory.model import Claim, Program, SourceKind, Year
from matchday.directory.search import as_json as line_json
from matchday.directory.store import Store
from matchday.directory.tables import specialties

# How much of the directory states each of these is told by `stats`.
COVERAGE = (
    *("visa_j1", "visa_h1b", "service", "quota", "img_share", "graduation_years_max", "attempts_max", "step2_min"),
    *("step1_min", "us_experience", "us_experience_months", "setting"),
)


def portrait(store: Store, code: str, fit: Fit | None = None) -> dict[str, Any] | None:
    """All that is known of a program, in the shape of the interface; None when it is unknown.

    `code` is an ACGME or NRMP code, or the name of a program that no source gives a code for.
    """
    program = store.program(_clean(code)) or store.program(code)
    if program is None:
        return None
    code = _clean(code)
    track = next((track.nrmp_code for track in program.tracks if track.nrmp_code == code), None)
    line = _line(store, program, track)
    claims = [claim for claim in program.claims if track is None or claim.track in (track, None)]
    shown = line_json(line) | {
        "nrmp_code": track,
        "claims": [_claim(program, claim) for claim in claims],
        "disputed": _disputed(claims),
        "history": _history([one.history for one in program.tracks if track in (one.nrmp_code, None)]),
        "tracks": [
            {"nrmp_code": one.nrmp_code, "track": one.track_type, "history": _history([one.history])}
            for one in program.tracks
        ],
    }
    if fit is None:
        return shown
    row = row_of(line)
    return shown | {"fit": fit_json(fit.verdict(row), fit.reasons(row, claims, line["nrmp_code"]))}


def _clean(code: str) -> str:
    """A code as it is stored: capitals, no invisible characters, no ".0" of a spreadsheet, its lost zero given back."""
    code = re.sub(r"[^0-9A-Za-z.]", "", code).upper().removesuffix(".0")
    return code.zfill(10) if re.fullmatch(r"\d{9}", code) else code


def _line(store: Store, program: Program, track: str | None) -> dict[str, Any]:
    rows = store.db.execute(
        "SELECT * FROM listing WHERE program_id = ? AND (nrmp_code = ? OR ? IS NULL) ORDER BY id LIMIT 1",
        (program.id, track, track),
    )
    names = [column[0] for column in rows.description]
    return dict(zip(names, rows.fetchone(), strict=True))


def _claim(program: Program, claim: Claim) -> dict[str, Any]:
    shown = program.shown(claim.field, claim.track)
    return {
        "field": claim.field,
        "value": claim.value,
        "source": claim.source,
        "as_of": claim.as_of.isoformat() if claim.as_of else None,
        "read_on": claim.read_on.isoformat(),
        "entered_by": claim.entered_by,
        "track": claim.track,
        "row": claim.row,
        "made_up": claim.kind is SourceKind.MADE_UP,
        "shown": shown == claim,
    }


# Every source words these in its own way; another wording is no contradiction.
WORDED = {"name", "institution", "institution_code", "specialty_name", "flags", "website", "visa_note"}


def _disputed(claims: list[Claim]) -> list[str]:
    """Fields for which the sources give more than one value, names apart."""
    values: dict[tuple[str, str | None], set[str]] = defaultdict(set)
    for claim in claims:
        if claim.field not in WORDED:
            values[claim.field, claim.track].add(claim.value)
    return sorted({name for (name, _), said in values.items() if len(said) > 1})


def _history(histories: list[tuple[Year, ...]]) -> list[dict[str, Any]]:
    """Positions by season, newest first, over the tracks; `filled` is None when one of them does not tell."""
    seasons: dict[int, list[Year]] = defaultdict(list)
    for history in histories:
        for year in history:
            seasons[year.season].append(year)
    return [
        {
            "season": season,
            "quota": sum(year.quota for year in years),
            "filled": None if any(year.filled is None for year in years) else sum(year.filled or 0 for year in years),
        }
        for season, years in sorted(seasons.items(), reverse=True)
    ]


def statistics(store: Store) -> dict[str, Any]:
    """Counts over the whole directory, the sources it rests on, and how many lines state each field."""
    (lines,) = store.db.execute("SELECT count(*) FROM listing").fetchone()
    (made_up,) = store.db.execute("SELECT count(*) FROM listing WHERE made_up").fetchone()
    stated = ", ".join(f"count({name})" for name in COVERAGE)
    counts = store.db.execute(f"SELECT {stated} FROM listing").fetchone()  # noqa: S608 -- names of this file
    return {
        "lines": lines,
        "made_up": made_up,
        "programs": store.db.execute("SELECT count(*) FROM programs").fetchone()[0],
        "tracks": store.db.execute("SELECT count(*) FROM tracks").fetchone()[0],
        "doubtful_pairs": store.db.execute("SELECT count(*) FROM doubts").fetchone()[0],
        "sources": [_source(source) for source in store.sources()],
        "seasons": _seasons(store),
        "specialties": _specialties(store),
        "states": dict(store.db.execute("SELECT state, count(*) FROM listing GROUP BY 1 ORDER BY 2 DESC, 1")),
        "stated": dict(zip(COVERAGE, counts, strict=True)),
    }


def _source(source: Any) -> dict[str, Any]:
    return {
        "title": source.title,
        "kind": str(source.kind),
        "as_of": source.as_of.isoformat() if source.as_of else None,
        "read_on": source.read_on.isoformat(),
        "made_up": source.made_up,
    }


def _seasons(store: Store) -> list[dict[str, Any]]:
    rows = store.db.execute(
        "SELECT season, sum(quota > 0), sum(quota), CASE WHEN count(filled) = count(*) THEN sum(filled) END "
        "FROM history WHERE place = 0 GROUP BY season ORDER BY season DESC"
    )
    return [dict(zip(("season", "tracks", "quota", "filled"), row, strict=True)) for row in rows]


def _specialties(store: Store) -> list[dict[str, Any]]:
    rows = store.db.execute(
        "SELECT specialty, max(specialty_name), count(*), sum(quota), sum(visa_j1 = 'yes'), sum(visa_j1 = 'no'), "
        "sum(visa_j1 IS NULL) FROM listing GROUP BY 1, CASE WHEN specialty IS NULL THEN specialty_name END "
        "ORDER BY 3 DESC, 1"
    )
    return [
        {
            "code": code,
            "specialty": specialties()[code].name if code in specialties() else name,
            "lines": lines,
            "quota": quota,
            "visa": {"J-1": {"yes": yes or 0, "no": no or 0, "not stated": silent}},
        }
        for code, name, lines, quota, yes, no, silent in rows
    ]
