"""A dossier as long as pages must bear: words of 60 letters without a break, and every list far longer than any life."""

import datetime as dt
from itertools import count
from typing import Any

from matchday.dossier.file import dumps
from matchday.dossier.kinds import Kind, Refused
from matchday.dossier.model import Dossier
from matchday.dossier.shape import ListOf, Named, Row, Shape, Single, Table, shape_of

MANY = {"application": 200, "interview": 40}
FEW = 6  # entries of every other list
WORD = "Krankenhausverwaltungsangelegenheitenzustaendigkeitsberei"  # with a number of three digits 60 letters
# For every kind of value one that it takes, texts first.
VALUES: tuple[Any, ...] = (dt.date(2026, 9, 30), dt.datetime(2026, 12, 3, 14, 30, tzinfo=dt.UTC), "GB", "NY", "America/Argentina/ComodRivadavia",
                           "NGN", True, (300, 310, 320), 2027, 299, 40, 5, 1)  # fmt: skip
_numbers = count(100)


def _taken(kind: Kind) -> Any:
    """The longest value of a kind; of choices the last."""
    for value in (*kind.schema.get("enum", ())[::-1], f"{WORD}{next(_numbers)}", *VALUES):
        try:
            return kind.accept(value, False)
        except Refused:
            continue
    raise AssertionError(kind)


def _filled(shape: Shape, name: str = "") -> Any:
    match shape:
        case Single(kinds):
            return _taken(kinds[0])
        case ListOf(item):
            return tuple(_filled(item) for _ in range(MANY.get(name, FEW)))
        case Row(places):
            return tuple(map(_filled, places))
        case Named(key, item):
            return {_filled(key): _filled(item) for _ in range(FEW)}
        case Table(part, keys):
            return part(**{"from_" if key == "from" else key: _filled(inner, key) for key, inner in keys.items()})
    raise AssertionError(shape)


OVERLONG = dumps(_filled(shape_of(Dossier)), "toml").encode()
