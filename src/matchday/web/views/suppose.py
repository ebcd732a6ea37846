"""What if? Begin to suppose a fact, and go back to what is so. By POST only; the file is never touched."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from matchday.terms import InputProblem
from matchday.web.desk import desk
from matchday.web.frame import DAY_COOKIE, day_of, setting
from matchday.web.suppose import DATED, KINDS, Supposition, added
from matchday.web.views.acts import back
from matchday.web.views.facts_save import said_of
from matchday.web.views.requirements import requirements


@require_POST
def suppose(request: HttpRequest) -> HttpResponse:
    """Suppose one thing more; a day to come is also the day the answers are then given for."""
    here = setting(request)
    what, value = request.POST.get("what", ""), request.POST.get("value", "").strip()
    kind = KINDS.get(what)
    day = day_of(request.POST.get("day")) if kind and kind.form in DATED else here.today
    if kind is None or day is None:
        raise InputProblem("the supposition has no day", expected="a day such as 2026-12-18", do="choose what and when")
    supposition = Supposition(what, day, value)
    try:
        supposition.applied(here.opened.dossier)
    except InputProblem as problem:
        return requirements(request, refused=(supposition, said_of(problem)))
    desk().supposed = added(desk().supposed, supposition)
    response = back(request)
    if day > here.on:
        response.set_cookie(DAY_COOKIE, day.isoformat(), httponly=True, samesite="Strict")
    return response


@require_POST
def as_it_is(request: HttpRequest) -> HttpResponse:
    """Suppose nothing any more, and answer as of today."""
    desk().supposed = ()
    response = back(request)
    response.delete_cookie(DAY_COOKIE, samesite="Strict")
    return response
