"""`matchday cost` as a person or a script calls it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from matchday.cli.cost import cost
from matchday.terms import InputProblem


def call(*args: str) -> Result:
    result = CliRunner().invoke(cost, list(args))
    if isinstance(result.exception, InputProblem):
        raise result.exception
    return result


def test_the_json_is_that_of_the_interface() -> None:
    result = call("--season", "2026", "--apply", "internal medicine=100", "--ranks", "25", "--couple", "--json")
    tree = json.loads(result.output)
    assert tree["season"] == 2026
    assert tree["total_usd"] == 165 + 80 + 2430 + 70 + 45 + 150
    assert (tree["at_least"], tree["unknown"], tree["next_application_usd"]) == (False, [], {"Internal Medicine": 30})
    assert tree["lines"][2] == {
        "group": "applications",
        "item": "Internal Medicine",
        "service": "ERAS",
        "quantity": 100,
        "amount_usd": 2430,
        "low_usd": 2430,
        "high_usd": 2430,
        "confidence": "high",
        "source": "AAMC Fees for 2026 ERAS Season",
        "read_on": "2026-11-22",
        "note": "",
        "hint": None,
    }
    assert tree["cliffs"] == [{"specialty": "Internal Medicine", "program": 31, "from_usd": 11, "to_usd": 30}]


def test_the_same_specialty_twice_is_added_up() -> None:
    tree = json.loads(call("--season", "2026", "--apply", "IM=20", "--apply", "Internal Medicine=13", "--json").output)
    assert tree["lines"][2]["quantity"] == 33


def test_a_hint_is_written_with_its_season() -> None:
    tree = json.loads(call("--season", "2027", "--couple", "--json").output)
    assert tree["lines"][-1]["hint"] == {"season": 2026, "amount_usd": 45}


def test_the_page_fits_eighty_columns_and_says_at_least_and_the_range() -> None:
    options = ["--apply", "IM=100", "--apply", "EM=46", "--couple", "--late", "--ranks", "25"]
    output = call("--season", "2027", *options).output
    assert max(map(len, output.splitlines())) <= 80
    text = " ".join(output.split())
    assert "At least 2,965 dollars (sources disagree: 2,955 to 2,980)" in text
    assert "One more application in Internal Medicine costs 30 dollars." in text
    assert "from program 31 on, each costs 30 dollars instead of 11" in text
    assert "One more application in Emergency Medicine costs an unknown amount." in text
    assert "683 in" in text
    assert "Sources read on 22 November 2026" in text


def test_a_certain_total_is_said_plainly() -> None:
    assert "\n2,745 dollars.\n" in call("--season", "2026", "--apply", "IM=100").output


def test_a_season_without_prices_says_so() -> None:
    assert "No price of this season is known." in call("--season", "2028").output


def test_the_home_currency_shows_only_at_a_rate_that_was_typed() -> None:
    assert "About 477,000 NGN at 1514.2857 to the dollar" in call("--season", "2026", "--rate", "ngn=1514.2857").output
    tree = json.loads(call("--season", "2026", "--rate", "EUR=0.9", "--json").output)
    assert tree["home"] == {"currency": "EUR", "rate": "0.9", "total": "283.5"}
    assert "home" not in json.loads(call("--season", "2026", "--json").output)


def test_a_dossier_gives_season_applications_lists_and_couple(tmp_path: Path) -> None:
    file = tmp_path / "me.toml"
    file.write_text(
        'schema = 1\nseason = 2026\n[couple]\npartner = "B"\n[ranklist]\nprimary = ["a", "b"]\n'
        '[[application]]\nspecialty = "IM"\nprogram = "p"\n'
    )
    tree = json.loads(call(str(file), "--json").output)
    shown = [(line["group"], line["quantity"], line["amount_usd"]) for line in tree["lines"]]
    assert (tree["season"], shown) == (
        2026,
        [("token", 1, 165), ("transcript", 1, 80), ("applications", 1, 11), ("registration", 1, 70), ("couple", 1, 45),
         ("ranks", 2, 0)],
    )  # fmt: skip
    other = json.loads(call(str(file), "--season", "2024", "--apply", "Neurology=2", "--ranks", "21", "--json").output)
    assert other["season"] == 2024
    assert list(other["next_application_usd"]) == ["Neurology"]
    assert other["lines"][-1]["amount_usd"] == 30


@pytest.mark.parametrize(("on", "year"), [("2026-11-22", 2027), ("2027-03-31", 2027), ("2027-04-01", 2028)])
def test_without_a_season_the_next_match_is_meant(on: str, year: int) -> None:
    assert json.loads(call("--on", on, "--json").output)["season"] == year


def test_a_service_may_be_written_in_any_case() -> None:
    tree = json.loads(call("--season", "2026", "--service", "residencycas", "--apply", "EM=46", "--json").output)
    assert [line["amount_usd"] for line in tree["lines"] if line["group"] == "applications"] == [683]


@pytest.mark.parametrize(
    ("args", "complaint"),
    [
        (["--apply", "Internal Medicine"], "--apply 'Internal Medicine'"),
        (["--apply", "Internal Medicine=-3"], "--apply 'Internal Medicine=-3'"),
        (["--apply", "Internal Medicine=many"], 'expected "SPECIALTY=NUMBER"'),
        (["--apply", "Internal Medecine=3"], "did you mean Internal Medicine"),
        (["--season", "2026", "--service", "ERAS", "--apply", "EM=3"], "ask for --service ResidencyCAS"),
        (["--service", "Erras"], "no service is called 'Erras'"),
        (["--rate", "NGN"], "--rate 'NGN'"),
        (["--rate", "NGN=-1"], "--rate 'NGN=-1'"),
        (["--rate", "NAIRA=nan"], "expected CURRENCY=UNITS FOR ONE DOLLAR"),
        (["--ranks", "301"], "at most 300"),
    ],
)
def test_bad_input_is_refused_with_what_to_do(args: list[str], complaint: str) -> None:
    with pytest.raises(InputProblem) as caught:
        call("--season", "2026", *args)
    assert complaint in str(caught.value)
