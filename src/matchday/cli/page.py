"""How answers look in a terminal: at most 80 columns, state by word and shape as well as by colour."""

import os
import shutil
import sys
import textwrap
from datetime import date

from rich.console import Console
from rich.text import Text

from matchday.terms import Verdict

WIDTH = 80
WORDS = {
    Verdict.MET: ("done", "●", "green"),
    Verdict.NOT_MET: ("missing", "○", "red"),
    Verdict.NOT_NEEDED: ("not needed", "–", "dim"),
    Verdict.UNKNOWN: ("not known", "?", "yellow"),
    Verdict.AT_RISK: ("at risk", "!", "magenta"),
}


class Page(Console):
    """A console that ends quietly when its reader has read enough (`| head`): that is no fault of the answer."""

    def on_broken_pipe(self) -> None:
        """End the program with 0; what is still held goes nowhere."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0)


def console() -> Console:
    """Standard output, never wider than 80 columns; colour only where a terminal wants it (NO_COLOR is obeyed)."""
    # No markup: what people write in brackets is theirs.
    return Page(width=width(), highlight=False, markup=False, no_color="NO_COLOR" in os.environ or None)


def width() -> int:
    """The columns to write in: those of the terminal or of COLUMNS, at most 80."""
    return max(20, min(WIDTH, shutil.get_terminal_size((WIDTH, 24)).columns))


def heading(text: str) -> Text:
    """A heading line."""
    return Text(text, style="bold")


def state(verdict: Verdict) -> Text:
    """A verdict as shape and word, padded to one width."""
    word, shape, colour = WORDS[verdict]
    return Text(f"{shape} {word:<10}", style=colour)


def block(text: str, indent: int) -> str:
    """A paragraph wrapped and indented; on a narrow screen the indent gives way."""
    pad = " " * min(indent, width() // 6)
    return textwrap.fill(text, width(), initial_indent=pad, subsequent_indent=pad, break_on_hyphens=False)


def written(day: date | None) -> str:
    """A day with the month's name: 3 March 2027; nothing for no day."""
    return f"{day.day} {day:%B %Y}" if day else ""
