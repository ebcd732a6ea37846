"""Saving the list: tiers, their order, signals, what is taken off. A list changed meanwhile is shown beside the wishes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_POST

from matchday.dossier import edit
from matchday.dossier.keep import Conflict
from matchday.dossier.model import Dossier
from matchday.terms import InputProblem
from matchday.web.desk import desk
from matchday.web.frame import answer
from matchday.web.mylist import order_of, placed, put_at, stepped, tier_of, without
from matchday.web.views.told import told


@dataclass(frozen=True, slots=True)
class Wish:
    """What the form asks of one program that is on the list now, at `at`: only what differs from the file is set."""

    at: int
    program: str
    tier: str | None
    signal: str | None
    off: bool
    place: int | None = None
    step: str = ""

    def __bool__(self) -> bool:
        """Whether anything is asked at all."""
        asked = (self.tier, self.signal, self.place)
        return self.off or bool(self.step) or any(one is not None for one in asked)


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Write the wishes of the form; when the file is another by now, show both first."""
    opened = desk().read()
    wishes = list(_wishes(request.POST, opened.dossier))
    try:
        if request.POST.get("digest", "") != opened.digest and wishes:
            return _both(request, opened.dossier, wishes)
        after = _granted(opened.dossier, wishes)
        if wishes:
            desk().write(after, opened.digest)
    except InputProblem as problem:
        return told(request, problem)
    return HttpResponseRedirect(reverse("apply") + "".join(_beside(after, wish) for wish in wishes if wish.step))


def _beside(dossier: Dossier, wish: Wish) -> str:
    """The button that was pressed, where its row stands now; at the end of a tier the other one: so it keeps the focus."""
    order = order_of(dossier, tier_of(dossier, wish.program))
    at = next((at for at, one in enumerate(dossier.application or ()) if one.program == wish.program), None)
    if at is None or wish.program not in order:
        return ""
    end = {"up": order[0], "down": order[-1]}[wish.step] == wish.program
    return f"#{wish.step if not end else 'down' if wish.step == 'up' else 'up'}-{at}"


def _wishes(sent: QueryDict, dossier: Dossier) -> Iterator[Wish]:
    """Each row of the form, found again by its program when rows have moved; a program that is gone is passed over."""
    present = dossier.application or ()
    everything = sent.get("all", "")  # the tier for all rows that have none
    wanted = dict(_places(sent))
    step, _space, moved = sent.get("move", "").partition(" ")
    for number in sorted(int(key[8:]) for key in sent if re.fullmatch(r"program-\d{1,6}", key)):
        program = sent.get(f"program-{number}", "")
        places = [at for at, one in enumerate(present) if (one.program or "") == program]
        if not places:
            continue
        at = number if number in places else places[0]
        tier, signal = sent.get(f"tier-{number}"), sent.get(f"signal-{number}")
        if everything and tier == "":
            tier = everything
        wish = Wish(
            at=at,
            program=program,
            tier=tier if program and tier != tier_of(dossier, program) else None,
            signal=signal if signal != (present[at].signal or "") else None,
            off=f"remove-{number}" in sent,
            place=wanted.get(number),
            step=step if step in ("up", "down") and moved == str(number) else "",
        )
        if wish:
            yield wish


def _places(sent: QueryDict) -> Iterator[tuple[int, int]]:
    """The rows that are to stand at another place of their tier than they did: `place-12-3` says that row 12 was third."""
    for key in sent:
        found = re.fullmatch(r"place-(\d{1,6})-(\d{1,6})", key)
        text = sent.get(key, "").strip()
        if found and re.fullmatch(r"[0-9]{1,6}", text) and int(text) != int(found[2]):
            yield int(found[1]), int(text)


def _granted(dossier: Dossier, wishes: list[Wish]) -> Dossier:
    """The dossier with every wish; what is taken off goes last and from the end, so that places stay true."""
    for wish in wishes:
        if wish.tier is not None:
            dossier = placed(dossier, wish.program, wish.tier)
        if wish.signal is not None:
            dossier = edit.change(dossier, "application", wish.at, signal=wish.signal or None)
    dossier = put_at(dossier, {wish.program: wish.place for wish in wishes if wish.place is not None})
    for wish in wishes:
        dossier = stepped(dossier, wish.program, wish.step)
    for at in sorted((wish.at for wish in wishes if wish.off), reverse=True):
        dossier = without(dossier, at)
    return dossier


def _both(request: HttpRequest, dossier: Dossier, wishes: list[Wish]) -> HttpResponse:
    """The file's value and the form's for every row that differs; nothing has been written."""
    present = dossier.application or ()
    rows: list[dict[str, Any]] = [
        {
            "at": wish.at,
            "program": wish.program,
            "tier": wish.tier,
            "tier_now": tier_of(dossier, wish.program),
            "signal": wish.signal,
            "signal_now": present[wish.at].signal or "",
            "off": wish.off,
            "place": wish.place,
            "place_now": _place(dossier, wish.program),
            "step": wish.step,
        }
        for wish in wishes
    ]
    response = answer(request, "apply_both.html", {"conflict": rows})
    response.status_code = 409
    return response


def _place(dossier: Dossier, program: str) -> int | None:
    """Where a program stands in its tier, from 1."""
    order = order_of(dossier, tier_of(dossier, program))
    return order.index(program) + 1 if program in order else None


@require_POST
def budget(request: HttpRequest) -> HttpResponse:
    """Write the budget of the season in whole dollars; an empty one is not known."""
    text = request.POST.get("budget", "").strip().replace(",", "").removeprefix("$")
    try:
        if text and not (text.isascii() and text.isdigit() and len(text) < 9):
            raise InputProblem(f"the budget {text[:20]!r}", expected="whole dollars", do="write, for instance, 2000")
        dossier = edit.set_preferences(desk().read().dossier, budget_usd=int(text) if text else None)
        desk().write(dossier, request.POST.get("digest", ""))
    except (Conflict, InputProblem) as problem:
        return told(request, problem)
    return HttpResponseRedirect(reverse("apply"))
