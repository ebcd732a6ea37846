"""The compiled engine as the room sees it: the same question and the same answer as `reference.settle`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from matchday.match import kernel, linked
from matchday.match.market import NO_MATCH, Market
from matchday.match.outcome import Settled, sequences_for
from matchday.match.sequence import joining_order
from matchday.match.tables import DISTURBED, GIVEN_UP, GIVES_UP, PLACEMENTS, PROPOSALS, State, Tables, fresh, tables_of

Array = Any
WAITING = 16  # places in the ring of the displaced; half of them are used, so that eight loads run at once


def settle(market: Market, *, seed: int = 0, stability: str = "rp") -> Settled:
    """The match of any market, by the steps of the reference."""
    return prepare(market).settle(seed=seed, stability=stability)


def prepare(market: Market) -> Prepared:
    """The market with its tables, to be run as often as wanted."""
    market = market.as_numpy()
    return Prepared(market, tables_of(market))


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A market and its tables; nothing in it changes, so threads may share it."""

    market: Market
    tables: Tables

    def settle(self, *, seed: int = 0, stability: str = "rp", absent: Array = None, quota: Array = None) -> Settled:
        """One match. absent: bool by applicant, who takes no part (with a partner); quota: other ones than the market's."""
        return self.finish(self.start(absent, quota), seed=seed, stability=stability, absent=absent)[0]

    def start(self, absent: Array = None, quota: Array = None) -> State:
        """Step 1: the state when all singles have proposed."""
        state = fresh(self.tables, self.market if quota is None else replace(self.market, quota=quota))
        who = np.arange(self.market.n_applicants) if absent is None else np.flatnonzero(~absent)
        self.propose(state, who)
        return state

    def propose(self, state: State, who: Array) -> None:
        """Let these singles propose, in a state that only singles have seen."""
        kernel.propose(who.astype(np.int32), np.empty(WAITING, np.int32), self.tables, state)

    def finish(self, start: State, *, seed: int, stability: str = "rp", absent: Array = None) -> tuple[Settled, State]:
        """Steps 2 to 7 upon step 1, and the state at the end; `start` is not changed."""
        if self.tables.linked:
            return self._finish_linked(start, seed, stability, absent)
        program_of = np.empty(self.market.n_applicants, np.int32)
        kernel.positions(self.tables, start, program_of)
        settled = Settled(
            primary=program_of,
            second=np.full(len(program_of), NO_MATCH, np.int32),
            quota=start.quota,
            moved=start.moved,
            looped=(),
            given_up=(),
            sequence=0,
            proposals=int(start.count[PROPOSALS]),
            placements=int(np.count_nonzero(program_of != NO_MATCH)),
        )
        return settled, start

    def _finish_linked(self, start: State, seed: int, stability: str, absent: Array) -> tuple[Settled, State]:
        market, tables, start = self.market, self.tables, start.copy()
        start.count[PLACEMENTS] = linked.sit_down(tables, start)
        units = self._linked_units()
        gone = np.zeros(len(start.line), np.bool_)
        if absent is not None:
            gone[: len(absent)], gone[len(absent) :] = absent, absent[tables.member].any(axis=1)
            start.present[gone] = False
        reversions = np.stack([market.rev_from, market.rev_to, market.rev_max], axis=1).astype(np.int64)
        state, looped, sequences = start, list[int](), sequences_for(market)
        for sequence in range(sequences + 1):  # pragma: no branch -- the last one gives up, so it ends
            counted, state = state.count, start.copy()
            state.count[:2] = counted[:2]
            state.count[GIVES_UP] = sequence == sequences
            order = joining_order(
                units, market.n_couples, seed, sequence % sequences, looped[0] if looped else NO_MATCH
            )
            joining = np.array(order, np.int32)
            unit = linked.run_sequence(
                joining[~gone[joining]], reversions, market.parity, stability == "mm", tables, state
            )
            if unit == NO_MATCH:
                break
            looped.append(int(unit))
        settled = Settled(
            primary=_programs(state.primary, tables),
            second=_programs(state.second, tables),
            quota=state.quota,
            moved=state.moved,
            looped=tuple(looped),
            given_up=tuple(state.given_up[: state.count[GIVEN_UP]].tolist()),
            sequence=sequence % sequences,
            proposals=int(state.count[PROPOSALS]),
            placements=int(state.count[PLACEMENTS]),
        )
        return settled, state

    def _linked_units(self) -> list[int]:
        """Who joins after step 1: applicants with supplemental lists, then couples."""
        n, tables = self.market.n_applicants, self.tables
        alone = (np.diff(tables.supp_from) > 0) & (tables.couple_of < 0)
        return [*np.flatnonzero(alone).tolist(), *range(n, n + len(tables.member))]


def undisturbed(settled: Settled, state: State) -> bool:
    """Whether positions were only ever filled: nobody linked was displaced, and nobody left anything."""
    return not (settled.looped or state.count[DISTURBED] or state.moved.any())


def _programs(entries: Array, tables: Tables) -> Array:
    """Entries to programs; -1 stays -1."""
    return (entries >> tables.shift).astype(np.int32)
