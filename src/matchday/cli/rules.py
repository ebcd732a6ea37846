"""`matchday rules`: the rules themselves, their history and sources, and what changed."""

import datetime as dt
from typing import TYPE_CHECKING, Any

import click

from matchday.cli.options import Day, emit, json_option, on_option, today

if TYPE_CHECKING:
    from matchday.rules import Parameter, Value
    from matchday.rules.changes import Change


MOST = 12  # items of a list that are written out


@click.group()
def rules() -> None:
    """The rules themselves: history, sources, what changed."""


@rules.command("list")
@click.option("--body", help="Only the rules of this body, for example USMLE.")
@click.option("--all", "everything", is_flag=True, help="Also the dates, services, signals and prices of the seasons.")
@click.option("--unknown", is_flag=True, help="Only what is not known on the day.")
@click.option("--low", is_flag=True, help="Only what weak sources say: check before you act.")
@on_option
@json_option
def list_rules(body: str | None, everything: bool, unknown: bool, low: bool, on: dt.date | None, as_json: bool) -> None:
    """Every rule with its value on a day."""
    from matchday.rules import rules as load
    from matchday.rules.seasonal import from_seasons

    day = on or today()
    found = {**load().parameters, **(from_seasons() if everything else {})}
    rows = [on_day(parameter, day) for parameter in found.values()]
    chosen = [
        row
        for row in rows
        if (body is None or row["body"].lower() == body.lower())
        and (not unknown or not row["known"])
        and (not low or row["confidence"] == "low")
    ]
    if as_json:
        emit({"on": day.isoformat(), "rules": chosen})
        return
    from rich.table import Column, Table

    from matchday.cli.page import console

    # An id that is cut short cannot be asked for.
    columns = (Column(title, overflow="fold") for title in ("Rule", "What", "On the day"))
    table = Table(*columns, box=None, pad_edge=False)
    for row in chosen:
        table.add_row(row["id"], row["title"], with_unit(row) + (" (carried)" if row["carried_forward"] else ""))
    page = console()
    page.print(table)
    page.print(f"{len(chosen)} rules. `matchday rules show ID` tells the history of one.")


def on_day(parameter: "Parameter", day: dt.date) -> dict[str, Any]:
    """A rule with its body, its unit and its value on a day, or in the season under way on that day."""
    return {"body": parameter.body, "unit": parameter.unit, **parameter.at(_key(parameter, day)).as_json()}


def _key(parameter: "Parameter", day: dt.date) -> dt.date | int:
    return day if parameter.axis == "date" else day.year + (day.month >= 6)


def with_unit(row: dict[str, Any]) -> str:
    """A value in words, numbers with what they count."""
    from matchday.rules.words import in_words

    numbers = row["value"] if isinstance(row["value"], list) else [row["value"]]
    unit = row["unit"]
    if (
        not unit
        or in_words(row["value"], unit) is not row["value"]
        or not numbers
        or not all(type(number) in (int, float) for number in numbers)
    ):
        return in_force(row)
    return f"{in_force(row)} {unit if '(' in unit else f'({unit})'}"


def say(value: Any) -> str:
    """A value in words; null is "not known"."""
    if value is None:
        return "not known"
    if isinstance(value, list):
        shown = value if len(value) <= MOST else [*value[:3], "..."]
        return (f"{len(value)} in all: " if shown is not value else "") + (", ".join(map(say, shown)) or "none")
    if isinstance(value, dict):
        return ", ".join(f"{key.replace('_', ' ')}: {say(item)}" for key, item in value.items())
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}" if value >= 10_000 else str(value)
    text = str(value)
    return text.replace("_", " ") if text.isidentifier() else text


@rules.command("show")
@click.argument("rule_id", metavar="ID")
@on_option
@json_option
def show_rule(rule_id: str, on: dt.date | None, as_json: bool) -> None:
    """One rule: every value with its time, its sources, the day read.

    ID may be written in small letters. The value of the asked day is marked.
    """
    from matchday.rules import rules as load
    from matchday.rules.seasonal import find

    parameter = find(load(), rule_id)
    day = on or today()
    history = [_value(parameter, value) for value in parameter.values]
    if as_json:
        head = {"id": parameter.id, "title": parameter.title, "body": parameter.body, "unit": parameter.unit}
        now = on_day(parameter, day)
        emit({**head, "decided_by": parameter.decided_by, "plain": parameter.plain, "on": day.isoformat(), "now": now,
              "history": history})  # fmt: skip
        return
    _print_history(parameter, history, day)


def _value(parameter: "Parameter", value: "Value") -> dict[str, Any]:
    from matchday.rules.model import Reading

    row = Reading(parameter, value, carried_forward=False).as_json()
    kept = {name: row[name] for name in ("value", "known", "from", "to", "confidence", "note", "disputed")}
    sources = [
        {"title": c.title, "publisher": c.publisher, "dated": c.dated, "read_on": c.read_on.isoformat()}
        for c in value.citations
    ]
    return {**kept, "unit": parameter.unit, "unconfirmed": list(value.unconfirmed), "sources": sources}


def _print_history(parameter: "Parameter", history: list[dict[str, Any]], day: dt.date) -> None:
    from matchday.cli.page import block, console, heading, written

    page = console()
    page.print(heading(f"{parameter.id} · {parameter.title}"))
    unit = f" · {parameter.unit}" if parameter.unit else ""
    page.print(f"{parameter.body}{unit} · decided by the {parameter.decided_by}")
    if parameter.plain:
        page.print(block(parameter.plain, 0))
    reading = parameter.at(_key(parameter, day))
    asked = f"on {written(day)}{', carried forward' if reading.carried_forward else ''}"
    for value, row in zip(parameter.values, history, strict=True):
        page.print()
        page.print(heading(block(f"{span(row)}: {in_force(row)}{f'  ◀ {asked}' if value is reading.row else ''}", 0)))
        for source in row["sources"]:
            dated = f"dated {source['dated']}" if source["dated"] else ""
            by = ", ".join(filter(None, (source["publisher"], dated)))
            how = f"{row['confidence']} confidence, read {source['read_on']}"
            page.print(block(f"{source['title']} ({'; '.join(filter(None, (by, how)))})", 2))
        for other in row["disputed"]:
            page.print(
                block(f"Another source says {say(other['value'])}: {other['source']} ({other['confidence']})", 2)
            )
        if row["note"]:
            page.print(block(row["note"], 2))
    if reading.row not in parameter.values:
        page.print(heading(f"\nNo value is known {asked}."))


def in_force(row: dict[str, Any]) -> str:
    """A value in words: a null that a source gave means "not in force", one that no source gave "not known"."""
    from matchday.rules.words import in_words

    return "not in force" if row["value"] is None and row["known"] else say(in_words(row["value"], row["unit"]))


def span(row: dict[str, Any]) -> str:
    """From when to when, in words."""
    start, end = row["from"], row["to"]
    if start and end:
        return str(start) if start == end else f"{start} to {end}"
    return f"from {start}" if start else f"to {end}" if end else "always, as far as known"


@rules.command("changes")
@click.option("--since", type=Day(), required=True, help="Tell what changed after this day.")
@click.argument("dossier", type=click.Path(), required=False)
@on_option
@json_option
def show_changes(since: dt.date, dossier: str | None, on: dt.date | None, as_json: bool) -> None:
    """What changed since a day, and what of DOSSIER it touches."""
    from matchday.dossier.file import read
    from matchday.rules.changes import changes

    day = on or today()
    found = changes(since, day, read(dossier) if dossier else None)
    if as_json:
        emit({"since": since.isoformat(), "on": day.isoformat(), "changes": [_change(change) for change in found]})
        return
    from matchday.cli.page import block, console, heading, written

    page = console()
    page.print(heading(f"{len(found)} changes from {written(since)} to {written(day)}, newest first"))
    for change in found:
        row = _change(change)
        page.print(f"{row['day']}  {change.parameter.id} · {change.parameter.title}")
        page.print(
            block(f"{in_force(row['before']) if row['before'] else 'nothing known'} → {with_unit(row['after'])}", 12)
        )
        if row["touches"]:
            page.print(block(f"Touches your: {', '.join(row['touches'])}", 12))


def _change(change: "Change") -> dict[str, Any]:
    return {
        "day": change.day.isoformat(),
        "id": change.parameter.id,
        "title": change.parameter.title,
        "before": _value(change.parameter, change.before) if change.before else None,
        "after": _value(change.parameter, change.after),
        "touches": list(change.touches),
    }
