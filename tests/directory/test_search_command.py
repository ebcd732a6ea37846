"""The door to the directory: what a person reads, and the JSON that scripts rely on."""

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from matchday.directory.store import Store
from matchday.terms import InputProblem
from tests.directory.small import small_store

ELENA = "src/matchday/dossier/examples/elena.toml"
AMINA = "src/matchday/dossier/examples/amina.toml"


@pytest.fixture
def real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHDAY_DATA", str(tmp_path))
    small_store(tmp_path).close()


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from matchday.directory.synthetic import made_up_directory
    from tests.directory.small import READ_ON

    folder = tmp_path_factory.mktemp("made-up")
    with Store(folder / "directory.sqlite") as store:
        store.fill_made_up(made_up_directory().records, READ_ON)
    return folder


def run(name: str, *words: str) -> Result:
    command = import_module(f"matchday.cli.programs_{name}").command
    return CliRunner().invoke(command, words)


def asked(name: str, *words: str) -> Any:
    result = run(name, *words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


# ---------------------------------------------------------------- search


@pytest.mark.usefixtures("real")
def test_search_json_has_the_shape_of_the_interface() -> None:
    found = asked("search", "alpha")
    assert found == {
        "count": 1,
        "programs": [
            {
                "acgme_code": "3201100001", "nrmp_code": "1001320C0", "name": "Pediatrics", "track_name": "Pediatrics",
                "institution": "Alpha University Hospital", "city": "Miami", "state": "FL", "specialty": "Pediatrics",
                "specialty_code": "320", "track": "C", "track_type": "categorical", "service": "ERAS", "quota": 10,
                "filled": 8, "season": 2026, "visa": {"J-1": "yes", "H-1B": "yes"}, "img_share": 40.0, "accreditation": None, "made_up": False,
                "oldest_source": "2026-09-01",
            }
        ],
        "read_as": [], "visa_not_stated": 0, "place_unknown": 0,
    }  # fmt: skip


@pytest.mark.usefixtures("real")
def test_search_table_is_80_columns_wide_and_says_visas_in_words() -> None:
    result = run("search", "pediatrics", "FL")
    assert result.exit_code == 0
    assert "3 found" in result.stdout
    assert "J-1 not" in result.stdout
    assert "MADE UP" not in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80


@pytest.mark.usefixtures("real")
def test_search_tells_on_standard_error_how_it_read_the_words() -> None:
    result = run("search", "pediatrcs", "J-1")
    assert result.stderr == (
        'Read as: visa J-1\nRead as: "pediatrics" for "pediatrcs"\n'
        "1 more fit but do not state that visa; they are not in the list. Add --or-not-stated to list them.\n"
    )


@pytest.mark.usefixtures("real")
def test_search_by_distance() -> None:
    found = asked("search", "--near", "Miami, FL", "--within", "300", "--sort", "distance")
    assert [(one["nrmp_code"], one["miles"]) for one in found["programs"]] == [("1001320C0", 0.0), ("1002320C0", 201.9)]
    assert found["place_unknown"] == 6
    assert "miles" in run("search", "--near", "Miami, FL", "--within", "300").stdout


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (["--specialty", "peds", "--state", "florida"], ["1001320C0", "1002320C0", "1003320C0"]),
        (["--state", "TX", "--state", "ny", "--type", "physician-only"], ["1005040R0"]),
        (["--type", "p"], ["1004140P0"]),
        (["--visa", "j1", "--visa", "H1B"], ["1001320C0"]),
        (["--service", "ERAS", "--state", "NY"], ["1006220C0"]),
        (["--unfilled"], ["1001320C0"]),
        (["--sort", "-quota", "--limit", "1"], ["1004140P0"]),
    ],
)
def test_search_options(words: list[str], codes: list[str]) -> None:
    assert [one["nrmp_code"] for one in asked("search", *words)["programs"]] == codes


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--specialty", "cooking"], "no specialty is called 'cooking'"),
        (["--state", "Atlantis"], "no state is called 'Atlantis'"),
        (["--visa", "B-2"], "no visa is called 'B-2'"),
        (["--service", "xyz"], "no service is called 'xyz'"),
        (["--setting", "rural"], "no setting is called 'rural'"),
        (["--type", "evening"], "no type of track is called 'evening'"),
        (["--sort", "quotta"], "did you mean quota"),
        (["--near", "Atlantis"], "the place 'Atlantis' is not known"),
    ],
)
def test_an_option_that_cannot_be_understood_says_what_was_expected(words: list[str], said: str) -> None:
    problem = run("search", *words).exception
    assert isinstance(problem, InputProblem)
    assert said in str(problem)


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize("words", [["--within", "5"], ["--sort", "distance"], ["--fit", "takes-you"]])
def test_options_that_need_another_say_which(words: list[str]) -> None:
    result = run("search", *words)
    assert result.exit_code == 2
    assert "add --" in result.stderr


# ---------------------------------------------------------------- fit


@pytest.mark.usefixtures("real")
def test_search_for_a_dossier_adds_fit_with_its_claims() -> None:
    found = asked("search", "pediatrics", "FL", "--for", AMINA, "--on", "2026-11-22")
    fits = {one["nrmp_code"]: one["fit"] for one in found["programs"]}
    assert {code: fit["verdict"] for code, fit in fits.items()} == {
        "1001320C0": "not stated",  # her Step 2 CK is still to come
        "1003320C0": "not stated",
        "1002320C0": "does not",
    }
    assert fits["1001320C0"]["missing"] == ["exam step2ck score"]
    assert fits["1002320C0"]["because"][0] == {
        "gate": "visa", "verdict": "does not", "why": "does not sponsor J-1", "disputed": False, "field": "visa_j1",
        "value": "no", "source": "my list.xlsx", "as_of": "2026-09-01", "read_on": "2026-11-01", "made_up": False,
    }  # fmt: skip
    assert found["verdicts"] == {"not stated": 2, "does not": 1}


@pytest.mark.usefixtures("real")
def test_fit_is_told_in_words_with_its_reason() -> None:
    out = " ".join(run("search", "FL", "peds", "--for", AMINA, "--on", "2026-11-22").stdout.split())
    assert "○ does not: does not sponsor" in out
    assert "? not stated" in out
    assert "takes you: 0, does not: 1, not stated: 2" in out


@pytest.mark.usefixtures("real")
def test_fit_uses_the_service_of_the_season_and_the_rules_of_states() -> None:
    (zeta,) = asked("search", "1006220C0", "--for", AMINA, "--on", "2026-11-22")["programs"]
    service = next(entry for entry in zeta["fit"]["because"] if entry["gate"] == "service" and "confidence" in entry)
    assert (service["verdict"], service["value"], service["confidence"]) == ("not stated", "ResidencyCAS", "high")


ROHAN = "src/matchday/dossier/examples/rohan.toml"  # one failed try at Step 1


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize(
    ("code", "verdict", "value"), [("1004140C0", "takes you", "Texas: tries: 3"), ("1001320C0", "not stated", None)]
)
def test_a_failed_try_meets_the_rules_of_the_state(code: str, verdict: str, value: str | None) -> None:
    (one,) = asked("search", code, "--for", ROHAN, "--on", "2026-11-22")["programs"]
    licence = [entry for entry in one["fit"]["because"] if entry["gate"] == "licence"]
    assert {entry["verdict"] for entry in licence} == {verdict}
    values = [entry["value"] for entry in licence if "confidence" in entry]
    assert value in values if value else len(licence) >= 1


def test_pediatrics_in_florida_that_sponsor_j1_and_take_me(made_up: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHDAY_DATA", str(made_up))
    words = ["pediatrics", "in", "Florida", "that", "sponsor", "J-1", "and", "take", "me"]
    found = asked("search", *words, "--for", ELENA, "--on", "2026-11-22")
    pediatrics = [one for one in found["programs"] if one["specialty_code"] == "320"]
    assert len(pediatrics) >= 3
    for one in found["programs"]:
        assert (one["state"], one["visa"]["J-1"], one["made_up"]) == ("FL", "yes", True)
        assert one["fit"]["verdict"] in ("takes you", "not stated", "does not")
        stated = [entry for entry in one["fit"]["because"] if entry["value"] != "not stated"]
        assert all(entry["source"] and entry["read_on"] for entry in stated)
    order = [one["fit"]["verdict"] for one in found["programs"]]
    assert order == sorted(order, key=["takes you", "not stated", "does not"].index)


def test_a_first_search_works_on_a_fresh_machine_and_says_that_all_is_made_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATCHDAY_DATA", str(tmp_path))
    result = run("search", "family", "medicine", "TX", "--limit", "2")
    assert result.exit_code == 0
    assert "making up a directory" in result.stderr
    assert "MADE UP: nothing in this directory exists" in result.stdout
    assert "making up" not in run("search", "--limit", "1").stderr


# ---------------------------------------------------------------- show, stats, export


@pytest.mark.usefixtures("real")
def test_show_prints_claims_history_and_what_differs() -> None:
    result = run("show", "1004140C0")
    assert result.exit_code == 0
    assert "sponsors J-1" in result.stdout
    assert "(sources" in result.stdout
    assert "invites.csv" in result.stdout
    assert "20 of 20 filled" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80


@pytest.mark.usefixtures("real")
def test_show_draws_filled_and_unfilled_positions_apart() -> None:
    out = run("show", "1001320C0").stdout
    assert "2026  ███████████████████░░░░░  8 of 10 filled" in out
    assert "not stated" in run("show", "1003320C0").stdout.split("Positions by season")[1]


@pytest.mark.usefixtures("real")
def test_show_for_a_dossier_tells_each_gate() -> None:
    found = asked("show", "1002320C0", "--for", AMINA, "--on", "2026-11-22")
    assert found["fit"]["verdict"] == "does not"
    out = run("show", "1001320C0", "--for", AMINA, "--on", "2026-11-22").stdout
    assert "● sponsors J-1" in out
    assert "Missing in your file: exam step2ck score" in out


@pytest.mark.usefixtures("real")
def test_an_unknown_code_is_a_no() -> None:
    result = run("show", "0000000000", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == {"code": "0000000000", "found": False}
    assert "No program has the code '0000000000'" in result.stderr


@pytest.mark.usefixtures("real")
def test_stats_in_words_and_json() -> None:
    assert asked("stats")["lines"] == 8
    out = run("stats").stdout
    assert "7 programs, 7 tracks, 8 lines" in out
    assert "Pediatrics" in out
    assert max(map(len, out.splitlines())) <= 80


def test_stats_of_the_made_up_directory_say_so(made_up: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHDAY_DATA", str(made_up))
    assert "MADE UP" in run("stats").stdout


@pytest.mark.usefixtures("real")
def test_export_takes_the_options_of_search(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    found = asked("export", str(target), "--state", "FL", "--for", AMINA, "--on", "2026-11-22")
    assert found == {"file": str(target), "programs": 3, "made_up": 0}
    rows = target.read_text("utf-8-sig").splitlines()
    assert len(rows) == 4
    assert "does not" in rows[-1]
    assert run("export", str(tmp_path / "all.json")).stdout == f"8 lines written to {tmp_path / 'all.json'}.\n"


# ---------------------------------------------------------------- import


@pytest.fixture
def sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MATCHDAY_DATA", str(tmp_path / "store"))
    path = tmp_path / "mine.csv"
    path.write_text("Program,State,Wunsch,Ort\nSable River,NY,J1 only,Utica\n", encoding="utf-8")
    return path


def test_a_dry_run_on_a_fresh_machine_leaves_no_file(sheet: Path) -> None:
    assert asked("import", str(sheet), "--dry-run")["accepted"] == 1
    assert not (sheet.parent / "store" / "directory.sqlite").exists()


def test_a_list_cannot_speak_of_a_day_to_come(sheet: Path) -> None:
    result = run("import", str(sheet), "--as-of", "2099-01-01")
    assert isinstance(result.exception, InputProblem)
    assert result.exception.what == "the list would speak of 2099-01-01, a day that is still to come"


def test_what_was_told_of_a_column_is_added_to_what_is_remembered(sheet: Path) -> None:
    asked("import", str(sheet), "--column", "Wunsch=visa")
    asked("import", str(sheet), "--column", "Ort=city")
    asked("import", str(sheet))
    (line,) = asked("search", "sable")["programs"]
    assert (line["city"], line["visa"]) == ("Utica", {"J-1": "yes", "H-1B": "no"})
    assert line["oldest_source"] is None  # nobody said of which day the sheet speaks


def test_a_withdrawn_program_is_marked_in_the_list(sheet: Path) -> None:
    sheet.write_text(
        "Program Code,Program Name,City,Accreditation Status\n1401100002,Gulf,Tampa,Accreditation Withdrawn\n"
    )
    asked("import", str(sheet))
    assert asked("search", "gulf")["programs"][0]["accreditation"] == "Accreditation Withdrawn"
    assert "! Accreditation Withdrawn" in run("search", "gulf").stdout


def test_a_file_of_which_nothing_is_taken_leaves_the_directory_as_it_is(sheet: Path) -> None:
    asked("import", str(sheet))
    nothing = sheet.with_name("nothing.csv")
    nothing.write_text("made_up,Program Code,Program Name,City\nmade up,1401100002,Gulf,Tampa\n", encoding="utf-8")
    taken = asked("import", str(nothing))
    assert (taken["read"], taken["accepted"]) == (1, 0)
    assert asked("search")["count"] == 1
