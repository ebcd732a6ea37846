"""Bring real lists in: what the directory rests on, and what was understood of a list and what is wrong with it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from matchday.directory.importers.spreadsheet import TAKE
from matchday.directory.labels import expected, label
from matchday.directory.model import FIELDS, ImportResult, Problem, Reading, SourceKind
from matchday.directory.reading.columns import SEVERAL
from matchday.directory.reading.rows import PLACE
from matchday.terms import InputProblem
from matchday.web.frame import answer
from matchday.web.incoming import incoming
from matchday.web.reasons import said
from matchday.web.shelf import directory

SHOWN = 150  # problems named one by one; the rest is counted by kind


def imports(request: HttpRequest) -> HttpResponse:
    """What the directory rests on, and the form to bring a list."""
    return page(request)


def page(request: HttpRequest, problem: InputProblem | None = None) -> HttpResponse:
    """The page of the imports, with the problem that stands in the way of one."""
    with directory() as store:
        sources, made_up = store.sources(), store.made_up or store.empty
        counts = dict(
            store.db.execute(
                "SELECT source_id, count(DISTINCT coalesce(nrmp_code, acgme_code, rowid)) FROM records GROUP BY 1"
            )
        )
    shown = [
        {
            "id": one.id, "source": str(one.kind), "title": one.title, "as_of": one.as_of and one.as_of.isoformat(),
            "read_on": one.read_on.isoformat(), "made_up": one.made_up, "records": counts.get(one.id, 0),
        }
        for one in sources
    ]  # fmt: skip
    told = {name: getattr(problem, name) for name in ("what", "expected", "file", "line")} if problem else None
    if problem and told:
        told["do"] = _here(problem.do)
    done = request.GET.get("done", "")
    data = {"sources": shown, "made_up": made_up, "problem": told, "done": done if done.isdigit() else None,
            "undone": "undone" in request.GET, "stopped": "stopped" in request.GET}  # fmt: skip
    response = answer(request, "imports.html", data, kinds=_kinds())
    response.status_code = 400 if problem else 200
    return response


def _here(do: str) -> str:
    """What to do, without the options of the command: the page has the kinds of list to choose from instead."""
    if "--" not in do:
        return do
    before = do.partition(", or ")[0]
    other = _("choose the kind of list and look at it once more")
    return other if "--" in before else f"{before}, or {other}"


def _kinds() -> list[tuple[str, str]]:
    """The kinds of list to choose from, in words."""
    return [
        ("auto", _("find out")),
        ("acgme", _("ACGME: list of programs by specialty")),
        ("nrmp-results", _("NRMP: Program Results")),
        ("nrmp-directory", _("NRMP: directory of programs")),
        ("eras", _("ERAS: participating programs")),
        ("spreadsheet", _("my own spreadsheet")),
        ("tracker", _("a sheet of interviews and invitations")),
    ]


def told(request: HttpRequest, reading: Reading) -> dict[str, str]:
    """What each column means, as chosen in the form; a word that the form does not offer is left out."""
    told = {}
    for at, (header, present) in enumerate(reading.columns.items()):
        chosen = request.POST.get(f"column-{at}", present)
        told[header] = chosen if chosen in (*TAKE, "ignored", "", present) else present
    return told


def checked(request: HttpRequest, token: str) -> HttpResponse:
    """The page of a dry run."""
    waiting = incoming.get(token)
    reading, result = waiting.reading, waiting.result
    with directory() as store:
        puts_away = store.made_up and result.accepted > 0
    own = reading.kind is SourceKind.SPREADSHEET
    data = {
        "token": token,
        "title": waiting.title,
        "puts_away": puts_away,
        "columns": [{"header": header, "meaning": meaning} for header, meaning in reading.columns.items()],
        **_told_of(result),
        "programs": programs_in(reading),
    }
    data["joined"] = result.accepted - data["programs"]
    return answer(
        request,
        "import_check.html",
        data,
        own=own,
        fields=_fields(reading),
        kind=dict(_kinds())[reading.kind.value],
        as_of=reading.as_of,
    )


def programs_in(reading: Reading) -> int:
    """How many programs and tracks the rows are: rows of one code are one."""
    return len({one.nrmp_code or one.acgme_code or one.rows for one in reading.records})


def _told_of(result: ImportResult) -> dict[str, Any]:
    """Rows read, taken and refused, with the problems: those that cost a row first."""
    ordered = sorted(result.problems, key=lambda one: (not one.fatal, one.row))
    return {
        "source": result.source,
        "read": result.read,
        "accepted": result.accepted,
        "refused": result.read - result.accepted,
        "merged": result.merged,
        "problems": [
            asdict(one)
            | {"label": _about(one), "outcome": _outcome(one), "expected": expected(one.field), "do": _do(one)}
            for one in ordered[:SHOWN]
        ],
        "more": _by_kind(ordered[SHOWN:]),
    }


def _outcome(one: Problem) -> str:
    """What was done about it, in words."""
    if one.fatal:
        return _("row not taken")
    return one.repair or _("taken as it is")


def _do(one: Problem) -> str:
    """What a person can do about it."""
    if one.fatal:
        return _("Mend it in your file and send the file again.")
    return _("Mend it if you want it kept.") if one.left_out else ""


def _about(one: Problem) -> str:
    """What the problem is about, in words; empty for the row as a whole."""
    return "" if one.field == "row" else label(one.field) if one.field in FIELDS else one.field


def _by_kind(rest: Sequence[Problem]) -> list[dict[str, Any]]:
    kinds = Counter((_about(one), one.problem, _outcome(one)) for one in rest)
    return [
        dict(zip(("label", "problem", "outcome"), kind, strict=True)) | {"n": n} for kind, n in kinds.most_common(20)
    ]


def _fields(reading: Reading) -> list[tuple[str, str]]:
    """What a column may mean, in words: the fields of an own spreadsheet, and why one is left out."""
    guessed = {meaning for meaning in reading.columns.values() if PLACE.get(meaning, meaning) in TAKE | SEVERAL}
    return sorted(((name, _column(name)) for name in TAKE | guessed | {"ignored"}), key=lambda choice: choice[1])


def _column(name: str) -> str:
    """A meaning that only a column of an own spreadsheet has, or the field that it becomes."""
    own = {
        "specialty": _("specialty"),
        "location": _("city and state"),
        "visa": _("visas, all in one cell"),
        "personal": _("about me: left out"),
        "contact": _("people and contacts: left out"),
        "interview": _("my interviews: left out"),
        "ignored": _("not needed: left out"),
    }
    return own.get(name) or said(label(PLACE.get(name, name)))
