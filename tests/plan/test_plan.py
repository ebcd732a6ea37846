"""The plan of made-up people: what falls away, who holds what, which season is realistic."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings

import matchday.dossier
from matchday.dossier.file import loads, read
from matchday.dossier.model import Dossier
from matchday.plan.build import Plan, plan
from tests.rules.test_properties import ON as ANY_DAY
from tests.rules.test_properties import people
from tests.strategies import EXAMPLES

ON = date(2026, 11, 22)

AMINA = """
schema = 1
season = 2027
[person]
citizenships = ["NG"]
visa_wanted = ["J-1"]
[[school]]
country = "NG"
degree_date = 2023-11-30
sponsor_note = true
sponsor_note_from = 1990
sponsor_note_to = "current"
credit_years = 6
[[exam]]
exam = "step1"
date = 2025-11-19
result = "pass"
[[exam]]
exam = "step2ck"
applied = 2026-10-01
date = 2026-12-18
[certification]
account_verified = 2025-03-01
application_submitted = 2025-03-10
application_approved = 2025-06-01
fsmb_account = 2026-09-01
[[pathway]]
number = 1
season = 2027
applied = 2026-10-02
"""


def plan_of(text: str, on: date = ON, season: int | None = None) -> Plan:
    return plan(loads(text, "toml"), on, season=season)


def by_id(found: Plan) -> dict:
    return {step.task.id: step for step in found.tasks}


def test_what_is_done_falls_away_and_what_is_booked_stands() -> None:
    steps = by_id(plan_of(AMINA))
    done = {name for name, step in steps.items() if step.status == "done"}
    assert {"school.note", "account", "application", "credentials", "step1.score", "step2ck.permit", "degree"} <= done
    assert (steps["step2ck.exam"].earliest_finish, steps["step2ck.exam"].status) == (date(2026, 12, 18), "open")
    assert steps["step2ck.score"].status == "blocked"


def test_who_holds_the_ball_and_since_when() -> None:
    step = by_id(plan_of(AMINA))["pathway.licence"]
    assert (step.status, step.task.who, step.task.since) == ("waiting", "licensing body", date(2026, 10, 2))


def test_the_day_after_a_pass_the_exam_is_behind() -> None:
    passed = AMINA.replace("date = 2026-12-18", 'date = 2026-12-18\nresult = "pass"\nreported_on = 2027-01-13')
    before, after = plan_of(passed, date(2027, 1, 12)), plan_of(passed, date(2027, 1, 13))
    assert by_id(before)["step2ck.score"].status == "waiting"
    assert by_id(after)["step2ck.score"].status == "done"


def test_the_milestones_are_those_of_the_season_with_their_source() -> None:
    found = {dated.milestone.event: dated for dated in plan_of(AMINA).milestones}
    deadline = found["nrmp_rol_certification_deadline"]
    assert (deadline.day, deadline.time, deadline.estimated) == (date(2027, 3, 3), "21:00", False)
    assert "NRMP 2027 calendar" in deadline.source
    assert found["training_start"].day == date(2027, 7, 1)
    assert found["match_day"].chance is None


def test_a_season_without_published_dates_is_planned_with_estimates_that_say_so() -> None:
    found = {dated.milestone.event: dated for dated in plan_of(AMINA, season=2028).milestones}
    deadline = found["nrmp_rol_certification_deadline"]
    assert deadline.estimated
    assert "estimate" in deadline.source
    assert deadline.day == date(2027, 3, 3) + timedelta(days=364)


def test_an_exam_booked_too_late_is_named_and_the_next_season_is_the_realistic_one() -> None:
    late = plan_of(AMINA.replace("2026-12-18", "2027-02-26"))
    assert "step2ck.exam" in dict(late.in_the_way)
    assert [chance.realistic for chance in late.seasons] == [False, True, True]
    assert late.seasons[0].ranked < 0.2


def test_somebody_who_starts_now_learns_which_season_is_realistic_and_what_an_earlier_one_would_take() -> None:
    found = plan_of(
        'schema = 1\nseason = 2027\nexam = []\n[[school]]\ncountry = "PK"\nexpected_degree_date = 2027-06-30\n'
    )
    assert [chance.season for chance in found.seasons] == [2027, 2028, 2029]
    assert not found.seasons[0].realistic
    assert found.seasons[-1].realistic
    assert any("days" in hurdle for hurdle in found.seasons[0].must_go_right)


def test_a_duration_of_the_dossier_replaces_the_assumption() -> None:
    slow = by_id(plan_of(AMINA + '[durations]\n"pathway.accepted" = [80, 90, 100]\n'))["pathway.accepted"]
    assert (slow.task.duration.usual, slow.task.duration.basis) == (90, "dossier")


def test_latest_days_for_an_exam_keep_clear_of_the_first_fortnight_of_january() -> None:
    slot = next(slot for slot in plan_of(AMINA).slots if slot.exam == "step2ck")
    assert slot.latest_with_retake < slot.latest_safe < slot.latest_usual <= date(2027, 3, 3) - timedelta(days=28)
    for day in (slot.latest_usual, slot.latest_safe, slot.latest_with_retake):
        assert (day.month, day.day) >= (1, 15)


def test_a_us_citizen_needs_no_visa_and_a_us_graduate_no_certification() -> None:
    citizen = by_id(plan_of(AMINA.replace('["NG"]\nvisa', '["US"]\nvisa')))
    assert not {"need.statement", "visa.issued", "h1b.petition"} & set(citizen)
    graduate = by_id(plan_of(AMINA.replace('country = "NG"', 'country = "US"')))
    assert not {"certificate", "pathway.accepted", "credentials"} & set(graduate)


def test_h1b_asks_for_step_3_and_a_petition_instead_of_a_statement_of_need() -> None:
    steps = by_id(plan_of(AMINA.replace('["J-1"]', '["H-1B"]')))
    assert {"step3.register", "step3.score", "h1b.petition"} <= set(steps)
    assert "need.statement" not in steps


def test_a_wait_between_attempts_moves_the_registration() -> None:
    fails = "".join(f'[[exam]]\nexam = "step2ck"\ndate = {day}\nresult = "fail"\n'
                    for day in ("2026-05-04", "2026-08-03", "2026-11-02"))  # fmt: skip
    text = AMINA.replace("applied = 2026-10-01\ndate = 2026-12-18", 'date = 2026-01-20\nresult = "incomplete"')
    blocked = plan_of(text + fails.replace("2026-05-04", "2026-05-04"))
    assert "step2ck.may_apply" in dict(blocked.in_the_way)
    three = plan_of(text.replace('date = 2026-01-20\nresult = "incomplete"', "") + fails)
    assert by_id(three)["step2ck.register"].earliest_start == date(2027, 5, 4)


def test_a_registration_without_a_day_waits_for_its_permit() -> None:
    steps = by_id(plan_of(AMINA.replace("applied = 2026-10-01\ndate = 2026-12-18", "applied = 2026-11-16")))
    assert steps["step2ck.register"].status == "done"
    assert (steps["step2ck.permit"].status, steps["step2ck.permit"].task.since) == ("waiting", date(2026, 11, 16))


def test_an_oet_that_is_booked_stands_and_one_that_was_taken_waits_for_its_result() -> None:
    booked = by_id(plan_of(AMINA + '[[exam]]\nexam = "oet"\ndate = 2026-12-05\n'))
    assert booked["oet.exam"].earliest_finish == date(2026, 12, 5)
    taken = by_id(plan_of(AMINA + '[[exam]]\nexam = "oet"\ndate = 2026-11-14\n'))
    assert (taken["oet.result"].status, taken["oet.result"].task.since) == ("waiting", date(2026, 11, 14))


def test_an_attested_pathway_waits_for_its_acceptance() -> None:
    steps = by_id(plan_of(AMINA + "attested = 2026-11-02\n"))
    assert (steps["pathway.accepted"].task.since, steps["pathway.licence"].status) == (date(2026, 11, 2), "done")


def test_a_certified_list_is_behind() -> None:
    steps = by_id(
        plan_of(AMINA + '[ranklist]\nprimary = ["1000140C0"]\ncertified_at = 2027-02-20\n', date(2027, 2, 21))
    )
    assert {steps[name].status for name in ("ranklist", "nrmp.register")} == {"done"}


def test_the_certificate_settles_everything_before_it() -> None:
    steps = by_id(plan_of(AMINA.replace("[certification]", "[certification]\ncertificate_issued = 2026-11-01")))
    before = {"account", "application", "credentials", "pathway.accepted", "step2ck.score", "diploma", "certificate"}
    assert {steps[name].status for name in before} == {"done"}


def test_a_season_with_hardly_any_dates_says_that_they_are_not_found() -> None:
    old = {dated.milestone.event: dated for dated in plan_of(AMINA, date(2018, 11, 22), season=2019).milestones}
    assert old["match_day"].day is None
    assert old["match_day"].source == "not found"


def test_the_package_gives_the_plan_by_name_and_nothing_else() -> None:
    import matchday.plan as room

    assert room.plan is plan
    with pytest.raises(AttributeError, match="no attribute 'plam'"):
        room.plam  # noqa: B018 -- asking is the test


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_made_up_person_gets_a_whole_plan(path) -> None:
    found = plan(read(path), ON)
    steps = by_id(found)
    assert set(found.next) <= {name for name, step in steps.items() if step.status in ("open", "waiting")}
    assert all(set(step.task.needs) <= set(steps) for step in found.tasks)
    assert all(0 <= dated.chance <= 1 for dated in found.milestones if dated.chance is not None)
    assert found.as_json() == plan(read(path), ON).as_json()


@given(people, ANY_DAY)
@settings(max_examples=60, deadline=None)
def test_any_person_on_any_day_gets_a_plan(dossier: Dossier, on: date) -> None:
    found = plan(dossier, on)
    for step in found.tasks:
        if step.status != "done":
            assert step.earliest_start <= step.earliest_finish
            assert step.latest_start is None or step.latest_start <= step.latest_finish


def test_a_fact_more_never_makes_a_step_undone() -> None:
    owner = loads(AMINA, "toml")
    more = replace(owner, certification=replace(owner.certification, diploma_verified=date(2026, 5, 1)))
    before, after = by_id(plan(owner, ON)), by_id(plan(more, ON))
    assert {n for n, s in before.items() if s.status == "done"} <= {n for n, s in after.items() if s.status == "done"}


def test_the_examples_are_where_the_package_says() -> None:
    assert matchday.dossier.__file__
    assert len(EXAMPLES) >= 6


def test_who_has_no_attempt_left_is_not_told_to_register_and_no_season_is_realistic() -> None:
    fails = "".join(f'[[exam]]\nexam = "step2ck"\ndate = {day}\nresult = "fail"\n'
                    for day in ("2023-05-04", "2023-11-03", "2024-11-02", "2025-11-02"))  # fmt: skip
    barred = plan_of(
        AMINA.replace("applied = 2026-10-01\ndate = 2026-12-18", 'date = 2022-01-20\nresult = "fail"') + fails
    )
    steps = by_id(barred)
    assert steps["step2ck.register"].status == "blocked"
    assert "step2ck.register" not in barred.next
    assert [chance.realistic for chance in barred.seasons] == [False, False, False]
    assert "the rules do not let this person do it" in barred.seasons[1].must_go_right[0]


def test_an_exam_booked_after_the_seven_years_have_run_out_is_named() -> None:
    late = plan_of(AMINA.replace("date = 2025-11-19", "date = 2019-12-10"))
    assert "step2ck.exam" in dict(late.in_the_way)
    assert by_id(late)["step2ck.exam"].latest_finish == date(2026, 12, 10)


def test_a_window_that_has_not_opened_yet_is_not_next() -> None:
    found = plan_of(AMINA, season=2028)
    assert by_id(found)["nrmp.register"].status == "blocked"
    assert "nrmp.register" not in found.next
    fresh = by_id(plan_of(AMINA.split("[[pathway]]")[0], season=2028))
    assert fresh["pathway.apply"].earliest_start == date(2027, 2, 1)


def test_what_the_dossier_does_not_speak_of_is_named() -> None:
    found = plan_of("schema = 1\nseason = 2028\n")
    assert found.taken_as_not_done == ("school", "exam", "certification", "pathway")
    assert plan_of(AMINA).taken_as_not_done == ()


def test_a_duration_for_a_step_that_does_not_exist_is_refused() -> None:
    from matchday.terms import InputProblem

    with pytest.raises(InputProblem, match=r"'pathway.acepted', which is no step.*did you mean pathway.accepted"):
        plan_of(AMINA + '[durations]\n"pathway.acepted" = [1, 2, 3]\n')
    with pytest.raises(InputProblem, match="see the ids"):
        plan_of(AMINA + '[durations]\n"zzzzzzzz" = [1, 2, 3]\n')


def test_before_august_2025_registration_ran_beside_verification() -> None:
    text = 'schema = 1\nseason = 2024\nexam = []\n[[school]]\ncountry = "PK"\nsponsor_note = true\n'
    assert by_id(plan_of(text, date(2023, 6, 1)))["step1.register"].task.needs == ("account",)
    assert by_id(plan_of(text, date(2025, 8, 14), 2026))["step1.register"].task.needs == ("application.approved",)


def test_a_pass_of_step_2_cs_leaves_no_pathway_to_go() -> None:
    cs = AMINA.split("[[pathway]]")[0] + '[[exam]]\nexam = "step2cs"\ndate = 2019-06-01\nresult = "pass"\n'
    old = cs.replace("date = 2025-11-19", "date = 2018-11-19").replace(
        "degree_date = 2023-11-30", "degree_date = 2018-06-30"
    )
    assert not {"pathway.apply", "pathway.accepted", "oet.exam"} & {
        n for n, s in by_id(plan_of(old, date(2020, 12, 1), 2021)).items() if s.status != "done"
    }


PASSED = """
schema = 1
season = 2027
[[school]]
country = "NP"
[[exam]]
exam = "step1"
date = 2025-01-12
result = "pass"
[[exam]]
exam = "step2ck"
date = 2026-04-03
result = "pass"
"""
CHAIN = ("school.note", "account", "application", "credentials", "application.approved")


def test_nobody_who_sat_a_step_is_asked_for_what_had_to_come_before_it() -> None:
    found = by_id(plan_of(PASSED))
    assert [(found[name].status, found[name].task.behind) for name in CHAIN] == [
        ("done", "step1.exam"), *[("done", "step2ck.exam")] * 4,
    ]  # fmt: skip
    told = {step["id"]: step["behind"] for step in plan_of(PASSED).as_json()["tasks"]}
    assert (told["account"], told["step1.score"], told["oet.exam"]) == ("step2ck.exam", "", "")


def test_a_step_of_the_years_before_verification_came_first_says_only_that_the_school_was_in_order() -> None:
    old = by_id(plan_of(PASSED.replace("2026-04-03", "2025-06-03")))
    assert [old[name].status for name in CHAIN] == ["done", "open", "blocked", "blocked", "blocked"]


def test_a_school_without_a_note_is_not_taken_to_be_in_order() -> None:
    refused = by_id(plan_of(PASSED.replace('country = "NP"', 'country = "NP"\nsponsor_note = false')))
    assert [refused[name].status for name in CHAIN[:2]] == ["open", "blocked"]


def test_what_a_later_step_proves_names_that_step() -> None:
    found = by_id(plan_of(AMINA + "[ranklist]\ncertified_at = 2027-02-20\n", date(2027, 2, 25)))
    assert (found["nrmp.confirmed"].status, found["nrmp.confirmed"].task.behind) == ("done", "ranklist")


H1B = AMINA.replace('["J-1"]', '["H-1B"]')


@pytest.mark.parametrize(
    ("exam", "permit", "score"),
    [
        ("applied = 2026-11-02", ("waiting", date(2026, 11, 2)), ("blocked", None)),
        ("applied = 2026-10-02\ndate = 2026-12-05", ("done", None), ("open", None)),
        ("date = 2026-11-05", ("done", None), ("open", date(2026, 11, 5))),
        ('date = 2026-10-05\nresult = "pass"', ("done", None), ("done", None)),
        ('date = 2026-10-05\nresult = "fail"', ("open", None), ("blocked", None)),
    ],
    ids=["applied", "booked", "sat", "passed", "failed"],
)
def test_step_3_moves_with_what_is_told_of_it(
    exam: str, permit: tuple[str, date | None], score: tuple[str, date | None]
) -> None:
    certified = H1B.replace("fsmb_account", "certificate_issued = 2026-09-20\nfsmb_account")
    found = by_id(plan_of(f'{certified}[[exam]]\nexam = "step3"\n{exam}\n'))
    told = [(found[name].status, found[name].task.since) for name in ("step3.register", "step3.score")]
    assert told == [permit, score]


def test_a_licence_of_a_state_that_is_in_force_is_behind() -> None:
    held = '[[licence]]\ncountry = "US"\nstate = "TX"\nkind = "training"\nfrom = 2026-06-01\n'
    assert by_id(plan_of(AMINA + held))["state.licence"].status == "done"
    assert by_id(plan_of(f"{AMINA}{held}to = 2026-07-01\n"))["state.licence"].status == "blocked"


def test_a_late_step_says_whose_turn_it_is() -> None:
    late = dict(plan_of(AMINA.replace("2026-12-18", "2027-02-20")).in_the_way)
    assert late["step2ck.exam"].endswith("days late at the usual pace; it is your turn.")
