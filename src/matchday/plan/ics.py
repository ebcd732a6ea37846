"""Dates as a calendar file (iCalendar) that phones and computers read, with identifiers that never change."""

import datetime as dt
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

import icalendar

from matchday.plan.build import Plan
from matchday.plan.calendar import Entry, calendar
from matchday.terms import InputProblem


def to_ics(entries: Iterable[Entry], year: int, on: dt.date, *, alarm_days: int | None = None) -> bytes:
    """The dated entries as an iCalendar file; the same event of the same season keeps its UID for ever.

    An hour is written in UTC, so that no clock change can move it; a day without an hour is an all-day event; an
    estimate is tentative and says so. `alarm_days` adds a reminder that many days before.
    """
    book = _book(f"Match {year}")
    for entry in entries:
        if entry.day is not None:
            book.add_component(_component(entry, year, on, alarm_days))
    return bytes(book.to_ical())


def _book(name: str) -> icalendar.Calendar:
    book = icalendar.Calendar()
    book.add("prodid", "-//Matchday//Season//EN")
    book.add("version", "2.0")
    book.add("x-wr-calname", name)
    return book


def _component(entry: Entry, year: int, on: dt.date, alarm_days: int | None) -> icalendar.Event:
    event = entry.event
    estimated = event.date is None
    said = [f"{event.date} {event.time} {event.zone}" if event.instant else "", event.basis, event.note]
    said.append(f"Says who: {event.source} ({event.confidence})" if event.source else "")
    item = _item(
        f"{year}-{event.id}@matchday",
        f"{'Estimate: ' if estimated else ''}{event.title} ({event.body})",
        event.instant.astimezone(dt.UTC) if event.instant else entry.day,
        on,
        "\n".join(line for line in said if line),
    )
    item.add("status", "TENTATIVE" if estimated else "CONFIRMED")
    if alarm_days is not None:
        item.add_component(_alarm(event.title, alarm_days))
    return item


def _item(uid: str, summary: str, start: dt.date | None, on: dt.date, description: str) -> icalendar.Event:
    item = icalendar.Event()
    item.add("uid", uid)
    item.add("summary", summary)
    item.add("dtstart", start)
    item.add("dtstamp", dt.datetime.combine(on, dt.time(), dt.UTC))  # of the asked day: the same inputs, the same bytes
    item.add("description", description)
    item.add("transp", "TRANSPARENT")
    return item


def _alarm(title: str, days: int) -> icalendar.Alarm:
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", dt.timedelta(days=-days))
    return alarm


def plan_to_ics(plan: Plan) -> bytes:
    """A plan as a calendar file: the dates of its season, and the latest day of each step that is still open."""
    book = _book(f"Way to Match {plan.season}")
    for entry in calendar(plan.season, plan.on).entries:
        if entry.day is not None:
            book.add_component(_component(entry, plan.season, plan.on, None))
    for step in plan.tasks:
        if step.status != "done" and step.latest_finish is not None:
            uid = f"{plan.season}-step-{step.task.id}@matchday"
            said = f"Earliest: {step.earliest_finish}. Whose turn: {step.task.who}."
            book.add_component(_item(uid, f"At the latest: {step.task.title}", step.latest_finish, plan.on, said))
    return bytes(book.to_ical())


def write_plan(plan: Plan, path: Path) -> None:
    """Write a plan to a calendar file."""
    write(path, plan_to_ics(plan))


def write(path: Path, content: bytes) -> None:
    """Put the bytes in place whole or not at all; InputProblem when the place cannot be written.

    Only a new file or an earlier calendar is replaced, never another file that a slip of the pen named.
    """
    try:
        target = path.resolve()
        _check_target(target, path)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".matchday-", suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o644)
            Path(temporary).replace(target)
        except BaseException:
            Path(temporary).unlink()
            raise
    except OSError as error:
        why = error.strerror or str(error)
        raise InputProblem(
            f"cannot be written: {why}", expected="a file in a folder you may write to", do="choose another place",
            file=str(path),
        ) from error  # fmt: skip


def _check_target(target: Path, named: Path) -> None:
    if not target.exists():
        return
    if not target.is_file() or not target.read_bytes()[:15].startswith(b"BEGIN:VCALENDAR"):
        raise InputProblem(
            "something that is no calendar stands there", expected="a new file, or a calendar file to replace",
            do="choose another name", file=str(named),
        )  # fmt: skip
