"""Files that could harm are refused before anything opens them: each with a clear problem, never a crash."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from matchday.directory.importers import read
from matchday.directory.intake import take_in
from matchday.directory.reading import files
from matchday.terms import InputProblem

HEADER = ["Program Code", "Program Name", "City", "State"]
ROW = ["1401100002", "Gulf Lantern Medical Center Program", "Tampa", "FL"]


def workbook(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def altered(source: Path, target: Path, changes: dict[str, bytes]) -> Path:
    """A copy of a workbook with parts replaced or added."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *changes]):
            new.writestr(name, changes.get(name) or old.read(name))
    return target


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return workbook(tmp_path / "good.xlsx", [HEADER, ROW])


def test_a_workbook_is_read_with_its_row_numbers_dates_and_number_codes(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    notes, sheet = book.active, book.create_sheet("Programs")
    notes["A1"] = "Sources"
    sheet["B2"] = "My programs"
    for column, (title, value) in enumerate(
        zip([*HEADER, "Effective Date"], [*ROW, "01/22/2026"], strict=True), start=2
    ):
        sheet.cell(3, column, title)
        sheet.cell(5, column, value)
    sheet["B5"] = 401100002  # a number lost its zero
    sheet["C6"], sheet["B6"] = "=1+1", 1401100003
    path = tmp_path / "book.xlsx"
    book.save(path)
    reading = read(path)
    assert [(record.rows, record.acgme_code) for record in reading.records] == [
        ((5,), "0401100002"),
        ((6,), "1401100003"),
    ]
    assert reading.records[0].fields["accreditation_date"] == "2026-01-22"
    assert [(p.row, p.field, p.problem) for p in reading.problems] == [
        (0, "file", "the sheet 'Sheet' was not read"),
        (6, "C6", "a formula, which is never run"),
        (5, "acgme_code", "the code lost its form in a spreadsheet"),
    ]


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path: Path, good: Path) -> None:
    bomb = altered(good, tmp_path / "bomb.xlsx", {"xl/worksheets/sheet1.xml": b" " * 50_000_000})
    with pytest.raises(InputProblem, match="unpacks to more than 200 MB or 100 times its size"):
        read(bomb)


def test_what_really_unpacks_is_counted_too(tmp_path: Path, good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_check_entries", lambda *_: None)
    monkeypatch.setattr(files, "MAX_UNPACKED", 1_000)
    with pytest.raises(InputProblem, match="unpacks to more than"):
        read(good)


@pytest.mark.parametrize(
    ("part", "content", "said"),
    [
        ("xl/vbaProject.bin", b"macro", "the workbook holds macros"),
        ("xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><workbook/>', "defines XML entities"),
        ("xl/workbook.xml", b"<workbook", "cannot be read"),
        ("xl/worksheets/sheet1.xml", b'<worksheet><sheetData><row><c r="A1048576"/></row></sheetData></worksheet>', "1,048,576 rows"),
        ("xl/worksheets/sheet1.xml", b'<worksheet><sheetData><row><c r="XFD9000"/></row></sheetData></worksheet>', "too many columns"),
    ],
)  # fmt: skip
def test_dangerous_parts_are_refused(tmp_path: Path, good: Path, part: str, content: bytes, said: str) -> None:
    with pytest.raises(InputProblem, match=said):
        read(altered(good, tmp_path / "bad.xlsx", {part: content}))


def test_a_million_rows_are_refused_without_being_held(tmp_path: Path, good: Path) -> None:
    rows = b"<worksheet><sheetData>" + b"<row/>" * 300_000 + b"</sheetData></worksheet>"
    with (
        zipfile.ZipFile(good) as old,
        zipfile.ZipFile(tmp_path / "long.xlsx", "w") as new,
    ):  # stored, so that it is no bomb
        for name in old.namelist():
            new.writestr(name, rows if name.endswith("sheet1.xml") else old.read(name))
    with pytest.raises(InputProblem, match="at most 100,000 rows"):
        read(tmp_path / "long.xlsx")
    path = tmp_path / "long.csv"
    path.write_text("Program Code,City\n" + "1401100002,Tampa\n" * 300_000)
    with pytest.raises(InputProblem, match="at most 100,000 rows"):
        read(path)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"PK\x03\x04", "the name says .csv, the content is xlsx"),
        ("a.xlsx", b"Program Code,City\n", "the name says .xlsx, the content is text"),
        ("a.xls", b"\xd0\xcf\x11\xe0", "an old or locked Office file"),
        ("a.csv", b"\x1f\x8b\x08", "the content is gzip"),
        ("a.csv", b"a\x00b", "the content is binary data"),
        ("a.exe", b"Program Code", "the name says .exe"),
        ("a", b"\x00", "the file is empty"),
        ("a.csv", b"\n\n", "the file is empty"),
        ("a.xlsx", b"PK\x03\x04 and no more", "damaged or locked"),
        ("a.json", b"{", "not JSON"),
        ("a.json", b"[" * 100_000, "not JSON"),
        ("a.json", b"[]", "no line names columns"),
        ("a.csv", b'Program Code,City\n"1401100002,' + b"x" * 200_000, "not a table of comma-separated values"),
        ("a.csv", b"Program Code" + b",x" * 2_000 + b"\n", "far too many columns"),
        ("a.txt", b"nothing here\n", "not a list of programs"),
    ],
)
def test_what_is_not_what_it_says_is_refused(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputProblem, match=said):
        read(path)


def test_a_zip_that_is_no_workbook_and_one_of_too_many_parts_are_refused(tmp_path: Path, good: Path) -> None:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as new:
        new.writestr("readme", "x")
    (tmp_path / "no.xlsx").write_bytes(box.getvalue())
    with pytest.raises(InputProblem, match="a zip file that is no workbook"):
        read(tmp_path / "no.xlsx")
    many = altered(good, tmp_path / "many.xlsx", {f"xl/{n}": b"x" for n in range(1_001)})
    with pytest.raises(InputProblem, match="parts in one workbook"):
        read(many)


def test_size_and_absence_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="cannot be read"):
        read(tmp_path / "absent.csv")
    big = tmp_path / "big.csv"
    with big.open("wb") as file:
        file.truncate(20_000_001)
    with pytest.raises(InputProblem, match="20 MB"):
        read(big)


def test_a_reader_that_breaks_or_never_ends_does_not_take_the_program_with_it(
    tmp_path: Path, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert take_in(good).records == read(good).records
    with pytest.raises(InputProblem, match="cannot be read") as found:
        take_in(tmp_path / "absent.csv")
    assert found.value.file == str(tmp_path / "absent.csv")
    monkeypatch.setattr("matchday.directory.intake.sys.executable", "/bin/false")
    with pytest.raises(InputProblem, match="reading was stopped"):
        take_in(good)
    slow = tmp_path / "slow"
    slow.write_text("#!/bin/sh\nsleep 30\n")
    slow.chmod(0o755)
    monkeypatch.setattr("matchday.directory.intake.sys.executable", str(slow))
    monkeypatch.setattr("matchday.directory.intake.SECONDS", 0.05)
    with pytest.raises(InputProblem, match="it took too long"):
        take_in(good)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.csv", b"Program Code,Program Name,City,State\n\n , \n"),
        ("list.json", b'[{"Program Code": "", "City": ""}]'),
    ],
)
def test_a_list_without_rows_is_a_problem_and_no_import_of_nothing(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputProblem, match="no rows below the header"):
        read(path)


def test_text_in_utf_32_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Program Code,City\n1401100002,Tampa\n", encoding="utf-32")
    with pytest.raises(InputProblem, match="the content is text in UTF-32"):
        read(path)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ('1401100002,"Gulf,Tampa,FL\n1401100003,Bay,Tampa,FL\n', "a quotation mark is opened"),
        ('1401100002,"Gulf,Tampa,FL\n1401100003,Bay",Tampa,FL\n', "a cell holds whole rows"),
        ('1401100002,"Gulf,Tampa,FL\n1401100003,"Bay",Tampa,FL\n', "a quotation mark is opened"),
    ],
)
def test_a_quote_that_is_never_closed_swallows_no_rows(tmp_path: Path, rows: str, said: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(",".join(HEADER) + "\n" + rows, encoding="utf-8")
    with pytest.raises(InputProblem, match=said):
        read(path)


def test_what_steers_a_terminal_or_turns_writing_round_is_taken_out_and_said(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "Program Code,Program Name,City\x1b[31m,State,\x1b]0;x\x07\n"
        "1401100002,\x1b[31mGulf\u202e Hospital\u2066\x9b,Tampa,Ont\x1bario,x\n",
        encoding="utf-8",
    )
    reading = read(path)
    assert reading.records[0].fields["name"] == "[31mGulf Hospital"
    assert [(p.field, p.problem) for p in reading.problems if p.field == "name"] == [
        ("name", "characters that cannot be seen")
    ]
    assert not {"\x1b", "\x07", "\x9b", "\u202e", "\u2066"} & set(repr(reading).encode().decode("unicode_escape"))
