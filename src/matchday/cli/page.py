"""How answers look in a terminal: at most 80 columns, state by word and shape as well as by colour."""

import os
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


def console() -> Console:
    """Standard output, never wider than 80 columns; colour only where a terminal wants it (NO_COLOR is obeyed)."""
    probe = Console()
    width = min(WIDTH, probe.width) if probe.is_terminal else WIDTH
    return Console(width=width, highlight=False, no_color="NO_COLOR" in os.environ or None)


def heading(text: str) -> Text:
    """A heading line."""
    return Text(text, style="bold")


def state(verdict: Verdict) -> Text:
    """A verdict as shape and word, padded to one width."""
    word, shape, colour = WORDS[verdict]
    return Text(f"{shape} {word:<10}", style=colour)


def block(text: str, indent: int, width: int = WIDTH) -> str:
    """A paragraph wrapped and indented."""
    pad = " " * indent
    return textwrap.fill(text, width, initial_indent=pad, subsequent_indent=pad, break_on_hyphens=False)


def written(day: date | None) -> str:
    """A day with the month's name: 3 March 2027; nothing for no day."""
    return f"{day.day} {day:%B %Y}" if day else ""
