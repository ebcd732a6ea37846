"""The dossier and its parts: what an applicant knows about herself, and nothing computed.

`None` means unknown and is never "no". An empty tuple says "none"; a tuple that is there is complete.
The field names are those of the file (see docs/reference/dossier.md).
"""

from dataclasses import dataclass, field
from typing import Literal

from matchday.dossier.kinds import (
    Count,
    CountryCode,
    Credits,
    CreditYears,
    Currency,
    Day,
    Days,
    Few,
    Minutes,
    Moment,
    Months,
    OetScore,
    PathwayNumber,
    Rating,
    Score,
    SeasonYear,
    StateCode,
    Text,
    WeeklyHours,
    Year,
    YesNo,
    Zone,
)

Open = Literal["current"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who the applicant is, as far as any body asks."""

    name: Text | None = None
    born: Day | None = None
    citizenships: tuple[CountryCode, ...] | None = None
    us_status: Literal["none", "citizen", "permanent_resident", "other"] | None = None
    last_permanent_residence: CountryCode | None = None
    visa_wanted: tuple[Literal["J-1", "H-1B"], ...] | None = None
    inside_us: YesNo | None = None
    valid_visa: Text | None = None
    time_zone: Zone | None = None
    languages: tuple[Text, ...] | None = None
    passport_country: CountryCode | None = None
    passport_expires: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """A medical school attended, and what its World Directory entry was seen to show."""

    name: Text | None = None
    country: CountryCode | None = None
    enrolled: Day | None = None
    degree: Text | None = None
    degree_date: Day | None = None
    expected_degree_date: Day | None = None
    completion_letter: Day | YesNo | None = None
    sponsor_note: YesNo | None = None
    sponsor_note_from: Year | None = None
    sponsor_note_to: Year | Open | None = None
    sponsor_note_years: tuple[tuple[Year, Year | Open], ...] | None = None
    credit_years: CreditYears | None = None
    transfer_credits: Credits | None = None
    transfer_documented: YesNo | None = None
    accreditor: Text | None = None
    wfme_recognised: YesNo | None = None
    ncfmea_comparable: YesNo | None = None
    us_loan_program: YesNo | None = None
    joint_us_degree: YesNo | None = None
    regulator_osce: YesNo | None = None
    closed: YesNo | None = None
    canadian_lcme: YesNo | None = None
    evidence: Text | None = None
    checked_on: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exam:
    """One attempt at one examination. A date after the asked day is a plan, not a fact."""

    exam: Literal["step1", "step2ck", "step2cs", "step3", "oet"]
    date: Day | None = None
    applied: Day | None = None
    result: Literal["pass", "fail", "incomplete", "pending"] | None = None
    score: Score | None = None
    listening: OetScore | None = None
    reading: OetScore | None = None
    writing: OetScore | None = None
    speaking: OetScore | None = None
    one_sitting: YesNo = True
    reported_on: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """A licence or registration to practise medicine."""

    country: CountryCode | None = None
    state: Text | None = None
    kind: Literal["unsupervised", "provisional_unsupervised", "training"] | None = None
    # "from" is a Python keyword; the file says `from` and `to`.
    from_: Day | None = None
    to: Day | None = None
    discipline: YesNo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Certification:
    """The days on which the steps of ECFMG certification happened."""

    account_verified: Day | None = None
    application_submitted: Day | None = None
    application_approved: Day | None = None
    fsmb_account: Day | None = None
    credentials_verified: Day | None = None
    diploma_verified: Day | None = None
    certificate_issued: Day | None = None
    certificate_expires: Day | None = None
    permanent: YesNo | None = None
    gme_months: Months | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathway:
    """An application under one of the six Pathways."""

    number: PathwayNumber | None = None
    season: Year | None = None
    applied: Day | None = None
    attested: Day | None = None
    accepted: Day | None = None
    expires: Day | None = None
    encounters: Few | None = None
    evaluators: Few | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Experience:
    """An experience as it would be entered in an application."""

    title: Text | None = None
    organization: Text | None = None
    kind: Text | None = None
    us: YesNo | None = None
    hands_on: YesNo | None = None
    start: Day | None = None
    end: Day | None = None
    hours_per_week: WeeklyHours | None = None
    most_meaningful: YesNo | None = None
    description: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter of recommendation and where it stands."""

    writer: Text | None = None
    role: Text | None = None
    us: YesNo | None = None
    specialty: Text | None = None
    status: Literal["asked", "promised", "uploaded", "assigned"] | None = None
    asked: Day | None = None
    uploaded: Day | None = None
    waived: YesNo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scholarly:
    """A piece of scholarly work."""

    kind: Text | None = None
    title: Text | None = None
    peer_reviewed: YesNo | None = None
    status: Text | None = None
    first_author: YesNo | None = None
    starred: YesNo | None = None
    date: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A personal statement, as text or as the name of a file beside the dossier."""

    label: Text | None = None
    specialty: Text | None = None
    text: Text | None = None
    file: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What the applicant wants."""

    specialties: tuple[Text, ...] | None = None
    states: tuple[StateCode, ...] | None = None
    budget_usd: Count | None = None
    max_applications: Count | None = None
    home_currency: Currency | None = None
    tiers: dict[Text, tuple[Text, ...]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """One application to one track in the season of the dossier."""

    program: Text | None = None
    track: Text | None = None
    specialty: Text | None = None
    service: Literal["ERAS", "ResidencyCAS", "CentralApp", "Other"] | None = None
    status: Literal["listed", "submitted", "rejected", "invited", "withdrawn"] | None = None
    signal: Literal["none", "gold", "silver", "single"] | None = None
    letters: tuple[Text, ...] | None = None
    statement: Text | None = None
    sent: Day | None = None
    notes: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """An invitation and what follows."""

    program: Text | None = None
    start: Moment | None = None
    minutes: Minutes | None = None
    zone: Zone | None = None
    format: Text | None = None
    status: Literal["invited", "scheduled", "done", "declined", "cancelled"] | None = None
    invited: Day | None = None
    respond_by: Day | Moment | None = None
    link: Text | None = None
    notes: Text | None = None
    scores: dict[Text, Rating] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RankOrderList:
    """The applicant's rank order list by NRMP program code, and its supplemental lists."""

    primary: tuple[Text, ...] | None = None
    supplemental: dict[Text, tuple[Text, ...]] | None = None
    certified_at: Moment | Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Couple:
    """The partner, and the pairs in joint order; "none" stands for no match."""

    partner: Text | None = None
    pairs: tuple[tuple[Text, Text], ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """The applicant's own file. Everything but `schema` may be absent, and absent is unknown."""

    schema: Literal[1] = 1
    season: SeasonYear | None = None
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
    durations: dict[Text, Days] = field(default_factory=dict)
