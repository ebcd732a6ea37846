"""`matchday programs stats`: the directory at a glance."""

import click

from matchday.cli.options import emit, json_option
from matchday.cli.programs_ask import opened


@click.command("stats")
@json_option
def command(as_json: bool) -> None:
    """What the directory holds: sources and their age, specialties, states, and how much is stated at all."""
    from matchday.directory.portrait import statistics

    with opened() as store:
        found = statistics(store)
    if as_json:
        emit(found)
        return
    from matchday.cli.programs_page import show_statistics

    show_statistics(found)
