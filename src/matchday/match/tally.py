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
        """Every (applicant, program) where a primary entry above the match would be granted; keeps the limits."""

    def granted(self, owner: Ints, ptr: Ints, programs: Ints) -> list[bool]:
        """For each entry of the owners' lists: would the program choose the owner, or hold the owner already?

        By the limits asked for last; "no match" is granted.
        """


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
        self.limit: list[int] = []
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
        self.limit = limit
        chosen = [
            {a for rank, a in enumerate(row) if rank < limit[p] or self.second[a] == p}
            for p, row in enumerate(self.theirs)
        ]
        found = []
        for a, row in enumerate(self.mine):
            above = row[: row.index(self.primary[a])] if self.primary[a] in row else row
            found += [(a, p) for p in above if a in chosen[p]]
        return found

    def granted(self, owner: Ints, ptr: Ints, programs: Ints) -> list[bool]:
        """Whether each program would choose or holds the owner of the entry."""
        places = [{a: rank for rank, a in enumerate(row)} for row in self.theirs]
        return [
            p == NO_MATCH
            or (a in places[p] and (places[p][a] < self.limit[p] or p in (self.primary[a], self.second[a])))
            for a, row in zip(owner.tolist(), _rows(ptr, programs), strict=True)
            for p in row
        ]


class ArrayTally:
    """The same with numpy: a few passes over the entries and one sort of those that could block."""

    def __init__(self, market: Market, primary: Ints, second: Ints) -> None:
        import numpy as np

        self.np, self.market = np, market
        self.primary, self.second = np.asarray(primary, np.int32), np.asarray(second, np.int32)
        self.program = np.repeat(np.arange(market.n_programs, dtype=np.int32), np.diff(market.prog_ptr))
        self.applicant = np.repeat(np.arange(market.n_applicants, dtype=np.int32), np.diff(market.app_ptr))
        self.matched = np.flatnonzero(market.app_pref == self.primary[self.applicant])
        self.open = self.sits = self.primary[market.prog_pref] == self.program
        if (self.second != NO_MATCH).any():
            self.sits = self.sits | (self.second[market.prog_pref] == self.program)
        seats = np.flatnonzero(self.sits)
        at = self.program[seats]
        last = np.flatnonzero(np.append(at[1:] != at[:-1], True)) if len(at) else at
        worst = np.full(market.n_programs, -1, np.int64)
        worst[at[last]] = seats[last] - market.prog_ptr[at[last]]
        self.held: list[int] = np.bincount(at, minlength=market.n_programs).tolist()
        self.worst: list[int] = worst.tolist()

    def seconds(self) -> list[int]:
        """Everybody with a first-year position."""
        found: list[int] = self.np.flatnonzero(self.second != NO_MATCH).tolist()
        return found

    def strangers(self) -> list[tuple[int, int, str]]:
        """Matches that a list does not hold."""
        np, market = self.np, self.market
        own = np.zeros(market.n_applicants, bool)
        own[market.cpl_a] = own[market.cpl_b] = True
        own[self.applicant[self.matched]] = True
        found = [
            (a, int(self.primary[a]), "applicant") for a in np.flatnonzero(~own & (self.primary != NO_MATCH)).tolist()
        ]
        for seat in (self.primary, self.second):
            ranked = np.zeros(market.n_applicants, bool)
            if seat is self.primary or self.seconds():
                ranked[market.prog_pref[seat[market.prog_pref] == self.program]] = True
            found += [(a, int(seat[a]), "program") for a in np.flatnonzero(~ranked & (seat != NO_MATCH)).tolist()]
        return found

    def single_blocks(self, limit: list[int]) -> list[tuple[int, int]]:
        """Entries above the match that would be granted."""
        np, market = self.np, self.market
        end = market.app_ptr[1:].copy()
        end[self.applicant[self.matched]] = self.matched
        above = np.flatnonzero(np.arange(len(self.applicant)) < end[self.applicant])
        reach = market.prog_ptr[:-1] + np.asarray(limit, np.int64)
        self.open = (np.arange(len(self.program)) < reach[self.program]) | self.sits
        granted = np.flatnonzero(self.open)
        keys = np.concatenate([
            self.keys(self.applicant[above], market.app_pref[above]),
            self.keys(market.prog_pref[granted], self.program[granted]),
        ])  # fmt: skip
        keys.sort()
        both = keys[1:][keys[1:] == keys[:-1]]
        return [divmod(key, market.n_programs) for key in both.tolist()]

    def keys(self, people: Any, programs: Any) -> Any:
        """One number for each applicant and program; of 32 bits where they suffice, for they sort twice as fast."""
        market = self.market
        kind = self.np.uint32 if market.n_applicants * market.n_programs < 2**32 else self.np.uint64
        return people.astype(kind) * kind(market.n_programs) + programs.astype(kind)

    def granted(self, owner: Ints, ptr: Ints, programs: Ints) -> list[bool]:
        """Whether each program would choose or holds the owner of the entry."""
        np, market = self.np, self.market
        asked = np.zeros(market.n_applicants, bool)
        asked[owner] = True
        entries = np.flatnonzero(asked[market.prog_pref] & self.open)
        sitting = np.sort(self.keys(market.prog_pref[entries], self.program[entries]))
        wanted = self.keys(np.repeat(owner, np.diff(ptr)), np.maximum(programs, 0))
        place = np.minimum(np.searchsorted(sitting, wanted), max(len(sitting) - 1, 0))
        found = sitting[place] == wanted if len(sitting) else np.zeros(len(wanted), bool)
        answer: list[bool] = (found | (programs == NO_MATCH)).tolist()
        return answer
