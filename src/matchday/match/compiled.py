"""The compiled engine as the room sees it: the same question and the same answer as `reference.settle`."""

from __future__ import annotations

from typing import Any

import numpy as np

from matchday.match import kernel, linked
from matchday.match.market import NO_MATCH, Market
from matchday.match.outcome import SEQUENCES, Settled
from matchday.match.sequence import joining_order
from matchday.match.tables import GIVEN_UP, GIVES_UP, PLACEMENTS, PROPOSALS, State, Tables, fresh, tables_of

Array = Any
WAITING = 16  # places in the ring of the displaced; half of them are used, so that eight loads run at once


def settle(market: Market, *, seed: int = 0, stability: str = "rp") -> Settled:
    """The match of any market, by the steps of the reference."""
    market = market.as_numpy()
    tables = tables_of(market)
    state = singles_settled(tables, market)
    if not tables.linked:
        return singles_only(tables, state)
    return settle_linked(tables, state, market, seed=seed, stability=stability)


def singles_settled(tables: Tables, market: Market, who: Array | None = None) -> State:
    """Step 1: the state when the singles (or only `who`, int32) have proposed."""
    state = fresh(tables, market)
    if who is None:
        who = np.arange(market.n_applicants, dtype=np.int32)
    kernel.propose(who, np.empty(WAITING, np.int32), tables, state)
    return state


def singles_only(tables: Tables, state: State) -> Settled:
    """The answer for a market of singles."""
    program_of = np.empty(len(state.turn), np.int32)
    kernel.positions(tables, state, program_of)
    return Settled(
        primary=program_of,
        second=np.full(len(program_of), NO_MATCH, np.int32),
        quota=state.quota,
        moved=state.moved,
        looped=(),
        given_up=(),
        sequence=0,
        proposals=int(state.count[PROPOSALS]),
        placements=int(np.count_nonzero(program_of != NO_MATCH)),
    )


def settle_linked(
    tables: Tables, start: State, market: Market, *, seed: int, stability: str, absent: Array | None = None
) -> Settled:
    """Steps 2 to 7 upon step 1; `start` is not changed. `absent` (bool by unit): who takes no part."""
    n = market.n_applicants
    reversions = np.stack([market.rev_from, market.rev_to, market.rev_max], axis=1).astype(np.int64)
    units = [*np.unique(market.supp_of[tables.couple_of[market.supp_of] < 0]).tolist(), *range(n, n + market.n_couples)]
    couples = market.n_couples
    if absent is not None:
        units = [unit for unit in units if not absent[unit]]
        couples = sum(unit >= n for unit in units)
    start = start.copy()
    start.count[PLACEMENTS] = linked.sit_down(tables, start)
    counted, looped = start.count, list[int]()
    for sequence in range(SEQUENCES + 1):
        state = start.copy()
        state.count[:2] = counted[:2]
        state.count[GIVES_UP] = sequence == SEQUENCES
        order = joining_order(units, couples, seed, sequence % SEQUENCES, looped[0] if looped else NO_MATCH)
        unit = linked.run_sequence(
            np.array(order, np.int32), reversions, market.parity, stability == "mm", tables, state
        )
        counted = state.count
        if unit == NO_MATCH:
            break
        looped.append(int(unit))
    return Settled(
        primary=_programs(state.primary, tables),
        second=_programs(state.second, tables),
        quota=state.quota,
        moved=state.moved,
        looped=tuple(looped),
        given_up=tuple(state.given_up[: state.count[GIVEN_UP]].tolist()),
        sequence=sequence % SEQUENCES,
        proposals=int(counted[PROPOSALS]),
        placements=int(counted[PLACEMENTS]),
    )


def _programs(entries: Array, tables: Tables) -> Array:
    """Entries to programs; -1 stays -1."""
    return (entries >> tables.shift).astype(np.int32)
