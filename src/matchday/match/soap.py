"""The Supplemental Offer and Acceptance Program: rounds of offers for the positions that the Match left unfilled.

In each round every program offers its open positions to the next applicants of its own preference list; whoever gets
offers takes one or none; what is refused or runs out does not come back, and an acceptance binds. Applicants give no
list. Sources: NRMP, SOAP pages and FAQ (read 2026-11-22): three rounds 2017 to 2020, four since 2021 (high);
45 applications in each service, known for 2026 and carried forward (high for 2026).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from matchday.terms import InputProblem

Answer = Callable[[str, Sequence[str], int], str | None]


@dataclass(frozen=True, slots=True)
class SoapRules:
    """The rules of one season: rounds of offers, and applications in each service (None: not known, not checked)."""

    rounds: int
    applications: int | None


@dataclass(frozen=True, slots=True)
class Round:
    """One round: offers by program, who accepted what, what was refused, and what stays unfilled."""

    number: int
    offers: dict[str, list[str]]
    accepted: dict[str, str]
    rejected: dict[str, list[str]]
    unfilled: dict[str, int]


def rules_of(season: int) -> SoapRules:
    """The rules of a season. Raises `InputProblem` for seasons before 2017, whose rules are not known here."""
    if season < 2017:
        raise InputProblem(f"the SOAP rules of {season} are not known", expected="2017 or later", do="give SoapRules")
    return SoapRules(rounds=3 if season <= 2020 else 4, applications=45 if season >= 2026 else None)


def takes_first_of(wishes: Mapping[str, Sequence[str]]) -> Answer:
    """An answer for everybody by a private order: the best offer on it, at once; others are refused."""

    def answer(applicant: str, offers: Sequence[str], number: int) -> str | None:
        return next((program for program in wishes.get(applicant, ()) if program in offers), None)

    return answer


def run_soap(
    *,
    positions: Mapping[str, int],
    preferences: Mapping[str, Sequence[str]],
    applications: Mapping[str, Iterable[str]],
    answer: Answer,
    rules: SoapRules,
    service: Mapping[str, str] | None = None,
) -> list[Round]:
    """All rounds of a SOAP.

    positions: unfilled positions by program. preferences: each program's list of applicants. applications: the
    programs each applicant applied to; they count in every round. answer(applicant, offers, round): the program
    accepted, or None; offers come in the order of `positions`. service: the application service of each program, for
    the limit; one for all if absent. Raises `InputProblem` for a preference without an application and for too many.
    """
    applied = {applicant: set(programs) for applicant, programs in applications.items()}
    _refuse_too_many(applied, service or {}, rules)
    _refuse_strangers(positions, preferences, applied)
    waiting = {program: list(preferences.get(program, ())) for program in positions}
    open_positions, placed, rounds = dict(positions), set[str](), []
    for number in range(1, rules.rounds + 1):
        offers = {program: _next_ones(row, open_positions[program], placed) for program, row in waiting.items()}
        accepted, rejected = _answers(offers, answer, number)
        placed.update(accepted)
        for program in accepted.values():
            open_positions[program] -= 1
        unfilled = {program: count for program, count in open_positions.items() if count}
        rounds.append(Round(number, {p: row for p, row in offers.items() if row}, accepted, rejected, unfilled))
    return rounds


def _next_ones(row: list[str], count: int, placed: set[str]) -> list[str]:
    """Take the next applicants without a position off a program's list."""
    offers: list[str] = []
    while row and len(offers) < count:
        applicant = row.pop(0)
        if applicant not in placed:
            offers.append(applicant)
    return offers


def _answers(
    offers: Mapping[str, Sequence[str]], answer: Answer, number: int
) -> tuple[dict[str, str], dict[str, list[str]]]:
    """What everybody with offers does."""
    got: dict[str, list[str]] = {}
    for program, row in offers.items():
        for applicant in row:
            got.setdefault(applicant, []).append(program)
    accepted, rejected = {}, {}
    for applicant, programs in got.items():
        choice = answer(applicant, programs, number)
        if choice is not None and choice not in programs:
            raise InputProblem(
                f"{applicant!r} accepts {choice!r}", expected="one of the offers", do="correct the answer"
            )
        if choice is not None:
            accepted[applicant] = choice
        refused = [program for program in programs if program != choice]
        if refused:
            rejected[applicant] = refused
    return accepted, rejected


def _refuse_too_many(applied: Mapping[str, set[str]], service: Mapping[str, str], rules: SoapRules) -> None:
    """The limit of applications holds in each service."""
    for applicant, programs in applied.items():
        for name, count in Counter(service.get(program, "") for program in programs).items():
            if rules.applications is not None and count > rules.applications:
                raise InputProblem(f"{applicant!r} sends {count} applications" + (f" in {name}" if name else ""),
                                   expected=f"at most {rules.applications} in each service", do="send fewer")  # fmt: skip


def _refuse_strangers(
    positions: Mapping[str, int], preferences: Mapping[str, Sequence[str]], applied: Mapping[str, set[str]]
) -> None:
    """Programs prefer only those who applied, each once."""
    for program, row in preferences.items():
        if program not in positions:
            raise InputProblem(
                f"{program!r} has no unfilled positions", expected="a program of `positions`", do="leave it out"
            )
        for applicant in row:
            if program not in applied.get(applicant, ()):
                raise InputProblem(f"{program!r} prefers {applicant!r}, who did not apply", expected="applicants",
                                   do="take the name off")  # fmt: skip
        if len(set(row)) < len(row):
            raise InputProblem(f"{program!r} prefers somebody twice", expected="each applicant once", do="take one out")
