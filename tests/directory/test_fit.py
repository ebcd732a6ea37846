"""Fit: takes you, does not, not stated. Silence is never a yes and never a no."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchday.directory import fit as room
from matchday.directory.applicant import Applicant
from matchday.directory.fit import FIT_FIELDS, Fit
from matchday.directory.gates import Licence, Outside
from matchday.directory.search import Query, search
from matchday.directory.store import Store
from matchday.terms import Verdict as Finding
from tests.directory.person import NOT, RULE, SILENT, STATED, TAKES, WHO, row
from tests.directory.small import small_store

# ---------------------------------------------------------------- all gates together


def test_every_gate_open_is_a_yes() -> None:
    assert Fit(WHO).verdict(row(**STATED)) is TAKES


@pytest.mark.parametrize("field", ["visa_j1", "graduation_years_max", "step2_min"])
def test_one_silent_gate_makes_it_not_stated(field: str) -> None:
    assert Fit(WHO).verdict(row(**{**STATED, field: None})) is SILENT


def test_one_shut_gate_is_a_no_whatever_is_silent() -> None:
    assert Fit(WHO).verdict(row(visa_j1="no")) is NOT


@given(
    st.fixed_dictionaries(
        {
            "visa_j1": st.sampled_from([None, "yes", "no"]),
            "visa_h1b": st.sampled_from([None, "yes", "no"]),
            "graduation_years_max": st.sampled_from([None, "1", "3", "10"]),
            "attempts_max": st.sampled_from([None, "1", "2"]),
            "step2_min": st.sampled_from([None, "220", "260"]),
            "us_experience": st.sampled_from([None, "yes", "no", "helpful"]),
            "us_experience_months": st.sampled_from([None, "1", "12"]),
            "takes_img": st.sampled_from([None, "yes", "no"]),
            "track": st.sampled_from([None, "C", "R"]),
            "service": st.sampled_from([None, "ERAS"]),
            "state": st.sampled_from([None, "FL"]),
        }
    )
)
def test_the_verdict_is_that_of_its_worst_reason(stated: dict[str, str | None]) -> None:
    gates = Fit(WHO)
    reasons = gates.reasons(row(**stated))
    verdicts = [reason.ruling.verdict for reason in reasons]
    order = [NOT, SILENT, TAKES]
    assert verdicts == sorted(verdicts, key=order.index)
    assert gates.verdict(row(**stated)) is verdicts[0]


@pytest.mark.parametrize("field", STATED)
def test_what_is_left_unstated_is_never_a_no(field: str) -> None:
    assert Fit(WHO).verdict(row(**{**STATED, field: None})) is not NOT


def test_nothing_stated_and_nothing_known_is_not_stated() -> None:
    assert Fit(Applicant()).verdict(row()) is SILENT


# ---------------------------------------------------------------- the claims it rests on


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with small_store(tmp_path) as opened:
        yield opened


def test_because_names_value_source_and_days_and_that_sources_differ(store: Store) -> None:
    found = search(store.db, Query(text="1004140C0"), Fit(WHO).verdict, FIT_FIELDS)
    (line,) = found.lines
    reasons = Fit(WHO).reasons(room.row_of(line), store.claims(line["program_id"]), "1004140C0")
    answer = room.as_json(line["verdict"], reasons)
    assert answer["verdict"] == "not stated"
    head = {"gate": "visa", "verdict": "takes you", "why": "sponsors J-1", "disputed": True, "field": "visa_j1"}
    assert [entry for entry in answer["because"] if entry["gate"] == "visa"] == [
        head
        | {"value": "yes", "source": "my list.xlsx", "as_of": "2026-09-01", "read_on": "2026-11-01", "made_up": False},
        head
        | {"value": "no", "source": "invites.csv", "as_of": "2025-12-01", "read_on": "2026-11-01", "made_up": False},
    ]
    (silent,) = (entry for entry in answer["because"] if entry["gate"] == "score")
    assert (silent["field"], silent["value"], silent["source"]) == ("step2_min", "not stated", None)


def test_because_names_the_rule_that_decided() -> None:
    outside = Outside(licences={"TX": Licence(Finding.NOT_MET, "Step 1 was not passed within 3 tries.", (RULE,))})
    gates = Fit(replace(WHO, tries={"step1": 4}), outside)
    answer = room.as_json(NOT, gates.reasons(row(**{**STATED, "attempts_max": "9", "state": "TX"})))
    assert answer["because"][0] == {
        "gate": "licence", "verdict": "does not", "why": "Step 1 was not passed within 3 tries.", "disputed": False,
        "field": "licence", "value": "Texas: tries: 3", "source": "22 TAC 163.6", "as_of": None,
        "read_on": "2026-11-22", "confidence": "high",
    }  # fmt: skip


def test_facts_missing_in_the_dossier_are_named() -> None:
    answer = room.as_json(SILENT, Fit(Applicant()).reasons(row(**STATED)))
    assert answer["missing"] == [
        "exam",
        "exam step2ck score",
        "experience",
        "person.us_status",
        "school[0].degree_date",
    ]


def test_lines_that_take_the_person_come_first_and_can_be_asked_for_alone(store: Store) -> None:
    gates = Fit(replace(WHO, years_at_start=4.0, tries={"step1": 1}))
    found = search(store.db, Query(specialties=("320",)), gates.verdict, FIT_FIELDS)
    assert [(line["nrmp_code"], str(line["verdict"])) for line in found.lines] == [
        ("1001320C0", "takes you"), ("1003320C0", "not stated"), ("1002320C0", "does not"),
    ]  # fmt: skip
    only = search(store.db, Query(specialties=("320",), fits=("takes you",)), gates.verdict, FIT_FIELDS)
    assert (only.count, only.verdicts) == (1, {TAKES: 1, SILENT: 1, NOT: 1})
    by_quota = search(store.db, Query(specialties=("320",), sort="quota"), gates.verdict, FIT_FIELDS)
    assert by_quota.lines[0]["nrmp_code"] == "1002320C0"
