"""`matchday match`: run, verify and explain a match, and convert its files."""

import json
import time
from pathlib import Path
from typing import Any

import click

from matchday.cli.options import json_option

seed_option = click.option("--seed", type=click.IntRange(0), default=0, help="Order of the couples; 0: as given.")
engine_option = click.option(
    "--engine", type=click.Choice(["auto", "reference", "kernel"]), default="auto",
    help="Plain Python, compiled, or the faster one for the size. All give the same outcome.",
)  # fmt: skip
stability_option = click.option(
    "--stability", type=click.Choice(["rp", "mm"]), default=None,
    help="Roth-Peranson or McDermid-Manlove, for couples at one program (default: rp, or that of the outcome).",
)  # fmt: skip
market_argument = click.argument("market", type=click.Path(path_type=Path))
SHOWN = 40


@click.group()
def match() -> None:
    """Run, verify and explain a match, from one list to a nation."""


@match.command()
@market_argument
@engine_option
@seed_option
@stability_option
@click.option("--out", type=click.Path(path_type=Path), help="Write the outcome: NAME.json, or a folder with tables.")
@json_option
def run(market: Path, engine: str, seed: int, stability: str | None, out: Path | None, as_json: bool) -> None:
    """Run the match of MARKET and print or keep the outcome.

    MARKET is a JSON file, a folder of CSV files or an instance of another program.
    A run without a stable result still ends with exit 0 and says so.
    """
    from matchday.match.engine import run as run_match
    from matchday.match.files import read_market
    from matchday.match.results import as_json as written
    from matchday.match.results import document, save

    _say("Reading ...", market.is_dir() or _large(market))
    people = read_market(market, warn=_note)
    _say(f"Matching {people.n_applicants} applicants and {people.n_programs} programs ...", not people.is_small)
    started = time.perf_counter()
    outcome = run_match(people, engine=engine, seed=seed, stability=stability or "rp")
    _note(f"Matched and judged in {time.perf_counter() - started:.2f} s.")
    for warning in outcome.warnings:
        _note(f"Note: {warning}.")
    if out is not None:
        save(outcome, out)
    told = document(outcome)
    click.echo(written(told) if as_json else "\n".join(_summary(told)))


@match.command()
@market_argument
@click.argument("outcome", type=click.Path(path_type=Path))
@stability_option
@json_option
@click.pass_context
def verify(context: click.Context, market: Path, outcome: Path, stability: str | None, as_json: bool) -> None:
    """Judge OUTCOME: does it keep the rules, and does nothing block?

    Lists, quotas, reversions and parity are looked at. Exit 1 when it is not stable.
    """
    from matchday.match.digest import input_digest
    from matchday.match.files import read_market
    from matchday.match.results import stale_digests
    from matchday.match.verdict import definition_in, options_of
    from matchday.match.verdict import verify as judge

    people, said = read_market(market, warn=_note), _outcome(outcome)
    with _in_file(outcome):
        definition = stability or definition_in(options_of(said))
        verdict = judge(people, said, stability=definition)
        warnings = [*verdict.warnings, *stale_digests(people, said)]
    for warning in warnings:
        _note(f"Note: {warning}.")
    told = {
        "stable": verdict.stable,
        "feasible": verdict.feasible,
        "blocking": list(verdict.blocking),
        "faults": list(verdict.faults),
        "stability": definition,
        "programs": {
            name: {"quota": quota, "final_quota": final}
            for name, quota, final in zip(people.programs, people.quota.tolist(), verdict.final_quota, strict=True)
        },
        "warnings": warnings,
        "input_digest": input_digest(people),
    }
    click.echo(json.dumps(told) if as_json else "\n".join(_verdict(told)))
    context.exit(0 if verdict.stable else 1)


@match.command()
@market_argument
@click.argument("outcome", type=click.Path(path_type=Path))
@click.argument("applicant")
@engine_option
@json_option
def explain(market: Path, outcome: Path, applicant: str, engine: str, as_json: bool) -> None:
    """Tell why APPLICANT got what OUTCOME says, line by line.

    For every line: by how much it was missed, and whom it pushed along.
    """
    from matchday.match.explain import explain as tell
    from matchday.match.explain import seats_of
    from matchday.match.files import read_market
    from matchday.match.results import read_outcome
    from matchday.match.verdict import definition_in, options_of, seed_in

    people, said = read_market(market, warn=_note), _outcome(outcome)
    with _in_file(outcome):
        definition, seed = definition_in(options_of(said)), seed_in(options_of(said))
        seats = seats_of(people, *read_outcome(people, said), definition, seed)
    told = tell(people, seats, applicant, engine=engine, seed=seed, stability=definition)
    click.echo(json.dumps(told) if as_json else "\n".join(_story(told)))


@match.command()
@click.argument("source", metavar="IN", type=click.Path(path_type=Path))
@click.argument("target", metavar="OUT", type=click.Path(path_type=Path))
@click.option("--from", "form", default="auto", help="The form of IN, if its name and content do not tell.")
def convert(source: Path, target: Path, form: str) -> None:
    """Read a market in any known form and write it as OUT.

    OUT is NAME.json, or a folder of CSV files.
    """
    from matchday.match.files import read_market, write_market

    people = read_market(source, form, warn=_note)
    write_market(people, target)
    click.echo(f"{people.n_applicants} applicants and {people.n_programs} programs written to {target}")


def _note(text: str) -> None:
    """A note on standard error."""
    click.echo(text, err=True)


def _say(text: str, long: bool) -> None:
    """Progress of long work, on standard error."""
    if long:
        _note(text)


def _large(path: Path) -> bool:
    """Whether reading takes long enough to say so."""
    return path.is_file() and path.stat().st_size > 5_000_000


def _outcome(path: Path) -> Any:
    """The outcome document in a file, or in the folder that `run --out` wrote."""
    from matchday.match.files import read_text
    from matchday.match.json_form import parsed

    place = path / "outcome.json" if path.is_dir() else path
    return parsed(read_text(place), place, "an outcome as match run wrote it")


class _in_file:  # noqa: N801 -- reads as a phrase: with _in_file(path)
    """Give a problem the name of the file it was found in."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, problem: Any, trace: Any) -> None:
        from matchday.terms import InputProblem

        if isinstance(problem, InputProblem) and not problem.file:
            problem.file = str(self.path)


def _summary(told: dict[str, Any]) -> list[str]:
    """An outcome in plain words."""
    counts, matching = told["counts"], told["matching"]
    lines = [f"{counts['matched']} of {counts['applicants']} applicants matched."]
    if len(matching) <= SHOWN:
        for name, program in matching.items():
            first_year = told["supplemental"].get(name)
            lines.append(f"  {name}: {program or 'no match'}" + (f", first year {first_year}" if first_year else ""))
        free = {name: row["final_quota"] - len(row["matched"]) for name, row in told["programs"].items()}
        lines += [f"  {name}: {count} unfilled" for name, count in free.items() if count]
    else:
        lines.append("Use --json or --out to see who matched where.")
    for loop in told["loops"]:
        end = "given up and left out" if loop["given_up"] else "settled in another order"
        lines.append(f"Went round in circles: {' and '.join(loop['applicants'])} ({end}).")
    if told["searched"] == "none exists":
        lines.append("Every combination was tried: no stable matching exists.")
    elif told["searched"] and not told["stable"]:
        lines.append("Many orders were tried, not every combination: a stable matching may exist.")
    lines.append("Stable: yes." if told["stable"] else "Stable: NO. Blocking:")
    return lines + _blocking(told["blocking"])


def _blocking(blocks: list[dict[str, Any]]) -> list[str]:
    """What blocks, at most a screen of it."""
    lines = [
        f"  {' and '.join(block['applicants'])} with {' and '.join(p or 'no match' for p in block['programs'])}"
        for block in blocks[:SHOWN]
    ]
    return lines + ([f"  ... and {len(blocks) - SHOWN} more"] if len(blocks) > SHOWN else [])


def _verdict(told: dict[str, Any]) -> list[str]:
    """A verdict in plain words."""
    lines = [f"Feasible: {'yes' if told['feasible'] else 'NO'}."]
    for fault in told["faults"][:SHOWN]:
        who = " and ".join([*fault["applicants"], *(p or "no match" for p in fault["programs"])])
        lines.append(f"  {who}: {fault['what']}")
    lines.append("Stable: yes." if told["stable"] else "Stable: NO.")
    return lines + _blocking(told["blocking"])


def _story(told: dict[str, Any]) -> list[str]:
    """An explanation in plain words."""
    who = " and ".join(told["couple"] or [told["applicant"]])
    match_ = " and ".join(program or "no match" for program in told["match"]["programs"])
    rank = told["match"]["rank"]
    lines = [f"{who}: {match_}" + (f" (line {rank} of {len(told['lines'])})" if rank else "")]
    for line in told["lines"]:
        names = " and ".join(view["program"] or "no match" for view in line["programs"])
        lines.append(f"  {line['rank']}. {names}: {line['verdict']}")
    for line in told["first_year"]:
        lines.append(f"  first year {line['rank']}. {line['program']}: {'matched' if line['matched'] else line['why']}")
    for view in told["one_more_line"]:
        lines.append(
            f"  {view['program']} is not on the list of {view['applicant']} and would take them: {view['why']}"
        )
    if told["chain"]:
        lines.append("What joining sets off:")
    for step in told["chain"]:
        lines.append(f"  {step['applicant']} takes {_place(step)}")
    if told["chain"] and not told["chain_ends"]:
        lines.append("  ... and from here a couple or a first-year list moves.")
    lines.append("Who ends elsewhere because they take part:")
    for move in told["moves"]:
        lines.append(f"  {move['applicant']}: {move['from'] or 'no match'} -> {move['to'] or 'no match'}")
    return lines


def _place(step: dict[str, Any]) -> str:
    """A position taken, and from whom."""
    if step["takes"] is None:
        return "no other position"
    return f"a free position of {step['takes']}" if step["from"] is None else f"{step['takes']} from {step['from']}"
