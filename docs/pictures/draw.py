"""Draw the README's pictures from what the commands really print and the pages really show: `make pictures`."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.text import Text
from tests.journeys.serving import served, stopped

HERE = Path(__file__).parent
AMINA = "src/matchday/dossier/examples/amina.toml"
PICTURES = {
    "check": (["check", AMINA, "--on", "2026-11-22"], 38),
    "plan": (["plan", AMINA, "--on", "2026-11-22"], 44),
}
# Rich's own frame loads a font from elsewhere; ours takes the reader's fixed-width font and opens no connection.
FRAME = """<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img" aria-label="Output of the command in a terminal">
<style>.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, monospace; font-size: {char_height}px;
line-height: {line_height}px; font-variant-east-asian: full-width; }} {styles}</style>
<defs><clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" /></clipPath>{lines}</defs>
<rect width="{width}" height="{height}" rx="8" fill="#1c1c1c" />
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}<g class="{unique_id}-matrix">{matrix}</g></g></svg>
"""


# Each page: its address, the size of the window, the colours.
PAGES: dict[str, tuple[str, int, int, Literal["light", "dark"]]] = {
    "today": ("/", 1060, 680, "light"),
    "phone": ("/", 360, 700, "dark"),
}


def main() -> None:
    """Run each command and open each page, and write the pictures beside this file."""
    commands()
    pages()


def pages() -> None:
    """Open the pages of Amina's file at noon of 22 November 2026 in Debian's browser."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "amina.toml"
        file.write_bytes(Path(AMINA).read_bytes())
        running = served(file, clock=True)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, (address, width, height, colours) in PAGES.items():
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=colours)
            page.goto(running.opening)
            page.goto(running.origin + address)
            page.screenshot(path=HERE / f"{name}.png")
        browser.close()
        stopped(running)


def commands() -> None:
    """Run each command in a terminal of 80 columns."""
    command = Path(sys.executable).parent / "matchday"
    for name, (arguments, lines) in PICTURES.items():
        env = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": "80"}
        run = subprocess.run([command, *arguments], env=env, capture_output=True, text=True, check=True)
        page = Console(record=True, width=80, file=Path(os.devnull).open("w"), force_terminal=True)
        page.print(Text.from_ansi("\n".join(run.stdout.splitlines()[:lines])))
        svg = page.export_svg(code_format=FRAME, unique_id=name)
        (HERE / f"{name}.svg").write_text(svg, "utf-8")


if __name__ == "__main__":
    main()
