"""`matchday programs doubtful`: entries that may be one program, for a person to decide."""

import click

from matchday.cli.options import emit, json_option

SHOWN = 40


@click.command("doubtful")
@click.option("--same", nargs=2, metavar="A B", help="These two entries are one program.")
@click.option("--different", nargs=2, metavar="A B", help="These two entries are different programs.")
@json_option
def command(same: tuple[str, str] | None, different: tuple[str, str] | None, as_json: bool) -> None:
    """List pairs that look like one program but not surely so. They stay apart until you say --same.

    Your word is kept through every later import; say the other to take it back.
    """
    from matchday.directory.store import Store

    with Store() as store:
        for pair, verdict in ((same, True), (different, False)):
            if pair:
                store.judge(*pair, same=verdict)
        doubts = store.doubts()
    if as_json:
        emit({"count": len(doubts), "doubtful": [
            {"a": d.a, "b": d.b, "score": d.score, "why": d.why} for d in doubts
        ]})  # fmt: skip
        return
    for doubt in doubts[:SHOWN]:
        click.echo(f"{doubt.score:>4}  {doubt.a}  ?  {doubt.b}\n      {doubt.why}")
    more = f"; the first {SHOWN} shown, --json tells all" if len(doubts) > SHOWN else ""
    click.echo(f"{len(doubts):,} doubtful pairs{more}.")
