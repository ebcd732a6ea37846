"""`matchday programs import`, `diff`, `sources` and `doubtful`: the answers, the exit codes, and the way back."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from matchday.cli import matchday
from matchday.directory.model import Record
from matchday.directory.store import Store
from matchday.terms import InputProblem

SAMPLES = Path(__file__).parents[1] / "samples" / "programs"


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHDAY_DATA", str(tmp_path / "data"))


def run(*words: object) -> Result:
    return CliRunner().invoke(matchday, ["programs", *map(str, words)], catch_exceptions=False)


def answer(*words: object) -> Any:
    result = run(*words, "--json")
    assert result.exit_code == 0
    return json.loads(result.stdout)


def test_import_tells_what_was_read_accepted_merged_and_what_is_wrong() -> None:
    first = answer("import", SAMPLES / "nrmp-directory.csv")
    assert {name: first[name] for name in ("source", "read", "accepted", "merged")} == {
        "source": "nrmp-directory", "read": 5, "accepted": 4, "merged": 0,
    }  # fmt: skip
    assert first["problems"][-1] == {
        "row": 6, "field": "nrmp_code", "value": "9102XYZC0", "problem": "not an NRMP program code", "repair": None, "fatal": True,
    }  # fmt: skip
    assert answer("import", SAMPLES / "acgme.csv")["merged"] == 1
    assert answer("import", SAMPLES / "nrmp-directory.csv")["merged"] == 4


def test_a_dry_run_keeps_nothing() -> None:
    result = run("import", SAMPLES / "acgme.csv", "--dry-run")
    assert "Would take in acgme: 6 rows read, 4 accepted, 2 not taken." in result.stdout
    assert "row 6 not taken: a code shortened by a spreadsheet" in result.stdout
    assert answer("sources") == {"sources": []}


def test_the_first_real_import_puts_the_made_up_directory_away_and_says_so() -> None:
    for keep in ((), ("--keep-made-up",)):
        with Store() as store:
            for source in store.sources():
                store.forget(source.id)
            store.fill_made_up([Record(nrmp_code="9999140C0", fields={"name": "Made up"})], dt.date(2026, 1, 1))
        result = run("import", SAMPLES / "acgme.csv", *keep)
        assert ("The made-up directory was put away" in result.stderr) is (not keep)
        assert [one["made_up"] for one in answer("sources")["sources"]] == ([True, False] if keep else [False])


def test_an_import_can_be_undone_and_the_directory_made_again() -> None:
    run("import", SAMPLES / "acgme.csv", "--as-of", "2026-09-23")
    (source,) = answer("sources")["sources"]
    assert (source["title"], source["as_of"]) == ("acgme.csv", "2026-09-23")
    assert "acgme.csv  (2026-09-23; read 2" in run("sources", "--rebuild").stdout
    run("sources", "--forget", source["id"])
    assert run("sources").stdout == "Nothing was imported yet; the directory is made up.\n"
    with pytest.raises(InputProblem, match="there is no source 7"):
        run("sources", "--forget", 7)


def test_how_an_own_sheet_was_read_is_shown_and_remembered(tmp_path: Path) -> None:
    sheet = tmp_path / "mine.csv"
    sheet.write_text("Program,Zone,State\nSable River,J1,NY\n", encoding="utf-8")
    told = run("import", sheet, "--source", "spreadsheet", "--column", "Zone=visa")
    assert "  Zone                                          visa" in told.stdout
    sheet.write_text("Program,Zone,State\nSable River,H1B,NY\n", encoding="utf-8")
    run("import", sheet)
    with Store() as store:
        fields = {
            claim.field for (number,) in store.db.execute("SELECT id FROM programs") for claim in store.claims(number)
        }
    assert {"visa_j1", "visa_h1b"} <= fields
    with pytest.raises(InputProblem, match="names no field"):
        run("import", sheet, "--column", "Zone=weather")


def test_diff_names_codes_and_fields(tmp_path: Path) -> None:
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    head = "Program Code,Program Name,Institution,{0} Quota,{0} Matched\n"
    old.write_text(head.format(2026) + "9102140C0,IM,Gulf,8,8\n9102120C0,FM,Gulf,6,6\n", encoding="utf-8")
    new.write_text(head.format(2027) + "9102140C0,IM,Gulf,9,9\n9102220C0,OB,Gulf,3,3\nx,,,1,1\n", encoding="utf-8")
    assert answer("diff", old, new) == {
        "new": ["9102220C0"],
        "gone": ["9102120C0"],
        "changed": [{"code": "9102140C0", "field": "quota", "old": 8, "new": 9}],
        "programs": {
            "9102220C0": {"name": "OB", "institution": "Gulf"},
            "9102120C0": {"name": "FM", "institution": "Gulf"},
        },
    }
    shown = run("diff", old, new)
    assert "1 new, 1 gone, 1 changes." in shown.stdout
    assert "  9102140C0   quota: 8 → 9" in shown.stdout
    assert "1 rows of new.csv were not taken" in shown.stderr


def test_doubtful_pairs_are_listed_until_a_person_decides(tmp_path: Path) -> None:
    sheet = tmp_path / "mine.csv"
    sheet.write_text("Program,State,Visa\nSable River Hospital,NY,J1\n", encoding="utf-8")
    run("import", SAMPLES / "eras.csv")
    run("import", SAMPLES / "acgme.csv")
    run("import", sheet)
    found = answer("doubtful")
    assert [pair["why"] for pair in found["doubtful"]] == ["no specialty given; 2 programs fit the name"]
    pair = found["doubtful"][0]
    assert "1 doubtful pairs." in run("doubtful").stdout
    assert answer("doubtful", "--same", pair["a"], pair["b"])["count"] == 0
    assert answer("doubtful", "--different", pair["a"], pair["b"])["count"] == 0  # now it fits only one


def test_what_cannot_be_read_is_one_clear_problem() -> None:
    with pytest.raises(InputProblem) as found:
        run("import", SAMPLES / "absent.csv")
    assert str(found.value).startswith(f"{SAMPLES / 'absent.csv'}: cannot be read")


def test_help_lists_the_commands_without_loading_them() -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert "Take a list of programs in" in result.stdout
    assert CliRunner().invoke(matchday, ["programs", "fly"]).exit_code == 2
