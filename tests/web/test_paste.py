"""Days, times and numbers are read as people paste them; what has two meanings gives both."""

import datetime as dt

import pytest
from django.utils.formats import date_format
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from matchday.dossier.kinds import FIRST_DAY, LAST_DAY
from matchday.web.forms.paste import days, moments, number, without_day

MARCH = dt.date(2026, 3, 14)
NAMED = (
    "14 March 2026",
    "March 14, 2026",
    "14 Mar 2026",
    "14. March 2026",
    "14th of March, 2026",
    "14 MAR. 2026",
    " 14  march 2026 ",
)
PASTED = (
    "Saturday, March 14, 2026", "Sat 14 Mar 2026", "14-Mar-2026", "14/Mar/2026", "14MAR2026", "Mar-14-2026", "20260314",
    "2026-03-14T00:00:00Z", "2026-03-14 14:30", "14 March 2026 at 2:30 PM", "14. 3. 2026", "14 / 03 / 2026", "14–03–2026",
    "Exam date: 14 Mar 2026", "Test Date: 03/14/2026", "\u200e03/14/2026\u200f", "14\u00a0March\u00a02026", "14\tMarch\t2026",
    "the 14th of March, 2026", "March 14,2026", "2026 March 14", "14 March 2026.", "(14 March 2026)", "14 Mar 2026 (booked)",
    "14 de marzo de 2026", "14 marzo 2026", "١٤ مارس ٢٠٢٦", "١٤/٠٣/٢٠٢٦", "۱۴/۰۳/۲۰۲۶", "٢٠٢٦-٠٣-١٤", "Mar１４, ２０２６",
)  # fmt: skip
WRITTEN = ("2026-03-14", "2026/3/14", "2026.03.14", "14/03/2026", "3/14/2026", "14.3.2026", "14-03-2026")


@pytest.mark.parametrize("text", [*NAMED, *WRITTEN, *PASTED])
def test_one_meaning(text: str) -> None:
    assert days(text) == (MARCH,)


@pytest.mark.parametrize(
    ("text", "month"),
    [("14 setiembre 2026", 9), ("14 آذار 2026", 3), ("14 كانون الثاني 2026", 1), ("14 جويلية 2026", 7)],
)
def test_months_have_other_names_in_some_countries(text: str, month: int) -> None:
    assert days(text) == (dt.date(2026, month, 14),)


@pytest.mark.parametrize(
    ("text", "day"),
    [("2022", (2022, 6)), ("June 2022", (2022, 6)), ("٢٠٢٢", (2022, 6)), ("03/2026", (2026, 3)), ("2026-03", (2026, 3)),
     ("14 March 2026", None), ("soon", None), ("1 2", None), ("13/2026", None)],
)  # fmt: skip
def test_a_year_or_month_without_its_day_is_recognised(text: str, day: tuple[int, int] | None) -> None:
    assert without_day(text) == (dt.date(*day, 15) if day else None)


@pytest.mark.parametrize("text", ["04/03/2026", "4/3/2026", "4-3-2026", "٠٤/٠٣/٢٠٢٦", "04/03/2026 12:00 AM"])
def test_two_meanings(text: str) -> None:
    assert days(text) == (dt.date(2026, 3, 4), dt.date(2026, 4, 3))


def test_the_same_either_way_has_one_meaning() -> None:
    assert days("05/05/2026") == (dt.date(2026, 5, 5),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "14 March",
        "14/03/26",
        "31 February 2026",
        "14 Marsh 2026",
        "99/99/2026",
        "14 of 2026",
        "x" * 5000,
        "14 Mar '26",
        "March 2026",
        "14/03-2026",
        "14 March 2026 - 16 March 2026",
        "03/2026",
        "2026",
        "14 March April 2026",
    ],
)
def test_no_meaning(text: str) -> None:
    assert days(text) == ()


@given(st.dates(FIRST_DAY, LAST_DAY))
def test_every_day_written_out_is_read_back(day: dt.date) -> None:
    assert days(day.isoformat()) == days(f"{day.day} {day:%B} {day.year}") == (day,)


@given(st.text(max_size=70))
def test_any_text_has_at_most_two_meanings(text: str) -> None:
    assert len(days(text)) <= 2
    assert len(moments(text)) <= 2


@pytest.mark.parametrize(
    "text",
    [
        "14 March 2026 14:30",
        "2026-03-14T14:30",
        "2026-03-14 14:30:00",
        "14 March 2026, 2:30 pm",
        "14 March 2026 at 2:30PM",
        "Sat, Mar 14, 2026 at 14.30",
        "14:30, 14 March 2026",
        "2:30 pm on March 14, 2026",
        "٢٠٢٦-٠٣-١٤ ١٤:٣٠",
    ],
)
def test_a_day_with_its_time(text: str) -> None:
    assert moments(text) == (dt.datetime(2026, 3, 14, 14, 30),)  # noqa: DTZ001 -- the zone stands in a field of its own


def test_a_time_may_carry_its_zone() -> None:
    zone = dt.timezone(dt.timedelta(hours=-5))
    assert moments("2026-03-14T14:30:00-05:00") == (dt.datetime(2026, 3, 14, 14, 30, tzinfo=zone),)
    assert moments("2026-03-14T14:30Z") == (dt.datetime(2026, 3, 14, 14, 30, tzinfo=dt.UTC),)


@pytest.mark.parametrize(
    "text", ["14 March 2026", "14 March 2026 25:00", "14 March 2026 13:00 pm", "14:30", "2026-03-14T14:30+99:00"]
)
def test_no_time(text: str) -> None:
    assert moments(text) == ()


NUMBERS = [
    ("231", 231),
    (" 231 points", 231),
    ("Score: 231", 231),
    ("231/300", 231),
    ("$2,000", 2000),
    ("2 000 dollars", 2000),
    ("3.5", 3.5),
    ("-2", -2),
    ("Score: 241 PASS", 241),
    ("PASS 241", 241),
    ("Step 2 CK: 241", 241),
    ("USMLE Step 2 CK 241 (Pass)", 241),
    ("\u00a0241", 241),
    ("٢٤١", 241),
    ("Listening 420", 420),
    ("A (450)", 450),
    ("USD 2,000", 2000),
]


@pytest.mark.parametrize(("text", "value"), NUMBERS)
def test_the_one_number_in_a_text(text: str, value: float) -> None:
    assert number(text) == value


@pytest.mark.parametrize("text", ["", "none", "231 and 240", "1 or 2", "9" * 5000])
def test_no_number_or_more_than_one(text: str) -> None:
    assert number(text) is None


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_every_month_is_read_back_as_the_page_writes_it(language: str) -> None:
    """Forms write days in the language of the page, and English months are understood in all of them."""
    with override(language):
        for month in range(1, 13):
            day = dt.date(2026, month, 14)
            assert days(date_format(day, "j F Y")) == days(f"{day:%d %B %Y}") == (day,)
