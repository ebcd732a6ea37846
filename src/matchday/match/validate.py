"""What a market may not be (refused, with the place) and what is worth a warning. Small loops; no numpy.

The rules are those of the validation list in the specification; the search for ids named twice in a list is done where
the lists are read, for there the line is known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from matchday.match.market import ADVANCED, NO_MATCH, PARITIES, Ints, Market
from matchday.terms import InputProblem

Place = tuple[str | int, ...]


class Refused(InputProblem):
    """A market that is refused; `place` is the path in the input, as in ("couples", 0, "members")."""

    def __init__(self, place: Place, what: str, *, expected: str, do: str) -> None:
        super().__init__(f"{place_name(place)}: {what}", expected=expected, do=do)
        self.place = place


def place_name(place: Place) -> str:
    """A place as a reader says it: `couples[0].members`; halves of characters as their number."""
    name = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place).lstrip(".")
    return name.encode(errors="backslashreplace").decode()


def implied_kinds(programs: int, supp_at: Ints) -> list[int]:
    """The kinds when the input states none: a program with a supplemental list is advanced, the others categorical."""
    advanced = set(supp_at.tolist())
    return [ADVANCED if p in advanced else 0 for p in range(programs)]


def refuse_ids(ids: Iterable[str], side: str) -> None:
    """Raise `Refused` for an identifier given twice, or one that holds half a character and cannot be written."""
    seen: set[str] = set()
    for name in ids:
        try:
            name.encode()
        except UnicodeEncodeError as error:
            raise Refused((side, name), "half a character (a lone surrogate)", expected="an id of whole characters",
                          do="correct the id") from error  # fmt: skip
        if name in seen:
            raise Refused((side, name), "the id stands twice", expected="each id once", do="give another id")
        seen.add(name)


def refuse_links(market: Market) -> None:
    """Raise `Refused` for a quota, couple, supplemental list or reversion that the specification refuses."""
    refuse_quotas(market)
    _refuse_couples(market)
    _refuse_supplemental(market)
    _refuse_reversions(market)


def refuse_quotas(market: Market) -> None:
    """A quota may be zero, never less; where positions go over, all of them together still fit 32 bits."""
    quota = market.quota.tolist()
    if min(quota, default=0) < 0:
        p = quota.index(min(quota))
        place = ("programs", market.programs[p], "quota")
        raise Refused(place, f"quota {quota[p]}", expected="0 or more positions", do="correct the quota")
    if len(market.rev_to) and sum(quota) >= 2**31:
        raise Refused(("reversions", 0), f"{sum(quota)} positions in the market, and some may go over",
                      expected=f"{2**31 - 1} positions at most where there are reversions",
                      do="give programs without a limit a smaller quota")  # fmt: skip


def _refuse_couples(market: Market) -> None:
    """Two different applicants, in one couple each, without primary lists of their own."""
    couple_of: dict[int, int] = {}
    for c, pair in enumerate(zip(market.cpl_a.tolist(), market.cpl_b.tolist(), strict=True)):
        if pair[0] == pair[1]:
            name = market.applicants[pair[0]]
            raise Refused(
                ("couples", c, "members"),
                f"applicant {name!r} is paired with itself",
                expected="two different applicants",
                do="name both partners",
            )
        for member in pair:
            name = market.applicants[member]
            if member in couple_of:
                raise Refused(
                    ("couples", c, "members"),
                    f"applicant {name!r} is already in couple {couple_of[member]}",
                    expected="every applicant in one couple at most",
                    do="take the applicant out of one couple",
                )
            if market.app_ptr[member] < market.app_ptr[member + 1]:
                raise Refused(
                    ("applicants", name),
                    f"{name!r} is a member of couple {c} and has a primary list too",
                    expected="no list for members of couples, for the joint list is their only one",
                    do="empty this list, or take the couple out",
                )
            couple_of[member] = c


def _refuse_supplemental(market: Market) -> None:
    """Lists hang on advanced programs, one for each entry, and name no advanced program."""
    kind, seen = market.kind, set()
    for s, (of, at) in enumerate(zip(market.supp_of.tolist(), market.supp_at.tolist(), strict=True)):
        applicant, program = market.applicants[of], market.programs[at]
        if kind[at] != ADVANCED:
            raise Refused(
                ("supplemental", applicant, program),
                f"{program!r} is not an advanced program",
                expected='entries whose program has the kind "advanced"',
                do="attach the list to an advanced program, or correct the kind",
            )
        if (of, at) in seen:
            raise Refused(
                ("supplemental", applicant, program),
                f"{applicant!r} has two lists for {program!r}",
                expected="one supplemental list for each entry",
                do="join the two lists",
            )
        seen.add((of, at))
        for p in market.supp_pref[market.supp_ptr[s] : market.supp_ptr[s + 1]].tolist():
            if kind[p] == ADVANCED:
                raise Refused(
                    ("supplemental", applicant, program),
                    f"the list names {market.programs[p]!r}, which is an advanced program",
                    expected="programs that begin with the first year",
                    do="take it off the supplemental list",
                )


def _refuse_reversions(market: Market) -> None:
    """At least one position, no more than the donor has, to another program."""
    for i, (donor, receiver, most) in enumerate(reversions_of(market)):
        if donor == receiver:
            raise Refused(
                ("reversions", i),
                f"{market.programs[donor]!r} gives to itself",
                expected="two different programs",
                do="correct the receiver",
            )
        if not 1 <= most <= market.quota[donor]:
            raise Refused(
                ("reversions", i, "max"),
                f"at most {most} positions of {market.programs[donor]!r}, which has {market.quota[donor]}",
                expected=f"a number from 1 to the donor's quota, {market.quota[donor]}",
                do="correct max",
            )


def reversions_of(market: Market) -> Iterator[tuple[int, int, int]]:
    """Donor, receiver and most positions, in the order of the input."""
    return zip(market.rev_from.tolist(), market.rev_to.tolist(), market.rev_max.tolist(), strict=True)


def warnings_of(market: Market) -> list[str]:
    """What is legal and strange, in plain words, in a fixed order."""
    return [
        *_one_sided(market),
        *_odd_programs(market),
        *_odd_pairs(market),
        *_idle_supplemental(market),
    ]


def _one_sided(market: Market) -> Iterator[str]:
    """Entries that only one side lists, counted."""
    if market.is_small:
        by_applicants, by_programs = wishes(market), _program_wishes(market)
        only_a, only_p = len(by_applicants - by_programs), len(by_programs - by_applicants)
    else:
        from matchday.match.arrays import count_one_sided

        only_a, only_p = count_one_sided(market)
    if only_a:
        yield f"{only_a} entries of applicants are not listed by the program: they cannot match"
    if only_p:
        yield f"{only_p} entries of programs are not listed by the applicant: they cannot match"


def wishes(market: Market) -> set[tuple[int, int]]:
    """Every (applicant, program) that an applicant lists: primary, joint or supplemental."""
    found = {(a, p) for a in range(market.n_applicants) for p in _part(market.app_ptr, market.app_pref, a)}
    for c, (a, b) in enumerate(zip(market.cpl_a, market.cpl_b, strict=True)):
        found.update((a, p) for p in _part(market.cpl_ptr, market.cpl_p1, c) if p != NO_MATCH)
        found.update((b, p) for p in _part(market.cpl_ptr, market.cpl_p2, c) if p != NO_MATCH)
    for s, a in enumerate(market.supp_of):
        found.update((a, p) for p in _part(market.supp_ptr, market.supp_pref, s))
    return found


def _program_wishes(market: Market) -> set[tuple[int, int]]:
    """Every (applicant, program) that a program lists."""
    return {(a, p) for p in range(market.n_programs) for a in _part(market.prog_ptr, market.prog_pref, p)}


def _part(ptr: Ints, entries: Ints, i: int) -> list[int]:
    """List i of a CSR array."""
    part: list[int] = entries[ptr[i] : ptr[i + 1]].tolist()
    return part


def _odd_programs(market: Market) -> Iterator[str]:
    """Empty lists, quotas above the list, parity requests against the quota."""
    ptr, quota = market.prog_ptr.tolist(), market.quota.tolist()
    lengths = [end - start for start, end in pairwise(ptr)]
    empty = sum(length == 0 for length in lengths)
    long = sum(q > length > 0 for q, length in zip(quota, lengths, strict=True))
    if empty:
        yield f"{empty} programs have an empty list"
    if long:
        yield f"{long} programs have more positions than entries on their list"
    for p, wanted in enumerate(market.parity.tolist()):
        if wanted and (quota[p] - wanted + 1) % 2 and quota[p]:
            yield (
                f"program {market.programs[p]!r} asks for an {PARITIES[wanted]} number and has {quota[p]} positions: "
                f"{quota[p] - 1} are used"
            )


def _odd_pairs(market: Market) -> Iterator[str]:
    """Joint lines that can never match or stand twice."""
    for c in range(market.n_couples):
        lines = list(zip(_part(market.cpl_ptr, market.cpl_p1, c), _part(market.cpl_ptr, market.cpl_p2, c), strict=True))
        for pair, times in Counter(lines).items() if len(set(lines)) < len(lines) else ():
            if times > 1:
                yield f"couples[{c}]: the pair {_pair_name(market, pair)} stands {times} times; the first one counts"
        for p in dict.fromkeys(p for p, q in lines if p == q != NO_MATCH):
            if market.quota[p] < 2:
                yield (
                    f"couples[{c}]: both at {market.programs[p]!r} cannot match, for it has {market.quota[p]} positions"
                )


def _pair_name(market: Market, pair: tuple[int, int]) -> str:
    """A pair by its programs."""
    return " and ".join("no match" if p == NO_MATCH else repr(market.programs[p]) for p in pair)


def _idle_supplemental(market: Market) -> Iterator[str]:
    """Supplemental lists for programs that their applicant does not rank."""
    ranked: dict[int, set[int]] = {}
    for member, pref in ((market.cpl_a, market.cpl_p1), (market.cpl_b, market.cpl_p2)):
        for c, a in enumerate(member.tolist()):
            ranked[a] = set(_part(market.cpl_ptr, pref, c))
    for of, at in zip(market.supp_of.tolist(), market.supp_at.tolist(), strict=True):
        if at not in ranked.get(of, ()) and at not in _part(market.app_ptr, market.app_pref, of):
            yield (
                f"supplemental list of {market.applicants[of]!r} for {market.programs[at]!r}, "
                "which that applicant does not rank: it is not used"
            )
