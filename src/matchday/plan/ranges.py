"""How far the chances would move if the assumed durations were wrong, and which steps decide them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from matchday.plan.build import Dated, Plan
from matchday.plan.schedule import Scheduled, draw, on_time
from matchday.plan.tasks import Duration, Task

MOST_DRIVERS = 3
WIDE = 0.25  # a range that is wider and rests mostly on assumptions tells nothing


@dataclass(frozen=True, slots=True)
class Range:
    """The chance to be on time if every assumed duration errs to the long side (low) or to the short side (high).

    Durations that a text states stay as they are. `drivers`: the steps of the longest way whose length is least sure.
    `assumed`: more than half of the usual time is an assumption.
    """

    low: float
    high: float
    drivers: tuple[Task, ...]
    assumed: bool = False

    @property
    def open(self) -> bool:
        """Whether the assumptions decide so much that no chance can be told."""
        return self.assumed and self.high - self.low > WIDE


def ranges(plan: Plan) -> dict[str, Range]:
    """The range of each date that is ahead and on which something hangs, by the id of its event."""
    steps = {step.task.id: step for step in plan.tasks}
    slow, quick = (draw(_erring({name: step.task for name, step in steps.items()}, side), plan.on) for side in SIDES)
    found = {}
    for dated in plan.milestones:
        if dated.chance is None or dated.day is None or dated.day < plan.on:
            continue
        needs = dated.milestone.needs
        chances = [on_time(finishes, needs, dated.day, plan.on) for finishes in (slow, quick)]
        found[dated.milestone.event] = Range(
            min(*chances, dated.chance), max(*chances, dated.chance), _drivers(dated, steps), dated.assumed
        )
    return found


Side = Literal["long", "short"]
SIDES: tuple[Side, Side] = ("long", "short")


def _erring(tasks: Mapping[str, Task], side: Side) -> dict[str, Task]:
    """The tasks with every assumed duration between the usual and the longest time, or the shortest and the usual."""
    return {
        name: replace(task, duration=_half(task.duration, side)) if task.duration.basis == "assumption" else task
        for name, task in tasks.items()
    }


def _half(duration: Duration, side: Side) -> Duration:
    if side == "long":
        return replace(duration, shortest=duration.usual)
    return replace(duration, longest=duration.usual)


def _drivers(dated: Dated, steps: Mapping[str, Scheduled]) -> tuple[Task, ...]:
    """The steps of the longest way to a date, those with the widest span of days first."""
    way: list[Task] = []
    front: Iterable[str] = dated.milestone.needs
    while open_steps := [steps[name] for name in front if steps[name].earliest_finish is not None]:
        last = max(open_steps, key=lambda step: (step.earliest_finish, step.task.id))
        way.append(last.task)
        front = last.task.needs
    spread = sorted(way, key=lambda task: task.duration.shortest - task.duration.longest)
    return tuple(task for task in spread if task.duration.longest > task.duration.shortest)[:MOST_DRIVERS]
