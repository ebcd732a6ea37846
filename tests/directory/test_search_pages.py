"""What the pages ask of the search: a page of it, counts by state, lines by what programs are called outside."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from matchday.directory.model import Reading, Record, SourceKind
from matchday.directory.portrait import portrait
from matchday.directory.search import Query, count_by_state, handle, lines_of, search
from matchday.directory.store import Store
from tests.directory.small import READ_ON, small_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with small_store(tmp_path) as opened:
        yield opened


def test_pages_of_a_search_follow_one_another_without_gap_or_repeat(store: Store) -> None:
    whole = [line["id"] for line in search(store.db, Query(limit=None)).lines]
    for judge, judged in ((None, ()), (lambda row: "not stated", ("id",))):
        pages = [search(store.db, Query(limit=3, offset=at), judge, judged).lines for at in (0, 3, 6)]
        assert [line["id"] for page in pages for line in page] == whole


def test_always_filled_means_every_place_told_and_taken_in_three_seasons(store: Store) -> None:
    found = search(store.db, Query(full=True))
    assert {line["nrmp_code"] for line in found.lines} == {"1002320C0", "1004140C0", "1004140P0"}


def test_states_are_counted_over_all_that_fits(store: Store) -> None:
    assert count_by_state(store.db, Query()) == {"FL": 3, "TX": 2, "NY": 3}
    assert count_by_state(store.db, Query(near=(25.8, -80.2), within=50)) == {"FL": 1}
    takes = count_by_state(
        store.db, Query(fits=("takes you",)), lambda row: "takes you" if row[0] == "C" else "no", ["track"]
    )
    assert takes == {"FL": 3, "TX": 1, "NY": 1}


def test_lines_are_found_by_what_programs_are_called_outside(store: Store) -> None:
    """The code of a track, the code of a program (its first line); what is not known is absent."""
    found = lines_of(store.db, ["1004140P0", "4803500007", "1404800004", "nowhere"])
    assert {name: handle(line) for name, line in found.items()} == {
        "1004140P0": "1004140P0", "4803500007": "4803500007", "1404800004": "1004140C0",
    }  # fmt: skip


def test_a_program_without_codes_is_called_by_its_name(store: Store) -> None:
    named = Record(fields={"name": "Lantern Clinic", "city": "Albany", "state": "NY", "specialty": "140"}, rows=(2,))
    store.add(Reading(kind=SourceKind.SPREADSHEET, read=1, records=(named,)), title="own.csv", read_on=READ_ON)
    line = lines_of(store.db, ["Lantern Clinic"])["Lantern Clinic"]
    assert handle(line) == "Lantern Clinic"
    found = portrait(store, "Lantern Clinic")
    assert found is not None
    assert (found["name"], found["nrmp_code"]) == ("Lantern Clinic", None)
