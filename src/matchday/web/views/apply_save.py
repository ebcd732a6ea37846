"""Saving the list: tiers, signals, what is taken off, the budget. A list changed meanwhile is shown beside the wishes."""

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
from matchday.web.mylist import placed, tier_of, without
from matchday.web.views.told import told


@dataclass(frozen=True, slots=True)
class Wish:
    """What the form asks of one program that is on the list now, at `at`: only what differs from the file is set."""

    at: int
    program: str
    tier: str | None
    signal: str | None
    off: bool


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Write the wishes of the form; when the file is another by now, show both first."""
    opened = desk().read()
    wishes = list(_wishes(request.POST, opened.dossier))
    try:
        if request.POST.get("digest", "") != opened.digest and wishes:
            return _both(request, opened.dossier, wishes)
        if wishes:
            desk().write(_granted(opened.dossier, wishes), opened.digest)
    except InputProblem as problem:
        return told(request, problem)
    return HttpResponseRedirect(reverse("apply"))


def _wishes(sent: QueryDict, dossier: Dossier) -> Iterator[Wish]:
    """Each row of the form, found again by its program when rows have moved; a program that is gone is passed over."""
    present = dossier.application or ()
    for number in sorted(int(key[8:]) for key in sent if re.fullmatch(r"program-\d{1,6}", key)):
        program = sent.get(f"program-{number}", "")
        places = [at for at, one in enumerate(present) if (one.program or "") == program]
        if not places:
            continue
        at = number if number in places else places[0]
        tier, signal = sent.get(f"tier-{number}"), sent.get(f"signal-{number}")
        wish = Wish(
            at=at,
            program=program,
            tier=tier if program and tier != tier_of(dossier, program) else None,
            signal=signal if signal != (present[at].signal or "") else None,
            off=f"remove-{number}" in sent,
        )
        if wish.off or wish.tier is not None or wish.signal is not None:
            yield wish


def _granted(dossier: Dossier, wishes: list[Wish]) -> Dossier:
    """The dossier with every wish; what is taken off goes last and from the end, so that places stay true."""
    for wish in wishes:
        if wish.tier is not None:
            dossier = placed(dossier, wish.program, wish.tier)
        if wish.signal is not None:
            dossier = edit.change(dossier, "application", wish.at, signal=wish.signal or None)
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
        }
        for wish in wishes
    ]
    response = answer(request, "apply_both.html", {"conflict": rows})
    response.status_code = 409
    return response


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
