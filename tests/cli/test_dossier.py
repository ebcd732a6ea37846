"""`matchday dossier` as people call it: what it prints, what it writes, how it ends."""

import json
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.strategies import EXAMPLES

from matchday.cli import matchday
from matchday.dossier.file import loads, read
from matchday.dossier.schema import schema
from matchday.terms import InputProblem

AMINA = next(path for path in EXAMPLES if path.stem == "amina")


def run(*words: object) -> Result:
    return CliRunner().invoke(matchday, ["dossier", *map(str, words)])


def answer(*words: object) -> Any:
    result = run(*words)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def refused(*words: object) -> str:
    result = run(*words)
    assert isinstance(result.exception, InputProblem), result.output
    return str(result.exception)


def test_new_writes_a_file_that_can_be_read_at_once(tmp_path: Path) -> None:
    file = tmp_path / "my.toml"
    assert f"{file} is ready" in run("new", file).stdout
    assert read(file).season is None


def test_new_never_writes_over_a_file(tmp_path: Path) -> None:
    file = tmp_path / "my.toml"
    file.write_text("mine")
    assert "is there already" in refused("new", file)
    assert file.read_text() == "mine"


def test_every_line_of_the_starter_can_be_used_as_it_stands() -> None:
    starter = files("matchday.dossier").joinpath("starter.toml").read_text(encoding="utf-8")
    lines = [re.sub(r"^# (?=\w+ = |\[)", "", line) for line in starter.split("\n")]
    # "none" and a list of entries cannot both be said, so the two lines that say "none" stay out here.
    filled = loads("\n".join(line for line in lines if not line.startswith(("licence = []", "pathway = []"))))
    assert filled.person.name == "Your name"
    assert [exam.exam for exam in filled.exam or ()] == ["step1", "step2ck", "oet"]
    assert len(filled.pathway or ()) == len(filled.school or ()) == 1
    assert filled.preferences.budget_usd == 2000


def test_check_tells_what_is_known_and_missing_in_80_columns() -> None:
    text = run("check", AMINA).stdout
    assert text.startswith(
        "Amina Yusuf · Match 2027\nThe file can be read; no contradiction; nothing important is missing."
    )
    assert "certification" in text
    assert max(map(len, text.split("\n")[:-2])) <= 80


def test_check_tells_contradictions_in_words(tmp_path: Path) -> None:
    file = tmp_path / "my.toml"
    file.write_text("schema = 1\n[[licence]]\nfrom = 2024-01-01\nto = 2023-01-01\n")
    text = run("check", file).stdout
    assert "1 contradiction;" in text
    assert "dossier.licence_dates" in text
    assert "the licence ends before it begins" in text


def test_check_as_json(tmp_path: Path) -> None:
    file = tmp_path / "my.json"
    file.write_text(
        '{"schema": 1, "season": 2027, "licence": [{"from": "2024-01-01", "to": "2023-01-01"}], "letter": []}'
    )
    found = answer("check", file, "--json")
    assert found["missing"][0] == {
        "field": "person.citizenships", "why": "US IMG or not, and which entry rules count",
    }  # fmt: skip
    del found["missing"]
    assert found == {
        "file": str(file),
        "season": 2027,
        "known": {"licence[0]": ["from", "to"], "letter": ["none"]},
        "contradictions": [
            {
                "id": "dossier.licence_dates",
                "why": "the licence ends before it begins",
                "facts": ["licence[0].from=2024-01-01", "licence[0].to=2023-01-01"],
                "next": "correct the day that is wrong",
            }
        ],
    }


def test_schema_is_printed() -> None:
    assert answer("schema") == schema()


def test_convert_there_and_back(tmp_path: Path) -> None:
    there, back = tmp_path / "amina.json", tmp_path / "amina.toml"
    run("convert", AMINA, there)
    run("convert", there, back)
    assert read(back) == read(there) == read(AMINA)


def test_convert_writes_over_nothing_unless_forced(tmp_path: Path) -> None:
    target = tmp_path / "amina.json"
    target.write_text("mine")
    assert "is there already" in refused("convert", AMINA, target)
    assert target.read_text() == "mine"
    assert run("convert", AMINA, target, "--force").exit_code == 0
    assert [one["bytes"] for one in answer("versions", target, "--json")] == [4]


def test_convert_needs_a_suffix_that_names_the_format(tmp_path: Path) -> None:
    result = run("convert", AMINA, tmp_path / "amina.yaml")
    assert result.exit_code == 2
    assert "neither in .toml nor in .json" in result.stderr


def test_undo_goes_back_and_forth(tmp_path: Path) -> None:
    file = tmp_path / "my.toml"
    assert "No earlier state" in run("versions", file).stdout
    assert "no earlier state is kept" in refused("undo", file)
    run("new", file)
    first = file.read_bytes()
    run("convert", AMINA, file, "--force")
    second = file.read_bytes()
    assert "is again as in 000001-" in run("undo", file).stdout
    assert file.read_bytes() == first
    run("undo", file)
    assert file.read_bytes() == second
    oldest = answer("versions", file, "--json")[-1]["version"]
    assert oldest in run("versions", file).stdout
    run("undo", file, "--to", oldest)
    assert file.read_bytes() == first


UNREADABLE = {
    "missing": (None, r"^{file}: there is no such file;"),
    "binary": (b"\x7fELF\n\x00\x01", r"^{file}:2: this is no text file;"),
    "UTF-16": ("schema = 1".encode("utf-16"), r"^{file}:1: the file is UTF-16;"),
    "Latin-1": ('schema = 1\n[person]\nname = "José"'.encode("latin-1"), r"^{file}:3: the text is not UTF-8;"),
    "60 MB": (b"#" * 60_000_000, r"^{file}:1: the file is larger than 5 MB;"),
    "score": (b'schema = 1\n[[exam]]\nexam = "step1"\nscore = 999', r"^{file}:4: exam\[0\].score is 999;"),
}


@pytest.mark.parametrize(("content", "says"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_cannot_be_read_ends_with_2_and_one_line(tmp_path: Path, content: bytes | None, says: str) -> None:
    file = tmp_path / "my.toml"
    if content is not None:
        file.write_bytes(content)
    command = [sys.executable, "-m", "matchday", "dossier", "check", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.search(says.replace("{file}", re.escape(str(file))), done.stderr)
    assert done.stderr.count("\n") == 1
    assert sorted(tmp_path.iterdir()) == ([file] if content is not None else [])


def test_a_folder_and_a_locked_file_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "this is a folder" in refused("check", tmp_path)
    monkeypatch.setattr(Path, "open", _locked)
    assert "may not be read" in refused("check", AMINA)


def _locked(self: Path, mode: str) -> None:
    raise PermissionError(13, "Permission denied")


def test_a_dossier_comes_through_a_pipe() -> None:
    command = [sys.executable, "-m", "matchday", "dossier", "check", "-", "--json"]
    done = subprocess.run(command, input=AMINA.read_bytes(), capture_output=True, check=True)
    assert json.loads(done.stdout)["season"] == 2027
    done = subprocess.run(command, input=b"#" * 6_000_000, capture_output=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(b"<stdin>:1: the file is larger than 5 MB;")
