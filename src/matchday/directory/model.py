"""What the directory holds: claims of sources about programs and tracks. Plain values, no logic beyond their shape.

A **program** is what the accreditor counts (ACGME code); a **track** is one line of it that is matched apart (NRMP
code). One program has many tracks; a program may have none. Each field is a set of claims, never one bare value.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

# Every field that a source may speak of, in plain words. A value is always text, as short as the source allows.
FIELDS: dict[str, str] = {
    "name": "name, as the source gives it (of the program, or of the track when the row has an NRMP code)",
    "institution": "sponsoring institution",
    "institution_code": "code of the institution: 4 digits (NRMP) or 6 (ACGME)",
    "city": "city",
    "state": "state, two capital letters",
    "latitude": "latitude of the city, degrees north",
    "longitude": "longitude of the city, degrees east",
    "specialty": "ACGME specialty code, 3 characters",
    "specialty_name": "specialty in the source's own words, when the code is not known",
    "track": "track type, one letter: C M P A R F S",
    "service": "application service of the Main Match: ERAS, ResidencyCAS, CentralApp, Other; several joined by '; '",
    "service_soap": "application service in SOAP, same words",
    "participation": "does it take part in the service this season, in the source's words",
    "accreditation": "accreditation status, in the accreditor's words",
    "accreditation_date": "day the status took effect, YYYY-MM-DD",
    "setting": "university-based; community-based/university affiliated; community-based; military",
    "flags": "remarks of the source, such as 'New Program!'",
    "website": "web address",
    "positions": "first-year positions, as told without a season",
    "visa_j1": "sponsors J-1: yes or no",
    "visa_h1b": "sponsors H-1B: yes or no",
    "visa_f1": "takes F-1 with work permission: yes or no",
    "visa_note": "what was written on visas, word for word",
    "takes_img": "takes graduates of schools abroad: yes or no",
    "img_share": "percent of residents that are IMGs",
    "graduation_years_max": "graduated at most so many years ago; none: there is no limit",
    "graduation_note": "what was written on the year of graduation, word for word",
    "attempts_max": "at most so many tries at a Step; none: there is no limit",
    "attempts_note": "what was written on attempts, word for word",
    "step1_min": "lowest Step 1 score looked at",
    "step2_min": "lowest Step 2 CK score looked at",
    "us_experience": "US clinical experience asked: yes, no, or the words",
    "us_experience_months": "months of US clinical experience asked",
    "certificate_by": "when the ECFMG certificate must be there: application, interview, ranking or start",
}

# These differ from track to track; all others belong to the program as soon as it is known.
TRACK_FIELDS = frozenset({"name", "track", "service", "service_soap"})


class SourceKind(StrEnum):
    """The kinds of file the directory reads, and the made-up directory."""

    ACGME = "acgme"
    NRMP_DIRECTORY = "nrmp-directory"
    NRMP_RESULTS = "nrmp-results"
    ERAS = "eras"
    SPREADSHEET = "spreadsheet"
    TRACKER = "tracker"
    MADE_UP = "made-up"


@dataclass(frozen=True, slots=True)
class Year:
    """One track in one season. Quota 0 means that it did not take part; `filled` None means not told."""

    season: int
    quota: int
    filled: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What one row of a source says of one track or program (or several rows, when the source has one for each year).

    `rows` counts from 1 as a person sees them in the file; made-up records leave it empty. Codes are text.
    """

    acgme_code: str | None = None
    nrmp_code: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    history: tuple[Year, ...] = ()
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing in one row that a person should know: repaired, left out, or (fatal) the whole row not taken."""

    row: int
    field: str
    value: str
    problem: str
    repair: str | None = None
    fatal: bool = False

    @property
    def left_out(self) -> bool:
        """Whether the row was taken without what this cell says."""
        return not self.fatal and "left out" in (self.repair or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What an importer made of one file. `read` = rows of all records + rows with a fatal problem.

    `columns`: each header with its meaning, "" when it was not understood.
    """

    kind: SourceKind
    read: int
    records: tuple[Record, ...]
    problems: tuple[Problem, ...] = ()
    as_of: dt.date | None = None
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What the store did with a reading. `merged` counts accepted rows that joined a program known before."""

    source: str
    read: int
    accepted: int
    merged: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One import: which file, of what kind, from which day, read when, entered by whom."""

    id: int
    kind: SourceKind
    title: str
    as_of: dt.date | None
    read_on: dt.date
    entered_by: str
    digest: str

    @property
    def made_up(self) -> bool:
        """True for the made-up directory."""
        return self.kind is SourceKind.MADE_UP


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One source's value for one field of a program, with its dates. `track` is None when it is said of the program."""

    field: str
    value: str
    source: str
    kind: SourceKind
    as_of: dt.date | None
    read_on: dt.date
    entered_by: str
    track: str | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """One separately matched line of a program, with the seasons it took part in (newest first)."""

    nrmp_code: str
    track_type: str | None
    history: tuple[Year, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A program with all that every source says of it, the most trusted claim of each field first."""

    id: int
    acgme_code: str | None
    tracks: tuple[Track, ...]
    claims: tuple[Claim, ...]
    made_up: bool

    def shown(self, field_name: str, track: str | None = None) -> Claim | None:
        """The claim to show for a field (of one track, when given), or None when no source speaks of it."""
        fits = (c for c in self.claims if c.field == field_name and c.track in (track, None))
        return next(fits, None)
