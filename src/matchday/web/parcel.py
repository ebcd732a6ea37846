"""Everything of one person as files to carry away: each in an open format, none of them run by a spreadsheet."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from typing import Any

from matchday.directory.export import harmless
from matchday.dossier.file import dumps, load_bytes
from matchday.dossier.model import Application
from matchday.plan.calendar import calendar
from matchday.web.desk import desk
from matchday.web.frame import Setting

FINDING = ("id", "body", "title", "verdict", "why", "next", "by")
TASK = (
    *("id", "title", "who", "status", "since", "earliest_start", "earliest_finish"),
    *("latest_start", "latest_finish", "slack_days", "critical"),
)


@dataclass(frozen=True, slots=True)
class Item:
    """One file: how it is made, and its kind."""

    make: Callable[[Setting], bytes]
    kind: str


def dossier_toml(here: Setting) -> bytes:
    """The dossier as it lies on the disk, comments and all, when that is TOML."""
    path = desk().path
    if here.opened.digest and path.suffix == ".toml":
        return load_bytes(path)
    return dumps(here.opened.dossier).encode()


def dossier_json(here: Setting) -> bytes:
    """The dossier as JSON."""
    return dumps(here.opened.dossier, "json").encode()


def answers_json(here: Setting) -> bytes:
    """Findings and plan as the commands print them."""
    both = {"check": desk().report(here.opened, here.on).as_json(), "plan": desk().plan(here.opened, here.on).as_json()}
    return (json.dumps(both, ensure_ascii=False, indent=2) + "\n").encode()


def findings_csv(here: Setting) -> bytes:
    """One row for each finding, with its rules, their sources and what is missing."""
    rows = (finding.as_json() for finding in desk().report(here.opened, here.on))
    more = ("missing", "rules", "sources")
    return _csv((*FINDING, *more), ([*(row[name] for name in FINDING), *_rests_on(row)] for row in rows))


def _rests_on(row: dict[str, Any]) -> tuple[str, str, str]:
    sources = dict.fromkeys(rule["source"] for rule in row["rules"] if rule["source"])
    return "; ".join(row["missing"]), "; ".join(rule["id"] for rule in row["rules"]), "; ".join(sources)


def plan_csv(here: Setting) -> bytes:
    """One row for each step of the plan."""
    rows = desk().plan(here.opened, here.on).as_json()["tasks"]
    length = ("min", "typical", "max", "basis", "source")
    header = (*TASK, *(f"days_{name}" if name in length[:3] else name for name in length), "needs")
    return _csv(
        header,
        (
            [*(row[name] for name in TASK), *(row["duration"][name] for name in length), "; ".join(row["needs"])]
            for row in rows
        ),
    )


def applications_csv(here: Setting) -> bytes:
    """One row for each application."""
    names = [one.name for one in fields(Application)]
    return _csv(names, ([getattr(one, name) for name in names] for one in here.opened.dossier.application or ()))


def plan_ics(here: Setting) -> bytes:
    """The latest day of each open step, and the dates of the season."""
    from matchday.plan.ics import plan_to_ics

    return plan_to_ics(desk().plan(here.opened, here.on))


def dates_ics(here: Setting) -> bytes:
    """The dates of the season."""
    from matchday.plan.ics import to_ics

    return to_ics(calendar(here.season, here.on).entries, here.season, here.on)


def _csv(header: Iterable[str], rows: Iterable[Iterable[Any]]) -> bytes:
    """UTF-8 with a mark, so that spreadsheets read it as such; no cell begins a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([harmless(_cell(value)) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> Any:
    return "; ".join(map(str, value)) if isinstance(value, tuple) else value


ITEMS = {
    "dossier.toml": Item(dossier_toml, "application/toml"),
    "dossier.json": Item(dossier_json, "application/json"),
    "answers.json": Item(answers_json, "application/json"),
    "findings.csv": Item(findings_csv, "text/csv"),
    "plan.csv": Item(plan_csv, "text/csv"),
    "applications.csv": Item(applications_csv, "text/csv"),
    "plan.ics": Item(plan_ics, "text/calendar"),
    "dates.ics": Item(dates_ics, "text/calendar"),
}


def parcel(here: Setting, more: dict[str, bytes]) -> bytes:
    """All files in one ZIP; the same inputs give the same bytes."""
    out = io.BytesIO()
    day = (max(here.on.year, 1980), here.on.month, here.on.day)  # ZIP knows no earlier year
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in {**{name: item.make(here) for name, item in ITEMS.items()}, **more}.items():
            entry = zipfile.ZipInfo(f"matchday/{name}", (*day, 0, 0, 0))
            bundle.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
