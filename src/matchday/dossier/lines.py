"""On which line of a file a value stands. Used only when there is something to report, so reading stays quick.

Both scanners take text that the real parser has accepted and give `{path: line}`, a path being the keys and
list positions from the top: `("exam", 1, "score")`. Lines count from 1.
"""

import json
import re
import tomllib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import NamedTuple

Path = tuple[str | int, ...]
Lines = dict[Path, int]

_JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_TOML_TOKEN = re.compile(
    r'"""(?:[^\\]|\\.)*?"""(?:"{0,2})'
    r"|'''.*?'''(?:'{0,2})"
    r'|"(?:[^"\\\n]|\\.)*+"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|\n|[\[\]{},=.]|[^\s\[\]{},=.#\"']+",
    re.DOTALL,
)


class Token(NamedTuple):
    """One word of a file and its line."""

    text: str
    line: int


def _tokens(pattern: re.Pattern[str], text: str) -> Iterator[Token]:
    line, seen = 1, 0
    for match in pattern.finditer(text):
        line += text.count("\n", seen, match.start())
        seen = match.start()
        if not match[0].startswith("#"):
            yield Token(match[0], line)


def toml_lines(text: str) -> Lines:
    """The line of every key, table and list item of a TOML text."""
    scanner = _Toml(_tokens(_TOML_TOKEN, text))
    scanner.document()
    return scanner.lines


def json_lines(text: str) -> Lines:
    """The line of every key and list item of a JSON text."""
    scanner = _Json(_tokens(_JSON_TOKEN, text))
    scanner.value(())
    return scanner.lines


def json_twice(text: str) -> tuple[str, int] | None:
    """The first key that an object of a JSON text names a second time, and that line; None when there is none."""
    scanner = _Json(_tokens(_JSON_TOKEN, text))
    with suppress(EOFError, RecursionError):  # the text may be broken further down, or too deep
        scanner.value(())
    return scanner.twice


def nearest(lines: Lines, path: Path) -> int:
    """The line of a path, or of the nearest part above it that stands in the file; 1 for the file as a whole."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


class _Scanner(ABC):
    """What both languages share: tokens with a look ahead of one, tables, lists, and the lines found."""

    def __init__(self, tokens: Iterator[Token]) -> None:
        self.tokens, self.lines = tokens, Lines()
        self.ahead: Token | None = next(tokens, None)

    def take(self) -> Token:
        """The token ahead; the next one comes ahead. EOFError at the end of the text."""
        token, self.ahead = self.ahead, next(self.tokens, None)
        if token is None:
            raise EOFError
        return token

    def at(self, *texts: str) -> bool:
        """Whether the token ahead is one of these."""
        return self.ahead is not None and self.ahead.text in texts

    def line(self) -> int:
        """The line of the token ahead."""
        return self.ahead.line if self.ahead else 1

    def skip(self, *texts: str) -> None:
        """Pass over these tokens."""
        while self.at(*texts):
            self.take()

    @abstractmethod
    def key(self) -> Path:
        """Read a key; a dotted one has several parts."""

    def pair(self, table: Path) -> None:
        """Read a key below its table, and its value."""
        line, key = self.line(), self.key()
        self.take()
        for depth in range(1, len(key) + 1):
            self.lines.setdefault(table + key[:depth], line)
        self.value(table + key)

    def value(self, path: Path) -> None:
        """Read a value and note the lines of everything in it."""
        self.lines.setdefault(path, self.line())
        if self.at("{"):
            self.inside("}", lambda position: self.pair(path))
        elif self.at("["):
            self.inside("]", lambda position: self.value((*path, position)))
        else:
            while self.ahead and not self.at(",", "]", "}", "\n"):
                self.take()

    def inside(self, end: str, read: Callable[[int], None]) -> None:
        """Read what stands between brackets, separated by commas."""
        self.take()
        self.skip("\n")
        position = 0
        while not self.at(end):
            read(position)
            self.skip(",", "\n")
            position += 1
        self.take()


class _Json(_Scanner):
    """JSON; the first key that stands twice in one object is kept in `twice`."""

    twice: tuple[str, int] | None = None

    def key(self) -> Path:
        return (json.loads(self.take().text),)

    def pair(self, table: Path) -> None:
        ahead = self.ahead
        if ahead and not self.twice and (*table, json.loads(ahead.text)) in self.lines:
            self.twice = (json.loads(ahead.text), ahead.line)
        super().pair(table)


class _Toml(_Scanner):
    """TOML: tables, arrays of tables, dotted and quoted keys, values over several lines."""

    def __init__(self, tokens: Iterator[Token]) -> None:
        super().__init__(tokens)
        self.counts: dict[Path, int] = {}

    def document(self) -> None:
        """Read the whole file: headers, and the pairs below them."""
        table: Path = ()
        while self.ahead:
            if self.at("\n"):
                self.take()
            elif self.at("["):
                table = self.header()
            else:
                self.pair(table)

    def header(self) -> Path:
        """Read `[table]` or `[[array of tables]]` and give the path of the pairs that follow."""
        line = self.line()
        self.take()
        several = self.at("[")
        self.skip("[")
        *above, last = self.key()
        self.skip("]")
        path: Path = ()
        for part in above:
            path = (*path, part)
            path = (*path, self.counts[path] - 1) if path in self.counts else path
        path = (*path, last)
        self.lines.setdefault(path, line)
        if several:
            self.counts[path] = self.counts.get(path, 0) + 1
            path = (*path, self.counts[path] - 1)
            self.lines[path] = line
        return path

    def key(self) -> Path:
        parts = [self._part()]
        while self.at("."):
            self.take()
            parts.append(self._part())
        return tuple(parts)

    def _part(self) -> str:
        text = self.take().text
        return str(tomllib.loads(f"key = {text}")["key"]) if text[0] in "\"'" else text
