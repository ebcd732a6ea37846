"""The JSON Schema of the dossier's JSON form, drawn from the same annotations that the reader checks."""

from typing import Any

from matchday.dossier.countries import COUNTRIES
from matchday.dossier.model import Dossier
from matchday.dossier.shape import table_of
from matchday.dossier.states import STATES


def schema() -> dict[str, Any]:
    """The schema. Whatever it accepts is read, but for time zones and for days that the calendar does not have."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Matchday dossier",
        "description": 'Absent is unknown, never "no". An empty list says "none"; a list that is there is complete.',
        **table_of(Dossier).schema(),
        "required": ["schema"],
        "$defs": {
            "country": {"description": "ISO 3166-1 alpha-2, and XK", "enum": sorted(COUNTRIES)},
            "state": {"description": "US state or territory, two letters", "enum": sorted(STATES)},
        },
    }
