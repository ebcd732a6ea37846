"""Earliest and latest days, slack, the critical path, and the chance of being on time.

Days are counted from the asked day. The forward pass takes each step as soon as what it needs is finished; the backward
pass asks how late it may finish before a date of the season is missed. The chances come from 10,000 draws of every
duration between its shortest and its longest (triangular, the usual one most likely), with a fixed seed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from matchday.plan.tasks import Status, Task

DRAWS = 10_000
SEED = 2027
FAR = 10_000  # days; later than any date asked about
Days = NDArray[np.float64]

# No Step is given in the first 14 days of January (rule BOOK-6M).
EXAMS = ("step1.exam", "step2ck.exam")


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A step with its days. All None when it is done; the latest ones None when no date of the season hangs on it."""

    task: Task
    status: Status
    earliest_start: date | None
    earliest_finish: date | None
    latest_start: date | None
    latest_finish: date | None
    slack: int | None
    critical: bool


def remaining(task: Task, on: date) -> tuple[float, float, float]:
    """Shortest, usual and longest days still to go for a step that somebody is at since a day.

    What has lasted longer than the shortest is as likely to end before the usual answer as after it. What has lasted
    longer than the longest may end any day now or take its usual time again: nobody knows.
    """
    low, usual, high = task.duration.shortest, task.duration.usual, task.duration.longest
    if task.since is None:
        return low, usual, high
    gone = (on - task.since).days
    if gone >= high:
        return 1.0, max(low, 1.0), max(usual, 1.0)
    if gone > low:
        usual = gone + float(_length(task, on, np.array([0.5]))[0])
    return max(low - gone, 1.0), max(usual - gone, 1.0), high - gone


def forward(tasks: Mapping[str, Task], on: date) -> dict[str, tuple[float, float]]:
    """Earliest start and finish of each step with its usual duration, in days from the asked day."""
    found: dict[str, tuple[float, float]] = {}
    for task in tasks.values():
        if task.done:
            found[task.id] = (0.0, 0.0)
            continue
        start = _bounded(task, max((found[need][1] for need in task.needs), default=0.0), on)
        finish = start + remaining(task, on)[1]
        if task.id in EXAMS and task.fixed is None:
            finish = float(_out_of_january(np.array([finish]), on)[0])
        found[task.id] = (start, finish)
    return found


def _bounded(task: Task, start: float, on: date) -> float:
    if task.fixed is not None:
        return float((task.fixed - on).days)
    return max(start, float((task.not_before - on).days)) if task.not_before else start


def backward(tasks: Mapping[str, Task], deadlines: Mapping[str, float], on: date) -> dict[str, float]:
    """Latest finish of each step, in days from the asked day; FAR where no date hangs on it."""
    latest = dict.fromkeys(tasks, float(FAR))
    for task in reversed(tasks.values()):  # type: ignore[call-overload] # a dict keeps its order
        latest[task.id] = min(latest[task.id], deadlines.get(task.id, FAR))
        if latest[task.id] == FAR or task.done:
            continue
        if task.id == "match":
            continue  # Match Day stands; what comes after it cannot ask that it be sooner
        start = latest[task.id] - remaining(task, on)[1]
        for need in task.needs:
            latest[need] = min(latest[need], start)
    return latest


def schedule(tasks: Mapping[str, Task], deadlines: Mapping[str, date], on: date) -> tuple[Scheduled, ...]:
    """Every step with its days, slack and status. deadlines: the day by which a step must be finished.

    The way to Match Day and the way after it each have a critical path: the steps with the least slack, and every step
    that would be late. A step that only waits for its day is no link of either.
    """
    early = forward(tasks, on)
    late = backward(tasks, {task_id: float((day - on).days) for task_id, day in deadlines.items()}, on)
    slack = {
        task.id: late[task.id] - early[task.id][1] for task in tasks.values() if not task.done and late[task.id] < FAR
    }
    links = {task_id: left for task_id, left in slack.items() if not _waits(tasks[task_id], early, on)}
    after = _after_match(tasks)
    tightest = {
        part: min((left for t, left in links.items() if (t in after) == part), default=0.0) for part in (True, False)
    }
    critical = {task_id for task_id, left in links.items() if left <= max(tightest[task_id in after], 0.0)}
    return tuple(
        _scheduled(task, early[task.id], late[task.id], tasks, on, critical=task.id in critical)
        for task in tasks.values()
    )


def _waits(task: Task, early: Mapping[str, tuple[float, float]], on: date) -> bool:
    """Whether the step could begin sooner but for its day."""
    ready = max((early[need][1] for need in task.needs), default=0.0)
    return task.fixed is None and task.not_before is not None and (task.not_before - on).days > ready


def _after_match(tasks: Mapping[str, Task]) -> set[str]:
    """The steps that come after Match Day."""
    after = {"match"}
    for task in tasks.values():
        if after & set(task.needs):
            after.add(task.id)
    return after


def _scheduled(
    task: Task, early: tuple[float, float], late: float, tasks: Mapping[str, Task], on: date, *, critical: bool
) -> Scheduled:
    if task.done:
        return Scheduled(task, "done", None, None, None, None, None, critical=False)
    start, finish = early
    if late >= FAR:
        return Scheduled(
            task, status(task, tasks, on), _date(on, start), _date(on, finish), None, None, None, critical=False
        )
    return Scheduled(
        task,
        status(task, tasks, on),
        _date(on, start),
        _date(on, finish),
        _date(on, late - remaining(task, on)[1]),
        _date(on, late),
        round(late - finish),
        critical,
    )


def status(task: Task, tasks: Mapping[str, Task], on: date) -> Status:
    """Done; waiting on somebody who has it; blocked by a step, a day or a rule; else open to begin."""
    if task.done:
        return "done"
    too_soon = task.not_before is not None and task.not_before > on
    if task.barred or too_soon or any(not tasks[need].done for need in task.needs):
        return "blocked"
    return "waiting" if task.since is not None and task.who != "you" else "open"


def _date(on: date, days: float) -> date:
    return on + timedelta(days=round(days))


def draw(tasks: Mapping[str, Task], on: date, *, draws: int = DRAWS, seed: int = SEED) -> dict[str, Days]:
    """The finish of each step in each draw, in days from the asked day. Shape: (draws,)."""
    chance = np.random.Generator(np.random.PCG64(seed))
    found: dict[str, Days] = {}
    for task in tasks.values():
        # Every step draws, done or not, so that a step done today does not shuffle the luck of the others.
        luck = chance.random(draws)
        if task.done:
            found[task.id] = np.full(draws, -float(FAR))
            continue
        start = np.max([np.zeros(draws), *(found[need] for need in task.needs)], axis=0)
        if task.fixed is not None:
            start = np.full(draws, float((task.fixed - on).days))
        elif task.not_before is not None:
            start = np.maximum(start, float((task.not_before - on).days))
        finish = np.full(draws, float(FAR)) if task.barred else start + _length(task, on, luck)
        found[task.id] = _out_of_january(finish, on) if task.id in EXAMS and task.fixed is None else finish
    return found


def _length(task: Task, on: date, luck: Days) -> Days:
    """Triangular durations from even luck; for a step under way, given that it is not finished yet."""
    low, mode, high = task.duration.shortest, task.duration.usual, task.duration.longest
    gone = float((on - task.since).days) if task.since else 0.0
    if task.since and gone >= high:
        low, mode, high = remaining(task, on)
        gone = 0.0
    if high == low:
        return np.full(luck.shape, max(low - gone, 0.0))
    turn = (mode - low) / (high - low)
    behind = _below(gone, low, mode, high)
    luck = behind + luck * (1 - behind)
    rising = low + np.sqrt(luck * (high - low) * (mode - low))
    falling = high - np.sqrt((1 - luck) * (high - low) * (high - mode))
    return np.maximum(np.where(luck < turn, rising, falling) - gone, 0.0)


def _below(day: float, low: float, mode: float, high: float) -> float:
    """The share of triangular durations that end by a day."""
    if day <= low:
        return 0.0
    if day < mode:
        return (day - low) ** 2 / ((high - low) * (mode - low))
    return 1 - (high - day) ** 2 / ((high - low) * (high - mode)) if high > mode else 1.0


def _out_of_january(finish: Days, on: date) -> Days:
    for year in range(on.year, on.year + 8):
        first, last = (date(year, 1, 1) - on).days, (date(year, 1, 15) - on).days
        finish = np.where((finish >= first) & (finish < last), float(last), finish)
    return finish


def on_time(finishes: Mapping[str, Days], needs: Iterable[str], deadline: date, on: date) -> float:
    """The share of draws in which everything needed is finished by a day, that day included."""
    days = [finishes[need] for need in needs if need in finishes]
    if not days:
        return 1.0
    return float(np.mean(np.floor(np.max(days, axis=0)) <= (deadline - on).days))
