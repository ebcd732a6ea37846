"""Judge a whole outcome: one of this program, or a document that may name the matching alone.

Where a program asked for a number, or positions may go round in a circle of reversions, a matching alone can come from
several histories of the quotas. A document that does not tell its own is compared with the match as it is run: if that
gives the same matching, its history is put before the judge. The judge decides in every case.
"""

from __future__ import annotations

import operator
from collections.abc import Mapping
from typing import Any

from matchday.match.judge import Claims, Verdict, judge
from matchday.match.market import Ints, Market
from matchday.match.outcome import Outcome, Settled
from matchday.terms import InputProblem

DEFINITIONS = ("rp", "mm")


def verify(market: Market, outcome: Outcome | Mapping[str, Any], *, stability: str | None = None) -> Verdict:
    """Judge an `Outcome` or an outcome document (the JSON form).

    stability: "rp" or "mm"; None: the definition that the outcome was made with. Raises `InputProblem` for unknown
    ids, an unknown definition and an outcome of another size.
    """
    said = outcome.options if isinstance(outcome, Outcome) else options_of(outcome)
    definition = checked_definition(definition_in(said) if stability is None else stability)
    if isinstance(outcome, Outcome):
        settled = outcome.settled
        if (len(settled.primary), len(settled.quota)) != (market.n_applicants, market.n_programs):
            raise InputProblem(
                f"an outcome of {len(settled.primary)} applicants and {len(settled.quota)} programs",
                expected=f"{market.n_applicants} and {market.n_programs}, as in the market",
                do="give the outcome together with the market it belongs to",
            )
        return judge(market, settled.primary, settled.second, stability=definition, claims=claims_of(settled))
    from matchday.match.results import read_outcome

    primary, second, claims = read_outcome(market, outcome)
    return fair_verdict(market, primary, second, claims, stability=definition, seed=seed_in(said))


def fair_verdict(market: Market, primary: Ints, second: Ints, claims: Claims, *, stability: str, seed: int) -> Verdict:
    """The verdict on a matching; if it is bad and nothing was said of the quotas, with the history of the same match."""
    verdict = judge(market, primary, second, stability=stability, claims=claims)
    untold = (len(market.rev_from) and claims.moved is None) or (any(market.parity.tolist()) and claims.quota is None)
    if verdict.stable or not untold:
        return verdict
    from matchday.match.engine import run

    made = run(market, seed=seed, stability=stability).settled
    if (made.primary.tolist(), made.second.tolist()) != (primary.tolist(), second.tolist()):
        return verdict
    return judge(market, primary, second, stability=stability, claims=claims_of(made))


def claims_of(settled: Settled) -> Claims:
    """What an engine says of reversions and quotas."""
    return Claims(tuple(settled.moved.tolist()), dict(enumerate(settled.quota.tolist())))


def checked_definition(stability: str) -> str:
    """A definition of stability there is. Raises `InputProblem`."""
    if stability not in DEFINITIONS:
        raise InputProblem(f"stability {stability!r}", expected="rp or mm", do="choose a definition of stability")
    return stability


def checked_seed(seed: Any) -> int:
    """A seed as a whole number from 0, whatever kind of integer it came as. Raises `InputProblem`."""
    try:
        number = operator.index(seed)
    except TypeError:
        number = -1
    if number < 0:
        raise InputProblem(f"seed {seed!r}", expected="a whole number from 0", do="choose another seed")
    return number


def options_of(document: Any) -> Mapping[str, Any]:
    """The options that an outcome document was made with; empty where it names none."""
    options = document.get("options") if isinstance(document, Mapping) else None
    return options if isinstance(options, Mapping) else {}


def definition_in(options: Mapping[str, Any]) -> str:
    """The definition of stability among options, "rp" without one."""
    found = options.get("stability")
    return found if found in DEFINITIONS else "rp"


def seed_in(options: Mapping[str, Any]) -> int:
    """The seed among options, 0 without one."""
    found = options.get("seed")
    return found if type(found) is int and found >= 0 else 0
