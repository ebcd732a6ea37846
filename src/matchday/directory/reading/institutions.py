"""An institution's code and its name must be one-to-one: where they are not, the name is not believed.

A known fault of lists made from the results book: a missed heading leaves programs under the institution before.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from matchday.directory.reading.rows import Draft

# NRMP code list of 2024, faults noted: the suffix of the name and the site differ, or there are sites in several states.
SUFFIX_MISLEADS = frozenset({"2984", "2375", "2191", "2295", "2335", "2099", "2183", "2408"})
ALWAYS = (0,)  # a table without seasons speaks of one time


def check_institutions(drafts: Sequence[Draft]) -> None:
    """Leave out names (and the city beside them) that stand for several institution codes in one season; say so."""
    codes: dict[tuple[str, int], set[str]] = defaultdict(set)
    names: dict[str, set[str]] = defaultdict(set)
    for draft, code, name in _named(drafts):
        names[code].add(name)
        for season in draft.seasons or ALWAYS:
            codes[name, season].add(code)
    doubtful: dict[str, set[str]] = defaultdict(set)
    for (name, _), found in codes.items():
        if len(found) > 1:
            doubtful[name] |= found
    owner = {name: _owner(name, found, names, doubtful, drafts) for name, found in doubtful.items()}
    for draft, code, name in _named(drafts):
        if name in doubtful and code in doubtful[name] and owner[name] != code:
            _leave_out(draft, name, doubtful[name])


def _named(drafts: Iterable[Draft]) -> list[tuple[Draft, str, str]]:
    return [(d, d.nrmp[:4], d.fields["institution"]) for d in drafts if d.nrmp and "institution" in d.fields]


def _owner(
    name: str, codes: set[str], names: dict[str, set[str]], doubtful: dict[str, set[str]], drafts: Sequence[Draft]
) -> str | None:
    """The one code that a doubtful name surely belongs to, or None.

    A code with a name of its own elsewhere is not the owner. Among the others a missed heading leaves the owner first;
    that is believed only when the order is not simply that of the codes.
    """
    left = {code for code in codes if not any(other not in doubtful for other in names[code])}
    if len(left) == 1 and len(codes) > 1:
        return next(iter(left))
    runs = _runs(name, drafts)
    firsts = {run[0] for run in runs}
    if len(firsts) == 1 and all(run[0] != min(run) for run in runs if len(set(run)) > 1):
        return next(iter(firsts))
    return None


def _runs(name: str, drafts: Sequence[Draft]) -> list[list[str]]:
    """The institution codes of each unbroken run of rows under a name."""
    runs: list[list[str]] = []
    inside = False
    for draft in drafts:
        here = bool(draft.nrmp) and draft.fields.get("institution") == name
        if here and not inside:
            runs.append([])
        if here:
            runs[-1].append((draft.nrmp or "")[:4])
        inside = here
    return runs


def _leave_out(draft: Draft, name: str, codes: set[str]) -> None:
    shown = ", ".join(sorted(codes)[:5]) + (", ..." if len(codes) > 5 else "")
    problem = f"this name stands for {len(codes)} institution codes in one season ({shown}), as after a missed heading"
    dropped = [field for field in ("institution", "city") if draft.fields.pop(field, None)]
    draft.say("institution", name, problem, " and ".join(dropped) + " left out")


def state_by_suffix(drafts: Sequence[Draft]) -> None:
    """Where the table has no state: the two letters that end the institution's name, for all rows of its code."""
    from matchday.directory.tables import find_state

    found: dict[str, set[str]] = defaultdict(set)
    for _, code, name in _named(drafts):
        start, dash, letters = name.rpartition("-")
        if start and dash and len(letters) == 2 and letters.isupper() and find_state(letters):
            found[code].add(letters)
    for draft in drafts:
        states = found.get((draft.nrmp or "")[:4], set())
        if draft.nrmp and len(states) == 1 and draft.nrmp[:4] not in SUFFIX_MISLEADS:
            draft.fields.setdefault("state", next(iter(states)))
