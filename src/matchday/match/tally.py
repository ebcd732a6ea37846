"""What the judge counts: who sits where, at which rank, and who would be chosen. Once plain, once for a whole nation.

Both tallies answer the same questions. A program's *limit* is the first rank it would not choose: the length of its
list while a position is free, else the rank of its worst match.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Protocol

from matchday.match.market import NO_MATCH, Ints, Market


class Tally(Protocol):
    """The questions of the judge."""

    held: list[int]
    worst: list[int]

    def seconds(self) -> list[int]:
        """Everybody who has a first-year position from a supplemental list, or says so."""

    def strangers(self) -> list[tuple[int, int, str]]:
        """Matches that a list does not hold: (applicant, program, whose list)."""

    def single_blocks(self, limit: list[int]) -> list[tuple[int, int]]:
        """Every (applicant, program) where a primary entry above the match would be granted, in order."""

    def takers(self, people: set[int], limit: list[int]) -> dict[int, set[int]]:
        """The programs that would choose each of these people or hold them already."""


def tally_of(market: Market, primary: Ints, second: Ints) -> Tally:
    """The plain tally for a small market, the vectorised one for a large one."""
    return PlainTally(market, primary, second) if market.is_small else ArrayTally(market, primary, second)


def _rows(ptr: Ints, entries: Ints) -> list[list[int]]:
    flat: list[int] = entries.tolist()
    return [flat[a:b] for a, b in pairwise(ptr.tolist())]


class PlainTally:
    """By loops over lists."""

    def __init__(self, market: Market, primary: Ints, second: Ints) -> None:
        self.primary, self.second = primary.tolist(), second.tolist()
        self.mine, self.theirs = _rows(market.app_ptr, market.app_pref), _rows(market.prog_ptr, market.prog_pref)
        self.partners = {*market.cpl_a.tolist(), *market.cpl_b.tolist()}
        sitting = [
            [rank for rank, a in enumerate(row) if p in (self.primary[a], self.second[a])]
            for p, row in enumerate(self.theirs)
        ]
        self.held = [len(ranks) for ranks in sitting]
        self.worst = [max(ranks, default=-1) for ranks in sitting]

    def seconds(self) -> list[int]:
        """Everybody with a first-year position."""
        return [a for a, r in enumerate(self.second) if r != NO_MATCH]

    def strangers(self) -> list[tuple[int, int, str]]:
        """Matches that a list does not hold."""
        ranked = [set(row) for row in self.theirs]
        own = [(a, p, "applicant") for a, p in enumerate(self.primary)
               if p != NO_MATCH and a not in self.partners and p not in self.mine[a]]  # fmt: skip
        seats = [(a, p) for seat in (self.primary, self.second) for a, p in enumerate(seat)]
        return own + [(a, p, "program") for a, p in seats if p != NO_MATCH and a not in ranked[p]]

    def single_blocks(self, limit: list[int]) -> list[tuple[int, int]]:
        """Entries above the match that would be granted."""
        chosen = [
            {a for rank, a in enumerate(row) if rank < limit[p] or self.second[a] == p}
            for p, row in enumerate(self.theirs)
        ]
        found = []
        for a, row in enumerate(self.mine):
            above = row[: row.index(self.primary[a])] if self.primary[a] in row else row
            found += [(a, p) for p in above if a in chosen[p]]
        return found

    def takers(self, people: set[int], limit: list[int]) -> dict[int, set[int]]:
        """Programs that would choose each of these people."""
        chosen: dict[int, set[int]] = {a: {NO_MATCH} for a in people}
        for p, row in enumerate(self.theirs):
            for rank, a in enumerate(row):
                if a in chosen and (rank < limit[p] or p in (self.primary[a], self.second[a])):
                    chosen[a].add(p)
        return chosen


class ArrayTally:
    """The same with numpy: a few passes over the entries and one sort of those that could block."""

    def __init__(self, market: Market, primary: Ints, second: Ints) -> None:
        import numpy as np

        self.np, self.market = np, market
        self.primary, self.second = np.asarray(primary, np.int32), np.asarray(second, np.int32)
        self.program = np.repeat(np.arange(market.n_programs, dtype=np.int32), np.diff(market.prog_ptr))
        self.rank = np.arange(len(self.program), dtype=np.int32) - market.prog_ptr[self.program].astype(np.int32)
        self.applicant = np.repeat(np.arange(market.n_applicants, dtype=np.int32), np.diff(market.app_ptr))
        self.sits = self.primary[market.prog_pref] == self.program
        if (self.second != NO_MATCH).any():
            self.sits |= self.second[market.prog_pref] == self.program
        seats = np.flatnonzero(self.sits)
        at = self.program[seats]
        last = np.flatnonzero(np.append(at[1:] != at[:-1], True)) if len(at) else at
        worst = np.full(market.n_programs, -1, np.int32)
        worst[at[last]] = self.rank[seats[last]]
        self.held: list[int] = np.bincount(at, minlength=market.n_programs).tolist()
        self.worst: list[int] = worst.tolist()

    def seconds(self) -> list[int]:
        """Everybody with a first-year position."""
        found: list[int] = self.np.flatnonzero(self.second != NO_MATCH).tolist()
        return found

    def strangers(self) -> list[tuple[int, int, str]]:
        """Matches that a list does not hold."""
        np, market = self.np, self.market
        known = np.zeros(market.n_applicants, bool)
        known[market.cpl_a] = known[market.cpl_b] = True
        known[self.applicant[market.app_pref == self.primary[self.applicant]]] = True
        found = [(a, "applicant", self.primary) for a in np.flatnonzero(~known & (self.primary != NO_MATCH)).tolist()]
        for seat in (self.primary, self.second):
            ranked = np.zeros(market.n_applicants, bool)
            ranked[market.prog_pref[seat[market.prog_pref] == self.program]] = True
            found += [(a, "program", seat) for a in np.flatnonzero(~ranked & (seat != NO_MATCH)).tolist()]
        return [(a, int(seat[a]), whose) for a, whose, seat in found]

    def single_blocks(self, limit: list[int]) -> list[tuple[int, int]]:
        """Entries above the match that would be granted."""
        np, market = self.np, self.market
        position = np.diff(market.app_ptr)
        matched = np.flatnonzero(market.app_pref == self.primary[self.applicant])
        position[self.applicant[matched]] = matched - market.app_ptr[self.applicant[matched]]
        above = np.arange(len(self.applicant)) < (market.app_ptr[:-1] + position)[self.applicant]
        granted = self.granted(limit)
        width = np.int64(market.n_programs)
        wanted = self.applicant[above] * width + market.app_pref[above]
        offered = market.prog_pref[granted] * width + self.program[granted]
        both = np.intersect1d(wanted, offered, assume_unique=True)
        return [divmod(key, int(width)) for key in both.tolist()]

    def granted(self, limit: list[int]) -> Any:
        """For each entry of a program: whether the program would choose the applicant or holds it already."""
        return (self.rank < self.np.asarray(limit, self.np.int32)[self.program]) | self.sits

    def takers(self, people: set[int], limit: list[int]) -> dict[int, set[int]]:
        """Programs that would choose each of these people."""
        np, market = self.np, self.market
        asked = np.zeros(market.n_applicants, bool)
        asked[list(people)] = True
        entries = np.flatnonzero(asked[market.prog_pref] & self.granted(limit))
        chosen: dict[int, set[int]] = {a: {NO_MATCH} for a in people}
        for a, p in zip(market.prog_pref[entries].tolist(), self.program[entries].tolist(), strict=True):
            chosen[a].add(p)
        return chosen
