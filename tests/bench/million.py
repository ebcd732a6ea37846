"""A process of its own for the market of a million: `python million.py FOLDER` prints seconds and peak memory as JSON."""

import json
import statistics
import sys
import time
from pathlib import Path

import numpy as np

from matchday.match import Market, run


def peak_megabytes() -> float:
    """The most resident memory this process ever had (Linux), or 0 where that is not told."""
    status = Path("/proc/self/status")
    told = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in told if line.startswith("VmHWM")), 0.0)


def main(folder: str) -> None:
    """One call that is not counted, then the median of five."""
    arrays = {file.stem: np.load(file) for file in Path(folder).glob("*.npy")}
    spent = {True: [], False: []}
    for _ in range(6):
        for check in (True, False):
            start = time.perf_counter()
            run(Market.from_arrays(**arrays, check=check), engine="kernel", verify=False).program_of.sum()
            spent[check].append(time.perf_counter() - start)
    print(json.dumps({"seconds": statistics.median(spent[True][1:]), "unchecked": statistics.median(spent[False][1:]),
                      "megabytes": peak_megabytes()}))  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1])
