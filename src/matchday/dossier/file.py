"""Read and write the dossier file: TOML to read and write by hand, JSON for programs, the same tree in both.

What cannot be read is refused as `InputProblem` with file and line. What can be read but contradicts itself is not a
matter for this file; see contradictions.py.
"""

import json
import stat
import sys
from datetime import datetime
from pathlib import Path as FilePath
from typing import Literal, NoReturn

from matchday.dossier.keep import replace
from matchday.dossier.lines import json_lines, toml_lines
from matchday.dossier.model import Dossier
from matchday.dossier.syntax import json_tree, toml_tree
from matchday.dossier.tree import from_tree, to_tree
from matchday.terms import InputProblem

Format = Literal["toml", "json"]
LIMIT = 5_000_000  # bytes


def read(path: str | FilePath) -> Dossier:
    """The dossier in a file; "-" is standard input. InputProblem with file and line for whatever cannot be read."""
    name = "<stdin>" if str(path) == "-" else str(path)
    return parse(load_bytes(path), name)


def parse(content: bytes, name: str) -> Dossier:
    """The dossier in the bytes of a file; the name tells the format (.json, .toml, else by the first character)."""
    text = _decode(content, name)
    return loads(text, format_of(name, text), name=name)


def format_of(name: str, text: str = "") -> Format:
    """The format of a file by its suffix, else by its first character."""
    suffix = FilePath(name).suffix.lower()
    if suffix in (".json", ".toml"):
        return "json" if suffix == ".json" else "toml"
    return "json" if text.lstrip().startswith("{") else "toml"


def load_bytes(path: str | FilePath) -> bytes:
    """The bytes of a file, at most LIMIT of them."""
    content = sys.stdin.buffer.read(LIMIT + 1) if str(path) == "-" else _open(FilePath(path))
    return within_limit(content, "<stdin>" if str(path) == "-" else str(path))


def within_limit(content: bytes, name: str) -> bytes:
    """These bytes, or InputProblem when they are more than a dossier may have."""
    if len(content) > LIMIT:
        _too_large(name)
    return content


def _open(path: FilePath) -> bytes:
    try:
        seen = path.stat()
        if not stat.S_ISREG(seen.st_mode) and not stat.S_ISDIR(seen.st_mode):
            raise ValueError("it is no ordinary file")  # a pipe would keep every reader waiting
        if seen.st_size > LIMIT:
            _too_large(str(path))
        with path.open("rb") as file:
            return file.read(LIMIT + 1)
    except (OSError, ValueError) as error:
        what, do = _why_not(error)
        raise InputProblem(what, expected="a dossier file", do=do, file=str(path)) from error


def _why_not(error: OSError | ValueError) -> tuple[str, str]:
    match error:
        case FileNotFoundError():
            return "there is no such file", "check the name, or make one with `matchday dossier new FILE`"
        case IsADirectoryError():
            return "this is a folder", "name the file in it"
        case PermissionError():
            return "this file may not be read", "give yourself the right to read it"
    return f"the file cannot be read ({error})", "check the name and the disk"


def _too_large(name: str) -> NoReturn:
    raise InputProblem(
        f"the file is larger than {LIMIT // 10**6} MB", expected="a dossier of some kilobytes",
        do="check that this is the right file", file=name, line=1,
    )  # fmt: skip


def _decode(content: bytes, name: str) -> str:
    """The text of a file: UTF-8, with or without a byte order mark, line ends made one kind."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        _not_text("the file is UTF-16", 1, name)
    if b"\0" in content:
        _not_text("this is no text file", content[: content.index(b"\0")].count(b"\n") + 1, name)
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        _not_text("the text is not UTF-8", content[: error.start].count(b"\n") + 1, name)


def _not_text(what: str, line: int, name: str) -> NoReturn:
    raise InputProblem(what, expected="text in UTF-8", do='save the file as "UTF-8"', file=name, line=line)


def loads(text: str, format: Format = "toml", *, name: str = "") -> Dossier:  # noqa: A002 -- the word people expect
    """The dossier in a text."""
    if format == "json":
        return from_tree(json_tree(text, name), file=name, lines=lambda: json_lines(text), in_json=True)
    return from_tree(toml_tree(text, name), file=name, lines=lambda: toml_lines(text))


def dumps(dossier: Dossier, format: Format = "toml") -> str:  # noqa: A002 -- the word people expect
    """The dossier as text; `loads` gives the same dossier back."""
    tree = to_tree(dossier)
    if format == "json":
        return json.dumps(tree, indent=2, ensure_ascii=False, default=lambda day: day.isoformat()) + "\n"
    from matchday.dossier.toml import dump_toml

    return dump_toml(tree)


def write(path: str | FilePath, dossier: Dossier, *, now: datetime, expected_digest: str | None = None) -> str:
    """Put the dossier into the file, whole or not at all, and give the file's new digest.

    `now` (UTC) names the version that is kept of the old state. With `expected_digest` (of the file as it was read, ""
    for none) a change made by somebody else meanwhile is a Conflict. The suffix decides between TOML and JSON.
    """
    content = dumps(dossier, format_of(str(path))).encode()
    return replace(path, content, now=now, expected_digest=expected_digest)
