"""Money: the bill with its sources, the step at the 31st program, one's own currency at a typed rate."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client

from matchday.dossier.file import loads
from matchday.plan.money import Asked
from matchday.web.curve import Point, curves
from matchday.web.purse import Rate, purse, rate, rate_of
from tests.web.conftest import example, seated, visitor
from tests.web.walk import without_abbr

RATE = {"currency": "ngn", "rate": "1,500.5", "day": "2026-11-20"}


def test_the_bill_is_that_of_the_command(client: Client) -> None:
    answer = client.get("/money?format=json").json()
    assert (answer["total_usd"], answer["low_usd"], answer["high_usd"], answer["at_least"]) == (357, 347, 372, False)
    assert answer["next_application_usd"] == {"Internal Medicine": 11}


def test_disagreeing_sources_steps_and_sources_are_shown(client: Client) -> None:
    page = without_abbr(client.get("/money").content.decode())
    assert "sources disagree: 347 to 372" in page
    assert "from program 31 on, each costs 30 dollars instead of 11." in page
    assert "low confidence, read 22 November 2026" in page


def test_a_price_that_nobody_published_is_at_least_and_not_zero(file: Path) -> None:
    file.write_bytes(example("mateo"))
    page = visitor(seated(file)).get("/money").content.decode()
    assert "<strong>Not known yet</strong>" in page
    assert page.count("? not known") == 3
    assert "it was 185 in 2027; not part of the total" in page


def test_a_typed_rate_shows_the_total_with_its_day_until_it_is_cleared(client: Client) -> None:
    assert client.post("/money/rate", RATE).status_code == 302
    page = client.get("/money").content.decode()
    assert "About 535,678 NGN, at 1500.5 NGN for a dollar, the rate you typed on 20 November 2026." in page
    client.post("/money/rate", {"currency": "NGN", "rate": ""})
    assert "About" not in client.get("/money").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"currency": "NAIRA"}, {"rate": "much"}, {"rate": "0"}, {"rate": "inf"}, {"rate": "1e99"}, {"day": "then"}],
)
def test_a_rate_that_makes_no_sense_is_refused(client: Client, wrong: dict[str, str]) -> None:
    assert client.post("/money/rate", {**RATE, **wrong}).status_code == 409


@pytest.mark.parametrize("text", ["", "NGN", "NGN|x|2026-11-20", "NGN|5|never", "N|5|2026-11-20", "a|b|c|d"])
def test_a_cookie_that_was_tampered_with_is_no_rate(text: str) -> None:
    assert rate_of(text) is None


def test_a_rate_is_kept_as_it_was_typed() -> None:
    kept = rate("NGN", "1500.5", dt.date(2026, 11, 20))
    assert kept == Rate("NGN", Decimal("1500.5"), dt.date(2026, 11, 20)) == rate_of(str(kept))


@pytest.mark.parametrize(
    ("typed", "units"),
    [("133,5", "133.5"), ("1,500", "1500"), ("1.500,25", "1500.25"), ("1 500", "1500"), ("1'500.5", "1500.5"),
     ("0,0035", "0.0035"), ("1,345,678", "1345678")],
)  # fmt: skip
def test_a_rate_is_read_in_either_habit_of_points_and_commas(typed: str, units: str) -> None:
    """133,5 rupees for a dollar are not 1,335."""
    assert rate("NPR", typed, dt.date(2026, 11, 20)).units == Decimal(units)


def test_what_comes_on_top_is_named_with_the_last_price_that_was_known(client: Client) -> None:
    page = client.get("/money").content.decode()
    assert "Step 1 or Step 2 CK, by way of ECFMG" in without_abbr(page)
    assert "1,000 <small>(from 1 January 2025 to 13 August 2025; medium confidence)</small>" in page
    told = {one["id"]: one for one in client.get("/money?format=json").json()["outside"]}
    assert told["FEE-STEP12"] == {"id": "FEE-STEP12", "usd": None, "last_known_usd": 1000}
    earlier = {one["id"]: one for one in client.get("/money?format=json&on=2023-05-01").json()["outside"]}
    assert earlier["FEE-STEP12"] == {"id": "FEE-STEP12", "usd": 985, "last_known_usd": None}


def test_a_bill_without_an_application_says_so(file: Path) -> None:
    file.write_text("schema = 1\nseason = 2027\n", encoding="utf-8")
    client = visitor(seated(file))
    assert "without any application: none is on your list" in client.get("/money").content.decode()
    assert "No application is on your list yet" in client.get("/").content.decode()


def test_what_is_sent_is_paid_and_the_rest_is_to_come() -> None:
    """The token and the transcript go with the first application that is sent."""
    listed = 'schema = 1\nseason = 2027\n[[application]]\nprogram = "a"\nspecialty = "Neurology"\nstatus = "listed"\n'
    before, after = (purse(loads(text, "toml"), 2027) for text in (listed, listed.replace('"listed"', '"submitted"')))
    assert (before.so_far, before.to_come) == (0, 185 + 80 + 11 + 70)
    assert (after.so_far, after.to_come) == (185 + 80 + 11, 70)


def test_the_curve_bends_at_the_thirty_first_program() -> None:
    (curve,) = curves(Asked(2027, {("Internal Medicine", None): 2}))
    assert (curve.service, curve.count, curve.most) == ("ERAS", 2, Point(60, 1230, 30))
    assert [point for point in curve.table if point.programs in (2, 30, 31)] == [
        Point(2, 22, 11),
        Point(30, 330, 30),
        Point(31, 360, 30),
    ]
    assert curve.line.startswith("0.0,104.0 ")
    assert curve.line.endswith(" 320.0,16.0")


def test_a_long_list_fits_into_its_curve() -> None:
    (curve,) = curves(Asked(2027, {("Internal Medicine", "ERAS"): 200}))
    assert curve.most.programs == 300
    assert curve.mark[0] == pytest.approx(320 * 200 / 300, abs=0.1)


def test_wished_specialties_have_a_curve_before_the_first_application() -> None:
    assert [one.specialty for one in curves(Asked(2027), ("Internal Medicine", "Neurology"))] == [
        "Internal Medicine, Neurology"
    ]


def test_no_curve_is_drawn_from_prices_that_are_not_known() -> None:
    assert curves(Asked(2028, {("Internal Medicine", None): 5})) == ()


def test_a_season_without_any_known_price_says_so_and_what_the_same_came_to_before(file: Path) -> None:
    file.write_text("schema = 1\nseason = 2028\n", encoding="utf-8")
    client = visitor(seated(file))
    assert (
        "<strong>Not known yet</strong>; in 2027 the same came to 335 dollars" in client.get("/money").content.decode()
    )
    assert "What season 2028 costs is not known yet." in client.get("/apply").content.decode()


def test_what_comes_on_top_is_named_in_the_language_of_the_page(client: Client) -> None:
    client.cookies["matchday-language"] = "es"
    page = without_abbr(client.get("/money").content.decode())
    assert "Solicitud de certificación ECFMG" in page
    assert "Application for ECFMG certification" not in page
