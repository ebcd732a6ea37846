"""The store keeps every claim, shows the most trusted, and can always be made again from what was imported."""

import datetime as dt
from pathlib import Path

import pytest

from matchday.directory.model import Reading, Record, SourceKind, Year
from matchday.directory.store import Store
from matchday.terms import InputProblem

DAY = dt.date(2026, 11, 22)
TRACK = Record(nrmp_code="1102140C0", fields={"name": "Int Med/East", "city": "Orlando"}, rows=(2,))
PROGRAM = Record(
    acgme_code="1401100001", nrmp_code="1102140C0", fields={"city": "ORLANDO", "state": "FL"}, rows=(2,)
)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "directory.sqlite")


def reading(kind: SourceKind, *records: Record) -> Reading:
    return Reading(kind=kind, read=sum(len(r.rows) for r in records), records=records)


def test_a_track_joins_the_program_that_another_source_names(store: Store) -> None:
    first = store.add(reading(SourceKind.NRMP_RESULTS, TRACK), title="results", read_on=DAY)
    second = store.add(reading(SourceKind.NRMP_DIRECTORY, PROGRAM), title="directory", read_on=DAY)
    found = store.program("1401100001")
    assert (first.merged, second.merged) == (0, 1)
    assert found is not None
    assert found == store.program("1102140C0")
    assert [(c.field, c.value, c.source) for c in found.claims] == [
        ("city", "ORLANDO", "directory"),
        ("city", "Orlando", "results"),
        ("name", "Int Med/East", "results"),
        ("state", "FL", "directory"),
    ]


def test_the_order_of_imports_does_not_change_what_is_shown(tmp_path: Path) -> None:
    seen = []
    pairs = [(SourceKind.NRMP_RESULTS, TRACK), (SourceKind.NRMP_DIRECTORY, PROGRAM)]
    for turn, order in enumerate((pairs, pairs[::-1])):
        with Store(tmp_path / f"{turn}.sqlite") as store:
            for kind, record in order:
                store.add(reading(kind, record), title=kind.value, read_on=DAY)
            program = store.program("1102140C0")
            assert program is not None
            seen.append((program.claims, program.tracks))
    assert seen[0] == seen[1]


def test_of_one_kind_the_newer_edition_is_shown_and_the_older_stays(store: Store) -> None:
    for year, quota in ((2026, 8), (2024, 6)):
        record = Record(nrmp_code="1102140C0", history=(Year(year, quota, 6), Year(2023, quota)), rows=(2,))
        store.add(reading(SourceKind.NRMP_RESULTS, record), title=f"edition {year}", read_on=DAY)
    assert store.history("1102140C0") == (Year(2026, 8, 6), Year(2024, 6, 6), Year(2023, 8, None))


def test_a_season_with_quota_0_is_kept_but_is_not_history(store: Store) -> None:
    record = Record(nrmp_code="1102140C0", history=(Year(2026, 0, 0), Year(2025, 8, 8)), rows=(2,))
    store.add(reading(SourceKind.NRMP_RESULTS, record), title="results", read_on=DAY)
    assert store.history("1102140C0") == (Year(2025, 8, 8),)
    assert store.db.execute("SELECT season, quota FROM listing").fetchall() == [(2026, 0)]


def test_the_first_real_import_puts_the_made_up_directory_away(store: Store) -> None:
    store.fill_made_up([Record(nrmp_code="9999140C0", fields={"name": "Made up"})], DAY)
    assert store.made_up
    store.add(reading(SourceKind.NRMP_RESULTS, TRACK), title="results", read_on=DAY)
    assert not store.made_up
    assert store.program("9999140C0") is None


def test_keep_made_up_keeps_it_and_its_mark(store: Store) -> None:
    store.fill_made_up([Record(nrmp_code="9999140C0", fields={"name": "Made up"})], DAY)
    store.add(reading(SourceKind.NRMP_RESULTS, TRACK), title="results", read_on=DAY, keep_made_up=True)
    marks = dict(store.db.execute("SELECT nrmp_code, made_up FROM listing"))
    assert marks == {"9999140C0": 1, "1102140C0": 0}


def test_an_import_can_be_forgotten_and_a_dry_run_leaves_nothing(store: Store) -> None:
    store.add(reading(SourceKind.NRMP_RESULTS, TRACK), title="results", read_on=DAY)
    before = list(store.db.iterdump())
    result = store.add(reading(SourceKind.NRMP_DIRECTORY, PROGRAM), title="directory", read_on=DAY, dry_run=True)
    assert result.merged == 1
    assert [source.title for source in store.sources()] == ["results"]
    store.add(reading(SourceKind.NRMP_DIRECTORY, PROGRAM), title="directory", read_on=DAY)
    store.forget(store.sources()[-1].id)
    assert list(store.db.iterdump()) == before
    with pytest.raises(InputProblem, match="there is no source 99"):
        store.forget(99)


def test_the_same_file_again_replaces_itself(store: Store) -> None:
    for _ in range(2):
        result = store.add(reading(SourceKind.NRMP_RESULTS, TRACK), title="results", read_on=DAY)
    assert result.merged == 1
    assert len(store.sources()) == 1


def test_two_acgme_codes_for_one_track_are_listed_for_a_person(store: Store) -> None:
    other = Record(acgme_code="1401100002", nrmp_code="1102140C0", rows=(3,))
    store.add(reading(SourceKind.NRMP_DIRECTORY, PROGRAM, other), title="directory", read_on=DAY)
    assert store.db.execute("SELECT a, b FROM doubts").fetchall() == [("acgme:1401100001", "acgme:1401100002")]


def test_what_fails_half_way_leaves_the_directory_as_it_was(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.add(reading(SourceKind.NRMP_RESULTS, TRACK), title="results", read_on=DAY)
    before = list(store.db.iterdump())
    monkeypatch.setattr(Store, "_derive", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        store.add(reading(SourceKind.NRMP_DIRECTORY, PROGRAM), title="directory", read_on=DAY)
    assert list(store.db.iterdump()) == before


def test_a_file_that_is_no_directory_is_a_clear_problem(tmp_path: Path) -> None:
    path = tmp_path / "directory.sqlite"
    path.write_text("this is not SQLite, it only has its name " * 40)
    with pytest.raises(InputProblem, match="the directory cannot be opened"):
        Store(path)


def test_a_store_of_another_version_is_made_again_from_its_imports(tmp_path: Path) -> None:
    path = tmp_path / "directory.sqlite"
    with Store(path) as store:
        store.add(reading(SourceKind.NRMP_RESULTS, TRACK), title="results", read_on=DAY)
        store.db.execute("DROP TABLE listing")
        store.db.execute("CREATE TABLE listing (an_older_shape TEXT)")
        store.db.execute("PRAGMA user_version = 1")
    with Store(path) as store:
        assert store.db.execute("SELECT nrmp_code, city FROM listing").fetchall() == [("1102140C0", "Orlando")]
