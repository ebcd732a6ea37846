"""What must hold for every applicant, whatever the facts: theorems about the report."""

from dataclasses import fields, replace
from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.strategies import dossiers

from matchday.dossier.model import Certification, Dossier, Exam, Licence, Pathway, Person, School
from matchday.rules import Report, check, rules
from matchday.rules.asof import as_of
from matchday.terms import Verdict

DAYS = st.dates(date(2009, 1, 1), date(2028, 6, 30))
ON = st.dates(date(2019, 1, 1), date(2028, 6, 30))
STEPS = ("step1", "step2ck", "step2cs", "step3")


def maybe(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | strategy


exams = st.one_of(
    st.builds(Exam, exam=st.sampled_from(STEPS), date=maybe(DAYS), applied=maybe(DAYS), reported_on=maybe(DAYS),
              result=maybe(st.sampled_from(["pass", "fail", "incomplete", "pending"])), score=maybe(st.integers(180, 260))),
    st.builds(Exam, exam=st.just("oet"), date=maybe(DAYS), listening=st.sampled_from([None, 340, 350, 400]),
              reading=st.sampled_from([350, 400]), writing=st.sampled_from([290, 300, 350]), speaking=st.just(360)),
)  # fmt: skip
schools = st.builds(
    School, country=maybe(st.sampled_from(["IN", "NG", "CA", "US", "GD"])), degree_date=maybe(DAYS),
    sponsor_note=maybe(st.booleans()), sponsor_note_from=maybe(st.just(1990)), sponsor_note_to=maybe(st.just("current")),
    credit_years=maybe(st.sampled_from([2.0, 4.0])), canadian_lcme=maybe(st.booleans()),
    wfme_recognised=maybe(st.booleans()),
)  # fmt: skip
people = st.builds(
    Dossier,
    season=st.just(2027),
    person=st.builds(
        Person,
        citizenships=maybe(st.sampled_from([("NG",), ("US",), ("IN", "US")])),
        visa_wanted=maybe(st.sampled_from([("J-1",), ("H-1B",), ()])),
    ),
    exam=maybe(st.lists(exams, max_size=5).map(tuple)),
    school=maybe(st.lists(schools, max_size=2).map(tuple)),
    licence=maybe(st.lists(st.builds(Licence, country=st.just("NG"), kind=st.just("unsupervised"), from_=maybe(DAYS),
                                     discipline=maybe(st.booleans())), max_size=1).map(tuple)),
    pathway=maybe(st.lists(st.builds(Pathway, number=st.integers(1, 6), season=st.just(2027), applied=maybe(DAYS),
                                     accepted=maybe(DAYS)), max_size=1).map(tuple)),
    certification=st.builds(Certification, application_approved=maybe(DAYS), fsmb_account=maybe(DAYS),
                            certificate_issued=maybe(DAYS)),
)  # fmt: skip


def verdicts(report: Report) -> dict[str, Verdict]:
    return {finding.id: finding.verdict for finding in report}


@given(dossiers(), ON)
@settings(max_examples=150)
def test_any_dossier_that_can_be_read_gets_a_report(dossier: Dossier, on: date) -> None:
    report = check(dossier, on)
    assert len({finding.id for finding in report}) == len(report.findings)
    for finding in report:
        assert finding.why
        assert finding.verdict is not Verdict.UNKNOWN or finding.missing or finding.rules or finding.why


@given(people, ON, st.integers(1, 2500))
@settings(max_examples=200)
def test_a_later_day_never_undoes_a_pass_but_through_the_seven_years(dossier: Dossier, on: date, later: int) -> None:
    # What is planned for the days between would add facts; here only time goes by.
    then = as_of(dossier, on)
    then = replace(then, exam=None if then.exam is None else tuple(e for e in then.exam if not e.date or e.date <= on))
    before, after = check(then, on), check(then, on + timedelta(days=later))
    for step in ("step1", "step2ck", "step3"):
        if before[f"{step}.passed"].verdict is Verdict.MET:
            found = after[f"{step}.passed"]
            assert found.verdict is Verdict.MET or "seven years" in found.why


@given(people, ON, st.data())
@settings(max_examples=200)
def test_a_better_score_never_turns_met_into_not_met(dossier: Dossier, on: date, data: st.DataObject) -> None:
    assume(dossier.exam)
    place = data.draw(st.integers(0, len(dossier.exam) - 1))
    exam = dossier.exam[place]
    raised = {
        name: getattr(exam, name) + 10
        for name in ("score", "listening", "reading", "writing", "speaking")
        if getattr(exam, name) is not None
    }
    better = replace(dossier, exam=(*dossier.exam[:place], replace(exam, **raised), *dossier.exam[place + 1 :]))
    old, new = verdicts(check(dossier, on)), verdicts(check(better, on))
    # A permission to try again ends with a pass; everything else can only gain.
    kept = [name for name in old if ".may_" not in name and not name.startswith(("pathway.", "dossier."))]
    assert [name for name in kept if old[name] is Verdict.MET and new.get(name) is Verdict.NOT_MET] == []


@given(people, people, ON)
@settings(max_examples=300)
def test_adding_facts_never_turns_met_into_unknown(dossier: Dossier, other: Dossier, on: date) -> None:
    gaps = {
        part.name: getattr(other, part.name)
        for part in fields(Dossier)
        if getattr(dossier, part.name) is None and getattr(other, part.name) is not None
    }
    old, new = verdicts(check(dossier, on)), verdicts(check(replace(dossier, **gaps), on))
    assert [n for n, verdict in old.items() if verdict is Verdict.MET and new.get(n) is Verdict.UNKNOWN] == []


@given(people, ON, st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_the_order_of_the_lists_in_the_file_does_not_matter(dossier: Dossier, on: date, chance) -> None:
    def mixed(items):
        return None if items is None else tuple(chance.sample(items, len(items)))

    shuffled = replace(dossier, exam=mixed(dossier.exam), school=mixed(dossier.school), licence=mixed(dossier.licence))
    first, second = check(dossier, on), check(shuffled, on)
    assert verdicts(first) == verdicts(second)
    assert first.overall == second.overall


@given(people, ON)
@settings(max_examples=50)
def test_the_same_inputs_give_the_same_report(dossier: Dossier, on: date) -> None:
    assert check(dossier, on).as_json() == check(dossier, on).as_json()


def test_what_happens_after_the_asked_day_does_not_exist_for_the_answer() -> None:
    planned = Dossier(season=2027, exam=(Exam(exam="step2ck", date=date(2026, 12, 14), result="pass", score=250),))
    unscored = Dossier(season=2027, exam=(Exam(exam="step2ck", date=date(2026, 12, 14)),))
    on = date(2026, 11, 22)
    assert check(planned, on).as_json()["findings"] == check(unscored, on).as_json()["findings"]


def test_every_finding_of_a_person_with_facts_names_its_rules() -> None:
    assert rules().digest == check(Dossier(exam=()), date(2026, 11, 22)).rules_digest
