"""Search: words with typos, every field, and silence never taken for a yes."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchday.directory.search import SORTS, Query, as_json, distance, find_place, search
from matchday.directory.words import LONGEST, understand
from matchday.terms import InputProblem
from tests.directory.small import small_store


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    with small_store(tmp_path_factory.mktemp("small")) as store:
        yield store.db


def codes(db: sqlite3.Connection, **asked: object) -> list[str]:
    found = search(db, Query(**asked))  # type: ignore[arg-type] # a Query's own fields
    assert found.count == len(found.lines)
    return [line["nrmp_code"] or line["acgme_code"] for line in found.lines]


def test_no_question_lists_everything_by_institution(db: sqlite3.Connection) -> None:
    assert codes(db) == [
        "1001320C0", "1002320C0", "1004140C0", "1004140P0", "1005040R0", "4803500007", "1003320C0", "1006220C0",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pediatrics florida", ["1001320C0", "1002320C0", "1003320C0"]),
        ("peds FL", ["1001320C0", "1002320C0", "1003320C0"]),
        ("PAEDIATRICS in Florida", ["1001320C0", "1002320C0", "1003320C0"]),
        ("PEDIATRICS IN FLORIDA", ["1001320C0", "1002320C0", "1003320C0"]),
        ("pediatrics IN", []),
        ("internal medicine", ["1004140C0", "1004140P0"]),
        ("alpha university", ["1001320C0"]),
        ("delta university", ["1004140C0", "1004140P0"]),
        ("beta hospital", ["1002320C0"]),
        ("gamma medical center", ["1003320C0"]),
        ("miami", ["1001320C0"]),
        ("1001320C0", ["1001320C0"]),
        ("1404800004", ["1004140C0", "1004140P0"]),
        ("0403500005", ["1005040R0"]),
        ("140480", ["1004140C0", "1004140P0"]),
        ("urology", ["4803500007"]),
        ("nowhere", []),
    ],
)
def test_words_find_programs_by_every_usual_spelling(db: sqlite3.Connection, text: str, expected: list[str]) -> None:
    assert sorted(codes(db, text=text)) == sorted(expected)


@pytest.mark.parametrize(
    ("typo", "meant"), [("pediatrcs", "pediatrics"), ("orlndo", "orlando"), ("anesthesiolgy", "anesthesiology")]
)
def test_a_typo_is_mended_and_said(db: sqlite3.Connection, typo: str, meant: str) -> None:
    found = search(db, Query(text=typo))
    assert found.count == search(db, Query(text=meant)).count > 0
    assert found.read_as == (f'"{meant}" for "{typo}"',)


def test_a_word_that_no_program_has_is_said(db: sqlite3.Connection) -> None:
    assert search(db, Query(text="xyzzyq")).read_as == ('"xyzzyq", which no program has',)


def test_a_sentence_is_understood(db: sqlite3.Connection) -> None:
    found = search(db, Query(text="pediatrics in Florida that sponsor J-1 and take me"))
    assert [line["nrmp_code"] for line in found.lines] == ["1001320C0"]
    assert found.read_as == ("visa J-1",)


@pytest.mark.parametrize(
    ("text", "same_as", "read_as"),
    [
        ("peds J1 no H1B", "peds J1", ("visa J-1", 'without "no H1B": a search asks only for what is sponsored')),
        (
            "peds that do not sponsor J-1",
            "peds",
            ('without "not sponsor J-1": a search asks only for what is sponsored',),
        ),
        ("ERAS pediatrics", "pediatrics alpha", ("service ERAS",)),
        ("gamma in florida state", "gamma florida", ()),
        ("pedi\u200batrics", "pediatrics", ()),
        ("403500005", "0403500005", ()),
        ("1404800004.0", "1404800004", ()),
        ("?!", "", ('everything: no word to look for in "?!"',)),
        ("do not sponsor", "", ('everything: no word to look for in "do not sponsor"',)),
        ("bot", "xyzzyq", ('"bot", which no program has',)),  # a short word has too many neighbours to be mended
        ("b" * 10_000, "xyzzyq", (f'"{"b" * 40}...", which no program has',)),
    ],
)
def test_a_question_is_read_as_it_is_meant_or_what_is_left_out_is_said(
    db: sqlite3.Connection, text: str, same_as: str, read_as: tuple[str, ...]
) -> None:
    found = search(db, Query(text=text))
    assert sorted(line["id"] for line in found.lines) == sorted(
        line["id"] for line in search(db, Query(text=same_as)).lines
    )
    assert found.read_as == read_as


def test_programs_that_do_not_state_the_visa_can_be_listed_too(db: sqlite3.Connection) -> None:
    found = search(db, Query(specialties=("320",), visas=("J-1",), visas_or_silent=True))
    assert ([line["nrmp_code"] for line in found.lines], found.visa_not_stated) == (["1001320C0", "1003320C0"], 0)


def test_programs_that_do_not_state_the_visa_are_counted_but_not_listed(db: sqlite3.Connection) -> None:
    found = search(db, Query(specialties=("320",), visas=("J-1",)))
    assert ([line["nrmp_code"] for line in found.lines], found.visa_not_stated) == (["1001320C0"], 1)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"specialties": ("140", "040")}, ["1004140C0", "1004140P0", "1005040R0"]),
        ({"states": ("TX",)}, ["1004140C0", "1004140P0"]),
        ({"tracks": ("R",)}, ["1005040R0"]),
        ({"services": ("eras",)}, ["1001320C0", "1004140C0", "1006220C0"]),
        ({"visas": ("J-1", "H-1B")}, ["1001320C0"]),
        ({"settings": ("University",)}, ["1001320C0"]),
        ({"quota_min": 12}, ["1002320C0", "1004140C0"]),
        ({"quota_max": 4}, ["1004140P0"]),
        ({"quota_min": 10, "quota_max": 12}, ["1001320C0", "1002320C0"]),
        ({"img_share_min": 30.0}, ["1001320C0"]),
        ({"img_share_min": 50.0}, []),
        ({"floor_max": 230}, ["1001320C0"]),
        ({"floor_max": 210}, []),
        ({"years_min": 5}, ["1001320C0"]),
        ({"years_min": 6}, []),
        ({"attempts_min": 1}, ["1001320C0"]),
        ({"unfilled": True}, ["1001320C0"]),
    ],
)
def test_each_field_narrows(db: sqlite3.Connection, asked: dict[str, object], expected: list[str]) -> None:
    assert codes(db, **asked) == expected


@pytest.mark.parametrize(
    ("sort", "first"),
    [("quota", "1004140C0"), ("-quota", "1004140P0"), ("unfilled", "1001320C0"), ("state", "1001320C0"),
     ("-state", "1004140C0"), ("img-share", "1001320C0"), ("floor", "1001320C0"), ("years", "1001320C0")],
)  # fmt: skip
def test_any_field_sorts_and_what_is_not_known_comes_last(db: sqlite3.Connection, sort: str, first: str) -> None:
    assert codes(db, sort=sort)[0] == first


@pytest.mark.parametrize("sort", SORTS)
def test_every_order_lists_every_line_once(db: sqlite3.Connection, sort: str) -> None:
    assert len(set(codes(db, sort=sort, near=(25.0, -80.0)))) == 8


def test_distance_counts_miles_and_says_how_many_places_are_unknown(db: sqlite3.Connection) -> None:
    found = search(db, Query(near=(25.78, -80.2), within=50))
    assert [(line["nrmp_code"], line["miles"]) for line in found.lines] == [("1001320C0", 0.0)]
    assert found.place_unknown == 6
    near = search(db, Query(near=(25.78, -80.2), within=500, sort="distance"))
    assert [line["miles"] for line in near.lines] == [0.0, 201.9]


def test_a_program_without_a_place_gets_that_of_its_city(tmp_path: Path) -> None:
    from matchday.directory.model import Reading, Record, SourceKind
    from tests.directory.small import READ_ON

    with small_store(tmp_path) as store:
        other = Record(
            nrmp_code="1009120C0", fields={"name": "Family Medicine", "city": "MIAMI", "state": "FL"}, rows=(2,)
        )
        store.add(Reading(kind=SourceKind.NRMP_DIRECTORY, read=1, records=(other,)), title="more", read_on=READ_ON)
        found = search(store.db, Query(near=(25.78, -80.2), within=5))
    assert sorted(line["nrmp_code"] for line in found.lines) == ["1001320C0", "1009120C0"]


def test_a_degree_of_the_meridian_is_69_miles() -> None:
    assert distance((40.0, -75.0), (41.0, -75.0)) == pytest.approx(69.1, abs=0.1)


@pytest.mark.parametrize(
    ("text", "place"),
    [("25.8, -80.2", (25.8, -80.2)), ("miami, FL", (25.78, -80.2)), ("Orlando, Florida", (28.5, -81.4))],
)
def test_a_place_is_a_city_with_programs_or_two_numbers(
    db: sqlite3.Connection, text: str, place: tuple[float, float]
) -> None:
    assert find_place(db, text) == pytest.approx(place)


def test_a_state_stands_for_its_middle(db: sqlite3.Connection) -> None:
    assert find_place(db, "Florida") == find_place(db, "FL")


@pytest.mark.parametrize("text", ["Atlantis", "Paris, FR", "Tampa, FL", "91, 0", ""])
def test_an_unknown_place_is_a_clear_problem(db: sqlite3.Connection, text: str) -> None:
    with pytest.raises(InputProblem, match="is not known"):
        find_place(db, text)


def test_limit_cuts_the_list_and_not_the_count(db: sqlite3.Connection) -> None:
    found = search(db, Query(limit=2))
    assert (found.count, len(found.lines)) == (8, 2)
    assert search(db, Query(limit=0)).count == 8
    assert len(search(db, Query(limit=None)).lines) == 8


def test_long_texts_are_cut_and_say_so(db: sqlite3.Connection) -> None:
    assert understand(db, "miami " * 40).read_as == (f"the first {LONGEST} words",)


@given(text=st.text(max_size=80))
def test_whatever_is_typed_never_is_an_error(db: sqlite3.Connection, text: str) -> None:
    found = search(db, Query(text=text))
    assert 0 <= found.count <= 8


@pytest.mark.parametrize(
    "text", ['"', "'; DROP TABLE listing; --", "a AND", "NEAR(a b)", "name:x", "* OR *", "(", "-x", "^y", "a\x00b", "{"]
)
def test_operators_of_the_search_language_are_only_words(db: sqlite3.Connection, text: str) -> None:
    assert search(db, Query(text=text)).count <= 8
    assert search(db, Query()).count == 8


def test_a_line_has_the_shape_of_the_interface(db: sqlite3.Connection) -> None:
    (line,) = search(db, Query(text="1004140C0")).lines
    assert as_json(line) == {
        "acgme_code": "1404800004",
        "nrmp_code": "1004140C0",
        "name": "Internal Medicine",
        "track_name": "Internal Medicine",
        "institution": "Delta Univ",
        "city": "Houston",
        "state": "TX",
        "specialty": "Internal Medicine",
        "specialty_code": "140",
        "track": "C",
        "track_type": "categorical",
        "service": "ERAS",
        "quota": 20,
        "filled": 20,
        "season": 2026,
        "visa": {"J-1": "yes", "H-1B": "not stated"},
        "img_share": None,
        "accreditation": None,
        "made_up": False,
        "oldest_source": "2026-09-01",
    }
