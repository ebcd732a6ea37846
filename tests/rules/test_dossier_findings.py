"""A dossier that contradicts itself gets a finding for each kind of contradiction; one that fits gets none."""

from datetime import date
from typing import Any

from matchday.dossier.tree import from_tree
from matchday.rules import check
from matchday.terms import Verdict

ON = date(2026, 11, 22)


def found(**given: Any) -> dict[str, Any]:
    report = check(from_tree({"schema": 1, **given}), ON)
    return {finding.id: finding for finding in report if finding.id.startswith("dossier.")}


def test_a_dossier_that_fits_has_no_such_finding() -> None:
    assert (
        found(person={"born": date(1995, 1, 1)}, exam=[{"exam": "step1", "date": date(2020, 1, 1), "score": 200}]) == {}
    )


def test_an_exam_before_birth_is_a_finding_and_no_crash() -> None:
    findings = found(person={"born": date(1995, 1, 1)}, exam=[{"exam": "step1", "date": date(1990, 1, 1)}])
    assert len(findings) == 1
    (finding,) = findings.values()
    assert finding.verdict is Verdict.NOT_MET
    assert finding.body == "Matchday"
    assert "person.born=1995-01-01" in finding.facts
    assert finding.title == "An exam dated after birth"
    assert finding.why == "The Step 1 of 1 January 1990 is dated before the day of birth."


def test_two_passes_are_found_though_one_is_known_by_its_score_alone() -> None:
    attempts = [
        {"exam": "step2ck", "date": date(2020, 1, 1), "result": "pass"},
        {"exam": "step2ck", "date": date(2021, 1, 1), "score": 240},
    ]
    assert len(found(exam=attempts)) == 1
    attempts[1]["score"] = 200
    assert found(exam=attempts) == {}


def test_a_degree_before_enrolment_is_found() -> None:
    findings = found(school=[{"country": "NG", "enrolled": date(2015, 9, 1), "degree_date": date(2010, 6, 30)}])
    assert list(findings) == ["dossier.degree_before_enrolment"]


def test_a_result_that_the_score_denies_is_found_with_the_standard_of_its_day() -> None:
    exams = [
        {"exam": "step2ck", "date": date(2022, 8, 1), "result": "pass", "score": 150},
        {"exam": "step1", "date": date(2021, 8, 1), "result": "fail", "score": 250},
        {"exam": "step3", "date": date(2024, 8, 1), "result": "pass", "score": 210},
    ]
    finding = found(exam=exams)["dossier.result_against_score"]
    assert finding.title == "A result that fits the score"
    assert [rule.parameter.id for rule in finding.rules] == ["S2-PASS", "S1-PASS"]
    assert finding.facts == ("exam[0].result=pass", "exam[0].score=150", "exam[1].result=fail", "exam[1].score=250")
    assert finding.why == (
        "The Step 2 CK of 1 August 2022 is called a pass, but by the minimum of its day the score is too low; "
        "the Step 1 of 1 August 2021 is called a fail, but by the minimum of its day the score is high enough."
    )


def test_oet_parts_too_low_deny_a_pass() -> None:
    parts = {"listening": 350, "reading": 340, "writing": 300, "speaking": 350}
    sitting = {"exam": "oet", "date": date(2025, 5, 1), "result": "pass", **parts}
    finding = found(exam=[sitting])["dossier.result_against_score"]
    assert finding.facts[1:] == tuple(f"exam[0].{part}={score}" for part, score in parts.items())
    assert found(exam=[{**sitting, "reading": 350}]) == {}


def test_step_2_cs_dated_when_it_was_no_longer_given_is_found_once_that_is_known() -> None:
    late = from_tree({"schema": 1, "exam": [{"exam": "step2cs", "date": date(2027, 5, 1)}]})
    before = check(late, date(2020, 3, 16))
    after = check(late, date(2020, 3, 17))["dossier.exam_not_given"]
    assert not [finding for finding in before if finding.id.startswith("dossier.")]
    assert (after.verdict, after.rules[0].parameter.id) == (Verdict.NOT_MET, "CS-REQ")
    assert "last given on 16 March 2020" in after.why
