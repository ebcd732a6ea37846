"""The dossier and its parts: what an applicant knows about herself, and nothing computed.

`None` means unknown and is never "no". An empty tuple says "none"; a tuple that is there is complete.
The field names are those of the file (see docs/reference/dossier.md).
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
StateCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Year = Annotated[int, Field(ge=1900, le=2100)]
Open = Literal["current"]
Score = Annotated[int, Field(ge=1, le=300)]
OetScore = Annotated[int, Field(ge=0, le=500)]

_closed = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who the applicant is, as far as any body asks."""

    __pydantic_config__ = _closed

    name: str | None = None
    born: dt.date | None = None
    citizenships: tuple[CountryCode, ...] | None = None
    us_status: Literal["none", "citizen", "permanent_resident", "other"] | None = None
    last_permanent_residence: CountryCode | None = None
    visa_wanted: tuple[Literal["J-1", "H-1B"], ...] | None = None
    inside_us: bool | None = None
    valid_visa: str | None = None
    time_zone: str | None = None
    languages: tuple[str, ...] | None = None
    passport_country: CountryCode | None = None
    passport_expires: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """A medical school attended, and what its World Directory entry was seen to show."""

    __pydantic_config__ = _closed

    name: str | None = None
    country: CountryCode | None = None
    enrolled: dt.date | None = None
    degree: str | None = None
    degree_date: dt.date | None = None
    expected_degree_date: dt.date | None = None
    completion_letter: dt.date | bool | None = None
    sponsor_note: bool | None = None
    sponsor_note_from: Year | None = None
    sponsor_note_to: Year | Open | None = None
    sponsor_note_years: tuple[tuple[Year, Year | Open], ...] | None = None
    credit_years: Annotated[float, Field(ge=0, le=20)] | None = None
    transfer_credits: Annotated[float, Field(ge=0, le=500)] | None = None
    transfer_documented: bool | None = None
    accreditor: str | None = None
    wfme_recognised: bool | None = None
    ncfmea_comparable: bool | None = None
    us_loan_program: bool | None = None
    joint_us_degree: bool | None = None
    regulator_osce: bool | None = None
    closed: bool | None = None
    canadian_lcme: bool | None = None
    evidence: str | None = None
    checked_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exam:
    """One attempt at one examination. A date after the asked day is a plan, not a fact."""

    __pydantic_config__ = _closed

    exam: Literal["step1", "step2ck", "step2cs", "step3", "oet"]
    date: dt.date | None = None
    applied: dt.date | None = None
    result: Literal["pass", "fail", "incomplete", "pending"] | None = None
    score: Score | None = None
    listening: OetScore | None = None
    reading: OetScore | None = None
    writing: OetScore | None = None
    speaking: OetScore | None = None
    one_sitting: bool = True
    reported_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """A licence or registration to practise medicine."""

    __pydantic_config__ = _closed

    country: CountryCode | None = None
    state: str | None = None
    kind: Literal["unsupervised", "provisional_unsupervised", "training"] | None = None
    # "from" is a Python keyword; the file says `from` and `to`.
    from_: Annotated[dt.date | None, Field(alias="from")] = None
    to: dt.date | None = None
    discipline: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Certification:
    """The days on which the steps of ECFMG certification happened."""

    __pydantic_config__ = _closed

    account_verified: dt.date | None = None
    application_submitted: dt.date | None = None
    application_approved: dt.date | None = None
    fsmb_account: dt.date | None = None
    credentials_verified: dt.date | None = None
    diploma_verified: dt.date | None = None
    certificate_issued: dt.date | None = None
    certificate_expires: dt.date | None = None
    permanent: bool | None = None
    gme_months: Annotated[int, Field(ge=0, le=240)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathway:
    """An application under one of the six Pathways."""

    __pydantic_config__ = _closed

    number: Annotated[int, Field(ge=1, le=6)] | None = None
    season: Year | None = None
    applied: dt.date | None = None
    attested: dt.date | None = None
    accepted: dt.date | None = None
    expires: dt.date | None = None
    encounters: Annotated[int, Field(ge=0, le=100)] | None = None
    evaluators: Annotated[int, Field(ge=0, le=100)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Experience:
    """An experience as it would be entered in an application."""

    __pydantic_config__ = _closed

    title: str | None = None
    organization: str | None = None
    kind: str | None = None
    us: bool | None = None
    hands_on: bool | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    hours_per_week: Annotated[float, Field(ge=0, le=168)] | None = None
    most_meaningful: bool | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter of recommendation and where it stands."""

    __pydantic_config__ = _closed

    writer: str | None = None
    role: str | None = None
    us: bool | None = None
    specialty: str | None = None
    status: Literal["asked", "promised", "uploaded", "assigned"] | None = None
    asked: dt.date | None = None
    uploaded: dt.date | None = None
    waived: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scholarly:
    """A piece of scholarly work."""

    __pydantic_config__ = _closed

    kind: str | None = None
    title: str | None = None
    peer_reviewed: bool | None = None
    status: str | None = None
    first_author: bool | None = None
    starred: bool | None = None
    date: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A personal statement, as text or as the name of a file beside the dossier."""

    __pydantic_config__ = _closed

    label: str | None = None
    specialty: str | None = None
    text: str | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What the applicant wants."""

    __pydantic_config__ = _closed

    specialties: tuple[str, ...] | None = None
    states: tuple[StateCode, ...] | None = None
    budget_usd: Annotated[int, Field(ge=0)] | None = None
    max_applications: Annotated[int, Field(ge=0)] | None = None
    home_currency: str | None = None
    tiers: dict[str, tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """One application to one track in the season of the dossier."""

    __pydantic_config__ = _closed

    program: str | None = None
    track: str | None = None
    specialty: str | None = None
    service: Literal["ERAS", "ResidencyCAS", "CentralApp", "Other"] | None = None
    status: Literal["listed", "submitted", "rejected", "invited", "withdrawn"] | None = None
    signal: Literal["none", "gold", "silver", "single"] | None = None
    letters: tuple[str, ...] | None = None
    statement: str | None = None
    sent: dt.date | None = None
    notes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """An invitation and what follows."""

    __pydantic_config__ = _closed

    program: str | None = None
    start: dt.datetime | None = None
    minutes: Annotated[int, Field(ge=1, le=1440)] | None = None
    zone: str | None = None
    format: str | None = None
    status: Literal["invited", "scheduled", "done", "declined", "cancelled"] | None = None
    invited: dt.date | None = None
    respond_by: dt.date | dt.datetime | None = None
    link: str | None = None
    notes: str | None = None
    scores: dict[str, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RankOrderList:
    """The applicant's rank order list by NRMP program code, and its supplemental lists."""

    __pydantic_config__ = _closed

    primary: tuple[str, ...] | None = None
    supplemental: dict[str, tuple[str, ...]] | None = None
    certified_at: dt.datetime | dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Couple:
    """The partner, and the pairs in joint order; "none" stands for no match."""

    __pydantic_config__ = _closed

    partner: str | None = None
    pairs: tuple[tuple[str, str], ...] | None = None


Days = tuple[
    Annotated[float, Field(ge=0, le=3650)],
    Annotated[float, Field(ge=0, le=3650)],
    Annotated[float, Field(ge=0, le=3650)],
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """The applicant's own file. Everything but `schema` may be absent, and absent is unknown."""

    __pydantic_config__ = _closed

    schema: Literal[1] = 1
    season: Annotated[int, Field(ge=2000, le=2100)] | None = None
    person: Person = field(default_factory=Person)
    school: tuple[School, ...] | None = None
    exam: tuple[Exam, ...] | None = None
    licence: tuple[Licence, ...] | None = None
    certification: Certification = field(default_factory=Certification)
    pathway: tuple[Pathway, ...] | None = None
    experience: tuple[Experience, ...] | None = None
    letter: tuple[Letter, ...] | None = None
    scholarly: tuple[Scholarly, ...] | None = None
    statement: tuple[Statement, ...] | None = None
    preferences: Preferences = field(default_factory=Preferences)
    application: tuple[Application, ...] | None = None
    interview: tuple[Interview, ...] | None = None
    ranklist: RankOrderList = field(default_factory=RankOrderList)
    couple: Couple | None = None
    durations: dict[str, Days] = field(default_factory=dict)
