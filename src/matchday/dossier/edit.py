"""Verbs: a dossier in, a new dossier out; nothing else happens. What the file would refuse is refused here as well.

Values are those of the file (`from` of a licence is `from_`). None makes a value unknown. A list that is there is
complete, so adding the first exam to a dossier says that there is no other.
"""

import datetime as dt
from dataclasses import fields, replace
from difflib import get_close_matches
from typing import Any

from matchday.dossier.lines import Path
from matchday.dossier.model import Application, Dossier, Exam, Pathway
from matchday.dossier.shape import ListOf, Reading, Shape, Table, table_of
from matchday.dossier.tree import first_problem
from matchday.terms import InputProblem

# The tables of the file that stand once, and those that stand in lists.
SINGLE = ("person", "certification", "preferences", "ranklist", "couple")
SEVERAL = (
    "school", "exam", "licence", "pathway", "experience", "letter", "scholarly", "statement", "application", "interview",
)  # fmt: skip


def add(dossier: Dossier, part: str, /, **values: object) -> Dossier:
    """Add an entry at the end of a list such as "exam"."""
    present = _entries(dossier, part)
    return _with(dossier, part, (*present, _read(_shape(part, SEVERAL), values, (part, len(present)))))


def change(dossier: Dossier, part: str, at: int, /, **values: object) -> Dossier:
    """Change these values of one entry of a list; the others stay."""
    entry = _entry(dossier, part, at)
    changed = _read(_shape(part, SEVERAL), _values(entry) | values, (part, at))
    present = _entries(dossier, part)
    return _with(dossier, part, (*present[:at], changed, *present[at + 1 :]))


def remove(dossier: Dossier, part: str, at: int, /) -> Dossier:
    """Take one entry out of a list."""
    _entry(dossier, part, at)
    present = _entries(dossier, part)
    return _with(dossier, part, present[:at] + present[at + 1 :])


def none(dossier: Dossier, part: str, /) -> Dossier:
    """Say that a list is known to be empty: no licence, no Pathway."""
    _shape(part, SEVERAL)
    return _with(dossier, part, ())


def unknown(dossier: Dossier, part: str, /) -> Dossier:
    """Say that nothing is known of a list."""
    _shape(part, SEVERAL)
    return _with(dossier, part, None)


def set_part(dossier: Dossier, part: str, /, **values: object) -> Dossier:
    """Change these values of a table that stands once, such as "person"; the others stay."""
    present = getattr(dossier, part, None)
    known = _values(present) if present is not None else {}
    return _with(dossier, part, _read(_shape(part, SINGLE), known | values, (part,)))


def set_person(dossier: Dossier, /, **values: object) -> Dossier:
    """Change what is known of the person."""
    return set_part(dossier, "person", **values)


def set_certification(dossier: Dossier, /, **values: object) -> Dossier:
    """Change the days of certification."""
    return set_part(dossier, "certification", **values)


def set_preferences(dossier: Dossier, /, **values: object) -> Dossier:
    """Change what the applicant wants."""
    return set_part(dossier, "preferences", **values)


def set_couple(dossier: Dossier, /, **values: object) -> Dossier:
    """Change the partner or the pairs."""
    return set_part(dossier, "couple", **values)


def leave_couple(dossier: Dossier, /) -> Dossier:
    """Say no more of a partner."""
    return replace(dossier, couple=None)


def set_season(dossier: Dossier, /, *, season: int | None) -> Dossier:
    """Aim at this season."""
    shape = table_of(Dossier).keys["season"]
    return replace(dossier, season=None if season is None else _read(shape, season, ("season",)))


def set_duration(dossier: Dossier, /, *, task: str, days: tuple[float, float, float] | None) -> Dossier:
    """Say how many days a task takes (shortest, typical, longest); None goes back to the plan's own assumption."""
    others = {name: span for name, span in dossier.durations.items() if name != task}
    wanted = others if days is None else {**others, task: days}
    return replace(dossier, durations=_read(table_of(Dossier).keys["durations"], wanted, ("durations",)))


def record_exam(dossier: Dossier, /, *, exam: str, date: dt.date, **values: object) -> Dossier:
    """Record an attempt: fills in the one that is there for this exam and day, else adds it."""
    at = _find(dossier, "exam", lambda one: isinstance(one, Exam) and one.exam == exam and one.date == date)
    if at is None:
        return add(dossier, "exam", exam=exam, date=date, **values)
    return change(dossier, "exam", at, **values)


def plan_exam(dossier: Dossier, /, *, exam: str, date: dt.date, applied: dt.date | None = None) -> Dossier:
    """Plan an attempt: moves the one of this exam that has no result yet, else adds one."""
    at = _find(dossier, "exam", lambda one: isinstance(one, Exam) and one.exam == exam and not _has_result(one))
    known = {"date": date} if applied is None else {"date": date, "applied": applied}
    return add(dossier, "exam", exam=exam, **known) if at is None else change(dossier, "exam", at, **known)


def _has_result(exam: Exam) -> bool:
    return any((exam.result not in (None, "pending"), exam.score, exam.listening, exam.reported_on))


def add_school(dossier: Dossier, /, **values: object) -> Dossier:
    """Add a school."""
    return add(dossier, "school", **values)


def add_licence(dossier: Dossier, /, **values: object) -> Dossier:
    """Add a licence."""
    return add(dossier, "licence", **values)


def add_letter(dossier: Dossier, /, **values: object) -> Dossier:
    """Add a letter of recommendation."""
    return add(dossier, "letter", **values)


def add_interview(dossier: Dossier, /, **values: object) -> Dossier:
    """Add an invitation."""
    return add(dossier, "interview", **values)


def record_pathway(dossier: Dossier, /, *, number: int, season: int, **values: object) -> Dossier:
    """Record what happened to a Pathway application: changes the one of this number and season, else adds it."""

    def same(one: object) -> bool:
        return isinstance(one, Pathway) and (one.number, one.season) == (number, season)

    at = _find(dossier, "pathway", same)
    if at is None:
        return add(dossier, "pathway", number=number, season=season, **values)
    return change(dossier, "pathway", at, **values)


def add_application(dossier: Dossier, /, *, program: str, track: str | None = None, **values: object) -> Dossier:
    """Add an application to a track that has none yet."""

    def same(one: object) -> bool:
        return isinstance(one, Application) and (one.program, one.track) == (program, track)

    if _find(dossier, "application", same) is not None:
        raise InputProblem(f"{program} has an application already", expected="one for each track", do="change that one")
    return add(dossier, "application", program=program, track=track, **values)


def set_signal(dossier: Dossier, /, *, program: str, signal: str) -> Dossier:
    """Give the application to a program this signal, "none" for none."""
    at = _find(dossier, "application", lambda one: isinstance(one, Application) and one.program == program)
    if at is None:
        known = [one.program for one in dossier.application or () if one.program]
        raise InputProblem(f"no application goes to {program}", expected=_one_of(program, known), do="add it first")
    return change(dossier, "application", at, signal=signal)


def rank(dossier: Dossier, /, *, code: str, place: int | None = None) -> Dossier:
    """Put a program on the rank list, at this place (1 is the first choice) or at the end."""
    primary = dossier.ranklist.primary or ()
    if code in primary:
        raise InputProblem(f"{code} is ranked already", expected="a program once on the list", do="move it instead")
    return _ranked(dossier, (*primary, code), code, place)


def move_rank(dossier: Dossier, /, *, code: str, place: int) -> Dossier:
    """Move a ranked program to another place."""
    _must_be_ranked(dossier, code)
    return _ranked(dossier, dossier.ranklist.primary or (), code, place)


def unrank(dossier: Dossier, /, *, code: str) -> Dossier:
    """Take a program, and the supplemental list that hangs on it, off the rank list."""
    _must_be_ranked(dossier, code)
    primary = tuple(one for one in dossier.ranklist.primary or () if one != code)
    supplemental = dossier.ranklist.supplemental
    left = None if supplemental is None else {one: codes for one, codes in supplemental.items() if one != code}
    return set_part(dossier, "ranklist", primary=primary, supplemental=left, certified_at=None)


def _ranked(dossier: Dossier, primary: tuple[str, ...], code: str, place: int | None) -> Dossier:
    if place is not None and not 1 <= place <= len(primary):
        raise InputProblem(
            f"there is no place {place}", expected=f"a place from 1 to {len(primary)}", do="choose another"
        )
    others = [one for one in primary if one != code]
    others.insert(len(others) if place is None else place - 1, code)
    # What was certified was the list as it stood; a changed list has to be certified again.
    return set_part(dossier, "ranklist", primary=tuple(others), certified_at=None)


def _must_be_ranked(dossier: Dossier, code: str) -> None:
    primary = dossier.ranklist.primary or ()
    if code not in primary:
        raise InputProblem(f"{code} is not ranked", expected=_one_of(code, list(primary)), do="rank it first")


def _one_of(wanted: str, known: list[str]) -> str:
    near = get_close_matches(wanted, known, n=1)
    return f"{near[0]}, which is the nearest" if near else f"one of {len(known)} that are there"


def _find(dossier: Dossier, part: str, fits: Any) -> int | None:
    """The last entry that fits, for the last is the one at work."""
    return max((at for at, one in enumerate(_entries(dossier, part)) if fits(one)), default=None)


def _entries(dossier: Dossier, part: str) -> tuple[Any, ...]:
    _shape(part, SEVERAL)
    return getattr(dossier, part) or ()


def _entry(dossier: Dossier, part: str, at: int) -> Any:
    present = _entries(dossier, part)
    if not 0 <= at < len(present):
        what = f"there is no {part}[{at}]"
        raise InputProblem(what, expected=f"one of {len(present)} entries, counted from 0", do="choose one of them")
    return present[at]


def _with(dossier: Dossier, part: str, value: Any) -> Dossier:
    changed: Dossier = replace(dossier, **{part: value})
    return changed


def _values(part: Any) -> dict[str, Any]:
    return {one.name: getattr(part, one.name) for one in fields(part)}


def _shape(part: str, among: tuple[str, ...]) -> Shape:
    if part not in among:
        raise InputProblem(f"there is no part {part!r}", expected=f"one of {', '.join(among)}", do="choose one of them")
    shape = table_of(Dossier).keys[part]
    return shape.item if isinstance(shape, ListOf) else shape


def _read(shape: Shape, value: object, path: Path) -> Any:
    """The value as the file would be read, or the first InputProblem."""
    if isinstance(shape, Table) and isinstance(value, dict):
        value = {key.removesuffix("_"): item for key, item in value.items()}
    reading = Reading()
    read = shape.read(value, path, reading)
    if reading.faults:
        raise first_problem(reading, {})
    return read
