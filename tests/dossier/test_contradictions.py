"""What contradicts itself is no fault of reading: it is told with the facts that cannot be true together."""

import datetime as dt
from pathlib import Path

import pytest

from matchday.dossier.contradictions import Contradiction, ahead, contradictions
from matchday.dossier.file import loads, read
from tests.strategies import EXAMPLES

# What a dossier says, and the contradictions that must be found: id without "dossier.", and the facts.
CASES = {
    "exam before birth": (
        '[person]\nborn = 1999-03-14\n[[exam]]\nexam = "step1"\ndate = 1989-03-14',
        {"exam_before_birth": ("person.born=1999-03-14", "exam[0].date=1989-03-14")},
    ),
    "school and licence before birth": (
        "[person]\nborn = 1999-03-14\n[[school]]\nenrolled = 1998-01-01\n[[licence]]\nfrom = 1997-01-01",
        {
            "school_before_birth": ("person.born=1999-03-14", "school[0].enrolled=1998-01-01"),
            "licence_before_birth": ("person.born=1999-03-14", "licence[0].from=1997-01-01"),
        },
    ),
    "two passes of one Step": (
        '[[exam]]\nexam = "step1"\ndate = 2024-01-10\nresult = "pass"\n'
        '[[exam]]\nexam = "step1"\ndate = 2022-01-10\nresult = "pass"',
        {"passed_twice": ("exam[1].result=pass", "exam[1].date=2022-01-10", "exam[0].result=pass", "exam[0].date=2024-01-10")},
    ),
    "two passes of which one has no date": (
        '[[exam]]\nexam = "step3"\nresult = "pass"\n[[exam]]\nexam = "step3"\ndate = 2024-01-10\nresult = "pass"',
        {"passed_twice": ("exam[0].result=pass", "exam[1].result=pass", "exam[1].date=2024-01-10")},
    ),
    "a second pass on the last of the seven years": (
        '[[exam]]\nexam = "step1"\ndate = 2016-05-01\nresult = "pass"\n'
        '[[exam]]\nexam = "step1"\ndate = 2023-05-01\nresult = "pass"',
        {"passed_twice": ("exam[0].result=pass", "exam[0].date=2016-05-01", "exam[1].result=pass", "exam[1].date=2023-05-01")},
    ),
    "a second pass when the seven years are over": (
        '[[exam]]\nexam = "step1"\ndate = 2016-05-01\nresult = "pass"\n'
        '[[exam]]\nexam = "step1"\ndate = 2023-05-02\nresult = "pass"',
        {},
    ),
    "OET passed twice": (
        '[[exam]]\nexam = "oet"\ndate = 2025-01-10\nresult = "pass"\n'
        '[[exam]]\nexam = "oet"\ndate = 2026-01-10\nresult = "pass"',
        {},
    ),
    "two Steps on one day": (
        '[[exam]]\nexam = "step1"\ndate = 2024-01-10\n[[exam]]\nexam = "step2ck"\ndate = 2024-01-10',
        {"exams_on_one_day": ("exam[0].date=2024-01-10", "exam[1].date=2024-01-10")},
    ),
    "a Step and OET on one day": (
        '[[exam]]\nexam = "step1"\ndate = 2024-01-10\n[[exam]]\nexam = "oet"\ndate = 2024-01-10',
        {},
    ),
    "degree before enrolment, in two schools": (
        "[[school]]\nenrolled = 2020-09-01\ndegree_date = 2019-07-01\n"
        "[[school]]\nenrolled = 2020-09-01\nexpected_degree_date = 2020-08-31",
        {
            "degree_before_enrolment": (
                "school[0].enrolled=2020-09-01", "school[0].degree_date=2019-07-01",
                "school[1].enrolled=2020-09-01", "school[1].expected_degree_date=2020-08-31",
            )
        },
    ),
    "degree on the day of enrolment": ("[[school]]\nenrolled = 2020-09-01\ndegree_date = 2020-09-01", {}),
    "reported before it was taken, taken before it was applied for": (
        '[[exam]]\nexam = "step1"\napplied = 2024-03-01\ndate = 2024-02-01\nreported_on = 2024-01-01',
        {
            "exam_before_application": ("exam[0].applied=2024-03-01", "exam[0].date=2024-02-01"),
            "report_before_exam": ("exam[0].date=2024-02-01", "exam[0].reported_on=2024-01-01"),
        },
    ),
    "parts of OET in a Step, a score in OET": (
        '[[exam]]\nexam = "step1"\nlistening = 350\n[[exam]]\nexam = "oet"\nscore = 300',
        {"exam_fields": ("exam[0].exam=step1", "exam[0].listening=350", "exam[1].exam=oet", "exam[1].score=300")},
    ),
    "a score that is pending": (
        '[[exam]]\nexam = "step1"\nresult = "pending"\nscore = 231',
        {"exam_result": ("exam[0].result=pending", "exam[0].score=231")},
    ),
    "an unfinished exam may be reported": (
        '[[exam]]\nexam = "step1"\ndate = 2024-01-10\nresult = "incomplete"\nreported_on = 2024-02-10',
        {},
    ),
    "licence backwards": (
        "[[licence]]\nfrom = 2024-01-01\nto = 2023-01-01",
        {"licence_dates": ("licence[0].from=2024-01-01", "licence[0].to=2023-01-01")},
    ),
    "certificate before the application": (
        "[certification]\napplication_submitted = 2025-05-01\napplication_approved = 2025-04-01\ncertificate_issued = 2025-03-01",
        {
            "approval_before_application": (
                "certification.application_submitted=2025-05-01", "certification.application_approved=2025-04-01",
            ),
            "certificate_before_application": (
                "certification.application_submitted=2025-05-01", "certification.certificate_issued=2025-03-01",
                "certification.application_approved=2025-04-01",
            ),
        },
    ),
    "certificate that expires before it is issued": (
        "[certification]\ncertificate_issued = 2025-03-01\ncertificate_expires = 2024-12-31",
        {"certificate_dates": ("certification.certificate_issued=2025-03-01", "certification.certificate_expires=2024-12-31")},
    ),
    "Pathway accepted before it was applied for": (
        "[[pathway]]\napplied = 2026-10-02\naccepted = 2026-09-02",
        {"pathway_dates": ("pathway[0].applied=2026-10-02", "pathway[0].accepted=2026-09-02")},
    ),
    "interview before the invitation": (
        "[[interview]]\ninvited = 2026-10-20\nstart = 2026-10-19T09:00:00\nrespond_by = 2026-10-19",
        {
            "interview_dates": (
                "interview[0].invited=2026-10-20", "interview[0].respond_by=2026-10-19", "interview[0].start=2026-10-19",
            )
        },
    ),
    "years of a note that the school has not": (
        "[[school]]\nsponsor_note = false\nsponsor_note_from = 1990",
        {"school_note": ("school[0].sponsor_note=false", "school[0].sponsor_note_from/to=1990-?")},
    ),
    "years of the note backwards": (
        '[[school]]\nsponsor_note_years = [[2004, 1999], [2010, "current"]]',
        {
            "school_note_years": (
                "school[0].sponsor_note_years=2004-1999", "school[0].sponsor_note_years=2010-current",
            )
        },
    ),
    "Canadian school elsewhere": (
        '[[school]]\ncanadian_lcme = true\ncountry = "US"',
        {"school_country": ("school[0].canadian_lcme=true", "school[0].country=US")},
    ),
    "US passport without citizenship": (
        '[person]\nus_status = "none"\ncitizenships = ["US", "NG"]',
        {"us_status": ("person.us_status=none", "person.citizenships=US, NG")},
    ),
    "US citizen of no country": (
        '[person]\nus_status = "citizen"\ncitizenships = []',
        {"us_status": ("person.us_status=citizen", "person.citizenships=none")},
    ),
    "pairs and supplemental lists of programs that are not ranked": (
        '[ranklist]\nprimary = ["A", "B", "A"]\nsupplemental = { X = ["P"] }\n'
        '[couple]\npairs = [["A", "a"], ["C", "b"], ["none", "c"]]',
        {
            "ranked_twice": ("ranklist.primary=A",),
            "not_ranked": ("couple.pairs[1]=C", "ranklist.supplemental=X"),
        },
    ),
    "pairs before there is a rank list": ('[couple]\npairs = [["A", "a"]]', {}),
    "nothing known": ("", {}),
}  # fmt: skip


@pytest.mark.parametrize(("says", "expected"), CASES.values(), ids=CASES.keys())
def test_contradictions_are_found_with_their_facts(says: str, expected: dict[str, tuple[str, ...]]) -> None:
    found = contradictions(loads(f"schema = 1\n{says}"))
    assert {one.id.removeprefix("dossier."): one.facts for one in found} == expected
    assert all(one.why and one.next for one in found)


def test_several_of_one_kind_are_told_in_one_contradiction() -> None:
    says = '[person]\nborn = 1999-03-14\n[[exam]]\nexam = "step1"\ndate = 1989-01-01\n[[exam]]\nexam = "oet"\ndate = 1988-01-01'
    assert contradictions(loads(f"schema = 1\n{says}")) == (
        Contradiction(
            id="dossier.exam_before_birth",
            title="An exam dated after birth",
            why="the Step 1 of 1 January 1989 is dated before the day of birth; the OET of 1 January 1988 is dated before the day of birth",
            facts=("person.born=1999-03-14", "exam[0].date=1989-01-01", "exam[1].date=1988-01-01"),
            next="correct the day that is wrong",
        ),
    )


def test_the_sentences_name_the_exam_and_its_day() -> None:
    says = (
        '[[exam]]\nexam = "step1"\napplied = 2024-03-01\ndate = 2024-02-01\nresult = "pass"\n'
        '[[exam]]\nexam = "step1"\ndate = 2024-02-01\nresult = "pass"\nlistening = 350\n'
        '[[exam]]\nexam = "step3"\nresult = "incomplete"\nscore = 210'
    )
    assert [(one.title, one.why) for one in contradictions(loads(f"schema = 1\n{says}"))] == [
        ("An exam dated after its application", "the Step 1 of 1 February 2024 is taken before it is applied for"),
        (
            "One pass of each Step",
            "the Step 1 of 1 February 2024 and the Step 1 of 1 February 2024 are both a pass, and a passed Step cannot be sat again so soon",
        ),
        ("One exam on one day", "Step 1 is entered more than once for one day, 1 February 2024"),
        ("Scores of the kind that the exam has", "the Step 1 of 1 February 2024 has one score and no parts of OET"),
        ("A score only where there is a result", "the Step 3 without a day is incomplete, and yet it has a result"),
    ]


def test_passes_known_by_score_alone_are_caught_when_the_rules_judge() -> None:
    says = '[[exam]]\nexam = "step3"\nscore = 230\n[[exam]]\nexam = "step3"\nscore = 240'
    dossier = loads(f"schema = 1\n{says}")
    assert contradictions(dossier) == ()
    judged = contradictions(dossier, passed=lambda exam: (exam.score or 0) >= 200)
    assert [one.id for one in judged] == ["dossier.passed_twice"]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_no_example_contradicts_itself(path: Path) -> None:
    assert contradictions(read(path)) == ()


def test_a_result_of_an_exam_that_is_still_to_come_is_doubted_on_the_day_of_the_clock() -> None:
    says = '[[exam]]\nexam = "oet"\ndate = 2027-01-12\nresult = "pass"\n[[exam]]\nexam = "step1"\ndate = 2027-02-01\nresult = "pending"'
    dossier = loads(f"schema = 1\n{says}")
    assert [(one.id, one.why, one.facts) for one in ahead(dossier, dt.date(2026, 11, 22))] == [
        (
            "dossier.exam_ahead",
            "the OET of 12 January 2027 has a result, and yet its day is still to come",
            ("exam[0].date=2027-01-12", "exam[0].result=pass"),
        )
    ]
    assert ahead(dossier, dt.date(2027, 1, 12)) == contradictions(dossier) == ()


def test_two_steps_on_one_day_are_both_named() -> None:
    says = '[[exam]]\nexam = "step1"\ndate = 2024-02-01\n[[exam]]\nexam = "step2ck"\ndate = 2024-02-01'
    (found,) = contradictions(loads(f"schema = 1\n{says}"))
    assert found.why == "Step 1 and Step 2 CK are dated on one day, 1 February 2024"
