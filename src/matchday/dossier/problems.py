"""From a refused tree to one clear sentence: which field, on which line, what was expected, what to do."""

import datetime as dt
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from matchday.dossier.fields import shown
from matchday.dossier.lines import Lines, Path, nearest
from matchday.terms import InputProblem

Node = dict[str, Any]


def problem_of(
    error: ValidationError, tree: object, schema: Node, lines: Lines, *, file: str, days_are_text: bool
) -> InputProblem:
    """The first fault of a refused tree by line, saying how many there are."""
    faults: dict[Path, Any] = {}
    for detail in error.errors(include_url=False):
        path = _in_tree(tree, detail["loc"], detail["type"])
        if path not in faults or detail["type"] == "refused":
            faults[path] = detail
    path = min(faults, key=lambda path: nearest(lines, path))
    what, expected, do = _sentence(faults[path], path, schema, days_are_text)
    if len(faults) > 1:
        what += f" (the first of {len(faults)} faults)"
    line = nearest(lines, path) if lines else None
    return InputProblem(what, expected=expected, do=do, file=file, line=line)


def _in_tree(tree: object, loc: tuple[str | int, ...], kind: str) -> Path:
    """The part of pydantic's location that is a path in the file; the rest names members of unions."""
    if kind == "missing":
        return loc
    path: Path = ()
    for part in loc:
        inside = range(len(tree)) if isinstance(tree, list | tuple) else tree if isinstance(tree, dict) else ()
        if part not in inside:
            break
        tree = tree[part]  # type: ignore[index]  # a list or a dict, as just seen
        path = (*path, part)
    return path


def _sentence(detail: Any, path: Path, schema: Node, days_are_text: bool) -> tuple[str, str, str]:
    """What, expected, do."""
    name, kind, value = field_name(path), detail["type"], detail["input"]
    if kind == "refused":
        return f"{name}: {detail['ctx']['what']}", detail["ctx"]["expected"], detail["ctx"]["do"]
    if kind == "unexpected_keyword_argument":
        return _unknown_key(path, schema)
    if kind == "missing":
        node = _node(schema, path)
        return f"{name} is missing", describe(node, schema, days_are_text), f"add `{path[-1]}`"
    expected = describe(_node(schema, path), schema, days_are_text)
    return f"{name} is {_told(value)}", expected, _advice(value, expected, days_are_text)


def _unknown_key(path: Path, schema: Node) -> tuple[str, str, str]:
    known = list(_node(schema, path[:-1]).get("properties", {}))
    near = get_close_matches(str(path[-1])[:60].casefold(), known, n=1, cutoff=0.5)
    listed = ", ".join(known)
    place = f"[{field_name(path[:-1])}]" if path[:-1] else "the dossier"
    what = f"unknown key {shown(str(path[-1]))} in {place}"
    if near:
        return what, f"a known key, the nearest is `{near[0]}`", f"write `{near[0]}`, or take the line out"
    return what, f"one of {listed}", "take the line out, or put it into a `notes` field"


def field_name(path: Path) -> str:
    """A path as people read it: `exam[1].score`; list positions count from 0 as in the findings."""
    name = ""
    for part in path:
        name += f"[{part}]" if isinstance(part, int) else f".{_printable(part)}"
    return name.lstrip(".") or "the dossier"


def _printable(key: str) -> str:
    return key if key.isprintable() and len(key) <= 40 else shown(key)


def _told(value: object) -> str:
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)} values"
    if isinstance(value, str):
        return f"the text {shown(value)}"
    return shown(value)


def _advice(value: object, expected: str, days_are_text: bool) -> str:
    if isinstance(value, str) and not days_are_text and expected.startswith("a date"):
        return "write the date without quotes, as YYYY-MM-DD"
    if isinstance(value, str) and expected.startswith(("a number", "a whole number", "true or false")):
        return "write the value without quotes"
    if isinstance(value, dt.datetime) and expected.startswith("a date"):
        return "leave the time out"
    if isinstance(value, int | float) and expected.startswith("text"):
        return "put the value in quotes"
    if isinstance(value, str) and expected.startswith("a list"):
        return "put the value in square brackets"
    return "correct the value, or take the line out when it is not known"


def _node(schema: Node, path: Path) -> Node:
    """The part of the schema that describes a path."""
    node = schema
    for part in path:
        node = next((_below(option, part) for option in _options(node, schema) if _below(option, part)), {})
    return node


def _options(node: Node, schema: Node) -> list[Node]:
    """The kinds of value that a node allows, references followed, null left out."""
    if "$ref" in node:
        return _options(schema["$defs"][node["$ref"].rpartition("/")[2]], schema)
    if "anyOf" in node:
        return [found for option in node["anyOf"] for found in _options(option, schema)]
    return [] if node.get("type") == "null" else [node]


def _below(node: Node, part: str | int) -> Node:
    if isinstance(part, int):
        below = node.get("prefixItems", [])
        return below[part] if part < len(below) else node.get("items", {})  # type: ignore[no-any-return]  # a schema
    known = node.get("properties", {})
    return known.get(part) or node.get("additionalProperties") or {}


def describe(node: Node, schema: Node, days_are_text: bool = False) -> str:
    """In words, what a node of the schema allows: "a whole number from 1 to 300"."""
    words = [_describe_one(option, schema, days_are_text) for option in _options(node, schema)]
    return " or ".join(dict.fromkeys(words)) or "nothing here"


def _describe_one(node: Node, schema: Node, days_are_text: bool) -> str:
    if "const" in node:
        return f'"{node["const"]}"'
    if "enum" in node:
        few = node["enum"][:8]
        return "one of " + ", ".join(f'"{value}"' for value in few) + (", ..." if len(node["enum"]) > len(few) else "")
    match node.get("type"):
        case "string":
            return _describe_text(node, days_are_text)
        case "boolean":
            return "true or false"
        case "integer" | "number" as kind:
            limits = f" from {node['minimum']:g} to {node['maximum']:g}" if "maximum" in node else ""
            return ("a whole number" if kind == "integer" else "a number") + limits
        case "array":
            return _describe_list(node, schema, days_are_text)
    return "a table" + (
        f" with {', '.join(node['properties'])}" if len(node.get("properties", ())) in range(1, 9) else ""
    )


def _describe_text(node: Node, days_are_text: bool) -> str:
    match node.get("format"), node.get("pattern", ""):
        case "date", _:
            return 'a date as text such as "2026-10-02"' if days_are_text else "a date such as 2026-10-02"
        case "date-time", _:
            moment = "2026-10-02T14:30:00"
            return (
                f'a date with time as text such as "{moment}"'
                if days_are_text
                else f"a date with time such as {moment}"
            )
        case _, pattern if pattern:
            return f"text of {'two' if '2' in pattern else 'three'} capital letters"
    return "text in quotes"


def _describe_list(node: Node, schema: Node, days_are_text: bool) -> str:
    if "prefixItems" in node:
        inner = " and ".join(describe(item, schema, days_are_text) for item in node["prefixItems"])
        return f"a list of {len(node['prefixItems'])} values: {inner}"
    return f"a list of values, each {describe(node.get('items', {}), schema, days_are_text)}"
