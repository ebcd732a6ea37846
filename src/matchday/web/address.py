"""Whether pages are kept for reading offline. Only then the port of the program is remembered, beside the file.

A browser keeps pages for one address, port included. With another port at each start they could be found no more, and
would pile up; so who wants pages kept gets the same address again, and for everybody else nothing is kept anywhere.
"""

from contextlib import suppress
from pathlib import Path

from django.utils.translation import gettext as _

from matchday.terms import InputProblem


def _place(file: Path) -> Path:
    return file.resolve().parent / f".{file.resolve().name}.versions" / "port"


def remembered(file: Path) -> int | None:
    """The port of the address that pages are kept for; None when none are."""
    with suppress(OSError, ValueError):  # nothing there, or nothing of ours
        port = int(_place(file).read_text("ascii"))
        return port if 0 <= port < 2**16 else None
    return None


def remember(file: Path, port: int) -> None:
    """Keep this address from now on. InputProblem when that cannot be written down."""
    try:
        _place(file).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _place(file).write_text(str(port), "ascii")
    except OSError as error:
        why = error.strerror or str(error)
        raise InputProblem(
            _("the address could not be written down (%(why)s)") % {"why": why},
            expected=_("a folder with room, open to you"), do=_("make room or move your file"), file=str(_place(file)),
        ) from error  # fmt: skip


def forget(file: Path) -> None:
    """Keep no address any more."""
    _place(file).unlink(missing_ok=True)
