"""Rule files are read strictly: a slip of the pen is refused with file and place, never dropped."""

from datetime import date

import pytest

from matchday.rules.load import rules
from matchday.rules.model import UNKNOWN, plain
from matchday.terms import InputProblem

HEAD = """
body: Test Board
read_on: 2026-11-22
citations:
  book: {title: A book, publisher: A press, dated: "2024"}
parameters:
"""


def with_parameter(text: str):  # the rules with one parameter laid over them
    return rules().overlay(HEAD + text, "test.yaml")


def problem(text: str) -> str:
    with pytest.raises(InputProblem) as caught:
        with_parameter(text)
    return str(caught.value)


def test_a_value_holds_from_its_first_to_its_last_day_both_included() -> None:
    found = with_parameter("""
  X-LIMIT:
    title: A limit
    decided_by: exam date
    values:
      - {value: 3, from: 2020-01-01, to: 2020-12-31, confidence: high, cite: book}
      - {value: 4, from: 2021-01-01, confidence: high, cite: book}
""")
    days = ["2020-01-01", "2020-12-31", "2021-01-01", "2026-11-22"]
    assert [found.at("X-LIMIT", date.fromisoformat(day)).value for day in days] == [3, 3, 4, 4]


def test_before_the_first_known_value_the_answer_is_unknown() -> None:
    found = with_parameter("""
  X-LIMIT:
    title: A limit
    decided_by: exam date
    values: [{value: 3, from: 2020-01-01, confidence: high, cite: book}]
""")
    reading = found.at("X-LIMIT", date(2019, 12, 31))
    assert (reading.value, reading.known, reading.carried_forward) == (UNKNOWN, False, False)
    assert reading.as_json()["value"] is None


def test_an_open_value_is_carried_forward_after_the_day_it_was_read() -> None:
    found = with_parameter("""
  X-LIMIT:
    title: A limit
    decided_by: exam date
    values: [{value: 3, from: 2020-01-01, confidence: high, cite: book}]
""")
    assert not found.at("X-LIMIT", date(2026, 11, 22)).carried_forward
    assert found.at("X-LIMIT", date(2026, 11, 23)).carried_forward


def test_a_season_past_the_last_known_one_answers_and_says_that_it_is_carried_forward() -> None:
    found = with_parameter("""
  X-AGE:
    title: An age
    decided_by: Pathway season
    values: [{value: 2023-01-01, from: 2025, to: 2025, confidence: high, cite: book}]
""")
    assert [found.at("X-AGE", year).carried_forward for year in (2025, 2026)] == [False, True]
    assert found.at("X-AGE", 2026).value == date(2023, 1, 1)
    assert not found.at("X-AGE", 2024).known


def test_an_open_season_value_is_known_to_the_season_in_which_it_was_read() -> None:
    found = with_parameter("""
  X-RULE:
    title: A rule
    decided_by: season
    values: [{value: yes, from: 2024, confidence: high, cite: book}]
""")
    assert [found.at("X-RULE", year).carried_forward for year in (2027, 2028)] == [False, True]


def test_unknown_is_a_value_of_its_own_and_a_dispute_is_kept() -> None:
    found = with_parameter("""
  X-FEE:
    title: A fee
    decided_by: season
    values:
      - {value: unknown, to: 2025, note: not found}
      - {value: 70, from: 2026, confidence: low, cite: book, disputed: [{value: 85, cite: book, confidence: low}]}
""")
    assert not found.at("X-FEE", 2025).known
    assert str(found.at("X-FEE", 2025).value) == "unknown"
    assert plain({"fee": UNKNOWN, "days": (1, date(2026, 1, 2))}) == {"fee": None, "days": [1, "2026-01-02"]}
    assert found.at("X-FEE", 2026).as_json()["disputed"] == [{"value": 85, "source": "A book", "confidence": "low"}]


def test_an_overlay_changes_the_digest_and_leaves_the_base_alone() -> None:
    base = rules()
    text = """
  S2-PASS:
    title: Step 2 CK passing standard
    decided_by: exam date
    values: [{value: 230, confidence: high, cite: book}]
"""
    assert with_parameter(text).at("S2-PASS", date(2026, 1, 1)).value == 230
    assert base.at("S2-PASS", date(2026, 1, 1)).value == 218
    assert with_parameter(text).digest not in ("", base.digest)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "  X: {title: T, decided_by: exam date, values: [{value: 1, to: 2020-01-02, cite: book}, "
            "{value: 2, from: 2020-01-02, cite: book}]}",
            "values of X overlap",
        ),
        ("  X: {title: T, decided_by: exam date, valeus: []}", "unknown key 'valeus'"),
        ("  X: {title: T, decided_by: exam date, values: [{value: 1, until: 2020-01-02}]}", "unknown key 'until'"),
        ("  X: {title: T, decided_by: exam date, values: [{value: 1, from: 2020}]}", "from of X is 2020"),
        ("  X: {title: T, decided_by: season, values: [{value: 1, from: 2020-01-01}]}", "a season"),
        ("  X: {title: T, decided_by: season, values: [{value: 1, cite: leaflet}]}", "X cites 'leaflet'"),
        ("  X: a word", "X is 'a word'"),
        ("  X: [1", "not YAML"),
    ],
)
def test_a_slip_is_refused_with_its_place(text: str, expected: str) -> None:
    assert problem(text).startswith("test.yaml")
    assert expected in problem(text)


def test_one_id_is_defined_once() -> None:
    from matchday.rules.load import _add

    parameter = rules()["S2-PASS"]
    with pytest.raises(InputProblem, match="defined twice"):
        _add({"S2-PASS": parameter}, [("S2-PASS", parameter)], "test.yaml")


def test_readings_are_kept_but_not_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    from matchday.rules import load

    monkeypatch.setattr(load, "KEPT", 3)
    found = with_parameter("""
  X-LIMIT:
    title: A limit
    decided_by: exam date
    values: [{value: 3, from: 2020-01-01, confidence: high, cite: book}]
""")
    for month in range(1, 13):
        assert found.at("X-LIMIT", date(2021, month, 1)).value == 3
    assert len(found._read) <= 5


def test_an_unknown_rule_names_the_nearest_ones() -> None:
    with pytest.raises(InputProblem, match="did you mean S2-PASS"):
        rules()["S2-PAS"]
    with pytest.raises(InputProblem, match="rules list"):
        rules()["zzzzzz"]


def test_every_value_that_is_known_has_a_citation_and_a_confidence() -> None:
    bare = [
        parameter.id
        for parameter in rules().parameters.values()
        for value in parameter.values
        if (value.value is not UNKNOWN) != bool(value.citations) and not (value.value is UNKNOWN and value.citations)
    ]
    assert bare == []


def test_every_rule_id_of_the_facts_is_there(shared) -> None:
    """The ids in brackets of the facts, such as (S2-PASS); those of plans and durations are not rules."""
    import re

    text = (shared / "facts" / "certification.md").read_text("utf-8")
    named = set(re.findall(r"\(([A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+|7Y|RETAKE|SPACE|EPEX)\)", text))
    assert len(named) > 50
    # I-539 is a form of USCIS.
    assert sorted(named - {"I-539"} - set(rules().parameters)) == []
