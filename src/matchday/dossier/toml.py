"""A dossier's tree as TOML laid out for people: one `[table]` or `[[table]]` for each part, in the model's order."""

from collections.abc import Iterator
from typing import Any

import tomli_w


def dump_toml(tree: dict[str, Any]) -> str:
    """TOML text of a tree whose tables are at most two levels deep."""
    plain = {key: value for key, value in tree.items() if not _is_table(value) and not _is_tables(value)}
    parts = [_lines(plain)]
    for key, value in tree.items():
        if _is_tables(value):
            parts += [part for table in value for part in _table(f"[[{key}]]", key, table)]
        elif _is_table(value):
            parts += _table(f"[{key}]", key, value)
    return "\n".join(parts)


def _table(header: str, name: str, table: dict[str, Any]) -> Iterator[str]:
    yield f"{header}\n{_lines({key: value for key, value in table.items() if not _is_table(value)})}"
    for key, value in table.items():
        if _is_table(value):
            yield from _table(f"[{name}.{key}]", f"{name}.{key}", value)


def _lines(table: dict[str, Any]) -> str:
    # Text over several lines is easier to read, but that form would lose a carriage return.
    several = r"\r" not in repr(table)
    return tomli_w.dumps(table, multiline_strings=several)


def _is_table(value: object) -> bool:
    return isinstance(value, dict)


def _is_tables(value: object) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(_is_table(item) for item in value)
