"""Roth-Peranson written to be read: applicant-proposing, one unit after another, with every variation.

A *unit* is a single (its number is the applicant's) or a couple (the number of applicants plus the couple's number).
`kernel.py` gives the same matching, counts and loops, so every order is fixed here:

1. The singles propose, primary lists only: plain deferred acceptance. Each entry is considered once, so its proposals
   do not depend on the order: for every single the line it ends on plus one, or the length of its list.
2. The linked units join one at a time in the order of `sequence.joining_order`, and both stacks are emptied after each.
   An applicant with a supplemental list sits since step 1 and now looks for a first-year position.
3. `place` reads a unit's list from the top down to the outcome it has and takes the first line that the programs would
   take; then each member, first one first, reads the supplemental list of the program it holds in the same way.
   Taking a line: the members leave their old programs, take the new ones, and only then do programs with too many
   refuse their worst match outside the unit. The program of the first member comes first in all of this.
4. A displaced unit withdraws whole (first member before second, primary before first-year position) and goes on the
   applicant stack; one that loses a first-year position alone keeps the rest and goes there too. A position that is
   left puts its program on the program stack. Both are last in, first out, and nothing stands on a stack twice.
5. The applicant stack goes first. A program taken off its stack is read from the top of its list while it would still
   take the next one, and everybody who would rather be there is placed at once, displaced units waiting meanwhile.
6. With both stacks empty and every unit in, the first reversion in input order that has something to give gives all it
   can, and the receiver goes on the program stack; without one, the first program in input order whose number of
   matches is not the kind it asked for loses its worst match, and its quota becomes what is left. After each such step
   the stacks are emptied again, until there is none.
7. A linked unit that has taken more than `PLACEMENTS_OF_A_UNIT` outcomes since the sequence began is looping: the
   market goes back to the end of step 1 and the next sequence begins. When all of them (`outcome.sequences_for`) have
   failed, sequence 0 runs once more and each looping unit is given up as it is found: it withdraws and stays out.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections.abc import Iterable
from itertools import pairwise

from matchday.match.market import NO_MATCH, Ints, Market
from matchday.match.outcome import PLACEMENTS_OF_A_UNIT, Settled, sequences_for
from matchday.match.sequence import joining_order


class Looping(Exception):
    """A unit has been placed so often that the sequence will not end."""

    def __init__(self, unit: int) -> None:
        self.unit = unit


class MarketLists:
    """The market as lists and dictionaries, never changed."""

    def __init__(self, market: Market) -> None:
        self.applicants, self.programs = market.n_applicants, market.n_programs
        self.of_program = _rows(market.prog_ptr, market.prog_pref)
        self.rank = [{a: rank for rank, a in enumerate(row)} for row in self.of_program]
        couples = list(zip(market.cpl_a.tolist(), market.cpl_b.tolist(), strict=True))
        self.members: list[tuple[int, ...]] = [*((a,) for a in range(self.applicants)), *couples]
        self.unit_of = list(range(self.applicants))
        for unit, pair in enumerate(couples, self.applicants):
            self.unit_of[pair[0]] = self.unit_of[pair[1]] = unit
        first, second = _rows(market.cpl_ptr, market.cpl_p1), _rows(market.cpl_ptr, market.cpl_p2)
        self.lines: list[list[tuple[int, ...]]] = [
            [(p,) for p in row] for row in _rows(market.app_ptr, market.app_pref)
        ]
        self.lines += [list(zip(p, q, strict=True)) for p, q in zip(first, second, strict=True)]
        self.first_line: list[dict[int, int]] = [{} for _ in range(self.applicants)]
        for unit, lines in enumerate(self.lines):
            for number, line in enumerate(lines):
                for member, program in zip(self.members[unit], line, strict=True):
                    self.first_line[member].setdefault(program, number)
        holders = zip(market.supp_of.tolist(), market.supp_at.tolist(), strict=True)
        self.supplemental = dict(zip(holders, _rows(market.supp_ptr, market.supp_pref), strict=True))
        alone = {a for a, _ in self.supplemental if self.unit_of[a] == a}
        self.linked = [*sorted(alone), *range(self.applicants, len(self.members))]
        self.may_loop = frozenset(self.linked)


def _rows(ptr: Ints, entries: Ints) -> list[list[int]]:
    """The lists of a CSR array."""
    flat = entries.tolist()
    return [flat[start:end] for start, end in pairwise(ptr.tolist())]


class Match:
    """The current match and the two stacks."""

    def __init__(self, lists: MarketLists, quota: list[int], *, both_at_once: bool) -> None:
        self.lists, self.quota, self.both_at_once = lists, quota, both_at_once
        self.held: list[list[int]] = [[] for _ in quota]  # ranks, ascending
        self.primary, self.second = [NO_MATCH] * lists.applicants, [NO_MATCH] * lists.applicants
        self.line = [len(lines) for lines in lists.lines]
        self.present = [unit < lists.applicants for unit in range(len(lists.members))]
        self.applicant_stack: list[int] = []
        self.program_stack: list[int] = []
        self.placed = [0] * len(lists.members)
        self.proposals = self.placements = 0
        self.given_up: list[int] | None = None

    def back_to(self, start: Match) -> None:
        """Become what `start` is, but keep counting."""
        self.quota, self.held = start.quota.copy(), [held.copy() for held in start.held]
        self.primary, self.second, self.line = start.primary.copy(), start.second.copy(), start.line.copy()
        self.present, self.placed = start.present.copy(), [0] * len(self.placed)
        self.applicant_stack, self.program_stack = [], []

    def all_singles_propose(self) -> None:
        """Step 1."""
        lists, turn = self.lists, [0] * self.lists.applicants
        for applicant in range(lists.applicants):
            proposer = applicant
            while turn[proposer] < len(lists.lines[proposer]):
                (program,) = lists.lines[proposer][turn[proposer]]
                self.proposals += 1
                if not self.takes(program, proposer):
                    turn[proposer] += 1
                    continue
                self.primary[proposer], self.line[proposer] = program, turn[proposer]
                held = self.held[program]
                insort(held, lists.rank[program][proposer])
                if len(held) <= self.quota[program]:
                    break
                proposer = lists.of_program[program][held.pop()]
                self.primary[proposer], self.line[proposer] = NO_MATCH, len(lists.lines[proposer])
                turn[proposer] += 1
        self.placements = sum(program != NO_MATCH for program in self.primary)

    def takes(self, program: int, applicant: int) -> bool:
        """Whether the program would choose the applicant beside those it holds, or holds it already."""
        rank = self.lists.rank[program].get(applicant)
        if rank is None:
            return False
        held = self.held[program]
        return len(held) < self.quota[program] or bool(held and rank <= held[-1])

    def takes_line(self, unit: int, line: tuple[int, ...]) -> bool:
        """Whether the programs of a line would take the unit's members."""
        members = self.lists.members[unit]
        if len(line) == 2 and line[0] == line[1] != NO_MATCH:
            return self.takes_both(line[0], *members)
        return all(p == NO_MATCH or self.takes(p, a) for a, p in zip(members, line, strict=True))

    def takes_both(self, program: int, a: int, b: int) -> bool:
        """Whether the program would choose both partners together.

        The definition used: both are among the best `quota` of those it holds and the two. The McDermid-Manlove one
        asks each newcomer to find a free position or beat a match of its own, the partner's position excepted.
        """
        ranks = [self.lists.rank[program].get(member) for member in (a, b)]
        if ranks[0] is None or ranks[1] is None:
            return False
        better, worse = sorted((ranks[0], ranks[1]))
        held, quota = self.held[program], self.quota[program]
        others = [rank for rank in held if rank not in ranks]
        if not self.both_at_once:
            return bisect_left(others, worse) + 2 <= quota
        newcomers = [rank for rank in (better, worse) if rank not in held]
        free = max(quota - len(held), 0)
        to_beat = len(newcomers) - free
        # The better newcomer faces the better of the matches to be replaced.
        return to_beat <= 0 or (
            len(others) >= to_beat
            and all(rank < other for rank, other in zip(newcomers[:to_beat], others[-to_beat:], strict=True))
        )

    def place(self, unit: int) -> None:
        """Step 3: the best outcome that the programs would take, if it is better than the one the unit has."""
        if unit in self.applicant_stack:
            self.applicant_stack.remove(unit)
        for number in range(self.line[unit]):
            self.proposals += 1
            if self.takes_line(unit, self.lists.lines[unit][number]):
                self.count_placement(unit)
                if self.present[unit]:
                    self.take_line(unit, number)
                break
        for member in self.lists.members[unit]:
            self.improve_second(member)

    def count_placement(self, unit: int) -> None:
        """Step 7: raise `Looping`, or give the unit up in the last resort."""
        self.placements += 1
        self.placed[unit] += 1
        if self.placed[unit] > PLACEMENTS_OF_A_UNIT and unit in self.lists.may_loop:
            if self.given_up is None:
                raise Looping(unit)
            self.given_up.append(unit)
            self.present[unit] = False
            self.withdraw(unit)
            self.applicant_stack = [waiting for waiting in self.applicant_stack if waiting != unit]

    def take_line(self, unit: int, number: int) -> None:
        """Leave what is left, take what is new, then let the programs refuse."""
        self.line[unit] = number
        members, line = self.lists.members[unit], self.lists.lines[unit][number]
        for member, program in zip(members, line, strict=True):
            if self.primary[member] not in (program, NO_MATCH):
                self.leave(self.primary[member], member)
            if self.second[member] == program:
                self.second[member] = NO_MATCH  # the position becomes the primary one
        for member, program in zip(members, line, strict=True):
            self.primary[member] = program
            self.sit(program, member)
        for program in line:
            self.refuse_surplus(program, [a for a, p in zip(members, line, strict=True) if p == program])

    def improve_second(self, applicant: int) -> None:
        """The best first-year position on the list that goes with the program held."""
        have = self.second[applicant]
        for program in self.lists.supplemental.get((applicant, self.primary[applicant]), ()):
            if program == have:
                return
            self.proposals += 1
            if self.takes(program, applicant):
                unit = self.lists.unit_of[applicant]
                self.count_placement(unit)
                if self.present[unit]:
                    self.leave(have, applicant)
                    self.second[applicant] = program
                    self.sit(program, applicant)
                    self.refuse_surplus(program, [applicant])
                return
        self.second[applicant] = NO_MATCH
        self.leave(have, applicant)

    def sit(self, program: int, applicant: int) -> None:
        """Add the applicant to those held, once."""
        if program != NO_MATCH and (rank := self.lists.rank[program][applicant]) not in self.held[program]:
            insort(self.held[program], rank)

    def leave(self, program: int, applicant: int) -> None:
        """Give a position back: the program goes on its stack."""
        if program != NO_MATCH:
            self.held[program].remove(self.lists.rank[program][applicant])
            self.reopen_later(program)

    def refuse_surplus(self, program: int, keep: list[int]) -> None:
        """Displace the worst matches outside the unit until the quota holds."""
        while program != NO_MATCH and len(self.held[program]) > self.quota[program]:
            row = self.lists.of_program[program]
            worst = next(row[rank] for rank in reversed(self.held[program]) if row[rank] not in keep)
            self.displace(program, worst)

    def displace(self, program: int, applicant: int) -> None:
        """Step 4: take this position away; with a primary one the whole unit withdraws."""
        unit = self.lists.unit_of[applicant]
        self.held[program].remove(self.lists.rank[program][applicant])
        if self.second[applicant] == program:
            self.second[applicant] = NO_MATCH
        else:
            self.primary[applicant] = NO_MATCH
            self.withdraw(unit)
        if unit not in self.applicant_stack:
            self.applicant_stack.append(unit)

    def withdraw(self, unit: int) -> None:
        """Give back everything that the unit still has."""
        self.line[unit] = len(self.lists.lines[unit])
        for member in self.lists.members[unit]:
            left = (self.primary[member], self.second[member])
            self.primary[member] = self.second[member] = NO_MATCH
            for program in left:
                self.leave(program, member)

    def reopen_later(self, program: int) -> None:
        """Put a program on its stack."""
        if program not in self.program_stack:
            self.program_stack.append(program)

    def wants(self, applicant: int, program: int) -> bool:
        """Whether a unit lists the program for this member above what it has."""
        unit = self.lists.unit_of[applicant]
        if not self.present[unit]:
            return False
        if self.lists.first_line[applicant].get(program, self.line[unit]) < self.line[unit]:
            return True
        for other in self.lists.supplemental.get((applicant, self.primary[applicant]), ()):
            if other in (program, self.second[applicant]):
                return other != self.second[applicant]
        return False

    def reopen(self, program: int) -> None:
        """Step 5: place everybody who would rather be here, in the program's order, while it would take them."""
        for rank, applicant in enumerate(self.lists.of_program[program]):
            held = self.held[program]
            if len(held) >= self.quota[program] and (not held or rank > held[-1]):
                return
            if self.wants(applicant, program):
                self.place(self.lists.unit_of[applicant])

    def empty_stacks(self) -> None:
        """Steps 4 and 5 until nothing waits."""
        while self.applicant_stack or self.program_stack:
            if self.applicant_stack:
                self.place(self.applicant_stack.pop())
            else:
                self.reopen(self.program_stack.pop())

    def join(self, units: Iterable[int]) -> None:
        """Step 2."""
        for unit in units:
            self.present[unit] = True
            self.place(unit)
            self.empty_stacks()

    def give_over(self, market: Market, moved: list[int]) -> bool:
        """Step 6, reversions: the first one that has something to give."""
        for i, donor in enumerate(market.rev_from.tolist()):
            gift = min(int(market.rev_max[i]) - moved[i], self.quota[donor] - len(self.held[donor]))
            if gift > 0:
                receiver = int(market.rev_to[i])
                moved[i] += gift
                self.quota[donor] -= gift
                self.quota[receiver] += gift
                self.reopen_later(receiver)
                return True
        return False

    def make_even(self, parity: list[int]) -> bool:
        """Step 6, parity: the first program with a number of matches that it did not ask for."""
        for program, wanted in enumerate(parity):
            held = self.held[program]
            if wanted and held and (len(held) - wanted) % 2 == 0:
                self.quota[program] = len(held) - 1
                self.displace(program, self.lists.of_program[program][held[-1]])
                return True
        return False

    def run(self, market: Market, order: list[int]) -> list[int]:
        """Steps 2 to 6; positions given over by each reversion."""
        parity, moved = market.parity.tolist(), [0] * len(market.rev_from)
        self.join(order)
        while self.give_over(market, moved) or self.make_even(parity):
            self.empty_stacks()
        return moved


def first_quotas(market: Market) -> list[int]:
    """The quotas that the match begins with: the largest of the kind a program asked for."""
    pairs = zip(market.quota.tolist(), market.parity.tolist(), strict=True)
    return [quota - (wanted > 0 and quota > 0 and (quota - wanted) % 2 == 0) for quota, wanted in pairs]


def settle(market: Market, *, seed: int = 0, stability: str = "rp", sequences: int | None = None) -> Settled:
    """The match of any market, by the steps above.

    proposals: lines and entries considered, step 1 once and every sequence. placements: singles that sat after step 1,
    then every outcome that a unit took in any sequence. stability: "rp" or "mm", for both partners at one program. sequences: how many are
    tried; without it what the size of the market asks for.
    """
    lists = MarketLists(market)
    start = Match(lists, first_quotas(market), both_at_once=stability == "mm")
    start.all_singles_propose()
    match = Match(lists, start.quota, both_at_once=start.both_at_once)
    match.proposals, match.placements = start.proposals, start.placements
    looped: list[int] = []
    sequences = sequences or sequences_for(market)
    while True:
        match.back_to(start)
        number = len(looped) % sequences
        match.given_up = [] if len(looped) == sequences else None
        order = joining_order(lists.linked, market.n_couples, seed, number, looped[0] if looped else NO_MATCH)
        try:
            moved = match.run(market, order)
            break
        except Looping as looping:
            looped.append(looping.unit)
    return Settled(
        primary=array("i", match.primary),
        second=array("i", match.second),
        quota=array("i", match.quota),
        moved=array("i", moved),
        looped=tuple(looped),
        given_up=tuple(match.given_up or ()),
        sequence=number,
        proposals=match.proposals,
        placements=match.placements,
    )
