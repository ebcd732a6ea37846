"""One gate at a time: open, shut, or not stated."""

import datetime as dt
from dataclasses import replace

import pytest

from matchday.directory.fit import FIT_FIELDS, Fit
from matchday.directory.gates import Licence, Outside, Said, Verdict
from matchday.terms import Verdict as Finding
from tests.directory.person import NOT, RULE, SILENT, TAKES, WHO, ruling, verdict


@pytest.mark.parametrize(
    ("visas", "j1", "h1b", "expected"),
    [
        (("J-1",), "yes", None, TAKES),
        (("J-1",), "no", "yes", NOT),
        (("J-1",), None, "yes", SILENT),
        (("J-1",), None, None, SILENT),
        (("H-1B",), "yes", "no", NOT),
        (("J-1", "H-1B"), "no", "yes", TAKES),
        (("J-1", "H-1B"), "no", None, SILENT),
        (("J-1", "H-1B"), "no", "no", NOT),
        ((), "no", "no", TAKES),
        (None, "yes", "yes", TAKES),
        (None, "no", "no", SILENT),
        (None, "yes", None, SILENT),
    ],
)
def test_visa(visas: tuple[str, ...] | None, j1: str | None, h1b: str | None, expected: Verdict) -> None:
    assert verdict(replace(WHO, visas=visas), "visa", visa_j1=j1, visa_h1b=h1b) is expected


@pytest.mark.parametrize(
    ("apply", "start", "limit", "expected"),
    [
        (2.2, 3.0, "5", TAKES),
        (2.2, 3.0, "3", TAKES),
        (2.2, 3.0, "2", NOT),
        (2.8, 3.6, "3", SILENT),  # inside when she applies, outside when training starts
        (2.2, 3.0, None, SILENT),
        (0.1, 0.9, None, TAKES),  # no limit can be shorter than a year
        (0.0, 0.0, None, TAKES),
        (29.0, 30.0, "none", TAKES),
        (None, None, "5", SILENT),
        (None, None, None, SILENT),
    ],
)
def test_years_since_graduation(apply: float | None, start: float | None, limit: str | None, expected: Verdict) -> None:
    who = replace(WHO, years_at_application=apply, years_at_start=start)
    assert verdict(who, "graduation", graduation_years_max=limit) is expected


@pytest.mark.parametrize(
    ("tries", "limit", "expected"),
    [
        ({"step1": 1}, "1", TAKES),
        ({"step1": 2, "step2ck": 1}, "1", NOT),
        ({"step1": 2}, "2", TAKES),
        ({"step1": 5}, "none", TAKES),
        ({"step1": 2}, None, SILENT),
        ({"step1": 1}, None, TAKES),
        ({}, None, TAKES),
        (None, None, SILENT),
        (None, "3", SILENT),
    ],
)
def test_tries_at_a_step(tries: dict[str, int] | None, limit: str | None, expected: Verdict) -> None:
    assert verdict(replace(WHO, tries=tries), "attempts", attempts_max=limit) is expected


@pytest.mark.parametrize(
    ("scores", "step1", "step2", "expected"),
    [
        ({"step2ck": 240}, None, "240", TAKES),
        ({"step2ck": 239}, None, "240", NOT),
        ({"step2ck": 240}, None, None, SILENT),
        ({}, None, "220", SILENT),
        ({"step2ck": 240, "step1": 230}, "220", "220", TAKES),
        ({"step2ck": 240, "step1": 210}, "220", "220", NOT),
        ({"step2ck": 240}, "220", "220", SILENT),  # Step 1 is pass or fail today: no number to compare
    ],
)
def test_lowest_score(scores: dict[str, int], step1: str | None, step2: str | None, expected: Verdict) -> None:
    assert verdict(replace(WHO, scores=scores), "score", step1_min=step1, step2_min=step2) is expected


@pytest.mark.parametrize(
    ("have", "unsure", "asked", "months", "expected"),
    [
        (0.0, 0.0, "no", None, TAKES),
        (None, 0.0, "no", None, TAKES),
        (None, 0.0, "yes", None, SILENT),
        (3.0, 0.0, "yes", None, TAKES),
        (3.0, 0.0, "yes", "3", TAKES),
        (2.0, 0.0, "yes", "3", NOT),
        (2.0, 1.0, "yes", "3", SILENT),
        (0.0, 1.0, "yes", None, SILENT),  # an observer's month may or may not count
        (0.0, 0.0, "yes", None, NOT),
        (0.0, 0.0, None, "2", NOT),
        (3.0, 0.0, None, None, SILENT),  # its silence is no answer, whatever she has
        (0.0, 0.0, None, None, SILENT),
        (3.0, 0.0, "preferred, letters from the US", None, SILENT),
    ],
)
def test_us_experience(
    have: float | None, unsure: float, asked: str | None, months: str | None, expected: Verdict
) -> None:
    who = replace(WHO, us_months=have, us_months_unsure=unsure)
    assert verdict(who, "us_experience", us_experience=asked, us_experience_months=months) is expected


@pytest.mark.parametrize(
    ("track", "gme", "expected"),
    [("C", None, TAKES), (None, 0, TAKES), ("R", 0, NOT), ("R", 12, TAKES), ("R", None, SILENT)],
)
def test_physician_only_tracks_ask_for_earlier_us_training(
    track: str | None, gme: int | None, expected: Verdict
) -> None:
    assert verdict(replace(WHO, gme_months=gme), "track", track=track) is expected


@pytest.mark.parametrize(
    ("status", "since", "expected", "why"),
    [
        ("Accreditation Withdrawn", "2023-01-01", NOT, "its accreditation has ended: Accreditation Withdrawn from 2023-01-01"),
        ("Voluntary Withdrawal", None, NOT, "its accreditation has ended: Voluntary Withdrawal"),
        ("Voluntary Withdrawal", "2027-06-30", SILENT, "its accreditation is to end: Voluntary Withdrawal from 2027-06-30. "
         "Ask whether it takes new residents"),
        ("Probationary Accreditation", None, TAKES, "accredited, but with a warning from the accreditor: Probationary Accreditation"),
        ("Continued Accreditation", None, TAKES, "accredited: Continued Accreditation"),
        (None, None, TAKES, "no end of its accreditation is known"),
    ],
)  # fmt: skip
def test_a_program_without_accreditation_takes_nobody(
    status: str | None, since: str | None, expected: Verdict, why: str
) -> None:
    who = replace(WHO, on=dt.date(2026, 11, 22))
    found = ruling(who, "accreditation", accreditation=status, accreditation_date=since)
    assert (found.verdict, found.why) == (expected, why)


@pytest.mark.parametrize(("quota", "expected"), [(0, SILENT), (4, TAKES), (None, TAKES)])
def test_a_track_that_offered_nothing_in_the_newest_match_may_or_may_not_come_back(
    quota: int | None, expected: Verdict
) -> None:
    (found,) = (
        r
        for r in Fit(WHO).reasons(tuple({"quota": quota, "season": 2026}.get(n) for n in FIT_FIELDS))
        if r.gate == "positions"
    )
    assert found.ruling.verdict is expected


@pytest.mark.parametrize(
    ("is_img", "takes", "expected"),
    [(True, "no", NOT), (True, "yes", TAKES), (True, None, TAKES), (False, "no", TAKES), (None, "no", SILENT)],
)
def test_a_program_that_refuses_graduates_of_schools_abroad(
    is_img: bool | None, takes: str | None, expected: Verdict
) -> None:
    assert verdict(replace(WHO, is_img=is_img), "img", takes_img=takes) is expected


ERAS = Said("ERAS", "most specialties", "2026-11-22", "high")
CAS = Said("ResidencyCAS", "obstetrics since 2025", "2026-11-22", "high")


@pytest.mark.parametrize(
    ("service", "taking_part", "code", "expected", "said"),
    [
        ("ERAS", None, "320", TAKES, ()),
        (None, None, "320", TAKES, (ERAS,)),
        (None, None, "220", TAKES, (CAS,)),
        ("ResidencyCAS", None, "220", TAKES, ()),
        ("ERAS", None, "220", SILENT, (CAS,)),  # an old list against the season's rule
        ("ERAS", "Not Participating", "320", SILENT, ()),
        (None, "No Longer Accepting applications", "320", SILENT, ()),
        ("ERAS", "Participating", "320", TAKES, ()),
    ],
)
def test_application_service(
    service: str | None, taking_part: str | None, code: str, expected: Verdict, said: tuple[Said, ...]
) -> None:
    outside = Outside(services={"220": CAS}, usual_service=ERAS)
    found = ruling(WHO, "service", outside, service=service, participation=taking_part, specialty=code)
    assert (found.verdict, found.said) == (expected, said)


def test_without_rules_an_unstated_service_is_not_stated() -> None:
    assert verdict(WHO, "service", specialty="320") is SILENT


@pytest.mark.parametrize(
    ("finding", "tries", "expected"),
    [
        (Finding.NOT_MET, {"step1": 4}, NOT),
        (Finding.MET, {"step1": 3}, TAKES),
        (Finding.MET, None, TAKES),
        (Finding.UNKNOWN, {"step1": 2}, SILENT),
        (Finding.AT_RISK, {"step1": 2}, SILENT),
        (Finding.UNKNOWN, {"step1": 1}, TAKES),  # no limit can shut out one who never repeated a Step
        (Finding.UNKNOWN, None, SILENT),
    ],
)
def test_state_licence(finding: Finding, tries: dict[str, int] | None, expected: Verdict) -> None:
    outside = Outside(licences={"TX": Licence(finding, "why", (RULE,))})
    assert verdict_with(outside, tries, "TX") is expected


def verdict_with(outside: Outside, tries: dict[str, int] | None, state: str | None) -> Verdict:
    return ruling(replace(WHO, tries=tries), "licence", outside, state=state).verdict


def test_a_state_without_a_known_rule_is_not_stated_for_one_who_repeated_a_step() -> None:
    assert verdict_with(Outside(), {"step1": 2}, "PA") is SILENT
    assert verdict_with(Outside(), {"step1": 2}, None) is SILENT
    assert verdict_with(Outside(), {"step1": 1}, "PA") is TAKES


def test_a_yes_on_visas_rests_only_on_the_visa_it_names() -> None:
    assert ruling(WHO, "visa", visa_j1="yes", visa_h1b="no").fields == ("visa_j1", "visa_note")
