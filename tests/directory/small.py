"""A directory of eight lines, small enough to know by heart. Every name is made up."""

import datetime as dt
from pathlib import Path

from matchday.directory.model import Reading, Record, SourceKind, Year
from matchday.directory.store import Store

READ_ON = dt.date(2026, 11, 1)


def years(*filled: tuple[int, int]) -> tuple[Year, ...]:
    return tuple(Year(2026 - i, quota, done) for i, (quota, done) in enumerate(filled))


RECORDS = (
    Record(
        acgme_code="3201100001",
        nrmp_code="1001320C0",
        fields={
            "name": "Pediatrics", "institution": "Alpha University Hospital", "city": "Miami", "state": "FL",
            "latitude": "25.78", "longitude": "-80.2", "specialty": "320", "track": "C", "service": "ERAS",
            "setting": "university-based", "visa_j1": "yes", "visa_h1b": "yes", "graduation_years_max": "5",
            "attempts_max": "1", "step2_min": "220", "us_experience": "no", "img_share": "40",
        },
        history=years((10, 8), (10, 10), (9, 9)),
        rows=(2,),
    ),
    Record(
        acgme_code="3201100002",
        nrmp_code="1002320C0",
        fields={
            "name": "Pediatrics", "institution": "Beta Community Hosp-FL", "city": "Orlando", "state": "FL",
            "latitude": "28.5", "longitude": "-81.4", "specialty": "320", "track": "C", "visa_j1": "no", "visa_h1b": "no",
        },
        history=years((12, 12), (12, 12)),
        rows=(3,),
    ),
    Record(
        acgme_code="3201100003",
        nrmp_code="1003320C0",
        fields={"name": "Pediatrics", "institution": "Gamma Med Ctr-FL", "city": "Tampa", "state": "FL", "specialty": "320", "track": "C"},
        rows=(4,),
    ),
    Record(
        acgme_code="1404800004",
        nrmp_code="1004140C0",
        fields={
            "name": "Internal Medicine", "institution": "Delta Univ", "city": "Houston", "state": "TX", "specialty": "140",
            "track": "C", "visa_j1": "yes", "service": "ERAS", "us_experience": "yes", "us_experience_months": "3",
        },
        history=years((20, 20)),
        rows=(5,),
    ),
    Record(
        acgme_code="1404800004",
        nrmp_code="1004140P0",
        fields={"name": "Medicine-Preliminary", "specialty": "140", "track": "P"},
        history=years((4, 4)),
        rows=(6,),
    ),
    Record(
        acgme_code="0403500005",
        nrmp_code="1005040R0",
        fields={"name": "Anesthesiology", "institution": "Epsilon Institute", "city": "Albany", "state": "NY", "specialty": "040", "track": "R"},
        rows=(7,),
    ),
    Record(
        acgme_code="2203500006",
        nrmp_code="1006220C0",
        fields={
            "name": "=1+1", "institution": "Zeta Hospital", "city": "Buffalo", "state": "NY", "specialty": "220",
            "track": "C", "service": "ERAS", "participation": "Participating",
        },
        rows=(8,),
    ),
    Record(
        acgme_code="4803500007",
        fields={"name": "Eta Program", "institution": "Eta Hospital", "city": "Albany", "state": "NY", "specialty": "480"},
        rows=(9,),
    ),
)  # fmt: skip

# Hearsay that says the opposite of the spreadsheet about Delta.
RUMOUR = (Record(nrmp_code="1004140C0", fields={"visa_j1": "no"}, rows=(3,)),)


def small_store(folder: Path) -> Store:
    store = Store(folder / "directory.sqlite")
    for kind, records, title, day in (
        (SourceKind.SPREADSHEET, RECORDS, "my list.xlsx", dt.date(2026, 9, 1)),
        (SourceKind.TRACKER, RUMOUR, "invites.csv", dt.date(2025, 12, 1)),
    ):
        store.add(Reading(kind=kind, read=len(records), records=records), title=title, read_on=READ_ON, as_of=day)
    return store
