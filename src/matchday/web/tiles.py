"""The states as a map of tiles, one square each, darker where more programs are; a table says the same."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from matchday.directory.tables import states

SIDE = 44  # units of one tile with its gap
SHADES = 4


@dataclass(frozen=True, slots=True)
class Tile:
    """One state: its letters, name, count, place in user units, shade from 0 (none) to 4 (most), and where it leads."""

    code: str
    name: str
    count: int
    x: int
    y: int
    shade: int
    href: str


def tiles(counts: Mapping[str, int], href: Callable[[str], str]) -> list[Tile]:
    """Every state in its place; the shades are quarters of the greatest count."""
    most = max(counts.values(), default=0) or 1
    return [
        Tile(
            code=state.code,
            name=state.name,
            count=(count := counts.get(state.code, 0)),
            x=state.tile[1] * SIDE,
            y=state.tile[0] * SIDE,
            shade=-(-SHADES * count // most),
            href=href(state.code),
        )
        for state in states().values()
    ]


def size() -> tuple[int, int]:
    """Width and height of the whole map in user units."""
    rows, columns = zip(*(state.tile for state in states().values()), strict=True)
    return (max(columns) + 1) * SIDE, (max(rows) + 1) * SIDE
