"""What can honestly be said of a school without the World Directory: what its entry must show, and who accredits there.

There is no free list of all medical schools with their ECFMG note, so none is shipped. What the applicant saw stands in
the dossier. Recognition of an agency is dated: an old list can say "listed" or "check", never "not recognised".
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

from matchday.directory.tables import Accreditor, accreditors, squeeze, table
from matchday.dossier.countries import COUNTRIES
from matchday.dossier.model import School

Recorded = Literal["yes", "no", "not recorded"]


@dataclass(frozen=True, slots=True)
class Looked:
    """One thing the entry must show, and what the dossier records of it."""

    id: str
    what: str
    why: str
    recorded: Recorded
    value: str
    rule: str
    source: str
    confidence: str
    read_on: str


@dataclass(frozen=True, slots=True)
class Recognition:
    """An agency on a day: `listed` on the newest list found, or `check` because its end has passed or was never seen."""

    agency: Accreditor
    status: Literal["listed", "check"]
    why: str


def link() -> str:
    """Where the World Directory is searched."""
    return str(table("school_entry")["link"])


def entry(school: School) -> tuple[Looked, ...]:
    """What the school's entry must show, each with what the applicant recorded of it."""
    recorded = {"note": _note(school), "years": _years(school), "accreditation": _mark(school)}
    rows = table("school_entry")["look_for"]
    return tuple(
        Looked(
            row["id"], row["what"], row["why"], *recorded[row["id"]],
            row["rule"], row["source"], row["confidence"], row["read_on"].isoformat(),
        )
        for row in rows
    )  # fmt: skip


def _say(answer: bool | None) -> Recorded:
    return "not recorded" if answer is None else "yes" if answer else "no"


def _note(school: School) -> tuple[Recorded, str]:
    return _say(school.sponsor_note), ""


def _mark(school: School) -> tuple[Recorded, str]:
    return _say(school.wfme_recognised), school.accreditor or ""


def _years(school: School) -> tuple[Recorded, str]:
    """Whether the year of graduation lies inside the recorded years of the note; a student needs "current"."""
    spans = school.sponsor_note_years
    if spans is None and school.sponsor_note_from is not None and school.sponsor_note_to is not None:
        spans = ((school.sponsor_note_from, school.sponsor_note_to),)
    if spans is None:
        return "not recorded", ""
    shown = ", ".join(f"{begin} to {end}" for begin, end in spans)
    if school.degree_date is None:
        return (
            _say(any(end == "current" for _, end in spans)) if school.expected_degree_date else "not recorded"
        ), shown
    year = school.degree_date.year
    return _say(any(begin <= year and (end == "current" or year <= end) for begin, end in spans)), shown


def recognitions(school: School, on: dt.date) -> tuple[Recognition, ...]:
    """The agencies that may accredit this school: the one the dossier names, else those of its country; () for none found."""
    named = squeeze(school.accreditor or "")
    by_name = [one for one in accreditors() if named and named in (squeeze(one.acronym), squeeze(one.agency))]
    by_country = [one for one in accreditors() if school.country in one.countries]
    found = [recognition(one, on) for one in by_name or by_country]
    return tuple(found) or tuple(_maybe(one) for one in accreditors() if school.country in one.group_may_cover)


def _maybe(agency: Accreditor) -> Recognition:
    why = f"its list names {agency.group}, not each country: it may or may not cover this school. Check with WFME"
    return Recognition(agency, "check", why)


def recognition(agency: Accreditor, on: dt.date) -> Recognition:
    """What the newest list found allows to say of an agency on a day."""
    listed = f"{agency.status}; list of {agency.as_of}"
    if agency.last_day is None:
        return Recognition(agency, "check", f"{listed}; no end of the recognition was seen. Check with WFME")
    if agency.last_day < on:
        why = f"on the list of {agency.as_of} the recognition ran to {agency.recognised_until}; a renewal was not seen. Check with WFME"
        return Recognition(agency, "check", why)
    return Recognition(agency, "listed", f"recognised until {agency.recognised_until} by the list of {agency.as_of}")


def search(text: str, on: dt.date) -> tuple[Recognition, ...]:
    """Agencies whose name, short name or countries hold the text; a country may be given by its two letters."""
    wanted = squeeze(text)
    if not wanted:
        return ()
    country = {code for code, name in COUNTRIES.items() if code.lower() == wanted or squeeze(name) == wanted}
    return tuple(
        recognition(one, on) for one in accreditors() if country & one.countries.keys() or wanted in _words(one)
    )


def _words(one: Accreditor) -> str:
    return squeeze(" ".join((one.acronym, one.agency, *one.countries.values(), one.group or "")))


def recognition_json(one: Recognition) -> dict[str, Any]:
    """A recognition with its source and dates."""
    agency = one.agency
    return {
        "acronym": agency.acronym,
        "agency": agency.agency,
        "countries": [*agency.countries.values(), *([agency.group] if agency.group else [])],
        "recognised_until": agency.recognised_until,
        "status": one.status,
        "why": one.why,
        "as_of": agency.as_of,
        "source": agency.source,
        "confidence": agency.confidence,
        "read_on": str(table("accreditors")["read_on"]),
    }


def looked_json(one: Looked) -> dict[str, Any]:
    """One thing to look for, with what is recorded and who asks for it."""
    names = ("id", "what", "why", "recorded", "value", "rule", "source", "confidence", "read_on")
    return {name: getattr(one, name) for name in names}


def check_json(school: School, on: dt.date) -> dict[str, Any]:
    """One school of a dossier: what its entry must show, what was recorded and when, and its accreditor on the day."""
    age = (on - school.checked_on).days if school.checked_on else None
    return {
        "name": school.name,
        "country": school.country,
        "country_name": COUNTRIES.get(school.country or ""),
        "must_show": [looked_json(one) for one in entry(school)],
        "checked_on": school.checked_on.isoformat() if school.checked_on else None,
        "checked_days_ago": age,
        "evidence": school.evidence,
        "accreditor": school.accreditor,
        "accreditors": [recognition_json(one) for one in recognitions(school, on)],
        "link": link(),
    }
