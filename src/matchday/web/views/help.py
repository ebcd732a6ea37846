"""Help: the documentation and the glossary, read in the program."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import mark_safe

from matchday.web import docs
from matchday.web.frame import answer

FOR_ALL = 3  # first steps, guides and words; what stands behind is for those who look inside


def contents(request: HttpRequest) -> HttpResponse:
    """The list of documents, shelf by shelf."""
    listed = [{"place": one.place, "title": one.title, "shelf": one.shelf} for one in docs.documents()]
    shelves = [(name, list(group)) for name, group in groupby(docs.documents(), key=lambda one: one.shelf)]
    return answer(request, "help.html", {"documents": listed}, shelves=shelves[:FOR_ALL], inside=shelves[FOR_ALL:])


def page(request: HttpRequest, place: str) -> HttpResponse:
    """One document."""
    try:
        html = docs.page(place)
    except KeyError:
        raise Http404(place) from None
    title = next(one.title for one in docs.documents() if one.place == place)
    # Rendered with raw HTML off and cleaned by nh3.
    text = mark_safe(html)  # noqa: S308 -- as said above
    return answer(request, "help_page.html", {"place": place, "title": title, "markdown": docs.text(place)}, text=text)
