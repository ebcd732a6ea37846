"""Cells: what is mended, what is refused, and what is left as "not stated"."""

import pytest

from matchday.directory.reading import values
from matchday.directory.reading.values import Refused, Value
from matchday.directory.reading.visas import read_visas


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1401100002", "1401100002"),
        ("401100209", "0401100209"),
        ("2200111018.0", "2200111018"),
        ("2.200111018E9", "2200111018"),
        ("401100209.0", "0401100209"),
        ("140 11 00002", "1401100002"),
    ],
)
def test_acgme_codes_are_mended_where_nothing_was_lost(text: str, code: str) -> None:
    assert values.acgme_code(text).text == code


@pytest.mark.parametrize("text", ["2.2E+09", "12", "14011000021", "abc", "１４０１１００００２", "9102140C0"])
def test_acgme_codes_that_lost_something_are_refused(text: str) -> None:
    with pytest.raises(Refused):
        values.acgme_code(text)


@pytest.mark.parametrize("code", ["9102140C0", "1516400C10", "1102E01F0", "1383X40F0", "9102140C123"])
def test_nrmp_codes_have_nine_to_eleven_characters_and_fellowships_letters(code: str) -> None:
    assert values.nrmp_code(code) == Value(code)


@pytest.mark.parametrize("code", ["9102140X0", "910214C0", "9102140C", "9102140C1234", "91O2140C0"])
def test_other_nrmp_codes_are_refused(code: str) -> None:
    with pytest.raises(Refused):
        values.nrmp_code(code)


def test_the_state_in_a_code_is_not_fips() -> None:
    assert values.state_of_code("1400500001") == "CA"
    assert values.state_of_code("1400600001") is None


@pytest.mark.parametrize("text", ["", "–", "N/A", "not given", "NaN"])
def test_silence_is_not_a_value(text: str) -> None:
    assert values.clean(text) == Value("")


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", '=cmd|"/c calc"!A1', "+HYPERLINK(1)", "-A1"])
def test_formulas_are_refused(text: str) -> None:
    with pytest.raises(Refused):
        values.clean(text)


def test_numbers_dates_and_services_are_read_or_refused() -> None:
    assert values.whole("1,204") == 1204
    assert values.decimal("65 %") == Value("65")
    assert values.first_number("within 5 years") == Value("5")
    assert values.date("January 22, 2026") == Value("2026-01-22")
    assert values.service("ERAS®, Central App") == Value("ERAS; CentralApp")
    assert values.track("Physician-Reserved") == Value("R")
    assert values.city("O'FALLON'S MILL").text == "O'Fallon's Mill"
    for parser, text in (
        (values.whole, "twelve"), (values.decimal, "much"), (values.first_number, "3 to 5"), (values.date, "soon"),
        (values.service, "post"), (values.state, "Ontario"),
    ):  # fmt: skip
        with pytest.raises(Refused):
            parser(text)


@pytest.mark.parametrize(
    ("text", "j1", "h1b"),
    [
        ("J1", "yes", None),
        ("J-1 only", "yes", "no"),
        ("J1 only, H1B case by case", "yes", None),
        ("J1, H1B", "yes", "yes"),
        ("J-1 and H-1B", "yes", "yes"),
        ("J1/H1b", "yes", "yes"),
        ("no H1B", None, "no"),
        ("No J1 or H1B", "no", "no"),
        ("J-1 (no H-1B)", "yes", "no"),
        ("J1 yes, H1B no", "yes", "no"),
        ("H1B?", None, None),
        ("does not sponsor H-1B; J-1 ok", "yes", "no"),
        ("no visa", "no", "no"),
        ("US citizens or green card only", "no", "no"),
        ("Y", None, None),
        ("H-1B if Step 3 passed", None, None),
        ("J1, possibly H1B", "yes", None),
        ("ask", None, None),
        ("neither J1 nor H1B", "no", "no"),
        ("cannot sponsor J1", "no", None),
        ("doesn’t sponsor J1", "no", None),
        ("unable to sponsor J1 or H1B", "no", "no"),
        ("not unable to sponsor J1", None, None),
        ("J1: n, H1B: y", "no", "yes"),
        ("J1 ✗ H1B ✓", "no", "yes"),
        ("J1 (yes), H1B (no)", "yes", "no"),
        ("J1 declined", None, None),
        ("J1 stopped 2023", None, None),
        ("J1 no longer sponsored", None, None),
        ("Only US citizens; J1 rejected", None, None),
        ("J-1 visa sponsorship is unavailable; H-1B unknown", "no", None),
        ("J1, H1B pending", "yes", None),
        ("J1/H1B (prior years)", None, None),
        ("J1 yes H1B no", "yes", "no"),
        ("sponsors J1, not H1B", "yes", "no"),
        ("H1B no, J1", "yes", "no"),
        ("none except J1", None, None),
        ("H1B not J1", "no", "yes"),
        ("J1 n H1B", None, None),
        ("J1, H1B not sponsored", None, "no"),
        ("no J1, H1B", "no", None),
        ("J1 yes; J1 no", None, None),
        ("J-1 through ECFMG, F-1 OPT", "yes", None),
        ("does not sponsor visas", "no", "no"),
    ],
)
def test_free_text_on_visas_decides_only_what_it_says(text: str, j1: str | None, h1b: str | None) -> None:
    said = read_visas(text)
    assert (said.get("visa_j1"), said.get("visa_h1b"), said["visa_note"]) == (j1, h1b, text)
