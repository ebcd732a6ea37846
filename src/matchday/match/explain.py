"""Why this outcome, for one applicant: line by line, by how much it was missed, and whom it pushed along."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from matchday.match.judge import Claims, judge
from matchday.match.market import NO_MATCH, Ints, Market
from matchday.match.results import matched_by_program
from matchday.terms import InputProblem


@dataclass(frozen=True, slots=True)
class Seats:
    """An outcome to explain: who is where, and the quotas after reversions and parity."""

    primary: Ints
    second: Ints
    quota: Sequence[int]


def seats_of(market: Market, primary: Ints, second: Ints, claims: Claims, stability: str) -> Seats:
    """The seats of a matching, with the quotas that the judge works out. Raises `InputProblem` if it is infeasible."""
    verdict = judge(market, primary, second, stability=stability, claims=claims)
    if not verdict.feasible:
        raise InputProblem(
            f"the outcome cannot be: {verdict.faults[0]['what']}",
            expected="an outcome whose lists and quotas hold",
            do="run match verify on it",
        )
    return Seats(primary, second, verdict.final_quota)


def explain(market: Market, seats: Seats, applicant: str, *, engine: str, seed: int, stability: str) -> dict[str, Any]:
    """Everything that decided one applicant's match, as a document with identifiers.

    Ranks count from 1. `missed_by` is how many places the applicant stands below the program's last match. The chain
    is found by running the match once more without the applicant (a couple leaves together).
    """
    ids = {name: a for a, name in enumerate(market.applicants)}
    if applicant not in ids:
        raise InputProblem(
            f"unknown applicant {applicant!r}", expected="an applicant of this market", do="check the id"
        )
    story = _Story(market, seats)
    unit = story.unit_of(ids[applicant])
    names = [market.applicants[a] for a in unit]
    return {
        "applicant": applicant,
        "couple": names if len(unit) == 2 else None,
        "match": story.match(unit),
        "lines": story.lines(unit),
        "first_year": [line for a in unit for line in story.first_year(a)],
        "one_more_line": [line for a in unit for line in story.one_more_line(a)],
        "chain": chain_of(market, seats, unit, engine=engine, seed=seed, stability=stability),
    }


class _Story:
    """A market and an outcome, ready for questions."""

    def __init__(self, market: Market, seats: Seats) -> None:
        self.market, self.seats = market, seats
        self.primary, self.second = seats.primary.tolist(), seats.second.tolist()
        self.held = matched_by_program(market, self.primary, self.second)
        self.couples = list(zip(market.cpl_a.tolist(), market.cpl_b.tolist(), strict=True))

    def unit_of(self, a: int) -> tuple[int, ...]:
        """The applicant alone, or both partners."""
        return next((couple for couple in self.couples if a in couple), (a,))

    def joint(self, unit: tuple[int, ...]) -> list[tuple[int, ...]]:
        """The lines of a unit, one program for each member."""
        market = self.market
        if len(unit) == 1:
            return [(p,) for p in market.app_pref[market.app_ptr[unit[0]] : market.app_ptr[unit[0] + 1]].tolist()]
        c = self.couples.index((unit[0], unit[1]))
        part = slice(int(market.cpl_ptr[c]), int(market.cpl_ptr[c + 1]))
        return list(zip(market.cpl_p1[part].tolist(), market.cpl_p2[part].tolist(), strict=True))

    def match(self, unit: tuple[int, ...]) -> dict[str, Any]:
        """What the unit got."""
        now = tuple(self.primary[a] for a in unit)
        lines = self.joint(unit)
        return {
            "programs": [self.name(p) for p in now],
            "first_year": [self.name(self.second[a]) for a in unit],
            "rank": lines.index(now) + 1 if now in lines else None,
        }

    def name(self, p: int) -> str | None:
        """The id of a program, None for no match."""
        return None if p == NO_MATCH else self.market.programs[p]

    def lines(self, unit: tuple[int, ...]) -> list[dict[str, Any]]:
        """Every line of the list: what the programs had, and why it is not the match."""
        now, reached, told = tuple(self.primary[a] for a in unit), False, []
        for rank, line in enumerate(self.joint(unit), 1):
            views = [self.view(a, p) for a, p in zip(unit, line, strict=True)]
            if line == now and not reached:
                reached, said = True, "matched"
            elif reached:
                said = "not needed: a line above was reached"
            else:
                said = "; ".join(f"{view['program']}: {view['why']}" for view in views if not view["would_take"])
                said = said or "both would be taken one by one, not together"
            told.append({"rank": rank, "programs": views, "verdict": said})
        return told

    def view(self, a: int, p: int) -> dict[str, Any]:
        """How one program saw one applicant."""
        if p == NO_MATCH:
            return {"program": None, "would_take": True, "why": "no match asked for"}
        held, row = self.held[p], self.ranked_by(p)
        rank = row.index(a) + 1 if a in row else None
        last = held[-1][0] if held else None
        filled, final = len(held), self.seats.quota[p]
        missed = rank - last if rank and last and filled >= final and rank > last else None
        if rank is None:
            why = "the program did not rank you"
        elif (rank, a) in held:
            why = "you hold a position here"
        elif filled < final:
            why = f"{final - filled} of {final} positions are free"
        elif missed is not None:
            why = f"full: the last match is rank {last}, you are rank {rank}, {missed} below"
        elif final == 0:
            why = "no positions"
        else:
            why = f"you are rank {rank}, above the last match (rank {last})"
        return {
            "program": self.name(p),
            "would_take": rank is not None and final > 0 and missed is None,
            "why": why,
            "your_rank": rank,
            "quota": int(self.market.quota[p]),
            "final_quota": final,
            "filled": filled,
            "rank_of_last_match": last,
            "missed_by": missed,
        }

    def ranked_by(self, p: int) -> list[int]:
        """A program's list."""
        market = self.market
        row: list[int] = market.prog_pref[market.prog_ptr[p] : market.prog_ptr[p + 1]].tolist()
        return row

    def first_year(self, a: int) -> list[dict[str, Any]]:
        """The supplemental list that goes with the program held, line by line."""
        market, told = self.market, []
        for s, (of, at) in enumerate(zip(market.supp_of.tolist(), market.supp_at.tolist(), strict=True)):
            if (of, at) == (a, self.primary[a]):
                row = market.supp_pref[market.supp_ptr[s] : market.supp_ptr[s + 1]].tolist()
                told = [
                    {"applicant": market.applicants[a], "rank": i, "matched": r == self.second[a], **self.view(a, r)}
                    for i, r in enumerate(row, 1)
                ]
        return told

    def one_more_line(self, a: int) -> list[dict[str, Any]]:
        """Programs that ranked the applicant, stand on none of the lists, and would take the applicant as things are."""
        market, unit = self.market, self.unit_of(a)
        own = {line[unit.index(a)] for line in self.joint(unit)}
        for s, of in enumerate(market.supp_of.tolist()):
            if of == a:
                own.update(market.supp_pref[market.supp_ptr[s] : market.supp_ptr[s + 1]].tolist())
        views = (self.view(a, p) for p in range(market.n_programs) if p not in own and a in self.ranked_by(p))
        return [{"applicant": market.applicants[a], **view} for view in views if view["would_take"]]


def chain_of(
    market: Market, seats: Seats, unit: tuple[int, ...], *, engine: str, seed: int, stability: str
) -> list[dict[str, Any]]:
    """Who moved because this unit takes part: from where, to where, and pushed or let in by whom.

    Begins with the unit; every other step is somebody whose match differs from that of the match without the unit.
    """
    from matchday.match.engine import run

    absent = run(without(market, unit), engine=engine, seed=seed, stability=stability, verify=False).settled
    before = [absent.primary.tolist(), absent.second.tolist()]
    after = [seats.primary.tolist(), seats.second.tolist()]
    moved = {a for a in range(market.n_applicants) if any(x[a] != y[a] for x, y in zip(before, after, strict=True))}
    queue: deque[tuple[int, int | None]] = deque((a, None) for a in unit)
    left, steps = moved - set(unit), []
    while queue:
        a, because = queue.popleft()
        came, went = {match[a] for match in after}, {match[a] for match in before}
        steps.append(_step(market, a, before, after, because))
        for p in sorted((came ^ went) - {NO_MATCH}):
            touched = [b for b in sorted(left) if p in {match[b] for match in (*before, *after)}]
            left -= set(touched)
            queue.extend((b, a) for b in touched)
    return [*steps, *(_step(market, a, before, after, None) for a in sorted(left))]


def _step(
    market: Market, a: int, before: list[list[int]], after: list[list[int]], because: int | None
) -> dict[str, Any]:
    """One move of the chain."""
    names = [*market.programs, None]
    return {
        "applicant": market.applicants[a],
        "from": names[before[0][a]],
        "to": names[after[0][a]],
        "first_year_from": names[before[1][a]],
        "first_year_to": names[after[1][a]],
        "because_of": None if because is None else market.applicants[because],
    }


def without(market: Market, unit: tuple[int, ...]) -> Market:
    """The same market where a unit has an empty list; everybody keeps the number."""
    app_ptr, (app_pref,) = _emptied(market.app_ptr, (market.app_pref,), {*unit})
    couples = {c for c, a in enumerate(market.cpl_a.tolist()) if a in unit}
    cpl_ptr, (cpl_p1, cpl_p2) = _emptied(market.cpl_ptr, (market.cpl_p1, market.cpl_p2), couples)
    made = replace(market, app_ptr=app_ptr, app_pref=app_pref, cpl_ptr=cpl_ptr, cpl_p1=cpl_p1, cpl_p2=cpl_p2)
    return made if market.is_small else made.as_numpy()


def _emptied(ptr: Ints, columns: tuple[Ints, ...], rows: set[int]) -> tuple[Ints, list[Ints]]:
    """CSR lists where some rows are empty."""
    starts = ptr.tolist()
    keep = [i not in rows for i in range(len(starts) - 1)]
    lengths = [(b - a) * kept for a, b, kept in zip(starts[:-1], starts[1:], keep, strict=True)]
    made = array("q", [0])
    for length in lengths:
        made.append(made[-1] + length)
    flat = [column.tolist() for column in columns]
    parts = [(starts[i], starts[i + 1]) for i, kept in enumerate(keep) if kept]
    return made, [array("i", [entry for a, b in parts for entry in column[a:b]]) for column in flat]
