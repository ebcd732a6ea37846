"""`matchday programs search`: find programs by words and by what they state."""

from typing import TYPE_CHECKING, Any

import click

from matchday.cli.options import emit, json_option
from matchday.cli.programs_ask import SHOWN, ask, line_json, opened, question, tell

if TYPE_CHECKING:
    from matchday.directory.search import Found


@click.command("search")
@question
@json_option
def command(as_json: bool, **asked: Any) -> None:
    """Find programs by words and by what they state.

    Words may hold typos and short forms: matchday programs search peds florida J-1
    A program that does not state something is never shown as if it did.
    """
    with opened() as store:
        found, fit = ask(store, asked, None if as_json or asked["limit"] is not None else SHOWN)
        tell(found)
        if as_json:
            emit(
                {
                    "count": found.count,
                    "programs": [line_json(store, fit, line) for line in found.lines],
                    **_counts(found),
                }
            )
            return
        from matchday.cli.programs_page import show_found

        show_found(store, found, fit)


def _counts(found: "Found") -> dict[str, Any]:
    return {
        "read_as": list(found.read_as),
        "visa_not_stated": found.visa_not_stated,
        "place_unknown": found.place_unknown,
        **({"verdicts": {str(name): number for name, number in found.verdicts.items()}} if found.verdicts else {}),
    }
