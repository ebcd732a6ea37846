"""A made-up market around one person's list, to see how a match works. It says nothing about anybody's chances."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

YOU, PARTNER = "You", "Your partner"
PEOPLE = (
    "Ana", "Ben", "Chidi", "Dana", "Emre", "Farah", "Goran", "Hana", "Ivan", "Jia", "Kofi", "Lena", "Musa", "Noor",
    "Olga", "Paulo", "Qadir", "Rosa", "Sami", "Tara", "Umar", "Vera", "Wei", "Ximena", "Yara", "Zoltan",
)  # fmt: skip
LONGEST = 30
PAIRS = 20


def made_market(
    wanted: Sequence[str], seed: int, *, pairs: Sequence[tuple[str | None, str | None]] | None = None
) -> dict[str, Any]:
    """A market as the JSON form has it, in which "You" list the programs `wanted`, or rank `pairs` with a partner.

    One or two positions in each program, a few more people than positions, programs that agree roughly about people.
    The same list and seed give the same market.
    """
    draw = random.Random(seed)  # noqa: S311 -- a game, not a secret
    programs = list(dict.fromkeys(wanted))
    quota = {program: draw.choice((1, 1, 2)) for program in programs}
    people = _names(sum(quota.values()) + 2)
    lists = {person: _taste(draw, programs) for person in people}
    you = [YOU] if pairs is None else [YOU, PARTNER]
    skill = {person: draw.random() for person in people} | dict.fromkeys(you, 0.5)
    ranked = {
        program: sorted(
            (person for person in [*you, *people] if person in you or program in lists[person]),
            key=lambda person: skill[person] + draw.gauss(0, 0.25),
            reverse=True,
        )
        for program in programs
    }
    mine: dict[str, list[str]] = {YOU: programs} if pairs is None else {}
    return {
        "programs": {program: {"quota": quota[program], "list": ranked[program]} for program in programs},
        "applicants": mine | lists,
        "couples": [] if pairs is None else [{"members": you, "list": [list(pair) for pair in pairs]}],
    }


def joint(wanted: Sequence[str]) -> list[tuple[str | None, str | None]]:
    """Pairs made of one list for both: the best for both together first, then one of the two alone."""
    places = range(len(wanted))
    both = sorted(((i, j) for i in places for j in places), key=lambda pair: (pair[0] + pair[1], max(pair)))
    alone: list[tuple[str | None, str | None]] = [(wanted[0], None), (None, wanted[0])]
    return [(wanted[i], wanted[j]) for i, j in both[: PAIRS - len(alone)]] + alone


def _names(number: int) -> list[str]:
    return [PEOPLE[i] if i < len(PEOPLE) else f"Person {i + 1}" for i in range(number)]


def _taste(draw: random.Random, programs: Sequence[str]) -> list[str]:
    """A list of up to four: what you rank high is a little more popular with the others too."""
    order = sorted(programs, key=lambda program: programs.index(program) / len(programs) + draw.gauss(0, 0.5))
    return order[: draw.randint(2, 4)]
