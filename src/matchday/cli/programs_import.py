"""`matchday programs import`: a file becomes claims in the directory, or a list of what is wrong with it."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matchday.cli.options import Day, emit, json_option, today
from matchday.terms import InputProblem

if TYPE_CHECKING:
    from matchday.directory.model import ImportResult, Problem, Reading

SHOWN = 20


@click.command("import")
@click.argument("file", type=click.Path())
@click.option("--source", default="auto", show_default=True, help="Kind of list: acgme, nrmp-results, nrmp-directory, "
              "eras, spreadsheet, tracker; auto looks at the file.")  # fmt: skip
@click.option("--as-of", type=Day(), help="The day that the list speaks of.")
@click.option("--column", "told", multiple=True, metavar="HEADER=FIELD", help="What a column of your own sheet means; "
              "remembered for the next sheet with these headers. --column list shows the fields.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Read and report; keep nothing.")
@click.option("--keep-made-up", is_flag=True, help="Keep the made-up programs beside the real ones.")
@json_option
def command(
    file: str,
    source: str,
    as_of: dt.date | None,
    told: tuple[str, ...],
    dry_run: bool,
    keep_made_up: bool,
    as_json: bool,
) -> None:
    """Take FILE (CSV, XLSX, JSON, PDF or its text) into the directory.

    Every row is accepted or named with what is wrong. It happens whole or not at all. Undo: `matchday programs sources`.
    """
    from matchday.directory.intake import digest_of_file, take_in_as_before
    from matchday.directory.store import Store, place

    path = Path(file)
    if as_of and as_of > today():
        raise InputProblem(
            f"the list would speak of {as_of}, a day that is still to come", expected="a day up to today",
            do="give the day on which the list was made or looked up",
        )  # fmt: skip
    with Store(Path(":memory:") if dry_run and not place().exists() else None) as store:
        click.echo(f"Reading {path.name} ...", err=True)
        reading = take_in_as_before(store, path, source, _columns(told), keep=not dry_run)
        click.echo(f"Read {reading.read:,} rows as {reading.kind}; joining them to the directory ...", err=True)
        put_away = store.made_up and not keep_made_up
        result = store.add(
            reading, title=path.name, read_on=today(), as_of=as_of, entered_by="import", digest=digest_of_file(path),
            keep_made_up=keep_made_up, dry_run=dry_run,
        )  # fmt: skip
    if put_away and not dry_run:
        click.echo("The made-up directory was put away; what you see from now on was imported.", err=True)
    if as_json:
        emit({**asdict(result), "problems": [asdict(problem) for problem in result.problems]})
    else:
        _show(result, reading, dry_run=dry_run)


def _columns(told: Iterable[str]) -> dict[str, str]:
    from matchday.directory.reading.columns import WORDS

    columns = {}
    for one in told:
        header, equals, meaning = one.rpartition("=")
        if not equals or meaning not in {*WORDS, "ignored"}:
            raise InputProblem(
                f"--column {one!r} names no field", expected="HEADER=FIELD, with one of " + ", ".join(sorted(WORDS)),
                do="write, for instance, --column 'Hospital=name'",
            )  # fmt: skip
        columns[header] = meaning
    return columns


def _show(result: "ImportResult", reading: "Reading", *, dry_run: bool) -> None:
    refused = result.read - result.accepted
    repaired = {p.row for p in result.problems if p.repair and "left out" not in p.repair and not p.fatal and p.row}
    click.echo(f"{'Would take in' if dry_run else 'Took in'} {result.source}: {result.read:,} rows read, "
               f"{result.accepted:,} accepted, {refused:,} not taken.")  # fmt: skip
    click.echo(f"{result.merged:,} of the accepted joined programs already known; {len(repaired):,} rows were mended.")
    if reading.kind in ("spreadsheet", "tracker"):
        click.echo("How the columns were read (correct one with --column 'HEADER=FIELD'):")
        for header, meaning in reading.columns.items():
            click.echo(f"  {' '.join(header.split())[:44] or '(no header)':<46}{meaning or 'not understood'}")
    _show_problems(result.problems)
    if dry_run:
        click.echo("Nothing was kept (--dry-run).")


def _show_problems(problems: "Iterable[Problem]") -> None:
    """Rows not taken one by one, everything else by kind; --json tells all."""
    fatal = [p for p in problems if p.fatal]
    for problem in fatal[:SHOWN]:
        click.echo(f"  row {problem.row} not taken: {problem.problem} ({problem.field}: {problem.value[:60]})")
    if len(fatal) > SHOWN:
        click.echo(f"  ... and {len(fatal) - SHOWN:,} more rows not taken; --json names them all")
    kinds = Counter((p.field, p.problem) for p in problems if not p.fatal)
    for (field, what), count in kinds.most_common(SHOWN):
        click.echo(f"  {count:,} x {field}: {what}")
    if len(kinds) > SHOWN:
        click.echo(f"  ... and {len(kinds) - SHOWN:,} more kinds of remark; --json tells all")
