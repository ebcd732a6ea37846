"""City and state out of cells that hold more: `Tampa, FL`, an address block, the heading of an institution."""

import re

from matchday.directory.reading.rows import Draft
from matchday.directory.reading.values import city
from matchday.directory.tables import find_state

# The city is told apart from the street only where a sign, a line's end or wide space stands before it.
_ADDRESS = re.compile(
    r"(?:(?:^|[,;]|\s{2,})\s*(?P<city>[A-Za-z][A-Za-z.'’-]*(?: [A-Za-z.'’-]+)*)|[^,;]),\s*"
    r"(?P<state>[A-Z]{2}|[A-Z][a-z]+(?: [A-Z][a-z]+){0,2})\.?\s+\d{5}(?:-\d{4})?\b"
)
_PLACE = re.compile(r"(?P<city>[A-Za-z][A-Za-z .'’-]*?)\s*,\s*(?P<state>[A-Za-z .]{2,25})")


def split_place(draft: Draft) -> None:
    """Fill city and state from `location` or `address` where the row has no cells of their own for them."""
    for name, form in (("location", _PLACE.fullmatch), ("address", _ADDRESS.search)):
        found = form(draft.texts.get(name, ""))
        state = find_state(found["state"]) if found else None
        if found and state:
            draft.fields.setdefault("state", state.code)
            if found["city"]:
                draft.fields.setdefault("city", draft.parse("city", city, found["city"].strip()))
    if "location" in draft.texts and (alone := find_state(draft.texts["location"])):
        draft.fields.setdefault("state", alone.code)


def split_heading(line: str) -> tuple[str, str]:
    """Institution and city of a heading: parted by wide space, the state suffix of the name, or a comma; else no city."""
    parts = re.split(r"\s{2,}|\t", line.strip())
    if len(parts) == 2:
        return parts[0], parts[1].rstrip(",")
    found = re.fullmatch(r"(.+-[A-Z]{2})[\s,–-]+([A-Z][A-Za-z .'’-]+)", line.strip())
    found = found or re.fullmatch(r"(.+?)\s*,\s*([A-Z][A-Za-z .'’-]+)", line.strip())
    return (found[1], found[2]) if found else (line.strip(), "")
