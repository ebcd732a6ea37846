"""The one dossier file that the pages stand on: read, write, undo, and the answers made from it."""

import datetime as dt
import os
import secrets
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from matchday.dossier.file import dumps, format_of, load_bytes, parse, within_limit
from matchday.dossier.keep import Version, digest, kept, reached, replace, restore, versions
from matchday.dossier.model import Dossier
from matchday.terms import InputProblem
from matchday.web.address import refused, remembered
from matchday.web.suppose import Supposition

if TYPE_CHECKING:  # rules and plan are loaded with the first answer, so that the door is open sooner
    from matchday.plan.build import Plan
    from matchday.rules import Report

Clock = Callable[[], dt.datetime]
Answered = TypeVar("Answered")
KEPT_ANSWERS = 200
KEPT_STATES = 30  # of the file as pages were made from it, for the forms that are still open


def utc_now() -> dt.datetime:
    """The clock of this machine, in UTC."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class Opened:
    """The dossier as it stood in the file, and the digest of those bytes ("" when there is no file yet).

    `supposed`: what the dossier holds beside the file, for answers alone; whatever is written starts from `read()`.
    """

    dossier: Dossier
    digest: str
    supposed: tuple[Supposition, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the file: what it said before and says after, and whether it went back to an earlier state."""

    before: Opened
    after: Opened
    back: bool = False


@dataclass(slots=True)
class Desk:
    """One dossier file on one machine. Every read looks at the file, so that an edit by hand is seen at once."""

    path: Path
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    clock: Clock = utc_now
    port: int = 0  # where the pages are served
    supposed: tuple[Supposition, ...] = ()  # what-ifs, never in the file
    _turn: threading.Lock = field(default_factory=threading.Lock)
    _last: tuple[bytes, Opened] | None = None
    _seen: dict[str, Opened] = field(default_factory=dict)
    _answers: dict[tuple[object, ...], object] = field(default_factory=dict)
    _change: Change | None = None

    @property
    def keeps_pages(self) -> bool:
        """Whether the browser may keep pages for reading offline: until the owner wishes none, at the address of the file."""
        return not refused(self.path) and remembered(self.path) in (None, self.port)

    @property
    def mark(self) -> str:
        """What tells this file from others in the memory of a browser, without naming it."""
        return digest(os.path.realpath(self.path).encode())[:16]

    @property
    def exists(self) -> bool:
        """Whether there is a file yet; one that may not be looked at is taken to be there, so that reading it tells why."""
        try:
            self.path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError:
            return True
        return True

    def read(self) -> Opened:
        """The dossier in the file now; an empty one when there is no file yet. InputProblem when it cannot be read."""
        if not self.exists:
            return Opened(Dossier(), "")
        content = load_bytes(self.path)
        last = self._last
        if last is None or last[0] != content:
            last = (content, Opened(parse(content, str(self.path)), digest(content)))
            self._last = last
            self._seen[last[1].digest] = last[1]
            for old in list(self._seen)[:-KEPT_STATES]:
                self._seen.pop(old, None)
        return last[1]

    def believed(self, opened: Opened) -> Opened:
        """The same with what is supposed: the one place where a what-if reaches the answers.

        What cannot be supposed any more, because it has left the file meanwhile, is left out.
        """
        return self.answer("believed", opened, self.supposed, make=lambda: self._supposing(opened))

    def _supposing(self, opened: Opened) -> Opened:
        dossier, taken = opened.dossier, []
        for one in self.supposed:
            with suppress(InputProblem):
                dossier = one.applied(dossier)
                taken.append(one)
        return Opened(dossier, opened.digest, tuple(taken))

    def seen(self, digest_: str) -> Opened | None:
        """The state of the file with this digest: one read lately, or a kept version; None when it is not known."""
        if not digest_:
            return Opened(Dossier(), "")
        with suppress(InputProblem):
            names = () if digest_ in self._seen else self.versions()
            return self._seen.get(digest_) or next(
                (one for one in (self._kept(name.name) for name in names) if one.digest == digest_), None
            )
        return None

    def write(self, dossier: Dossier, expected: str) -> str:
        """Put the dossier into the file, safely, and give its digest; Conflict when the file is not the one that was read.

        InputProblem when it cannot be written, or could not be read again.
        """
        with self._turn:
            before = self.read()
            content = self._written(dossier, before)
            within_limit(content, str(self.path))
            parse(content, str(self.path))
            replace(self.path, content, now=self.clock(), expected_digest=expected)
            if before.digest != digest(content):
                self._change = Change(before, self.read())
            return digest(content)

    def _written(self, dossier: Dossier, before: Opened) -> bytes:
        """The bytes of a dossier, in the layout of the file where its owner gave it one of his own."""
        format_ = format_of(self.path.name)
        fresh = dumps(dossier, format_)
        if format_ == "toml" and before.digest:
            owned = load_bytes(self.path)
            if owned != dumps(before.dossier).encode():
                from matchday.web.layout import laid_into  # tomlkit is of use for files written by hand only

                laid = laid_into(owned.decode("utf-8-sig").replace("\r\n", "\n"), fresh)
                return laid.replace("\n", "\r\n" if b"\r\n" in owned else "\n").encode()
        return fresh.encode()

    def answer(self, question: str, opened: Opened, *rest: object, make: Callable[[], Answered]) -> Answered:
        """An answer made from the file and what is supposed, kept until one of them or the question changes."""
        key = (question, opened.digest, opened.supposed, *rest)
        found = self._answers.get(key)
        if found is None:
            if len(self._answers) > KEPT_ANSWERS:
                self._answers.clear()
            found = self._answers[key] = make()
        return cast(Answered, found)

    def report(self, opened: Opened, on: dt.date) -> "Report":
        """Where the owner of the file stands on a day."""
        from matchday.rules import check

        return self.answer("report", opened, on, make=lambda: check(opened.dossier, on))

    def plan(self, opened: Opened, on: dt.date, season: int | None = None) -> "Plan":
        """The plan of the owner of the file on a day."""
        from matchday.plan.build import plan as build_plan

        return self.answer("plan", opened, on, season, make=lambda: build_plan(opened.dossier, on, season=season))

    def versions(self) -> tuple[Version, ...]:
        """The earlier states of the file, newest first."""
        return versions(self.path)

    def undo(self) -> None:
        """Go back to the state before the last change, and each time one further; nothing happens where there is none."""
        with self._turn:
            self._go(self.earlier(), back=True)

    def redo(self) -> None:
        """Bring back the state that undo left, and each time one further; nothing happens where there is none."""
        with self._turn:
            self._go(self.later(), back=False)

    def earlier(self) -> str:
        """The version that undo would go to; "" for none. Where undo came to last is kept beside the file."""
        at = reached(self.path)
        return self._first(one.name for one in self.versions() if not at or one.name <= at)

    def later(self) -> str:
        """The version that redo would go to; "" for none."""
        at = reached(self.path)
        return self._first(one.name for one in reversed(self.versions()) if at and one.name > at)

    def step(self, version: str) -> Change | None:
        """What going to a version would change; None for none, and for a file that cannot be read now."""
        with suppress(InputProblem):
            return Change(self.read(), self._kept(version)) if version else None
        return None

    def change(self) -> Change | None:
        """The last change of the file, as far as it is known: what this program did, else against the next version."""
        now = self.read()
        if self._change and self._change.after.digest == now.digest:
            return self._change
        later = self.later()
        before = later or self.earlier()
        return Change(self._kept(before), now, back=bool(later)) if before else None

    def _go(self, version: str, *, back: bool) -> None:
        if not version:
            return
        before = Opened(Dossier(), "")
        with suppress(InputProblem):  # this is also the way out of a file that cannot be read
            before = self.read()
        restore(self.path, version, now=self.clock(), once=True)
        after = self.read()
        self._change = Change(before if before.digest else after, after, back=back)

    def _kept(self, version: str) -> Opened:
        content = kept(self.path, version)
        return Opened(parse(content, str(self.path)), digest(content))

    def _first(self, names: Iterable[str]) -> str:
        """The first of these versions that can be read and says something else than the file."""
        here = self._digest()
        for name in names:
            with suppress(InputProblem):
                if self._kept(name).digest != here:
                    return name
        return ""

    def _digest(self) -> str:
        with suppress(InputProblem):  # what cannot be read is no state that could be met again
            return digest(load_bytes(self.path)) if self.exists else ""
        return ""


_desk: list[Desk] = []


def sit_down(desk_: Desk) -> Desk:
    """Make this the desk that the pages stand on."""
    _desk[:] = [desk_]
    return desk_


def desk() -> Desk:
    """The desk that the pages stand on."""
    return _desk[0]
