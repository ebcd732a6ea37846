"""Plan: every step with its days, whose turn it is, the chance of each date, and what a person can tell of a step."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse

from matchday.dossier.model import Dossier
from matchday.plan.build import Dated, Plan
from matchday.plan.ranges import Range, ranges
from matchday.plan.schedule import Scheduled
from matchday.terms import InputProblem
from matchday.web.deeds import Deed, Note, deed_of, note_of
from matchday.web.desk import desk
from matchday.web.frame import Setting, answer, setting
from matchday.web.nudge import Nudge, nudge
from matchday.web.sentence import unread
from matchday.web.timeline import STANDS, timeline

EXAMS = {"step1": "Step 1", "step2ck": "Step 2 CK", "oet": "OET"}


@dataclass(frozen=True, slots=True)
class Telling:
    """What a person told of a step that could not be done: why, and what was typed."""

    task: str
    problem: InputProblem
    typed: dict[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One step of the table: its days, how long somebody has had it, what it needs in words, what can be told of it.

    `note` says what the file can hold of it beside a day, `url` where; `telling` is what was told of it and refused.
    `assumed`: it would be late, and some of the days that make it so are assumptions.
    `nudge`: the letter to whoever has had the step for some time.
    """

    step: Scheduled
    days: int | None
    needs: tuple[str, ...]
    deed: Deed | None
    note: Note | None
    url: str
    open: bool
    telling: Telling | None
    assumed: bool = False
    nudge: Nudge | None = None

    @property
    def stands(self) -> bool:
        """Whether its day is given by others and can be neither early nor late: Match Day."""
        return self.step.task.id == STANDS

    @property
    def late(self) -> int:
        """How many days too late it would end at the usual pace; 0 when it would not."""
        return max(0, -(self.step.slack or 0))

    @property
    def own_duration(self) -> bool:
        """Whether the dossier says how long it takes."""
        return self.step.task.duration.basis == "dossier"


@dataclass(frozen=True, slots=True)
class Chance:
    """A date of the season with its number in the picture and the range of its chance; `range` None = nothing to say."""

    number: int
    dated: Dated
    range: Range | None
    gone: bool


def plan(request: HttpRequest) -> HttpResponse:
    """The plan of the asked day; `?season=2028` looks at another season without saving it, `?tell=` opens one step."""
    return plan_page(request)


def plan_page(request: HttpRequest, telling: Telling | None = None) -> HttpResponse:
    """The page, with what was told of a step and refused."""
    here = setting(request)
    wanted = season_asked(request)
    found = desk().plan(here.opened, here.on, wanted)
    spread = desk().answer("ranges", here.opened, here.on, wanted, make=lambda: ranges(found))
    data = {
        **found.as_json(),
        "ranges": {name: {"low": one.low, "high": one.high} for name, one in spread.items()},
    }
    more = shown(found, spread, here)
    more["rows"] = rows_of(found, telling, telling.task if telling else request.GET.get("tell", ""))
    response = answer(request, "plan.html", data, **more, refused=telling)
    response.status_code = 422 if telling else 200
    return response


def season_asked(request: HttpRequest) -> int | None:
    """The season of the address, or None for the dossier's own."""
    return season_of(request.GET.get("season", ""))


def season_of(text: str) -> int | None:
    """The season in a text such as 2028, or None."""
    return int(text) if len(text) == 4 and text.isascii() and text.isdecimal() and 2000 <= int(text) <= 2100 else None


def shown(found: Plan, spread: dict[str, Range], here: Setting) -> dict[str, Any]:
    """What the template shows of a plan."""
    titles = {step.task.id: step.task.title for step in found.tasks}
    chances = [
        Chance(number, one, spread.get(one.milestone.event), bool(one.day and one.day < here.on))
        for number, one in enumerate(found.milestones, 1)
    ]
    return {
        "plan": found,
        "picture": timeline(found),
        "rows": rows_of(found),
        "done": [(step.task.title, titles.get(step.task.behind, "")) for step in found.tasks if step.status == "done"],
        "chances": chances,
        "slots": [(EXAMS[slot.exam], slot) for slot in found.slots],
        "unread": unread(found),
        "ranked": spread.get("nrmp_rol_certification_deadline"),
        "own_season": here.season,
        "held": bool(here.opened.digest),
    }


def rows_of(found: Plan, telling: Telling | None = None, asked: str = "") -> list[Row]:
    """The steps that are still to do, each with what can be told of it; the one that is asked for is open."""
    titles, dossier = {step.task.id: step.task.title for step in found.tasks}, desk().read().dossier
    still = [step for step in found.tasks if step.status != "done"]
    guessed = _late_by_assumption(still)
    return [
        replace(
            _row(step, found.on, titles, dossier, telling, asked),
            assumed=step.task.id in guessed,
            nudge=nudge(step, found, dossier),
        )
        for step in still
    ]


def _late_by_assumption(steps: list[Scheduled]) -> set[str]:
    """The late steps on whose chain of late steps, before or after them, a duration is assumed."""
    late = {step.task.id: step.task for step in steps if step.slack is not None and step.slack < 0}
    late.pop(STANDS, None)
    guesses = (task for task in late.values() if task.duration.basis == "assumption" and task.duration.longest)
    assumed = {task.id for task in guesses}
    links = {name: set(task.needs) & set(late) for name, task in late.items()}
    before, after = set(assumed), set(assumed)
    for name in late:  # each stands after what it needs
        if links[name] & after:
            after.add(name)
    for name in reversed(late):
        if name in before:
            before |= links[name]
    return before | after


def _row(
    step: Scheduled, on: dt.date, titles: dict[str, str], dossier: Dossier, telling: Telling | None, asked: str
) -> Row:
    task = step.task
    note = note_of(task.id, dossier)
    return Row(
        step,
        (on - task.since).days if task.since else None,
        tuple(titles[name] for name in task.needs if name in titles),
        deed_of(task.id, dossier),
        note,
        note.url(dossier) if note else "",
        task.id == asked,
        telling if telling and telling.task == task.id else None,
    )
