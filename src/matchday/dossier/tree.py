"""Between a dossier and its tree of plain values (dicts, lists, text, numbers, days), both ways, without loss."""

from collections.abc import Callable
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from matchday.dossier.fields import DAYS_ARE_TEXT
from matchday.dossier.lines import Lines
from matchday.dossier.model import Dossier
from matchday.dossier.problems import problem_of
from matchday.terms import InputProblem

Tree = dict[str, Any]

# Tables of the dossier that are always there; in a file they are left out while nothing is known in them.
_ALWAYS = ("person", "certification", "preferences", "ranklist", "durations")


@cache
def adapter() -> TypeAdapter[Dossier]:
    """The checker of dossier trees, built once and only when one is needed."""
    return TypeAdapter(Dossier)


@cache
def schema() -> Tree:
    """The JSON Schema of the dossier's JSON form."""
    described: Tree = adapter().json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **described, "required": ["schema"]}


def to_tree(dossier: Dossier) -> Tree:
    """The dossier as plain values under the names of the file; what is unknown is absent."""
    tree: Tree = adapter().dump_python(dossier, by_alias=True, exclude_none=True)
    for exam in tree.get("exam", ()):
        if exam["one_sitting"]:
            del exam["one_sitting"]
    return {key: value for key, value in tree.items() if value or key not in _ALWAYS}


def from_tree(
    tree: object, *, file: str = "", lines: Callable[[], Lines] = dict, days_are_text: bool = False
) -> Dossier:
    """The dossier of a tree. `lines` is asked where things stand only when the tree is refused (InputProblem)."""
    if not isinstance(tree, dict):
        raise InputProblem(
            "the file is not a table of keys", expected='an object such as {"schema": 1}', do="see the examples",
            file=file, line=1,
        )  # fmt: skip
    _check_version(tree, file, lines)
    try:
        return adapter().validate_python(tree, context=DAYS_ARE_TEXT if days_are_text else None)
    except ValidationError as error:
        raise problem_of(error, tree, schema(), lines(), file=file, days_are_text=days_are_text) from None


def _check_version(tree: Tree, file: str, lines: Callable[[], Lines]) -> None:
    if "schema" not in tree:
        what, do = "the key `schema` is missing", "put `schema = 1` on the first line"
    elif type(tree["schema"]) is not int or tree["schema"] != 1:
        what, do = "this version of the dossier format is unknown", "write `schema = 1`, or use a newer matchday"
    else:
        return
    raise InputProblem(what, expected="schema 1", do=do, file=file, line=lines().get(("schema",), 1))
