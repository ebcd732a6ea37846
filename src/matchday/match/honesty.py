"""Would another list have given more? One person's list, changed in every simple way, with the others as they are.

Applicants propose and stand alone, all lists are strict, positions are fixed: then no applicant can gain by it, whatever
the other lists are (LITERATURE, the first three). Nothing of the kind holds for programs: no procedure that always gives a
stable outcome makes honesty best for everybody (Roth 1982). Couples, supplemental lists and reversions lie outside the
proof; what is found there is said as it is found.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from matchday.match.market import Ints, Market
from matchday.match.reference import settle

# What each one proves is said in docs/guide/try-the-match.md. The last one is about lists that may not be long enough.
LITERATURE = (
    "L. E. Dubins, D. A. Freedman: Machiavelli and the Gale-Shapley algorithm. American Mathematical Monthly 88(7), 1981, "
    "pages 485-494",
    "A. E. Roth: The economics of matching: stability and incentives. Mathematics of Operations Research 7(4), 1982, "
    "pages 617-628",
    "A. E. Roth: The college admissions problem is not equivalent to the marriage problem. Journal of Economic Theory 36(2), "
    "1985, pages 277-288",
    "G. Haeringer, F. Klijn: Constrained school choice. Journal of Economic Theory 144(5), 2009, pages 1921-1947",
)
Line = tuple[int, ...]
# Lists tried times entries of the market: some tenths of a second.
WORK = 300_000


@dataclass(frozen=True, slots=True)
class Change:
    """A way to change a list. kind: "swap" (places `at` and `to`), "without" (place `at`) or "first" (only the first
    `at` lines). Places count from 0."""

    kind: str
    at: int
    to: int = 0

    def of(self, lines: Sequence[Line]) -> list[Line]:
        """The changed list."""
        if self.kind == "first":
            return list(lines[: self.at])
        if self.kind == "without":
            return [*lines[: self.at], *lines[self.at + 1 :]]
        changed = list(lines)
        changed[self.at], changed[self.to] = changed[self.to], changed[self.at]
        return changed


@dataclass(frozen=True, slots=True)
class Tried:
    """What a changed list gives, by its place on the honest list (from 0; None: no match), and whether that is better."""

    change: Change
    place: int | None
    better: bool


@dataclass(frozen=True, slots=True)
class Trials:
    """What the honest list gives, every change tried, and how many there are in all."""

    honest: int | None
    tried: tuple[Tried, ...]
    possible: int

    def count(self, better: bool | None) -> int:
        """How many changes give more (True), less (False) or the same (None)."""
        same = sum(one.place == self.honest for one in self.tried)
        more = sum(one.better for one in self.tried)
        return same if better is None else more if better else len(self.tried) - same - more


def changes(length: int) -> Iterator[Change]:
    """Every swap of two, every list without one, every shortening; the likeliest ideas first."""
    yield from (Change("swap", i, i + 1) for i in range(length - 1))
    yield from (Change("without", i) for i in range(length))
    yield from (Change("first", i) for i in range(1, length - 1))
    yield from (Change("swap", i, j) for i, j in combinations(range(length), 2) if j > i + 1)


def trials(market: Market, unit: Line, lines: Sequence[Line]) -> Trials:
    """The outcome of the list `lines` of an applicant (or couple) and of every change of it."""
    honest = place_of(market, unit, lines, lines)
    possible = list(changes(len(lines)))
    most = max(1, WORK // (len(market.app_pref) + len(market.prog_pref) + 1))
    worst = len(lines)
    tried = []
    for change in possible[:most]:
        place = place_of(market, unit, change.of(lines), lines)
        better = (worst if place is None else place) < (worst if honest is None else honest)
        tried.append(Tried(change, place, better))
    return Trials(honest, tuple(tried), len(possible))


def place_of(market: Market, unit: Line, lines: Sequence[Line], honest: Sequence[Line]) -> int | None:
    """The place on the honest list of what the list `lines` gives."""
    primary = settle(with_list(market, unit, lines)).primary
    got = tuple(int(primary[a]) for a in unit)
    return honest.index(got) if got in honest else None


def list_of(market: Market, unit: Line) -> list[Line]:
    """The lines of an applicant or a couple, one program for each member."""
    if len(unit) == 1:
        return [(p,) for p in _rows(market.app_ptr, market.app_pref)[unit[0]]]
    c = _couple(market, unit)
    first, second = _rows(market.cpl_ptr, market.cpl_p1)[c], _rows(market.cpl_ptr, market.cpl_p2)[c]
    return list(zip(first, second, strict=True))


def unit_of(market: Market, applicant: int) -> Line:
    """The applicant alone, or both members of the couple, the first one first."""
    pairs = zip(market.cpl_a.tolist(), market.cpl_b.tolist(), strict=True)
    return next((pair for pair in pairs if applicant in pair), (applicant,))


def with_list(market: Market, unit: Line, lines: Sequence[Line]) -> Market:
    """The same market with another list for this applicant or couple."""
    if len(unit) == 1:
        rows = _rows(market.app_ptr, market.app_pref)
        rows[unit[0]] = [p for (p,) in lines]
        ptr, pref = _csr(rows)
        return replace(market, app_ptr=ptr, app_pref=pref)
    c, columns = _couple(market, unit), []
    for member, column in enumerate((market.cpl_p1, market.cpl_p2)):
        rows = _rows(market.cpl_ptr, column)
        rows[c] = [line[member] for line in lines]
        ptr, pref = _csr(rows)
        columns.append(pref)
    return replace(market, cpl_ptr=ptr, cpl_p1=columns[0], cpl_p2=columns[1])


def _couple(market: Market, unit: Line) -> int:
    pairs: list[Line] = list(zip(market.cpl_a.tolist(), market.cpl_b.tolist(), strict=True))
    return pairs.index(unit)


def _rows(ptr: Ints, entries: Ints) -> list[list[int]]:
    flat = entries.tolist()
    return [flat[start:end] for start, end in pairwise(ptr.tolist())]


def _csr(rows: Sequence[Sequence[int]]) -> tuple[array[int], array[int]]:
    ptr = array("q", [0])
    for row in rows:
        ptr.append(ptr[-1] + len(row))
    return ptr, array("i", [entry for row in rows for entry in row])
