"""What must hold for everybody, whatever the dossier: hypothesis looks for a person for whom it does not."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from matchday.dossier.model import Certification, Dossier, Exam, Licence, Pathway, School
from matchday.rules import Report, check
from matchday.terms import Verdict

# A busy machine may be slow on one example; that is no fault of the rules.
RELAXED = settings(deadline=None)
DAYS = st.dates(date(2014, 1, 1), date(2027, 12, 31))
ASKED = st.dates(date(2019, 6, 1), date(2027, 7, 31))
SEASONS = st.integers(2020, 2028)
YES_NO = st.none() | st.booleans()
SCORES = st.none() | st.sampled_from([290, 300, 340, 350, 400])
RESULTS = st.sampled_from(["pass", "fail", None])

STEPS = st.builds(Exam, exam=st.sampled_from(["step1", "step2ck", "step2cs"]), date=st.none() | DAYS, result=RESULTS)
SITTINGS = st.builds(
    Exam,
    exam=st.just("oet"),
    date=st.none() | DAYS,
    listening=SCORES,
    reading=SCORES,
    writing=SCORES,
    speaking=SCORES,
    one_sitting=st.booleans(),
)
LICENCES = st.builds(
    Licence,
    country=st.sampled_from(["NG", "US"]),
    kind=st.sampled_from([None, "unsupervised", "training"]),
    from_=st.none() | DAYS,
    to=st.none() | DAYS,
    discipline=YES_NO,
)
SCHOOLS = st.builds(
    School,
    country=st.sampled_from([None, "NG", "CA", "US"]),
    degree_date=st.none() | DAYS,
    expected_degree_date=st.none() | DAYS,
    sponsor_note=YES_NO,
    sponsor_note_from=st.none() | st.integers(2010, 2022),
    sponsor_note_to=st.none() | st.just("current") | st.integers(2015, 2027),
    credit_years=st.none() | st.sampled_from([2.0, 4.0]),
    wfme_recognised=YES_NO,
    ncfmea_comparable=YES_NO,
    us_loan_program=YES_NO,
    joint_us_degree=YES_NO,
    regulator_osce=YES_NO,
    canadian_lcme=YES_NO,
)
PATHWAYS = st.builds(
    Pathway,
    number=st.integers(1, 6),
    season=st.none() | st.integers(2021, 2027),
    accepted=st.none() | DAYS,
    expires=st.none() | DAYS,
)
CERTIFICATIONS = st.builds(
    Certification,
    application_submitted=st.none() | DAYS,
    diploma_verified=st.none() | DAYS,
    certificate_issued=st.none() | DAYS,
    certificate_expires=st.none() | DAYS,
    permanent=YES_NO,
    gme_months=st.sampled_from([None, 0, 12]),
)


def some(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...] | None]:
    return st.none() | st.lists(parts, max_size=3).map(tuple)


DOSSIERS = st.builds(
    Dossier,
    exam=some(STEPS | SITTINGS),
    school=some(SCHOOLS),
    licence=some(LICENCES),
    pathway=some(PATHWAYS),
    certification=CERTIFICATIONS,
)
MINE = ("img.", "school.", "degree.", "clinical", "communication", "oet.", "pathway.", "certificate", "match.ecfmg")


def verdicts(report: Report) -> dict[str, Verdict]:
    return {finding.id: finding.verdict for finding in report if finding.id.startswith(MINE)}


@RELAXED
@given(DOSSIERS, ASKED, SEASONS)
def test_every_dossier_gets_an_answer_and_only_an_unknown_lists_what_is_missing(
    dossier: Dossier, on: date, season: int
) -> None:
    for finding in check(dossier, on, season=season):
        if finding.id.startswith(MINE):
            assert finding.why
            assert not finding.missing or finding.verdict in (Verdict.UNKNOWN, Verdict.AT_RISK)
            assert finding.verdict is Verdict.MET or finding.rules or finding.missing or finding.facts


@RELAXED
@given(DOSSIERS, ASKED, SEASONS)
def test_the_order_of_the_file_does_not_matter(dossier: Dossier, on: date, season: int) -> None:
    def turned(parts: tuple[Any, ...] | None) -> tuple[Any, ...] | None:
        return None if parts is None else tuple(reversed(parts))

    # Two schools with the same degree day are a tie that only the order can break.
    days = [school.degree_date for school in dossier.school or ()]
    assume(len(set(days)) == len(days) and days.count(None) == 0)
    other = replace(
        dossier,
        exam=turned(dossier.exam),
        school=turned(dossier.school),
        licence=turned(dossier.licence),
        pathway=turned(dossier.pathway),
    )
    assert verdicts(check(dossier, on, season=season)) == verdicts(check(other, on, season=season))


FULL = st.sampled_from([290, 300, 340, 350, 400])
SAT = st.builds(
    Exam, exam=st.just("oet"), date=st.none() | DAYS, listening=FULL, reading=FULL, writing=FULL, speaking=FULL
)


@RELAXED
@given(DOSSIERS, SAT, ASKED, SEASONS, st.sampled_from(["listening", "reading", "writing", "speaking"]))
def test_a_better_oet_score_never_makes_an_answer_worse(
    dossier: Dossier, sitting: Exam, on: date, season: int, part: str
) -> None:
    better = replace(sitting, **{part: getattr(sitting, part) + 50})
    before, after = (
        verdicts(check(replace(dossier, exam=(*(dossier.exam or ()), oet)), on, season=season))
        for oet in (sitting, better)
    )
    for name, verdict in before.items():
        assert not (verdict is Verdict.MET and after[name] is Verdict.NOT_MET), name


@RELAXED
@given(DOSSIERS, ASKED, SEASONS, st.integers(1, 900))
def test_a_later_day_never_lowers_scores_that_were_high_enough(
    dossier: Dossier, on: date, season: int, later: int
) -> None:
    if verdicts(check(dossier, on, season=season))["oet.scores"] is Verdict.MET:
        assert verdicts(check(dossier, on + timedelta(days=later), season=season))["oet.scores"] in (
            Verdict.MET,
            Verdict.NOT_NEEDED,
        )


# What a file leaves out has its usual meaning here, as people write it: a licence without an end still runs, a degree
# day says more than an expected one, and an accepted Pathway without an expiry day is good for its own season.
USUAL = {"to", "from_", "expected_degree_date", "expires"}


def kept(item: Any, on: date) -> set[str]:
    """The facts of an entry that stay: its name, what has a usual meaning, what alone tells a plan from a fact.

    With two schools the degree day also says which of them is asked about, so it stays too.
    """
    stays = {*USUAL, "exam", "one_sitting", "number"}
    if not isinstance(item, Exam):
        return stays
    if item.date is None:
        return {*stays, "result"}
    outcome = {item.result, item.listening, item.reading, item.writing, item.speaking} - {None}
    return stays if outcome and item.date <= on else {*stays, "date"}


def gaps(dossier: Dossier, on: date) -> list[tuple[str, int | None, str]]:
    """Every single fact that could be left out: part, place, name."""
    found: list[tuple[str, int | None, str]] = []
    for part in ("exam", "school", "licence", "pathway"):
        for i, item in enumerate(getattr(dossier, part) or ()):
            names = [name for name in item.__slots__ if getattr(item, name) is not None]
            replaced = part == "school" and item.expected_degree_date is not None  # a fact takes the place of a plan
            which = {"degree_date"} if len(dossier.school or ()) > 1 or replaced else set()
            found += [(part, i, name) for name in names if name not in kept(item, on) | which]
    names = [name for name in Certification.__slots__ if getattr(dossier.certification, name) is not None]
    return found + [("certification", None, name) for name in names]


def without(dossier: Dossier, gap: tuple[str, int | None, str]) -> Dossier:
    part, place, name = gap
    if place is None:
        return replace(dossier, certification=replace(dossier.certification, **{name: None}))
    items = list(getattr(dossier, part))
    items[place] = replace(items[place], **{name: None})
    return replace(dossier, **{part: tuple(items)})


@RELAXED
@given(DOSSIERS, ASKED, SEASONS, st.data())
def test_adding_a_fact_never_turns_met_into_unknown(
    dossier: Dossier, on: date, season: int, data: st.DataObject
) -> None:
    possible = gaps(dossier, on)
    assume(possible)
    poorer = without(dossier, data.draw(st.sampled_from(possible)))
    before, after = verdicts(check(poorer, on, season=season)), verdicts(check(dossier, on, season=season))
    for name, verdict in before.items():
        assert not (verdict is Verdict.MET and after[name] is Verdict.UNKNOWN), name
