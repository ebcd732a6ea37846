"""What changed since a day, and whom it touches."""

from datetime import date

from matchday.dossier.model import Dossier, Exam
from matchday.rules import rules
from matchday.rules.changes import changes


def test_a_change_names_its_day_what_was_before_and_what_is_now() -> None:
    found = {change.parameter.id: change for change in changes(date(2025, 6, 30), date(2025, 7, 1))}
    change = found["S2-PASS"]
    assert (change.day, change.before.value, change.after.value) == (date(2025, 7, 1), 214, 218)
    assert change.touches == ()


def test_the_day_named_in_since_is_not_itself_a_change_but_the_asked_day_is() -> None:
    assert "S2-PASS" not in {c.parameter.id for c in changes(date(2025, 7, 1), date(2025, 12, 1))}
    assert "S2-PASS" in {c.parameter.id for c in changes(date(2025, 6, 30), date(2025, 7, 1))}


def test_the_newest_change_stands_first() -> None:
    days = [change.day for change in changes(date(2020, 1, 1), date(2026, 11, 22))]
    assert days == sorted(days, reverse=True)


def test_with_a_dossier_a_change_names_the_findings_it_touches() -> None:
    owner = Dossier(exam=(Exam(exam="step2ck", date=date(2026, 3, 2), score=220),))
    found = {c.parameter.id: c.touches for c in changes(date(2021, 1, 1), date(2026, 11, 22), owner)}
    assert "step2ck.passed" in found["S2-PASS"]
    assert {"step1.may_apply", "step2ck.may_apply"} <= set(found["ATT-4"])


def test_a_value_without_a_first_day_or_by_season_is_no_change() -> None:
    found = changes(date(1990, 1, 1), date(2026, 11, 22))
    assert all(isinstance(change.after.start, date) for change in found)
    assert "7Y" not in {change.parameter.id for change in found}


def test_a_value_that_only_found_a_new_source_is_no_change() -> None:
    same = """
body: Matchday
read_on: 2026-11-22
parameters:
  SAME: {title: Same, decided_by: asked day, values: [{value: 1, to: 2025-12-31}, {value: 1, from: 2026-01-01}]}
"""
    found = changes(date(2025, 1, 1), date(2026, 11, 22), using=rules().overlay(same))
    assert "SAME" not in {change.parameter.id for change in found}
