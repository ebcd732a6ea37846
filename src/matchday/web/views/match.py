"""Try the Match: a list in a market, step by step; what changes when it is reordered; why an honest list is best."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from matchday.directory.search import lines_of
from matchday.match.honesty import LITERATURE, Tried
from matchday.match.made import LONGEST
from matchday.match.steps import Step, concerns
from matchday.terms import InputProblem
from matchday.web.forms import market
from matchday.web.forms.market import LONGEST_NAME
from matchday.web.frame import Setting, answer, setting
from matchday.web.mylist import in_order
from matchday.web.scene import line_in_words, person, scene, words
from matchday.web.shelf import directory, title_of
from matchday.web.trial import EXAMPLE, Trial, keep, kept, made_up

# A picture of the whole market is of use only while it can be overlooked.
MOST_PROGRAMS = 12


@require_http_methods(["GET", "HEAD", "POST"])
def match(request: HttpRequest) -> HttpResponse:
    """The choice of list and market; by POST the trial begins."""
    here = setting(request)
    problem = None
    if request.method == "POST":
        try:
            return _to(keep(_begun(request, here)))
        except InputProblem as found:
            problem = {name: getattr(found, name) for name in ("what", "expected", "do", "file", "line")}
    ranklist, couple = here.opened.dossier.ranklist, here.opened.dossier.couple
    taste = in_order(here.opened.dossier)
    own = list(ranklist.primary or ())
    from_apply = bool(taste) and (not own or request.GET.get("from") == "apply")
    shown = _named(taste[:LONGEST]) if from_apply else own
    data: dict[str, Any] = {
        "own": own,
        "taste": taste,
        "from_apply": from_apply,
        "pairs": [list(pair) for pair in (couple.pairs or ())] if couple else [],
        "problem": problem,
        "example": list(EXAMPLE),
    }
    given = request.POST.get("list", "")[:10_000] or "\n".join(shown or EXAMPLE)
    more = {"seed": request.POST.get("seed", "")[:4] or 1, "most": LONGEST}
    response = answer(request, "match.html", data, given=given, **more)
    response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return response


def _named(codes: Sequence[str]) -> list[str]:
    """Programs of the list by name and code, as far as the directory knows them."""
    with directory() as store:
        lines = lines_of(store.db, codes)
    names = {called: title_of(line)[: LONGEST_NAME - len(called) - 1].strip() for called, line in lines.items()}
    return [f"{names.get(called, '')} {called}".strip()[-LONGEST_NAME:] for called in codes]


def _begun(request: HttpRequest, here: Setting) -> Trial:
    what = request.POST.get("what")
    seed = market.seed(request.POST.get("seed", ""))
    if what == "file":
        return market.uploaded(request.FILES.getlist("market"), request.POST.get("me", "").strip())
    couple = here.opened.dossier.couple
    if what == "couple" and couple and couple.pairs:
        pairs = [(_code(a), _code(b)) for a, b in couple.pairs]
        names = list(dict.fromkeys(code for pair in pairs for code in pair if code))
        return made_up(names, seed, partner=True, pairs=pairs)
    return made_up(market.wanted(request.POST.get("list", "")), seed, partner="partner" in request.POST)


def _code(text: str) -> str | None:
    return None if text.lower() == "none" else text


@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: HttpRequest, key: str) -> HttpResponse:
    """One trial: the outcome, what changed, one step. By POST the list is changed."""
    found = kept(key)
    if found is None:
        return HttpResponseRedirect(reverse("match"))
    if request.method == "POST":
        act, _space, at = request.POST.get("act", "").partition(" ")
        return _to(keep(found.edited(act, int(at) if at.isascii() and at.isdigit() and len(at) < 6 else -1)))
    number = _number(request, len(found.told.steps) if found.told else 0)
    shown = _step(found, number) if number and found.told else None
    data = _data(found) | {"step": shown}
    return answer(request, "trial.html", data, trial=found, picture=_picture(found, number))


@require_safe
def honesty(request: HttpRequest, key: str) -> HttpResponse:
    """Every simple change of the honest list, and that none gives more."""
    found = kept(key)
    if found is None:
        return HttpResponseRedirect(reverse("match"))
    trials = found.trials
    data = {
        "honest": trials.honest,
        "possible": trials.possible,
        "proved": found.proved,
        "more": trials.count(True),
        "same": trials.count(None),
        "less": trials.count(False),
        "tried": [_tried(found, one) for one in trials.tried],
        "literature": list(LITERATURE),
    }
    return answer(request, "honesty.html", data, trial=found, lines=_lines(found, found.honest))


def _to(found: Trial) -> HttpResponse:
    return HttpResponseRedirect(reverse("trial", kwargs={"key": found.key}))


def _number(request: HttpRequest, most: int) -> int:
    asked = request.GET.get("step", "")
    return min(max(int(asked), 1), most) if asked.isascii() and asked.isdigit() and len(asked) < 9 else min(1, most)


def _lines(found: Trial, lines: tuple[tuple[int, ...], ...]) -> list[str]:
    return [line_in_words(found, line) for line in lines]


def _data(found: Trial) -> dict[str, Any]:
    got = found.got(found.outcome)
    verdicts = found.verdicts
    return {
        "key": found.key,
        "made_up": found.made,
        "list": [
            {"programs": text, "verdict": verdict, "match": line == got}
            for text, line, verdict in zip(_lines(found, found.lines), found.lines, verdicts, strict=True)
        ],
        "match": _name(found, got),
        "place": found.place(found.outcome),
        "changed": found.changed,
        "before": {"match": _name(found, found.got(found.before)), "place": found.place(found.before)},
        "comparison": _comparison(found),
        "others_moved": found.others_moved(),
        "stable": found.outcome.stable,
        "steps": len(found.told.steps) if found.told else None,
        "ended": found.told.ended if found.told else None,
    }


def _name(found: Trial, got: tuple[int, ...]) -> str | None:
    return line_in_words(found, got) if any(p >= 0 for p in got) else None


def _comparison(found: Trial) -> str:
    """How the list tried fares against the honest one, judged by the honest one: better, same or worse."""
    none = len(found.honest) + 1
    was, now = found.place(found.before) or none, found.place(found.outcome) or none
    return "same" if was == now else "better" if now < was else "worse"


def _step(found: Trial, number: int) -> dict[str, Any]:
    """One step in words, with the numbers of the steps around it."""
    assert found.told is not None  # noqa: S101 -- the caller has looked
    all_steps = found.told.steps
    mine = [n for n, step in enumerate(all_steps, 1) if concerns(step, found.unit)]
    return {
        "number": number,
        "of": len(all_steps),
        "words": words(found, all_steps[number - 1]),
        "previous": number - 1 or None,
        "next": number + 1 if number < len(all_steps) else None,
        "next_of_mine": next((n for n in mine if n > number), None),
        "held": _held(found, all_steps[number - 1]),
    }


def _held(found: Trial, step: Step) -> list[dict[str, Any]]:
    programs = range(found.market.n_programs)
    shown = programs if len(programs) <= MOST_PROGRAMS else sorted({p for p in step.line if p >= 0})
    return [
        {
            "program": found.program(p),
            "positions": step.quota[p],
            "held": [person(found, a) for a in step.held[p]],
        }
        for p in shown
    ]


def _picture(found: Trial, number: int) -> Any:
    return scene(found, found.told.steps[number - 1]) if found.told and number else None


def _tried(found: Trial, one: Tried) -> dict[str, Any]:
    lines = _lines(found, found.honest)
    change = one.change
    return {
        "kind": change.kind,
        "first": lines[change.at] if change.kind != "first" else None,
        "second": lines[change.to] if change.kind == "swap" else None,
        "length": change.at if change.kind == "first" else None,
        "match": lines[one.place] if one.place is not None else None,
        "place": one.place + 1 if one.place is not None else None,
        "result": "better" if one.better else "same" if one.place == found.trials.honest else "worse",
    }
