"""Why this outcome, for one applicant: line by line, by how much it was missed, and whom it pushed along."""

from __future__ import annotations

from array import array
from bisect import insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from matchday.match.engine import run
from matchday.match.judge import Claims
from matchday.match.market import NO_MATCH, Ints, Market
from matchday.match.outcome import Settled
from matchday.match.results import matched_by_program
from matchday.match.verdict import fair_verdict
from matchday.terms import InputProblem


@dataclass(frozen=True, slots=True)
class Seats:
    """An outcome to explain: who is where, the quotas after reversions and parity, and what the judge found to block."""

    primary: Ints
    second: Ints
    quota: Sequence[int]
    blocking: Sequence[Mapping[str, Any]] = ()


def seats_of(market: Market, primary: Ints, second: Ints, claims: Claims, stability: str, seed: int = 0) -> Seats:
    """The seats of a matching, with the quotas that the judge works out. Raises `InputProblem` if it is infeasible."""
    verdict = fair_verdict(market, primary, second, claims, stability=stability, seed=seed)
    if not verdict.feasible:
        raise InputProblem(
            f"the outcome cannot be: {verdict.faults[0]['what']}",
            expected="an outcome whose lists and quotas hold",
            do="run match verify on it",
        )
    return Seats(primary, second, verdict.final_quota, verdict.blocking)


def explain(market: Market, seats: Seats, applicant: str, *, engine: str, seed: int, stability: str) -> dict[str, Any]:
    """Everything that decided one applicant's match, as a document with identifiers.

    Ranks count from 1. `missed_by` is how many places the applicant stands below the program's last match. For
    `chain` and `moves` the match is run once more without the applicant (a couple leaves together).
    """
    ids = {name: a for a, name in enumerate(market.applicants)}
    if applicant not in ids:
        raise InputProblem(
            f"unknown applicant {applicant!r}", expected="an applicant of this market", do="check the id"
        )
    story = _Story(market, seats)
    unit = story.unit_of(ids[applicant])
    names = [market.applicants[a] for a in unit]
    absent = run(without(market, unit), engine=engine, seed=seed, stability=stability, verify=False).settled
    chain, ends = displacements(market, absent, unit[0]) if len(unit) == 1 else ([], False)
    return {
        "applicant": applicant,
        "couple": names if len(unit) == 2 else None,
        "match": story.match(unit),
        "lines": story.lines(unit),
        "first_year": [line for a in unit for line in story.first_year(a)],
        "one_more_line": [line for a in unit for line in story.one_more_line(a)],
        "chain": chain,
        "chain_ends": ends,
        "moves": moves_of(market, absent, seats),
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
            return [(p,) for p in _row(market.app_ptr, market.app_pref, unit[0])]
        c = self.couples.index((unit[0], unit[1]))
        columns = (_row(market.cpl_ptr, column, c) for column in (market.cpl_p1, market.cpl_p2))
        return list(zip(*columns, strict=True))

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
                said = said or self.together(unit, line)
            told.append({"rank": rank, "programs": views, "verdict": said})
        return told

    def together(self, unit: tuple[int, ...], line: tuple[int, ...]) -> str:
        """Why a line was missed whose programs would each take their member."""
        people = [self.market.applicants[a] for a in unit]
        programs = [self.name(p) for p in line]
        if not any((block["applicants"], block["programs"]) == (people, programs) for block in self.seats.blocking):
            return "both would be taken one by one, not together"
        who, what = ("both", "pair") if len(unit) == 2 else ("the program", "line")
        return f"{who} would take you: this {what} blocks, so the outcome is not stable"

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
        return _row(self.market.prog_ptr, self.market.prog_pref, p)

    def first_year(self, a: int) -> list[dict[str, Any]]:
        """The supplemental list that goes with the program held, line by line."""
        market, told = self.market, []
        for s, (of, at) in enumerate(zip(market.supp_of.tolist(), market.supp_at.tolist(), strict=True)):
            if (of, at) == (a, self.primary[a]):
                row = _row(market.supp_ptr, market.supp_pref, s)
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
                own.update(_row(market.supp_ptr, market.supp_pref, s))
        views = (self.view(a, p) for p in range(market.n_programs) if p not in own and a in self.ranked_by(p))
        return [{"applicant": market.applicants[a], **view} for view in views if view["would_take"]]


def displacements(market: Market, absent: Settled, newcomer: int) -> tuple[list[dict[str, Any]], bool]:
    """Who takes whose position when a single joins the match without that single, until nobody is displaced.

    Also whether the chain is told to its end: it stops before a couple or somebody with a supplemental list moves,
    for that can open positions elsewhere.
    """
    tied = {*market.cpl_a.tolist(), *market.cpl_b.tolist(), *market.supp_of.tolist()}
    people, places = market.applicants, market.programs
    held = matched_by_program(market, absent.primary.tolist(), absent.second.tolist())
    turns, proposer = {newcomer: iter(_row(market.app_ptr, market.app_pref, newcomer))}, newcomer
    steps: list[dict[str, Any]] = []
    while proposer not in tied:
        for p in turns[proposer]:
            ranked = _row(market.prog_ptr, market.prog_pref, p)
            if proposer in ranked:
                insort(held[p], (ranked.index(proposer) + 1, proposer))
                out = held[p].pop()[1] if len(held[p]) > absent.quota[p] else None
                if out != proposer:
                    break
        else:
            return [*steps, {"applicant": people[proposer], "takes": None, "from": None}], True
        steps.append({"applicant": people[proposer], "takes": places[p], "from": None if out is None else people[out]})
        if out is None:
            return steps, True
        if out not in turns:
            row = _row(market.app_ptr, market.app_pref, out)
            turns[out] = iter(row[row.index(p) + 1 :] if p in row else [])
        proposer = out
    return steps, False


def _row(ptr: Ints, entries: Ints, i: int) -> list[int]:
    """List i of a CSR array."""
    row: list[int] = entries[ptr[i] : ptr[i + 1]].tolist()
    return row


def moves_of(market: Market, absent: Settled, seats: Seats) -> list[dict[str, Any]]:
    """Everybody whose match is another because this unit takes part: from where, to where."""
    names = [*market.programs, None]
    before = zip(absent.primary.tolist(), absent.second.tolist(), strict=True)
    after = zip(seats.primary.tolist(), seats.second.tolist(), strict=True)
    return [
        {
            "applicant": market.applicants[a],
            "from": names[old[0]],
            "to": names[new[0]],
            "first_year_from": names[old[1]],
            "first_year_to": names[new[1]],
        }
        for a, (old, new) in enumerate(zip(before, after, strict=True))
        if old != new
    ]


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
