"""What may be wrong in the file: contradictions, applications that can lead nowhere, specialties nobody knows."""

from dataclasses import dataclass

from matchday.directory.store import Store, place
from matchday.dossier.contradictions import ahead
from matchday.plan.wasted import Wasted, price_of, wasted
from matchday.rules import Finding
from matchday.terms import InputProblem, Verdict
from matchday.web.desk import desk
from matchday.web.frame import Setting
from matchday.web.purse import Purse, purse


@dataclass(frozen=True, slots=True)
class Doubts:
    """Everything that may be wrong, most certain first. `price` = what the wasted applications cost, if known."""

    contradictions: tuple[Finding, ...]
    wasted: tuple[Wasted, ...]
    price: int | None
    problem: InputProblem | None = None

    @property
    def paid(self) -> int:
        """How many of the wasted applications are sent already."""
        return sum(one.sent for one in self.wasted)


def doubts(here: Setting) -> Doubts:
    """The doubts about the file of a request. The directory is asked only when there is one."""
    report = desk().report(here.opened, here.on)
    contradictions = (*(finding for finding in report if finding.id.startswith("dossier.")), *_ahead(here))
    if not here.opened.dossier.application or not place().exists():
        return Doubts(contradictions, (), None)
    try:
        found = desk().answer("wasted", here.opened, here.on, directory_changed(), make=lambda: _wasted(here))
    except InputProblem as problem:  # a directory that cannot be opened keeps nobody from the rest
        return Doubts(contradictions, (), None, problem)
    price = price_of(here.opened.dossier, here.season, {one.program for one in found}) if found else None
    return Doubts(contradictions, found, price)


def _ahead(here: Setting) -> tuple[Finding, ...]:
    """Results of exams that are still to come by the clock; what is only supposed may be ahead."""
    return tuple(
        Finding(one.id, "Matchday", one.title, Verdict.NOT_MET, f"{_capital(one.why)}.", f"{_capital(one.next)}.")
        for one in ahead(desk().read().dossier, here.today)
    )


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def directory_changed() -> tuple[int, ...]:
    """When the directory was written last: changes with every import. Empty when there is none."""
    file = place()
    return tuple(part.stat().st_mtime_ns for part in (file, file.with_name(f"{file.name}-wal")) if part.exists())


def _wasted(here: Setting) -> tuple[Wasted, ...]:
    with Store() as store:
        return wasted(here.opened.dossier, here.on, here.season, store)


def purse_or_problem(here: Setting) -> tuple[Purse | None, InputProblem | None]:
    """The purse of the season, or why it cannot be counted: an application to a specialty that nobody knows."""
    try:
        dossier, year = here.opened.dossier, here.season
        return desk().answer("purse", here.opened, year, make=lambda: purse(dossier, year)), None
    except InputProblem as problem:
        return None, problem
