"""Matchday: from "I want to train in the USA" to Match Day.

The public library. Each name is loaded when it is first used, so that importing the package costs nothing.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "Dossier": "matchday.dossier.model",
    "check": "matchday.rules",
    "plan": "matchday.plan",
    "Market": "matchday.match",
    "run": "matchday.match",
    "verify": "matchday.match",
}

__all__ = ["Dossier", "Market", "__version__", "check", "plan", "run", "verify"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'matchday' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
