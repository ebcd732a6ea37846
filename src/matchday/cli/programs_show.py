"""`matchday programs show`: one program, who says what of it, and its positions over the years."""

import datetime as dt

import click

from matchday.cli.options import emit, json_option, on_option, season_option, today
from matchday.cli.programs_ask import opened


@click.command("show")
@click.argument("code")
@click.option("--for", "dossier", type=click.Path(), help="Say whether it takes this person, and why.")
@on_option
@season_option
@json_option
def command(code: str, dossier: str | None, on: dt.date | None, season: int | None, as_json: bool) -> None:
    """All that is claimed of one program, by whom and when, and its positions over the years.

    CODE is the ACGME code (10 digits) or the NRMP code of a track. Where sources differ, all are shown.
    """
    from matchday.directory.portrait import portrait

    with opened() as store:
        fit = None
        if dossier:
            from matchday.dossier.file import read
            from matchday.plan.fitting import fit_for

            fit = fit_for(read(dossier), on or today(), season)
        found = portrait(store, code, fit)
        if found is None:
            click.echo(
                f"No program has the code {code!r}. Look for it by name: matchday programs search NAME", err=True
            )
            if as_json:
                emit({"code": code, "found": False})
            raise SystemExit(1)
        if as_json:
            emit(found)
            return
        from matchday.cli.programs_page import show_portrait

        show_portrait(found)
