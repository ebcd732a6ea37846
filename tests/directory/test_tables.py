"""The code tables: one list of specialties and states that everything reads."""

import datetime as dt

import pytest

from matchday.directory.tables import accreditors, find_specialty, find_state, specialties, states


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("320", "320"),
        ("Pediatrics", "320"),
        ("paediatrics", "320"),
        ("peds", "320"),
        ("pediatrcs", "320"),
        ("OB/GYN", "220"),
        ("Obstetrics & Gynecology", "220"),
        ("Obstetrics-Gynecology", "220"),
        ("Surgery-General", "440"),
        ("Surgery", "440"),
        ("general surgery", "440"),
        ("Radiology-Diagnostic", "420"),
        ("Otolaryngology", "280"),
        ("Psychiatry/Family Practice", "720"),
        ("Psychiatry-Family Med", "720"),
        ("Medicine-Pediatrics", "700"),
        ("Plastic Surgery", "360"),
        ("Plastic Surgery (Integrated)", "362"),
        ("TY", "999"),
    ],
)
def test_a_specialty_is_found_by_each_of_its_names(text: str, code: str) -> None:
    found = find_specialty(text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("text", ["", "x", "cooking", "!!"])
def test_a_name_that_is_no_specialty_finds_none(text: str) -> None:
    assert find_specialty(text) is None


def test_no_name_leads_to_two_specialties() -> None:
    from matchday.directory.tables import squeeze

    owners: dict[str, set[str]] = {}
    for specialty in specialties().values():
        for name in {specialty.name, specialty.nrmp_name or specialty.name, *specialty.also}:
            owners.setdefault(squeeze(name), set()).add(specialty.code)
    assert {name: codes for name, codes in owners.items() if len(codes) > 1} == {}


def test_the_national_counts_add_up_to_the_published_total_of_2024() -> None:
    counts = [count for specialty in specialties().values() for count in specialty.counts.values()]
    assert sum(count.positions for count in counts) == 41_503
    assert all(count.filled <= count.positions for count in counts)


def test_state_numbers_of_program_codes_are_not_fips_numbers() -> None:
    assert len(states()) == 52
    assert (states()["AZ"].acgme, states()["AZ"].fips) == ("03", "04")
    assert (states()["NY"].acgme, states()["NY"].fips) == ("35", "36")
    assert len({state.tile for state in states().values()}) == 52


@pytest.mark.parametrize(
    ("text", "code"), [("FL", "FL"), (" fl ", "FL"), ("florida", "FL"), ("District of Columbia", "DC")]
)
def test_a_state_is_found_by_letters_or_name(text: str, code: str) -> None:
    found = find_state(text)
    assert found is not None
    assert found.code == code


def test_an_unknown_state_is_none() -> None:
    assert find_state("Atlantis") is None


def test_a_recognition_ends_with_the_last_day_of_the_month_or_year_that_is_printed() -> None:
    ends = {agency.acronym: agency.last_day for agency in accreditors()}
    assert len(ends) == 23
    assert ends["KIMEE"] == dt.date(2026, 9, 30)
    assert ends["LCME"] == dt.date(2024, 4, 30)
    assert ends["PAASCU"] == dt.date(2033, 12, 31)
    assert ends["CAAM-HP"] is None
