"""What every test may ask for."""

import datetime as dt
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


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a made-up directory of programs, drawn once for the pages in tests and in journeys."""
    from matchday.directory.store import Store
    from matchday.directory.synthetic import made_up_directory

    folder = tmp_path_factory.mktemp("directory")
    with Store(folder / "directory.sqlite") as store:
        store.fill_made_up(made_up_directory().records, dt.date(2026, 11, 22))
    return folder
