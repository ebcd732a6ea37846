"""Uploaded lists between looking and taking in: kept in a folder of this start that goes when the program ends."""

import atexit
import secrets
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from matchday.directory.intake import digest_of_file, take_in_as_before
from matchday.directory.model import Reading
from matchday.directory.reading.files import MAX_FILE
from matchday.directory.store import Store
from matchday.terms import InputProblem

KEPT = 3
LONGEST_NAME = 80


class Upload(Protocol):
    """An uploaded file, as Django hands it over."""

    @property
    def name(self) -> str | None:
        """The name it had where it came from."""

    @property
    def size(self) -> int | None:
        """Its bytes, counted."""

    def read(self) -> bytes:
        """Its bytes."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that was read and waits for a word: its name, its digest, and what was made of it."""

    path: Path
    digest: str
    reading: Reading

    @property
    def title(self) -> str:
        """The name it was uploaded under."""
        return self.path.name


@dataclass(slots=True)
class Incoming:
    """The waiting files by the token of their form, the last few only."""

    _folder: str = ""
    _waiting: dict[str, Waiting] = field(default_factory=dict)

    def look(self, store: Store, upload: Upload, source: str = "auto") -> str:
        """Read an uploaded file in a process of its own; gives the token it waits under. InputProblem names the file.

        `source` is the kind of list, "auto" to find out.
        """
        name = Path(upload.name or "list").name[-LONGEST_NAME:]
        if (upload.size or 0) > MAX_FILE:
            raise InputProblem(
                f"the file has {(upload.size or 0) / 1e6:.1f} MB", expected=f"at most {MAX_FILE / 1e6:.0f} MB",
                do="keep only the list of programs, or split it", file=name,
            )  # fmt: skip
        token = secrets.token_urlsafe(12)
        folder = Path(self._place()) / token
        folder.mkdir()
        (folder / name).write_bytes(upload.read())
        return self._read(store, token, folder / name, {}, source)

    def look_again(self, store: Store, token: str, columns: Mapping[str, str]) -> str:
        """Read a waiting file once more, with these meanings of its columns."""
        return self._read(store, token, self.get(token).path, columns, "spreadsheet")

    def _read(self, store: Store, token: str, path: Path, columns: Mapping[str, str], source: str) -> str:
        try:
            reading = take_in_as_before(store, path, source, columns)
        except InputProblem as problem:
            problem.file = path.name  # where it waits is nobody's concern
            raise
        self._waiting[token] = Waiting(path, digest_of_file(path), reading)
        while len(self._waiting) > KEPT:
            self.forget(next(iter(self._waiting)))
        return token

    def get(self, token: str) -> Waiting:
        """The file that waits under a token."""
        found = self._waiting.get(token)
        if found is None:
            raise InputProblem(
                "this upload is not here any more", expected="a file of this start of the program", do="upload it again"
            )
        return found

    def forget(self, token: str) -> None:
        """Delete a waiting file."""
        waiting = self._waiting.pop(token, None)
        if waiting:
            waiting.path.unlink(missing_ok=True)

    def _place(self) -> str:
        """The folder of this start, made when the first file comes; it goes when the program ends."""
        if not self._folder:
            self._folder = tempfile.mkdtemp(prefix="matchday-")
            atexit.register(shutil.rmtree, self._folder, ignore_errors=True)
        return self._folder


incoming = Incoming()
