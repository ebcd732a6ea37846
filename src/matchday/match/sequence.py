"""The order in which units join: a tiny generator that every language can repeat, never Python's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_MASK = 2**64 - 1
_STEP = 0x9E3779B97F4A7C15


def splitmix64(seed: int, number: int) -> Iterator[int]:
    """The numbers of Steele, Lea and Flood's SplitMix64, one stream for each seed and sequence number."""
    state = (seed + number * 0xD1342543DE82EF95) & _MASK
    while True:
        state = (state + _STEP) & _MASK
        z = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
        yield z ^ (z >> 31)


def shuffled(units: Sequence[int], seed: int, number: int) -> list[int]:
    """Fisher and Yates, from the last place down: place i changes with place (number modulo i + 1)."""
    order, numbers = list(units), splitmix64(seed, number)
    for i in range(len(order) - 1, 0, -1):
        j = next(numbers) % (i + 1)
        order[i], order[j] = order[j], order[i]
    return order


def joining_order(linked: Sequence[int], couples: int, seed: int, number: int, looping: int) -> list[int]:
    """The linked units in the order in which sequence `number` adds them.

    linked: applicants with supplemental lists in input order, then the couples (the last `couples` of them).
    Sequence 0: as given, the couples shuffled by the seed (seed 0 keeps the order of the input). Sequences 1 and 2: the
    same with the unit that looped in sequence 0 first, or last. From 3 on: all of them shuffled.
    """
    if number > 2:
        return shuffled(linked, seed, number)
    singles, pairs = list(linked[: len(linked) - couples]), list(linked[len(linked) - couples :])
    order = singles + (shuffled(pairs, seed, 0) if seed else pairs)
    if number:
        order.remove(looping)
        order.insert(0 if number == 1 else len(order), looping)
    return order
