"""The JSON form of a market: objects with the identifiers of the people and programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from matchday.match.files import Warn, read_text
from matchday.match.market import ADVANCED, KINDS, NO_MATCH, OTHER, PARITIES, Market
from matchday.match.validate import Place, Refused, place_name, refuse_ids
from matchday.match.write import write_whole
from matchday.terms import InputProblem

_PARTS = ("programs", "applicants", "couples", "supplemental", "reversions")
_PROGRAM = ("quota", "list", "kind", "parity")
_LETTERS = {"c": 0, "p": 1, "a": ADVANCED, "m": 3, "r": 4, "f": 5}
# From this many entries on the market is made of numpy arrays, for a compiled engine and a vectorised judge.
LARGE = 400_000
# A market has five levels, an outcome six; what reads them calls itself level by level.
DEEPEST = 50


def read(path: Path, form: str, warn: Warn) -> Market:
    """The market in a JSON file; what is refused is refused with its line."""
    text = read_text(path)
    document = parsed(text, path, "a market in JSON")
    try:
        return from_document(document, warn)
    except Refused as problem:
        problem.file, problem.line = str(path), _line(text, document, problem.place)
        raise


def parsed(text: str, path: Path, expected: str) -> Any:
    """The document in a JSON text. Raises `InputProblem` with the line for broken syntax and for keys named twice."""
    try:
        document = json.loads(text, object_pairs_hook=_once)
    except _TwiceError as twice:
        from matchday.dossier.lines import json_twice

        key, line = json_twice(text) or (str(twice), 1)
        raise InputProblem(f"{key!r} stands twice", expected="each id once", do="take one out", file=str(path),
                           line=line) from twice  # fmt: skip
    except ValueError as error:  # also a number with thousands of digits
        raise InputProblem(f"not JSON: {getattr(error, 'msg', error)}", expected=expected, do="correct the syntax",
                           file=str(path), line=getattr(error, "lineno", 1)) from error  # fmt: skip
    except RecursionError as error:
        raise _too_deep(path, expected) from error
    if _deeper_than(DEEPEST, document):
        raise _too_deep(path, expected)
    return document


def _too_deep(path: Path, expected: str) -> InputProblem:
    """What is said of a document whose parts stand in each other without end."""
    return InputProblem("nested too deeply", expected=expected, do="check the file", file=str(path), line=1)


def _deeper_than(depth: int, document: Any) -> bool:
    """Whether objects and lists stand in each other deeper than that; level by level, so it cannot run too deep."""
    level = [document] if isinstance(document, dict | list) else []
    while level and depth:
        inner = (part.values() if isinstance(part, dict) else part for part in level)
        level, depth = [x for row in inner for x in row if isinstance(x, dict | list)], depth - 1
    return bool(level)


class _TwiceError(Exception):
    """An object names a key twice."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys are all different."""
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        raise _TwiceError(next(name for name in names if names.count(name) > 1))
    return made


def _line(text: str, document: Any, place: Place) -> int:
    """The line of a place; a supplemental list is named by its applicant and entry."""
    from matchday.dossier.lines import json_lines, nearest

    if place[0] == "supplemental" and len(place) == 3 and isinstance(place[1], str):
        rows = enumerate(document["supplemental"])
        place = (
            "supplemental",
            next(i for i, row in rows if row["applicant"] == place[1] and place[2] in row["entries"]),
        )
    return nearest(json_lines(text), place)


def from_document(document: Any, warn: Warn = lambda _: None) -> Market:
    """The market that a JSON document describes. Raises `Refused` with the path of what is wrong."""
    tree = _object(document, ())
    if "programs" not in tree:
        raise Refused(("programs",), "missing", expected='a market: {"programs": {...}, "applicants": {...}}',
                      do="give a market, not an outcome or another document")  # fmt: skip
    for name in sorted(tree.keys() - set(_PARTS)):
        near = get_close_matches(name, _PARTS, 1)
        warn(f"{name!r} is not a part of a market and is not read" + (f"; did you mean {near[0]!r}?" if near else ""))
    programs = {
        name: _object(row, ("programs", name)) for name, row in _object(tree["programs"], ("programs",)).items()
    }
    for name, row in programs.items():
        for key in sorted(row.keys() - set(_PROGRAM)):
            warn(f"{place_name(('programs', name, key))} is not read; a program has {', '.join(_PROGRAM)}")
    lists = _object(tree.get("applicants", {}), ("applicants",))
    couples = [_Couple(row, c) for c, row in enumerate(_array(tree.get("couples", []), ("couples",)))]
    applicants = list(dict.fromkeys([*lists, *(member for couple in couples for member in couple.members)]))
    person = {name: i for i, name in enumerate(applicants)}
    place = {name: i for i, name in enumerate(programs)}
    refuse_ids(applicants, "applicants")
    refuse_ids(place, "programs")
    market = Market.from_lists(
        quota=[_whole(row, "quota", ("programs", name)) for name, row in programs.items()],
        app_lists=[_ids(lists.get(name, []), place, ("applicants", name), "program") for name in applicants],
        prog_lists=[
            _ids(row.get("list", []), person, ("programs", name, "list"), "applicant") for name, row in programs.items()
        ],
        couples=[couple.numbers(person, place) for couple in couples],
        kind=list(_kinds(programs, warn)) if any("kind" in row for row in programs.values()) else None,
        parity=[_parity(row.get("parity"), ("programs", name, "parity")) for name, row in programs.items()],
        supplemental=list(_supplemental(tree.get("supplemental", []), person, place)),
        reversions=list(_reversions(tree.get("reversions", []), place)),
        app_ids=applicants,
        prog_ids=list(programs),
    )
    return market.as_numpy() if len(market.app_pref) + len(market.prog_pref) > LARGE else market


class _Couple:
    """A couple as it stands in the document."""

    def __init__(self, row: Any, c: int) -> None:
        self.place: Place = ("couples", c)
        tree = _object(row, self.place)
        self.members = _array(tree.get("members"), (*self.place, "members"))
        self.lines = _array(tree.get("list"), (*self.place, "list"))
        if len(self.members) != 2 or not all(isinstance(member, str) for member in self.members):
            raise Refused(
                (*self.place, "members"), f"{self.members!r}", expected="the ids of two applicants", do="name both"
            )

    def numbers(self, person: Mapping[str, int], place: Mapping[str, int]) -> tuple[int, int, list[tuple[int, int]]]:
        """The members and their pairs as numbers."""
        pairs = []
        for i, line in enumerate(self.lines):
            where = (*self.place, "list", i)
            if len(_array(line, where)) != 2:
                raise Refused(
                    where, f"{line!r}", expected="two programs, each may be null", do="give one for each partner"
                )
            p, q = (NO_MATCH if id_ is None else _known(id_, place, where, "program") for id_ in line)
            pairs.append((p, q))
        return person[self.members[0]], person[self.members[1]], pairs


def _object(value: Any, place: Place) -> dict[str, Any]:
    """The value, which has to be an object."""
    if not isinstance(value, dict):
        raise Refused(place or ("market",), f"{_short(value)}", expected="an object {...}", do="correct it")
    return value


def _array(value: Any, place: Place) -> list[Any]:
    """The value, which has to be a list."""
    if not isinstance(value, list):
        raise Refused(place, f"{_short(value)}", expected="a list [...]", do="correct it")
    return value


def _short(value: Any) -> str:
    """A value in a message: never a whole file."""
    text = json.dumps(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _whole(row: Mapping[str, Any], key: str, place: Place) -> int:
    """A whole number that fits the arrays."""
    value = row.get(key)
    if type(value) is not int or abs(value) >= 2**31:
        shown = "missing" if key not in row else _short(value)
        raise Refused((*place, key), shown, expected="a whole number", do=f"give {key} as a whole number")
    return value


def _known(name: Any, index: Mapping[str, int], place: Place, what: str) -> int:
    """The number of an id."""
    if not isinstance(name, str) or name not in index:
        near = get_close_matches(name, index, 1) if isinstance(name, str) else []
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise Refused(
            place, f"unknown {what} {_short(name)}{hint}", expected=f"the id of a known {what}", do="correct it"
        )
    return index[name]


def _ids(value: Any, index: Mapping[str, int], place: Place, what: str) -> list[int]:
    """A list of ids as numbers, each once."""
    names = _array(value, place)
    try:
        numbers = [index[name] for name in names]
    except (KeyError, TypeError):
        numbers = [_known(name, index, (*place, i), what) for i, name in enumerate(names)]
    if len(set(numbers)) < len(numbers):
        i = next(i for i, number in enumerate(numbers) if number in numbers[:i])
        raise Refused((*place, i), f"{names[i]!r} stands twice", expected="each id once on a list", do="take one out")
    return numbers


def _kinds(programs: Mapping[str, Mapping[str, Any]], warn: Warn) -> Iterator[int]:
    """The kinds; a program that states none in a market that states some is categorical."""
    for name, row in programs.items():
        yield kind_number(row.get("kind") or KINDS[0], ("programs", name, "kind"), warn)


def kind_number(said: Any, place: Place, warn: Warn) -> int:
    """The number of a kind by its word or by the letter of the program code; an unknown word is "other"."""
    if not isinstance(said, str):
        raise Refused(place, _short(said), expected=f"a word such as {', '.join(KINDS[:3])}", do="correct the kind")
    word = said.strip().lower().replace(" ", "_").replace("-", "_")
    if word in KINDS:
        return KINDS.index(word)
    if word not in _LETTERS:
        warn(f"{place_name(place)}: kind {said!r} is not known and counts as neither advanced nor preliminary")
    return _LETTERS.get(word, OTHER)


def _parity(said: Any, place: Place) -> int:
    """The number of a parity request."""
    if said not in (*PARITIES, None, ""):
        raise Refused(place, _short(said), expected="none, even or odd", do="correct the parity")
    return PARITIES.index(said or PARITIES[0])


def _supplemental(
    value: Any, person: Mapping[str, int], place: Mapping[str, int]
) -> Iterator[tuple[int, list[int], Sequence[int]]]:
    """Supplemental lists as numbers."""
    for i, row in enumerate(_array(value, ("supplemental",))):
        where: Place = ("supplemental", i)
        tree = _object(row, where)
        yield (
            _known(tree.get("applicant"), person, (*where, "applicant"), "applicant"),
            _ids(tree.get("entries"), place, (*where, "entries"), "program"),
            _ids(tree.get("list"), place, (*where, "list"), "program"),
        )


def _reversions(value: Any, place: Mapping[str, int]) -> Iterator[tuple[int, int, int]]:
    """Reversions as numbers."""
    for i, row in enumerate(_array(value, ("reversions",))):
        where: Place = ("reversions", i)
        tree = _object(row, where)
        donor, receiver = (_known(tree.get(key), place, (*where, key), "program") for key in ("donor", "receiver"))
        yield donor, receiver, _whole(tree, "max", where)


def to_document(market: Market) -> dict[str, Any]:
    """The JSON form of a market."""
    people, places = market.applicants, [*market.programs, None]
    members = {*market.cpl_a.tolist(), *market.cpl_b.tolist()}

    def named(ptr: Any, entries: Any, i: int, names: Sequence[Any]) -> list[Any]:
        return [names[entry] for entry in entries[ptr[i] : ptr[i + 1]].tolist()]

    rows = zip(market.programs, market.quota.tolist(), market.kind.tolist(), market.parity.tolist(), strict=True)
    document: dict[str, Any] = {
        "programs": {
            name: {
                "quota": quota,
                "list": named(market.prog_ptr, market.prog_pref, p, people),
                "kind": KINDS[kind],
                "parity": PARITIES[parity],
            }
            for p, (name, quota, kind, parity) in enumerate(rows)
        },
        # Members of couples stand here with no list, so that the order of the applicants is kept.
        "applicants": {
            name: [] if a in members else named(market.app_ptr, market.app_pref, a, places)
            for a, name in enumerate(people)
        },
        "couples": [
            {
                "members": [people[a], people[b]],
                "list": [
                    list(pair)
                    for pair in zip(
                        named(market.cpl_ptr, market.cpl_p1, c, places),
                        named(market.cpl_ptr, market.cpl_p2, c, places),
                        strict=True,
                    )
                ],
            }
            for c, (a, b) in enumerate(zip(market.cpl_a.tolist(), market.cpl_b.tolist(), strict=True))
        ],
        "supplemental": _shared_lists(market),
        "reversions": [
            {"donor": places[donor], "receiver": places[receiver], "max": most}
            for donor, receiver, most in zip(
                market.rev_from.tolist(), market.rev_to.tolist(), market.rev_max.tolist(), strict=True
            )
        ],
    }
    return {name: part for name, part in document.items() if part or name in ("programs", "applicants")}


def _shared_lists(market: Market) -> list[dict[str, Any]]:
    """Supplemental lists, written once for all entries of an applicant that share one."""
    people, places = market.applicants, market.programs
    entries: dict[tuple[int, tuple[int, ...]], list[str]] = {}
    for s, (a, at) in enumerate(zip(market.supp_of.tolist(), market.supp_at.tolist(), strict=True)):
        wanted = tuple(market.supp_pref[market.supp_ptr[s] : market.supp_ptr[s + 1]].tolist())
        entries.setdefault((a, wanted), []).append(places[at])
    return [
        {"applicant": people[a], "entries": at, "list": [places[p] for p in wanted]}
        for (a, wanted), at in entries.items()
    ]


def write(market: Market, path: Path) -> None:
    """Write the JSON form, one line for each program, applicant and couple."""
    parts = []
    for name, part in to_document(market).items():
        if isinstance(part, dict):
            rows, ends = (f"{json.dumps(key)}: {json.dumps(row)}" for key, row in part.items()), "{}"
        else:
            rows, ends = (json.dumps(row) for row in part), "[]"
        body = ",\n  ".join(rows)
        parts.append(f"{json.dumps(name)}: {ends[0]}\n  {body}\n{ends[1]}")
    write_whole({path: "{\n" + ",\n".join(parts) + "\n}\n"})
