"""Room 5: the match engine. Two engines and a judge that shares no code with them.

The public names, each loaded when it is first used, so that importing the room costs nothing.
"""

from importlib import import_module
from typing import Any

# No file here has the name of a public function: importing such a file would put the module in the function's place.
_HOMES = {
    "InputProblem": "matchday.terms",
    "Market": "matchday.match.market",
    "Outcome": "matchday.match.outcome",
    "Solved": "matchday.match.solved",
    "read_market": "matchday.match.files",
    "run": "matchday.match.engine",
    "run_many": "matchday.match.batch",
    "run_soap": "matchday.match.soap",
    "solve": "matchday.match.solved",
    "verify": "matchday.match.verdict",
}

__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'matchday.match' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
