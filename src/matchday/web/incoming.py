"""Uploaded lists between looking and taking in: kept in a folder of this start that goes when the program ends."""

import atexit
import datetime as dt
import secrets
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from django.utils.translation import gettext as _

from matchday.directory.intake import digest_of_file, take_in_as_before
from matchday.directory.model import ImportResult, Reading
from matchday.directory.reading.files import MAX_FILE
from matchday.directory.store import Store
from matchday.terms import InputProblem
from matchday.web.work import Work

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
    """A file that was read and waits for a word: its name, its digest, what was made of it, and what taking it in would do."""

    path: Path
    digest: str
    reading: Reading
    result: ImportResult

    @property
    def title(self) -> str:
        """The name it was uploaded under."""
        return self.path.name


@dataclass(slots=True)
class Incoming:
    """The waiting files by the token of their form, the last few only."""

    _folder: str = ""
    _waiting: dict[str, Waiting] = field(default_factory=dict)

    def put(self, upload: Upload) -> Path:
        """Keep an uploaded file until it is looked at. InputProblem when it is too large."""
        name = Path(upload.name or "list").name[-LONGEST_NAME:]
        if (upload.size or 0) > MAX_FILE:
            raise InputProblem(
                f"the file has {(upload.size or 0) / 1e6:.1f} MB", expected=f"at most {MAX_FILE / 1e6:.0f} MB",
                do="keep only the list of programs, or split it", file=name,
            )  # fmt: skip
        folder = Path(self._place()) / secrets.token_urlsafe(12)
        folder.mkdir()
        (folder / name).write_bytes(upload.read())
        return folder / name

    def look(self, store: Store, path: Path, work: Work, today: dt.date, source: str = "auto") -> str | None:
        """Read a kept file in a process of its own and try to take it in; gives the token it waits under, None if stopped.

        `source` is the kind of list, "auto" to find out. InputProblem names the file.
        """
        token = None
        try:
            token = self._look(store, path, work, today, source, {})
        finally:
            if token is None:
                path.unlink(missing_ok=True)
        return token

    def look_again(
        self, store: Store, token: str, columns: Mapping[str, str], work: Work, today: dt.date
    ) -> str | None:
        """Read a waiting file once more, with these meanings of its columns."""
        return self._look(store, self.get(token).path, work, today, "spreadsheet", columns)

    def _look(
        self, store: Store, path: Path, work: Work, today: dt.date, source: str, columns: Mapping[str, str]
    ) -> str | None:
        work.said = _("reading the file")
        try:
            reading = take_in_as_before(store, path, source, columns, stop=lambda: work.stopped)
        except InputProblem as problem:
            problem.file = path.name  # where it waits is nobody's concern
            raise
        work.said = _("{n} rows read; trying to join them to the directory").format(n=f"{reading.read:,}")
        work.watch(store.db)
        digest = digest_of_file(path)
        result = store.add(reading, title=path.name, read_on=today, digest=digest, dry_run=True)
        if work.stopped:
            return None
        token = path.parent.name
        self._waiting[token] = Waiting(path, digest, reading, result)
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
