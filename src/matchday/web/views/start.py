"""The start: one question on each screen, "skip" on each, the first answers as soon as there are any; then Today."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from matchday.dossier import edit
from matchday.dossier.keep import Conflict
from matchday.dossier.model import Dossier
from matchday.terms import InputProblem
from matchday.web.desk import Opened, desk
from matchday.web.forms.facts import FactsForm, country_names, in_words
from matchday.web.forms.meet import differing
from matchday.web.forms.words import PARTS, choice
from matchday.web.frame import answer, setting
from matchday.web.start import ENOUGH, QUESTIONS, Question, first_findings, forms, known, saved


def start(request: HttpRequest, number: int = 1) -> HttpResponse:
    """Question number 1 to 10; sent, it saves and goes on to the next."""
    if not 1 <= number <= len(QUESTIONS):
        raise Http404
    question, opened = QUESTIONS[number - 1], desk().read()
    if request.method != "POST":
        return _page(request, number, forms(question, opened.dossier), opened.digest)
    answered = forms(question, opened.dossier, request.POST)
    loaded = request.POST.get("loaded", "")
    if request.POST.get("none") and _none(question, opened.dossier) and not any(map(touched, answered)):
        return _write(request, number, answered, opened, edit.none(opened.dossier, question.part))
    if not all(form.is_valid() for form in answered):
        return _page(request, number, answered, loaded, status=422, problem=_("Not saved yet: see the marked fields."))
    if loaded != opened.digest and any(differing(form) for form in answered):
        return _page(request, number, answered, opened.digest, status=409, problem=_meanwhile(answered))
    try:
        after = saved(opened.dossier, answered)
    except InputProblem as problem:
        return _page(request, number, answered, loaded, status=422, problem=_told(problem))
    return _write(request, number, answered, opened, after)


def _meanwhile(answered: list[FactsForm]) -> str:
    """What somebody else changed while the question was open."""
    now = [
        f"{form.facts()[key].label}: {in_words(form.now(key)) or _('not known')}"
        for form in answered
        for key in differing(form)
    ]
    told = _(
        "The file was changed meanwhile. It says now: %(now)s. Yours is below, not saved yet; save again to keep it."
    )
    return told % {"now": "; ".join(now)}


def _told(problem: InputProblem) -> str:
    return f"{problem.what}; {problem.expected}; {problem.do}."


def _write(
    request: HttpRequest, number: int, answered: list[FactsForm], opened: Opened, after: Dossier
) -> HttpResponse:
    try:
        if after != opened.dossier:
            desk().write(after, opened.digest)
    except Conflict:
        return start(request, number)  # somebody was quicker by a moment: look again
    except InputProblem as problem:
        return _page(request, number, answered, opened.digest, status=422, problem=_told(problem))
    return HttpResponseRedirect(_next(number))


def _next(number: int) -> str:
    return reverse("start", args=[number + 1]) if number < len(QUESTIONS) else reverse("today")


def _page(
    request: HttpRequest, number: int, asked: list[FactsForm], loaded: str, *, status: int = 200, problem: str = ""
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
        "groups": [{"title": choice(form.prefix) if form.prefix else "", "fields": form.lines()} for form in asked],
        "answered": answered,
        "findings": [finding.as_json() for finding in findings],
        "loaded": loaded,
        "problem": problem,
    }
    countries = country_names() if any(form.countries for form in asked) else ()
    check = "" if len(asked) > 1 else reverse("facts_check", args=[question.part])
    more = {"none": _none(question, dossier), "skip": _next(number), "countries": countries, "check": check}
    response = answer(request, "start.html", data, **more)
    response.status_code = status
    return response


def _none(question: Question, dossier: Dossier) -> str:
    """The words for "I have none", where that can be said; everybody has a school."""
    said = question.part in ("exam", "licence", "pathway") and not getattr(dossier, question.part)
    return str(PARTS[question.part].none) if said else ""


def touched(form: FactsForm) -> bool:
    """Whether anything was typed into a form."""
    return any(form.typed(key).touched for key in form.facts())
