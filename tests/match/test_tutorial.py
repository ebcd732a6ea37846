"""The tutorial runs: files are written, commands print what it shows, Python holds."""

import re
import shlex
from pathlib import Path

from click.testing import CliRunner

from matchday.cli import matchday

TUTORIAL = Path(__file__).parents[2] / "docs" / "science" / "tutorial-match.md"
BLOCK = re.compile(r"^```(\w+) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def sessions(text):
    """Each command of a console block and what it prints."""
    for part in text.split("$ ")[1:]:
        command, _, printed = part.partition("\n")
        yield command, printed


def play(command):
    """Run one command of the tutorial; `> FILE` is understood."""
    words = shlex.split(command)
    target = words[words.index(">") + 1] if ">" in words else None
    result = CliRunner().invoke(matchday, words[1 : words.index(">")] if target else words[1:])
    if target:
        Path(target).write_text(result.stdout)
    return "" if target else result.stdout


def test_every_block_of_the_tutorial_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = {}
    kinds = []
    for kind, file, text in BLOCK.findall(TUTORIAL.read_text(encoding="utf-8")):
        kinds.append(kind)
        if file:
            Path(file).write_text(text, encoding="utf-8")
        elif kind == "python":
            exec(compile(text, "tutorial", "exec"), names)  # noqa: S102 -- our own page
        else:
            for command, printed in sessions(text):
                assert play(command) == printed, command
    assert sorted(set(kinds)) == ["console", "json", "python", "text"]
