"""A dossier written and read again is the same dossier, in TOML and in JSON, and the order of its lines is no matter."""

import json
import sys
from datetime import UTC, datetime
from io import BytesIO, TextIOWrapper
from pathlib import Path
from random import Random
from typing import Any, Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matchday.dossier.file import dumps, loads, parse, read, write
from matchday.dossier.model import Dossier
from matchday.dossier.toml import dump_toml
from matchday.dossier.tree import to_tree
from matchday.terms import InputProblem
from tests.strategies import EXAMPLES, dossiers

languages = pytest.mark.parametrize("language", ["toml", "json"])
# A whole dossier is much to draw, so the time that drawing takes is not a fault of the test.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
examples = pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)


@languages
@examples
def test_an_example_comes_back_unchanged(path: Path, language: Literal["toml", "json"]) -> None:
    dossier = read(path)
    assert loads(dumps(dossier, language), language) == dossier


@languages
@patient
@given(dossier=dossiers())
def test_any_dossier_comes_back_unchanged(dossier: Dossier, language: Literal["toml", "json"]) -> None:
    assert loads(dumps(dossier, language), language) == dossier


@languages
@patient
@given(dossier=dossiers())
def test_writing_again_gives_the_same_text(dossier: Dossier, language: Literal["toml", "json"]) -> None:
    text = dumps(dossier, language)
    assert dumps(loads(text, language), language) == text


@patient
@given(dossier=dossiers(), seed=st.integers())
def test_the_order_of_lines_does_not_matter(dossier: Dossier, seed: int) -> None:
    tree = _shuffled(to_tree(dossier), Random(seed))
    assert loads(dump_toml(tree)) == dossier
    assert loads(json.dumps(tree, default=lambda day: day.isoformat()), "json") == dossier


def _shuffled(tree: Any, random: Random) -> Any:
    """The same tree with the keys of every table in another order; lists keep theirs."""
    if isinstance(tree, dict):
        keys = random.sample(list(tree), len(tree))
        return {key: _shuffled(tree[key], random) for key in keys}
    return [_shuffled(item, random) for item in tree] if isinstance(tree, list) else tree


def test_unknown_none_and_some_stay_apart() -> None:
    unknown, none = loads("schema = 1"), loads("schema = 1\nlicence = []")
    assert unknown.licence is None
    assert none.licence == ()
    assert dumps(unknown) == "schema = 1\n"
    assert dumps(none) == "schema = 1\nlicence = []\n"


def test_null_in_json_is_unknown() -> None:
    assert loads('{"schema": 1, "season": null, "person": {"name": null}}', "json") == Dossier()


def test_the_toml_is_laid_out_for_people() -> None:
    text = (
        'schema = 1\nseason = 2027\n\n[person]\nname = "Amina"\nborn = 1999-03-14\n\n'
        '[[exam]]\nexam = "step1"\nscore = 213\n\n[[exam]]\nexam = "oet"\n\n'
        "[[interview]]\nminutes = 30\n\n[interview.scores]\nfit = 4\n"
    )
    assert dumps(loads(text)) == text


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"\xef\xbb\xbfschema = 1\nseason = 2027", "my.toml"),
        (b"schema = 1\r\nseason = 2027\r\n", "my.toml"),
        (b'\xef\xbb\xbf{"schema": 1, "season": 2027}', "my.json"),
        (b'{"schema": 1, "season": 2027}', "<stdin>"),
        (b"schema = 1\nseason = 2027", "<stdin>"),
        (b"schema = 1\nseason = 2027", "my.txt"),
    ],
    ids=[
        "byte order mark",
        "Windows line ends",
        "JSON with a mark",
        "JSON by its first character",
        "TOML",
        "other name",
    ],
)
def test_what_editors_and_pipes_make_of_a_file_is_read(content: bytes, name: str) -> None:
    assert parse(content, name) == Dossier(season=2027)


def test_standard_input_and_files_are_read_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(b"schema = 1\nseason = 2027")))
    assert read("-") == Dossier(season=2027)
    write(tmp_path / "my.toml", Dossier(season=2027), now=datetime(2026, 11, 22, tzinfo=UTC))
    assert read(tmp_path / "my.toml") == Dossier(season=2027)


@pytest.mark.parametrize("name", ["no\0name.toml", "long" * 200 + ".toml"])
def test_a_name_that_no_file_can_have_is_refused(name: str) -> None:
    with pytest.raises(InputProblem, match="cannot be read"):
        read(name)


def test_an_endless_file_is_refused() -> None:
    with pytest.raises(InputProblem, match="it is no ordinary file"):
        read("/dev/zero")
