"""A dossier written and read again is the same dossier, in TOML and in JSON."""

from pathlib import Path

import pytest

from matchday.dossier.file import dumps, loads, read

EXAMPLES = sorted(Path("src/matchday/dossier/examples").glob("*.toml"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["toml", "json"])
def test_an_example_comes_back_unchanged(path: Path, language: str) -> None:
    dossier = read(path)
    assert loads(dumps(dossier, language), language) == dossier
