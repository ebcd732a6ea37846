"""Outcomes as documents and rows: what `match run` answers and writes, and what `match verify` reads."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import matchday
from matchday.match.judge import Claims
from matchday.match.market import NO_MATCH, Ints, Market
from matchday.match.outcome import Outcome
from matchday.match.validate import reversions_of
from matchday.match.write import table, write_whole
from matchday.terms import InputProblem


def document(outcome: Outcome) -> dict[str, Any]:
    """The whole outcome as JSON shows it, in input order."""
    market, settled = outcome.market, outcome.settled
    applicants, programs = market.applicants, market.programs
    names = [*programs, None]  # -1 is the last one
    primary, second = settled.primary.tolist(), settled.second.tolist()
    matched = matched_by_program(market, primary, second)
    holders = sorted(set(market.supp_of.tolist()))
    quotas = zip(programs, market.quota.tolist(), settled.quota.tolist(), matched, strict=True)
    return {
        "matching": {a: names[p] for a, p in zip(applicants, primary, strict=True)},
        "supplemental": {applicants[a]: names[second[a]] for a in holders},
        "programs": {
            p: {"quota": quota, "final_quota": final, "matched": [applicants[a] for _, a in rows]}
            for p, quota, final, rows in quotas
        },
        "couples": [
            {"members": [applicants[x], applicants[y]], "pair": [names[primary[x]], names[primary[y]]], "rank": rank}
            for x, y, rank in _pairs(market, primary)
        ],
        "reversions": [
            {"donor": programs[donor], "receiver": programs[receiver], "max": most, "moved": moved}
            for (donor, receiver, most), moved in zip(reversions_of(market), settled.moved.tolist(), strict=True)
        ],
        **outcome.said,
        "sequence": settled.sequence,
        "warnings": list(outcome.warnings),
        "version": matchday.__version__,
        "outcome_digest": outcome.outcome_digest,
    }


def matched_by_program(market: Market, primary: Sequence[int], second: Sequence[int]) -> list[list[tuple[int, int]]]:
    """For each program the (rank, applicant) it holds, best first; ranks count from 1."""
    flat, ptr = market.prog_pref.tolist(), market.prog_ptr.tolist()
    matched: list[list[tuple[int, int]]] = []
    for p in range(market.n_programs):
        row = flat[ptr[p] : ptr[p + 1]]
        matched.append([(rank, a) for rank, a in enumerate(row, 1) if primary[a] == p or second[a] == p])
    return matched


def _pairs(market: Market, primary: Sequence[int]) -> Iterator[tuple[int, int, int | None]]:
    """Members of each couple and the rank of the pair they got, from 1; None when both are unmatched."""
    ptr, p1, p2 = market.cpl_ptr.tolist(), market.cpl_p1.tolist(), market.cpl_p2.tolist()
    for c, (x, y) in enumerate(zip(market.cpl_a.tolist(), market.cpl_b.tolist(), strict=True)):
        pairs = zip(p1[ptr[c] : ptr[c + 1]], p2[ptr[c] : ptr[c + 1]], strict=True)
        now = (primary[x], primary[y])
        yield x, y, next((i for i, pair in enumerate(pairs, 1) if pair == now != (NO_MATCH, NO_MATCH)), None)


def as_json(document: Mapping[str, Any]) -> str:
    """One line of JSON, ASCII only: the same bytes everywhere."""
    return json.dumps(document)


def rows(outcome: Outcome) -> dict[str, list[list[Any]]]:
    """The result as tables, header first: one row for each applicant, program and match."""
    market, settled = outcome.market, outcome.settled
    primary, second = settled.primary.tolist(), settled.second.tolist()
    names = [*market.programs, ""]
    couples = {a: (c, rank or "") for c, (x, y, rank) in enumerate(_pairs(market, primary)) for a in (x, y)}
    lists = _first_year_ranks(market, primary, second)
    people: list[list[Any]] = [
        ["applicant", "program", "rank", "first_year_program", "first_year_rank", "couple", "pair_rank"]
    ]
    ptr, flat = market.app_ptr.tolist(), market.app_pref.tolist()
    for a, name in enumerate(market.applicants):
        couple, pair_rank = couples.get(a, ("", ""))
        rank = flat.index(primary[a], ptr[a]) - ptr[a] + 1 if a not in couples and primary[a] != NO_MATCH else ""
        people.append([name, names[primary[a]], rank, names[second[a]], lists.get(a, ""), couple, pair_rank])
    places: list[list[Any]] = [["program", "quota", "final_quota", "matched", "rank_of_last_match"]]
    matches: list[list[Any]] = [["program", "rank", "applicant"]]
    for p, held in enumerate(matched_by_program(market, primary, second)):
        last = held[-1][0] if held else ""
        places.append([market.programs[p], int(market.quota[p]), int(settled.quota[p]), len(held), last])
        matches += [[market.programs[p], rank, market.applicants[a]] for rank, a in held]
    return {"applicants.csv": people, "programs.csv": places, "matches.csv": matches}


def _first_year_ranks(market: Market, primary: Sequence[int], second: Sequence[int]) -> dict[int, int]:
    """The place of each first-year position on its supplemental list, from 1."""
    ptr, flat = market.supp_ptr.tolist(), market.supp_pref.tolist()
    holders = zip(market.supp_of.tolist(), market.supp_at.tolist(), strict=True)
    return {
        a: flat[ptr[s] : ptr[s + 1]].index(second[a]) + 1
        for s, (a, at) in enumerate(holders)
        if primary[a] == at and second[a] != NO_MATCH
    }


def read_outcome(market: Market, document: Any) -> tuple[Ints, Ints, Claims]:
    """Who is where according to an outcome document, and what it claims of its quotas.

    `matching` and `supplemental` are read; applicants that are left out are unmatched. Raises `InputProblem` for
    anything that is not an outcome of this market: another shape, unknown identifiers.
    """
    if not isinstance(document, Mapping) or not isinstance(document.get("matching"), Mapping):
        raise InputProblem("no matching", expected='an object with "matching": {"applicant": "program" or null}',
                           do="give the outcome that match run wrote")  # fmt: skip
    applicants = {name: i for i, name in enumerate(market.applicants)}
    programs: dict[Any, int] = {name: i for i, name in enumerate(market.programs)}
    primary = _seats(document["matching"], "matching", applicants, programs)
    second = _seats(document.get("supplemental") or {}, "supplemental", applicants, programs)
    seats: tuple[Ints, Ints] = (primary, second)
    if not market.is_small:
        import numpy as np

        seats = (np.asarray(primary, np.int32), np.asarray(second, np.int32))
    return *seats, _claims(document, programs)


def _seats(said: Any, part: str, applicants: Mapping[str, int], programs: Mapping[Any, int]) -> Ints:
    """One program number for each applicant."""
    if not isinstance(said, Mapping):
        raise InputProblem(
            f"{part} is not an object", expected='{"applicant": "program" or null}', do=f"correct {part}"
        )
    seats = array("i", [NO_MATCH]) * len(applicants)
    for name, program in said.items():
        known = program is None or (isinstance(program, str) and program in programs)
        if name not in applicants or not known:
            what = f"applicant {name!r}" if name not in applicants else f"program {program!r} of {name!r}"
            raise InputProblem(f"{part}: unknown {what}", expected="identifiers of this market",
                               do="give the outcome together with the market it belongs to")  # fmt: skip
        if program is not None:
            seats[applicants[name]] = programs[program]
    return seats


def _claims(document: Mapping[str, Any], programs: Mapping[Any, int]) -> Claims:
    """What the document says of reversions and quotas; anything malformed is no claim."""
    said = document.get("programs")
    quota = {
        programs[name]: row["final_quota"]
        for name, row in (said.items() if isinstance(said, Mapping) else ())
        if name in programs and isinstance(row, Mapping) and type(row.get("final_quota")) is int
    }
    moves = document.get("reversions")
    moved = [row.get("moved") for row in moves if isinstance(row, Mapping)] if isinstance(moves, list) else []
    counts = tuple(count for count in moved if type(count) is int)
    return Claims(counts or None, quota or None)


def stale_digests(market: Market, document: Mapping[str, Any]) -> list[str]:
    """Warnings when the document names an input or an outcome other than this one."""
    from matchday.match.digest import input_digest, outcome_digest

    warnings = []
    if document.get("input_digest") not in (None, "", input_digest(market)):
        warnings.append("the outcome was made from another input: its input_digest is not that of this market")
    primary, second, claims = read_outcome(market, document)
    quota = [(claims.quota or {}).get(p, 0) for p in range(market.n_programs)]
    if document.get("outcome_digest"):
        try:
            fresh = outcome_digest(dict(document), primary, second, array("i", quota))
        except (KeyError, OverflowError):
            fresh = "parts are missing"
        if fresh != document["outcome_digest"]:
            warnings.append("the outcome was changed after it was made: its outcome_digest does not fit")
    return warnings


def save(outcome: Outcome, path: Path) -> None:
    """Write an outcome whole or not at all: one JSON file (a name that ends in .json), or a folder with tables too."""
    text = as_json(document(outcome)) + "\n"
    if path.suffix.lower() == ".json":
        write_whole({path: text})
        return
    tables = {path / name: table(_safe(row) for row in made) for name, made in rows(outcome).items()}
    write_whole({path / "outcome.json": text, **tables})


def _safe(row: Sequence[Any]) -> list[Any]:
    """Cells that a spreadsheet would take for a formula get an apostrophe; outcome.json keeps them as they are."""
    return [f"'{cell}" if isinstance(cell, str) and cell[:1] in tuple("=+-@\t\r") and cell else cell for cell in row]
