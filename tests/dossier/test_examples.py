"""The made-up people: enough of them, and between them they show every field of the dossier."""

from typing import Any

from matchday.dossier.file import read
from matchday.dossier.model import Dossier
from matchday.dossier.shape import ListOf, Table, table_of
from matchday.dossier.tree import to_tree
from tests.strategies import EXAMPLES


def test_there_is_a_person_for_each_hard_case() -> None:
    assert {path.stem for path in EXAMPLES} >= {
        "amina",  # recent graduate who needs J-1
        "mateo",  # final-year student
        "rohan",  # graduate of ten years ago with a failed attempt
        "jordan",  # US citizen from a school abroad
        "claire",  # Canadian graduate of 2026
        "yuki",  # passed Step 2 CS in 2019
        "elena",  # reapplicant with an expired Pathway
        "farid",  # wants H-1B, has Step 3
        "ines",  # one half of a couple, rank list certified
        "nadia",  # closed school, unfinished attempts, two sittings
    }


def test_every_field_of_the_dossier_is_shown_by_some_example() -> None:
    shown = {place for path in EXAMPLES for place in _places(to_tree(read(path)))}
    assert _fields() - shown == set()


def test_every_example_says_who_is_made_up() -> None:
    for path in EXAMPLES:
        assert "a made-up person" in path.read_text(encoding="utf-8").split("\n", 1)[0]


def _places(tree: dict[str, Any]) -> set[str]:
    """`exam.score` for every key of every part, and the parts themselves."""
    found = set(tree)
    for key, value in tree.items():
        for part in value if isinstance(value, list) else [value]:
            found |= {f"{key}.{name}" for name in part} if isinstance(part, dict) else set()
    return found


def _fields() -> set[str]:
    fields = set()
    for key, shape in table_of(Dossier).keys.items():
        part = shape.item if isinstance(shape, ListOf) else shape
        fields |= {key} if not isinstance(part, Table) else {f"{key}.{name}" for name in part.keys}
    return fields
