"""The straightforward C programs that the figures are held against, compiled on the spot."""

import ctypes
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

FLAGS = ("-O3", "-march=native", "-std=c11", "-shared", "-fPIC")


@cache
def library(name: str) -> ctypes.CDLL | None:
    """The compiled `name`.c of this folder, or None when there is no C compiler."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        return None
    target = Path(tempfile.mkdtemp(prefix="matchday-bench-")) / f"{name}.so"
    subprocess.run([compiler, *FLAGS, "-o", target, Path(__file__).with_name(f"{name}.c")], check=True)
    return ctypes.CDLL(str(target))


def pointers(*arrays: Any) -> list[ctypes.c_void_p]:
    """The arrays as C sees them; the caller keeps them alive."""
    return [ctypes.c_void_p(a.ctypes.data) for a in arrays]
