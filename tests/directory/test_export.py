"""Show, statistics and export: every value with its source, what differs said, nothing that a spreadsheet would run."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from matchday.directory.export import CLAIM_COLUMNS, COLUMNS, harmless, write
from matchday.directory.portrait import portrait, statistics
from matchday.directory.search import Query, as_json, search
from matchday.directory.store import Store
from matchday.terms import InputProblem
from tests.directory.small import small_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with small_store(tmp_path) as opened:
        yield opened


def lines(store: Store, text: str = "") -> list[dict[str, Any]]:
    found = search(store.db, Query(text=text, limit=None))
    return [as_json(line) | {"program_id": line["program_id"]} for line in found.lines]


# ---------------------------------------------------------------- show


def test_a_portrait_of_a_track_has_its_claims_with_source_and_days(store: Store) -> None:
    found = portrait(store, "1004140C0")
    assert found is not None
    visas = [claim for claim in found["claims"] if claim["field"] == "visa_j1"]
    same = {"field": "visa_j1", "read_on": "2026-11-01", "entered_by": "", "track": None, "made_up": False}
    assert visas == [
        same | {"value": "yes", "source": "my list.xlsx", "as_of": "2026-09-01", "row": 5, "shown": True},
        same | {"value": "no", "source": "invites.csv", "as_of": "2025-12-01", "row": 3, "shown": False},
    ]
    assert found["disputed"] == ["visa_j1"]
    assert found["history"] == [{"season": 2026, "quota": 20, "filled": 20}]
    assert {claim["track"] for claim in found["claims"]} == {None, "1004140C0"}


def test_a_portrait_of_a_program_adds_up_its_tracks(store: Store) -> None:
    found = portrait(store, "1404800004")
    assert found is not None
    assert found["nrmp_code"] is None
    assert found["history"] == [{"season": 2026, "quota": 24, "filled": 24}]
    assert [(one["nrmp_code"], one["track"]) for one in found["tracks"]] == [("1004140C0", "C"), ("1004140P0", "P")]


@pytest.mark.parametrize("code", ["0403500005", "403500005", "403500005.0", " 0403500005\u200b", "1005040r0"])
def test_a_code_is_understood_as_it_comes_from_spreadsheets_and_web_pages(store: Store, code: str) -> None:
    found = portrait(store, code)
    assert found is not None
    assert found["acgme_code"] == "0403500005"


@pytest.mark.parametrize("code", ["9999999999", "", "Alpha", "'; --"])
def test_an_unknown_code_has_no_portrait(store: Store, code: str) -> None:
    assert portrait(store, code) is None


def test_statistics_count_what_is_stated(store: Store) -> None:
    found = statistics(store)
    assert {name: found[name] for name in ("lines", "made_up", "programs", "tracks")} == {
        "lines": 8, "made_up": 0, "programs": 7, "tracks": 7,
    }  # fmt: skip
    assert found["stated"]["visa_j1"] == 4
    assert found["states"] == {"FL": 3, "NY": 3, "TX": 2}
    assert found["seasons"][0] == {"season": 2026, "tracks": 4, "quota": 46, "filled": 44}
    pediatrics = next(one for one in found["specialties"] if one["code"] == "320")
    assert pediatrics == {
        "code": "320",
        "specialty": "Pediatrics",
        "lines": 3,
        "quota": 22,
        "visa": {"J-1": {"yes": 1, "no": 1, "not stated": 1}},
    }
    assert [source["title"] for source in found["sources"]] == ["my list.xlsx", "invites.csv"]


# ---------------------------------------------------------------- export


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_text_that_would_be_a_formula_is_made_harmless(text: str) -> None:
    assert harmless(text) == "'" + text


def test_control_characters_of_an_older_import_are_not_exported() -> None:
    assert harmless("\x1b=Gulf\u202e") == "'=Gulf"


@pytest.mark.parametrize("value", ["plain", "", "1-1", -81.2, 5, None])
def test_other_values_stay_as_they_are(value: object) -> None:
    assert harmless(value) == value


def test_csv_has_one_row_for_each_line_with_its_sources(store: Store, tmp_path: Path) -> None:
    write(store, lines(store), tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 8
    delta = next(row for row in rows if row["nrmp_code"] == "1004140C0")
    assert delta["sources"] == "invites.csv (2025-12-01); my list.xlsx (2026-09-01)"
    assert (delta["visa_j1"], delta["visa_h1b"], delta["made_up"]) == ("yes", "not stated", "")
    zeta = next(row for row in rows if row["nrmp_code"] == "1006220C0")
    assert zeta["track_name"] == "'=1+1"


def test_xlsx_has_programs_and_claims_and_no_formula(store: Store, tmp_path: Path) -> None:
    write(store, lines(store), tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    programs, claims = book["programs"], book["claims"]
    assert [cell.value for cell in programs[1]] == list(COLUMNS)
    assert [cell.value for cell in claims[1]] == list(CLAIM_COLUMNS)
    assert programs.max_row == 9
    cells = [cell for sheet in (programs, claims) for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "'=1+1" in {cell.value for cell in cells}
    assert "0403500005" in {cell.value for cell in cells}  # a code stays text, with its zero


def test_json_has_everything(store: Store, tmp_path: Path) -> None:
    write(store, lines(store, "1004140C0"), tmp_path / "out.json")
    found = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert (found["made_up"], found["count"]) == (False, 1)
    (program,) = found["programs"]
    assert program["history"] == [{"season": 2026, "quota": 20, "filled": 20}]
    assert {claim["source"] for claim in program["claims"]} == {"my list.xlsx", "invites.csv"}
    assert "program_id" not in program


def test_made_up_programs_say_so_in_every_format(tmp_path: Path) -> None:
    from matchday.directory.synthetic import made_up_directory
    from tests.directory.small import READ_ON

    with Store(tmp_path / "made.sqlite") as store:
        store.fill_made_up(made_up_directory().records[:6], READ_ON)
        some = lines(store)
        for ending in ("csv", "json", "xlsx"):
            write(store, some, tmp_path / f"out.{ending}")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["made_up"] for row in csv.DictReader(file)} == {"made up"}
    assert json.loads((tmp_path / "out.json").read_text("utf-8"))["made_up"] is True
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    for sheet in book:
        assert {row[0].value for row in sheet.iter_rows(min_row=2)} == {"made up"}


def test_another_ending_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="names no format"):
        write(store, [], tmp_path / "out.docx")


def test_a_folder_that_is_not_there_leaves_nothing_behind(store: Store, tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="could not be written"):
        write(store, [], tmp_path / "nowhere" / "out.csv")


def test_a_write_that_fails_keeps_the_old_file(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.mkdir()
    with pytest.raises(InputProblem, match="nothing was changed"):
        write(store, lines(store), target)
    assert sorted(path.name for path in tmp_path.glob(".out*")) == []


def test_without_the_package_for_xlsx_the_remedy_is_named(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(InputProblem, match="openpyxl"):
        write(store, [], tmp_path / "out.xlsx")
