"""What an engine hands back (`Settled`) and what the room answers (`Outcome`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matchday.match.market import Ints, Market

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Sequences that are tried: many where one takes milliseconds, few where one takes seconds.
SEQUENCES, SEQUENCES_OF_SMALL = 12, 120
SEQUENCES_TIMES_APPLICANTS = 120_000
# Three units have six orders: more sequences would be the same again.
UNITS_WITH_FEW_ORDERS = 3
PLACEMENTS_OF_A_UNIT = 100

# Where the sources leave a choice open, this is what was chosen; the words go into every outcome.
CHOICES = {
    "couples": "after all singles, in the order of the seed (0: as given)",
    "supplemental": "first-year lists are read after the singles have proposed, in input order, before the couples",
    "own_positions": "a position held by the partner counts as taken",
    "reversions": "in input order, all that can be given at once; positions are not taken back",
    "parity": "a quota of the wrong number is lowered by one; programs in input order; a lowered quota stays lowered; "
    "no match at all satisfies a program that asked for an odd number",
    "loops": f"{PLACEMENTS_OF_A_UNIT} outcomes for a unit in a sequence, {SEQUENCES} sequences (up to "
    f"{SEQUENCES_OF_SMALL} below {SEQUENCES_TIMES_APPLICANTS // SEQUENCES} applicants, with more than "
    f"{UNITS_WITH_FEW_ORDERS} linked units), then it is given up; a small market without parity requests is then "
    "searched for any stable matching, any small one for a matching in which the units given up hold some outcome",
}


def sequences_for(market: Market) -> int:
    """How many sequences are tried before a unit is given up: about the same work for every size.

    Applicants are counted, members of couples and those with empty lists included, for a part of a market keeps them.
    """
    if market.n_couples + len(market.supp_of) <= UNITS_WITH_FEW_ORDERS:
        return SEQUENCES
    fair = SEQUENCES_TIMES_APPLICANTS // max(market.n_applicants, 1)
    return max(SEQUENCES, min(SEQUENCES_OF_SMALL, fair))


@dataclass(frozen=True, slots=True)
class Settled:
    """What either engine hands back; both give the same numbers for the same market, seed and stability.

    primary, second: the program of each applicant and the first-year program from the supplemental list, or -1.
    quota: after reversions and parity. moved: positions given over by each reversion. looped: units (an applicant's
    number, or the number of applicants plus the couple's) that looped in some sequence, in the order found.
    given_up: those of them that were left out in the end. sequence: the number of the sequence that gave this.
    proposals, placements: see `reference.settle`.
    """

    primary: Ints
    second: Ints
    quota: Ints
    moved: Ints
    looped: tuple[int, ...]
    given_up: tuple[int, ...]
    sequence: int
    proposals: int
    placements: int


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """The product of a match: who is where, what the quotas became, and the verdict of the judge.

    stable: None when the judge was left out. blocking: what the judge found, by identifiers. The digests are empty
    when the judge was left out. searched: what the search of a small market found when units were given up, or "".
    """

    market: Market
    settled: Settled
    options: dict[str, Any]
    stable: bool | None = None
    blocking: tuple[dict[str, Any], ...] = ()
    warnings: tuple[str, ...] = ()
    searched: str = ""
    input_digest: str = ""
    outcome_digest: str = ""

    @property
    def counts(self) -> dict[str, int]:
        """Proposals, placements, sequences, matches, positions moved and lost."""
        from matchday.match.counts import counts_of

        return counts_of(self.market, self.settled)

    @property
    def loops(self) -> list[dict[str, Any]]:
        """Units that went round in some sequence: who, how often, and whether they were given up."""
        from matchday.match.counts import loops_of

        return loops_of(self.market, self.settled)

    @property
    def said(self) -> dict[str, Any]:
        """What an outcome says beside the matching; its digest is made of this."""
        return {
            "stable": self.stable,
            "blocking": list(self.blocking),
            "loops": self.loops,
            "searched": self.searched,
            "options": self.options,
            "counts": self.counts,
            "input_digest": self.input_digest,
        }

    @property
    def program_of(self) -> NDArray[np.int32]:
        """The program of each applicant in input order, -1 for no match; int32, no copy."""
        return _int32(self.settled.primary)

    @property
    def supplemental_of(self) -> NDArray[np.int32]:
        """The first-year program from the supplemental list, -1 for none; int32, no copy."""
        return _int32(self.settled.second)

    @property
    def final_quota(self) -> NDArray[np.int32]:
        """The quota of each program after reversions and parity; int32, no copy."""
        return _int32(self.settled.quota)


def _int32(values: Ints) -> NDArray[np.int32]:
    import numpy as np

    return np.asarray(values, dtype=np.int32)
