"""What the compiled engine works on: tables that never change, and the state of one match. Numpy only.

Applicants and programs are numbers; an *entry* is `program << shift | rank at that program`, -1 or all rank bits set
where there is none (see `kernel.py`).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from matchday.match.market import NO_MATCH, Market
from matchday.match.reference import first_quotas

Array = Any  # numpy arrays of the types said beside each
Number = Any  # a whole number or a truth value, as numba has it
NEVER = 2**31 - 1


class Tables(NamedTuple):
    """One market, prepared once and shared by every run and thread.

    app_ptr int64, entry uint32 or uint64: the applicants' lists. prog_ptr int64, prog_pref int32: the programs' lists;
    word_ptr int32: where the bitmap of each begins. cpl_ptr int64, cpl_entry int64 (lines, 2): joint lists.
    supp_from int64 (applicants + 1), supp_at int32, supp_ptr int64, supp_entry int64: supplemental lists.
    couple_of int32: the couple of each applicant, -1 for singles; member int32 (couples, 2).
    line_of int32: for each entry of a program's list, the first line of that applicant's unit that names the program,
    `NEVER` when there is none; empty in a market of singles. linked: whether there is more than singles with one list.
    """

    shift: int
    app_ptr: Array
    entry: Array
    prog_ptr: Array
    prog_pref: Array
    word_ptr: Array
    cpl_ptr: Array
    cpl_entry: Array
    supp_from: Array
    supp_at: Array
    supp_ptr: Array
    supp_entry: Array
    couple_of: Array
    member: Array
    line_of: Array
    linked: bool


class State(NamedTuple):
    """One match on the way; what a run changes, and nothing else.

    quota, room int32: positions, and those not taken. held uint64: one bit for each place on each program's list.
    bar int32: the worst rank that the program would take or has. turn int64: for singles the entry after the one held.
    primary, second int64: the entry each applicant holds, -1 for none. line int32: the line each unit has.
    present, waiting bool: by unit. placed int32: outcomes taken by each unit. open_ bool: programs on their stack.
    units, programs int32: the two stacks. moved int32: positions given over by each reversion. given_up int32.
    count int64: proposals, placements, tops of both stacks, units given up, whether to give up, and how
    often somebody left a position or somebody linked was displaced.
    """

    quota: Array
    room: Array
    held: Array
    bar: Array
    turn: Array
    primary: Array
    second: Array
    line: Array
    present: Array
    waiting: Array
    placed: Array
    open_: Array
    units: Array
    programs: Array
    moved: Array
    given_up: Array
    count: Array

    def copy(self) -> State:
        """The same state in memory of its own."""
        return State(*(part.copy() for part in self))


PROPOSALS, PLACEMENTS, UNITS, PROGRAMS, GIVEN_UP, GIVES_UP, DISTURBED = range(7)


def has_links(market: Market) -> bool:
    """Whether there is more to the market than singles with one list each."""
    return bool(len(market.cpl_a) or len(market.supp_of) or len(market.rev_from) or np.any(market.parity))


def tables_of(market: Market) -> Tables:
    """Prepare a market: ranks to entries, first lines, bitmap places."""
    from matchday.match import kernel

    market = market.as_numpy()
    n, m = market.n_applicants, market.n_programs
    prog_ptr, prog_pref = own(market.prog_ptr), own(market.prog_pref)
    app_ptr = own(market.app_ptr)
    longest = int(np.diff(prog_ptr).max(initial=0))
    shift = (longest + 1).bit_length()
    narrow = shift + m.bit_length() <= 32
    after = np.zeros(n + 1, np.int32 if len(prog_pref) < 2**31 else np.int64)
    dealt = np.empty(len(prog_pref), np.uint32 if narrow else np.uint64)
    kernel.deal(prog_ptr, prog_pref, shift, after, dealt)
    entry = np.empty(len(market.app_pref), dealt.dtype)
    rank = np.full(m, (1 << shift) - 1, np.int32)
    kernel.rank_lists(_NOBODY, app_ptr, own(market.app_pref), after, dealt, shift, rank, entry)
    word_ptr = np.zeros(m + 1, np.int32)
    np.cumsum((np.diff(prog_ptr) + 63) >> 6, out=word_ptr[1:])
    cpl_ptr = own(market.cpl_ptr)
    cpl_entry = np.empty((len(market.cpl_p1), 2), np.int64)
    member = np.stack([market.cpl_a, market.cpl_b], axis=1).astype(np.int32)
    couple_of = np.full(n, NO_MATCH, np.int32)
    for side, pref in enumerate((market.cpl_p1, market.cpl_p2)):
        couple_of[member[:, side]] = np.arange(len(member))
        kernel.rank_lists(member[:, side].copy(), cpl_ptr, own(pref), after, dealt, shift, rank, cpl_entry[:, side])
    supp_ptr = own(market.supp_ptr)
    supp_of = own(market.supp_of)
    supp_entry = np.empty(len(market.supp_pref), np.int64)
    kernel.rank_lists(supp_of, supp_ptr, own(market.supp_pref), after, dealt, shift, rank, supp_entry)
    linked = has_links(market)
    line_of = np.full(len(prog_pref) if linked else 0, NEVER, np.int32)
    if linked:
        kernel.first_lines(app_ptr, entry, cpl_ptr, cpl_entry, prog_ptr, shift, line_of)
    return Tables(
        shift, app_ptr, entry, prog_ptr, prog_pref, word_ptr, cpl_ptr, cpl_entry,
        np.searchsorted(supp_of, np.arange(n + 1)), own(market.supp_at), supp_ptr, supp_entry,
        couple_of, member, line_of, linked,
    )  # fmt: skip


_NOBODY = np.empty(0, np.int32)


def own(array: Array) -> Array:
    """The array itself, or a copy of one that may not be written: numba would compile everything again for it."""
    return array if array.flags.writeable else array.copy()


def fresh(tables: Tables, market: Market) -> State:
    """The state before anybody has proposed."""
    n, m, couples = len(tables.couple_of), len(tables.prog_ptr) - 1, len(tables.member)
    quota = np.array(first_quotas(market) if np.any(market.parity) else market.quota, np.int32)
    units = n + couples if tables.linked else 0
    return State(
        quota=quota, room=quota.copy(), held=np.zeros(tables.word_ptr[-1] + 1, np.uint64),
        bar=np.where(quota > 0, np.int32((1 << tables.shift) - 2), np.int32(-1)), turn=tables.app_ptr[:-1].copy(),
        primary=np.full(n if units else 0, NO_MATCH, np.int64), second=np.full(n if units else 0, NO_MATCH, np.int64),
        line=np.zeros(units, np.int32), present=np.arange(units) < n, waiting=np.zeros(units, np.bool_),
        placed=np.zeros(units, np.int32), open_=np.zeros(m, np.bool_), units=np.empty(units, np.int32),
        programs=np.empty(m, np.int32), moved=np.zeros(len(market.rev_from), np.int32),
        given_up=np.empty(units, np.int32), count=np.zeros(7, np.int64),
    )  # fmt: skip
