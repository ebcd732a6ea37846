"""One person's plan: the steps with their days, the dates of the season, what is next and what is in the way."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from matchday.dossier.model import Certification, Dossier
from matchday.plan.person import tasks_for
from matchday.plan.schedule import Days, Scheduled, draw, on_time, remaining, schedule
from matchday.plan.tasks import Milestone, Task, catalogue
from matchday.rules import Report, Rules, check, rules
from matchday.rules.evaluate import season_of
from matchday.rules.seasons import ZONE, Event
from matchday.rules.seasons import season as season_facts
from matchday.terms import Verdict

SeasonDates = dict[str, tuple[date | None, Event]]
LIKELY = 0.8  # a season is called realistic from this chance on


@dataclass(frozen=True, slots=True)
class Dated:
    """A milestone with its day.

    `estimated` = the season's dates are not published; `chance` None = nothing hangs on it; `assumed` = more than half of
    the usual time of the steps still to do before it is an assumption.
    """

    milestone: Milestone
    day: date | None
    time: str | None
    zone: str
    source: str
    estimated: bool
    chance: float | None
    assumed: bool = False

    def as_json(self) -> dict[str, Any]:
        """As interfaces.md writes it."""
        return {
            "id": self.milestone.event,
            "title": self.milestone.title,
            "date": self.day.isoformat() if self.day else None,
            "time": self.time,
            "zone": self.zone,
            "source": self.source,
            "estimated": self.estimated,
            "on_time_probability": self.chance,
            "mostly_assumed": self.assumed,
            "needs": list(self.milestone.needs),
        }


@dataclass(frozen=True, slots=True)
class Slot:
    """How late an exam may be: with a usual score time, with the longest one, and with room for one retake."""

    exam: str
    latest_usual: date
    latest_safe: date
    latest_with_retake: date


@dataclass(frozen=True, slots=True)
class SeasonChance:
    """The chance to be ready to rank in one season, and what would have to go right; the visa comes after.

    `realistic`: likely to be ready, graduated before training starts, and applied or able to before programs read.
    """

    season: int
    ranked: float
    scores_by_review: float | None
    realistic: bool
    must_go_right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The answer to: what next, by when, whose turn is it?"""

    on: date
    season: int
    tasks: tuple[Scheduled, ...]
    milestones: tuple[Dated, ...]
    next: tuple[str, ...]
    in_the_way: tuple[tuple[str, str], ...]
    slots: tuple[Slot, ...]
    seasons: tuple[SeasonChance, ...]
    taken_as_not_done: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """As interfaces.md writes it, with the exam slots and the seasons beside it."""
        return {
            "on": self.on.isoformat(),
            "season": self.season,
            "tasks": [_task_json(task) for task in self.tasks],
            "milestones": [milestone.as_json() for milestone in self.milestones],
            "next": list(self.next),
            "in_the_way": [{"id": found, "why": why} for found, why in self.in_the_way],
            "taken_as_not_done": list(self.taken_as_not_done),
            "exam_slots": [
                {
                    "exam": slot.exam,
                    "latest_usual": slot.latest_usual.isoformat(),
                    "latest_safe": slot.latest_safe.isoformat(),
                    "latest_with_retake": slot.latest_with_retake.isoformat(),
                }
                for slot in self.slots
            ],
            "seasons": [
                {
                    "season": chance.season,
                    "may_rank_probability": chance.ranked,
                    "scores_by_review_probability": chance.scores_by_review,
                    "realistic": chance.realistic,
                    "must_go_right": list(chance.must_go_right),
                }
                for chance in self.seasons
            ],
        }


def plan(dossier: Dossier, on: date, *, season: int | None = None, using: Rules | None = None) -> Plan:
    """The plan of one person on one day for one season. The same inputs give the same plan."""
    year = season or season_of(dossier, on)
    known = using or rules()
    report = check(dossier, on, season=year, using=known)
    dates = season_dates(year, known)
    tasks = tasks_for(dossier, report, _days(dates), known)
    finishes = draw(tasks, on)
    milestones = tuple(_dated(milestone, dates, tasks, finishes, on) for milestone in _milestones(tasks))
    scheduled = schedule(tasks, _with_clock(_deadlines(milestones, on), report, tasks), on)
    return Plan(
        on,
        year,
        scheduled,
        milestones,
        _next(scheduled),
        _in_the_way(scheduled, report, milestones),
        _slots(scheduled, tasks),
        (
            _chance(tasks, finishes, dates, year, on),
            *(_season_chance(dossier, on, later, known) for later in (year + 1, year + 2)),
        ),
        _unsaid(dossier),
    )


def _unsaid(dossier: Dossier) -> tuple[str, ...]:
    """The parts that the dossier does not speak of; the plan takes them as not done, and says so."""
    parts = {
        "school": dossier.school,
        "exam": dossier.exam,
        "certification": None if dossier.certification == Certification() else dossier.certification,
        "pathway": dossier.pathway,
    }
    return tuple(name for name, part in parts.items() if part is None)


def _milestones(tasks: Mapping[str, Task]) -> list[Milestone]:
    """The dates that concern this person: one whose steps are all left out does not."""
    return [m for m in catalogue().milestones if not m.needs or any(need in tasks for need in m.needs)]


def _with_clock(deadlines: dict[str, date], report: Report, tasks: Mapping[str, Task]) -> dict[str, date]:
    """The dates of the season and, for exams still to sit, the end of the seven years (rule 7Y: the exam day counts)."""
    end = report["exams.window"].by
    if end is None or end < report.on:
        return deadlines
    exams = [name for name in ("step1.exam", "step2ck.exam") if name in tasks and not tasks[name].done]
    return {**deadlines, **{name: min(end, deadlines.get(name, end)) for name in exams}}


def _days(dates: SeasonDates) -> dict[str, date]:
    return {event: day for event, (day, _) in dates.items() if day}


def season_dates(year: int, known: Rules) -> SeasonDates:
    """The days of a season's events, estimates where nothing is published, and the first day of training."""
    events = season_facts(year).events
    return {
        **{event.id: (event.date or event.estimate, event) for event in events.values()},
        "training_start": _training(year, known),
    }


def _training(year: int, known: Rules) -> tuple[date, Event]:
    reading = known.at("START-DAY", year)
    month, day = reading.value
    start = date(year, month, day)
    said: dict[str, Any] = {"confidence": reading.row.confidence, "citations": reading.row.citations}
    return start, Event(id="training_start", title="Training starts", body="NRMP", date=start, **said)


def _dated(
    milestone: Milestone,
    dates: Mapping[str, tuple[date | None, Event]],
    tasks: Mapping[str, Task],
    finishes: Mapping[str, Days],
    on: date,
) -> Dated:
    needs = tuple(need for need in milestone.needs if need in tasks)
    milestone = replace(milestone, needs=needs)
    if milestone.event not in dates:
        return Dated(milestone, None, None, ZONE, "not found", estimated=False, chance=None)
    day, event = dates[milestone.event]
    chance = None if day is None or not needs else on_time(finishes, needs, day, on)
    estimated = event.date is None and day is not None
    source = f"estimate: {event.basis}" if estimated else event.source or "not found"
    return Dated(milestone, day, event.time, event.zone, source, estimated, chance, _assumed(needs, tasks))


def _assumed(needs: tuple[str, ...], tasks: Mapping[str, Task]) -> bool:
    ahead: dict[str, float] = {}
    front = list(needs)
    while front:
        task = tasks[front.pop()]
        if not task.done and task.id not in ahead:
            ahead[task.id] = task.duration.usual
            front += task.needs
    guessed = sum(days for task_id, days in ahead.items() if tasks[task_id].duration.basis == "assumption")
    return guessed > sum(ahead.values()) / 2


def _deadlines(milestones: tuple[Dated, ...], on: date) -> dict[str, date]:
    """The earliest day by which each step must be finished. A day that has gone by binds nobody any more."""
    found: dict[str, date] = {}
    for dated in milestones:
        if dated.day is not None and dated.day >= on:
            for need in dated.milestone.needs:
                found[need] = min(found.get(need, dated.day), dated.day)
    return found


def _next(scheduled: tuple[Scheduled, ...]) -> tuple[str, ...]:
    """What can be done now, most urgent first: the own steps and those that others hold."""
    now = [step for step in scheduled if step.status in ("open", "waiting")]
    return tuple(step.task.id for step in sorted(now, key=_urgency))


def _urgency(step: Scheduled) -> tuple[date, date, str]:
    """What must begin first stands first; what no date hangs on, last."""
    return step.latest_start or date.max, step.earliest_finish or date.max, step.task.id


def _in_the_way(
    scheduled: tuple[Scheduled, ...], report: Report, milestones: tuple[Dated, ...]
) -> tuple[tuple[str, str], ...]:
    """Steps that would be late at their usual pace, dates that have gone by, and rules that stop the way."""
    steps = {step.task.id: step for step in scheduled}
    late = [
        (
            step.task.id,
            f"{step.task.title} would be {-step.slack} days late at the usual pace; {_holds(step.task.who)}.",
        )
        for step in scheduled
        if step.slack is not None and step.slack < 0 and step.status in ("open", "waiting")
    ]
    gone = [
        (
            dated.milestone.event,
            f"{dated.milestone.title}. The day was {dated.day.day} {dated.day:%B %Y}; not done: "
            f"{', '.join(steps[name].task.title for name in undone)}.",
        )
        for dated in milestones
        if dated.day and dated.day < report.on and (undone := missed(dated, steps))
    ]
    barring = (
        "step1.may_apply",
        "step2ck.may_apply",
        "registration.desk",
        "school.listed",
        "school.years",
        "visa.entry",
    )
    needed = {step.task.id for step in scheduled if step.status != "done"}
    stops = [
        (found.id, found.why)
        for found in report
        if found.id in barring
        and found.verdict is Verdict.NOT_MET
        and not (found.id.endswith("may_apply") and f"{found.id.split('.')[0]}.register" not in needed)
    ]
    return (*stops, *late, *gone)


def missed(dated: Dated, steps: Mapping[str, Scheduled]) -> tuple[str, ...]:
    """The steps that a date asks for and that are not done, by id; none for a date that was kept."""
    return tuple(name for name in dated.milestone.needs if steps[name].status != "done") if dated.chance == 0.0 else ()


def _holds(who: str) -> str:
    return "it is your turn" if who == "you" else f"{who} holds it"


def _slots(scheduled: tuple[Scheduled, ...], tasks: Mapping[str, Task]) -> tuple[Slot, ...]:
    """The latest days for each exam still to be taken. A retake needs a new registration, permit, seat and score."""
    found = []
    for step in scheduled:
        name, _, part = step.task.id.partition(".")
        exam = tasks.get(f"{name}.exam")
        if part not in ("score", "result") or step.latest_finish is None or exam is None or exam.done:
            continue
        _, usual, longest = remaining(step.task, step.latest_finish)
        again = sum(task.duration.usual for task in tasks.values() if task.id.startswith(f"{name}."))
        latest = (
            _test_day(name, step.latest_finish - timedelta(days=round(days)))
            for days in (usual, longest, usual + again)
        )
        found.append(Slot(name, *latest))
    return tuple(found)


def _test_day(exam: str, day: date) -> date:
    """The day, or the last of December when it falls into the fortnight in which no Step is given."""
    return date(day.year - 1, 12, 31) if exam != "oet" and (day.month, day.day) < (1, 15) else day


def _season_chance(dossier: Dossier, on: date, year: int, known: Rules) -> SeasonChance:
    """The chance of another season than the one planned for."""
    dates = season_dates(year, known)
    tasks = tasks_for(dossier, check(dossier, on, season=year, using=known), _days(dates), known)
    return _chance(tasks, draw(tasks, on), dates, year, on)


def _chance(
    tasks: Mapping[str, Task], finishes: Mapping[str, Days], dates: SeasonDates, year: int, on: date
) -> SeasonChance:
    """Could this person rank in that season, and would the scores be there when programs begin to read?"""
    days = _days(dates)
    review, ranking = days.get("eras_programs_review_opens"), days.get("nrmp_rol_certification_deadline")
    ready = "nrmp.confirmed" if "nrmp.confirmed" in tasks else "ranklist"
    ranked = on_time(finishes, [ready], ranking, on) if ranking else 0.0
    scores = on_time(finishes, ["step1.score", "step2ck.score"], review, on) if review else None
    applied = "apply" in tasks and tasks["apply"].done
    graduates = "degree" not in tasks or on_time(finishes, ["degree"], days["training_start"], on) > 0
    realistic = ranked >= LIKELY and graduates and (applied or scores is None or scores >= LIKELY)
    hurdles = () if realistic or ranking is None else _must_go_right(tasks, {ready: ranking}, on)
    late = scores is not None and scores < LIKELY and not applied
    told = (
        *_barred(tasks),
        *(("graduation before training starts",) if not graduates else ()),
        *(("scores and applications before programs begin to read",) if late else ()),
        *hurdles,
    )
    return SeasonChance(year, ranked, scores, realistic, told if not realistic else ())


def _barred(tasks: Mapping[str, Task]) -> tuple[str, ...]:
    return tuple(f"{task.title}: the rules do not let this person do it" for task in tasks.values() if task.barred)


def _must_go_right(tasks: Mapping[str, Task], deadlines: Mapping[str, date], on: date) -> tuple[str, ...]:
    """The steps on the longest way to the rank list, each with the time that could be saved on it."""
    steps = [step for step in schedule(tasks, deadlines, on) if step.critical]
    said = []
    for step in steps:
        shortest, usual, _ = remaining(step.task, on)
        if shortest < usual:
            said.append(f"{step.task.title}: in {round(shortest)} to {round(usual)} days ({step.task.who})")
    return tuple(said)


def _task_json(step: Scheduled) -> dict[str, Any]:
    def text(day: date | None) -> str | None:
        return day.isoformat() if day else None

    return {
        "id": step.task.id,
        "title": step.task.title,
        "who": step.task.who,
        "needs": list(step.task.needs),
        "status": step.status,
        "since": text(step.task.since),
        "earliest_start": text(step.earliest_start),
        "earliest_finish": text(step.earliest_finish),
        "latest_start": text(step.latest_start),
        "latest_finish": text(step.latest_finish),
        "slack_days": step.slack,
        "critical": step.critical,
        "duration": step.task.duration.as_json(),
        "note": step.task.note,
        "behind": step.task.behind,
    }
