"""Serve the pages on this machine only, until told to stop."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from matchday.web.desk import Desk, sit_down


def port_of(server: object) -> int:
    """The port that a server took."""
    port: int = server.effective_port  # type: ignore[attr-defined] # the stubs leave it out
    return port


def serve(path: Path, port: int, announce: Callable[[str], None]) -> None:
    """Serve the dossier at `path` on loopback; 0 takes any free port. Returns on SIGINT or SIGTERM.

    `announce` is given the opening address, which carries the token of this start, once the door is open.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "matchday.web.settings")
    import django
    from django.core.wsgi import get_wsgi_application
    from waitress.server import create_server

    django.setup(set_prefix=False)
    desk = sit_down(Desk(path))
    server = create_server(
        get_wsgi_application(), host="127.0.0.1", port=port, threads=4, ident="", clear_untrusted_proxy_headers=True
    )

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, stop)
    announce(f"http://127.0.0.1:{port_of(server)}/?token={desk.token}")
    try:
        server.run()
    finally:
        server.close()
