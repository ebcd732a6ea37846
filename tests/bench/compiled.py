"""The straightforward C programs that the figures are held against, compiled on the spot."""

import ctypes
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

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


def singles_in_c(program: Any, arrays: dict[str, Any]) -> Any:
    """The program of each applicant by the C program for singles; ctypes lets go of Python's lock meanwhile."""
    program_of = np.empty((2, len(arrays["app_ptr"]) - 1), np.int32)
    lists = [arrays[name] for name in ("quota", "app_ptr", "app_pref", "prog_ptr", "prog_pref")]
    program.match_singles(program_of.shape[1], len(arrays["quota"]), *pointers(*lists, program_of[0], program_of[1]))
    return program_of[0]
