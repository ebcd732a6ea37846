"""`matchday doctor`: versions, data files and their ages, what is stale or unknown."""

import datetime as dt
import platform
import sqlite3
from importlib import metadata
from typing import Any

import click

from matchday.cli.options import emit, json_option, on_option, today

STALE_AFTER = 180  # days since a rule was read
PACKAGES = ("click", "numpy", "numba", "PyYAML", "rich")


@click.command()
@on_option
@json_option
def doctor(on: dt.date | None, as_json: bool) -> None:
    """Versions, data files and their ages, what is stale or unknown."""
    day = on or today()
    report = {"on": day.isoformat(), "program": _program(), "rules": _rules(day), "seasons": _seasons()}
    if as_json:
        emit(report)
    else:
        _show(report)


def _program() -> dict[str, Any]:
    return {
        "matchday": metadata.version("matchday"),
        "python": platform.python_version(),
        "system": platform.platform(terse=True),
        "sqlite": sqlite3.sqlite_version,
        "packages": {name: _version(name) for name in PACKAGES},
    }


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _rules(day: dt.date) -> dict[str, Any]:
    from matchday.cli.rules import on_day
    from matchday.rules import rules

    found = rules()
    rows = [on_day(parameter, day) for parameter in found.parameters.values()]
    values = [value for parameter in found.parameters.values() for value in parameter.values]
    citations = {citation for value in values for citation in value.citations}
    read = [citation.read_on for citation in citations]
    return {
        "digest": found.digest,
        "rules": len(found.parameters),
        "values": len(values),
        "citations": len(citations),
        "read_from": min(read).isoformat(),
        "read_to": max(read).isoformat(),
        "stale": sum((day - read_on).days > STALE_AFTER for read_on in read),
        "unknown": sorted(row["id"] for row in rows if not row["known"]),
        "low_confidence": sorted(row["id"] for row in rows if row["confidence"] == "low"),
    }


def _seasons() -> dict[str, list[str]]:
    from matchday.rules.seasons import published, season

    # A year of which only prices are known is no season to plan for.
    dated = (season(year) for year in published() if any(event.date for event in season(year).events.values()))
    return {str(found.year): list(found.missing) for found in dated}


def _show(report: dict[str, Any]) -> None:
    from matchday.cli.page import block, console, heading

    page = console()
    program, rules = report["program"], report["rules"]
    page.print(heading(f"matchday {program['matchday']} · as of {report['on']}"))
    page.print(block(f"Python {program['python']} on {program['system']}, SQLite {program['sqlite']}", 0))
    packages = (f"{name} {version or 'not installed'}" for name, version in program["packages"].items())
    page.print(block(", ".join(packages), 0))
    page.print()
    page.print(heading("Rules"))
    page.print(block(f"{rules['rules']} rules with {rules['values']} values and {rules['citations']} sources, read from "
                     f"{rules['read_from']} to {rules['read_to']}; {rules['stale']} sources were read more than "
                     f"{STALE_AFTER} days ago.", 0))  # fmt: skip
    page.print(block(f"{len(rules['unknown'])} of them have no known value on this day: "
                     f"`matchday rules list --unknown` names them.", 0))  # fmt: skip
    page.print(block(f"{len(rules['low_confidence'])} rest on weak sources, check before you act: "
                     f"`matchday rules list --low` names them.", 0))  # fmt: skip
    page.print()
    page.print(heading("Seasons: dates that nobody has found yet"))
    for year, missing in report["seasons"].items():
        page.print(block(f"{year}: {', '.join(missing) if missing else 'none missing'}", 0))
