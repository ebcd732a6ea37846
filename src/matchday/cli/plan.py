"""`matchday plan`: what next, by when, whose turn is it?"""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matchday.cli.options import emit, json_option, on_option, season_option, today

if TYPE_CHECKING:
    from rich.console import Console

    from matchday.plan.build import Dated, Plan
    from matchday.plan.ranges import Range
    from matchday.plan.schedule import Scheduled


@click.command()
@click.argument("dossier", type=click.Path())
@on_option
@season_option
@click.option("--ics", type=click.Path(path_type=Path), help="Write the dates to this calendar file.")
@json_option
def plan(dossier: str, on: dt.date | None, season: int | None, ics: Path | None, as_json: bool) -> None:
    """Steps, dates, slack, who holds the ball, and the chance of being on time, for one DOSSIER.

    Durations without a source are assumptions, marked with *; [durations] in the dossier replaces them.
    """
    from matchday.dossier.file import read
    from matchday.plan.build import plan as build

    owner = read(dossier)
    found = build(owner, on or today(), season=season)
    if ics:
        from matchday.plan.ics import write_plan

        write_plan(found, ics)
        click.echo(f"Wrote {ics}", err=True)
    if as_json:
        emit(found.as_json())
    else:
        show(found, owner.person.name)


def show(found: "Plan", name: str | None) -> None:
    """Print the plan for a person: chances, what is next, the whole way, the seasons."""
    from matchday.cli.page import block, console, heading, written

    page = console()
    page.print(heading(f"{name or 'This dossier'} · Match {found.season} · plan as of {written(found.on)}"))
    if found.taken_as_not_done:
        unsaid = ", ".join(found.taken_as_not_done)
        page.print(block(f"The dossier does not speak of: {unsaid}. This plan takes them as not done.", 0))
    _show_milestones(page, found)
    _show_next(page, found)
    _show_way(page, found)
    _show_exams(page, found)
    _show_seasons(page, found)
    page.print()
    page.print(block("Chances come from 10,000 draws of every duration between its shortest and its longest, with a "
                     "fixed seed; they assume that each exam is passed at the next try. * = the duration is an "
                     "assumption, not a fact.", 0))  # fmt: skip


def _show_milestones(page: "Console", found: "Plan") -> None:
    from matchday.cli.page import block, heading, written
    from matchday.plan.ranges import ranges

    page.print()
    page.print(heading("Dates of the season, and the chance of being on time"))
    spread = ranges(found)
    for dated in found.milestones:
        when = written(dated.day) if dated.day else "not known"
        clock = f", {dated.time} Eastern" if dated.time else ""
        page.print(f"{when}{clock}{' (estimate)' if dated.estimated else ''}: {dated.milestone.title}")
        chance = _chance(dated, found.on, spread.get(dated.milestone.event))
        page.print(block(f"{chance}. Says who: {dated.source}", 4), style="dim")
    for _, why in found.in_the_way:
        page.print(block(f"○ In the way: {why}", 0))


def _chance(dated: "Dated", on: dt.date, spread: "Range | None") -> str:
    if dated.chance is None:
        return "Nothing of yours hangs on it"
    if dated.day and dated.day < on:
        return "Gone by; everything for it is done" if dated.chance else "Gone by; not everything for it was done"
    if spread and spread.open:
        low, high = (round(100 * share) for share in (spread.low, spread.high))
        return (
            "Cannot be told: most of the days before it are assumptions, and countries differ. If they err, anything "
            f"from {low} to {high} of 100 draws is in time"
        )
    guess = " (mostly a guess: the durations behind it are assumptions)" if dated.assumed else ""
    return f"On time in about {round(100 * dated.chance)} of 100 draws{guess}"


def _show_next(page: "Console", found: "Plan") -> None:
    from matchday.cli.page import block, heading, written

    page.print()
    page.print(heading("Next, most urgent first"))
    steps = {step.task.id: step for step in found.tasks}
    for task_id in found.next:
        step = steps[task_id]
        since = step.task.since
        ball = (
            f"{step.task.who} has it since {written(since)} ({(found.on - since).days} days)"
            if since
            else step.task.who
        )
        by = f", at the latest by {written(step.latest_finish)}" if step.latest_finish else ""
        page.print(block(f"• {step.task.title}: {ball}{by}", 0))


def _show_way(page: "Console", found: "Plan") -> None:
    from rich.table import Table

    from matchday.cli.page import heading

    page.print()
    page.print(heading("The whole way"))
    table = Table("Step", "Who", "Earliest", "Latest", "Slack", box=None, pad_edge=False, padding=(0, 1))
    for step in found.tasks:
        # A day that is only waited for is shown among the dates above.
        if step.status != "done" and step.task.id not in ("match", "ranklist"):
            table.add_row(
                _named(step), step.task.who, _short(step.earliest_finish), _short(step.latest_finish), _slack(step)
            )
    page.print(table)
    done = [step.task.title for step in found.tasks if step.status == "done"]
    page.print(f"Done already: {len(done)} steps. >> = on the critical path: a day lost here is a day lost.")


def _named(step: "Scheduled") -> str:
    mark = "*" if step.task.duration.basis == "assumption" else ""
    return f"{'>> ' if step.critical else ''}{step.task.title}{mark}"


def _short(day: dt.date | None) -> str:
    return f"{day.day} {day:%b %Y}" if day else "-"


def _slack(step: "Scheduled") -> str:
    return "-" if step.slack is None else f"{step.slack} d"


def _show_exams(page: "Console", found: "Plan") -> None:
    from matchday.cli.page import block, heading, written

    if not found.slots:
        return
    names = {"step1": "Step 1", "step2ck": "Step 2 CK", "oet": "OET"}
    page.print()
    page.print(heading("How late an exam may be"))
    for slot in found.slots:
        page.print(block(f"{names[slot.exam]}: {written(slot.latest_safe)} is safe even with the slowest score; "
                         f"{written(slot.latest_usual)} is enough with the usual one; to keep room for one retake, "
                         f"{written(slot.latest_with_retake)}.", 0))  # fmt: skip


def _show_seasons(page: "Console", found: "Plan") -> None:
    from matchday.cli.page import block, heading

    page.print()
    page.print(heading("Which season"))
    for chance in found.seasons:
        word = "ready to rank in time is realistic" if chance.realistic else "ready to rank in time is not realistic"
        scores = chance.scores_by_review
        review = "" if scores is None else f"; scores in when programs begin to read: {round(100 * scores)}"
        page.print(
            block(f"{chance.season}: {word}. Of 100 draws, ready to rank: {round(100 * chance.ranked)}{review}.", 0)
        )
        for hurdle in chance.must_go_right:
            page.print(block(f"would need {hurdle}", 6), style="dim")
