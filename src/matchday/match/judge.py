"""The judge: is this outcome feasible and stable? Trusts nobody and shares no code with the engines.

Read from an outcome: who is where, and the first-year position of each supplemental list. Everything else is worked out
again. Quotas: a reversion may only give what its donor left unfilled, in the order of the input, and must give all it
can; a program that asked for an even (odd) number may hold fewer than its quota when one more match would break its
request. What an outcome says of its own quotas is believed only where history decides (`final_quotas`) and only if it
is legal. Definition of blocking: section 2 of the specification; see docs/science/match.md.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import compress, groupby, pairwise
from operator import and_
from typing import Any

from matchday.match.market import NO_MATCH, PARITIES, Ints, Market
from matchday.match.tally import Tally, tally_of
from matchday.match.validate import reversions_of


@dataclass(frozen=True, slots=True)
class Verdict:
    """feasible: lists, quotas, reversions and parity hold. stable: feasible, and nothing blocks.

    blocking: units and programs by identifier that would rather have each other. faults: what makes it infeasible.
    final_quota: one for each program. warnings: what is legal and worth knowing.
    """

    feasible: bool
    stable: bool
    blocking: tuple[dict[str, Any], ...]
    faults: tuple[dict[str, Any], ...]
    final_quota: tuple[int, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claims:
    """What an outcome says of its quotas: positions moved by each reversion, final quota of programs."""

    moved: tuple[int, ...] | None = None
    quota: Mapping[int, int] | None = None


@dataclass(frozen=True, slots=True)
class _Block:
    """Members who would take these programs; `rank` counts from 1 on the list named by `kind`."""

    kind: str
    people: tuple[int, ...]
    programs: tuple[int, ...]
    rank: int

    @property
    def seats(self) -> tuple[int, ...]:
        """The program each of the people would join; the one held beside a first-year position is left out."""
        return self.programs[-len(self.people) :]


def judge(
    market: Market, primary: Ints, second: Ints, *, stability: str = "rp", claims: Claims | None = None
) -> Verdict:
    """Judge a matching given as one program for each applicant, -1 for none."""
    tally = tally_of(market, primary, second)
    claims = claims or Claims()
    faults = [*_faults_of_lists(market, tally, primary, second)]
    quota, warnings = final_quotas(market, tally.held, claims)
    faults += _faults_of_numbers(market, tally.held, quota)
    blocks: list[_Block] = []
    if not faults:
        finder = _Finder(market, tally, primary, second, strict=stability != "mm")
        quota = _usable(market, quota)
        blocks = finder.blocks(quota)
        quota, given_up = _with_parity(market, tally.held, quota, claims, blocks)
        warnings += given_up
        blocks = [block for block in blocks if finder.holds(block, quota)]
    return Verdict(
        feasible=not faults,
        stable=not faults and not blocks,
        blocking=tuple(_named(market, block) for block in blocks),
        faults=tuple(faults),
        final_quota=tuple(quota),
        warnings=tuple(warnings),
    )


def _named(market: Market, block: _Block) -> dict[str, Any]:
    """A block with identifiers."""
    return {
        "kind": block.kind,
        "applicants": [market.applicants[a] for a in block.people],
        "programs": [None if p == NO_MATCH else market.programs[p] for p in block.programs],
        "rank": block.rank,
    }


def _fault(market: Market, what: str, people: tuple[int, ...] = (), programs: tuple[int, ...] = ()) -> dict[str, Any]:
    """An infeasibility with identifiers."""
    names = [None if p == NO_MATCH else market.programs[p] for p in programs]
    return {"what": what, "applicants": [market.applicants[a] for a in people], "programs": names}


def _faults_of_lists(market: Market, tally: Tally, primary: Ints, second: Ints) -> Iterator[dict[str, Any]]:
    """Matches that are on no list, pairs that were not ranked, first-year positions that do not belong."""
    for a, p, whose in tally.strangers():
        yield _fault(market, f"not on the list of the {whose}", (a,), (p,))
    for c, (x, y) in enumerate(_couples(market)):
        pair = (int(primary[x]), int(primary[y]))
        if pair != (NO_MATCH, NO_MATCH) and pair not in _joint(market, c):
            yield _fault(market, "not a pair of the joint list", (x, y), pair)
    holders = zip(market.supp_of.tolist(), market.supp_at.tolist(), strict=True)
    rows, ptr = {holder: s for s, holder in enumerate(holders)}, market.supp_ptr
    for a in tally.seconds():
        at, r = int(primary[a]), int(second[a])
        s = rows.get((a, at))
        if s is None or r not in market.supp_pref[ptr[s] : ptr[s + 1]].tolist():
            yield _fault(market, "not on the supplemental list of the program held", (a,), (at, r))


def _couples(market: Market) -> list[tuple[int, int]]:
    """The members of each couple."""
    return list(zip(market.cpl_a.tolist(), market.cpl_b.tolist(), strict=True))


def _joint(market: Market, c: int) -> list[tuple[int, int]]:
    """The joint list of couple c."""
    part = slice(int(market.cpl_ptr[c]), int(market.cpl_ptr[c + 1]))
    return list(zip(market.cpl_p1[part].tolist(), market.cpl_p2[part].tolist(), strict=True))


def _faults_of_numbers(market: Market, held: list[int], quota: list[int]) -> Iterator[dict[str, Any]]:
    """Too many matches, or a number that the program did not ask for."""
    for p, count in enumerate(held):
        if count > quota[p]:
            yield _fault(market, f"{count} matches for {quota[p]} positions after reversions", programs=(p,))
    for p, wanted in enumerate(market.parity.tolist()):
        if wanted and held[p] and (held[p] % 2 == 1) != (PARITIES[wanted] == "odd"):
            yield _fault(market, f"{held[p]} matches where an {PARITIES[wanted]} number was asked", programs=(p,))


def final_quotas(market: Market, held: list[int], claims: Claims) -> tuple[list[int], list[str]]:
    """Quotas after reversions, and warnings.

    Without circles and without donors that asked for a parity the numbers of matches leave one possibility only. Where
    they leave several, positions moved as the outcome claims are accepted if every move was allowed.
    """
    start = _usable(market, market.quota.tolist())
    rows = list(reversions_of(market))
    if claims.moved is not None and len(claims.moved) == len(rows):
        quota = _moved(start, rows, claims.moved)
        allowed = all(
            0 <= moved <= most and quota[donor] >= held[donor]
            and (moved == most or quota[donor] == held[donor] or market.parity[donor] > 0)
            for (donor, _, most), moved in zip(rows, claims.moved, strict=True)
        )  # fmt: skip
        if allowed:
            return quota, []
        return _replayed(start, rows, held), ["the positions moved by reversions are not those the outcome claims"]
    return _replayed(start, rows, held), []


def _usable(market: Market, quota: list[int]) -> list[int]:
    """Quotas without the position that a parity request leaves idle."""
    asked = [(p, PARITIES[wanted]) for p, wanted in enumerate(market.parity.tolist()) if wanted]
    usable = quota.copy()
    for p, parity in asked:
        usable[p] -= _spare(quota[p], parity)
    return usable


def _spare(quota: int, parity: str) -> int:
    """The position that cannot be used, for the quota itself is not of the number asked for."""
    return int(quota > 0 and ((parity == "even" and quota % 2 == 1) or (parity == "odd" and quota % 2 == 0)))


def _moved(start: list[int], rows: list[tuple[int, int, int]], moved: tuple[int, ...]) -> list[int]:
    """Quotas after these moves."""
    quota = start.copy()
    for (donor, receiver, _), count in zip(rows, moved, strict=True):
        quota[donor] -= count
        quota[receiver] += count
    return quota


def _replayed(start: list[int], rows: list[tuple[int, int, int]], held: list[int]) -> list[int]:
    """Give what is unfilled, first reversion first, until nothing is left to give."""
    quota, left = start.copy(), [most for _, _, most in rows]
    changed = True
    while changed:
        changed = False
        for i, (donor, receiver, _) in enumerate(rows):
            gift = min(left[i], quota[donor] - held[donor])
            if gift > 0:
                left[i] -= gift
                quota[donor] -= gift
                quota[receiver] += gift
                changed = True
    return quota


def _with_parity(
    market: Market, held: list[int], quota: list[int], claims: Claims, blocks: list[_Block]
) -> tuple[list[int], list[str]]:
    """Lower the quota of programs with a parity request where that is allowed; blocks: what blocks if nothing is.

    If all who would join made a number that was not asked for, one of them may be refused. Beyond that a lower quota
    is believed if the outcome claims it and it is of the right number, for a quota that was lowered stays lowered.
    """
    asked = {p: PARITIES[wanted] for p, wanted in enumerate(market.parity.tolist()) if wanted and held[p] < quota[p]}
    joining: dict[int, dict[int, int]] = {p: {} for p in asked}
    for block in blocks:
        for p in block.seats:
            units = joining.get(p, {})
            units[block.people[0]] = max(units.get(block.people[0], 0), block.seats.count(p))
    lowered, warnings = quota.copy(), []
    for p, parity in asked.items():
        coming = sum(joining[p].values())
        if _spare(held[p] + coming, parity):
            lowered[p] = min(lowered[p], held[p] + coming - 1)
        claim = (claims.quota or {}).get(p, quota[p])
        if held[p] <= claim < lowered[p] and not _spare(claim, parity):
            lowered[p] = claim
            warnings.append(
                f"program {market.programs[p]!r} lost positions to its {parity} number, and {coming} "
                "applicants would fill them now: a quota that was lowered stays lowered"
            )
    return lowered, warnings


class _Finder:
    """Looks for everything that blocks, for given quotas."""

    def __init__(self, market: Market, tally: Tally, primary: Ints, second: Ints, *, strict: bool) -> None:
        self.market, self.tally, self.strict = market, tally, strict
        self.primary, self.second = primary.tolist(), second.tolist()

    def blocks(self, quota: list[int]) -> list[_Block]:
        """Singles, then couples, then first-year positions."""
        ends = pairwise(self.market.prog_ptr.tolist())
        seats = zip(ends, self.tally.held, self.tally.worst, quota, strict=True)
        limit = [end - start if count < room else worst for (start, end), count, worst, room in seats]
        found = [_Block("single", (a,), (p,), self.rank_of(a, p)) for a, p in self.tally.single_blocks(limit)]
        found.sort(key=lambda block: (block.people, block.rank))
        return [*found, *self.couple_blocks(quota), *self.second_blocks()]

    def holds(self, block: _Block, quota: list[int]) -> bool:
        """Whether what blocked with larger quotas still does."""
        if len(block.people) == 2 and block.programs[0] == block.programs[1] != NO_MATCH:
            return self.both_chosen(block.programs[0], *block.people, quota[block.programs[0]])
        return all(p == NO_MATCH or self.chosen(a, p, quota[p]) for a, p in zip(block.people, block.seats, strict=True))

    def chosen(self, a: int, p: int, quota: int) -> bool:
        """Whether one program would choose one applicant or holds that one already."""
        free, rank = self.tally.held[p] < quota, self.row_of(p).index(a)
        return free or p in (self.primary[a], self.second[a]) or rank < self.tally.worst[p]

    def row_of(self, p: int) -> list[int]:
        """A program's list."""
        row: list[int] = self.market.prog_pref[self.market.prog_ptr[p] : self.market.prog_ptr[p + 1]].tolist()
        return row

    def rank_of(self, a: int, p: int) -> int:
        """The place of a program on a primary list, from 1."""
        market = self.market
        row: list[int] = market.app_pref[market.app_ptr[a] : market.app_ptr[a + 1]].tolist()
        return row.index(p) + 1

    def couple_blocks(self, quota: list[int]) -> Iterator[_Block]:
        """Pairs above the current one that the programs would take; each partner alone has to be welcome in any case."""
        market, ptr, couples = self.market, self.market.cpl_ptr.tolist(), _couples(self.market)
        lines = list(zip(market.cpl_p1.tolist(), market.cpl_p2.tolist(), strict=True))
        first = self.tally.granted(market.cpl_a, market.cpl_ptr, market.cpl_p1)
        second = self.tally.granted(market.cpl_b, market.cpl_ptr, market.cpl_p2)
        welcome = compress(range(len(lines)), map(and_, first, second))
        for c, candidates in groupby(welcome, lambda i: bisect_right(ptr, i) - 1):
            x, y = couples[c]
            joint, now = lines[ptr[c] : ptr[c + 1]], (self.primary[x], self.primary[y])
            above = joint.index(now) if now in joint else len(joint)
            for rank in [i - ptr[c] for i in candidates if i - ptr[c] < above]:
                p, q = joint[rank]
                if p != q or p == NO_MATCH or self.both_chosen(p, x, y, quota[p]):
                    yield _Block("couple", (x, y), (p, q), rank + 1)

    def both_chosen(self, p: int, x: int, y: int, quota: int) -> bool:
        """Whether one program would take both partners, by the definition asked for."""
        row = self.row_of(p)
        if x not in row or y not in row:
            return False
        sitting = [a for a in row if p in (self.primary[a], self.second[a])]
        if self.strict:
            chosen = [a for a in row if a in (x, y) or a in sitting][:quota]
            return x in chosen and y in chosen
        others = [a for a in sitting if a not in (x, y)]
        free = quota - len(sitting)
        beaten = [sum(row.index(a) < row.index(s) for s in others) for a in (x, y) if a not in sitting]
        if len(beaten) - free <= 0:
            return True
        if len(beaten) - free == 1:
            return max(beaten) >= 1
        # Nobody is replaced twice: the one who beats fewer needs one match, the other a second one.
        return min(beaten) >= 1 and max(beaten) >= 2

    def second_blocks(self) -> Iterator[_Block]:
        """First-year positions above the current one that the programs would give."""
        market, ptr, wanted = self.market, self.market.supp_ptr.tolist(), self.market.supp_pref.tolist()
        granted = self.tally.granted(market.supp_of, market.supp_ptr, market.supp_pref)
        for s, (a, at) in enumerate(zip(market.supp_of.tolist(), market.supp_at.tolist(), strict=True)):
            if self.primary[a] == at:
                for i in range(ptr[s], ptr[s + 1]):
                    if wanted[i] == self.second[a]:
                        break
                    if granted[i]:
                        yield _Block("supplemental", (a,), (at, wanted[i]), i - ptr[s] + 1)
