"""The question of the guides, asked of real lists: pediatrics in Florida that sponsor J-1 and take me."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from matchday.cli.programs import programs

SAMPLES = "src/matchday/dossier/examples"
# What an applicant looked up and typed in. The programs are real, what is said of them here is invented for the test.
TYPED = """NRMP Code,City,State,Visa,Min Step 2,YOG cutoff,Attempts,USCE
1102320C0,Orlando,FL,"J1 only, H1B case by case",220,5 years,1,no
1110320C0,Miami,FL,J-1,230,10,2,yes
2175320C0,Orlando,FL,none,220,5,,
1826320C0,Pensacola,FL,,220,,,
"""
QUESTION = "pediatrics in Florida that sponsor J-1 and take me"


def run(*words: str) -> Any:
    result = CliRunner().invoke(programs, [*words, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def merged(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("merged")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MATCHDAY_DATA", str(folder))
        for name in ("eras_programs_2021.csv", "nrmp_results_florida_2020-2026.csv"):
            run("import", str(shared / "data" / name))
    return folder


def test_lists_that_state_no_visa_give_no_yes_and_no_no(merged: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHDAY_DATA", str(merged))
    found = run("search", QUESTION, "--for", f"{SAMPLES}/ines.toml", "--on", "2027-03-01")
    assert (found["count"], found["programs"]) == (0, [])
    assert found["visa_not_stated"] >= 15
    all_of_them = run("search", "--specialty", "320", "--state", "FL", "--for", f"{SAMPLES}/amina.toml")
    assert {one["fit"]["verdict"] for one in all_of_them["programs"]} == {"not stated"}
    assert {one["visa"]["J-1"] for one in all_of_them["programs"]} == {"not stated"}


def test_with_what_the_applicant_typed_in_it_is_answered_with_sources(
    merged: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATCHDAY_DATA", str(merged))
    typed = tmp_path / "visas.csv"
    typed.write_text(TYPED)
    taken = run("import", str(typed), "--as-of", "2026-10-01")
    assert (taken["read"], taken["accepted"], taken["merged"]) == (4, 4, 4)

    answers = {}
    for name in ("ines", "elena", "farid"):
        found = run("search", QUESTION, "--for", f"{SAMPLES}/{name}.toml", "--on", "2026-11-22")
        answers[name] = {one["nrmp_code"]: one["fit"]["verdict"] for one in found["programs"]}
    assert answers == {
        # Her experience is not in her file. C1 is a second track of the Miami program, without positions in 2026.
        "ines": {"1102320C0": "takes you", "1110320C0": "not stated", "1110320C1": "not stated"},
        # The degree is too old for Orlando, the score too low for Miami.
        "elena": {"1102320C0": "does not", "1110320C0": "does not", "1110320C1": "does not"},
        # He wants H-1B, which is not stated.
        "farid": {"1102320C0": "not stated", "1110320C0": "not stated", "1110320C1": "not stated"},
    }
    orlando, *_ = run("search", QUESTION, "--for", f"{SAMPLES}/ines.toml", "--on", "2026-11-22")["programs"]
    assert orlando["made_up"] is False
    visa = next(entry for entry in orlando["fit"]["because"] if entry["field"] == "visa_j1")
    assert (visa["value"], visa["source"], visa["as_of"]) == ("yes", "visas.csv", "2026-10-01")
    words = next(entry for entry in orlando["fit"]["because"] if entry["field"] == "visa_note")
    assert words["value"] == "J1 only, H1B case by case"
    assert orlando["visa"] == {"J-1": "yes", "H-1B": "not stated"}
