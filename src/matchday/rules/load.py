"""From the YAML files beside this module to a checked set of parameters.

A file holds `body`, `read_on`, `citations` and `parameters`. Keys that are not known are refused, so that a slip of the
pen cannot silently drop a rule; values of one parameter may not overlap.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import yaml

from matchday.rules.model import UNKNOWN, Citation, Key, Parameter, Reading, Value
from matchday.terms import Confidence, InputProblem

# The C loader is five times quicker; some builds of PyYAML come without it.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

SEASONS = ("season", "Pathway season")
FILE_KEYS = {"body", "read_on", "citations", "parameters"}
PARAMETER_KEYS = {"title", "body", "unit", "decided_by", "plain", "values"}
VALUE_KEYS = {"value", "from", "to", "known_to", "confidence", "cite", "note", "unconfirmed", "disputed"}
CITATION_KEYS = {"title", "publisher", "dated", "read_on"}
DISPUTED_KEYS = {"value", "cite", "confidence"}
KEPT = 20_000  # readings


@dataclass(frozen=True, slots=True)
class Rules:
    """Every parameter by id, with a digest of the data it was read from."""

    parameters: Mapping[str, Parameter]
    digest: str
    _read: dict[tuple[str, Key], Reading] = field(default_factory=dict, compare=False, repr=False)

    def __getitem__(self, rule_id: str) -> Parameter:
        try:
            return self.parameters[rule_id]
        except KeyError:
            raise unknown_rule(rule_id, self.parameters) from None

    def at(self, rule_id: str, key: Key) -> Reading:
        """The parameter read for a day or season; the last readings are kept, for people ask about the same days."""
        found = self._read.get((rule_id, key))
        if found is None:
            if len(self._read) > KEPT:
                self._read.clear()
            found = self._read[rule_id, key] = self[rule_id].at(key)
        return found

    def overlay(self, text: str, file: str = "overlay") -> "Rules":
        """The same rules with some parameters replaced: a what-if, never a copy of the tree."""
        changed = dict(_read(text, file))
        digest = hashlib.sha256((self.digest + text).encode()).hexdigest()
        return Rules(MappingProxyType({**self.parameters, **changed}), digest)


@cache
def rules() -> Rules:
    """The rules shipped with the package, read once."""
    found: dict[str, Parameter] = {}
    digest = hashlib.sha256()
    data = resources.files("matchday.rules") / "data"
    for path in _yaml(data / "seasons"):
        digest.update(path.read_bytes())  # findings rest on the dates of the season too
    for path in _files(data):
        text = path.read_text("utf-8")
        digest.update(text.encode())
        _add(found, _read(text, path.name), path.name)
    return Rules(MappingProxyType(found), digest.hexdigest())


def _add(found: dict[str, Parameter], more: Iterable[tuple[str, Parameter]], file: str) -> None:
    for rule_id, parameter in more:
        if rule_id in found:
            raise _bad(file, f"rule {rule_id} is defined twice", "one definition for each id", "remove one")
        found[rule_id] = parameter


def _files(folder: Traversable) -> Iterable[Traversable]:
    """The parameter files: one folder for each body, one file for each topic. Seasons and claims have readers of their own."""
    for body in sorted(folder.iterdir(), key=lambda p: p.name):
        if body.is_dir() and body.name != "seasons":
            yield from _yaml(body)


def _yaml(folder: Traversable) -> list[Traversable]:
    return sorted((path for path in folder.iterdir() if path.name.endswith(".yaml")), key=lambda path: path.name)


def _read(text: str, file: str) -> Iterable[tuple[str, Parameter]]:
    try:
        tree = yaml.load(text, LOADER)  # noqa: S506 -- LOADER is a safe loader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise InputProblem(
            f"not YAML: {getattr(error, 'problem', error)}",
            expected="a YAML mapping",
            do="mend this line",
            file=file,
            line=mark.line + 1 if mark else None,
        ) from error
    _only(tree, FILE_KEYS, file, "file")
    read_on = tree["read_on"]
    citations = {key: _citation(key, raw, read_on, file) for key, raw in tree.get("citations", {}).items()}
    for rule_id, raw in tree["parameters"].items():
        yield rule_id, _parameter(rule_id, raw, tree["body"], citations, file)


def _citation(key: str, raw: Mapping[str, Any], read_on: date, file: str) -> Citation:
    _only(raw, CITATION_KEYS, file, f"citation {key}")
    return Citation(key, raw["title"], raw.get("publisher", ""), str(raw.get("dated", "")), raw.get("read_on", read_on))


def _parameter(
    rule_id: str, raw: Mapping[str, Any], body: str, citations: Mapping[str, Citation], file: str
) -> Parameter:
    _only(raw, PARAMETER_KEYS, file, rule_id)
    axis: Any = "season" if raw["decided_by"] in SEASONS else "date"
    values = tuple(_value(rule_id, entry, axis, citations, file) for entry in raw["values"])
    for earlier, later in pairwise(values):
        if earlier.end is None or later.start is None or not earlier.end < later.start:  # type: ignore[operator] # one axis
            raise _bad(
                file,
                f"values of {rule_id} overlap or are out of order",
                "each to end before the next begins",
                "mend from/to",
            )
    return Parameter(
        rule_id,
        raw["title"],
        raw.get("body", body),
        raw["decided_by"],
        axis,
        values,
        raw.get("unit", ""),
        raw.get("plain", ""),
    )


def _value(rule_id: str, raw: Mapping[str, Any], axis: str, citations: Mapping[str, Citation], file: str) -> Value:
    _only(raw, VALUE_KEYS, file, rule_id)
    kind: type = int if axis == "season" else date
    for end in ("from", "to", "known_to"):
        if raw.get(end) is not None and type(raw[end]) is not kind:
            raise _bad(
                file, f"{end} of {rule_id} is {raw[end]!r}", f"a {axis}", "write a season as 2027, a day as 2027-01-31"
            )
    cited = tuple(_cited(key, citations, rule_id, file) for key in _list(raw.get("cite", ())))
    known_to = raw.get("known_to")
    if known_to is None and raw.get("to") is None and cited:
        read_on = max(c.read_on for c in cited)
        known_to = _season_of(read_on) if axis == "season" else read_on
    return Value(
        value=UNKNOWN if raw["value"] == "unknown" else _frozen(raw["value"]),
        start=raw.get("from"),
        end=raw.get("to"),
        confidence=Confidence(raw.get("confidence", "not_found")),
        citations=cited,
        known_to=known_to,
        note=raw.get("note", ""),
        unconfirmed=tuple(raw.get("unconfirmed", ())),
        disputed=tuple(_disputed(entry, citations, rule_id, file) for entry in raw.get("disputed", ())),
    )


def _disputed(
    raw: Mapping[str, Any], citations: Mapping[str, Citation], rule_id: str, file: str
) -> tuple[Any, Citation, Confidence]:
    _only(raw, DISPUTED_KEYS, file, rule_id)
    return _frozen(raw["value"]), _cited(raw["cite"], citations, rule_id, file), Confidence(raw["confidence"])


def _cited(key: str, citations: Mapping[str, Citation], rule_id: str, file: str) -> Citation:
    if key not in citations:
        raise _bad(file, f"{rule_id} cites {key!r}", f"one of {', '.join(citations)}", "add it under citations")
    return citations[key]


def _list(raw: Any) -> Iterable[str]:
    return (raw,) if isinstance(raw, str) else raw


def _frozen(raw: Any) -> Any:
    if isinstance(raw, list):
        return tuple(_frozen(item) for item in raw)
    return MappingProxyType({k: _frozen(v) for k, v in raw.items()}) if isinstance(raw, dict) else raw


def _season_of(day: date) -> int:
    """The season under way on a day: applications of autumn 2026 belong to 2027."""
    return day.year + (day.month >= 6)


def _only(raw: Any, allowed: set[str], file: str, where: str) -> None:
    if not isinstance(raw, dict):
        raise _bad(file, f"{where} is {raw!r}", "a mapping", "write it as `key: value` lines")
    if extra := set(raw) - allowed:
        raise _bad(
            file, f"{where} has the unknown key {min(map(str, extra))!r}", ", ".join(sorted(allowed)), "mend the key"
        )


def _bad(file: str, what: str, expected: str, do: str) -> InputProblem:
    return InputProblem(what, expected=expected, do=do, file=file)


def unknown_rule(rule_id: str, known: Iterable[str]) -> InputProblem:
    """Bad input: no rule has this id; the answer names the nearest ids."""
    from difflib import get_close_matches

    ids = {known_id.upper(): known_id for known_id in known}
    near = [ids[key] for key in get_close_matches(rule_id.upper(), ids, n=3, cutoff=0.5)]
    hint = f"did you mean {', '.join(near)}?" if near else "`matchday rules list` shows all ids"
    return InputProblem(f"no rule is called {rule_id!r}", expected="the id of a rule", do=hint)
