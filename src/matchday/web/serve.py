"""Serve the pages on this machine only, until told to stop."""

import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from types import FrameType
from typing import Any

from matchday.terms import InputProblem
from matchday.web.address import remembered
from matchday.web.desk import Desk, sit_down

# What a client may ask of the server before the pages see it. Files of 20 MB are taken; the pages themselves say so
# when one is larger, which they can up to this size. Whoever says nothing for a while is let go, so that a few
# hundred silent connections cannot keep the owner out for long.
LIMITS: dict[str, Any] = {
    "max_request_body_size": 64_000_000,
    "max_request_header_size": 64_000,
    "connection_limit": 400,
    "channel_timeout": 20,
    "cleanup_interval": 5,
    "asyncore_use_poll": True,
}
TOO_LARGE = "A file may have up to 20 MB. Go back and choose a smaller one; nothing was changed."


def port_of(server: object) -> int:
    """The port that a server took."""
    return int(server.effective_port)  # type: ignore[attr-defined] # the stubs leave it out


def serve(path: Path, port: int, announce: Callable[[str], None]) -> None:
    """Serve the dossier at `path` on loopback; 0 takes any free port, the same as before when pages are kept offline. Returns on SIGINT or SIGTERM.

    `announce` is given the opening address, which carries the token of this start, once the door is open.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "matchday.web.settings")
    import django
    from django.core.wsgi import get_wsgi_application

    django.setup(set_prefix=False)
    desk = sit_down(Desk(path))
    server = _opened_for(path, get_wsgi_application(), port)
    desk.port = port_of(server)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, stop)
    announce(f"http://127.0.0.1:{desk.port}/?token={desk.token}")
    threading.Thread(target=_warm, args=(desk,)).start()
    try:
        server.run()
    finally:
        server.close()


def _warm(desk: Desk) -> None:
    """While the browser starts: load the pages, and begin to draw the made-up directory where there is none."""
    import matchday.plan.build
    import matchday.web.urls  # noqa: F401 -- loaded for the first page
    from matchday.web.drawing import drawing

    with suppress(InputProblem):  # a folder that cannot be written: the pages that need it say so
        drawing.begin(desk.clock().astimezone().date())


def _opened_for(path: Path, application: Any, port: int) -> Any:
    """The server on the port that was asked for, on the one that pages of this file are kept for, or on any."""
    if not port:
        with suppress(InputProblem):  # another program has that port now: the page "Read offline" says so
            return _opened(application, remembered(path) or 0)
    return _opened(application, port)


def _opened(application: Any, port: int) -> Any:
    """The server, listening; InputProblem when the port cannot be had."""
    from waitress.channel import HTTPChannel
    from waitress.server import create_server
    from waitress.task import ErrorTask

    from matchday.web.guard import HEADERS

    class Refusal(ErrorTask):
        """What the server itself refuses carries the strict headers as the pages do."""

        def execute(self) -> None:
            self.response_headers = [*self.response_headers, *HEADERS.items()]
            error = getattr(self.request, "error", None)  # the stubs leave it out
            if error and error.code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
                error.body = TOO_LARGE
            super().execute()

    class Channel(HTTPChannel):
        error_task_class = Refusal

    try:
        server = create_server(
            application, host="127.0.0.1", port=port, threads=4, ident="", clear_untrusted_proxy_headers=True, **LIMITS
        )
    except OSError as error:
        raise InputProblem(
            f"port {port} cannot be had ({error.strerror or error})", expected="a free port",
            do="stop the program that uses it, choose another --port, or leave it out for any free one",
        ) from error  # fmt: skip
    server.channel_class = Channel  # type: ignore[union-attr] # one address, so it is one server
    return server
