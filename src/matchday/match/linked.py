"""Steps 2 to 7 of `reference.py`, compiled: couples, supplemental lists, reversions, parity, in the same orders.

Entries, bitmaps and bars are explained in `kernel.py`. From that file only the decorators and the two instructions on
words are used: numba keeps compiled code by file, and would not notice that a function of another file has changed.
"""

import numpy as np

from matchday.match.kernel import compiled, highest, inlined, ones
from matchday.match.market import NO_MATCH
from matchday.match.outcome import PLACEMENTS_OF_A_UNIT
from matchday.match.tables import (
    DISTURBED,
    GIVEN_UP,
    GIVES_UP,
    PLACEMENTS,
    PROGRAMS,
    PROPOSALS,
    UNITS,
    Array,
    Number,
    State,
    Tables,
)

ONE = np.uint64(1)


@compiled
def sit_down(t: Tables, s: State) -> Number:
    """Step 1 in the terms of the others: what each single holds, the line of each unit. Returns how many sit."""
    n, seated = len(t.couple_of), 0
    for unit in range(len(s.line)):
        s.line[unit] = lines_of(unit, t)
        if unit < n:
            c = s.turn[unit] - 1
            if t.app_ptr[unit] <= c < t.app_ptr[unit + 1]:
                s.primary[unit], s.line[unit] = t.entry[c], c - t.app_ptr[unit]
                seated += 1
    return seated


@inlined
def flip(p: Number, rank: Number, t: Tables, s: State) -> None:
    """Put the holder of a rank in, or take it out."""
    s.held[t.word_ptr[p] + (rank >> 6)] ^= ONE << np.uint64(rank & 63)


@inlined
def holds(p: Number, rank: Number, t: Tables, s: State) -> Number:
    """Whether the program holds whom it ranks there."""
    return s.held[t.word_ptr[p] + (rank >> 6)] >> np.uint64(rank & 63) & ONE != 0


@inlined
def worst_but(p: Number, one: Number, other: Number, t: Tables, s: State) -> Number:
    """The worst rank held, these two left aside; -1 for none."""
    first = np.int64(t.word_ptr[p])
    for w in range(np.int64(t.word_ptr[p + 1]) - 1, first - 1, -1):
        word = s.held[w]
        if one >= 0 and one >> 6 == w - first:
            word &= ~(ONE << np.uint64(one & 63))
        if other >= 0 and other >> 6 == w - first:
            word &= ~(ONE << np.uint64(other & 63))
        if word != 0:
            return ((w - first) << 6) + highest(word)
    return np.int64(-1)


@inlined
def set_bar(p: Number, t: Tables, s: State) -> None:
    """Any rank while there is room, else the worst held."""
    s.bar[p] = (1 << t.shift) - 2 if s.room[p] > 0 else worst_but(p, -1, -1, t, s)


@inlined
def takes(value: Number, t: Tables, s: State) -> Number:
    """Whether the program would choose the applicant beside those it holds, or holds it already."""
    return value & ((1 << t.shift) - 1) <= s.bar[value >> t.shift]


@compiled
def takes_both(one: Number, other: Number, at_once: Number, t: Tables, s: State) -> Number:
    """Whether one program would choose both partners together, by the definition asked for."""
    unlisted = (1 << t.shift) - 1
    p, better, worse = one >> t.shift, min(one & unlisted, other & unlisted), max(one & unlisted, other & unlisted)
    if worse == unlisted:
        return False
    if not at_once:
        first = np.int64(t.word_ptr[p])
        above = ones(s.held[first + (worse >> 6)] & ((ONE << np.uint64(worse & 63)) - ONE))
        for w in range(first, first + (worse >> 6)):
            above += ones(s.held[w])
        return above - holds(p, better, t, s) + 2 <= s.quota[p]
    new_better, new_worse = not holds(p, better, t, s), not holds(p, worse, t, s)
    free: Number = max(np.int64(s.room[p]), 0)
    to_beat = np.int64(new_better) + np.int64(new_worse) - free
    if to_beat <= 0:
        return True
    last = worst_but(p, better, worse, t, s)
    if to_beat == 1:
        return last > (better if new_better else worse)
    before: Number = np.int64(NO_MATCH)
    for rank in range(last - 1, -1, -1):
        if rank != better and rank != worse and holds(p, rank, t, s):
            before = rank
            break
    return before > better and last > worse


@inlined
def takes_line(unit: Number, number: Number, at_once: Number, t: Tables, s: State) -> Number:
    """Whether the programs of a line would take the unit's members."""
    n = len(t.couple_of)
    if unit < n:
        return takes(np.int64(t.entry[t.app_ptr[unit] + number]), t, s)
    one, other = t.cpl_entry[t.cpl_ptr[unit - n] + number]
    if one >= 0 and other >= 0 and one >> t.shift == other >> t.shift:
        return takes_both(one, other, at_once, t, s)
    return (one < 0 or takes(one, t, s)) and (other < 0 or takes(other, t, s))


@inlined
def reopen_later(p: Number, s: State) -> None:
    """Put a program on its stack, once."""
    if not s.open_[p]:
        s.open_[p] = True
        s.programs[s.count[PROGRAMS]] = p
        s.count[PROGRAMS] += 1


@inlined
def leave(value: Number, t: Tables, s: State) -> None:
    """Give a position back: the program goes on its stack."""
    if value >= 0:
        p = value >> t.shift
        flip(p, value & ((1 << t.shift) - 1), t, s)
        s.room[p] += 1
        s.count[DISTURBED] += 1
        set_bar(p, t, s)
        reopen_later(p, s)


@inlined
def sit(value: Number, t: Tables, s: State) -> None:
    """Add the applicant to those held, once; `refuse_surplus` sets the bar."""
    if value >= 0:
        p, rank = value >> t.shift, value & ((1 << t.shift) - 1)
        if not holds(p, rank, t, s):
            flip(p, rank, t, s)
            s.room[p] -= 1


@compiled
def withdraw(unit: Number, t: Tables, s: State) -> None:
    """Give back everything that the unit still has."""
    n = len(t.couple_of)
    s.line[unit] = lines_of(unit, t)
    for side in range(2 if unit >= n else 1):
        a = t.member[unit - n, side] if unit >= n else unit
        primary, second = s.primary[a], s.second[a]
        s.primary[a] = s.second[a] = NO_MATCH
        leave(primary, t, s)
        leave(second, t, s)


@inlined
def lines_of(unit: Number, t: Tables) -> Number:
    """How long the list of a unit is."""
    n = len(t.couple_of)
    if unit < n:
        return t.app_ptr[unit + 1] - t.app_ptr[unit]
    return t.cpl_ptr[unit - n + 1] - t.cpl_ptr[unit - n]


@compiled
def displace(p: Number, rank: Number, t: Tables, s: State) -> None:
    """Take this position away; with a primary one the whole unit withdraws. It goes on the applicant stack."""
    a = np.int64(t.prog_pref[t.prog_ptr[p] + rank])
    unit = len(t.couple_of) + np.int64(t.couple_of[a]) if t.couple_of[a] >= 0 else a
    flip(p, rank, t, s)
    s.room[p] += 1
    s.count[DISTURBED] += t.couple_of[a] >= 0 or t.supp_from[a] < t.supp_from[a + 1]
    if s.second[a] >= 0 and s.second[a] >> t.shift == p:
        s.second[a] = NO_MATCH
    else:
        s.primary[a] = NO_MATCH
        withdraw(unit, t, s)
    if not s.waiting[unit]:
        s.waiting[unit] = True
        s.units[s.count[UNITS]] = unit
        s.count[UNITS] += 1


@compiled
def refuse_surplus(value: Number, keep: Number, t: Tables, s: State) -> None:
    """Displace the worst matches outside the unit until the quota holds. `keep` is the partner's entry or -1."""
    if value < 0:
        return
    unlisted = (1 << t.shift) - 1
    p = value >> t.shift
    rank, other = value & unlisted, keep & unlisted if keep >= 0 and keep >> t.shift == p else np.int64(NO_MATCH)
    while s.room[p] < 0:
        displace(p, worst_but(p, rank, other, t, s), t, s)
    set_bar(p, t, s)


@inlined
def is_placed(unit: Number, t: Tables, s: State) -> Number:
    """Count an outcome taken; False when the unit is looping and is given up. A looping unit ends the run else."""
    s.count[PLACEMENTS] += 1
    s.placed[unit] += unit >= len(t.couple_of) or t.supp_from[unit] < t.supp_from[unit + 1]
    if s.placed[unit] > PLACEMENTS_OF_A_UNIT and s.count[GIVES_UP]:
        s.given_up[s.count[GIVEN_UP]] = unit
        s.count[GIVEN_UP] += 1
        s.present[unit] = False
        withdraw(unit, t, s)
    return s.placed[unit] <= PLACEMENTS_OF_A_UNIT


@compiled
def take_line(unit: Number, number: Number, t: Tables, s: State) -> None:
    """Leave what is left, take what is new, then let the programs refuse."""
    n = len(t.couple_of)
    s.line[unit] = number
    if unit < n:
        a, b, one, other = unit, unit, np.int64(t.entry[t.app_ptr[unit] + number]), np.int64(NO_MATCH)
    else:
        a, b = np.int64(t.member[unit - n, 0]), np.int64(t.member[unit - n, 1])
        one, other = t.cpl_entry[t.cpl_ptr[unit - n] + number]
    for side in range(1 if unit < n else 2):
        member, value = (b, other) if side else (a, one)
        if s.primary[member] != value:
            leave(s.primary[member], t, s)
        if s.second[member] == value:
            s.second[member] = NO_MATCH
    s.primary[a] = one
    sit(one, t, s)
    if unit >= n:
        s.primary[b] = other
        sit(other, t, s)
    refuse_surplus(one, other, t, s)
    refuse_surplus(other, one, t, s)


@compiled
def improve_second(a: Number, unit: Number, t: Tables, s: State) -> None:
    """The best first-year position on the supplemental list that goes with the program held."""
    have = s.second[a]
    row = supplemental_row(a, t, s)
    if row >= 0:
        for e in range(t.supp_ptr[row], t.supp_ptr[row + 1]):
            value = t.supp_entry[e]
            if value == have:
                return
            s.count[PROPOSALS] += 1
            if takes(value, t, s):
                if is_placed(unit, t, s):
                    leave(have, t, s)
                    s.second[a] = value
                    sit(value, t, s)
                    refuse_surplus(value, NO_MATCH, t, s)
                return
    s.second[a] = NO_MATCH
    leave(have, t, s)


@inlined
def supplemental_row(a: Number, t: Tables, s: State) -> Number:
    """The supplemental list that goes with the primary program held, or -1."""
    for row in range(t.supp_from[a], t.supp_from[a + 1]):
        if t.supp_at[row] == s.primary[a] >> t.shift:
            return row
    return np.int64(-1)


@compiled
def place(unit: Number, at_once: Number, t: Tables, s: State) -> Number:
    """The best outcome that the programs would take, if better than the unit's own. False when the unit is looping."""
    n = len(t.couple_of)
    if s.waiting[unit]:
        s.waiting[unit] = False
        i = s.count[UNITS] - 1
        while s.units[i] != unit:
            i -= 1
        s.count[UNITS] -= 1
        for k in range(i, s.count[UNITS]):
            s.units[k] = s.units[k + 1]
    for number in range(s.line[unit]):
        s.count[PROPOSALS] += 1
        if takes_line(unit, number, at_once, t, s):
            if is_placed(unit, t, s):
                take_line(unit, number, t, s)
            break
    for side in range(2 if unit >= n else 1):
        a = np.int64(t.member[unit - n, side]) if unit >= n else unit
        if t.supp_from[a] < t.supp_from[a + 1] and not ends(unit, s):
            improve_second(a, unit, t, s)
    return not ends(unit, s)


@inlined
def ends(unit: Number, s: State) -> Number:
    """Whether the sequence ends because this unit is looping."""
    return s.placed[unit] > PLACEMENTS_OF_A_UNIT and s.count[GIVES_UP] == 0


@inlined
def wants(p: Number, i: Number, t: Tables, s: State) -> Number:
    """The unit of the applicant at place `i` of a program's list, if it would rather be there; else -1."""
    a = np.int64(t.prog_pref[i])
    unit = len(t.couple_of) + np.int64(t.couple_of[a]) if t.couple_of[a] >= 0 else a
    if not s.present[unit]:
        return np.int64(-1)
    if t.line_of[i] < s.line[unit]:
        return unit
    row = supplemental_row(a, t, s) if t.supp_from[a] < t.supp_from[a + 1] else np.int64(-1)
    if row >= 0:
        for e in range(t.supp_ptr[row], t.supp_ptr[row + 1]):
            if t.supp_entry[e] == s.second[a]:
                return np.int64(-1)
            if t.supp_entry[e] >> t.shift == p:
                return unit
    return np.int64(-1)


@compiled
def settle_step(reversions: Array, parity: Array, t: Tables, s: State) -> Number:
    """One reversion that has something to give, or else one program with a number it did not ask for; False: none."""
    for i in range(len(reversions)):
        donor, receiver, most = reversions[i]
        gift = min(most - s.moved[i], s.room[donor])
        if gift > 0:
            s.moved[i] += gift
            for p, change in ((donor, -gift), (receiver, gift)):
                s.quota[p] += change
                s.room[p] += change
                set_bar(p, t, s)
            reopen_later(receiver, s)
            return True
    for p in range(len(parity)):
        held = s.quota[p] - s.room[p]
        if parity[p] and held and (held - parity[p]) % 2 == 0:
            s.quota[p], s.room[p] = held - 1, -1
            displace(p, worst_but(p, -1, -1, t, s), t, s)
            set_bar(p, t, s)
            return True
    return False


@compiled
def run_sequence(order: Array, reversions: Array, parity: Array, at_once: Number, t: Tables, s: State) -> Number:
    """Steps 2 to 6 of the reference; the unit that is looping, or -1 when the sequence has ended."""
    open_program: Number = np.int64(-1)
    joined, at = 0, np.int64(0)
    while True:
        if open_program >= 0:
            if at == t.prog_ptr[open_program + 1] or at - t.prog_ptr[open_program] > s.bar[open_program]:
                open_program = np.int64(-1)
                continue
            unit = wants(open_program, at, t, s)
            at += 1
            if unit < 0:
                continue
        elif s.count[UNITS] > 0:
            unit = np.int64(s.units[s.count[UNITS] - 1])
        elif s.count[PROGRAMS] > 0:
            s.count[PROGRAMS] -= 1
            open_program = np.int64(s.programs[s.count[PROGRAMS]])
            s.open_[open_program] = False
            at = t.prog_ptr[open_program]
            continue
        elif joined < len(order):
            unit = np.int64(order[joined])
            s.present[unit] = True
            joined += 1
        elif settle_step(reversions, parity, t, s):
            continue
        else:
            return np.int64(-1)
        if not place(unit, at_once, t, s):
            return unit
