"""Files from outside are read in a process of their own, with limits on time and memory; what comes back is plain data.

A file that breaks or exhausts its reader ends that process, never this one, and nothing of it is kept.
"""

import datetime as dt
import gc
import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matchday.directory.derive import as_json, from_json
from matchday.directory.model import Problem, Reading, SourceKind
from matchday.terms import InputProblem

if TYPE_CHECKING:
    from matchday.directory.store import Store

LOOK = 0.2  # seconds between two looks at whether to stop
SECONDS = 30  # of the processor; the clock may run longer on a busy machine
MEMORY = 512_000_000


def never() -> bool:
    """Do not stop."""
    return False


def take_in(
    path: Path, source: str = "auto", columns: Mapping[str, str] | None = None, *, stop: Callable[[], bool] = never
) -> Reading:
    """Read a file with the importer of `source` (or the one it looks like) in a child process, until `stop` says so."""
    order = json.dumps({"path": str(path), "source": source, "columns": dict(columns or {})})
    status, said, trouble = _read(order.encode(), path, stop)
    if status != 0:
        last = trouble.decode("utf-8", "replace").strip().splitlines()[-1:] or [f"it ended with {status}"]
        raise _stopped(path, last[0][:300])
    answer = json.loads(said)
    del said  # it can be as large as the list itself
    if "problem" in answer:
        raise InputProblem(**answer["problem"])
    return _reading(answer)


def _read(order: bytes, path: Path, stop: Callable[[], bool]) -> tuple[int, bytes, bytes]:
    """The child's status, output and errors; it is ended when it takes too long or is not wanted any more."""
    command = [sys.executable, "-m", "matchday.directory.intake"]
    late = time.monotonic() + 4 * SECONDS
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe) as child:  # noqa: S603 -- this program, no shell
        given: bytes | None = order
        while True:
            try:
                said, trouble = child.communicate(given, timeout=LOOK)
                if stop():  # what came too quickly to be stopped is not wanted either
                    raise _stopped(path, "you asked for it")
                return child.returncode, said, trouble
            except subprocess.TimeoutExpired:
                given = None  # it has been handed over
            if stop() or time.monotonic() > late:
                child.kill()
                raise _stopped(path, "you asked for it" if stop() else "it took too long")


def take_in_as_before(
    store: "Store",
    path: Path,
    source: str = "auto",
    columns: Mapping[str, str] | None = None,
    *,
    keep: bool = False,
    stop: Callable[[], bool] = never,
) -> Reading:
    """As `take_in`; the columns of an own sheet are those told now; for the others, those that the store remembers.

    With `keep` the store remembers them for the next sheet with these headers.
    """
    reading = take_in(path, source, columns, stop=stop)
    if reading.kind is not SourceKind.SPREADSHEET:
        return reading
    header = json.dumps(sorted(reading.columns))
    remembered = store.mapping(header)
    told = (json.loads(remembered) if remembered else {}) | dict(columns or {})
    if remembered and told != dict(reading.columns):
        reading = take_in(path, reading.kind.value, told, stop=stop)
    if keep:
        store.remember(header, json.dumps(dict(reading.columns)))
    return reading


def digest_of_file(path: Path) -> str:
    """SHA-256 of a file's bytes, so that the same file is not imported twice."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _stopped(path: Path, why: str) -> InputProblem:
    return InputProblem(
        f"reading was stopped ({why})",
        expected=f"a file that can be read in {SECONDS} s and {MEMORY / 1e6:.0f} MB",
        do="save the list as CSV, or split it",
        file=str(path),
    )


def _reading(answer: dict[str, Any]) -> Reading:
    return Reading(
        kind=SourceKind(answer["kind"]),
        read=answer["read"],
        records=tuple(from_json(*record) for record in answer["records"]),
        problems=tuple(Problem(**problem) for problem in answer["problems"]),
        as_of=dt.date.fromisoformat(answer["as_of"]) if answer["as_of"] else None,
        columns=answer["columns"],
    )


def _answer(order: dict[str, Any]) -> dict[str, Any]:
    """What the child says: the reading, or the problem with the file."""
    from matchday.directory.importers import read

    try:
        reading = read(Path(order["path"]), order["source"], order["columns"])
    except InputProblem as found:
        told = {name: getattr(found, name) for name in ("what", "expected", "do", "file", "line")}
        return {"problem": told}
    return {
        "kind": reading.kind,
        "read": reading.read,
        "records": [as_json(record) for record in reading.records],
        "problems": [asdict(problem) for problem in reading.problems],
        "as_of": reading.as_of and reading.as_of.isoformat(),
        "columns": dict(reading.columns),
    }


def _limit() -> None:
    """Bound this process. Windows has no such limits; there the sizes checked before opening must do."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def main() -> None:
    """The child: an order on standard input, an answer on standard output."""
    _limit()
    gc.disable()  # a short life, many small values and no cycles: looking for garbage costs a fifth of the time
    answer = _answer(json.loads(sys.stdin.buffer.read()))
    sys.stdout.buffer.write(json.dumps(answer).encode())


if __name__ == "__main__":
    main()
