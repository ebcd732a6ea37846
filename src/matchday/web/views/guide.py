"""Check a guide: paste or upload one; it comes back with each claim marked in the margin."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from matchday.rules.guide import judge_text
from matchday.rules.guide_text import LARGEST_FILE
from matchday.terms import InputProblem
from matchday.web.apart import text_of
from matchday.web.frame import answer, setting
from matchday.web.margin import MOST_CLAIMS, is_whole, passages

# A made-up guide such as many that are still read, to see what the page does.
EXAMPLE = """How to get into residency in the USA

International graduates must pass Step 1, Step 2 CK and Step 2 CS before they can be certified. You may take each
Step up to six times. ECFMG will notify you when your certificate is issued.

- Step 1 gives a three-digit score.
- One of six Pathways shows your clinical skills to ECFMG.
- OET Medicine asks for 350 in Writing.
"""


@require_http_methods(["GET", "HEAD", "POST"])
def guide(request: HttpRequest) -> HttpResponse:
    """The form; by POST the guide, marked. Nothing of it is kept. A guide that cannot be read says what to do."""
    example = EXAMPLE if "example" in request.GET else ""
    if request.method != "POST":
        return answer(request, "guide.html", {"claims": None, "summary": None}, given=example)
    try:
        return _marked(request)
    except InputProblem as found:
        told = {name: getattr(found, name) for name in ("what", "expected", "do", "file", "line")}
        response = answer(
            request, "guide.html", {"problem": told}, given=request.POST.get("text", "")[:WORTH_GIVING_BACK]
        )
        response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response


WORTH_GIVING_BACK = 20_000


def _marked(request: HttpRequest) -> HttpResponse:
    data, name = _given(request)
    text = text_of(data, name)
    report = judge_text(text, setting(request).on)
    shown = {
        "sentence": report.sentence(),
        "passages": passages(text, report),
        "whole": is_whole(text),
        "hidden": max(0, len(report.claims) - MOST_CLAIMS),
        "counts": [
            (mark, report.as_json()["summary"][mark]) for mark in ("outdated", "wrong", "unverifiable", "current")
        ],
    }
    return answer(request, "guide.html", report.as_json(), report=shown)


def _given(request: HttpRequest) -> tuple[bytes, str]:
    """The bytes and the name of the guide: the file if there is one, else the pasted words."""
    upload = request.FILES.get("file")
    if upload is not None:
        return upload.read(LARGEST_FILE + 1), upload.name or ""
    if words := request.POST.get("text", "").strip():
        return words.encode(), ""
    raise InputProblem(
        _("no guide was given"),
        expected=_("the words of a guide, or a file: txt, md, html or pdf"),
        do=_("paste or choose one"),
    )
