"""The season files: dates as stated, prices by tier, signals, services; and what is still missing in each season."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from matchday.directory.tables import find_specialty
from matchday.directory.tables import specialties as directory_specialties
from matchday.rules import specialty as names
from matchday.rules.seasons import moved, published, read, season
from matchday.rules.specialty import need_specialty, specialties, specialty
from matchday.terms import Confidence, InputProblem


def rows(shared: Path, name: str) -> list[dict[str, str]]:
    with (shared / "facts" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def number(text: str) -> int | None:
    return int(text) if text else None


def test_every_season_with_facts_has_its_file() -> None:
    assert published() == (2017, 2022, 2023, 2024, 2025, 2026, 2027)
    assert [season(year).year for year in published()] == list(published())


# Whoever adds a season sees here which of its dates nobody has found yet.
@pytest.mark.parametrize(
    ("year", "missing"),
    [
        (2023, ["ecfmg_img_token_release", "ecfmg_pathways_application_deadline"]),
        (2024, ["soap_round_1_start", "soap_ends"]),
        (2025, ["ecfmg_img_token_release", "soap_round_1_start", "soap_ends"]),
        (2026, ["ecfmg_img_token_release", "ecfmg_pathways_application_deadline"]),
        (2027, ["ecfmg_img_token_release"]),
    ],
)
def test_the_dates_that_are_still_missing(year: int, missing: list[str]) -> None:
    assert list(season(year).missing) == missing


def test_every_row_of_the_calendar_is_here_with_its_hour_and_confidence(shared: Path) -> None:
    for row in rows(shared, "calendar.csv"):
        event = season(int(row["season"])).events[row["event"]]
        stated = (event.date, event.time, str(event.confidence), event.zone)
        expected = (
            day(row["date"]),
            row["time_et"] or None,
            row["confidence"].replace(" ", "_"),
            "America/New_York",
        )
        assert stated == expected, row
        assert event.source or row["confidence"] == "not found", row


def test_every_fee_is_here_with_its_tier_unit_and_confidence(shared: Path) -> None:
    for row in rows(shared, "fees.csv"):
        tiers = season(int(row["season"])).fee(row["service"], row["fee_name"])
        stated = [(t.first, t.last, t.usd, t.flat, str(t.confidence)) for t in tiers]
        expected = (
            number(row["tier_from"]) or 1,
            number(row["tier_to"]),
            number(row["amount_usd"]),
            row["unit"].startswith("flat"),
            row["confidence"].replace(" ", "_"),
        )
        assert expected in stated, row


def test_every_signal_count_is_here(shared: Path) -> None:
    renamed = {
        "Diagnostic Radiology and Interventional Radiology": "Diagnostic Radiology",
        "Child Neurology & Neurodevelopmental Disabilities": "Child Neurology",
        "Pediatric Medical Genetics": "Pediatrics/Medical Genetics",
        "Thoracic Surgery": "Thoracic Surgery - Integrated",
    }
    for row in rows(shared, "signals.csv"):
        name = renamed.get(row["specialty"], row["specialty"])
        found = season(int(row["season"])).signals[name]
        stated = (found.gold, found.silver, found.single, str(found.confidence))
        counts = (number(row["gold"]), number(row["silver"]), number(row["single_tier"]))
        assert stated == (*counts, row["confidence"].replace(" ", "_")), row
        assert found.named == (row["specialty"] if name != row["specialty"] else ""), row


def test_a_stated_date_becomes_an_instant_with_its_own_clock() -> None:
    deadline = season(2027).events["nrmp_rol_certification_deadline"]
    assert (deadline.date, deadline.time, deadline.zone) == (dt.date(2027, 3, 3), "21:00", "America/New_York")
    assert deadline.instant is not None
    assert deadline.instant.astimezone(dt.UTC) == dt.datetime(2027, 3, 4, 2, 0, tzinfo=dt.UTC)
    matchday = season(2027).events["match_day"].instant  # five days after the clocks went forward
    assert matchday is not None
    assert matchday.astimezone(dt.UTC) == dt.datetime(2027, 3, 19, 16, 0, tzinfo=dt.UTC)


def test_a_date_without_an_hour_is_no_instant() -> None:
    assert season(2027).events["lor_portal_migration"].instant is None
    assert season(2027).events["ecfmg_img_token_release"].instant is None


def test_sources_that_disagree_are_both_kept() -> None:
    (transcript,) = season(2027).fee("ERAS", "usmle_transcript")
    (registration,) = season(2027).fee("NRMP", "standard_registration")
    (token,) = season(2027).fee("ECFMG", "eras_token_img")
    assert (transcript.low, transcript.usd, transcript.high) == (70, 80, 80)
    assert (registration.low, registration.usd, registration.high) == (70, 70, 85)
    assert (token.low, token.usd, token.high, token.confidence) == (185, 185, 185, Confidence.LOW)
    (unknown,) = season(2026).fee("ECFMG", "residencycas_support_form_img")
    assert (unknown.low, unknown.usd, unknown.high) == (None, None, None)


@pytest.mark.parametrize(
    ("year", "name", "service"),
    [
        (2024, "Obstetrics and Gynecology", "ERAS"),
        (2025, "Obstetrics and Gynecology", "ResidencyCAS"),
        (2025, "Emergency Medicine", "ERAS"),
        (2026, "Emergency Medicine", "ResidencyCAS"),
        (2026, "Internal Medicine/Emergency Medicine", "ResidencyCAS"),
        (2027, "Emergency Medicine/Anesthesiology", "ResidencyCAS"),
        (2025, "Plastic Surgery - Integrated", "CentralApp"),
        (2026, "Plastic Surgery - Integrated", None),
        (2027, "Plastic Surgery - Integrated", "ERAS"),
        (2027, "Ophthalmology", "SF Match"),
        (2025, "Urology", None),
        (2026, "Urology", "ERAS"),
        (2027, "Internal Medicine", "ERAS"),
    ],
)
def test_each_specialty_goes_to_the_service_of_its_season(year: int, name: str, service: str | None) -> None:
    assert season(year).service_of(name).service == service


def test_urology_and_ophthalmology_match_elsewhere() -> None:
    assert season(2027).service_of("Urology").match == "AUA"
    assert season(2027).service_of("Ophthalmology").match == "SF Match"
    assert season(2027).service_of("Psychiatry").match == "NRMP"


def test_signals_of_two_kinds_of_one_kind_of_none_and_unknown() -> None:
    assert season(2027).signals["Internal Medicine"].kinds == {"gold": 3, "silver": 12}
    assert season(2027).signals["Neurology"].kinds == {"single": 8}
    assert season(2027).signals["Nuclear Medicine"].kinds == {"single": 0}
    conflict = season(2027).signals["Obstetrics and Gynecology"]
    assert conflict.kinds is None
    assert conflict.disputed == ("5 single", "3 gold + 15 silver")
    assert "Ophthalmology" not in season(2027).signals


def test_one_allowance_shared_by_two_specialties_is_found_under_both() -> None:
    facts = season(2025)
    assert facts.signals["Interventional Radiology - Integrated"].kinds == {"gold": 6, "silver": 6}
    assert facts.signals["Neurodevelopmental Disabilities"].kinds == {"single": 3}


@pytest.mark.parametrize(
    ("start", "years", "end"),
    [
        (dt.date(2026, 9, 2), 1, dt.date(2027, 9, 1)),  # 364 days
        (dt.date(2026, 9, 2), 3, dt.date(2029, 9, 5)),  # 3 x 364 would drift four days; one week is added
        (dt.date(2027, 3, 3), 1, dt.date(2028, 3, 1)),
        (dt.date(2024, 2, 29), 1, dt.date(2025, 2, 27)),
    ],
)
def test_an_estimate_is_the_same_weekday_nearest_the_same_date(start: dt.date, years: int, end: dt.date) -> None:
    assert moved(start, years) == end
    assert end.weekday() == start.weekday()


def test_the_pattern_gives_the_dates_that_were_in_fact_published() -> None:
    for year in (2023, 2024, 2025, 2026):
        for name in ("eras_season_opens", "eras_submission_opens", "eras_programs_review_opens"):
            before, after = season(year).events[name].date, season(year + 1).events[name].date
            assert before is not None
            assert moved(before, 1) == after


def test_a_season_without_a_file_has_estimates_and_no_dates_or_prices() -> None:
    facts = season(2028)
    assert facts.based_on == 2027
    assert facts.fees == ()
    assert facts.signals == {}
    assert {event.date for event in facts.events.values()} == {None}
    deadline = facts.events["nrmp_rol_certification_deadline"]
    assert deadline.estimate == dt.date(2028, 3, 1)
    assert deadline.basis == "the day of 2027 moved by 364 days, the same weekday; not published yet"
    assert facts.events["eras_season_ends"].estimate == dt.date(2028, 5, 31)
    assert facts.events["ecfmg_img_token_release"].estimate is None
    assert "lor_portal_migration" not in facts.events  # it happened once


def test_an_old_season_without_a_file_is_not_guessed() -> None:
    facts = season(2019)
    assert facts.based_on is None
    assert {(event.date, event.estimate) for event in facts.events.values()} == {(None, None)}
    assert facts.service_of("Internal Medicine").service == "ERAS"  # "most specialties, all seasons" (AAMC; NRMP)
    assert facts.service_of("Emergency Medicine").service is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("IM", "Internal Medicine"),
        ("internal medicine", "Internal Medicine"),
        ("OB-GYN", "Obstetrics and Gynecology"),
        ("Obstetrics & Gynecology", "Obstetrics and Gynecology"),
        ("220", "Obstetrics and Gynecology"),
        ("EM", "Emergency Medicine"),
        ("Radiology", "Diagnostic Radiology"),
        ("ENT", "Otolaryngology"),
        ("cooking", None),
    ],
)
def test_a_specialty_is_known_by_each_of_its_names(text: str, name: str | None) -> None:
    assert specialty(text) == name


def test_these_names_and_those_of_the_directory_are_the_same_specialties() -> None:
    for known in directory_specialties().values():
        here = need_specialty(known.code)
        for name in (known.name, known.nrmp_name, *known.also):
            assert name is None or specialty(name) == here, name
    for squeezed in specialties():
        found = find_specialty(squeezed, typos=False)
        if found is not None:
            assert specialty(squeezed) == specialty(found.code), squeezed


def test_an_unknown_specialty_is_refused_with_the_nearest_names() -> None:
    with pytest.raises(InputProblem, match="no specialty is called 'Internal Medecine'") as caught:
        need_specialty("Internal Medecine")
    assert "Internal Medicine" in caught.value.do
    with pytest.raises(InputProblem) as caught:
        need_specialty("zzz")
    assert caught.value.do == "write the name as the application service does"


SOUND = """
season: 2030
read_on: 2029-06-01
citations: {a: A text}
events:
  match_day: {date: 2030-03-15, time: "12:00", confidence: high, cite: a}
fees:
  ERAS:
    application:
      - {from: 1, to: 30, each: 11, confidence: high, cite: a}
      - {from: 31, each: 30, confidence: high, cite: a}
signals: {Neurology: {single: 8, confidence: high, cite: a}}
services: [{default: true, service: ERAS, confidence: high, cite: a}]
"""


def test_adding_a_season_is_one_file() -> None:
    facts = read(SOUND, "2030.yaml")
    assert facts.events["match_day"].source == "A text"
    assert facts.missing[0] == "eras_season_opens"
    assert [tier.usd for tier in facts.fee("ERAS", "application")] == [11, 30]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("season: 2030", "season: 2030\ncolour: red", "unknown key 'colour'"),
        ("  match_day:", "  match_dya:", "no event is called 'match_dya'"),
        ("time:", "hour:", "unknown key 'hour'"),
        ('"12:00"', "12:00", "has the time 720"),
        ("2030-03-15", "soon", "has the date 'soon'"),
        ("cite: a}\nfees", "cite: b}\nfees", "cites 'b'"),
        ("from: 31, each", "from: 32, each", "a tier of application begins at 32"),
        ("to: 30, each: 11", "each: 11", "a tier of application begins at 31"),
        ("from: 31, each: 30", "from: 31, euro: 30", "unknown key 'euro'"),
        ("{Neurology:", "{Neuro:", "no specialty is written 'Neuro'"),
        ("{Neurology:", "{Cooking:", "no specialty is written 'Cooking'"),
        ("single: 8", "double: 8", "unknown key 'double'"),
        ("service: ERAS", "service: Eras", "no service is called 'Eras'"),
        ("default: true, ", "specialties: [Neurology], ", "0 services are the default"),
        ("default: true", "standard: true", "unknown key 'standard'"),
        ('match_day: {date: 2030-03-15, time: "12:00", confidence: high, cite: a}', "match_day: soon", "is 'soon'"),
    ],
)
def test_a_slip_of_the_pen_in_a_season_file_is_refused(old: str, new: str, complaint: str) -> None:
    assert SOUND.count(old) == 1, old
    with pytest.raises(InputProblem, match=complaint):
        read(SOUND.replace(old, new), "2030.yaml")


def test_one_name_for_two_specialties_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    twice = "specialties:\n  One: {also: [Same]}\n  Two: {also: [same]}\n"
    monkeypatch.setattr(names, "stated", lambda name: twice)
    names.specialties.cache_clear()
    try:
        with pytest.raises(InputProblem, match="'same' names two specialties"):
            names.specialties()
    finally:
        names.specialties.cache_clear()
