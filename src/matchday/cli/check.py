"""`matchday check`: where do I stand with every body?"""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from matchday.cli.options import emit, json_option, on_option, season_option, today

if TYPE_CHECKING:
    from rich.console import Console

    from matchday.rules import Finding, Reading, Report


@click.command()
@click.argument("dossier", type=click.Path())
@on_option
@season_option
@click.option("--all", "everything", is_flag=True, help="Show the rules and facts behind every line, done ones too.")
@json_option
def check(dossier: str, on: dt.date | None, season: int | None, everything: bool, as_json: bool) -> None:
    """Every requirement of every body, judged for one DOSSIER on one day.

    What happened after that day does not exist for the answer. "not known" says which fact is missing.
    """
    from matchday.dossier.file import read
    from matchday.rules import check as judge

    owner = read(dossier)
    report = judge(owner, on or today(), season=season)
    if as_json:
        emit(report.as_json())
    else:
        show(report, owner.person.name, everything=everything)


# The order of the page: what is in the way, what could go wrong, what nobody knows yet, what is settled.
PARTS = {
    "not_met": "In the way",
    "at_risk": "Could go wrong",
    "unknown": "Not known",
    "met": "Done",
    "not_needed": "Not needed",
}
KINDS = {
    "us_img": "a US international medical graduate",
    "non_us_img": "a non-US international medical graduate",
    "not_img": "not an international medical graduate",
    "unknown": "of a kind not known yet",
}


def show(report: "Report", name: str | None, *, everything: bool) -> None:
    """Print the report for a person: what is in the way first, every line with who says so and when it was read."""
    from matchday.cli.page import block, console, heading, written

    page = console()
    page.print(heading(f"{name or 'This dossier'} · Match {report.season} · answers as of {written(report.on)}"))
    page.print(block(f"For the rules this person is {KINDS[report.applicant_type]}.", 0))
    page.print(_summary(report))
    for verdict, title in PARTS.items():
        found = [finding for finding in report if finding.verdict == verdict]
        if found:
            page.print()
            page.print(heading(f"{title} ({len(found)})"))
            _show_part(page, found, in_full=everything or verdict not in ("met", "not_needed"))
    page.print()
    page.print(block("Independent of every body named here. No legal or immigration advice. "
                     "Check the body's own page before you pay or book.", 0))  # fmt: skip


def _summary(report: "Report") -> str:
    from matchday.cli.page import WORDS, block
    from matchday.terms import Verdict

    parts = [f"{name.replace('_', ' ')}: {WORDS[Verdict(verdict)][0]}" for name, verdict in report.overall.items()]
    return block(" · ".join(parts), 0)


def _show_part(page: "Console", findings: Iterable["Finding"], *, in_full: bool) -> None:
    from rich.text import Text

    from matchday.cli.page import block, state, written

    for finding in findings:
        page.print(Text.assemble(state(finding.verdict), " ", (finding.title, "bold"), (f"  {finding.body}", "dim")))
        if not in_full:
            page.print(Text(block(_sources(finding.rules), 13), style="dim")) if finding.rules else None
            continue
        page.print(block(finding.why, 13))
        if finding.next:
            page.print(block(f"Next: {finding.next}", 13))
        if finding.by:
            page.print(block(f"By: {written(finding.by)}", 13))
        if finding.missing:
            page.print(block(f"Tell the dossier: {', '.join(finding.missing)}", 13))
        if finding.rules:
            page.print(Text(block(_sources(finding.rules), 13), style="dim"))


def _sources(readings: Iterable["Reading"]) -> str:
    return "Says who: " + "; ".join(source(reading) for reading in readings)


def source(reading: "Reading") -> str:
    """Who says so and when it was read, in one phrase."""
    from matchday.cli.page import written

    row = reading.row
    if not row.citations:
        return f"{reading.parameter.id} (no source found)"
    carried = ", carried forward past its last known date" if reading.carried_forward else ""
    read_on = max(citation.read_on for citation in row.citations)
    return f"{reading.parameter.id} ({row.citations[0].title}; {row.confidence}, read {written(read_on)}{carried})"
