"""What would be most useful to know comes first, and what does not matter for a person is not asked."""

import pytest

from matchday.dossier.file import loads
from matchday.dossier.gaps import gaps

SETTLED = (
    'schema = 1\nseason = 2027\nlicence = []\npathway = []\nexam = []\n'
    '[person]\ncitizenships = ["NG"]\nus_status = "none"\nvisa_wanted = ["H-1B"]\ntime_zone = "Africa/Lagos"\n'
    '[preferences]\nspecialties = []\n[certification]\naccount_verified = 2026-01-05\n'
)  # fmt: skip
SCHOOL = '[[school]]\ncountry = "NG"\ndegree_date = 2025-07-18\nsponsor_note = false\ncredit_years = 6\n'

CASES = {
    "nothing known": (
        "schema = 1",
        [
            "season", "person.citizenships", "school", "exam", "licence", "pathway", "certification.account_verified",
            "person.us_status", "person.visa_wanted", "preferences.specialties", "person.time_zone",
        ],
    ),
    "everything of use known": (SETTLED + SCHOOL, []),
    "a school without facts": (
        SETTLED + "[[school]]",
        ["school[0].country", "school[0].degree_date", "school[0].sponsor_note", "school[0].credit_years"],
    ),
    "a note without years": (
        SETTLED + SCHOOL.replace("false", "true") + "sponsor_note_from = 1990", ["school[0].sponsor_note_from"],
    ),
    "a note with years in pieces": (SETTLED + SCHOOL.replace("false", "true") + "sponsor_note_years = [[1990, 2020]]", []),
    "a student": (SETTLED + SCHOOL.replace("degree_date", "expected_degree_date"), []),
    "a school in the USA": (SETTLED + '[[school]]\ncountry = "US"\ndegree_date = 2025-05-18', []),
    "a US citizen needs no visa": (
        SETTLED.replace('["NG"]', '["US", "NG"]').replace('us_status = "none"\nvisa_wanted = ["H-1B"]\n', "") + SCHOOL, [],
    ),
    "J-1 asks for the country of the Statement of Need": (
        SETTLED.replace("H-1B", "J-1") + SCHOOL, ["person.last_permanent_residence"],
    ),
    "exams without a day, OET without a part": (
        SETTLED.replace("exam = []\n", "") + SCHOOL
        + '[[exam]]\nexam = "step1"\n[[exam]]\nexam = "oet"\ndate = 2026-07-11\nlistening = 400\n'
        '[[exam]]\nexam = "oet"\ndate = 2027-07-11',
        ["exam[0].date", "exam[1].listening, reading, writing, speaking"],
    ),
    "a holder of the certificate needs no account day": (
        SETTLED.replace("account_verified", "certificate_issued") + SCHOOL, [],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "fields"), CASES.values(), ids=CASES.keys())
def test_gaps_in_the_order_of_their_use(text: str, fields: list[str]) -> None:
    found = gaps(loads(text))
    assert [gap.field for gap in found] == fields
    assert all(gap.why for gap in found)
