"""`matchday guide` as people call it: a file or standard input, a page of 80 columns or one JSON document."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from matchday.cli import matchday
from matchday.terms import InputProblem

GUIDE = """# My way

You must pass Step 1, Step 2 CK and Step 2 CS.
The ERAS token costs $165.
SOAP needs a certified rank order list.
Check that your school is listed in the World Directory of Medical Schools [see www.wdoms.org].
"""


def run(*words: str, said: str | bytes | None = None) -> Result:
    return CliRunner().invoke(matchday, ["guide", *words], input=said)


def test_the_page_says_line_mark_quotation_and_what_is_true_in_80_columns(tmp_path: Path) -> None:
    file = tmp_path / "guide.md"
    file.write_text(GUIDE, "utf-8")
    page = run(str(file), "--on", "2026-11-22").output
    assert max(map(len, page.splitlines())) <= 80
    for words in (
        "outdated since 16 March 2020  line 3",
        "cannot be checked  line 4",
        "wrong  line 5",
        "current  line 6",
        '"You must pass Step 1, Step 2 CK and Step 2 CS."',
        "[see www.wdoms.org]",
        "Instead: one accepted ECFMG",
        "Says who: CS-REQ",
        "Of the claims in this guide, 1 is outdated, 1 is wrong, 1 is current and 1",
    ):
        assert words in page


def test_standard_input_gives_one_document_and_the_day_decides() -> None:
    said = json.loads(run("-", "--on", "2019-06-01", "--json", said=GUIDE).stdout)
    assert said["on"] == "2019-06-01"
    assert (said["claims"][0]["line"], said["claims"][0]["verdict"]) == (3, "current")


def test_without_a_day_the_day_of_the_machine_decides() -> None:
    result = run("-", "--json", said="Be kind.")
    assert (result.exit_code, json.loads(result.stdout)["claims"]) == (0, [])


@pytest.mark.parametrize("name", ["", "no-such-file.txt"])
def test_what_cannot_be_opened_is_refused(tmp_path: Path, name: str) -> None:
    result = run(str(tmp_path / name))
    assert isinstance(result.exception, InputProblem)
    assert "cannot be read" in str(result.exception)


def test_standard_input_that_is_no_text_is_refused() -> None:
    result = run("-", said=b"\xff")
    assert str(result.exception).startswith("-:1: the text is not UTF-8")


def test_a_claim_without_a_correction_or_a_source_prints_neither() -> None:
    said = "SOAP has four rounds. For the 2019 Match the late fee for NRMP registration is $50."
    page = run("-", "--on", "2026-11-22", said=said).output
    right, unsure = page.split("cannot be checked  line 1")
    assert ("Now:" in right, "Says who: SOAP-ROUNDS" in right) == (False, True)
    assert ("Now: The price of the 2019 season was" in unsure, "Says who:" in unsure) == (True, False)
