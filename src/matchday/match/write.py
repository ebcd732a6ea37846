"""Put files in place whole or not at all."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from matchday.terms import InputProblem


def write_whole(texts: Mapping[Path, str]) -> None:
    """Write every file beside its place first; only when all are on the disk do they take their names."""
    ready: list[tuple[str, Path]] = []
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".matchday-", suffix=".tmp")
            ready.append((temporary, path))
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(0o644)
        for temporary, path in ready:
            Path(temporary).replace(path)
    except OSError as error:
        raise InputProblem(
            f"cannot be written: {error.strerror or error}", expected="a place that you may write to",
            do="choose another place; nothing was changed", file=str(error.filename2 or path),
        ) from error  # fmt: skip
    finally:
        for temporary, _ in ready:
            Path(temporary).unlink(missing_ok=True)


def table(rows: Iterable[Sequence[Any]]) -> str:
    """Rows as CSV text, one line each."""
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
