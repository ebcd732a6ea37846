"""Each importer has a small made-up sample, and reads it exactly as written beside it.

To see what changed on purpose: MATCHDAY_WRITE_EXPECTED=1 pytest tests/directory/test_samples.py, then read the diff.
"""

import json
import os
from dataclasses import asdict
from pathlib import Path

import pytest

from matchday.directory.importers import importers, read, recognise
from matchday.directory.model import Reading

SAMPLES = Path(__file__).parents[1] / "samples" / "programs"
FILES = sorted(path for path in SAMPLES.iterdir() if not path.name.endswith(".expected.json"))


def as_document(reading: Reading) -> dict[str, object]:
    return json.loads(json.dumps({**asdict(reading), "as_of": str(reading.as_of)}))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_sample_is_read_as_expected(path: Path) -> None:
    found = as_document(read(path))
    expected = path.with_name(path.name + ".expected.json")
    if os.environ.get("MATCHDAY_WRITE_EXPECTED"):
        expected.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(expected.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_row_is_accepted_or_named(path: Path) -> None:
    reading = read(path)
    accepted = sum(len(record.rows) for record in reading.records)
    assert reading.read == accepted + len({problem.row for problem in reading.problems if problem.fatal})


def test_every_importer_has_a_sample_that_is_recognised_as_its_own() -> None:
    seen = {recognise(path).KIND.value for path in FILES}
    assert seen == set(importers())
