"""Acts of the plan: a step told, a duration of one's own, another season. By POST only; then what moved is shown."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from matchday.dossier import edit
from matchday.dossier.model import Dossier
from matchday.terms import InputProblem
from matchday.web.deeds import done_on
from matchday.web.frame import day_of, setting
from matchday.web.views.plan import Telling, plan_page, season_of
from matchday.web.views.told import told
from matchday.web.views.write import Changing, write


@require_POST
def step_done(request: HttpRequest) -> HttpResponse:
    """Write the day of a step into the dossier."""
    task, day = request.POST.get("task", ""), day_of(request.POST.get("day"))
    today, result = setting(request).today, request.POST.get("result", "")

    def change(dossier: Dossier) -> Dossier:
        if day is None:
            raise InputProblem(
                "the day is missing or cannot be read", expected="a day such as 2026-11-22", do="enter it"
            )
        return done_on(dossier, task, day, today, result)

    return _written(request, change, task)


@require_POST
def step_days(request: HttpRequest) -> HttpResponse:
    """Write how long a step takes this person; without numbers go back to the plan's own."""
    task = request.POST.get("task", "")
    typed = [request.POST.get(name, "").strip() for name in ("shortest", "usual", "longest")]

    def change(dossier: Dossier) -> Dossier:
        own = "own" in request.POST or not any(typed)
        return edit.set_duration(dossier, task=task, days=None if own else _three(typed))

    return _written(request, change, task)


def _three(typed: list[str]) -> tuple[float, float, float]:
    if not all(typed):
        raise InputProblem("one of the three numbers is missing", expected="a number of days", do="fill in all three")
    low, usual, high = (_number(text) for text in typed)
    if not low <= usual <= high:
        raise InputProblem(
            "the shortest, the usual and the longest time are not in this order",
            expected="the smallest number first",
            do="put them in order",
        )
    return low, usual, high


@require_POST
def aim(request: HttpRequest) -> HttpResponse:
    """Write the season aimed at into the dossier."""
    year = season_of(request.POST.get("season", ""))
    if year is None:
        raise InputProblem(
            _("this is no season"), expected=_("a year from 2000 to 2100"), do=_("choose one of the list")
        )
    return _written(request, lambda dossier: edit.set_season(dossier, season=year))


def _written(request: HttpRequest, change: Changing, task: str = "") -> HttpResponse:
    """Write it; what cannot be done is told in the row of the step, with what was typed."""
    home = f"{reverse('plan')}?{urlencode({'tell': task})}#{task}" if task else reverse("plan")

    def refused(request: HttpRequest, problem: InputProblem) -> HttpResponse:
        return plan_page(request, Telling(task, problem, request.POST.dict()))

    return write(request, change, home=home, then=reverse("changed"), refused=refused if task else told)


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise InputProblem(f"{text!r} is no number", expected="a number of days", do="write it in digits") from None
    if not 0 <= number <= 10_000:
        raise InputProblem(f"{text} is out of range", expected="0 to 10,000", do="write a smaller number")
    return number
