"""Importers are given anything: they answer with records and problems, or an InputProblem, and never with another exception."""

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchday.directory.importers import importers, read
from matchday.terms import InputProblem

SAMPLES = Path(__file__).parents[1] / "samples" / "programs"
HEADERS = (
    "Program Code", "Program Name", "ACGME Program Code", "NRMP Code", "Institution", "City", "State", "Specialty", "Status",
    "ERAS Status", "2026 Quota", "2026 Matched", "Year", "Quota", "Filled", "Visa", "J-1", "H-1B", "YOG", "USCE", "Step 2 cutoff",
    "% IMG", "Date invited", "Interview Dates", "Apply SOAP", "Effective Date", "Latitude", "Address", "Location", "",
)  # fmt: skip
CELLS = st.one_of(
    st.sampled_from(
        ["1401100002", "9102140C0", "2.2E+09", "401100002", "=1+1", "FL", "Florida", "J1 only, H1B case by case", "12", "-1",
         "99999999999999999999", "1e400", "٣", "\u200b", "n/a", "within 5 years", "13/13/2026", "ERAS®", "Tampa, FL", "NaN", "²"]
    ),
    st.text(max_size=20),
)  # fmt: skip


def judge(content: bytes, ending: str, source: str) -> None:
    """Read it, and count: every row accepted or named."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"list.{ending}"
        path.write_bytes(content)
        try:
            reading = read(path, source)
        except InputProblem as problem:
            reading, said = None, str(problem)
    if reading is None:
        assert said.startswith(str(path))
        return
    accepted = [row for record in reading.records for row in record.rows]
    assert len(accepted) == len(set(accepted))
    assert reading.read == len(accepted) + len({problem.row for problem in reading.problems if problem.fatal})


SOURCES = st.sampled_from(["auto", *importers()])


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(HEADERS), min_size=1, max_size=8),
    st.lists(st.lists(CELLS, max_size=9), max_size=6),
    SOURCES,
)
def test_any_table(header: list[str], rows: list[list[str]], source: str) -> None:
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [header, *rows]]
    judge("\n".join(lines).encode("utf-8", "surrogatepass"), "csv", source)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["csv", "json", "txt", "pdf", "xlsx"]), st.binary(max_size=300), SOURCES)
def test_any_bytes(ending: str, content: bytes, source: str) -> None:
    start = {"pdf": b"%PDF-1.7\n", "xlsx": b"PK\x03\x04"}.get(ending, b"")
    judge(start + content, ending, source)


TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | CELLS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(HEADERS) | st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=100, deadline=None)
@given(TREES, SOURCES)
def test_any_json(tree: object, source: str) -> None:
    judge(json.dumps(tree).encode(), "json", source)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(
    ["FLORIDA", "Gulf Lantern Med Ctr-FL  Tampa", "2027 2026", "Program Results 2026-2027", "Anesthesiology 9102040C0 8 8 6 6", "x 9102040C0 8",
     "1600500005 Redwood Program", "Fresno, CA 93701", "Continued Accreditation 01/22/2026", "Report Date: 99/99/2026", "\x0c", "9102040C09 x"]
) | st.text(max_size=30), max_size=10), SOURCES)  # fmt: skip
def test_any_text(lines: list[str], source: str) -> None:
    judge("\n".join(lines).encode("utf-8", "surrogatepass"), "txt", source)


@pytest.mark.parametrize(
    "path", sorted(p for p in SAMPLES.iterdir() if "expected" not in p.name), ids=lambda path: path.name
)
def test_samples_cut_at_any_place_and_with_any_byte_changed(path: Path) -> None:
    content = path.read_bytes()
    for place in range(0, len(content), max(len(content) // 40, 1)):
        judge(content[:place], path.suffix[1:], "auto")
        judge(content[:place] + b"\xff" + content[place + 1 :], path.suffix[1:], "auto")
