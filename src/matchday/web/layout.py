"""A changed dossier as TOML in the layout of its owner: comments, order and spacing of all that did not change stay."""

import tomllib
from difflib import SequenceMatcher
from typing import Any

from tomlkit import dumps, parse
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Table
from tomlkit.toml_document import TOMLDocument

Tables = TOMLDocument | Table


def laid_into(text: str, fresh: str) -> str:
    """What `fresh` says, in the layout of `text`, where that is possible; else `fresh` as it is. Both are TOML."""
    wanted = tomllib.loads(fresh)
    try:
        owned = parse(text)
        _into(owned, parse(fresh))
        laid = dumps(owned)
        return laid if tomllib.loads(laid) == wanted else fresh
    except (TOMLKitError, tomllib.TOMLDecodeError, ValueError, KeyError, IndexError):
        return fresh  # a layout that cannot be followed: what the file says comes first


def _into(owned: Tables, fresh: Tables) -> None:
    for key in [key for key in owned if key not in fresh]:
        del owned[key]
    for key, value in fresh.items():
        present = owned.get(key)
        if present is None:
            owned.add(key, value)
        elif _plain(present) == _plain(value):
            continue
        elif isinstance(present, AoT) and isinstance(value, AoT):
            _rows(present, value)
        elif isinstance(present, Table) and isinstance(value, Table):
            _into(present, value)
        elif isinstance(present, AoT | Table) or isinstance(value, AoT | Table):
            del owned[key]
            owned.add(key, value)
        else:
            owned[key] = value


def _rows(owned: AoT, fresh: AoT) -> None:
    """Follow the new rows; a row that is changed keeps what is written beside it."""
    olds, news = ([repr(sorted(_plain(row).items())) for row in rows] for rows in (owned, fresh))
    for what, old, old_end, new, new_end in reversed(SequenceMatcher(None, olds, news, autojunk=False).get_opcodes()):
        if what == "equal":
            continue
        paired = min(old_end - old, new_end - new)
        for at in reversed(range(old + paired, old_end)):
            del owned[at]
        for step in range(paired, new_end - new):
            owned.insert(old + step, fresh[new + step])
        for step in range(paired):
            _into(owned[old + step], fresh[new + step])


def _plain(value: Any) -> Any:
    return value.unwrap() if hasattr(value, "unwrap") else value
