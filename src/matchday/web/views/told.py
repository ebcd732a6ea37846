"""A form that could not be carried out: what is wrong, what to do, and the way back. Nothing was written."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from matchday.dossier.keep import Conflict
from matchday.terms import InputProblem
from matchday.web.frame import answer
from matchday.web.reasons import said
from matchday.web.views.acts import back


def told(request: HttpRequest, problem: InputProblem) -> HttpResponse:
    """The page of a refused form: 409 when somebody else changed the file meanwhile, else 422."""
    conflict = isinstance(problem, Conflict)
    data = {
        "what": _("The file was changed meanwhile, in another tab or by hand.") if conflict else said(problem.what),
        "expected": _("the file as it was when the page was opened") if conflict else said(problem.expected),
        "do": _("go back, where the page shows the file as it stands now, and do it once more")
        if conflict
        else said(problem.do),
    }
    response = answer(request, "told.html", data, back_to=back(request)["Location"])
    response.status_code = 409 if conflict else 422
    return response
