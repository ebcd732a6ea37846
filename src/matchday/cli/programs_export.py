"""`matchday programs export`: write programs with their sources to a file."""

from typing import Any

import click

from matchday.cli.options import emit, json_option
from matchday.cli.programs_ask import ask, line_json, opened, question, tell


@click.command("export")
@click.argument("file", type=click.Path(dir_okay=False))
@question
@json_option
def command(file: str, as_json: bool, **asked: Any) -> None:
    """Write programs with their sources to FILE: .csv, .xlsx or .json.

    TEXT and the options are those of `search`; without any, everything is written. Made-up programs say so.
    """
    from pathlib import Path

    from matchday.directory.export import write

    with opened() as store:
        found, fit = ask(store, asked, asked["limit"])
        tell(found)
        lines = [line_json(store, fit, line) | {"program_id": line["program_id"]} for line in found.lines]
        write(store, lines, Path(file))
    if as_json:
        emit({"file": file, "programs": len(lines), "made_up": sum(line["made_up"] for line in lines)})
        return
    click.echo(f"{len(lines)} lines written to {file}.")
