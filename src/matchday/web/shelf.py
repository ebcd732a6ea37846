"""The directory as the pages see it: opened for one answer, and every line of it judged once for the owner of the file."""

import datetime as dt
import gc
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from matchday.directory.fit import FIT_FIELDS, Fit, Reason, row_of
from matchday.directory.gates import Verdict
from matchday.directory.search import as_json, handle
from matchday.directory.store import Store
from matchday.directory.synthetic import MARK, made_up_directory
from matchday.plan.fitting import fit_for
from matchday.rules.evaluate import season_of
from matchday.web.desk import desk
from matchday.web.frame import Setting

_filling = threading.Lock()


@contextmanager
def directory() -> Iterator[Store]:
    """The directory as it is; it may be empty."""
    with Store() as store:
        yield store


@contextmanager
def filled_directory(today: dt.date) -> Iterator[Store]:
    """The directory; one without any import is filled with made-up programs first, once."""
    with directory() as store:
        with _filling:
            fill(store, today)
        yield store


def fill(store: Store, today: dt.date) -> None:
    """Fill an empty directory with made-up programs."""
    if not store.empty:
        return
    gc.disable()  # 200,000 small values and nothing to collect: a quarter of the time goes to looking in vain
    try:
        store.fill_made_up(made_up_directory().records, today)
    finally:
        gc.enable()


@dataclass(frozen=True, slots=True)
class Judged:
    """Every line of the directory judged for one person: the gates, and the verdict by number of the line."""

    fit: Fit
    verdicts: Mapping[int, Verdict]

    def judge(self, row: Sequence[Any]) -> Verdict:
        """The verdict on a line, given as its number alone; see JUDGED."""
        return self.verdicts[row[0]]

    def shown(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """A line as pages show it: the shape of the interface, what it is called by, and fit with its strongest reason."""
        reasons = self.fit.reasons(row_of(line))
        verdict = str(self.verdicts[line["id"]])
        return as_json(line) | {
            "handle": handle(line),
            "title": title_of(line),
            "place": place_of(line),
            "fit": {"verdict": verdict, "why": strongest(reasons)},
            "ending": ending(reasons),
        }


JUDGED = ("id",)
KEPT = 4  # days asked about in turn; one takes about a megabyte
_judged: dict[tuple[object, ...], Judged] = {}


def judged(here: Setting, store: Store) -> Judged:
    """The directory judged for the owner of the file; kept until what the gates ask of them, or the directory, changes."""
    dossier = here.opened.dossier
    asked = repr(
        (dossier.person, dossier.school, dossier.exam, dossier.certification, dossier.experience, dossier.licence)
    )
    sources = tuple((one.id, one.digest, one.read_on) for one in store.sources())
    lines = store.db.execute("SELECT count(*), max(id), max(program_id) FROM listing").fetchone()
    key = (desk().path, asked, here.on, season_of(dossier, here.on), store.path, sources, lines)
    if key not in _judged:
        while len(_judged) >= KEPT:
            _judged.pop(next(iter(_judged)), None)
        fit = fit_for(here.opened.dossier, here.on, None)
        rows = store.db.execute(f"SELECT id, {', '.join(FIT_FIELDS)} FROM listing")  # noqa: S608 -- names of fit.py
        _judged[key] = Judged(fit, {row[0]: fit.verdict(row[1:]) for row in rows})
    return _judged[key]


def ending(reasons: Sequence[Reason]) -> str:
    """Whether a program's accreditation has "ended", is "ending", or (as far as anything is known) neither: ""."""
    ended = {Verdict.NOT: "ended", Verdict.SILENT: "ending", Verdict.TAKES: ""}
    return next((ended[one.ruling.verdict] for one in reasons if one.gate == "accreditation"), "")


def strongest(reasons: Sequence[Reason]) -> str:
    """Why, in one line: what shuts the door, else what is open, else the first reason to come in; and how many more."""
    first = reasons[0]
    more = sum(reason.ruling.verdict is first.ruling.verdict for reason in reasons[1:])
    if first.ruling.verdict is Verdict.TAKES or not more:
        return first.ruling.why
    return f"{first.ruling.why} (+{more})"


def plain_name(text: str | None) -> str:
    """A name without "(made up)": pages put the word beside it as a mark of its own."""
    return " ".join((text or "").replace(MARK, " ").split()).replace(" ,", ",")


def title_of(line: Mapping[str, Any]) -> str:
    """The name to show first: the institution, else the program's own; empty when no source gives one."""
    return plain_name(line["institution"] or line["name"])


def place_of(line: Mapping[str, Any]) -> str:
    """City and state, as far as they are known."""
    return plain_name(", ".join(part for part in (line["city"], line["state"]) if part))
