"""The shortlist: programs to look at again, up to four of them side by side."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from matchday.directory.labels import label
from matchday.directory.search import lines_of
from matchday.web.frame import answer, setting
from matchday.web.mylist import COMPARED, on_list, shortlist
from matchday.web.shelf import Judged, filled_directory, judged
from matchday.web.views.drawn_first import needs_directory

# What is compared beside name, place and fit: columns of the list or of the interface, in the order of the page.
COMPARE = (
    *("specialty", "track_type", "service", "season", "quota", "filled", "visa_j1", "visa_h1b", "img_share"),
    *(
        "graduation_years_max",
        "attempts_max",
        "step2_min",
        "us_experience",
        "setting",
        "accreditation",
        "oldest_source",
    ),
)


@needs_directory
def compare(request: HttpRequest) -> HttpResponse:
    """The shortlist, with those asked for by `?code=` (else the first four) side by side."""
    here = setting(request)
    kept = shortlist(here.opened.dossier)
    with filled_directory(here.today) as store:
        known = judged(here, store)
        lines = lines_of(store.db, kept)
        asked = [called for called in dict.fromkeys(request.GET.getlist("code")) if called in lines]
        chosen = (asked or [called for called in kept if called in lines])[:COMPARED]
        rows = _rows(known, lines, chosen)
    listed = on_list(here.opened.dossier)
    data = {
        "shortlist": [_entry(known, lines.get(called), called, chosen, listed) for called in kept],
        "compared": [known.shown(lines[called]) | {"listed": called in listed} for called in chosen],
        "rows": [row for row in rows if any(row["values"])],
        "silent": [row["label"] for row in rows if chosen and not any(row["values"])],
        "left_out": max(0, len(asked) - COMPARED),
    }
    return answer(request, "shortlist.html", data, most=COMPARED)


def _entry(known: Judged, line: Any, called: str, chosen: list[str], listed: frozenset[str]) -> dict[str, Any]:
    """One program of the shortlist; one that the directory does not know any more keeps its code."""
    about = {"handle": called, "chosen": called in chosen, "listed": called in listed, "known": line is not None}
    return (known.shown(line) if line else {"title": called}) | about


def _rows(known: Judged, lines: Any, chosen: list[str]) -> list[dict[str, Any]]:
    """One row for each thing compared; `differs` when the programs do not all say the same."""
    shown = [known.shown(lines[called]) for called in chosen]
    names = {"specialty": _("specialty"), "track_type": _("type of position"), "season": _("newest season told"),
             "quota": _("positions offered then"), "filled": _("positions filled then")}  # fmt: skip
    rows = []
    for name in COMPARE:
        values = [_plain(one[name] if name in one else lines[one["handle"]][name]) for one in shown]
        rows.append(
            {"field": name, "label": names.get(name) or label(name), "values": values, "differs": len(set(values)) > 1}
        )
    return rows


def _plain(value: Any) -> str:
    """A value as it is written; empty when it is not stated."""
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
