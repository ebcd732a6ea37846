"""PrefLib orders: `residents.soi` over programs and `programs.soi` over residents, `capacities.csv` for the positions.

A PrefLib file holds one side and no capacities. A voter of one file is the alternative of the same number in the other;
so identical lists must not be merged: every line stands for one voter. Ids are the names of the alternatives.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from matchday.dossier.lines import nearest
from matchday.match.files import Warn, number_in, read_text
from matchday.match.json_form import from_document
from matchday.match.market import Market
from matchday.match.validate import Place, Refused
from matchday.terms import InputProblem

_SIDES = ("residents", "programs")


def read(path: Path, form: str, warn: Warn) -> Market:
    """The market in a pair of PrefLib files; give either of them."""
    stem = next((side for side in _SIDES if side in path.name), None)
    if stem is None:
        raise InputProblem("PrefLib holds one side of a market", expected="residents.soi with programs.soi beside it",
                           do="name the two files so", file=str(path))  # fmt: skip
    files = {side: path.with_name(path.name.replace(stem, side)) for side in _SIDES}
    programs, of_residents = _orders(files["residents"])
    residents, of_programs = _orders(files["programs"])
    for names, rows, side in ((residents, of_residents, "residents"), (programs, of_programs, "programs")):
        if len(names) != len(rows):
            raise InputProblem(f"{len(rows)} voters", expected=f"{len(names)}, as the other file has alternatives",
                               do="give two files of one market", file=str(files[side]))  # fmt: skip
    places = path.with_name("capacities.csv")
    quotas = _capacities(places, programs)
    where: dict[Place, int] = {
        ("applicants", name): line for name, (line, _) in zip(residents, of_residents, strict=True)
    }
    document: dict[str, Any] = {
        "applicants": {name: row for name, (_, row) in zip(residents, of_residents, strict=True)},
        "programs": {
            name: {"quota": quotas[name], "list": row} for name, (_, row) in zip(programs, of_programs, strict=True)
        },
    }
    try:
        return from_document(document, warn)
    except Refused as problem:
        problem.file, problem.line = str(files["residents"]), nearest(where, problem.place)
        raise


def _orders(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The names of the alternatives, and for each voter the line and the names in order."""
    names: dict[str, str] = {}
    orders = []
    for number, line in enumerate(read_text(path).splitlines(), 1):
        if named := re.match(r"# ALTERNATIVE NAME (\d+): *(.*)", line):
            names[named[1]] = named[2].strip() or named[1]
        elif line.strip() and not line.startswith("#"):
            orders.append((number, _order(path, number, line, names)))
    if len(set(names.values())) < len(names):
        raise InputProblem(
            "two alternatives have one name", expected="different names", do="correct the names", file=str(path)
        )
    return list(names.values()), orders


def _order(path: Path, number: int, line: str, names: dict[str, str]) -> list[str]:
    """One voter's order."""
    times, _, order = line.partition(":")
    if times.strip() != "1":
        raise InputProblem(f"{times.strip()!r} voters share this order", expected="one line for each voter",
                           do="write the lines out: who holds a list matters here", file=str(path), line=number)  # fmt: skip
    if "{" in order:
        raise InputProblem(
            "a tie in braces", expected="strict orders", do="break the ties first", file=str(path), line=number
        )
    entries = [entry.strip() for entry in order.split(",") if entry.strip()]
    unknown = [entry for entry in entries if entry not in names]
    if unknown:
        raise InputProblem(f"unknown alternative {unknown[0]!r}", expected="a number with an ALTERNATIVE NAME",
                           do="correct it", file=str(path), line=number)  # fmt: skip
    return [names[entry] for entry in entries]


def _capacities(path: Path, programs: list[str]) -> dict[str, int]:
    """Positions by program, from lines `name or number,positions`."""
    if not path.exists():
        raise InputProblem("PrefLib has no place for capacities", expected="capacities.csv beside the two files",
                           do="write a line `program,positions` for each program", file=str(path))  # fmt: skip
    numbered = {str(i): name for i, name in enumerate(programs, 1)}
    quotas: dict[str, int] = {}
    for number, line in enumerate(read_text(path).splitlines(), 1):
        said, _, positions = line.rpartition(",")
        name = numbered.get(said.strip(), said.strip())
        count = number_in(positions)
        if line.strip() and (name not in programs or count is None):
            raise InputProblem(
                f"{line!r}", expected="program,positions", do="correct the line", file=str(path), line=number
            )
        quotas |= {} if count is None else {name: count}
    missing = [name for name in programs if name not in quotas]
    if missing:
        raise InputProblem(
            f"no capacity for {missing[0]!r}", expected="one line for each program", do="add it", file=str(path)
        )
    return quotas
