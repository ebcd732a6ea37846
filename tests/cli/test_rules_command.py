"""`matchday rules` and `matchday doctor` as people call them: what is cited can be shown, what is not known is named."""

import json

import pytest
from click.testing import CliRunner

from matchday.cli import matchday

DAY = ("--on", "2026-11-22")


def page(*words: str) -> str:
    result = CliRunner().invoke(matchday, list(words))
    assert result.exit_code == 0, result.output
    assert "--json" in words or max(map(len, result.output.splitlines())) <= 80
    return result.output


@pytest.mark.parametrize(
    ("rule_id", "said"),
    [
        ("s2-pass", "from 2025-07-01: 218  ◀ on 22 November 2026"),
        ("SERVICE-Internal Medicine", "2027: ERAS  ◀ on 22 November 2026"),
        ("SIGNALS-Internal Medicine", "2027: gold: 3, silver: 12  ◀ on 22 November 2026"),
        ("DATE-nrmp_rol_certification_deadline", "2027: 2027-03-03 21:00 America/New_York  ◀ on 22 November 2026"),
        ("match_day", "DATE-match_day · Match Day"),
        ("ERAS.application", "2027: 11 each for 1 to 30, 30 each from 31  ◀ on 22 November 2026"),
    ],
)
def test_whatever_an_answer_cites_is_shown_with_the_value_of_the_day(rule_id: str, said: str) -> None:
    assert said in page("rules", "show", rule_id, *DAY)


def test_the_day_decides_which_value_is_marked() -> None:
    assert "2022-07-01 to 2025-06-30: 214  ◀ on 1 January 2023" in page(
        "rules", "show", "S2-PASS", "--on", "2023-01-01"
    )
    assert "carried forward" in page("rules", "show", "ERAS.application", "--on", "2029-01-01")
    assert "No value is known on 1 January 2010." in page("rules", "show", "PW-LENGTH", "--on", "2010-01-01")


def test_one_document_tells_history_and_the_value_of_the_day() -> None:
    said = json.loads(page("rules", "show", "signals-internal medicine", "--on", "2023-12-01", "--json"))
    assert (said["id"], said["now"]["value"]) == ("SIGNALS-Internal Medicine", {"single": 7})
    assert len(said["history"]) >= 4


def test_the_list_names_seasonal_rows_and_what_is_not_known() -> None:
    plain, everything = (
        {row["id"]: row for row in json.loads(page("rules", "list", *more, *DAY, "--json"))["rules"]}
        for more in ((), ("--all",))
    )
    assert "DATE-match_day" not in plain
    assert {"DATE-match_day", "SERVICE-Psychiatry", "SIGNALS-Psychiatry", "ERAS.application"} <= set(everything) - set(
        plain
    )
    unknown = json.loads(page("rules", "list", "--unknown", *DAY, "--json"))["rules"]
    assert [row["id"] for row in unknown] == [key for key, row in plain.items() if not row["known"]]
    weak = json.loads(page("rules", "list", "--low", "--body", "aamc", *DAY, "--json"))["rules"]
    assert {(row["body"], row["confidence"]) for row in weak} == {("AAMC", "low")}
    assert "…" not in page("rules", "list", "--all", *DAY)
    assert f"{len(unknown)} rules." in page("rules", "list", "--unknown", *DAY)


def test_doctor_counts_what_is_not_known_and_says_where_it_is_named() -> None:
    said = json.loads(page("doctor", *DAY, "--json"))["rules"]
    unknown = json.loads(page("rules", "list", "--unknown", *DAY, "--json"))["rules"]
    assert said["unknown"] == sorted(row["id"] for row in unknown)
    text = " ".join(page("doctor", *DAY).split())
    assert (
        f"{len(unknown)} of them have no known value on this day: `matchday rules list --unknown` names them." in text
    )
    assert "`matchday rules list --low` names them." in text


def test_what_changed_since_a_day_is_told_newest_first() -> None:
    said = json.loads(page("rules", "changes", "--since", "2025-06-30", *DAY, "--json"))["changes"]
    days = [change["day"] for change in said]
    assert days == sorted(days, reverse=True)
    step2 = next(change for change in said if change["id"] == "S2-PASS")
    assert (step2["before"]["value"], step2["after"]["value"]) == (214, 218)
    text = page("rules", "changes", "--since", "2025-06-30", *DAY)
    assert f"{len(said)} changes from 30 June 2025 to 22 November 2026, newest first" in text
    assert "2025-07-01  S2-PASS" in text
    assert "214 → 218" in text


def test_lists_of_values_disputes_and_weak_sources_are_written_out() -> None:
    assert "start of training, application for Step 3" in page("rules", "show", "CERT-WHEN", *DAY)
    assert "Another source says 2.5 x 3.5 inches" in page("rules", "show", "ERAS-PHOTO", *DAY)


def test_numbers_have_their_unit_and_long_lists_are_counted() -> None:
    listed = " ".join(page("rules", "list", *DAY).split())
    assert "30 (days)" in listed
    assert "1 July" in listed
    assert "month and day" not in listed
    assert "school has: regulator osce" in page("rules", "show", "PW-2", *DAY)
    assert "full: , " not in listed
    told = page("rules", "changes", "--since", "2026-04-01", *DAY)
    assert "countries: 39 in all: AF, MM, TD, ..." in " ".join(told.split())


def test_what_has_ended_is_not_carried_forward() -> None:
    rows = {row["id"]: row for row in json.loads(page("rules", "list", *DAY, "--json"))["rules"]}
    ended = ("OET-350", "SERVICE-ANES", "FEE-CREDENTIALS", "SOAP-FEE", "ACC-2010", "ACC-2020")
    assert {rule: (rows[rule]["value"], rows[rule]["carried_forward"]) for rule in ended} == dict.fromkeys(
        ended, (None, False)
    )
