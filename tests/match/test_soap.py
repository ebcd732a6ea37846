"""The SOAP: rounds, offers, answers, limits."""

import pytest

from matchday.match.soap import Round, SoapRules, rules_of, run_soap, takes_first_of
from matchday.terms import InputProblem

POSITIONS = {"North": 1, "South": 2}
APPLIED = {"amina": ["North", "South"], "chidi": ["North"], "dana": ["South"]}
PREFERS = {"North": ["amina", "chidi"], "South": ["amina", "dana"]}


TWO_ROUNDS = SoapRules(rounds=2, applications=None)


def soap(answer, rules=TWO_ROUNDS, **changed):
    given = {"positions": POSITIONS, "preferences": PREFERS, "applications": APPLIED} | changed
    return run_soap(**given, answer=answer, rules=rules)


def test_offers_go_down_the_list_and_what_is_refused_does_not_come_back():
    wishes = {"amina": ["South", "North"], "chidi": ["North"], "dana": []}
    assert soap(takes_first_of(wishes)) == [
        Round(
            number=1,
            offers={"North": ["amina"], "South": ["amina", "dana"]},
            accepted={"amina": "South"},
            rejected={"amina": ["North"], "dana": ["South"]},
            unfilled={"North": 1, "South": 1},
        ),
        Round(number=2, offers={"North": ["chidi"]}, accepted={"chidi": "North"}, rejected={}, unfilled={"South": 1}),
    ]


def test_whoever_has_a_position_gets_no_more_offers():
    rounds = soap(takes_first_of({"amina": ["North"]}), preferences={"North": ["amina"], "South": ["dana", "chidi", "amina"]},
                 applications={**APPLIED, "chidi": ["South"]})  # fmt: skip
    assert [one.offers for one in rounds] == [{"North": ["amina"], "South": ["dana", "chidi"]}, {}]


def test_somebody_may_wait_for_a_later_round():
    rounds = soap(lambda applicant, offers, number: offers[0] if number == 2 else None)
    assert [one.accepted for one in rounds] == [{}, {"chidi": "North"}]


@pytest.mark.parametrize(
    ("season", "rounds", "applications"), [(2017, 3, None), (2020, 3, None), (2021, 4, None), (2026, 4, 45)]
)
def test_the_rules_of_the_season(season, rounds, applications):
    assert rules_of(season) == SoapRules(rounds, applications)


def test_rules_that_are_not_known_are_not_invented():
    with pytest.raises(InputProblem, match="not known"):
        rules_of(2016)


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"preferences": {"West": []}}, "'West' has no unfilled positions"),
        ({"preferences": {"South": ["chidi"]}}, "who did not apply"),
        ({"preferences": {"South": ["dana", "dana"]}}, "prefers somebody twice"),
        ({"rules": SoapRules(1, 1)}, "'amina' sends 2 applications"),
        ({"rules": SoapRules(1, 0), "service": {"North": "ERAS"}}, "'amina' sends 1 applications"),
        ({"answer": lambda applicant, offers, number: "West"}, "accepts 'West'"),
    ],
)
def test_what_is_against_the_rules_is_refused(changed, what):
    given = {"answer": takes_first_of({})} | changed
    with pytest.raises(InputProblem, match=what):
        soap(**given)


def test_the_limit_holds_in_each_service():
    rules = SoapRules(rounds=1, applications=1)
    assert len(soap(takes_first_of({}), rules, service={"North": "ERAS", "South": "ResidencyCAS"})) == 1
