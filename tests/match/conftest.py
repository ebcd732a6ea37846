"""Where the examples and the shared samples are."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def examples() -> Path:
    return Path(__file__).parent / "examples"


@pytest.fixture(scope="session")
def formats() -> Path:
    root = Path(os.environ.get("MATCHDAY_SHARED", Path(__file__).parents[2].parent / "shared"))
    folder = root / "data" / "formats"
    if not folder.is_dir() and os.environ.get("CI") != "true":
        pytest.skip(f"the shared samples are not in {folder}")
    return folder
