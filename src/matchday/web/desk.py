"""The one dossier file that the pages stand on: read, write, undo, and the answers made from it."""

import datetime as dt
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

from matchday.dossier.file import dumps, format_of, load_bytes, parse
from matchday.dossier.keep import Version, digest, replace, restore, versions
from matchday.dossier.model import Dossier
from matchday.plan.build import Plan
from matchday.plan.build import plan as build_plan
from matchday.rules import Report, check

Clock = Callable[[], dt.datetime]
Answered = TypeVar("Answered")
KEPT_ANSWERS = 200


def utc_now() -> dt.datetime:
    """The clock of this machine, in UTC."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class Opened:
    """The dossier as it stood in the file, and the digest of those bytes ("" when there is no file yet)."""

    dossier: Dossier
    digest: str


@dataclass(slots=True)
class Desk:
    """One dossier file on one machine. Every read looks at the file, so that an edit by hand is seen at once."""

    path: Path
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    clock: Clock = utc_now
    _turn: threading.Lock = field(default_factory=threading.Lock)
    _last: tuple[bytes, Opened] | None = None
    _answers: dict[tuple[object, ...], object] = field(default_factory=dict)

    @property
    def exists(self) -> bool:
        """Whether there is a file yet."""
        return self.path.exists()

    def read(self) -> Opened:
        """The dossier in the file now; an empty one when there is no file yet. InputProblem when it cannot be read."""
        if not self.exists:
            return Opened(Dossier(), "")
        content = load_bytes(self.path)
        last = self._last
        if last is None or last[0] != content:
            last = (content, Opened(parse(content, str(self.path)), digest(content)))
            self._last = last
        return last[1]

    def write(self, dossier: Dossier, expected: str) -> str:
        """Put the dossier into the file, safely; Conflict when the file is not the one that was read."""
        with self._turn:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            content = dumps(dossier, format_of(self.path.name)).encode()
            return replace(self.path, content, now=self.clock(), expected_digest=expected)

    def answer(self, question: str, opened: Opened, *rest: object, make: Callable[[], Answered]) -> Answered:
        """An answer made from the file, kept until the file or the question changes."""
        key = (question, opened.digest, *rest)
        if key not in self._answers:
            if len(self._answers) > KEPT_ANSWERS:
                self._answers.clear()
            self._answers[key] = make()
        return cast(Answered, self._answers[key])

    def report(self, opened: Opened, on: dt.date) -> Report:
        """Where the owner of the file stands on a day."""
        return self.answer("report", opened, on, make=lambda: check(opened.dossier, on))

    def plan(self, opened: Opened, on: dt.date, season: int | None = None) -> Plan:
        """The plan of the owner of the file on a day."""
        return self.answer("plan", opened, on, season, make=lambda: build_plan(opened.dossier, on, season=season))

    def versions(self) -> tuple[Version, ...]:
        """The earlier states of the file, newest first."""
        return versions(self.path)

    def undo(self) -> None:
        """Go back to the state before the last change; what is left becomes a version too, so undo can be undone."""
        with self._turn:
            restore(self.path, self.versions()[0].name, now=self.clock())


_desk: list[Desk] = []


def sit_down(desk_: Desk) -> Desk:
    """Make this the desk that the pages stand on."""
    _desk[:] = [desk_]
    return desk_


def desk() -> Desk:
    """The desk that the pages stand on."""
    return _desk[0]
