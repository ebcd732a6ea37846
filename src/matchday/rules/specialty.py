"""The names of specialties as the season files write them, found from any other name or code."""

import difflib
import re
from collections.abc import Mapping
from functools import cache

from matchday.rules.strict import bad, only, read_tree, stated
from matchday.terms import InputProblem

NAME_KEYS = {"code", "also"}


@cache
def specialties() -> Mapping[str, str]:
    """Every name of every specialty, squeezed, to the name used in the season files."""
    tree = read_tree(stated("specialties.yaml"), "specialties.yaml", {"specialties"})
    names: dict[str, str] = {}
    for name, raw in tree["specialties"].items():
        only(raw, NAME_KEYS, "specialties.yaml", name)
        for known in (name, raw.get("code", name), *raw["also"]):
            if names.setdefault(_squeeze(known), name) != name:
                raise bad("specialties.yaml", f"{known!r} names two specialties", "one", "remove one")
    return names


def specialty(text: str) -> str | None:
    """The name of a specialty as the season files write it, from any of its names or its code; None if unknown."""
    return specialties().get(_squeeze(text))


def need_specialty(text: str) -> str:
    """As `specialty`; an unknown name is bad input, and the answer names the nearest known ones."""
    found = specialty(text)
    if found is None:
        near = difflib.get_close_matches(_squeeze(text), specialties(), n=3, cutoff=0.6)
        hint = ", ".join(dict.fromkeys(specialties()[key] for key in near))
        raise InputProblem(
            f"no specialty is called {text!r}",
            expected="a specialty such as Internal Medicine",
            do=f"did you mean {hint}?" if hint else "write the name as the application service does",
        )
    return found


def _squeeze(text: str) -> str:
    """Letters and digits only, small, "and" for "&": two spellings of one name become one."""
    return re.sub(r"[^a-z0-9]+", "", text.casefold().replace("&", "and"))
