"""Countries by code, and what was probably meant by what is no code."""

import pytest

from matchday.dossier.countries import COUNTRIES, SLIPS, country_name, nearest_country


def test_the_table_is_that_of_the_standard_and_kosovo() -> None:
    assert len(COUNTRIES) == 249 + 1
    assert country_name("XK") == "Kosovo"
    assert country_name("NG") == "Nigeria"
    assert country_name("??") == "??"
    assert set(SLIPS.values()) <= set(COUNTRIES)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("UK", "GB"), ("ng", "NG"), (" IN ", "IN"), ("Nigeria", "NG"), ("Phillipines", "PH"), ("USA", "US"), ("QQ", None)],
)
def test_the_country_that_was_meant(written: str, meant: str | None) -> None:
    assert nearest_country(written) == meant
