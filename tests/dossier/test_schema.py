"""The JSON Schema accepts what the reader reads and refuses the slips that a schema can see."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from matchday.dossier.file import dumps, read
from matchday.dossier.model import Dossier
from matchday.dossier.schema import schema
from tests.strategies import EXAMPLES, dossiers

CHECKER = Draft202012Validator(schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)

REFUSED: dict[str, dict[str, Any]] = {
    "no schema": {"season": 2027},
    "schema of a later program": {"schema": 2},
    "unknown key": {"schema": 1, "person": {"nam": "A"}},
    "month 13": {"schema": 1, "person": {"born": "2025-13-01"}},
    "unknown country": {"schema": 1, "person": {"citizenships": ["UK"]}},
    "score out of range": {"schema": 1, "exam": [{"exam": "step1", "score": 301}]},
    "score as text": {"schema": 1, "exam": [{"exam": "step1", "score": "213"}]},
    "exam without its name": {"schema": 1, "exam": [{"score": 213}]},
    "pair of one": {"schema": 1, "couple": {"pairs": [["A"]]}},
    "two durations for three": {"schema": 1, "durations": {"a": [1, 2]}},
    "unknown state": {"schema": 1, "preferences": {"states": ["ZZ"]}},
    "state by name": {"schema": 1, "preferences": {"states": ["Texas"]}},
    "date with time in words": {"schema": 1, "interview": [{"start": "tomorrow at nine"}]},
}


def test_the_schema_is_itself_valid() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_fits(path: Path) -> None:
    assert [error.message for error in CHECKER.iter_errors(json.loads(dumps(read(path), "json")))] == []


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(dossier=dossiers())
def test_any_dossier_fits(dossier: Dossier) -> None:
    assert [error.message for error in CHECKER.iter_errors(json.loads(dumps(dossier, "json")))] == []


@pytest.mark.parametrize("tree", REFUSED.values(), ids=REFUSED.keys())
def test_slips_do_not_fit(tree: dict[str, Any]) -> None:
    assert not CHECKER.is_valid(tree)
