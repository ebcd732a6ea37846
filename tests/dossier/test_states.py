"""US states by code, and what was probably meant by what is no code."""

import pytest

from matchday.directory.tables import states
from matchday.dossier.states import STATES, nearest_state


def test_the_table_has_every_state_of_the_directory_and_the_island_territories() -> None:
    assert {code: state.name for code, state in states().items()} | {
        "GU": "Guam",
        "VI": "US Virgin Islands",
        "AS": "American Samoa",
        "MP": "Northern Mariana Islands",
    } == STATES


@pytest.mark.parametrize(
    ("written", "meant"), [("ny", "NY"), (" TX ", "TX"), ("Pensylvania", "PA"), ("puerto rico", "PR"), ("ZZ", None)]
)
def test_the_state_that_was_meant(written: str, meant: str | None) -> None:
    assert nearest_state(written) == meant
