"""The start: one question on each screen, "skip" on each, the first answers as soon as there are any; then Today."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from matchday.dossier import edit
from matchday.dossier.model import Dossier
from matchday.terms import InputProblem
from matchday.web.desk import desk
from matchday.web.forms.facts import FactsForm, suggestions
from matchday.web.forms.words import PARTS, choice
from matchday.web.frame import answer, setting
from matchday.web.start import BEFORE, ENOUGH, QUESTIONS, Question, first_findings, forms, known, saved
from matchday.web.views.facts_save import said_of
from matchday.web.views.write import write


def start(request: HttpRequest, number: int = 1) -> HttpResponse:
    """Question number 1 to 10; sent, it saves and goes on to the next."""
    if not 1 <= number <= len(QUESTIONS):
        raise Http404
    question, dossier = QUESTIONS[number - 1], desk().read().dossier
    if request.method != "POST":
        return _page(request, number, forms(question, dossier))
    answered = forms(question, dossier, request.POST)
    home, then = reverse("start", args=[number]), _next(number)

    def refused(request: HttpRequest, problem: InputProblem) -> HttpResponse:
        return _page(request, number, answered, status=422, problem=said_of(problem))

    if request.POST.get("none") and _none(question, dossier) and not any(map(touched, answered)):
        return write(request, lambda now: _emptied(question, now), home=home, then=then, refused=refused)
    if not all(form.is_valid() for form in answered):
        return _page(request, number, answered, status=422, problem=_("Not saved yet: see the marked fields."))
    return write(request, lambda now: _saved(request, question, now), home=home, then=then, refused=refused)


def _emptied(question: Question, dossier: Dossier) -> Dossier:
    if getattr(dossier, question.part):
        what, do = _("there are entries"), _("remove them one by one first")
        raise InputProblem(what, expected=_("a list without entries"), do=do)
    return edit.none(dossier, question.part)


def _saved(request: HttpRequest, question: Question, dossier: Dossier) -> Dossier:
    """The dossier with what was answered, whichever rows the question is about in it."""
    answered = forms(question, dossier, request.POST)
    for form in answered:
        form.is_valid()  # as it was before: what was sent is the same
    return saved(dossier, answered)


def _next(number: int) -> str:
    return reverse("start", args=[number + 1]) if number < len(QUESTIONS) else reverse("today")


def _page(
    request: HttpRequest, number: int, asked: list[FactsForm], *, status: int = 200, problem: str = ""
) -> HttpResponse:
    here, question = setting(request), QUESTIONS[number - 1]
    dossier = desk().read().dossier
    answered = sum(known(one, dossier) for one in QUESTIONS)
    findings = first_findings(desk().report(here.opened, here.on)) if answered >= ENOUGH else []
    data = {
        "number": number,
        "of": len(QUESTIONS),
        "asked": str(question.asked),
        "why": str(question.why),
        "groups": [{"title": _title(form), "fields": form.lines()} for form in asked],
        "answered": answered,
        "findings": [finding.as_json() for finding in findings],
        "problem": problem,
    }
    check = "" if len(asked) > 1 else reverse("facts_check", args=[question.part])
    more = {"none": _none(question, dossier), "skip": _next(number), "suggested": suggestions(asked), "check": check}
    response = answer(request, "start.html", data, **more)
    response.status_code = status
    return response


def _title(form: FactsForm) -> str:
    """The exam that a form is about; "" for a question with one form."""
    if form.prefix and form.prefix.endswith(BEFORE):
        return _("%s: a try before that, if there was one") % choice(form.prefix.removesuffix(BEFORE))
    return str(choice(form.prefix)) if form.prefix else ""


def _none(question: Question, dossier: Dossier) -> str:
    """The words for "I have none", where that can be said; everybody has a school."""
    said = question.part in ("exam", "licence", "pathway") and not getattr(dossier, question.part)
    return str(PARTS[question.part].none) if said else ""


def touched(form: FactsForm) -> bool:
    """Whether anything was typed into a form."""
    return any(form.typed(key).touched for key in form.facts())
