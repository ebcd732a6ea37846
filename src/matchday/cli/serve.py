"""`matchday serve`: the whole answer in a browser, on this machine only."""

import os
import sys
from pathlib import Path

import click


@click.command()
@click.argument("dossier", type=click.Path(path_type=Path), required=False)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port; any free one when left out.")
@click.option("--no-open", is_flag=True, help="Do not open the browser.")
def serve(dossier: Path | None, port: int, no_open: bool) -> None:
    """Open DOSSIER as pages in the browser. Loopback only; stop with Ctrl-C.

    Without DOSSIER a new one is begun as matchday.toml in this folder, after the first answer.
    """
    from matchday.dossier.file import read
    from matchday.web.desk import Desk
    from matchday.web.serve import serve as run

    path = dossier or Path("matchday.toml")
    if Desk(path).exists:
        read(path)  # a file that cannot be read is told here, with its line, before any page

    def announce(address: str) -> None:
        click.echo(address)
        click.echo(
            "Open this address in a browser on this machine, and leave this window open. Stop with Ctrl-C.", err=True
        )
        if not no_open and _has_screen():
            click.launch(address)

    run(path, port, announce)


def _has_screen() -> bool:
    """Whether a browser can be opened here; where there is no screen, the attempt would only fill the terminal."""
    return sys.platform != "linux" or bool({"DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"} & set(os.environ))
