"""`matchday programs diff`: what is new, gone or changed between two editions of a list."""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matchday.cli.options import emit, json_option

if TYPE_CHECKING:
    from matchday.directory.diff import Difference
    from matchday.directory.model import Reading

SHOWN = 40


@click.command("diff")
@click.argument("old", type=click.Path())
@click.argument("new", type=click.Path())
@json_option
def command(old: str, new: str, as_json: bool) -> None:
    """Compare two lists that could be imported, OLD and NEW. Nothing is kept or changed.

    A track counts as present in an edition when its newest quota there is above 0.
    """
    from matchday.directory.diff import diff
    from matchday.directory.intake import take_in

    readings = {}
    for name in (old, new):
        click.echo(f"Reading {Path(name).name} ...", err=True)
        readings[name] = take_in(Path(name))
        _warn(name, readings[name])
    found = diff(readings[old], readings[new])
    if as_json:
        emit({"new": found.new, "gone": found.gone, "changed": [asdict(change) for change in found.changed],
              "programs": {code: found.known[code].fields for code in (*found.new, *found.gone)}})  # fmt: skip
    else:
        _show(found)


def _warn(name: str, reading: "Reading") -> None:
    lost = len({problem.row for problem in reading.problems if problem.fatal})
    if lost:
        click.echo(
            f"{lost:,} rows of {Path(name).name} were not taken; `programs import --dry-run` names them.", err=True
        )


def _show(found: "Difference") -> None:
    click.echo(f"{len(found.new):,} new, {len(found.gone):,} gone, {len(found.changed):,} changes.")
    for title, codes in (("New", found.new), ("Gone", found.gone)):
        _part(title, (f"{code:<12}{_words(found, code)}" for code in codes), len(codes))
    lines = (f"{c.code:<12}{c.field}: {c.old} → {c.new}" for c in found.changed)
    _part("Changed", lines, len(found.changed))


def _words(found: "Difference", code: str) -> str:
    fields = found.known[code].fields
    return ", ".join(fields[name] for name in ("name", "institution") if name in fields)


def _part(title: str, lines: Iterable[str], count: int) -> None:
    if count:
        click.echo(f"\n{title} ({count:,})")
    for number, line in enumerate(lines):
        if number == SHOWN:
            click.echo(f"  ... and {count - SHOWN:,} more; --json tells all")
            return
        click.echo(f"  {line[:78]}")
