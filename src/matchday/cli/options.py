"""The options that commands share. Nothing here imports a room."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import click

# The days that a dossier may hold; beyond them calendars end.
FIRST, LAST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)


class Day(click.ParamType[dt.date]):
    """A day as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """The day, or a usage error that says how to write it."""
        if isinstance(value, dt.date):
            return value
        try:
            day = dt.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day; write it as YYYY-MM-DD, for example 2026-11-22", param, ctx)
        if not FIRST <= day <= LAST:
            self.fail(f"{value} is no day that rules speak of; from {FIRST} to {LAST}", param, ctx)
        return day


def today() -> dt.date:
    """The day on this machine's clock; only the door asks for it."""
    return dt.datetime.now().astimezone().date()


Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

on_option: Decorator = click.option("--on", type=Day(), default=None, help="Answer as of this day (default: today).")
season_option: Decorator = click.option(
    "--season", type=click.IntRange(2000, 2100), help="The Match aimed at, by its year (default: the dossier's)."
)
json_option: Decorator = click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")


def emit(document: Any) -> None:
    """Print one JSON document: the keys in the order of the interface, text as it is."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))
