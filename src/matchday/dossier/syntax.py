"""TOML and JSON text to plain values; whatever is no TOML or JSON is refused with its line and a hint for beginners."""

import json
import re
import tomllib
from typing import Any, NoReturn

from matchday.dossier.lines import json_twice
from matchday.terms import InputProblem

Tree = dict[str, Any]

# A key of thousands of parts would cost the TOML parser time by the square of their number.
_ENDLESS_KEY = re.compile(
    r"""(?:^|[{,])[ \t]*+\[{0,2}(?:[ \t]*+(?:[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')[ \t]*+\.){32}""", re.MULTILINE
)
_PLACE = re.compile(r"(.*?)(?: \(at (?:line (\d+), column \d+|end of document)\))?", re.DOTALL)
_LONG_NUMBER = re.compile(r"[0-9_]{4000}")
_DATE_LIKE = re.compile(r"\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b\d{4}/\d{1,2}/\d{1,2}\b")


def toml_tree(text: str, name: str) -> Tree:
    """The tree of a TOML text."""
    endless = _ENDLESS_KEY.search(text)
    if endless:
        _too_deep(name, text.count("\n", 0, endless.end()) + 1)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _toml_problem(error, text, name) from None
    except RecursionError:
        _too_deep(name, _deepest(text))
    except ValueError:
        _number_too_long(text, name)


def _toml_problem(error: tomllib.TOMLDecodeError, text: str, name: str) -> InputProblem:
    message, stated = _PLACE.fullmatch(str(error)).groups()  # type: ignore[union-attr]  # it matches every text
    line = int(stated or text.rstrip("\n").count("\n") + 1)
    what, expected, do = _toml_hint(message, text.split("\n")[line - 1])
    return InputProblem(what, expected=expected, do=do, file=name, line=line)


def _toml_hint(message: str, line: str) -> tuple[str, str, str]:
    """What, expected, do, for the slips that beginners make."""
    value = line.partition("=")[2].strip() if "=" in line else ""
    date = _DATE_LIKE.match(value)
    if date:
        return f"{date[0]} is no date", "a date that exists, as YYYY-MM-DD", "correct the date"
    if any(quote in line for quote in "“”„‘’") and not value.startswith(('"', "'")):
        return "these quotes are typographic", 'straight quotes: "text"', "type the quotes again in a plain text editor"
    if "Cannot overwrite" in message or "twice" in message or "already" in message or "Cannot declare" in message:
        return "this key or table stands twice", "each key once", "take one of the two out"
    if message.startswith("Invalid value") and value[:1].isalpha():
        return (
            f"the value {value[:30]!r} is not understood",
            "text in quotes, a number, a date, true or false",
            ("write true and false in small letters" if value.lower() in ("true", "false") else "put text in quotes"),
        )
    return f"this line is not TOML: {message}", 'lines such as `name = "Amina"`', "correct the line"


def json_tree(text: str, name: str) -> object:
    """The value of a JSON text, each object naming each key once."""
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise InputProblem(
            f"this is not JSON: {error.msg}", expected="JSON", do="correct the line", file=name, line=error.lineno
        ) from None
    except _Twice:
        key, line = json_twice(text) or ("", 1)
        raise InputProblem(
            f"the key {key!r} stands twice",
            expected="each key once",
            do="take one of the two out",
            file=name,
            line=line,
        ) from None
    except RecursionError:
        _too_deep(name, _deepest(text))
    except ValueError:
        _number_too_long(text, name)


class _Twice(Exception):
    """An object of the JSON text names a key twice."""


def _once(pairs: list[tuple[str, Any]]) -> Tree:
    tree = dict(pairs)
    if len(tree) < len(pairs):
        raise _Twice
    return tree


def _no_constant(word: str) -> float:
    return float(word.replace("Infinity", "inf"))


def _deepest(text: str) -> int:
    """The line where the longest run of opening brackets ends."""
    runs = re.finditer(r"[\[{](?:[\s\[{]|\"[^\"\n]*\":)*", text)
    longest = max(runs, key=lambda run: len(run[0]))
    return text.count("\n", 0, longest.start() + len(longest[0].rstrip())) + 1


def _too_deep(name: str, line: int) -> NoReturn:
    raise InputProblem(
        "the tables are nested too deeply", expected="the few levels of a dossier", do="correct the line",
        file=name, line=line,
    )  # fmt: skip


def _number_too_long(text: str, name: str) -> NoReturn:
    found = _LONG_NUMBER.search(text)
    raise InputProblem(
        "a number has thousands of digits", expected="a number of a few digits", do="correct the number", file=name,
        line=text.count("\n", 0, found.start()) + 1 if found else 1,
    )  # fmt: skip
