"""Room 3: what next, by when, at what price."""

from importlib import import_module
from typing import Any

_HOMES = {"Plan": "matchday.plan.build", "plan": "matchday.plan.build"}

__all__ = ["Plan", "plan"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'matchday.plan' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
