"""Applications that can lead nowhere are found before they are paid for; silence of the directory is no "no"."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from matchday.dossier.file import read
from matchday.dossier.model import Application, Dossier
from matchday.plan.wasted import price_of, wasted
from tests.directory.small import small_store
from tests.strategies import EXAMPLES

ON = dt.date(2026, 11, 22)
NO_VISA = "1002320C0"  # states that it sponsors neither visa
SILENT = "1003320C0"  # states nothing


def amina(*programs: Application) -> Dossier:
    return replace(read(next(path for path in EXAMPLES if path.stem == "amina")), application=programs)


def to(program: str, **more: object) -> Application:
    return Application(program=program, specialty="Pediatrics", **more)  # type: ignore[arg-type]


def test_a_program_that_does_not_sponsor_the_visa_is_named_with_its_reason(tmp_path: Path) -> None:
    with small_store(tmp_path) as store:
        (found,) = wasted(amina(to(NO_VISA), to(SILENT), to("unheard-of")), ON, 2027, store)
    assert (found.program, found.sent, found.made_up) == (NO_VISA, False, False)
    assert "J-1" in found.why
    assert found.source


def test_an_application_that_is_over_is_not_told_again(tmp_path: Path) -> None:
    with small_store(tmp_path) as store:
        assert wasted(amina(to(NO_VISA, status="withdrawn"), to(NO_VISA, status="rejected")), ON, 2027, store) == ()
        assert wasted(replace(amina(), application=None), ON, 2027, store) == ()


def test_one_that_is_sent_is_told_as_paid(tmp_path: Path) -> None:
    with small_store(tmp_path) as store:
        (found,) = wasted(amina(to(NO_VISA, sent=dt.date(2026, 9, 23))), ON, 2027, store)
    assert found.sent


def test_what_they_cost_is_the_difference_of_two_bills() -> None:
    """The dearest programs of the list fall away first: beyond the 30th each costs 30 dollars."""
    few, many = ([to(f"p{number}") for number in range(count)] for count in (2, 32))
    assert price_of(amina(*few), 2027, {"p0"}) == 11
    assert price_of(amina(*many), 2027, {"p0", "p1", "p2"}) == 2 * 30 + 11
    assert price_of(amina(*few), 2028, {"p0"}) is None  # no price of that season is known


def test_a_price_that_is_not_known_among_them_stays_unknown_and_elsewhere_does_no_harm() -> None:
    list_ = amina(to("a"), to("b"), Application(program="e", specialty="Emergency Medicine"))
    assert price_of(list_, 2027, {"a"}) == 11
    assert price_of(list_, 2027, {"e"}) is None
    assert price_of(amina(to("a"), Application(program="p", specialty="Palmistry")), 2027, {"a"}) is None
