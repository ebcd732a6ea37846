"""The limits that are too long to write as a case, and what the rule data of ERAS and NRMP must keep to."""

import datetime as dt
from typing import Any

import pytest

from matchday.dossier.model import Couple, Dossier, Experience, RankOrderList, Statement
from matchday.plan.money import MOST_RANKS
from matchday.rules import UNKNOWN, check, rules
from matchday.rules.model import Finding
from matchday.rules.requirements.nrmp import _past
from matchday.rules.seasons import season
from matchday.terms import Verdict

ON = dt.date(2026, 11, 22)


def judged(finding: str, year: int = 2027, /, **dossier: Any) -> Finding:
    return check(Dossier(**dossier), ON, season=year)[finding]


@pytest.mark.parametrize(
    ("year", "length", "verdict"),
    [
        (2023, 1020, "met"),
        (2023, 1021, "not_met"),
        (2024, 750, "met"),
        (2024, 751, "at_risk"),  # 750 or 1,020: sources disagree
        (2024, 1021, "not_met"),
        (2025, 750, "met"),
        (2025, 751, "not_met"),
        (2027, 751, "not_met"),
    ],
)
def test_the_length_of_a_description_by_season(year: int, length: int, verdict: str) -> None:
    finding = judged("eras.experiences", year, experience=(Experience(description="x" * length),))
    assert finding.verdict == Verdict(verdict), finding.why


@pytest.mark.parametrize(("length", "verdict"), [(28_000, "met"), (28_001, "not_met")])
def test_the_length_of_a_statement(length: int, verdict: str) -> None:
    finding = judged("eras.statement", statement=(Statement(text="x" * length),))
    assert finding.verdict == Verdict(verdict), finding.why


@pytest.mark.parametrize(("ranks", "verdict"), [(300, "at_risk"), (301, "not_met")])
def test_the_length_of_a_rank_list(ranks: int, verdict: str) -> None:
    codes = tuple(f"p{i}" for i in range(ranks))
    assert judged("nrmp.list", ranklist=RankOrderList(primary=codes)).verdict == Verdict(verdict)
    lists = RankOrderList(primary=("adv",), supplemental={"adv": codes})
    expected = Verdict.MET if ranks == 300 else Verdict.NOT_MET
    assert judged("nrmp.supplemental", ranklist=lists).verdict == expected


@pytest.mark.parametrize(("rows", "verdict"), [(300, "met"), (301, "not_met")])
def test_the_rows_of_a_couple(rows: int, verdict: str) -> None:
    couple = Couple(partner="B", pairs=tuple((f"p{i}", "none") for i in range(rows)))
    assert judged("nrmp.couple", couple=couple).verdict == Verdict(verdict)


def test_who_has_no_partner_and_no_invitation_gets_no_finding_on_them() -> None:
    found = {finding.id for finding in check(Dossier(season=2027, interview=()), ON)}
    assert not found & {"nrmp.couple", "nrmp.interview_answers"}


def test_a_season_without_a_published_deadline_cannot_be_missed() -> None:
    late = RankOrderList(primary=("a",), certified_at=dt.date(2026, 11, 1))
    assert judged("nrmp.list", 2028, ranklist=late).verdict is Verdict.MET
    assert "not known" in judged("nrmp.registration", 2019).next


def test_a_day_without_an_hour_is_past_when_it_is_over() -> None:
    event = season(2025).events["ecfmg_pathways_application_deadline"]
    assert event.instant is None
    assert not _past(event, dt.datetime(2025, 1, 31, 23, 59))  # noqa: DTZ001 -- a time as an applicant writes it
    assert _past(event, dt.datetime(2025, 2, 1, 0, 0))  # noqa: DTZ001 -- as above


def test_the_number_of_signals_is_cited_with_its_source() -> None:
    from matchday.dossier.model import Application

    finding = judged("eras.signals", application=(Application(program="a", specialty="IM", signal="gold"),))
    cited = {reading.parameter.id: reading.as_json() for reading in finding.rules}["SIGNALS-Internal Medicine"]
    assert cited["value"] == {"gold": 3, "silver": 12}
    assert (cited["confidence"], cited["read_on"]) == ("medium", "2026-11-22")
    assert "Matchly" in cited["source"]


def test_a_list_in_the_dossier_is_noted_by_its_length() -> None:
    finding = judged("eras.experiences", experience=(Experience(description="secret"),))
    assert "experience: 1" in finding.facts
    assert "secret" not in " ".join(finding.facts)


def test_the_rules_and_the_season_files_say_the_same_of_services() -> None:
    for year in range(2022, 2028):
        for rule, name in (
            ("SERVICE-OBGYN", "Obstetrics and Gynecology"),
            ("SERVICE-EM", "Emergency Medicine"),
            ("SERVICE-PLASTIC", "Plastic Surgery - Integrated"),
        ):
            said = rules().at(rule, year).value
            assert season(year).service_of(name).service == (None if said is UNKNOWN else said), (rule, year)


def test_the_rules_and_the_season_files_say_the_same_of_prices() -> None:
    for year in (2017, 2023, 2024, 2025, 2026, 2027):
        (extra,) = season(year).fee("NRMP", "extra_rank")
        assert rules().at("NRMP-EXTRA-RANK", year).value == extra.usd
        assert rules().at("NRMP-RANKS-INCLUDED", year).value[0] == extra.first - 1
        couple = next((fee.usd for fee in season(year).fee("NRMP", "couple")), None)
        said = rules().at("NRMP-COUPLE-FEE", year).value
        assert (None if said is UNKNOWN else said) == couple, year
    for year in (2022, 2023, 2024, 2025, 2026, 2027):
        assert rules().at("ERAS-TIERS", year).value == season(year).fee("ERAS", "application")[0].last
    assert rules().at("NRMP-MAX-RANKS", 2027).value == MOST_RANKS


@pytest.mark.parametrize(
    ("rule", "key", "value"),
    [
        ("SOAP-ROUNDS", 2020, 3),
        ("SOAP-ROUNDS", 2021, 4),
        ("SOAP-APPS", 2026, 45),
        ("COUPLE-NO-MATCH", 2027, "999999999"),
        ("COUPLE-ROWS", 2027, 300),
        ("ERAS-LOR-MAX", 2027, 4),
        ("ERAS-PS-CHARS", 2023, UNKNOWN),
        ("ERAS-PS-CHARS", 2024, 28000),
        ("ERAS-IMPACTFUL-CHARS", 2027, UNKNOWN),
        ("NRMP-LENGTH-FEE", 2027, UNKNOWN),
        ("MATCH-45-DAYS", 2027, 45),
        ("INTERVIEW-ANSWER", 2025, 48),
        ("FEE-CERT-APP", dt.date(2012, 12, 31), 50),
        ("FEE-CERT-APP", dt.date(2013, 1, 1), 60),
        ("FEE-CERT-APP", dt.date(2022, 1, 1), 160),
        ("FEE-CERT-APP", ON, UNKNOWN),
        ("FEE-STEP12", dt.date(2022, 6, 1), 985),
        ("FEE-STEP12", ON, UNKNOWN),
        ("FEE-STEP3", dt.date(2025, 12, 31), 935),
        ("FEE-STEP3", ON, UNKNOWN),
        ("FEE-PATHWAY", 2025, 925),
        ("FEE-PATHWAY", 2027, UNKNOWN),
        ("FEE-J1", ON, UNKNOWN),
    ],
)
def test_values_of_the_facts(rule: str, key: Any, value: Any) -> None:
    assert rules().at(rule, key).value == value


def test_no_price_of_certification_is_carried_forward_in_silence() -> None:
    for rule, parameter in rules().parameters.items():
        if rule.startswith("FEE-") and parameter.axis == "date":
            reading = parameter.at(dt.date(2030, 1, 1))
            assert not reading.known or isinstance(reading.value, str) or reading.carried_forward, rule
