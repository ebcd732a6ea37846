"""A form that could not be carried out: what is wrong, what to do, and the way back. Nothing was written."""

from django.http import HttpRequest, HttpResponse

from matchday.terms import InputProblem
from matchday.web.frame import answer
from matchday.web.reasons import said
from matchday.web.views.acts import back


def told(request: HttpRequest, problem: InputProblem) -> HttpResponse:
    """The page of a refused form, from which it can be sent again as it was."""
    data = {name: said(getattr(problem, name)) for name in ("what", "expected", "do")}
    response = answer(request, "told.html", data, back_to=back(request)["Location"], sent=sent(request))
    response.status_code = 422
    return response


def sent(request: HttpRequest) -> list[tuple[str, str]]:
    """Every field that was sent, to be sent again: nothing that a person typed is lost."""
    left_out = ("csrfmiddlewaretoken", "over")
    return [(name, text) for name, texts in request.POST.lists() if name not in left_out for text in texts]
