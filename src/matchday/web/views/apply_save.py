"""Saving the list: tiers, their order, signals, what is taken off."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from matchday.dossier import edit
from matchday.dossier.model import Dossier
from matchday.terms import InputProblem
from matchday.web.desk import desk
from matchday.web.forms.paste import whole
from matchday.web.mylist import order_of, placed, put_at, stepped, tier_of, without
from matchday.web.views.apply import apply
from matchday.web.views.write import made_on, write


@dataclass(frozen=True, slots=True)
class Wish:
    """What the form asks of the entry at `at`: only what differs from the file that the form was made from."""

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
    """Write the wishes of the form."""
    wishes = list(_wishes(request.POST, (made_on(request) or desk().read()).dossier))

    def then(after: Dossier) -> str:
        return reverse("apply") + "".join(_beside(after, wish) for wish in wishes if wish.step)

    return write(request, lambda dossier: _granted(dossier, wishes), home=reverse("apply"), then=then)


def _beside(dossier: Dossier, wish: Wish) -> str:
    """The button that was pressed, where its row stands now; at the end of a tier the other one: so it keeps the focus."""
    order = order_of(dossier, tier_of(dossier, wish.program))
    at = next((at for at, one in enumerate(dossier.application or ()) if one.program == wish.program), None)
    if at is None or wish.program not in order:
        return ""
    end = {"up": order[0], "down": order[-1]}[wish.step] == wish.program
    return f"#{wish.step if not end else 'down' if wish.step == 'up' else 'up'}-{at}"


def _wishes(sent: QueryDict, dossier: Dossier) -> Iterator[Wish]:
    """Each row of the form that differs from the file it was made from."""
    present = dossier.application or ()
    everything = sent.get("all", "")  # the tier for all rows that have none
    wanted = dict(_places(sent))
    step, _space, moved = sent.get("move", "").partition(" ")
    for number in sorted(int(key[8:]) for key in sent if re.fullmatch(r"program-\d{1,6}", key)):
        program = sent.get(f"program-{number}", "")
        at = _where(dossier, program, number)
        if at is None:
            continue
        tier, signal = sent.get(f"tier-{number}"), sent.get(f"signal-{number}")
        if everything and tier == "":
            tier = everything
        wish = Wish(
            at=number,
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


def _where(dossier: Dossier, program: str, at: int) -> int | None:
    """Where the entry of a program stands: there where it stood, else its first one; None when it is gone."""
    places = [place for place, one in enumerate(dossier.application or ()) if (one.program or "") == program]
    return at if at in places else next(iter(places), None)


def _granted(dossier: Dossier, wishes: list[Wish]) -> Dossier:
    """The dossier with every wish; what is taken off goes last and from the end, so that places stay true."""
    off: set[int] = set()
    for wish in wishes:
        at = _where(dossier, wish.program, wish.at)
        if at is None:
            what = _("%(program)s is not on your list any more") % {"program": wish.program}
            raise InputProblem(what, expected=_("a program of your list"), do=_("add it again"))
        if wish.tier is not None:
            dossier = placed(dossier, wish.program, wish.tier)
        if wish.signal is not None:
            dossier = edit.change(dossier, "application", at, signal=wish.signal or None)
        off |= {at} if wish.off else set()
    dossier = put_at(dossier, {wish.program: wish.place for wish in wishes if wish.place is not None})
    for wish in wishes:
        dossier = stepped(dossier, wish.program, wish.step)
    for at in sorted(off, reverse=True):
        dossier = without(dossier, at)
    return dossier


@require_POST
def budget(request: HttpRequest) -> HttpResponse:
    """Write the budget of the season in whole dollars; an empty one is not known."""
    text = request.POST.get("budget", "").strip()
    usd = whole(text) if text else None
    if text and type(usd) is not int:
        return apply(request, status=422, budget=text)
    return write(request, lambda dossier: edit.set_preferences(dossier, budget_usd=usd), home=reverse("apply"))
