"""The made-up directory is drawn by a process of its own, so that the pages answer meanwhile; never twice at once.

It begins when the program starts. A page that needs the directory says that it is being drawn, and looks again by itself.
"""

import atexit
import datetime as dt
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field

from matchday.directory.store import Store, place
from matchday.web.shelf import fill


@dataclass(slots=True)
class Drawing:
    """At most one process that fills the directory of this machine."""

    _child: "subprocess.Popen[bytes] | None" = None
    _since: float = 0.0
    _where: str = ""
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, today: dt.date) -> bool:
        """Draw the directory unless it holds something or is being drawn; whether it can be read now."""
        with self._turn:
            if self._busy():
                return False
            with Store() as store:
                if not store.empty:
                    return True
            if self._child and self._child.returncode and self._where == str(place()):
                return True  # that process could not do it: the page itself will, and tell what is wrong
            command = [sys.executable, "-m", "matchday.web.drawing", today.isoformat()]
            self._child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 -- this program, no shell
            self._since, self._where = time.monotonic(), str(place())
            return False

    def wait(self, seconds: float) -> bool:
        """Give it so many seconds; whether it is done."""
        if self._child:
            try:
                self._child.wait(seconds)
            except subprocess.TimeoutExpired:
                return False
        return True

    @property
    def seconds(self) -> int:
        """How long it has been at work."""
        return round(time.monotonic() - self._since)

    def stop(self) -> None:
        """End a process that is still at work; what it began is undone by the file itself."""
        if self._busy() and self._child:
            self._child.kill()
            self._child.wait()

    def _busy(self) -> bool:
        return self._child is not None and self._child.poll() is None


drawing = Drawing()
atexit.register(drawing.stop)


def main() -> None:
    """The child: fill the directory, without pushing aside what a person waits for."""
    if sys.platform != "win32":
        os.nice(5)
    with Store() as store:
        fill(store, dt.date.fromisoformat(sys.argv[1]))


if __name__ == "__main__":
    main()
