"""The YAML cases of tests/cases: made-up people, the rules they turn on, and what must be answered on which day.

Each file is a list of cases:

    - name: what the case shows, in one line
      rules: [CS-FAIL]              # the rules it turns on, if any; each must exist and be cited by an expected finding
      season: 2024                  # optional; a day may name its own
      given: {exam: [...]}          # a dossier in the keys of the file; what is absent is unknown
      days:
        - {on: 2023-11-01, expect: {pathway.1: not_met}}

`expect` may also hold a mapping {verdict, by, says}: `says` is a piece of the sentence shown to the applicant.
"""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from matchday.dossier.tree import from_tree
from matchday.rules import Report, check, rules
from matchday.terms import Verdict

FOLDER = Path(__file__).parent.parent / "cases"
CASE_KEYS = {"name", "rules", "season", "given", "days"}
DAY_KEYS = {"on", "season", "expect"}


@cache
def cases() -> dict[str, dict[str, Any]]:
    """Every case by folder and name."""
    found: dict[str, dict[str, Any]] = {}
    for file in sorted(FOLDER.rglob("*.yaml")):
        for case in yaml.safe_load(file.read_text("utf-8")):
            name = f"{file.parent.name}/{file.stem}: {case['name']}"
            assert name not in found, f"two cases are called {name}"
            # YAML reads the bare word `on` as true.
            case["days"] = [{"on" if key is True else key: value for key, value in day.items()} for day in case["days"]]
            found[name] = case
    return found


def reports(case: dict[str, Any]) -> list[tuple[dict[str, Any], Report]]:
    """The days of a case, each with the report of that day."""
    dossier = from_tree({"schema": 1, **case["given"]})
    return [(day, check(dossier, day["on"], season=day.get("season", case.get("season")))) for day in case["days"]]


@pytest.mark.parametrize("name", cases())
def test_case(name: str) -> None:
    case = cases()[name]
    assert set(case) <= CASE_KEYS
    cited: set[str] = set()
    for day, report in reports(case):
        assert set(day) <= DAY_KEYS
        for finding_id, expected in day["expect"].items():
            finding = report[finding_id]
            cited |= {reading.parameter.id for reading in finding.rules}
            wanted = expected if isinstance(expected, dict) else {"verdict": expected}
            assert set(wanted) <= {"verdict", "by", "says"}
            got = f"{finding_id} on {day['on']}: {finding.verdict}: {finding.why} {finding.next} missing {finding.missing}"
            assert finding.verdict == Verdict(wanted["verdict"]), got
            assert wanted.get("by", finding.by) == finding.by, f"{got} by {finding.by}"
            assert wanted.get("says", "") in f"{finding.why} {finding.next}", got
    assert set(case["rules"]) <= cited, f"not cited: {sorted(set(case['rules']) - cited)}; cited: {sorted(cited)}"


@pytest.mark.parametrize("name", cases())
def test_a_case_names_rules_that_exist(name: str) -> None:
    assert not set(cases()[name]["rules"]) - set(rules().parameters)
