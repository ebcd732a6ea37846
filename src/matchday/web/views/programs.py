"""Search the directory: a box, facets, results a page at a time, and a map of states."""

from dataclasses import asdict, replace
from typing import Any

from django.http import HttpRequest, HttpResponse

from matchday.directory.search import VERDICTS, Found, count_by_state, search
from matchday.web.asked import MINE, address, asked, facets, page_of, pager, query_of, silent_too, sorts, wished
from matchday.web.frame import Setting, answer, setting
from matchday.web.mylist import on_list, shortlist
from matchday.web.shelf import JUDGED, Judged, filled_directory, judged
from matchday.web.tiles import size, tiles
from matchday.web.views.drawn_first import needs_directory


@needs_directory
def programs(request: HttpRequest) -> HttpResponse:
    """The search page."""
    here = setting(request)
    mine = wished(here.opened.dossier.preferences.specialties or ())
    given = asked(request.GET, mine)
    form = facets(given, mine)
    query = query_of(given, form, mine)
    with filled_directory(here.today) as store:
        known = judged(here, store)
        found = search(store.db, query, known.judge, JUDGED)
        everywhere = count_by_state(store.db, replace(query, states=()), known.judge, JUDGED)
        made_up = store.made_up
    data = {
        "count": found.count,
        "programs": _shown(here, known, found),
        **_told(found),
        "made_up": made_up,
        "states": dict(everywhere),
        **pager(given, found.count),
    }
    return answer(
        request, "programs.html", data, form=form, mine=mine.values() if form[0].chosen == MINE else (), text=query.text, sorts=sorts(), sort=query.sort, size=size(),
        tiles=tiles(everywhere, lambda code: address(given, state=code)), past=page_of(given) > data["pages"],
        too=silent_too(given), anywhere=address(given, state=""), here=address(given, page=page_of(given)),
    )  # fmt: skip


def _shown(here: Setting, known: Judged, found: Found) -> list[dict[str, Any]]:
    """The lines of this page, each with whether it is on the shortlist or on the list."""
    dossier = here.opened.dossier
    short, listed = set(shortlist(dossier)), on_list(dossier)
    lines = [known.shown(line) for line in found.lines]
    return [line | {"shortlisted": line["handle"] in short, "listed": line["handle"] in listed} for line in lines]


def _told(found: Found) -> dict[str, Any]:
    """What a reader must know beside the lines."""
    told = asdict(replace(found, lines=()))
    verdicts = {word: found.verdicts.get(word, 0) for word in VERDICTS}
    return {name: told[name] for name in ("read_as", "visa_not_stated")} | {"verdicts": verdicts}
