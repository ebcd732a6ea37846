"""`matchday check`: where do I stand with every body?"""

import datetime as dt
from collections.abc import Iterable, Sequence
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
    have = [finding for finding in sorted(report, key=journey) if not permission(finding.id)]
    for verdict, title in PARTS.items():
        found = [finding for finding in have if part_of(finding, report) == verdict]
        if found:
            page.print()
            page.print(heading(f"{title} ({len(found)})"))
            _show_part(page, found, verdict, everything=everything)
    page.print()
    page.print(heading("What you may do on this day"))
    _show_permissions(
        page, [finding for finding in sorted(report, key=journey) if permission(finding.id)], everything=everything
    )
    page.print()
    page.print(block("Independent of every body named here. No legal or immigration advice. "
                     "Check the body's own page before you pay or book.", 0))  # fmt: skip


ALLOWED = {"met": "allowed", "not_met": "not allowed", "unknown": "not known", "not_needed": "not needed",
           "at_risk": "at risk"}  # fmt: skip


# The order in which a person meets the bodies; what stands first is mended first.
WAY = ("dossier", "img", "school", "degree", "registration", "step1", "step2ck", "exams", "oet", "communication", "pathway",
       "clinical", "certificate", "match", "eras", "nrmp", "step3", "visa", "licence")  # fmt: skip


def journey(finding: "Finding") -> tuple[int, str]:
    """Where a finding stands on the way."""
    first = finding.id.split(".")[0].split("_")[0]
    return (WAY.index(first) if first in WAY else len(WAY)), finding.id


def part_of(finding: "Finding", report: "Report") -> str:
    """Under which heading a finding stands: Step 3 is in the way only of somebody who wants an H-1B."""
    wanted = any(other.id == "visa.h1b" and other.verdict != "not_needed" for other in report)
    if finding.id == "step3.passed" and finding.verdict == "not_met" and not wanted:
        return "not_needed"
    return str(finding.verdict)


def permission(finding_id: str) -> bool:
    """Whether a finding answers "may I?" rather than "have I?"."""
    return ".may_" in finding_id or finding_id.startswith("pathway.")


def _show_permissions(page: "Console", findings: Iterable["Finding"], *, everything: bool) -> None:
    from rich.text import Text

    from matchday.cli.page import WORDS, block

    for finding in findings:
        _, shape, colour = WORDS[finding.verdict]
        word = ALLOWED[finding.verdict]
        page.print(
            Text.assemble((f"{shape} {word:<12}", colour), (finding.title, "bold"), (f"  {finding.body}", "dim"))
        )
        page.print(block(f"{finding.why} {finding.next}".strip(), 14))
        page.print(Text(block(sources(finding.rules, everything=everything), 14), style="dim"))


def _summary(report: "Report") -> str:
    from matchday.cli.page import WORDS, block
    from matchday.terms import Verdict

    parts = [f"{name.replace('_', ' ')}: {WORDS[Verdict(verdict)][0]}" for name, verdict in report.overall.items()]
    return block(" · ".join(parts), 0)


def _show_part(page: "Console", findings: Iterable["Finding"], heading_says: str, *, everything: bool) -> None:
    from rich.text import Text

    from matchday.cli.page import block, state, written
    from matchday.terms import Verdict

    in_full = everything or heading_says not in ("met", "not_needed")

    for finding in findings:
        # Step 3 is not asked of somebody who wants no H-1B, whatever the file says of it.
        shown = Verdict.NOT_NEEDED if heading_says == "not_needed" else finding.verdict
        page.print(Text.assemble(state(shown), " ", (finding.title, "bold"), (f"  {finding.body}", "dim")))
        if in_full:
            page.print(block(finding.why, 13))
            if finding.next:
                page.print(block(f"Next: {finding.next}", 13))
            if finding.by:
                page.print(block(f"By: {written(finding.by)}", 13))
            if finding.missing:
                page.print(block(f"Tell the dossier: {', '.join(finding.missing)}", 13))
        if everything and finding.facts:
            page.print(block(f"Facts used: {', '.join(finding.facts)}", 13))
        if finding.rules:
            page.print(Text(block(sources(finding.rules, everything=everything), 13), style="dim"))


def sources(readings: Sequence["Reading"], *, everything: bool = False) -> str:
    """Who says so and when it was read: three rules in short, or every one with the title of its text."""
    from matchday.cli.page import written

    if everything:
        return "Says who: " + "; ".join(source(reading) for reading in readings)
    named = [_in_short(reading) for reading in readings[:3]]
    more = f" and {len(readings) - 3} more (--all)" if len(readings) > 3 else ""
    read_on = [citation.read_on for reading in readings for citation in reading.row.citations]
    when = f"; read {written(max(read_on))}" if read_on else ""
    return f"Says who: {', '.join(named)}{more}{when}"


def _in_short(reading: "Reading") -> str:
    if not reading.row.citations:
        return f"{reading.parameter.id} (no source found)"
    cited = reading.row.citations[0]
    carried = ", carried forward" if reading.carried_forward else ""
    return f"{reading.parameter.id} ({cited.publisher or cited.title}, {reading.row.confidence}{carried})"


def source(reading: "Reading") -> str:
    """One rule with the title of its first text, how sure it is, and whether it is carried forward."""
    from matchday.cli.page import written

    row = reading.row
    if not row.citations:
        return f"{reading.parameter.id} (no source found)"
    carried = ", carried forward past its last known date" if reading.carried_forward else ""
    read_on = max(citation.read_on for citation in row.citations)
    return f"{reading.parameter.id} ({row.citations[0].title}; {row.confidence}, read {written(read_on)}{carried})"
