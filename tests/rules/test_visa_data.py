"""What the visa, entry and licence data must hold, beside the YAML cases."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchday.dossier.countries import COUNTRIES
from matchday.dossier.model import Dossier, Person
from matchday.dossier.tree import from_tree
from matchday.rules import UNKNOWN, Finding, check, rules
from matchday.rules.requirements.entry import VISAS
from matchday.terms import Confidence, Verdict

OURS = ("visa.", "licence.")
IDS = [
    "J1-REQ",
    "J1-SON",
    "J1-212E",
    "J1-7Y",
    "J1-RESEARCH",
    "J1-ENTRY",
    "J1-PAUSE",
    "J1-DS",
    "J1-FIXED",
    "H1B-REQ",
    "H1B-100K",
    "H1B-100K-MD",
    "H1B-100K-COURT",
    "H1B-100K-END",
    "H1B-BILL",
    "H1B-TX-FREEZE",
    "BAN-1",
    "BAN-2",
    "BAN-SCOPE",
    "BAN-MD",
    "IV-PAUSE-75",
    "HOLD-39",
    "LIC-CA-PTAL",
    "LIC-CA-PTL",
    "LIC-CA-PTL-MONTHS",
    "LIC-CA-GME",
    "LIC-CA-EXAMS",
    "LIC-CA-SCORES",
    "LIC-TX-TRIES",
    "LIC-TX-7Y",
    "LIC-TX-GME",
    "LIC-TX-PATH",
    "LIC-NY-GME",
    "LIC-NY-TRIES",
    "LIC-FL-GME",
    "LIC-FL-TRIES",
    "LIC-FL-PATH",
    "LIC-PA-TRIES",
    "LIC-IL-GME",
    "LIC-IL-PATH",
    "LIC-MI-GME",
    "LIC-MI-TRIES",
    "LIC-MI-7Y",
    "LIC-MI-STEP3",
    "LIC-OH-GME",
    "LIC-OH-TRIES",
    "LIC-MA-GME",
    "LIC-MA-TRIES",
    "LIC-MA-7Y",
    "LIC-NJ-GME",
    "LIC-NJ-TRIES",
    "LIC-NJ-7Y",
    "LIC-TN-PATH",
    "LIC-ADD-PATHS",
    "LIC-MODEL",
    "LIC-GME-MIN",
]


def test_every_row_of_the_visa_and_licence_facts_has_a_rule() -> None:
    assert set(IDS) <= set(rules().parameters)


@pytest.mark.parametrize("rule_id", IDS)
def test_a_value_that_is_known_has_a_source(rule_id: str) -> None:
    for value in rules()[rule_id].values:
        assert value.value is UNKNOWN or (value.citations and value.confidence is not Confidence.NOT_FOUND)


@pytest.mark.parametrize(
    "rule_id", [name for name in IDS if name.startswith("LIC-") and name[4:6] in "NY FL MI OH MA NJ"]
)
def test_old_tables_are_of_low_confidence(rule_id: str) -> None:
    assert {value.confidence for value in rules()[rule_id].values} == {Confidence.LOW}


def test_the_lists_of_the_bans_have_the_published_lengths() -> None:
    first = rules().at("BAN-1", date(2025, 6, 9)).value
    second = rules().at("BAN-2", date(2026, 1, 1)).value
    hold = rules().at("HOLD-39", date(2026, 1, 1)).value
    assert (len(first["full"]), len(first["partial"])) == (12, 7)
    assert (len(second["full"]), len(second["partial"])) == (19, 19)
    assert set(first["full"]) < set(second["full"])
    assert set(hold["countries"]) == {*second["full"], *second["partial"], *second["immigrants"]}
    assert len(hold["countries"]) == 39
    assert {*hold["countries"], *second["documents"]} <= set(COUNTRIES)


def asked(dossier: Dossier, on: date) -> dict[str, Verdict]:
    return {f.id: f.verdict for f in check(dossier, on) if f.id.startswith(OURS)}


some = st.none() | st.booleans()
codes = st.sampled_from(["NG", "HT", "GB", "TM", "US", "PS", "IN"])
people = st.builds(
    Person,
    citizenships=st.none() | st.lists(codes, max_size=2, unique=True).map(tuple),
    us_status=st.sampled_from([None, "none", "citizen", "permanent_resident", "other"]),
    last_permanent_residence=st.none() | codes,
    visa_wanted=st.none() | st.lists(st.sampled_from(VISAS), max_size=2, unique=True).map(tuple),
    inside_us=some,
    valid_visa=st.sampled_from([None, "none", "H-1B until 2026-03-01", "B-2"]),
    passport_country=st.none() | codes,
)
days = st.dates(date(2025, 5, 1), date(2026, 12, 31))
FACTS = (
    "citizenships",
    "us_status",
    "last_permanent_residence",
    "visa_wanted",
    "inside_us",
    "valid_visa",
    "passport_country",
)


@settings(deadline=None)  # the first call reads the rules
@given(people, days, st.sampled_from(FACTS))
def test_one_fact_more_never_turns_met_into_unknown(person: Person, on: date, name: str) -> None:
    full = asked(Dossier(person=person), on)
    less = asked(Dossier(person=replace(person, **{name: None})), on)
    fallen = [key for key, verdict in full.items() if verdict is Verdict.UNKNOWN and less[key] is Verdict.MET]
    assert not fallen


tries = st.lists(
    st.tuples(
        st.sampled_from(["step1", "step2ck", "step3"]),
        st.none() | st.sampled_from([date(2012, 1, 1), date(2017, 6, 1), date(2019, 1, 1), date(2025, 1, 1)]),
        st.sampled_from([None, "pass", "fail", "incomplete", "pending"]),
    ),
    min_size=1,
    max_size=4,
)


@settings(deadline=None)
@given(tries, st.sampled_from(["date", "result"]), st.integers(0, 3))
def test_one_fact_more_on_an_exam_never_turns_a_licence_from_met_into_unknown(
    taken: list[tuple[str, date | None, str | None]], name: str, which: int
) -> None:
    exams = [{"exam": exam, "date": day, "result": result} for exam, day, result in taken]
    states = {"states": ["TX", "CA"]}
    full = asked(from_tree({"schema": 1, "preferences": states, "exam": exams}), date(2026, 1, 1))
    poorer = [{**exam, name: None} if index == which % len(exams) else exam for index, exam in enumerate(exams)]
    less = asked(from_tree({"schema": 1, "preferences": states, "exam": poorer}), date(2026, 1, 1))
    fallen = [key for key, verdict in full.items() if verdict is Verdict.UNKNOWN and less[key] is Verdict.MET]
    assert not fallen


def test_the_order_of_lines_in_the_file_does_not_matter() -> None:
    exams = [
        {"exam": "step1", "date": date(2015, 4, 10), "result": "pass"},
        {"exam": "step2ck", "date": date(2016, 4, 10), "result": "fail"},
        {"exam": "step2ck", "date": date(2017, 4, 10), "result": "pass"},
        {"exam": "step3", "date": date(2022, 4, 11), "score": 200},
    ]
    person = {"citizenships": ["NG", "GB"], "visa_wanted": ["J-1", "H-1B"], "inside_us": False}
    answers = {
        tuple(sorted(asked(from_tree(
            {"schema": 1, "person": person, "exam": order, "preferences": {"states": ["TX", "MI", "CA"]}}), date(2026, 2, 1)).items()))
        for order in permutations(exams)
    }  # fmt: skip
    assert len(answers) == 1


def entry(valid_visa: str | None) -> Finding:
    person = Person(
        citizenships=("NG",), us_status="none", visa_wanted=("J-1",), inside_us=False, valid_visa=valid_visa
    )
    return check(Dossier(person=person), date(2026, 2, 1))["visa.entry"]


@pytest.mark.parametrize("text", [None, "keine", "expired 2024", "J-1", "no J-1 until 2027-06-30", "applied for F-1"])
def test_what_does_not_say_that_a_visa_is_valid_is_asked_for(text: str | None) -> None:
    finding = entry(text)
    assert (finding.verdict, finding.missing) == (Verdict.UNKNOWN, ("person.valid_visa",))


@pytest.mark.parametrize("text", ["", "-", "None", "no visa", "not yet", "B-2 until 2025-12-31"])
def test_no_visa_and_a_visa_that_is_over_do_not_help(text: str) -> None:
    assert entry(text).verdict is Verdict.NOT_MET


@pytest.mark.parametrize(
    "text", ["J-1 until 2027-06-30", "J-1, valid to 2027-06-30", "B1/B2 visa till 2029", "TN through 2026-01-01"]
)
def test_a_class_with_a_last_day_is_read(text: str) -> None:
    assert entry(text).verdict is Verdict.MET


@pytest.mark.parametrize(
    ("ends", "on", "wanted"),
    [
        (date(2024, 12, 31), date(2024, 1, 1), Verdict.MET),
        (date(2025, 2, 1), date(2025, 1, 1), Verdict.AT_RISK),
        (date(2024, 12, 31), date(2026, 2, 1), Verdict.NOT_MET),
    ],
    ids=["good when training begins", "ends before training begins", "over"],
)
def test_the_end_of_the_certificate_counts_for_j1(ends: date, on: date, wanted: Verdict) -> None:
    given = {
        "schema": 1,
        "person": {"citizenships": ["IN"], "visa_wanted": ["J-1"], "last_permanent_residence": "IN"},
        "certification": {"certificate_issued": date(2021, 3, 1), "certificate_expires": ends, "permanent": False},
    }
    assert asked(from_tree(given), on)["visa.j1"] is wanted


@pytest.mark.parametrize("state", ["CA", "TX", "TN", "IL", "FL"])
def test_a_state_answer_of_a_past_day_speaks_of_that_day(state: str) -> None:
    dossier = from_tree({"schema": 1, "preferences": {"states": [state]}, "exam": []})
    why = check(dossier, date(2019, 12, 31))[f"licence.{state}"].why
    assert "Since 20" not in why
    assert "known for this day" not in why
    assert "has enacted" not in why
