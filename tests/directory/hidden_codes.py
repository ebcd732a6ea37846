"""How well tracks are joined to programs: ACGME codes that the NRMP directory tells are hidden, and found again."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

from matchday.directory.importers import read
from matchday.directory.merge import join


def judge(data: Path) -> tuple[int, int, int]:
    """Right joins, wrong joins, and all tracks that stand in the code list of 2024 and whose program ERAS 2021 lists."""
    directory = read(data / "nrmp_directory_im_2024-10.csv").records
    listed = read(data / "nrmp_programs_2024.csv").records
    eras = read(data / "eras_programs_2021.csv").records
    codes, programs = {r.nrmp_code for r in listed}, {r.acgme_code for r in eras}
    truth = {r.nrmp_code: r.acgme_code for r in directory if r.nrmp_code in codes and r.acgme_code in programs}
    records = [*(replace(record, acgme_code=None) for record in directory), *listed, *eras]
    joined = join(records)
    found = {
        r.nrmp_code: joined.keys[n] for r, n in zip(records, joined.program_of, strict=True) if r.nrmp_code in truth
    }
    count = Counter(key == f"acgme:{truth[code]}" for code, key in found.items() if key.startswith("acgme:"))
    return count[True], count[False], len(truth)
