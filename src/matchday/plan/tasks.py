"""The steps of the way for one person: which are done, who holds the others, how long each takes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Literal

import yaml

from matchday.dossier.model import Dossier
from matchday.rules.load import LOADER

Status = Literal["done", "open", "waiting", "blocked"]


@dataclass(frozen=True, slots=True)
class Duration:
    """Calendar days: shortest, usual, longest; and whether a text says so or it is assumed."""

    shortest: float
    usual: float
    longest: float
    basis: Literal["source", "assumption", "dossier", "dates"]
    source: str = ""

    def as_json(self) -> dict[str, Any]:
        """As interfaces.md writes it."""
        return {
            "min": self.shortest,
            "typical": self.usual,
            "max": self.longest,
            "basis": self.basis,
            "source": self.source,
        }


@dataclass(frozen=True, slots=True)
class Task:
    """One step: who holds it, what it needs first, how long it takes.

    `since` is the day from which somebody has been at it; `fixed` the day on which it happens when that is set;
    `not_before` the day before which it cannot begin; `barred` = the rules do not let this person do it at all;
    `behind` the later step from which it is known that this one was done, when the dossier itself does not say so;
    `booked` its title once its day is set, where that differs.
    """

    id: str
    title: str
    who: str
    needs: tuple[str, ...]
    duration: Duration
    note: str = ""
    done: bool = False
    since: date | None = None
    fixed: date | None = None
    not_before: date | None = None
    barred: bool = False
    behind: str = ""
    booked: str = ""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A date of the season, and the steps that must be finished by then."""

    event: str
    title: str
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All steps and milestones, before they are fitted to a person."""

    tasks: Mapping[str, Task]
    milestones: tuple[Milestone, ...]


@cache
def catalogue() -> Catalogue:
    """The steps shipped with the package, read once."""
    text = (resources.files("matchday.plan") / "data" / "tasks.yaml").read_text("utf-8")
    tree = yaml.load(text, LOADER)  # noqa: S506 -- LOADER is a safe loader
    tasks = {task_id: _task(task_id, raw) for task_id, raw in tree["tasks"].items()}
    milestones = tuple(Milestone(event, raw["title"], tuple(raw["needs"])) for event, raw in tree["milestones"].items())
    return Catalogue(MappingProxyType(tasks), milestones)


def _task(task_id: str, raw: dict[str, Any]) -> Task:
    source = raw.get("source", "")
    low, usual, high = raw["days"]
    duration = Duration(low, usual, high, "source" if source else "assumption", source)
    return Task(
        task_id,
        raw["title"],
        raw["who"],
        tuple(raw["needs"]),
        duration,
        raw.get("note", ""),
        booked=raw.get("booked", ""),
    )


def overridden(task: Task, dossier: Dossier) -> Task:
    """The task with the dossier's own duration, if there is one."""
    own = dossier.durations.get(task.id)
    return task if own is None else replace(task, duration=Duration(*own, basis="dossier", source="your dossier"))


def fill(task: Task, step: str, name: str) -> Task:
    """A "{step}" entry made into the entry of one Step."""
    return replace(
        task,
        id=task.id.format(step=step),
        title=task.title.format(name=name),
        needs=tuple(need.format(step=step) for need in task.needs),
    )


def ordered(tasks: Mapping[str, Task]) -> Iterator[Task]:
    """The tasks, each after everything it needs. The graph has no circle; a test walks it."""
    seen: set[str] = set()

    def visit(task: Task) -> Iterator[Task]:
        if task.id in seen:
            return
        seen.add(task.id)
        for need in task.needs:
            yield from visit(tasks[need])
        yield task

    for task in tasks.values():
        yield from visit(task)
