"""Markets in three files: YAML dictionaries (the Python package matching), CSV rows (hgpmatch).

The files belong together by their names: `*residents*`, `*hospitals*` or `*programs*`, `*capacities*`; give any of them.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Any

from matchday.match.files import Warn, number_in, read_text
from matchday.match.json_form import from_document
from matchday.match.market import Market
from matchday.match.validate import Refused
from matchday.terms import InputProblem

_PARTS = {"applicants": ("residents",), "programs": ("hospitals", "programs"), "capacities": ("capacities",)}


def read(path: Path, form: str, warn: Warn) -> Market:
    """The market in three files."""
    files = _beside(path)
    load = _yaml if form == "matching" else _csv
    parts = {part: load(file) for part, file in files.items()}
    lone = sorted(parts["programs"].keys() ^ parts["capacities"].keys())
    if lone:
        raise InputProblem(f"{lone[0]!r} has a list or a capacity, not both", expected="both for every program",
                           do="complete the two files", file=str(files["capacities"]))  # fmt: skip
    document: dict[str, Any] = {
        "applicants": parts["applicants"],
        "programs": {
            name: {"quota": _quota(parts["capacities"][name]), "list": row} for name, row in parts["programs"].items()
        },
    }
    try:
        return from_document(document, warn)
    except Refused as problem:
        capacity = problem.place[-1] == "quota"
        problem.file = str(files["capacities" if capacity else str(problem.place[0])])
        raise


def _beside(path: Path) -> dict[str, Path]:
    """The three files, from the name of one."""
    words = [word for part in _PARTS.values() for word in part]
    found = next((word for word in words if word in path.name), None)
    if found is None:
        raise InputProblem("one of three files was expected", expected=f"a name with {', '.join(words)}",
                           do="name the files so", file=str(path))  # fmt: skip
    files = {}
    for part, names in _PARTS.items():
        places = [path.with_name(path.name.replace(found, name)) for name in names]
        files[part] = next((place for place in places if place.exists()), places[0])
    return files


def _quota(said: Any) -> Any:
    """hgpmatch keeps a list of one number, matching the number itself."""
    one = said[0] if isinstance(said, list) and len(said) == 1 else said
    number = number_in(one) if isinstance(one, str) else None
    return one if number is None else number


def _yaml(path: Path) -> Mapping[str, Any]:
    """A dictionary of lists or numbers; names are read as text."""
    import yaml

    try:
        tree = yaml.load(read_text(path), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 -- both are safe loaders
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise InputProblem("not YAML", expected="name: [entries]", do="correct the syntax", file=str(path),
                           line=mark.line + 1 if mark else None) from error  # fmt: skip
    if not isinstance(tree, dict):
        raise InputProblem("not a dictionary", expected="name: [entries]", do="correct the file", file=str(path))
    return {str(name): [str(e) for e in row] if isinstance(row, list) else row for name, row in tree.items()}


def _csv(path: Path) -> Mapping[str, Any]:
    """Rows `name,entry,entry`; a missing entry would be a tie and is refused."""
    rows: dict[str, list[str]] = {}
    for number, cells in enumerate(csv.reader(StringIO(read_text(path))), 1):
        name, *entries = [cell.strip() for cell in cells] or [""]
        while entries and not entries[-1]:
            entries.pop()
        if "" in entries:
            raise InputProblem("a missing entry, which means a tie", expected="strict lists", do="break the ties first",
                               file=str(path), line=number)  # fmt: skip
        if name in rows:
            raise InputProblem(
                f"{name!r} stands twice", expected="each id once", do="take one out", file=str(path), line=number
            )
        if name:
            rows[name] = entries
    return rows
