"""Put a file in place whole or not at all, and keep its last ten versions beside it.

The new bytes go to a temporary file in the same folder, are forced to the disk, and only then take the file's name;
a crash, a full disk or a lost power line leaves the old file or the new one, never a mixture. Writers take turns by a
lock, so a digest seen before can be compared without a gap.
"""

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from matchday.terms import InputProblem

KEPT = 10
PATIENCE = 10.0  # seconds
NAMED = re.compile(r"\d{6,}-\d{8}T\d{6}Z(\.\w+)?")  # a version; whatever else lies in the folder is left alone
REACHED = "reached"  # the file beside the versions that names the one last gone back to, while nothing else was written


class Conflict(InputProblem):
    """Somebody else changed the file since it was read."""


@dataclass(frozen=True, slots=True)
class Version:
    """An earlier state of a file: its name for `restore`, when it was replaced (UTC), its size in bytes."""

    name: str
    replaced_at: str
    size: int


def digest(content: bytes) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def replace(
    path: str | Path, content: bytes, *, now: datetime, expected_digest: str | None = None, once: bool = False
) -> str:
    """Make these bytes the file, keeping what stood there as a version; gives the digest of the new bytes.

    `expected_digest` is that of the file as it was read ("" for no file yet); Conflict when it is another by now.
    `once`: for walking through the versions; the one that the walk stands on is not kept again, and none is dropped.
    """
    target = _target(path)
    try:
        with _turn(target):
            old = _bytes(target) if target.exists() else None
            _check_digest(target, old, expected_digest)
            if old != content:
                _swap(target, old, content, now, once=once)
    except OSError as error:
        raise InputProblem(
            f"the file could not be written ({error.strerror or error})", expected="a folder with room, open to you",
            do="make room or choose another folder; nothing was changed", file=str(path),
        ) from error  # fmt: skip
    return digest(content)


def _target(path: str | Path) -> Path:
    """The file itself: a link stays a link, and what it points to is read and replaced."""
    return Path(os.path.realpath(path))  # Path.resolve() fails for a link that leads back to itself


def _bytes(target: Path) -> bytes:
    if not target.is_file():
        raise OSError(0, "it is no ordinary file")  # a pipe would keep the writer waiting
    return target.read_bytes()


def _check_digest(target: Path, old: bytes | None, expected: str | None) -> None:
    if expected is not None and expected != (digest(old) if old is not None else ""):
        raise Conflict(
            "the file was changed by somebody else meanwhile", expected="the file as it was read",
            do="read it again and repeat the change", file=str(target),
        )  # fmt: skip


def _swap(target: Path, old: bytes | None, content: bytes, now: datetime, *, once: bool) -> None:
    if old is None:
        _put(target, content, like=None)
        return
    if not os.access(target, os.W_OK):
        raise PermissionError(0, "the file is read-only")
    kept = _names(target)
    number = int(kept[-1].split("-")[0]) + 1 if kept else 1
    at = reached(target) if once else ""  # a walk goes on from a version, which need not be kept again
    if not (at and (_folder(target) / at).read_bytes() == old):
        _put(_folder(target) / f"{number:06}-{now:%Y%m%dT%H%M%SZ}{target.suffix}", old, like=None)
    _put(target, content, like=target)
    for name in [] if once else kept[: max(0, len(kept) + 1 - KEPT)]:
        (_folder(target) / name).unlink()
    if not once:
        (_folder(target) / REACHED).unlink(missing_ok=True)


def _put(target: Path, content: bytes, *, like: Path | None) -> None:
    """Write beside, force to the disk, rename, force the folder to the disk."""
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=_prefix(target), suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            if like:
                _same_rights(file.fileno(), like)
            os.fsync(file.fileno())
        Path(temporary).replace(target)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(temporary).unlink()
        raise
    _sync_folder(target.parent)


def _same_rights(handle: int, like: Path) -> None:
    """Give a new file the rights, and as far as this person may, the owner, of the one that it replaces."""
    seen = like.stat()
    os.fchmod(handle, seen.st_mode & 0o7777)
    with suppress(PermissionError):  # only the superuser may give files away
        os.fchown(handle, seen.st_uid, seen.st_gid)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _turn(target: Path) -> Iterator[None]:
    """One writer at a time. The lock falls when its holder ends, however it ends."""
    import fcntl

    _folder(target).mkdir(mode=0o700, parents=True, exist_ok=True)
    with (_folder(target) / "lock").open("w") as lock:
        _wait(lambda: fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB))
        _sweep(target)
        yield


def _wait(take: Callable[[], None]) -> None:
    """Take the lock; a writer needs a moment only, so one that is stopped in the middle is told of and not waited for."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return take()
        except BlockingIOError as held:
            if time.monotonic() > end:
                raise OSError(0, "another program is writing it and does not end") from held
            time.sleep(0.01)


def _sweep(target: Path) -> None:
    """Take away what a killed writer left. Whoever holds the lock knows that no other writer is at work."""
    left = [entry for entry in target.parent.iterdir() if entry.name.startswith(_prefix(target))]
    left += [entry for entry in _folder(target).iterdir() if entry.name.startswith(".")]
    for entry in left:
        if entry.suffix == ".tmp":
            entry.unlink()


def _prefix(target: Path) -> str:
    return f".{target.name[:100]}."


def _folder(target: Path) -> Path:
    return target.parent / f".{target.name}.versions"


def _names(target: Path) -> list[str]:
    """The names of the kept versions, oldest first. The running number leads, so a clock set back does no harm."""
    folder = _folder(target)
    if not folder.is_dir():
        return []
    return sorted(entry.name for entry in folder.iterdir() if NAMED.fullmatch(entry.name))


def versions(path: str | Path) -> tuple[Version, ...]:
    """The kept versions of a file, newest first."""
    target = _target(path)
    return tuple(_described(_folder(target) / name) for name in reversed(_names(target)))


def _described(entry: Path) -> Version:
    moment = datetime.strptime(entry.stem.split("-")[1], "%Y%m%dT%H%M%SZ")  # noqa: DTZ007 -- the Z says UTC
    return Version(entry.name, f"{moment:%Y-%m-%d %H:%M:%S} UTC", entry.stat().st_size)


def kept(path: str | Path, version: str) -> bytes:
    """The bytes of a kept version."""
    return (_folder(_target(path)) / version).read_bytes()


def restore(path: str | Path, version: str, *, now: datetime, once: bool = False) -> str:
    """Bring a kept version back; the state that it replaces is kept too, so this can be undone. Gives the digest.

    `once` as in `replace`; the place among the versions is then remembered, for `reached`.
    """
    target = _target(path)
    if version not in _names(target):
        raise InputProblem(
            f"there is no version {version!r}", expected="the name of a kept version",
            do="see `matchday dossier versions FILE`", file=str(path),
        )  # fmt: skip
    found = replace(path, kept(path, version), now=now, once=once)
    with suppress(OSError):  # without the note the next walk begins at the newest version again; nothing is lost
        if once:
            _put(_folder(target) / REACHED, version.encode(), like=None)
    return found


def reached(path: str | Path) -> str:
    """The version that a walk with `once` came to; "" when something was written since. It outlives the program."""
    target = _target(path)
    with suppress(OSError, UnicodeError):  # no note, or not one of ours
        name = (_folder(target) / REACHED).read_text("utf-8")
        return name if name in _names(target) else ""
    return ""
