"""Whose word is shown first. The one place where sources are put in order; the others stay visible below it."""

import datetime as dt
from functools import cache

from matchday.directory.model import Source, SourceKind

_K = SourceKind

# For identity and accreditation the accreditor goes first; then the body that runs the match; then the service.
GENERAL = (_K.ACGME, _K.NRMP_DIRECTORY, _K.NRMP_RESULTS, _K.ERAS, _K.SPREADSHEET, _K.TRACKER, _K.MADE_UP)

# What a person looked up and typed in is the only word on visas and cut-offs that may be kept; trackers are hearsay.
_TYPED = (_K.SPREADSHEET, _K.ACGME, _K.NRMP_DIRECTORY, _K.ERAS, _K.NRMP_RESULTS, _K.TRACKER, _K.MADE_UP)
_SERVICE = (_K.NRMP_DIRECTORY, _K.ERAS, _K.SPREADSHEET, _K.ACGME, _K.NRMP_RESULTS, _K.TRACKER, _K.MADE_UP)
_PARTICIPATION = (_K.ERAS, _K.NRMP_DIRECTORY, _K.SPREADSHEET, _K.ACGME, _K.NRMP_RESULTS, _K.TRACKER, _K.MADE_UP)

BY_FIELD: dict[str, tuple[SourceKind, ...]] = {
    "service": _SERVICE,
    "service_soap": _SERVICE,
    "participation": _PARTICIPATION,
    **dict.fromkeys(
        [
            "visa_j1",
            "visa_h1b",
            "visa_f1",
            "visa_note",
            "takes_img",
            "img_share",
            "graduation_years_max",
            "attempts_max",
            "step1_min",
            "step2_min",
            "us_experience",
            "us_experience_months",
            "certificate_by",
            "positions",
            "setting",
            "website",
        ],
        _TYPED,
    ),
}


def speaks_of(source: Source, newest_season: int | None) -> dt.date:
    """The day a source speaks of: as stated, else 1 January of the newest season in it, else the day it was read."""
    if source.as_of is not None:
        return source.as_of
    return dt.date(newest_season, 1, 1) if newest_season else source.read_on


@cache
def order(field: str, kind: SourceKind, day: dt.date, source_id: int) -> tuple[int, int, int]:
    """Sort key of a claim, smallest first: trusted kind, then newer edition, then later import."""
    kinds = BY_FIELD.get(field, GENERAL)
    return kinds.index(kind), -day.toordinal(), -source_id
