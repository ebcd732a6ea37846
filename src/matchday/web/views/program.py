"""One program: who says what of it and since when, its history, whether it takes this person, and what to ask it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from matchday.directory.fit import Reason, row_of
from matchday.directory.labels import label
from matchday.directory.portrait import portrait
from matchday.directory.search import lines_of
from matchday.web.forms.words import PARTS
from matchday.web.frame import answer, setting
from matchday.web.history import history, points
from matchday.web.letters import letter
from matchday.web.mylist import TIERS, on_list, shortlist, tier_of
from matchday.web.shelf import filled_directory, judged, place_of, title_of
from matchday.web.views.drawn_first import needs_directory
from matchday.web.views.facts import told


@needs_directory
def program(request: HttpRequest, code: str) -> HttpResponse:
    """The page of the program or track of a code, or of a program without codes by its name."""
    here = setting(request)
    dossier = here.opened.dossier
    with filled_directory(here.today) as store:
        fit = judged(here, store).fit
        found = portrait(store, code, fit)
        if found is None:
            raise Http404
        line = _line(store.db, found, code)
        reasons = fit.reasons(row_of(line), store.claims(line["program_id"]), line["nrmp_code"])
    called = found["nrmp_code"] or found["acgme_code"] or code
    entry = next((one for one in dossier.application or () if one.program == called), None)
    title = title_of(line)
    # The frame has a season of its own: the one aimed at.
    data = {name: value for name, value in found.items() if name != "season"} | {
        "handle": called,
        "place": place_of(line),
        "title": title,
        "gates": [_gate(reason) for reason in reasons],
        "letter": letter(reasons, program=title, season=here.season, name=dossier.person.name or ""),
        "shortlisted": called in shortlist(dossier),
        "listed": called in on_list(dossier),
        "tier": tier_of(dossier, called),
        "note": (entry.notes if entry else None) or "",
    }
    picture = history(found["history"])
    lines = {"quota": points(picture.quota), "filled": [points(run) for run in picture.filled]}
    missing = [_told(one) for one in found["fit"]["missing"]]
    fields = _fields(found["claims"], found["disputed"])
    return answer(
        request,
        "program.html",
        data,
        picture=picture,
        lines=lines,
        fields=fields,
        tiers=TIERS,
        entry=entry,
        missing=missing,
    )


def _line(db: Any, found: Mapping[str, Any], code: str) -> Mapping[str, Any]:
    """The line of the list that the portrait shows."""
    wanted = found["nrmp_code"] or found["acgme_code"] or code.strip()
    (line,) = lines_of(db, [wanted]).values()
    return line


def _gate(reason: Reason) -> dict[str, Any]:
    """One rule of the program before this person: the answer, why, and who says so."""
    said = [
        {"value": claim.value, "source": claim.source, "day": (claim.as_of or claim.read_on).isoformat()}
        for claim in reason.claims
    ]
    said += [{"value": rule.value, "source": rule.source, "day": rule.read_on} for rule in reason.ruling.said]
    return {
        "gate": reason.gate,
        "verdict": str(reason.ruling.verdict),
        "why": reason.ruling.why,
        "said": said,
        "disputed": reason.disputed,
        "missing": list(reason.ruling.missing),
    }


def _told(fact: str) -> str:
    """A fact of the file in words: the field, or the part that it stands in."""
    try:
        return told(fact)
    except (KeyError, ValueError):
        part = PARTS.get(re.split(r"\W", fact)[0])
        return str(part.title) if part else fact


def _fields(claims: Sequence[Mapping[str, Any]], disputed: Sequence[str]) -> list[dict[str, Any]]:
    """One row for each value of each field, the shown one first; the same value said again is counted, not repeated."""
    rows: dict[tuple[str, str | None, str], dict[str, Any]] = {}
    for claim in claims:
        key = claim["field"], claim["track"], claim["value"]
        if key in rows:
            rows[key]["more"] += 1
        else:
            differs = claim["field"] in disputed
            rows[key] = dict(claim) | {"label": label(claim["field"]), "more": 0, "differs": differs}
    return list(rows.values())
