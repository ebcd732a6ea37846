"""A match told step by step: who asks whom, what is answered, who loses a position by it, who is held afterwards.

The steps are those of `reference.py` in its own order; this file only writes down what happens there.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from matchday.match.market import NO_MATCH, Market
from matchday.match.reference import Looping, MarketLists, Match, first_quotas
from matchday.match.sequence import joining_order

Act = Literal["asks", "first_year", "gives", "lowers"]
# A market with more list entries is not told step by step: nobody would read it.
ENTRIES_WORTH_TELLING = 3_000


@dataclass(slots=True)
class Step:
    """One step. Applicants and programs are numbers.

    act: "asks" (`who` asks for the programs `line`, one for each member), "first_year" (the same for a position from a
    supplemental list), "gives" (program `line[0]` gives free positions over to `line[1]`), "lowers" (program `line[0]`
    wants an even or odd number and lets its last match go). answers: for each asked program "free", "better" (it
    prefers the asker to somebody it holds), "full", "unranked", "holds" (it holds the asker already) or "" for no
    match. held: who each program holds after the step, best first; quota: its positions after the step.
    """

    act: Act
    who: tuple[int, ...]
    line: tuple[int, ...]
    answers: tuple[str, ...] = ()
    taken: bool = True
    lost: list[tuple[int, int]] = field(default_factory=list)
    held: tuple[tuple[int, ...], ...] = ()
    quota: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """All steps; `ended` is False when the units went round in circles, where other sequences have to be tried."""

    steps: tuple[Step, ...]
    ended: bool


def steps(market: Market, *, seed: int = 0, stability: str = "rp") -> Told:
    """The steps of the first sequence of a small market."""
    lists = MarketLists(market)
    match = _Telling(lists, first_quotas(market), both_at_once=stability == "mm")
    match.all_singles_propose()
    match.given_up = None
    try:
        match.run(market, joining_order(lists.linked, market.n_couples, seed, 0, NO_MATCH))
        ended = True
    except Looping:
        ended = False
    match.close()
    return Told(tuple(match.told), ended)


class _Telling(Match):
    """The engine, writing down what it does."""

    def __init__(self, lists: MarketLists, quota: list[int], *, both_at_once: bool) -> None:
        super().__init__(lists, quota, both_at_once=both_at_once)
        self.told: list[Step] = []

    def open(self, step: Step) -> Step:
        """A new step begins; the one before it is over."""
        self.close()
        self.told.append(step)
        return step

    def close(self) -> None:
        """Keep the state at the end of the last step."""
        if self.told:
            self.told[-1].held, self.told[-1].quota = self.state()

    def state(self) -> tuple[tuple[tuple[int, ...], ...], tuple[int, ...]]:
        """Whom each program holds, best first, and its positions."""
        held = (tuple(row[rank] for rank in ranks) for row, ranks in zip(self.lists.of_program, self.held, strict=True))
        return tuple(held), tuple(self.quota)

    def all_singles_propose(self) -> None:
        """Step 1 of the engine, told: whoever loses a position asks next."""
        asked = [0] * self.lists.applicants
        for applicant in range(self.lists.applicants):
            proposer: int | None = applicant
            while proposer is not None and asked[proposer] < len(self.lists.lines[proposer]):
                number = asked[proposer]
                asked[proposer] += 1
                proposer = self.single_asks(proposer, number)
        self.placements = sum(program != NO_MATCH for program in self.primary)

    def single_asks(self, applicant: int, number: int) -> int | None:
        """One line of one list; gives who asks next, if anybody has to."""
        (program,) = self.lists.lines[applicant][number]
        step = self.open(Step("asks", (applicant,), (program,), (self.view(program, applicant),)))
        self.proposals += 1
        step.taken = self.takes(program, applicant)
        if not step.taken:
            return applicant
        self.primary[applicant], self.line[applicant] = program, number
        held, row = self.held[program], self.lists.of_program[program]
        insort(held, self.lists.rank[program][applicant])
        if len(held) <= self.quota[program]:
            return None
        loser = row[held.pop()]
        self.primary[loser], self.line[loser] = NO_MATCH, len(self.lists.lines[loser])
        step.lost.append((loser, program))
        return loser

    def takes_line(self, unit: int, line: tuple[int, ...]) -> bool:
        """A linked or displaced unit asks for a line of its list."""
        members = self.lists.members[unit]
        answers = tuple(self.view(p, a) for a, p in zip(members, line, strict=True))
        step = self.open(Step("asks", members, line, answers))
        step.taken = super().takes_line(unit, line)
        return step.taken

    def displace(self, program: int, applicant: int) -> None:
        """Somebody loses a position."""
        self.told[-1].lost.append((applicant, program))
        super().displace(program, applicant)

    def improve_second(self, applicant: int) -> None:
        """An applicant reads the supplemental list; told only when it gives a position."""
        before = self.second[applicant]
        step = self.open(Step("first_year", (applicant,), (NO_MATCH,)))
        super().improve_second(applicant)
        now = self.second[applicant]
        if now in (before, NO_MATCH):
            self.told.pop()
        else:
            step.line, step.answers = (now,), ("better" if step.lost else "free",)

    def give_over(self, market: Market, moved: list[int]) -> bool:
        """Positions go from one program to another."""
        before = list(self.quota)
        if not super().give_over(market, moved):
            return False
        donor = next(p for p, quota in enumerate(before) if self.quota[p] < quota)
        receiver = next(p for p, quota in enumerate(before) if self.quota[p] > quota)
        self.open(Step("gives", (), (donor, receiver)))
        return True

    def make_even(self, parity: list[int]) -> bool:
        """A program lets its last match go."""
        before = list(self.quota)
        step = self.open(Step("lowers", (), ()))
        if not super().make_even(parity):
            self.told.pop()
            return False
        step.line = (next(p for p, quota in enumerate(before) if self.quota[p] < quota),)
        return True

    def view(self, program: int, applicant: int) -> str:
        """How a program sees somebody who asks."""
        if program == NO_MATCH:
            return ""
        rank, held = self.lists.rank[program].get(applicant), self.held[program]
        if rank is None:
            return "unranked"
        if rank in held:
            return "holds"
        if len(held) < self.quota[program]:
            return "free"
        return "better" if held and rank < held[-1] else "full"


def concerns(step: Step, applicants: Sequence[int]) -> bool:
    """Whether somebody of these asks or loses a position in this step."""
    return any(a in step.who or any(a == lost for lost, _ in step.lost) for a in applicants)
