"""`matchday guide`: mark each claim of a guide that the rules can judge."""

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matchday.cli.options import emit, json_option, on_option, today

if TYPE_CHECKING:
    from rich.console import Console

    from matchday.rules.guide import GuideReport, Marked

# Word, shape and colour of each mark.
MARKS = {
    "outdated": ("outdated", "○", "red"),
    "wrong": ("wrong", "×", "red"),
    "unverifiable": ("cannot be checked", "?", "yellow"),
    "current": ("current", "●", "green"),
}


@click.command()
@click.argument("file", type=click.Path())
@on_option
@json_option
def guide(file: str, on: dt.date | None, as_json: bool) -> None:
    """Mark each claim of a guide: current, outdated, wrong, or not to be checked.

    FILE is a txt, md, html or pdf file; - reads standard input. The judgement is that of the asked day.
    """
    from matchday.rules.guide import judge

    report = judge(_read(file), on or today(), file=file)
    if as_json:
        emit(report.as_json())
    else:
        show(report)


def _read(file: str) -> bytes:
    from matchday.rules.guide_text import LARGEST_FILE
    from matchday.terms import InputProblem

    if file == "-":
        return sys.stdin.buffer.read(LARGEST_FILE + 1)
    try:
        with Path(file).open("rb") as source:
            return source.read(LARGEST_FILE + 1)
    except OSError as error:
        raise InputProblem(
            f"cannot be read ({error.strerror})",
            expected="a guide: txt, md, html or pdf",
            do="check the name",
            file=file,
        ) from error


def show(report: "GuideReport") -> None:
    """Print the claims in the order of the text, each with its line, its mark and what is true instead."""
    from matchday.cli.page import block, console, heading, written

    page = console()
    page.print(heading(f"Guide, judged as of {written(report.on)}"))
    for item in report.claims:
        page.print()
        _show_claim(page, item)
    page.print()
    page.print(heading(block(report.sentence(), 0)))
    page.print(block("Only claims that the rules know are marked. Independent of every body named here.", 0))


def _show_claim(page: "Console", item: "Marked") -> None:
    from rich.text import Text

    from matchday.cli.page import block, written

    judged = item.judgement
    word, shape, colour = MARKS[judged.mark]
    since = f" since {written(judged.since)}" if judged.since else ""
    page.print(Text.assemble((f"{shape} {word}{since}", colour), f"  line {item.line}"))
    page.print(Text(block(item.claim, 4), style="bold"))
    page.print(Text(block(f'"{item.text}"', 4), style="dim"))
    if judged.now:
        page.print(block(f"Now: {judged.now}", 4))
    if judged.rules:
        sources = "; ".join(f"{rule['id']} ({rule['source'] or 'no source found'})" for rule in judged.rules)
        page.print(Text(block(f"Says who: {sources}", 4), style="dim"))
