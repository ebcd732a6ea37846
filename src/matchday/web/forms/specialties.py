"""Specialties by the names that people use, in each language of the pages; kept by their official name."""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache

from matchday.rules.specialty import specialties, specialty
from matchday.web.forms.places import named, own, squeezed

FIELDS = ("preferences.specialties", "application.specialty", "letter.specialty", "statement.specialty")
# A letter or a statement may be about what no program is called: those are kept as they are typed.
CHECKED = FIELDS[:2]


@cache
def _known() -> Mapping[str, str]:
    """Every name, squeezed, to the official one."""
    here = {squeezed(name): official for official, names in named("specialties").items() for name in names}
    return {**here, **specialties(), **{squeezed(name): name for name in specialties().values()}}


def official(text: str) -> str | None:
    """The official name of a specialty from any of its names; None when it is not known."""
    return specialty(text) or _known().get(squeezed(text))


def near(text: str) -> list[str]:
    """The official names nearest to a text, at most three."""
    found = get_close_matches(squeezed(text)[:60], _known(), n=5, cutoff=0.6)
    return list(dict.fromkeys(_known()[one] for one in found))[:3]


def names() -> list[tuple[str, str]]:
    """Each official name with what it is called in the language of the page, "" where that is the same."""
    every = sorted(set(specialties().values()))
    return [(name, called if (called := own("specialties", name, name)) != name else "") for name in every]
