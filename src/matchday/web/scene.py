"""One step of a match in words, and as a small picture: who asks, the programs asked, whom they hold afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from matchday.match.made import PARTNER, YOU
from matchday.match.market import NO_MATCH
from matchday.match.steps import Step
from matchday.web.tags import isolated
from matchday.web.trial import Trial

ROW = 22
LONGEST = 24


@dataclass(frozen=True, slots=True)
class Seat:
    """One name in a program's box. what: "held", "new" (by this step) or "lost" (by this step); y in user units."""

    name: str
    what: str
    y: int


@dataclass(frozen=True, slots=True)
class Box:
    """One program: its positions and the names in it; y and height in user units."""

    name: str
    held: int
    quota: int
    y: int
    height: int
    seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """The picture of a step: who asks (on the left), whether they are taken, the boxes of the programs (on the right)."""

    who: str
    taken: bool
    boxes: tuple[Box, ...]
    height: int


def scene(trial: Trial, step: Step) -> Scene:
    """The picture of one step."""
    boxes: list[Box] = []
    y = 4
    for program in dict.fromkeys(p for p in step.line if p != NO_MATCH):
        box = _box(trial, step, program, y)
        boxes.append(box)
        y += box.height + 10
    return Scene(_short(" + ".join(person(trial, a) for a in step.who)), step.taken, tuple(boxes), y)


def _box(trial: Trial, step: Step, program: int, y: int) -> Box:
    new = {a for a, p in zip(step.who, step.line, strict=False) if p == program and step.taken}
    held = [(person(trial, a), "new" if a in new else "held") for a in step.held[program]]
    lost = [(person(trial, a), "lost") for a, p in step.lost if p == program]
    seats = tuple(
        Seat(_short(name), what, y + ROW * (row + 2)) for row, (name, what) in enumerate([*held[:8], *lost[:4]])
    )
    height = ROW * (max(1, len(seats)) + 1) + 14
    return Box(_short(str(trial.program(program))), len(held), step.quota[program], y, height, seats)


def person(trial: Trial, a: int) -> str:
    """How an applicant is called on the page."""
    name = trial.market.applicants[a]
    if trial.made:
        return {YOU: _("you"), PARTNER: _("your partner")}.get(name, name)
    return _("{name} (you)").format(name=name) if a in trial.unit else name


def line_in_words(trial: Trial, line: Sequence[int]) -> str:
    """The programs of a line; "no match" where a partner asks for none."""
    return " + ".join(isolated(trial.program(p) or _("no match")) for p in line)


def words(trial: Trial, step: Step) -> str:
    """What happens in one step, in one or two sentences."""
    where = line_in_words(trial, step.line)
    if step.act == "gives":
        giver, taker = (isolated(str(trial.program(p))) for p in step.line)
        return _("{giver} has free positions left and gives them over to {taker}.").format(giver=giver, taker=taker)
    lost = ", ".join(isolated(person(trial, a)) for a, _p in step.lost)
    if step.act == "lowers":
        return _("{where} asked for an even or odd number of people. It lets {lost} go.").format(where=where, lost=lost)
    who = " + ".join(isolated(person(trial, a)) for a in step.who)
    return _sentence(step, mine=trial.made and step.who == trial.unit).format(who=who, where=where, lost=lost)


def _sentence(step: Step, *, mine: bool) -> str:
    answer = _answer(step)
    if step.act == "first_year":
        return {
            "free": _("{who} takes a first-year position at {where}."),
            "better": _("{who} takes a first-year position at {where}, which prefers {who} to {lost}."),
        }[answer]
    if len(step.who) == 2:
        return {
            "free": _("{who} ask together for {where}. Both can be held for now."),
            "better": _("{who} ask together for {where}. Both are held for now; {lost} must ask elsewhere."),
        }.get(answer, _("{who} ask together for {where}. Not both can be taken: no."))
    if mine:
        return {
            "free": _("You ask {where}. It has a free position and holds you for now."),
            "better": _("You ask {where}. It is full, but prefers you to {lost}, who must ask elsewhere."),
            "unranked": _("You ask {where}. It has not ranked you: no."),
            "full": _("You ask {where}. It is full of people it ranks higher: no."),
        }[answer]
    return {
        "free": _("{who} asks {where}. It has a free position and holds {who} for now."),
        "better": _("{who} asks {where}. It is full, but prefers {who} to {lost}, who must ask elsewhere."),
        "unranked": _("{who} asks {where}. It has not ranked {who}: no."),
        "full": _("{who} asks {where}. It is full of people it ranks higher: no."),
    }[answer]


def _answer(step: Step) -> str:
    if step.taken:
        return "better" if step.lost else "free"
    return "unranked" if "unranked" in step.answers else "full"


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"
