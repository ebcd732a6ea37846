"""`matchday programs`: import, search, compare and export programs. Each command lives in a file of its own."""

from importlib import import_module

import click

# Each command: the file that holds it (as a function `command`), and one line for the table of contents.
COMMANDS = {
    "import": ("programs_import", "Take a list of programs in: read = accepted + named"),
    "search": ("programs_search", "Find programs by words and by what they state"),
    "show": ("programs_show", "One program: who says what, and its years"),
    "stats": ("programs_stats", "What the directory holds, and how much is stated"),
    "export": ("programs_export", "Write programs with their sources to a file"),
    "diff": ("programs_diff", "Two editions compared: new, gone, changed"),
    "sources": ("programs_sources", "What was imported and when; undo an import"),
    "doubtful": ("programs_doubtful", "Entries that may be one program; say if they are"),
}


class ProgramsGroup(click.Group):
    """A group that imports a command's file when that command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All command names, in their order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"matchday.cli.{COMMANDS[cmd_name][0]}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Print the table of contents without importing a single command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=ProgramsGroup)
def programs() -> None:
    """Import, search, compare and export programs."""
