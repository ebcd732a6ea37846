"""`matchday dossier`: make, check, describe, convert the file, and go back to an earlier state of it."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matchday.cli.options import emit, json_option

if TYPE_CHECKING:
    from rich.console import Console

    from matchday.dossier.contradictions import Contradiction
    from matchday.dossier.gaps import Gap
    from matchday.dossier.model import Dossier


@click.group()
def dossier() -> None:
    """Make, check, convert and describe the dossier file."""


@dossier.command()
@click.argument("file", type=click.Path())
def new(file: str) -> None:
    """Write a FILE to fill in, with a word on every line. A file that is there stays as it is."""
    from importlib.resources import files

    from matchday.dossier.keep import replace

    _must_be_new(file)
    starter = files("matchday.dossier").joinpath("starter.toml").read_bytes()
    replace(file, starter, now=_now(), expected_digest="")
    click.echo(f"{file} is ready. Open it in a text editor, fill in what you know, then: matchday check {file}")


@dossier.command()
@click.argument("file", type=click.Path())
@json_option
def check(file: str, as_json: bool) -> None:
    """What FILE says, what to add first, where it contradicts itself."""
    from matchday.dossier.contradictions import ahead, contradictions
    from matchday.dossier.file import read
    from matchday.dossier.gaps import gaps

    owner = read(file)
    missing, against = gaps(owner), (*contradictions(owner), *ahead(owner, _now().date()))
    if not as_json:
        _show(file, owner, missing, against)
        return
    emit(
        {
            "file": file,
            "season": owner.season,
            "known": _known(owner),
            "missing": [{"field": gap.field, "why": gap.why} for gap in missing],
            "contradictions": [
                {"id": one.id, "why": one.why, "facts": list(one.facts), "next": one.next} for one in against
            ],
        }
    )


@dossier.command()
def schema() -> None:
    """The JSON Schema of the dossier's JSON form."""
    from matchday.dossier.schema import schema as describe

    emit(describe())


@dossier.command()
@click.argument("source", metavar="IN", type=click.Path())
@click.argument("target", metavar="OUT", type=click.Path())
@click.option("--force", is_flag=True, help="Write over OUT when it is there; its old state is kept as a version.")
def convert(source: str, target: str, force: bool) -> None:
    """Turn IN into OUT: TOML or JSON, by the suffix of each. Comments are not carried over."""
    from matchday.dossier.file import read, write

    owner = read(source)
    if Path(target).suffix.lower() not in (".toml", ".json"):
        raise click.UsageError(f"{target} ends neither in .toml nor in .json, so its format is not known")
    if not force:
        _must_be_new(target)
    write(target, owner, now=_now())
    click.echo(f"{target} written.", err=True)


@dossier.command()
@click.argument("file", type=click.Path())
@json_option
def versions(file: str, as_json: bool) -> None:
    """The earlier states of FILE, newest first."""
    from matchday.dossier.keep import versions as kept

    found = kept(file)
    if as_json:
        emit([{"version": one.name, "replaced_at": one.replaced_at, "bytes": one.size} for one in found])
        return
    for one in found:
        click.echo(f"{one.name}  replaced {one.replaced_at}  {one.size:,} bytes")
    if not found:
        click.echo(f"No earlier state of {file} is kept.")


@dossier.command()
@click.argument("file", type=click.Path())
@click.option("--to", "version", help="The version to go back to (default: the newest).")
def undo(file: str, version: str | None) -> None:
    """Bring the state before the last change of FILE back. Undo again to return."""
    from matchday.dossier.keep import restore
    from matchday.dossier.keep import versions as kept
    from matchday.terms import InputProblem

    found = kept(file)
    if not found:
        expected = "a file that matchday has changed before"
        raise InputProblem("no earlier state is kept", expected=expected, do="check the name", file=file)
    chosen = version or found[0].name
    restore(file, chosen, now=_now())
    click.echo(f"{file} is again as in {chosen}. To return: matchday dossier undo {file}")


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _must_be_new(file: str) -> None:
    from matchday.terms import InputProblem

    if Path(file).exists():
        raise InputProblem("this file is there already", expected="a new name", do="choose another name", file=file)


def _known(owner: "Dossier") -> dict[str, list[str]]:
    """For each part that is known: the fields known in it; for a list one line for each entry."""
    from matchday.dossier.tree import to_tree

    known: dict[str, list[str]] = {}
    for part, value in to_tree(owner).items():
        if isinstance(value, dict):
            known[part] = list(value)
        elif isinstance(value, list):
            known |= {f"{part}[{place}]": list(entry) for place, entry in enumerate(value)} or {part: ["none"]}
    return known


def _show(file: str, owner: "Dossier", missing: "tuple[Gap, ...]", against: "tuple[Contradiction, ...]") -> None:
    from matchday.cli.page import block, console, heading

    page = console()
    season = f"Match {owner.season}" if owner.season else "season not known"
    page.print(heading(f"{owner.person.name or file} · {season}"))
    page.print(block(_in_one_sentence(len(missing), len(against)), 0))
    _table(
        page,
        "Contradicts itself",
        [(one.id, f"{one.why}. Facts: {', '.join(one.facts)}. Next: {one.next}.") for one in against],
    )
    _table(page, "Most useful to add", [(gap.field, gap.why) for gap in missing])
    _table(page, "Known", [(part, ", ".join(names) or "nothing yet") for part, names in _known(owner).items()])
    page.print()
    page.print(f"Your answers: matchday check {file}", soft_wrap=True)


def _in_one_sentence(missing: int, against: int) -> str:
    read = "The file can be read"
    wrong = f"{against} contradiction{'s' * (against != 1)}" if against else "no contradiction"
    more = f"{missing} more fact{'s' * (missing != 1)} would help" if missing else "nothing important is missing"
    return f"{read}; {wrong}; {more}."


def _table(page: "Console", title: str, rows: list[tuple[str, str]]) -> None:
    from rich.table import Table

    from matchday.cli.page import heading

    if not rows:
        return
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(style="bold", max_width=32, overflow="fold")
    table.add_column(overflow="fold")
    for name, words in rows:
        table.add_row(name, words)
    page.print()
    page.print(heading(f"{title} ({len(rows)})"))
    page.print(table)
