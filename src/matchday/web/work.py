"""Long work of the pages: done in a thread of its own, one after another, watched and stopped from a page."""

import secrets
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language, override

from matchday.terms import InputProblem

KEPT = 8
STEPS = 20_000  # of the database between two looks at whether to stop; some milliseconds


@dataclass(slots=True)
class Work:
    """Something that takes long. `said`: what is being done now; `result` or `problem` or `stopped`: how it ended."""

    title: str
    said: str = ""
    token: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    result: Any = None
    problem: InputProblem | None = None
    fault: BaseException | None = None
    _begun: float = field(default_factory=time.monotonic)
    _ended: threading.Event = field(default_factory=threading.Event)
    _stop: threading.Event = field(default_factory=threading.Event)

    @property
    def seconds(self) -> int:
        """How long it has been at work."""
        return round(time.monotonic() - self._begun)

    @property
    def stopped(self) -> bool:
        """Whether it was asked to stop; nothing of it is kept then."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Ask it to stop."""
        self._stop.set()

    def wait(self, seconds: float) -> bool:
        """Give it so many seconds; whether it has ended. A mistake of the program is raised where somebody waits."""
        ended = self._ended.wait(seconds)
        if self.fault is not None:
            raise self.fault
        return ended

    def watch(self, db: sqlite3.Connection) -> None:
        """Let a database that works for it end with an error as soon as it is asked to stop."""
        db.set_progress_handler(lambda: int(self.stopped), STEPS)

    def run(self, do: Callable[["Work"], Any]) -> None:
        """Do it, and keep how it ended."""
        try:
            self.result = None if self.stopped else do(self)
        except InputProblem as problem:
            self.problem = problem
        except sqlite3.OperationalError as error:
            if not self.stopped:
                self.fault = error
        except Exception as mistake:  # it is raised again in the thread that waits
            self.fault = mistake
        finally:
            self._ended.set()


_works: dict[str, Work] = {}
_turn = threading.Lock()


def begin(title: str, do: Callable[[Work], Any]) -> Work:
    """Begin something; it waits for its turn where another is at work."""
    work, language = Work(title), get_language()

    def in_turn() -> None:
        with _turn, override(language):
            work.run(do)

    _works[work.token] = work
    while len(_works) > KEPT:
        _works.pop(next(iter(_works))).stop()
    threading.Thread(target=in_turn, daemon=True).start()
    return work


def work_of(token: str) -> Work | None:
    """The work of a token, as long as it is remembered."""
    return _works.get(token)
