"""The match, compiled: the steps and orders of `reference.py`, for a nation in milliseconds. The only file here with numba.

How it is quick (measurements in docs/science/performance.md):

- **Entry.** One integer for each entry of an applicant's list: `program << shift | rank at that program`. All rank
  bits set: the program does not list the applicant. 32 bits when they suffice, else 64.
- **Bitmap.** Whom a program holds is one bit for each place on its list, so the worst is the highest bit set; to take
  somebody or let somebody go is one bit, with no heap to keep.
- **Bar.** The worst rank that a program would take: any when it has room, else the worst it holds. A refusal is one
  compare.
- **No counting of references.** Nothing here makes an array, so numba's runtime is left out (`_nrt=False`): counters
  that two threads share would make them wait for one another.
"""

from typing import Any

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped] # it publishes no types
from numba import njit, types
from numba.extending import intrinsic

from matchday.match.market import NO_MATCH
from matchday.match.tables import PROPOSALS, Array, Number, State, Tables

NOT_EXACT = -2
ONE = np.uint64(1)
OPTIONS: dict[str, Any] = {"nogil": True, "_nrt": False}


def compiled(function: Any, **options: Any) -> Any:
    """Compile on first use and keep the result on disk, beside this file or in the user's cache; else in memory."""
    try:
        return njit(cache=True, **OPTIONS, **options)(function)
    except RuntimeError:  # numba found no folder that may be written
        return njit(**OPTIONS, **options)(function)


def inlined(function: Any) -> Any:
    """The same for a small function that is always put in place of its call: a call hands over every array anew."""
    return compiled(function, forceinline=True)


def _bit_count_of(name: str, after: Any) -> Any:
    """An intrinsic from a 64-bit word to a number."""

    def typed(_context: Any, _word: Any) -> Any:  # pragma: no cover -- called when something is compiled, not from disk
        return types.int64(types.uint64), lambda _target, builder, _signature, args: after(builder, args[0])

    typed.__name__ = name
    return intrinsic(typed)


def _highest_bit(builder: Any, word: Any) -> Any:  # pragma: no cover -- as above
    zeros = builder.ctlz(word, ir.Constant(ir.IntType(1), 1))
    return builder.sub(ir.Constant(ir.IntType(64), 63), zeros)


highest = _bit_count_of("highest", _highest_bit)  # the place of the highest bit set; the word is not 0
ones = _bit_count_of("ones", lambda builder, word: builder.ctpop(word))  # how many bits are set


@compiled
def row_with_repeat(ptr: Array, pref: Array, last: Array) -> Number:
    """The first list that names an id twice, or -1. last: int32 zeros, one for each id; it is written over."""
    for i in range(len(ptr) - 1):
        for e in range(ptr[i], ptr[i + 1]):
            if last[pref[e]] == i + 1:
                return i
            last[pref[e]] = i + 1
    return NO_MATCH


@compiled
def deal(prog_ptr: Array, prog_pref: Array, shift: Number, after: Array, dealt: Array) -> None:
    """Deal the programs' lists out to the applicants: those of `a` end at `dealt[after[a]]`, where `a + 1` begins."""
    for i in range(len(prog_pref)):
        after[prog_pref[i] + 1] += 1
    for a in range(len(after) - 1):
        after[a + 1] += after[a]
    for p in range(len(prog_ptr) - 1):
        start = prog_ptr[p]
        for i in range(start, prog_ptr[p + 1]):
            a = prog_pref[i]
            k = after[a]
            after[a] = k + 1
            dealt[k] = (p << shift) + (i - start)


@compiled
def rank_lists(
    owner: Array, ptr: Array, pref: Array, after: Array, dealt: Array, shift: Number, rank: Array, entry: Array
) -> None:
    """Fill `entry` for the lists of `owner` (none given: list i is that of applicant i).

    `rank` holds the ranks of one applicant at a time, so it stays in the nearest cache; it comes and goes "unlisted".
    """
    unlisted = (1 << shift) - 1
    for i in range(len(ptr) - 1):
        a = np.int64(owner[i]) if len(owner) else i
        begin, end = after[a - 1] if a else 0, after[a]
        for k in range(begin, end):
            rank[np.int64(dealt[k]) >> shift] = np.int64(dealt[k]) & unlisted
        for e in range(ptr[i], ptr[i + 1]):
            p = np.int64(pref[e])
            entry[e] = NO_MATCH if p < 0 else (p << shift) | rank[p]
        for k in range(begin, end):
            rank[np.int64(dealt[k]) >> shift] = unlisted


@compiled
def first_lines(
    app_ptr: Array, entry: Array, cpl_ptr: Array, cpl_entry: Array, prog_ptr: Array, shift: Number, line_of: Array
) -> None:
    """For each place on a program's list, the first line of that applicant's unit that names the program."""
    unlisted = (1 << shift) - 1
    for a in range(len(app_ptr) - 1):
        for e in range(app_ptr[a], app_ptr[a + 1]):
            value = np.int64(entry[e])
            if value & unlisted != unlisted:
                line_of[prog_ptr[value >> shift] + (value & unlisted)] = e - app_ptr[a]
    for c in range(len(cpl_ptr) - 1):
        for e in range(cpl_ptr[c + 1] - 1, cpl_ptr[c] - 1, -1):
            for side in range(2):
                value = cpl_entry[e, side]
                if value >= 0 and value & unlisted != unlisted:
                    line_of[prog_ptr[value >> shift] + (value & unlisted)] = e - cpl_ptr[c]


@compiled
def propose(who: Array, waiting: Array, t: Tables, s: State) -> Number:
    """Deferred acceptance: the singles `who` propose until nobody waits. Returns how many were displaced.

    The applicants displaced wait in a small ring (`waiting`, a power of two): several loads from memory run at once.
    """
    unlisted = (1 << t.shift) - 1
    head, tail, i, proposals = 0, 0, 0, 0
    while True:
        if tail - head < len(waiting) // 2 and i < len(who):
            a = np.int64(who[i])
            i += 1
        elif head < tail:
            a = np.int64(waiting[head & (len(waiting) - 1)])
            head += 1
        else:
            s.count[PROPOSALS] += proposals
            return tail
        begin, end = s.turn[a], t.app_ptr[a + 1]
        c = begin
        while c < end:
            value = np.int64(t.entry[c])
            c += 1
            p, rank = value >> t.shift, value & unlisted
            if rank > s.bar[p]:
                continue
            first = t.word_ptr[p]
            s.held[first + (rank >> 6)] |= ONE << np.uint64(rank & 63)
            if s.room[p] > 0:
                s.room[p] -= 1
                w = t.word_ptr[p + 1] - 1
            else:
                worst = s.bar[p]
                waiting[tail & (len(waiting) - 1)] = t.prog_pref[t.prog_ptr[p] + worst]
                tail += 1
                w = first + (worst >> 6)
                s.held[w] ^= ONE << np.uint64(worst & 63)
            if s.room[p] == 0:
                while s.held[w] == 0:
                    w -= 1
                s.bar[p] = ((w - first) << 6) + highest(s.held[w])
            proposals += c - begin
            s.turn[a] = c
            break
        else:
            proposals += c - begin
            s.turn[a] = end + 1


@compiled
def positions(t: Tables, s: State, program_of: Array) -> None:
    """Write the program each single holds by its turn, -1 for none."""
    for a in range(len(program_of)):
        c = s.turn[a] - 1
        program_of[a] = np.int64(t.entry[c]) >> t.shift if t.app_ptr[a] <= c < t.app_ptr[a + 1] else NO_MATCH


@compiled
def insert_each(who: Array, fixed: Array, past: Array, t: Tables, s: State, program_of: Array) -> Number:
    """The program of each of `who` when inserted alone into singles; the state is put back after each.

    past: int64 (steps, 5), room to remember. `NOT_EXACT` in `program_of` when one of the `fixed` (bool by applicant) is
    displaced or inserted. Returns how many were done: fewer than asked when `past` was too short.
    """
    for i in range(len(who)):
        a, steps = np.int64(who[i]), 0
        while a >= 0 and not fixed[a] and steps < len(past):
            a = step(a, past[steps], t, s)
            steps += 1
        inserted = np.int64(who[i])
        c = s.turn[inserted] - 1
        program_of[i] = np.int64(t.entry[c]) >> t.shift if c < t.app_ptr[inserted + 1] else NO_MATCH
        if a >= 0:
            program_of[i] = NOT_EXACT
        while steps > 0:
            steps -= 1
            unstep(past[steps], t, s)
        if a >= 0 and not fixed[a]:
            return i
    return len(who)


@compiled
def step(a: Number, past: Array, t: Tables, s: State) -> Number:
    """One applicant proposes until taken. Returns who is displaced, or -1.

    past: the applicant, its turn before, the program or -1, the rank taken, the rank let go or -1.
    """
    unlisted = (1 << t.shift) - 1
    past[0], past[1], past[2], past[4] = a, s.turn[a], NO_MATCH, NO_MATCH
    end = t.app_ptr[a + 1]
    for c in range(s.turn[a], end):
        value = np.int64(t.entry[c])
        p, rank = value >> t.shift, value & unlisted
        if rank > s.bar[p]:
            continue
        s.turn[a] = c + 1
        flip(p, rank, t, s)
        w = np.int64(t.word_ptr[p + 1]) - 1
        if s.room[p] > 0:
            s.room[p] -= 1
        else:
            past[4] = s.bar[p]
            flip(p, past[4], t, s)
            w = t.word_ptr[p] + (past[4] >> 6)
        if s.room[p] == 0:
            while s.held[w] == 0:
                w -= 1
            s.bar[p] = ((w - t.word_ptr[p]) << 6) + highest(s.held[w])
        past[2], past[3] = p, rank
        return np.int64(t.prog_pref[t.prog_ptr[p] + past[4]]) if past[4] >= 0 else np.int64(NO_MATCH)
    s.turn[a] = end + 1
    return np.int64(NO_MATCH)


@compiled
def unstep(past: Array, t: Tables, s: State) -> None:
    """Take one step back."""
    s.turn[past[0]] = past[1]
    p, let_go = past[2], past[4]
    if p < 0:
        return
    flip(p, past[3], t, s)
    if let_go < 0:
        s.room[p] += 1
        s.bar[p] = (1 << t.shift) - 2
    else:
        flip(p, let_go, t, s)
        s.bar[p] = let_go


@compiled
def flip(p: Number, rank: Number, t: Tables, s: State) -> None:
    """Put the holder of a rank in, or take it out."""
    s.held[t.word_ptr[p] + (rank >> 6)] ^= ONE << np.uint64(rank & 63)
