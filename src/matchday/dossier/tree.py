"""Between a dossier and its tree of plain values (dicts, lists, text, numbers, days), both ways, without loss."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any

from matchday.dossier.lines import Lines, nearest
from matchday.dossier.model import Dossier
from matchday.dossier.shape import MANY, Reading, table_of
from matchday.terms import InputProblem

Tree = dict[str, Any]

# Tables of the dossier that are always there; in a file they are left out while nothing is known in them.
_ALWAYS = ("person", "certification", "preferences", "ranklist", "durations")


def to_tree(dossier: Dossier) -> Tree:
    """The dossier as plain values under the names of the file; what is unknown is absent."""
    tree: Tree = {"schema": dossier.schema, **_plain(dossier)}
    return {key: value for key, value in tree.items() if value != {} or key not in _ALWAYS}


def _plain(value: Any) -> Any:
    """A part as a dict, without what it would hold anyway; a tuple as a list; everything else as it is."""
    if is_dataclass(value):
        held = {one.name.rstrip("_"): (getattr(value, one.name), one.default) for one in fields(value)}
        return {key: _plain(item) for key, (item, default) in held.items() if item is not None and item is not default}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value


def from_tree(tree: object, *, file: str = "", lines: Callable[[], Lines] = dict, in_json: bool = False) -> Dossier:
    """The dossier of a tree. `lines` is asked where things stand only when the tree is refused (InputProblem)."""
    if not isinstance(tree, dict):
        expected, do = 'an object such as {"schema": 1}', "see the examples"
        raise InputProblem("the file is not a table of keys", expected=expected, do=do, file=file, line=1)
    _check_version(tree, file, lines)
    reading = Reading(in_json)
    dossier: Dossier = table_of(Dossier).read(tree, (), reading)
    if reading.faults:
        raise first_problem(reading, lines(), file)
    return dossier


def first_problem(reading: Reading, lines: Lines, file: str = "") -> InputProblem:
    """The first fault of a reading by line, saying how many there are."""
    fault = min(reading.faults, key=lambda fault: nearest(lines, fault.path))
    count = f"{MANY} faults or more" if len(reading.faults) >= MANY else f"{len(reading.faults)} faults"
    more = f" (the first of {count})" if len(reading.faults) > 1 else ""
    line = nearest(lines, fault.path) if lines else None
    return InputProblem(fault.what + more, expected=fault.expected, do=fault.do, file=file, line=line)


def _check_version(tree: Tree, file: str, lines: Callable[[], Lines]) -> None:
    if "schema" not in tree:
        what, do = "the key `schema` is missing", "put `schema = 1` on the first line"
    elif type(tree["schema"]) is not int or tree["schema"] != 1:
        what, do = "this version of the dossier format is unknown", "write `schema = 1`, or use a newer matchday"
    else:
        return
    raise InputProblem(what, expected="schema 1", do=do, file=file, line=lines().get(("schema",), 1))
