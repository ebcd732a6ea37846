"""How the command ends: one clear line for what can be mended, quietly when nobody reads on, never a traceback."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.strategies import EXAMPLES

COMMAND = Path(sys.executable).parent / "matchday"
AMINA = next(str(path) for path in EXAMPLES if path.stem == "amina")


def run(*arguments: str, **more) -> subprocess.CompletedProcess[str]:
    return subprocess.run([COMMAND, *arguments], capture_output=True, text=True, check=False, **more)


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["check", AMINA, "--season", "1999"], "1999 is not in the range"),
        (["check", AMINA, "--on", "tomorrow"], "'tomorrow' is no day"),
        (["plan", AMINA, "--on", "9999-12-31"], "from 1900-01-01 to 2199-12-31"),
        (["frobnicate"], "No such command 'frobnicate'"),
        (["check", "nowhere.toml"], "nowhere.toml: there is no such file"),
        (["rules", "show", "S2-PAS"], "did you mean S2-PASS"),
        (["plan", AMINA, "--ics", AMINA], "no calendar stands there"),
    ],
)
def test_bad_usage_is_one_line_and_exit_2(arguments: list[str], what: str) -> None:
    ended = run(*arguments)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert what in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert "; expected " in ended.stderr
    assert "; do: " in ended.stderr


def test_a_reader_that_has_read_enough_ends_the_command_quietly() -> None:
    ended = run_shell(f"{COMMAND} check {AMINA} | head -1; echo ${{PIPESTATUS[0]}}")
    assert ended.stdout.splitlines()[1] == "0"
    assert ended.stderr == ""


def test_an_answer_that_finds_no_room_is_one_line_and_exit_2() -> None:
    for command in (f"check {AMINA} --json", "rules list"):
        ended = run_shell(f"{COMMAND} {command} > /dev/full")
        assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
        assert "No space left on device" in ended.stderr


def test_no_line_of_a_list_of_commands_is_cut() -> None:
    import os

    for group in ("rules", "schools", "programs", "match", "dossier"):
        listed = run(group, "--help", env={**os.environ, "COLUMNS": "80"}).stdout.split("Commands:")[1]
        assert "..." not in listed, group


def run_shell(line: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)


def test_a_terminal_of_few_letters_gets_question_marks_and_no_traceback() -> None:
    import os

    ended = run("check", AMINA, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_narrow_terminal_is_kept_to() -> None:
    import os

    ended = run("check", AMINA, env={**os.environ, "COLUMNS": "60"})
    assert max(map(len, ended.stdout.splitlines())) <= 60


def test_without_a_command_the_table_of_contents_is_shown() -> None:
    ended = run()
    assert (ended.returncode, "Where do I stand?" in ended.stdout) == (0, True)
