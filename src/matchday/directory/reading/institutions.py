"""An institution's code and its name must be one-to-one: where they are not, the name is not believed.

A known fault of lists made from the results book: a missed heading leaves programs under the institution before.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby

from matchday.directory.reading.rows import Draft
from matchday.directory.tables import find_state

# NRMP code list of 2024, faults noted: the suffix of the name and the site differ, or there are sites in several states.
SUFFIX_MISLEADS = frozenset({"2984", "2375", "2191", "2295", "2335", "2099", "2183", "2408"})
ONE_STATE = 3  # so many institutions must end in one state's letters, and none in another's
ALWAYS = (0,)  # a table without seasons speaks of one time


def check_institutions(drafts: Sequence[Draft]) -> None:
    """Leave out names (and the city beside them) that stand for several institution codes in one season; say so."""
    codes: dict[tuple[str, int], set[str]] = defaultdict(set)
    rows: Counter[tuple[str, str]] = Counter()
    under: dict[str, list[tuple[Draft, str]]] = defaultdict(list)
    for draft, code, name in _named(drafts):
        rows[name, code] += 1
        under[name].append((draft, code))
        for season in draft.seasons or ALWAYS:
            codes[name, season].add(code)
    doubtful: dict[str, set[str]] = defaultdict(set)
    for (name, _), found in codes.items():
        if len(found) > 1:
            doubtful[name] |= found
    runs = _runs(drafts)
    in_order = all(_in_blocks(run) for name in doubtful for run in runs[name])
    everywhere = Counter(code for _, code in rows.elements())
    for name, found in doubtful.items():
        owner = _owner(name, found, rows, everywhere, _first(runs[name]) if in_order else None)
        for draft, code in under[name]:
            if code in found and code != owner:
                _leave_out(draft, name, found)


def _named(drafts: Iterable[Draft]) -> list[tuple[Draft, str, str]]:
    return [(d, d.nrmp[:4], d.fields["institution"]) for d in drafts if d.nrmp and "institution" in d.fields]


def _owner(
    name: str, codes: set[str], rows: Counter[tuple[str, str]], everywhere: Counter[str], first: str | None
) -> str | None:
    """Whose name it is, when that can be told: the only code not known better by other names, or the one that begins.

    The only one must stand under no other name, and under this one in at least as many rows as any other; nobody owns
    the name when the order of the rows speaks for another code.
    """
    at_home = [code for code in codes if 2 * rows[name, code] > everywhere[code]]
    only = at_home[0] if len(at_home) == 1 else None
    if only and (everywhere[only] > rows[name, only] or rows[name, only] < max(rows[name, code] for code in codes)):
        only = None
    return (only or first) if first in (only, None) or only is None else None


def _first(runs: list[list[str]]) -> str | None:
    """The code that begins every run of rows under a name: a missed heading leaves the owner first.

    Believed only when the order is not simply that of the codes.
    """
    firsts = {run[0] for run in runs}
    by_code = any(run[0] == min(run) for run in runs if len(set(run)) > 1)
    return next(iter(firsts)) if len(firsts) == 1 and not by_code else None


def _runs(drafts: Sequence[Draft]) -> dict[str, list[list[str]]]:
    """Of each name, the institution codes of each unbroken run of rows under it, season by season."""
    runs: dict[str, list[list[str]]] = defaultdict(list)
    before = None
    for draft in drafts:
        name = draft.fields.get("institution", "") if draft.nrmp else ""
        if name and (name, draft.seasons) != before:
            runs[name].append([])
        if name and draft.nrmp:
            runs[name][-1].append(draft.nrmp[:4])
        before = name, draft.seasons
    return runs


def _in_blocks(run: list[str]) -> bool:
    """True when no code comes again after another: so stand the rows of a list made from headings."""
    return len(list(groupby(run))) == len(set(run))


def _leave_out(draft: Draft, name: str, codes: set[str]) -> None:
    shown = ", ".join(sorted(codes)[:5]) + (", ..." if len(codes) > 5 else "")
    problem = f"this name stands for {len(codes)} institution codes in one season ({shown}), as after a missed heading"
    dropped = [field for field in ("institution", "city") if draft.fields.pop(field, None)]
    draft.say("institution", name, problem, " and ".join(dropped) + " left out")


def state_by_suffix(drafts: Sequence[Draft]) -> str | None:
    """Where the table has no state: the two letters that end the institution's name, for all rows of its code.

    When every suffix in a long list names one state, the list is of that state: its rows without a suffix get it too,
    and it is returned, to be said.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for _, code, name in _named(drafts):
        start, dash, letters = name.rpartition("-")
        if start and dash and len(letters) == 2 and letters.isupper() and find_state(letters):
            found[code].add(letters)
    every = set().union(*found.values())
    only = next(iter(every)) if len(every) == 1 and len(found) >= ONE_STATE else None
    for draft in drafts:
        code = (draft.nrmp or "")[:4]
        states = found.get(code, {only} if only else set())
        if draft.nrmp and len(states) == 1 and code not in SUFFIX_MISLEADS:
            draft.fields.setdefault("state", next(iter(states)))
    _state_by_city(drafts)
    return only


def _state_by_city(drafts: Sequence[Draft]) -> None:
    """A row still without a state takes that of its city where the other rows there agree; else it is named.

    A list that tells no state anywhere needs no remark on each row.
    """
    states: dict[str, set[str]] = defaultdict(set)
    for draft in drafts:
        if {"city", "state"} <= draft.fields.keys():
            states[draft.fields["city"].casefold()].add(draft.fields["state"])
    for draft in drafts:
        if "state" in draft.fields or draft.lost:
            continue
        city = draft.fields.get("city", "")
        there = states.get(city.casefold(), set())
        if len(there) == 1:
            draft.fields["state"] = next(iter(there))
            draft.say("state", city, "no column for the state", f"{draft.fields['state']}, as the others in this city")
        elif states:
            draft.say("state", city, "no column, ending of a name, or city tells the state")
