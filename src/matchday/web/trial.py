"""Trials of the match: a market, whose list it is, the honest list and the one tried. Kept in memory, never in the file."""

import hashlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from matchday.match.engine import run
from matchday.match.explain import Seats, explain
from matchday.match.honesty import Line, Trials, list_of, trials, unit_of, with_list
from matchday.match.json_form import from_document
from matchday.match.made import joint, made_market
from matchday.match.market import NO_MATCH, Market
from matchday.match.outcome import Outcome
from matchday.match.steps import ENTRIES_WORTH_TELLING, Told, steps

KEPT = 40
EXAMPLE = ("City", "Harbor", "Lake", "Mercy", "Valley")


@dataclass(frozen=True)
class Trial:
    """`market` holds the honest list of `unit` (an applicant or a couple); `lines` is the list that is tried.

    made: the market is made up. source: its document or file, for the key.
    """

    market: Market
    unit: Line
    lines: tuple[Line, ...]
    made: bool
    source: str

    @cached_property
    def honest(self) -> tuple[Line, ...]:
        """The list that the trial began with."""
        return tuple(list_of(self.market, self.unit))

    @property
    def changed(self) -> bool:
        """Whether the list tried is another one."""
        return self.lines != self.honest

    @cached_property
    def key(self) -> str:
        """The name of this trial in addresses: says nothing of what is in it."""
        return hashlib.sha256(f"{self.source}|{self.unit}|{self.lines}".encode()).hexdigest()[:20]

    @cached_property
    def tried(self) -> Market:
        """The market with the list that is tried."""
        return with_list(self.market, self.unit, self.lines) if self.changed else self.market

    @cached_property
    def outcome(self) -> Outcome:
        """The match with the list that is tried."""
        return run(self.tried, engine="reference")

    @cached_property
    def before(self) -> Outcome:
        """The match with the honest list."""
        return run(self.market, engine="reference") if self.changed else self.outcome

    @cached_property
    def told(self) -> Told | None:
        """The steps, unless there are too many to read."""
        size = len(self.tried.app_pref) + len(self.tried.prog_pref) + 2 * len(self.tried.cpl_p1)
        return steps(self.tried) if size <= ENTRIES_WORTH_TELLING else None

    @cached_property
    def trials(self) -> Trials:
        """Every simple change of the honest list."""
        return trials(self.market, self.unit, self.honest)

    @cached_property
    def verdicts(self) -> tuple[str, ...]:
        """What became of each line of the list tried, in the words of the match room."""
        outcome = self.outcome
        settled = outcome.settled
        seats = Seats(settled.primary, settled.second, settled.quota.tolist(), outcome.blocking)
        story = explain(self.tried, seats, self.names[0], engine="reference", seed=0, stability="rp")
        return tuple(line["verdict"] for line in story["lines"])

    @property
    def names(self) -> tuple[str, ...]:
        """The applicant, or both partners."""
        return tuple(self.market.applicants[a] for a in self.unit)

    @property
    def proved(self) -> bool:
        """Whether the market is one that the theorem speaks of: singles only, positions fixed."""
        market = self.market
        return not (market.n_couples or len(market.supp_of) or len(market.rev_from) or any(market.parity.tolist()))

    def got(self, outcome: Outcome) -> Line:
        """What the unit got."""
        return tuple(int(outcome.settled.primary[a]) for a in self.unit)

    def place(self, outcome: Outcome) -> int | None:
        """The rank of what the unit got on the honest list, from 1; None for no match, or for what is not on it."""
        got = self.got(outcome)
        return self.honest.index(got) + 1 if got in self.honest else None

    def program(self, p: int) -> str | None:
        """The name of a program; None for no match."""
        return None if p == NO_MATCH else self.market.programs[p]

    def others_moved(self) -> list[tuple[str, str | None, str | None]]:
        """Whom the change of the list moved, beside its owners: (name, from, to)."""
        was, now = self.before.settled.primary.tolist(), self.outcome.settled.primary.tolist()
        return [
            (self.market.applicants[a], self.program(was[a]), self.program(now[a]))
            for a in range(self.market.n_applicants)
            if was[a] != now[a] and a not in self.unit
        ]

    def having(self, lines: Sequence[Line]) -> "Trial":
        """The same trial with another list."""
        return replace(self, lines=tuple(lines))

    def edited(self, act: str, at: int) -> "Trial":
        """One line `at` (from 0) moved "up" or "down" or left out ("drop"); "reset" goes back to the honest list."""
        lines = list(self.lines)
        if act == "reset":
            return self.having(self.honest)
        if not 0 <= at < len(lines):
            return self
        if act == "drop":
            return self.having(lines[:at] + lines[at + 1 :])
        other = at - 1 if act == "up" else at + 1
        if act in ("up", "down") and 0 <= other < len(lines):
            lines[at], lines[other] = lines[other], lines[at]
        return self.having(lines)


def begin(market: Market, applicant: str, *, made: bool, source: str) -> Trial:
    """A trial with the list that an applicant of a market has."""
    unit = unit_of(market, list(market.applicants).index(applicant))
    return Trial(market, unit, tuple(list_of(market, unit)), made, source)


def made_up(
    wanted: Sequence[str], seed: int, *, partner: bool = False, pairs: Sequence[tuple[str | None, str | None]] = ()
) -> Trial:
    """A trial of a list in a made-up market; with a partner the list is a joint one."""
    chosen = (pairs or joint(wanted)) if partner else None
    document = made_market(wanted, seed, pairs=chosen)
    return begin(from_document(document), "You", made=True, source=repr(document))


_kept: dict[str, Trial] = {}
_turn = threading.Lock()


def keep(trial: Trial) -> Trial:
    """Remember a trial under its key, and forget the oldest ones."""
    with _turn:
        _kept[trial.key] = _kept.pop(trial.key, trial)
        while len(_kept) > KEPT:
            del _kept[next(iter(_kept))]
        return _kept[trial.key]


def kept(key: str) -> Trial | None:
    """The trial of a key; the key "example" always has one."""
    if key == "example":
        return keep(made_up(EXAMPLE, 1))
    return _kept.get(key)
