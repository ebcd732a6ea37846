"""The words every room speaks with: enumerations, and the one way to report bad input. No other logic."""

from enum import StrEnum


class Verdict(StrEnum):
    """The five answers a finding can give. An empty field is never "no"; it is `unknown`."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_NEEDED = "not_needed"
    UNKNOWN = "unknown"
    AT_RISK = "at_risk"


class Confidence(StrEnum):
    """How sure a published value is: an official text or two that agree, one good text, or one weak text."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NOT_FOUND = "not_found"


class ApplicantType(StrEnum):
    """IMG by degree, US or not by citizenship."""

    US_IMG = "us_img"
    NON_US_IMG = "non_us_img"
    NOT_IMG = "not_img"
    UNKNOWN = "unknown"


class ApplicationService(StrEnum):
    """Where an application is sent."""

    ERAS = "ERAS"
    RESIDENCYCAS = "ResidencyCAS"
    CENTRAL_APP = "CentralApp"
    OTHER = "Other"


class ExamName(StrEnum):
    """The examinations a dossier can hold."""

    STEP1 = "step1"
    STEP2CK = "step2ck"
    STEP2CS = "step2cs"
    STEP3 = "step3"
    OET = "oet"


class TrackType(StrEnum):
    """The letter in an NRMP program code."""

    CATEGORICAL = "C"
    PRIMARY_CARE = "M"
    PRELIMINARY = "P"
    ADVANCED = "A"
    PHYSICIAN = "R"
    FELLOWSHIP = "F"
    SUBSPECIALTY = "S"


class Answer(StrEnum):
    """What a source says of a program. What it does not say is not "no"."""

    YES = "yes"
    NO = "no"
    NOT_STATED = "not stated"


class InputProblem(Exception):
    """Something in the input that a person must mend: where it is, what is wrong, what was expected, what to do.

    `str()` gives the one line that the command shows: `FILE:LINE: what; expected ...; do ...`.
    """

    def __init__(self, what: str, *, expected: str, do: str, file: str = "", line: int | None = None) -> None:
        super().__init__(what)
        self.what, self.expected, self.do, self.file, self.line = what, expected, do, file, line

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line) if part not in ("", None))
        return f"{place + ': ' if place else ''}{self.what}; expected {self.expected}; do: {self.do}"
