"""Days, slack, the critical path and the chances, on a way small enough to check by hand."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchday.plan.schedule import draw, forward, on_time, remaining, schedule, status
from matchday.plan.tasks import Duration, Task, catalogue, ordered

ON = date(2026, 11, 22)


def task(task_id: str, days: tuple[float, float, float], *needs: str, **more) -> Task:
    return Task(task_id, task_id, more.pop("who", "you"), needs, Duration(*days, basis="assumption"), **more)


def way(*tasks: Task) -> dict[str, Task]:
    return {found.id: found for found in tasks}


def day(number: int) -> date:
    return ON + timedelta(days=number)


#        a (10) ──> c (5) ──> end by day 30
#        b (20) ───────┘
SMALL = way(task("a", (5, 10, 20)), task("b", (10, 20, 30)), task("c", (1, 5, 10), "a", "b"))


def test_a_step_begins_when_the_last_thing_it_needs_is_finished() -> None:
    assert forward(SMALL, ON) == {"a": (0, 10), "b": (0, 20), "c": (20, 25)}


def test_slack_is_the_time_that_may_be_lost_and_the_tightest_chain_is_critical() -> None:
    found = {step.task.id: step for step in schedule(SMALL, {"c": day(30)}, ON)}
    assert {name: step.slack for name, step in found.items()} == {"a": 15, "b": 5, "c": 5}
    assert [name for name, step in found.items() if step.critical] == ["b", "c"]
    assert (found["a"].latest_start, found["a"].latest_finish) == (day(15), day(25))
    assert (found["c"].earliest_start, found["c"].latest_finish) == (day(20), day(30))


def test_a_deadline_too_near_gives_negative_slack() -> None:
    found = {step.task.id: step.slack for step in schedule(SMALL, {"c": day(20)}, ON)}
    assert found == {"a": 5, "b": -5, "c": -5}


def test_without_a_deadline_nothing_is_late_and_nothing_critical() -> None:
    for step in schedule(SMALL, {}, ON):
        assert (step.latest_start, step.latest_finish, step.slack, step.critical) == (None, None, None, False)


def test_a_done_step_takes_no_time_and_has_no_days() -> None:
    tasks = {**SMALL, "b": replace(SMALL["b"], done=True)}
    found = {step.task.id: step for step in schedule(tasks, {"c": day(30)}, ON)}
    assert found["b"].status == "done"
    assert (found["b"].earliest_finish, found["b"].slack) == (None, None)
    assert found["c"].earliest_finish == day(15)


def test_a_booked_day_stands_and_a_step_may_have_to_wait_for_its_day() -> None:
    tasks = way(
        task("exam", (0, 0, 0), fixed=day(40)),
        task("score", (14, 28, 63), "exam"),
        task("list", (0, 0, 0), "score", not_before=day(80)),
    )
    assert forward(tasks, ON) == {"exam": (40, 40), "score": (40, 68), "list": (80, 80)}
    steps = {step.task.id: step for step in schedule(tasks, {"list": day(100)}, ON)}
    assert [name for name, step in steps.items() if step.critical] == ["exam", "score"]


def test_who_has_the_ball() -> None:
    tasks = way(
        task("mine", (1, 2, 3)),
        task("theirs", (1, 2, 3), who="Intealth", since=day(-5)),
        task("later", (1, 2, 3), "mine"),
        task("over", (1, 2, 3), done=True),
    )
    assert {name: status(found, tasks, ON) for name, found in tasks.items()} == {
        "mine": "open",
        "theirs": "waiting",
        "later": "blocked",
        "over": "done",
    }


def test_match_day_stands_and_what_follows_cannot_ask_that_it_be_sooner() -> None:
    tasks = way(
        task("list", (1, 5, 9)),
        task("match", (0, 0, 0), "list", not_before=day(50)),
        task("visa", (30, 60, 90), "match"),
    )
    found = {step.task.id: step for step in schedule(tasks, {"list": day(30), "visa": day(90)}, ON)}
    assert found["list"].slack == 25
    assert found["visa"].slack == -20
    assert [name for name, step in found.items() if step.critical] == ["list", "visa"]


@pytest.mark.parametrize(
    ("since", "expected"), [(0, (5, 10, 20)), (3, (2, 7, 17)), (20, (1, 5, 10)), (400, (1, 5, 10))]
)
def test_what_is_under_way_has_less_to_go(since: int, expected: tuple[float, float, float]) -> None:
    assert remaining(task("a", (5, 10, 20), since=day(-since)), ON) == expected


def test_what_has_lasted_longer_than_usual_is_as_likely_to_end_before_the_answer_as_after_it() -> None:
    slow = task("a", (5, 10, 20), since=day(-12))
    finishes = draw({"a": slow}, ON)["a"]
    assert np.mean(finishes <= remaining(slow, ON)[1]) == pytest.approx(0.5, abs=0.02)
    assert finishes.min() >= 0
    assert finishes.max() <= 8


def test_draws_follow_the_triangle_of_the_durations() -> None:
    finishes = draw({"a": task("a", (10, 20, 60))}, ON)["a"]
    # Mean and variance of the triangular distribution (Kotz and van Dorp 2004).
    assert finishes.mean() == pytest.approx((10 + 20 + 60) / 3, abs=0.3)
    spread = (10**2 + 20**2 + 60**2 - 10 * 20 - 10 * 60 - 20 * 60) / 18
    assert finishes.var() == pytest.approx(spread, rel=0.05)
    assert finishes.min() >= 10
    assert finishes.max() <= 60


def test_the_same_seed_gives_the_same_draws_and_a_done_step_does_not_shuffle_the_others() -> None:
    first, second = draw(SMALL, ON), draw({**SMALL, "a": replace(SMALL["a"], done=True)}, ON)
    np.testing.assert_array_equal(first["b"], second["b"])
    np.testing.assert_array_equal(first["c"], draw(SMALL, ON)["c"])


def test_no_step_exam_falls_into_the_first_fortnight_of_january() -> None:
    tasks = way(task("step1.exam", (30, 45, 60)))
    finishes = draw(tasks, ON)["step1.exam"]
    first, last = (date(2027, 1, 1) - ON).days, (date(2027, 1, 15) - ON).days
    assert not np.any((finishes >= first) & (finishes < last))
    assert forward(tasks, ON)["step1.exam"][1] == last


@given(st.integers(0, 60), st.integers(0, 30))
def test_a_later_deadline_never_lowers_the_chance(first: int, more: int) -> None:
    finishes = draw(SMALL, ON, draws=200)
    assert on_time(finishes, ["c"], day(first), ON) <= on_time(finishes, ["c"], day(first + more), ON)


def test_a_deadline_includes_its_own_day_and_what_is_done_is_always_on_time() -> None:
    tasks = way(task("a", (3, 3, 3)), task("b", (3, 3, 3), done=True))
    finishes = draw(tasks, ON)
    assert [on_time(finishes, ["a"], day(n), ON) for n in (2, 3)] == [0.0, 1.0]
    assert on_time(finishes, ["b"], day(-9), ON) == 1.0
    assert on_time(finishes, ["not there"], day(-9), ON) == 1.0


def test_the_shipped_way_has_no_circle_and_names_only_steps_that_exist() -> None:
    tasks = catalogue().tasks
    pseudo = {"first.registration", "step1.score", "step2ck.score"}
    real = {
        task_id: replace(found, needs=tuple(n for n in found.needs if n not in pseudo))
        for task_id, found in tasks.items()
    }
    found = list(ordered(real))
    assert len(found) == len(tasks)
    place = {step.id: number for number, step in enumerate(found)}
    assert all(place[need] < place[step.id] for step in found for need in step.needs)


def test_every_duration_runs_from_shortest_to_longest_and_names_its_source_or_is_an_assumption() -> None:
    for found in catalogue().tasks.values():
        length = found.duration
        assert 0 <= length.shortest <= length.usual <= length.longest
        assert (length.basis == "source") == bool(length.source)
