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
    assert finding.why[0].isupper()
    assert finding.why.endswith(".")


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
