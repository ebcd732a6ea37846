"""`matchday programs sources`: what the directory rests on, and the way back from an import."""

import click

from matchday.cli.options import emit, json_option


@click.command("sources")
@click.option("--forget", type=int, metavar="NUMBER", help="Undo this import: its claims go, the others stay.")
@click.option("--rebuild", is_flag=True, help="Make the directory again from all imports.")
@json_option
def command(forget: int | None, rebuild: bool, as_json: bool) -> None:
    """What was imported: kind, file, the day it speaks of, the day it was read."""
    from matchday.directory.store import Store

    with Store() as store:
        if forget is not None:
            store.forget(forget)
            click.echo(f"Forgot source {forget}; the directory was made again from the others.", err=True)
        if rebuild:
            store.rebuild()
        sources = store.sources()
    rows = [
        {"id": one.id, "source": one.kind.value, "title": one.title, "as_of": one.as_of and one.as_of.isoformat(),
         "read_on": one.read_on.isoformat(), "made_up": one.made_up, "sha256": one.digest}
        for one in sources
    ]  # fmt: skip
    if as_json:
        emit({"sources": rows})
        return
    for row in rows:
        spoken = row["as_of"] or "day not told"
        click.echo(f"{row['id']:>4}  {row['source']:<15}{row['title']}  ({spoken}; read {row['read_on']})")
    click.echo(f"{len(rows)} sources." if rows else "Nothing was imported yet; the directory is made up.")
