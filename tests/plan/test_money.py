"""The bill of a season: the worked totals of the sources, tiers, lists, couples, and prices that nobody has found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchday.dossier.model import Application, Couple, Dossier, RankOrderList
from matchday.plan.money import MOST_RANKS, Asked, Bill, Cliff, asked_of, bill
from matchday.plan.tiers import one_more, price
from matchday.rules.seasons import published, season
from matchday.terms import InputProblem

IM = "Internal Medicine"
DR = "Diagnostic Radiology"
EM = "Emergency Medicine"
OB = "Obstetrics and Gynecology"


def cost(year: int, service: str | None = None, /, **counts: int) -> Bill:
    """A bill for programs by specialty; the short names IM, DR, EM, OB stand for the specialties above."""
    names = {"IM": IM, "DR": DR, "EM": EM, "OB": OB}
    return bill(Asked(year, {(names[short], None): count for short, count in counts.items()}, service=service))


def group(result: Bill, name: str) -> list[int | None]:
    return [line.amount_usd for line in result.lines if line.group == name]


def programs(result: Bill) -> int:
    return sum(usd or 0 for usd in group(result, "applications"))


# The program fees that AAMC and SAEM work out themselves, and those that follow from their prices.
@pytest.mark.parametrize(
    ("year", "counts", "usd"),
    [
        (2024, {"IM": 30}, 519),
        (2025, {"IM": 30}, 330),
        (2026, {"IM": 30}, 330),
        (2024, {"IM": 23, "DR": 7}, 457),
        (2026, {"IM": 23, "DR": 7}, 330),
        (2024, {"IM": 43, "DR": 7}, 969),
        (2026, {"IM": 43, "DR": 7}, 797),
        (2024, {"IM": 32, "DR": 32}, 1146),
        (2025, {"IM": 32, "DR": 32}, 780),
        (2024, {"IM": 60}, 1329),
        (2026, {"IM": 60}, 1230),
        (2024, {"IM": 93}, 2220),
        (2026, {"IM": 93}, 2220),
        (2024, {"IM": 100}, 2409),
        (2026, {"IM": 100}, 2430),
        (2027, {"IM": 100}, 2430),
        (2024, {"IM": 150}, 3759),
        (2026, {"IM": 150}, 3930),
        (2026, {"EM": 46}, 683),
        (2026, {"EM": 18}, 99),
        (2026, {"EM": 19}, 117),
        (2024, {"IM": 10}, 99),
        (2026, {"IM": 10}, 110),
        (2024, {"IM": 11}, 118),
        (2026, {"IM": 11}, 121),
        (2024, {"IM": 9}, 99),
        (2026, {"IM": 9}, 99),
        (2022, {"IM": 40}, 99 + 170 + 210 + 260),
        (2026, {"IM": 0}, 0),
    ],
)
def test_program_fees_as_the_sources_work_them_out(year: int, counts: dict[str, int], usd: int) -> None:
    assert programs(cost(year, **counts)) == usd


def test_the_whole_bill_of_one_person() -> None:
    result = cost(2024, IM=30)
    assert [(line.group, line.amount_usd) for line in result.lines] == [
        ("token", 165),
        ("transcript", 80),
        ("applications", 519),
        ("registration", 70),
    ]
    assert (result.total_usd, result.low_usd, result.high_usd) == (834, 834, 834)
    assert (result.at_least, result.unknown) == (False, ())
    assert all(line.source and line.read_on for line in result.lines)


def test_without_applications_the_bill_holds_what_everybody_pays() -> None:
    assert [(line.group, line.amount_usd) for line in bill(Asked(2026)).lines] == [
        ("token", 165),
        ("transcript", 80),
        ("registration", 70),
    ]


def test_the_transcript_is_paid_once_for_each_service() -> None:
    result = cost(2026, IM=10, EM=10, DR=3)
    assert group(result, "transcript") == [80, 80]
    assert group(result, "token") == [165, None]  # ECFMG asks for a paid form whose price was not found
    assert result.unknown == ("ResidencyCAS support form of ECFMG",)
    assert result.at_least


def test_a_tier_of_unknown_price_is_left_open_and_the_rest_is_counted() -> None:
    result = cost(2023, IM=35)
    lines = [line for line in result.lines if line.group == "applications"]
    assert [(line.item, line.quantity, line.amount_usd) for line in lines] == [
        (IM, 25, 99 + 190 + 5 * 26),
        ("Internal Medicine, programs 21 to 30", 10, None),
    ]
    assert result.at_least
    assert result.next_application_usd == {IM: 26}
    assert cost(2023, IM=20).next_application_usd == {IM: None}
    assert not [line for line in cost(2023, IM=20).lines if line.group == "applications" and line.amount_usd is None]


def test_residencycas_2027_has_no_known_price() -> None:
    result = cost(2027, OB=46)
    (line,) = [line for line in result.lines if line.group == "applications"]
    assert (line.amount_usd, line.low_usd, line.high_usd, line.service) == (None, None, None, "ResidencyCAS")
    assert line.hint == (2026, 683)  # shown, never added
    assert result.total_usd == 70
    assert OB in result.unknown
    assert result.next_application_usd == {OB: None}


def test_when_sources_disagree_the_better_one_counts_and_both_show() -> None:
    result = cost(2027, IM=10)
    shown = {line.group: (line.low_usd, line.amount_usd, line.high_usd) for line in result.lines}
    assert shown == {
        "token": (185, 185, 185),
        "transcript": (70, 80, 80),
        "applications": (110, 110, 110),
        "registration": (70, 70, 85),
    }
    assert (result.low_usd, result.total_usd, result.high_usd, result.at_least) == (435, 445, 460, False)


def test_a_season_without_prices_shows_hints_and_adds_nothing() -> None:
    result = bill(Asked(2028, {(IM, None): 100}, ranks=25, couple=True, late=True))
    assert {line.amount_usd for line in result.lines} == {None}
    assert (result.total_usd, result.at_least) == (0, True)
    assert [line.hint for line in result.lines] == [
        (2027, 185), (2027, 80), (2027, 2430), (2027, 70), (2027, 50), (2026, 45), (2027, 150),
    ]  # fmt: skip
    assert any("No prices are published for 2028" in note for note in result.notes)


def test_an_old_season_without_a_file_knows_the_service_of_most_specialties_and_no_price() -> None:
    result = cost(2019, IM=5)
    assert {line.amount_usd for line in result.lines} == {None}
    assert [line.service for line in result.lines if line.group == "applications"] == ["ERAS"]
    assert any("No source for the prices of 2019" in note for note in result.notes)
    assert [line.amount_usd for line in bill(Asked(2019)).lines] == [None, None, None]


@pytest.mark.parametrize(("codes", "usd"), [(0, 0), (20, 0), (21, 30), (25, 150), (300, 8400)])
def test_twenty_codes_are_included_and_each_further_one_is_paid(codes: int, usd: int) -> None:
    for year in (2017, 2023, 2026, 2027):
        result = bill(Asked(year, ranks=codes, supplemental_ranks=codes))
        assert (group(result, "ranks"), group(result, "supplemental_ranks")) == ([usd], [usd])


def test_the_two_kinds_of_list_are_counted_apart() -> None:
    result = bill(Asked(2026, ranks=20, supplemental_ranks=22))
    assert (group(result, "ranks"), group(result, "supplemental_ranks")) == ([0], [60])


def test_more_codes_than_a_list_holds_are_refused() -> None:
    with pytest.raises(InputProblem, match="301 ranks"):
        bill(Asked(2026, ranks=MOST_RANKS + 1))


def test_couple_and_late_fees() -> None:
    result = bill(Asked(2026, couple=True, late=True))
    assert (group(result, "couple"), group(result, "late")) == ([45], [50])
    assert group(bill(Asked(2017, couple=True)), "couple") == [15]
    later = bill(Asked(2027, couple=True))
    assert (group(later, "couple"), later.at_least) == ([None], True)


@pytest.mark.parametrize(
    ("year", "service", "short", "right"),
    [
        (2026, "ERAS", "EM", "ResidencyCAS"),
        (2025, "ERAS", "OB", "ResidencyCAS"),
        (2025, "ResidencyCAS", "EM", "ERAS"),
        (2024, "ResidencyCAS", "OB", "ERAS"),
        (2026, "ResidencyCAS", "IM", "ERAS"),
        (2028, "ERAS", "EM", "ResidencyCAS"),
    ],
)
def test_a_service_that_does_not_take_the_specialty_is_refused(year: int, service: str, short: str, right: str) -> None:
    with pytest.raises(InputProblem, match=f"through {service} in season {year}") as caught:
        cost(year, service, **{short: 10})
    assert caught.value.expected == right


def test_a_service_that_takes_it_is_accepted() -> None:
    assert programs(cost(2025, "ERAS", EM=30)) == 330
    assert programs(cost(2026, "ResidencyCAS", EM=46, OB=18)) == 683 + 99
    assert any("for emergency medicine" in note for note in cost(2026, OB=18).notes)


def test_an_unknown_service_is_said_and_a_named_one_believed() -> None:
    plastic = ("Plastic Surgery - Integrated", None)
    result = bill(Asked(2026, {plastic: 40}))
    assert [line.amount_usd for line in result.lines] == [None, None, 70]
    assert any("which service takes its applications in 2026 is not known" in note for note in result.notes)
    assert programs(bill(Asked(2026, {plastic: 40}, service="ERAS"))) == 630


def test_one_specialty_through_two_services() -> None:
    result = bill(Asked(2025, {("Anesthesiology", "ERAS"): 30, ("Anesthesiology", "CentralApp"): 4}))
    assert group(result, "applications") == [330, None]
    assert result.next_application_usd == {"Anesthesiology (ERAS)": 30, "Anesthesiology (CentralApp)": None}


def test_a_match_that_nrmp_does_not_run_has_a_fee_of_its_own_that_nobody_found() -> None:
    result = bill(Asked(2026, {("Urology", None): 10, ("Ophthalmology", None): 5}))
    assert {"AUA registration", "SF Match registration", "Ophthalmology"} <= set(result.unknown)


@pytest.mark.parametrize(
    ("year", "short", "count", "usd"),
    [
        (2027, "IM", 0, 11), (2027, "IM", 29, 11), (2027, "IM", 30, 30), (2027, "IM", 100, 30),
        (2024, "IM", 0, 99), (2024, "IM", 5, 0), (2024, "IM", 10, 19), (2024, "IM", 30, 27),
        (2026, "EM", 17, 0), (2026, "EM", 18, 18), (2026, "EM", 30, 23), (2022, "IM", 20, 21),
    ],
)  # fmt: skip
def test_the_price_of_the_next_application(year: int, short: str, count: int, usd: int) -> None:
    assert list(cost(year, **{short: count}).next_application_usd.values()) == [usd]


def test_the_steps_in_the_price_are_told() -> None:
    assert cost(2027, IM=5).cliffs == (Cliff(IM, 31, 11, 30),)
    assert cost(2026, EM=5).cliffs == (Cliff(EM, 19, 0, 18), Cliff(EM, 31, 18, 23))
    assert cost(2023, IM=5).cliffs == (Cliff(IM, 11, 0, 19),)  # the step at 21 is not known


def test_a_dossier_tells_what_it_means_to_buy() -> None:
    dossier = Dossier(
        application=(
            Application(program="140A", specialty="IM"),
            Application(program="140A", track="preliminary", specialty="Internal Medicine"),
            Application(program="140B", specialty="Internal Medicine", status="withdrawn"),
            Application(specialty="EM", service="ResidencyCAS"),
            Application(specialty="EM", service="ResidencyCAS"),
            Application(program="X"),
        ),
        ranklist=RankOrderList(primary=("a", "b", "a"), supplemental={"x": ("p", "q"), "y": ("q",)}),
    )
    asked = asked_of(dossier, 2026)
    assert asked == Asked(2026, {(IM, None): 2, (EM, "ResidencyCAS"): 2}, ranks=2, supplemental_ranks=2, unnamed=1)
    assert "applications without a specialty" in bill(asked).unknown


def test_a_couples_codes_are_those_of_the_pairs() -> None:
    couple = Couple(partner="B", pairs=(("g", "h"), ("g", "k"), ("i", "none"), ("none", "h")))
    asked = asked_of(Dossier(couple=couple, ranklist=RankOrderList(primary=("z",))), 2026)
    assert asked == Asked(2026, ranks=2, couple=True)
    assert asked_of(Dossier(couple=Couple(partner="B")), 2026) == Asked(2026, couple=True)


def test_an_empty_dossier_asks_for_nothing_more() -> None:
    assert asked_of(Dossier(), 2026) == Asked(2026)


def test_an_unknown_specialty_in_a_dossier_is_refused_by_its_place() -> None:
    with pytest.raises(InputProblem, match=r"application\[0\].specialty: no specialty is called 'Cooking'"):
        asked_of(Dossier(application=(Application(specialty="Cooking"),)), 2026)


def test_an_application_to_some_other_service_has_no_known_price() -> None:
    result = bill(Asked(2026, {(IM, "Other"): 3}))
    assert group(result, "applications") == [None]


PRICED = [(year, s) for year in published() for s in ("ERAS", "ResidencyCAS") if season(year).fee(s, "application")]


@given(place=st.sampled_from(PRICED), count=st.integers(0, 400))
def test_one_more_program_never_makes_it_cheaper(place: tuple[int, str], count: int) -> None:
    tiers = season(place[0]).fee(place[1], "application")
    before, after, step = price(tiers, count), price(tiers, count + 1), one_more(tiers, count)
    if before is not None and after is not None:
        assert after - before == step
        assert step >= 0


@given(
    year=st.integers(2015, 2030),
    counts=st.dictionaries(st.sampled_from([IM, DR, EM, OB, "Neurology", "Urology"]), st.integers(0, 200)),
    ranks=st.none() | st.integers(0, 300),
    couple=st.booleans(),
    late=st.booleans(),
)
def test_the_total_is_the_sum_of_the_lines_and_lies_in_its_range(
    year: int, counts: dict[str, int], ranks: int | None, couple: bool, late: bool
) -> None:
    asked = Asked(year, {(name, None): n for name, n in counts.items()}, ranks=ranks, couple=couple, late=late)
    result = bill(asked)
    tree = result.as_json()
    assert tree["total_usd"] == sum(line["amount_usd"] or 0 for line in tree["lines"])
    assert tree["low_usd"] <= tree["total_usd"] <= tree["high_usd"]
    assert tree["at_least"] == (None in [line["amount_usd"] for line in tree["lines"]]) == bool(tree["unknown"])
    assert sum(line.quantity for line in result.lines if line.group == "applications") == sum(counts.values())
    assert set(tree["next_application_usd"]) == set(counts)
