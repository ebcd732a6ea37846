"""What every test may ask for."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real files and facts beside the repository, or $MATCHDAY_SHARED. Never skipped in CI."""
    folder = Path(os.environ.get("MATCHDAY_SHARED", Path(__file__).parents[2] / "shared"))
    if not folder.is_dir() and not os.environ.get("CI"):
        pytest.skip(f"no folder of real files at {folder}; set MATCHDAY_SHARED to run this")
    return folder
