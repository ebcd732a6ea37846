"""Strict reading of the files of `data/seasons`: whatever is not known there is a slip of the pen, and refused."""

from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from matchday.rules.load import LOADER
from matchday.terms import InputProblem


def folder() -> Traversable:
    """The folder with one file for each season, the names of events and the names of specialties."""
    return resources.files("matchday.rules") / "data" / "seasons"


def stated(name: str) -> str:
    """The text of one file of the folder."""
    return (folder() / name).read_text("utf-8")


def read_tree(text: str, file: str, keys: set[str]) -> dict[str, Any]:
    """The tree of a YAML text that may hold these keys at the top."""
    tree: dict[str, Any] = yaml.load(text, LOADER)  # noqa: S506 -- LOADER is a safe loader
    only(tree, keys, file, "the file")
    return tree


def only(raw: Any, allowed: set[str], file: str, where: str) -> None:
    """Refuse what is no mapping, and any key that is not allowed."""
    if not isinstance(raw, dict):
        raise bad(file, f"{where} is {raw!r}", "a mapping", "write `key: value`")
    if extra := sorted(set(raw) - allowed):
        raise bad(file, f"{where} has the unknown key {extra[0]!r}", ", ".join(sorted(allowed)), "mend the key")


def bad(file: str, what: str, expected: str, do: str) -> InputProblem:
    """The problem to raise for a file of the folder."""
    return InputProblem(what, expected=expected, do=do, file=file)
