"""The door. Each command's file is imported only when its command is called, so `--help` loads no room."""

import os
import sys
from importlib import import_module

import click

from matchday.terms import InputProblem

# The table of contents of the journey. Each command lives in the file of its name, as a function of its name.
JOURNEY: dict[str, dict[str, str]] = {
    "Where do I stand?": {
        "check": "Every requirement of every body, judged for one dossier on one day",
        "rules": "The rules themselves: history, sources, what changed",
        "guide": "Mark each claim of a guide: current, outdated, wrong, cannot be checked",
    },
    "What next, by when, at what price?": {
        "plan": "Steps, dates, slack, who holds the ball, chance of being on time",
        "calendar": "The season's dates, in your zone, as ICS if you like",
        "cost": "The whole bill of a season, and the price of one more application",
    },
    "Which programs would take me?": {
        "programs": "Import, search, compare and export programs",
        "schools": "Look up a school; check the dossier's school",
    },
    "The Match": {
        "match": "Run, verify and explain a match, from one list to a nation",
    },
    "The file and the program": {
        "serve": "The whole answer in your browser, over your own file",
        "dossier": "Make, check, convert and describe the dossier file",
        "doctor": "Versions, data files and their ages, what is stale or unknown",
    },
}


class JourneyGroup(click.Group):
    """A group that lists its commands in the order of the journey and imports them when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All command names, in the order of the journey."""
        return [name for part in JOURNEY.values() for name in part]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = getattr(import_module(f"matchday.cli.{cmd_name}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Print the table of contents without importing a single command."""
        for heading, part in JOURNEY.items():
            with formatter.section(heading):
                formatter.write_dl(list(part.items()))


@click.group(cls=JourneyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80})
@click.version_option(package_name="matchday")
def matchday() -> None:
    """From "I want to train in the USA" to Match Day.

    One truthful plan over all steps for international medical graduates, from one file that you keep.
    Independent of every body it names; no legal or immigration advice.
    Start with: matchday dossier new my.toml
    """


def main() -> None:
    """Run the command line.

    What a reader can mend ends with exit 2 and one clear line, never a traceback; Ctrl-C ends with 130; a reader that has
    read enough (`| head`) ends the program quietly.
    """
    stdout = sys.stdout
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr] # a terminal of few letters gets question marks
    try:
        code = matchday(prog_name="matchday", standalone_mode=False)
        sys.stdout.flush()
    except InputProblem as problem:
        code = _refuse(str(problem))
    except click.exceptions.NoArgsIsHelpError as asked:
        click.echo(asked.format_message())
        code = 0
    except click.UsageError as problem:
        code = _refuse(_usage(problem))
    except click.ClickException as problem:
        code = _refuse(problem.format_message())
    except (click.Abort, KeyboardInterrupt):
        code = 130
    except OSError as problem:
        code = _unwritten(problem)
    except SystemExit as ended:
        # When nobody reads any more (`| head`) click wraps the stream and ends with 1; that is no fault of the answer.
        code = 0 if sys.stdout is not stdout else ended.code
    sys.exit(code or 0)


def _refuse(line: str) -> int:
    click.echo(line, err=True)
    return 2


def _unwritten(problem: OSError) -> int:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is still waiting must not fail once more
    if isinstance(problem, BrokenPipeError):
        return 0
    where = f"{problem.filename}: " if problem.filename else ""
    return _refuse(
        f"{where}could not be written or read: {problem.strerror}; expected room and leave; do: free some space, or choose another place"
    )


def _usage(problem: click.UsageError) -> str:
    command = problem.ctx.command_path if problem.ctx else "matchday"
    what = " ".join(problem.format_message().split()).rstrip(".")
    return str(InputProblem(what, expected="what the help says", do=f"see `{command} --help`", file=command))
