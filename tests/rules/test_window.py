"""The seven-year rule as a pure function: theorems about it."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from matchday.rules.window import Pass, add_months, window

DAYS = st.dates(date(2004, 1, 1), date(2026, 12, 31))
PASSES = st.lists(
    st.builds(Pass, st.just("exam[0]"), st.sampled_from(["step1", "step2ck", "step2cs"]), DAYS), max_size=6
)
NEEDED = ("step1", "step2ck")


@given(PASSES, DAYS, st.integers(1, 4000))
def test_a_complete_window_stays_complete(passes: list[Pass], on: date, later: int) -> None:
    if window(passes, NEEDED, on, 7).complete:
        assert window([p for p in passes if p.day <= on], NEEDED, on + timedelta(days=later), 7).complete


@given(PASSES, DAYS)
def test_the_order_of_the_file_does_not_matter(passes: list[Pass], on: date) -> None:
    assert window(passes, NEEDED, on, 7) == window(list(reversed(passes)), NEEDED, on, 7)


@given(PASSES, DAYS)
def test_every_pass_made_by_the_day_either_counts_or_has_lapsed(passes: list[Pass], on: date) -> None:
    found = window(passes, NEEDED, on, 7)
    made = [p for p in passes if p.day <= on]
    assert sorted(map(repr, (*found.valid, *found.lapsed))) == sorted(map(repr, made))


@given(PASSES, DAYS)
def test_what_counts_lies_inside_seven_years(passes: list[Pass], on: date) -> None:
    found = window(passes, NEEDED, on, 7)
    if found.start and found.end:
        assert all(found.start <= p.day <= found.end for p in found.valid)
        assert found.end == add_months(found.start, 84)
    assert found.complete <= all(found.counts(step) for step in NEEDED)


def test_a_month_without_that_day_ends_on_its_last() -> None:
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2024, 8, 31), 6) == date(2025, 2, 28)
    assert add_months(date(2024, 12, 15), 12) == date(2025, 12, 15)
