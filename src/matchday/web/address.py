"""What the owner wishes about pages kept for reading offline, written beside the file: a port to come back at, or "no".

A browser keeps pages for one address, port included. With another port at each start they are found only as long as the
old address is known; so who wants to find them again gets the same address at each start.
"""

import os
from contextlib import suppress
from pathlib import Path

from django.utils.translation import gettext as _

from matchday.terms import InputProblem

NO = "no"


def _place(file: Path) -> Path:
    target = Path(os.path.realpath(file))
    return target.parent / f".{target.name}.versions" / "port"


def remembered(file: Path) -> int | None:
    """The port that the program comes back at; None for any."""
    with suppress(OSError, ValueError):  # nothing there, or nothing of ours
        port = int(_place(file).read_text("ascii"))
        return port if 0 <= port < 2**16 else None
    return None


def refused(file: Path) -> bool:
    """Whether the owner wishes that no pages are kept."""
    with suppress(OSError, ValueError):
        return _place(file).read_text("ascii") == NO
    return False


def remember(file: Path, port: int) -> None:
    """Come back at this address from now on. InputProblem when that cannot be written down."""
    _write(file, str(port))


def forget(file: Path) -> None:
    """Keep no pages and no address any more. InputProblem when that cannot be written down."""
    _write(file, NO)


def _write(file: Path, wish: str) -> None:
    try:
        _place(file).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _place(file).write_text(wish, "ascii")
    except OSError as error:
        why = error.strerror or str(error)
        raise InputProblem(
            _("your wish could not be written down (%(why)s)") % {"why": why},
            expected=_("a folder with room, open to you"), do=_("make room or move your file"), file=str(_place(file)),
        ) from error  # fmt: skip
