"""A market solved once, then asked again and again where one more applicant would go.

Keep a base without the applicants of interest and insert each alone: the chain of displacements that one newcomer sets
off is short. (Taking somebody out of a solved market would not do: vacancies filled by chains need not give everybody
the best stable program.)

For singles the order of proposals does not matter, so the chain gives exactly what a full run gives. With links it does
when, in the base, positions were only ever filled (`undisturbed`), no program asked for a number, and the chain
displaces nobody linked: then every linked unit meets programs that are at least as full as in the base, is refused what
it was refused there, and still gets what it got. In all other cases the run is made again from step 1 on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from matchday.match import engine, reference
from matchday.match.market import Market
from matchday.match.outcome import CHOICES, Outcome, Settled
from matchday.match.verdict import checked_definition, checked_seed
from matchday.terms import InputProblem

Array = Any
MEMORY = 1_024  # steps of a chain that are remembered at first


def solve(
    market: Market, *, without: Iterable[int | str] = (), engine: str = "auto", seed: int = 0, stability: str = "rp"
) -> Solved:
    """The match of a market in which some applicants (numbers or identifiers) and their partners take no part yet."""
    market, seed, stability = market.as_numpy(), checked_seed(seed), checked_definition(stability)
    return Solved.of(market, absent_in(market, without), engine=engine, seed=seed, stability=stability)


def absent_in(market: Market, without: Iterable[int | str]) -> Array:
    """Bool by applicant: those named, and their partners."""
    absent = np.zeros(market.n_applicants, np.bool_)
    absent[_numbers(market, without)] = True
    either = absent[market.cpl_a] | absent[market.cpl_b]
    absent[market.cpl_a], absent[market.cpl_b] = either, either
    return absent


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """A solved base. absent: bool by applicant, who is not in it; base: its match; the rest serves the insertions."""

    market: Market
    absent: Array
    seed: int
    stability: str
    base: Settled
    _prepared: Any
    _start: Any
    _chains: Any

    @classmethod
    def of(cls, market: Market, absent: Array, *, engine: str, seed: int, stability: str) -> Solved:
        """Solve the base; see `solve`."""
        if _is_plain(market, engine):
            base = reference.settle(part_of(market, absent), seed=seed, stability=stability)
            return cls(market, absent, seed, stability, base, None, None, None)
        from matchday.match import compiled

        prepared = compiled.prepare(market)
        start = prepared.start(absent)
        base, end = prepared.finish(start, seed=seed, stability=stability, absent=absent)
        exact = not prepared.tables.linked or (compiled.undisturbed(base, end) and not market.parity.any())
        return cls(
            market, absent, seed, stability, base, prepared, start, _with_turns(prepared, end) if exact else None
        )

    @property
    def program_of(self) -> Array:
        """The program of each applicant in the base, -1 for no match; int32."""
        return np.asarray(self.base.primary, np.int32)

    def insert(self, applicant: int | str) -> Outcome:
        """The whole outcome when this applicant, with a partner, joins the base; it is not judged."""
        number = int(_numbers(self.market, [applicant])[0])
        absent = self._absent_but(number)
        options = {"seed": self.seed, "stability": self.stability, "choices": CHOICES}
        return Outcome(part_of(self.market, absent), self._settled(absent, number), options)

    def insert_many(self, indices: Iterable[int]) -> Array:
        """The program of each of these applicants when inserted alone, -1 for no match; int32. The base stays."""
        who = _numbers(self.market, indices).astype(np.int32)
        program_of = np.asarray(self.base.primary, np.int32)[who]
        new = np.flatnonzero(self.absent[who])
        if self._chains is None:
            unknown = new
        else:
            program_of[new] = self._by_chains(who[new])
            unknown = new[program_of[new] < -1]
        for i in unknown.tolist():
            program_of[i] = self._settled(self._absent_but(int(who[i])), int(who[i])).primary[int(who[i])]
        return program_of

    def _by_chains(self, who: Array) -> Array:
        """The same by chains of displacements; below -1 where a chain is not exact."""
        from matchday.match import kernel

        tables, state = self._prepared.tables, self._chains.copy()
        fixed = (tables.couple_of >= 0) | (np.diff(tables.supp_from) > 0)
        found = np.empty(len(who), np.int32)
        done, memory = 0, MEMORY
        while done < len(who):
            past = np.empty((memory, 5), np.int64)
            done += kernel.insert_each(who[done:], fixed, past, tables, state, found[done:])
            memory *= 2
        return found

    def _absent_but(self, applicant: int) -> Array:
        """Who is absent when this applicant, with a partner, is there."""
        absent = self.absent.copy()
        absent[applicant] = False
        for members in (self.market.cpl_a, self.market.cpl_b), (self.market.cpl_b, self.market.cpl_a):
            absent[members[1][members[0] == applicant]] = False
        return absent

    def _settled(self, absent: Array, newcomer: int) -> Settled:
        """A full run; step 1 is continued rather than repeated."""
        if self._prepared is None:
            return reference.settle(part_of(self.market, absent), seed=self.seed, stability=self.stability)
        start = self._start.copy()
        if self.absent[newcomer]:
            self._prepared.propose(start, np.array([newcomer]))
        settled: Settled = self._prepared.finish(start, seed=self.seed, stability=self.stability, absent=absent)[0]
        return settled


def part_of(market: Market, absent: Array) -> Market:
    """The same market with empty lists for those absent (and for couples of whom one is absent)."""
    paired = absent[market.cpl_a] | absent[market.cpl_b]
    app_ptr, (app_pref,) = _emptied(market.app_ptr, absent, market.app_pref)
    cpl_ptr, (cpl_p1, cpl_p2) = _emptied(market.cpl_ptr, paired, market.cpl_p1, market.cpl_p2)
    supp_ptr, (supp_pref,) = _emptied(market.supp_ptr, absent[market.supp_of], market.supp_pref)
    return replace(
        market, app_ptr=app_ptr, app_pref=app_pref, cpl_ptr=cpl_ptr, cpl_p1=cpl_p1, cpl_p2=cpl_p2,
        supp_ptr=supp_ptr, supp_pref=supp_pref,
    )  # fmt: skip


def _emptied(ptr: Array, rows: Array, *entries: Array) -> tuple[Array, list[Array]]:
    """CSR lists with these rows (bool) emptied."""
    lengths = np.diff(ptr)
    kept = np.repeat(~rows, lengths)
    return np.concatenate([[0], np.cumsum(np.where(rows, 0, lengths))]), [values[kept] for values in entries]


def _with_turns(prepared: Any, end: Any) -> Any:
    """The state at the end, the turn of each single after the entry it holds."""
    tables, n = prepared.tables, prepared.market.n_applicants
    if tables.linked:
        seated = end.present[:n] & (tables.couple_of < 0)
        end.turn[:] = np.where(seated, tables.app_ptr[:-1] + end.line[:n] + 1, end.turn)
    return end


def _is_plain(market: Market, name: str) -> bool:
    """Whether the plain engine is asked for, or picked."""
    return engine.engine_for(market, name) is reference.settle


def _numbers(market: Market, applicants: Iterable[int | str]) -> Array:
    """Applicants by number (int64); identifiers are looked up."""
    wanted = applicants if isinstance(applicants, np.ndarray) else list(applicants)
    if any(isinstance(a, str) for a in wanted[:1]):
        place = {name: i for i, name in enumerate(market.applicants)}
        found = np.array([place.get(str(a), -1) for a in wanted], np.int64)
    else:
        given = np.asarray(wanted)
        if given.size and (given.ndim != 1 or given.dtype.kind not in "iu"):
            raise InputProblem(f"applicants as a {given.dtype} array of {given.ndim} dimensions",
                               expected="numbers from 0, or identifiers of the market",
                               do="name applicants; of a mask give numpy.flatnonzero(mask)")  # fmt: skip
        found = given.astype(np.int64)
    unknown = np.flatnonzero((found < 0) | (found >= market.n_applicants))
    if len(unknown):
        raise InputProblem(f"no applicant {wanted[unknown[0]]!r} in the market", do="correct the applicants named",
                           expected="numbers from 0, or identifiers of the market")  # fmt: skip
    return found
