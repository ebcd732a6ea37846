"""A dossier on the disk is whole at every moment: old or new, never half; and ten earlier states are kept."""

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from matchday.dossier import keep
from matchday.dossier.keep import Conflict, Version, digest, replace, restore, versions
from matchday.terms import InputProblem

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "my.toml"
    path.write_bytes(b"schema = 1\n")
    return path


def others(file: Path) -> list[str]:
    """What lies beside the file, but for the folder of versions."""
    return sorted(
        entry.name for entry in file.parent.iterdir() if entry != file and not entry.name.endswith(".versions")
    )


def test_a_new_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    assert replace(path, b"new", now=NOON) == digest(b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert versions(path) == ()


def test_the_state_before_is_kept_and_can_be_brought_back(file: Path) -> None:
    replace(file, b"new", now=NOON)
    assert versions(file) == (Version("000001-20261122T120000Z.toml", "2026-11-22 12:00:00 UTC", 11),)
    restore(file, versions(file)[0].name, now=NOON)
    assert file.read_bytes() == b"schema = 1\n"
    restore(file, versions(file)[0].name, now=NOON)
    assert file.read_bytes() == b"new", "undoing an undo brings the newer state back"


def test_ten_versions_are_kept_in_order_even_when_the_clock_goes_back(file: Path) -> None:
    for number in range(15):
        replace(file, str(number).encode(), now=NOON.replace(hour=20 - number))
    kept = [(file.parent / ".my.toml.versions" / version.name).read_text() for version in versions(file)]
    assert kept == ["13", "12", "11", "10", "9", "8", "7", "6", "5", "4"]


def test_writing_the_same_again_keeps_no_version(file: Path) -> None:
    replace(file, b"schema = 1\n", now=NOON)
    assert versions(file) == ()


def test_rights_are_kept(file: Path) -> None:
    file.chmod(0o640)
    replace(file, b"new", now=NOON)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_link_stays_a_link(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.toml"
    link.symlink_to(file)
    replace(link, b"new", now=NOON)
    assert link.is_symlink()
    assert file.read_bytes() == b"new"
    assert versions(link) == versions(file) != ()


def test_the_second_of_two_writers_is_told(file: Path) -> None:
    seen = digest(file.read_bytes())
    replace(file, b"hers", now=NOON, expected_digest=seen)
    with pytest.raises(Conflict, match="changed by somebody else"):
        replace(file, b"his", now=NOON, expected_digest=seen)
    assert file.read_bytes() == b"hers"


def test_a_file_that_should_not_be_there_yet_is_a_conflict(file: Path) -> None:
    with pytest.raises(Conflict):
        replace(file, b"new", now=NOON, expected_digest="")


def test_a_version_that_is_not_kept_cannot_be_restored(file: Path) -> None:
    with pytest.raises(InputProblem, match="no version"):
        restore(file, "../../etc/passwd", now=NOON)


def test_a_file_that_may_not_be_written_is_respected(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(InputProblem, match="read-only"):
        replace(file, b"new", now=NOON)
    assert file.read_bytes() == b"schema = 1\n"


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


FAULTS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "the disk is full when the file is forced to it": lambda patch: patch.setattr(os, "fsync", full),
    "the rename fails": lambda patch: patch.setattr(Path, "replace", full),
    "no temporary file can be made": lambda patch: patch.setattr(keep.tempfile, "mkstemp", full),
    "the rights cannot be set": lambda patch: patch.setattr(os, "fchmod", full),
    "the folder of versions cannot be made": lambda patch: patch.setattr(Path, "mkdir", full),
}


@pytest.mark.parametrize("break_it", FAULTS.values(), ids=FAULTS.keys())
def test_when_the_disk_fails_the_old_file_stands_and_the_next_write_works(
    file: Path, monkeypatch: pytest.MonkeyPatch, break_it: Callable[[pytest.MonkeyPatch], None]
) -> None:
    with monkeypatch.context() as patch:
        break_it(patch)
        with pytest.raises(InputProblem, match=r"could not be written \(No space left on device\)") as caught:
            replace(file, b"new", now=NOON)
    assert caught.value.file == str(file)
    assert file.read_bytes() == b"schema = 1\n"
    assert others(file) == []
    replace(file, b"new", now=NOON)
    assert file.read_bytes() == b"new"


def test_the_bytes_reach_the_disk_before_the_name_and_the_name_before_the_answer(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    real_sync, real_replace = os.fsync, Path.replace

    def sync(handle: int) -> None:
        done.append("sync folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "sync file")
        real_sync(handle)

    def rename(self: Path, target: Path) -> Path:
        done.append("rename")
        return real_replace(self, target)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", rename)
    replace(file, b"new", now=NOON)
    assert done == ["sync file", "rename", "sync folder"] * 2, "the version first, then the file"


WRITER = """
import sys
from datetime import datetime, timezone
from pathlib import Path
from matchday.dossier.keep import replace
number = 0
while True:
    number += 1
    replace(sys.argv[1], (f"{number}\\n" * 20_000).encode(), now=datetime.now(timezone.utc))
    print(number, flush=True)
"""


def test_killing_the_writer_at_any_moment_leaves_a_whole_file_and_loses_no_answered_write(tmp_path: Path) -> None:
    file = tmp_path / "my.toml"
    for round_ in range(50):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(file)], stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            answered = writer.stdout.readline()
            time.sleep(round_ * 0.0005)
            writer.send_signal(signal.SIGKILL)
            answered = (answered + writer.stdout.read()).split("\n")[-2]
        lines = file.read_text().split("\n")[:-1]
        assert len(lines) == 20_000
        assert set(lines) == {lines[0]}
        assert int(lines[0]) >= int(answered)
    replace(file, b"new", now=NOON)
    assert others(file) == [], "what the killed writers left is swept away"
    assert len(versions(file)) == 10


def test_only_what_a_killed_writer_left_is_swept_away(file: Path) -> None:
    (file.parent / ".my.toml.left.tmp").touch()
    (file.parent / ".my.toml.swp").touch()
    (file.parent / ".my.toml.versions").mkdir()
    (file.parent / ".my.toml.versions" / ".000001.left.tmp").touch()
    (file.parent / ".my.toml.versions" / ".note").touch()
    replace(file, b"new", now=NOON)
    assert others(file) == [".my.toml.swp"]
    kept = sorted(entry.name for entry in (file.parent / ".my.toml.versions").iterdir())
    assert kept == [".note", "000001-20261122T120000Z.toml", "lock"]


def test_two_writers_lose_no_update(tmp_path: Path) -> None:
    file = tmp_path / "my.toml"
    file.write_bytes(b"0")
    counter = """
import sys
from datetime import datetime, timezone
from pathlib import Path
from matchday.dossier.keep import Conflict, digest, replace
done = 0
while done < 50:
    seen = Path(sys.argv[1]).read_bytes()
    try:
        replace(sys.argv[1], str(int(seen) + 1).encode(), now=datetime.now(timezone.utc), expected_digest=digest(seen))
        done += 1
    except Conflict:
        pass
"""
    writers = [subprocess.Popen([sys.executable, "-c", counter, str(file)]) for _ in range(2)]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0]
    assert file.read_bytes() == b"100"


def test_a_writer_that_does_not_end_is_told_of(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    monkeypatch.setattr(keep, "PATIENCE", 0.05)
    replace(file, b"second", now=NOON)
    with (file.parent / f".{file.name}.versions" / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(InputProblem, match="another program is writing it"):
            replace(file, b"third", now=NOON)
    assert file.read_bytes() == b"second"
