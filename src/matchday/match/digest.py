"""Fingerprints of inputs and outcomes: SHA-256 over fixed bytes, the same on any machine, engine and hash seed.

An input is hashed as one line of JSON (the names of the arrays, their lengths and the identifiers), then every array
of the market in the order of its fields, as little-endian integers of 8 bytes (`ptr`) or 4 bytes (the others).
An outcome is one line of JSON (what it says beside the matching), then program, first-year program and final quota
as 4-byte integers. JSON is written with sorted keys, no spaces, ASCII only. Version, engine and time are left out.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from matchday.match.market import Ints, Market

_PARTS = ("input_digest", "options", "stable", "blocking", "loops", "searched", "counts")


def input_digest(market: Market) -> str:
    """The fingerprint of a market."""
    names = [field.name for field in fields(market) if not field.name.endswith("_ids")]
    head = {
        "arrays": {name: len(getattr(market, name)) for name in names},
        "applicants": None if market.app_ids is None else list(market.app_ids),
        "programs": None if market.prog_ids is None else list(market.prog_ids),
    }
    return _sha256(head, ((getattr(market, name), 8 if name.endswith("_ptr") else 4) for name in names))


def outcome_digest(document: dict[str, Any], primary: Ints, second: Ints, quota: Ints) -> str:
    """The fingerprint of an outcome; `document` holds at least the parts that are hashed."""
    return _sha256({name: document[name] for name in _PARTS}, ((values, 4) for values in (primary, second, quota)))


def _sha256(head: dict[str, Any], arrays: Iterable[tuple[Ints, int]]) -> str:
    """Head and arrays in one sum."""
    total = hashlib.sha256(json.dumps(head, sort_keys=True, separators=(",", ":")).encode())
    for values, width in arrays:
        total.update(_bytes(values, width))
    return f"sha256:{total.hexdigest()}"


def _bytes(values: Ints, width: int) -> bytes:
    """Little-endian integers of this width."""
    if hasattr(values, "astype"):
        numbers: bytes = values.astype(f"<i{width}", copy=False).tobytes()
        return numbers
    return struct.pack(f"<{len(values)}{'q' if width == 8 else 'i'}", *values)
