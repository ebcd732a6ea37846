"""The CSV form of a market: a folder of tables. A nation of 1.2 million entries is read in about a second.

`programs.csv` (id,quota,kind,parity), `lists.csv` (side,id,rank,other), `couples.csv` (couple,a,b,rank,p,q),
`supplemental.csv` (applicant,entry,rank,program), `reversions.csv` (donor,receiver,max). `applicants.csv` (id) may give
the order of the applicants and those without a list; without it they come in the order of `lists.csv`, then of
`couples.csv`, then those whom only programs list.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import chain, compress
from operator import not_
from pathlib import Path
from typing import Any

import numpy as np

from matchday.match.arrays import refuse_repeats
from matchday.match.files import Warn, number_in, read_text
from matchday.match.json_form import kind_number
from matchday.match.market import KINDS, NO_MATCH, PARITIES, Market
from matchday.match.validate import Refused
from matchday.match.write import table, write_whole
from matchday.terms import InputProblem

SIDES = ("applicant", "program")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: where it stands and what its columns say."""

    file: str
    line: int
    cells: Mapping[str, str]

    def problem(self, what: str, expected: str, do: str) -> InputProblem:
        """Something to mend in this line."""
        return InputProblem(what, expected=expected, do=do, file=self.file, line=self.line)

    def whole(self, column: str) -> int:
        """A whole number."""
        said = self.cells[column].strip()
        number = number_in(said.removeprefix("-"))
        if number is None:
            raise self.problem(f"{column} {said!r}", "a whole number", f"correct {column}")
        return -number if said.startswith("-") else number

    def number(self, column: str, index: Mapping[str, int], what: str) -> int:
        """The number of an id."""
        name = self.cells[column]
        if name not in index:
            raise self.problem(f"unknown {what} {name!r}", f"the id of a known {what}", f"correct {column}")
        return index[name]


def rows_of(path: Path, columns: Sequence[str], optional: Sequence[str] = ()) -> Iterator[Row]:
    """The lines of a table with these columns, in any order; a file that is not there has none."""
    if not path.exists():
        return
    reader = csv.reader(StringIO(read_text(path)), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        _refuse_header(path, header, columns)
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(header):
                raise InputProblem(f"{len(cells)} cells", expected=f"{len(header)} as in the header", do="correct the line",
                                   file=str(path), line=reader.line_num)  # fmt: skip
            yield Row(str(path), reader.line_num, dict.fromkeys(optional, "") | dict(zip(header, cells, strict=True)))
    except csv.Error as error:
        raise InputProblem(f"not CSV: {error}", expected="comma-separated values", do="correct the quotes",
                           file=str(path), line=reader.line_num) from error  # fmt: skip


def _refuse_header(path: Path, header: Sequence[str], columns: Sequence[str]) -> None:
    """All columns are there, once."""
    missing = [name for name in columns if name not in header]
    if missing or len(set(header)) < len(header):
        what = f"no column {', '.join(missing)}" if missing else "a column stands twice"
        raise InputProblem(
            what, expected=f"the header {','.join(columns)}", do="correct the header", file=str(path), line=1
        )


@dataclass(frozen=True, slots=True)
class _Lists:
    """`lists.csv` by columns, and the line of each row."""

    path: Path
    side: Sequence[str]
    name: Sequence[str]
    rank: Sequence[str]
    other: Sequence[str]
    line: Sequence[int]

    def problem(self, row: int, what: str, expected: str, do: str) -> InputProblem:
        """Something to mend in this row."""
        return InputProblem(what, expected=expected, do=do, file=str(self.path), line=self.line[row])


_COLUMNS = ("side", "id", "rank", "other")


def _read_lists(path: Path) -> _Lists:
    """The columns: by cutting the text at commas where that is safe, else line by line."""
    if not path.exists():
        return _Lists(path, (), (), (), (), ())
    text = read_text(path).replace("\r\n", "\n")
    head, _, body = text.partition("\n")
    body = body.rstrip("\n")
    if head == ",".join(_COLUMNS) and body and '"' not in body:
        cells = body.replace("\n", ",").split(",")
        rows = body.count("\n") + 1
        if len(cells) == 4 * rows and set(cells[::4]) <= set(SIDES):
            return _Lists(path, cells[::4], cells[1::4], cells[2::4], cells[3::4], range(2, rows + 2))
    lines = list(rows_of(path, _COLUMNS))
    for row in lines:
        if row.cells["side"] not in SIDES:
            raise row.problem(f"side {row.cells['side']!r}", "applicant or program", "correct side")
    side, name, rank, other = ([row.cells[column] for row in lines] for column in _COLUMNS)
    return _Lists(path, side, name, rank, other, [row.line for row in lines])


def read(path: Path, form: str, warn: Warn) -> Market:
    """The market in a folder; what is refused is refused with file and line."""
    if not (path / "programs.csv").exists():
        raise InputProblem("no programs.csv", expected="a folder with programs.csv and lists.csv", do="check the folder",
                           file=str(path))  # fmt: skip
    programs = list(rows_of(path / "programs.csv", ("id", "quota"), ("kind", "parity")))
    place = _index(programs, "id")
    stated = any(row.cells["kind"].strip() for row in programs)
    given: dict[str, Any] = {
        "quota": [_quota(row) for row in programs],
        "kind": [_kind(row, warn) for row in programs] if stated else None,
        "parity": [_parity(row) for row in programs],
    }
    lists = _read_lists(path / "lists.csv")
    couples = list(rows_of(path / "couples.csv", ("couple", "a", "b", "rank", "p", "q")))
    by_program = [side == "program" for side in lists.side]
    person = _people(path, lists, by_program, couples, warn)
    app_ptr, app_pref = _csr(lists, [not side for side in by_program], person, place, "applicant")
    prog_ptr, prog_pref = _csr(lists, by_program, place, person, "program")
    given |= _couples(couples, person, place) | _supplemental(path, person, place) | _reversions(path, place)
    try:
        market = Market.from_arrays(
            app_ptr=app_ptr, app_pref=app_pref, prog_ptr=prog_ptr, prog_pref=prog_pref,
            app_ids=list(person), prog_ids=list(place), check=False, **given,
        )  # fmt: skip
        refuse_repeats(market, compiled=False)
    except Refused as problem:
        problem.file, problem.line = _where(path, problem, lists)
        raise
    return market


def _index(rows: Iterable[Row], column: str) -> dict[str, int]:
    """Numbers for the ids of a table, each once."""
    index: dict[str, int] = {}
    for row in rows:
        name = row.cells[column]
        if name in index or not name:
            raise row.problem(
                f"id {name!r} " + ("stands twice" if name else "is empty"), "each id once", "correct the id"
            )
        index[name] = len(index)
    return index


def _people(
    path: Path, lists: _Lists, by_program: Sequence[bool], couples: Sequence[Row], warn: Warn
) -> dict[str, int]:
    """Everybody, numbered."""
    stated = path / "applicants.csv"
    if stated.exists():
        return _index(rows_of(stated, ("id",)), "id")
    listing = compress(lists.name, map(not_, by_program))
    members = (row.cells[column] for row in couples for column in ("a", "b"))
    known = dict.fromkeys(chain(listing, members))
    everybody = dict.fromkeys(chain(known, compress(lists.other, by_program)))
    if len(everybody) > len(known):
        warn(
            f"{len(everybody) - len(known)} applicants are listed by programs only: they have no list and cannot match"
        )
    return {name: i for i, name in enumerate(everybody)}


def _csr(
    lists: _Lists, mine: Sequence[bool], owners: Mapping[str, int], others: Mapping[str, int], side: str
) -> tuple[Any, Any]:
    """Pointers and entries of one side, by owner and rank."""
    owner = np.array(_numbers(lists, mine, lists.name, owners, side), np.int64)
    what = "program" if side == "applicant" else "applicant"
    entry = np.array(_numbers(lists, mine, lists.other, others, what), np.int32)
    rank = np.array(_ranks(lists, mine), np.int64)
    key = owner * 2**31 + rank
    if not (np.diff(key) > 0).all():
        order = np.argsort(key, kind="stable")
        key, entry = key[order], entry[order]
        tied = np.flatnonzero(np.diff(key) == 0)
        if len(tied):
            row = list(compress(range(len(lists.side)), mine))[int(order[tied[0] + 1])]
            raise lists.problem(row, f"rank {lists.rank[row]} stands twice for {lists.name[row]!r}", "strict lists, no ties",
                                "give every entry a rank of its own")  # fmt: skip
    ptr = np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=len(owners)))]).astype(np.int64)
    return ptr, entry


def _numbers(
    lists: _Lists, mine: Sequence[bool], names: Sequence[str], index: Mapping[str, int], what: str
) -> list[int]:
    """Ids as numbers."""
    numbers = list(map(index.get, compress(names, mine)))
    if None in numbers:
        row = list(compress(range(len(names)), mine))[numbers.index(None)]
        raise lists.problem(row, f"unknown {what} {names[row]!r}", f"the id of a known {what}", "correct it")
    return numbers  # type: ignore[return-value] # None was looked for just now


def _ranks(lists: _Lists, mine: Sequence[bool]) -> list[int]:
    """Ranks as numbers; only their order counts."""
    try:
        ranks = list(map(int, compress(lists.rank, mine)))
        if not ranks or (min(ranks) >= 0 and max(ranks) < 2**31):
            return ranks
    except ValueError:
        pass  # the search below names the line
    row = next(row for row in compress(range(len(lists.rank)), mine) if number_in(lists.rank[row]) is None)
    raise lists.problem(row, f"rank {lists.rank[row]!r}", "a whole number", "correct the rank")


def _quota(row: Row) -> int:
    quota = row.whole("quota")
    if quota < 0:
        raise row.problem(f"quota {quota}", "0 or more positions", "correct the quota")
    return quota


def _kind(row: Row, warn: Warn) -> int:
    return kind_number(row.cells["kind"].strip() or KINDS[0], ("programs", row.cells["id"], "kind"), warn)


def _parity(row: Row) -> int:
    said = row.cells["parity"].strip() or PARITIES[0]
    if said not in PARITIES:
        raise row.problem(f"parity {said!r}", "none, even or odd", "correct the parity")
    return PARITIES.index(said)


def _ranked(rows: Iterable[Row], keys: Sequence[str]) -> dict[tuple[str, ...], list[Row]]:
    """Rows that belong together, in the order of their ranks."""
    groups: dict[tuple[str, ...], dict[int, Row]] = {}
    for row in rows:
        group, rank = groups.setdefault(tuple(row.cells[key] for key in keys), {}), row.whole("rank")
        if rank in group or rank < 0:
            raise row.problem(f"rank {rank}" + (" stands twice" if rank in group else ""), "each rank once",
                              "correct the rank")  # fmt: skip
        group[rank] = row
    return {name: [group[rank] for rank in sorted(group)] for name, group in groups.items()}


def _couples(rows: Sequence[Row], person: Mapping[str, int], place: Mapping[str, int]) -> dict[str, list[int]]:
    """The couple arrays."""
    got: dict[str, list[int]] = {"cpl_a": [], "cpl_b": [], "cpl_ptr": [0], "cpl_p1": [], "cpl_p2": []}
    seen: set[str] = set()
    for (name, _, _), lines in _ranked(rows, ("couple", "a", "b")).items():
        if name in seen:
            raise lines[0].problem(
                f"couple {name!r} has other members here", "the same members in every line", "correct a, b"
            )
        seen.add(name)
        got["cpl_a"].append(lines[0].number("a", person, "applicant"))
        got["cpl_b"].append(lines[0].number("b", person, "applicant"))
        for column, array in (("p", "cpl_p1"), ("q", "cpl_p2")):
            got[array] += [row.number(column, place, "program") if row.cells[column] else NO_MATCH for row in lines]
        got["cpl_ptr"].append(len(got["cpl_p1"]))
    return got


def _supplemental(path: Path, person: Mapping[str, int], place: Mapping[str, int]) -> dict[str, list[int]]:
    """The supplemental arrays."""
    rows = rows_of(path / "supplemental.csv", ("applicant", "entry", "rank", "program"))
    got: dict[str, list[int]] = {"supp_of": [], "supp_at": [], "supp_ptr": [0], "supp_pref": []}
    for lines in _ranked(rows, ("applicant", "entry")).values():
        got["supp_of"].append(lines[0].number("applicant", person, "applicant"))
        got["supp_at"].append(lines[0].number("entry", place, "program"))
        got["supp_pref"] += [row.number("program", place, "program") for row in lines]
        got["supp_ptr"].append(len(got["supp_pref"]))
    return got


def _reversions(path: Path, place: Mapping[str, int]) -> dict[str, list[int]]:
    """The reversion arrays."""
    rows = list(rows_of(path / "reversions.csv", ("donor", "receiver", "max")))
    return {
        "rev_from": [row.number("donor", place, "program") for row in rows],
        "rev_to": [row.number("receiver", place, "program") for row in rows],
        "rev_max": [row.whole("max") for row in rows],
    }


def _where(path: Path, problem: Refused, lists: _Lists) -> tuple[str, int]:
    """File and line of a refusal that concerns several lines."""
    part, key = str(problem.place[0]), problem.place[1] if len(problem.place) > 1 else 0
    side = part.removesuffix("s")
    if part == "couples":
        names = list(dict.fromkeys(row.cells["couple"] for row in rows_of(path / "couples.csv", ("couple",))))
        line = next(
            row.line for row in rows_of(path / "couples.csv", ("couple",)) if row.cells["couple"] == names[int(key)]
        )
        return str(path / "couples.csv"), line
    if part == "reversions":
        return str(path / "reversions.csv"), list(rows_of(path / "reversions.csv", ("donor",)))[int(key)].line
    if part == "supplemental":
        rows = list(rows_of(path / "supplemental.csv", ("applicant",)))
        return str(path / "supplemental.csv"), next(row.line for row in rows if row.cells["applicant"] == key)
    seen: set[str] = set()
    rows_of_owner = (
        i for i, (s, name) in enumerate(zip(lists.side, lists.name, strict=True)) if (s, name) == (side, key)
    )
    line = 1
    for i in rows_of_owner:  # the entry that stands twice, else the last one of the list
        line = lists.line[i]
        if lists.other[i] in seen:
            break
        seen.add(lists.other[i])
    return str(lists.path), line


def write(market: Market, path: Path) -> None:
    """Write the folder; tables that would be empty are left out."""
    people, places = market.applicants, [*market.programs, ""]
    rows = zip(market.programs, market.quota.tolist(), market.kind.tolist(), market.parity.tolist(), strict=True)
    tables: dict[str, list[list[Any]]] = {
        "programs.csv": [["id", "quota", "kind", "parity"], *([p, q, KINDS[k], PARITIES[e]] for p, q, k, e in rows)],
        "applicants.csv": [["id"], *([name] for name in people)],
        "lists.csv": [
            list(_COLUMNS),
            *_entries("applicant", people, market.app_ptr, market.app_pref, market.programs),
            *_entries("program", market.programs, market.prog_ptr, market.prog_pref, people),
        ],
        "couples.csv": [["couple", "a", "b", "rank", "p", "q"], *_couple_rows(market, places)],
        "supplemental.csv": [["applicant", "entry", "rank", "program"], *_supplemental_rows(market)],
        "reversions.csv": [["donor", "receiver", "max"], *(
            [places[donor], places[receiver], most]
            for donor, receiver, most in zip(
                market.rev_from.tolist(), market.rev_to.tolist(), market.rev_max.tolist(), strict=True
            )
        )],
    }  # fmt: skip
    always = ("programs.csv", "lists.csv")
    write_whole({path / name: table(rows) for name, rows in tables.items() if len(rows) > 1 or name in always})


def _entries(side: str, owners: Sequence[str], ptr: Any, pref: Any, names: Sequence[str]) -> Iterator[list[Any]]:
    """One row for each entry of one side."""
    starts, flat = ptr.tolist(), pref.tolist()
    for i, owner in enumerate(owners):
        for rank, entry in enumerate(flat[starts[i] : starts[i + 1]], 1):
            yield [side, owner, rank, names[entry]]


def _couple_rows(market: Market, places: Sequence[str]) -> Iterator[list[Any]]:
    """One row for each line of a joint list; a couple without lines cannot match and is left out."""
    people, ptr = market.applicants, market.cpl_ptr.tolist()
    p1, p2 = market.cpl_p1.tolist(), market.cpl_p2.tolist()
    for c, (a, b) in enumerate(zip(market.cpl_a.tolist(), market.cpl_b.tolist(), strict=True)):
        for rank, i in enumerate(range(ptr[c], ptr[c + 1]), 1):
            yield [c, people[a], people[b], rank, places[p1[i]], places[p2[i]]]


def _supplemental_rows(market: Market) -> Iterator[list[Any]]:
    """One row for each entry of a supplemental list."""
    ptr, flat = market.supp_ptr.tolist(), market.supp_pref.tolist()
    for s, (a, at) in enumerate(zip(market.supp_of.tolist(), market.supp_at.tolist(), strict=True)):
        for rank, p in enumerate(flat[ptr[s] : ptr[s + 1]], 1):
            yield [market.applicants[a], market.programs[at], rank, market.programs[p]]
