"""Today: the sentence, the seven stops, the dates on both clocks, what may be wrong, the money."""

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from matchday.dossier.file import loads, read
from matchday.dossier.model import Dossier
from matchday.plan.build import plan
from matchday.rules import check
from matchday.terms import Verdict
from matchday.web.nudge import Nudge, nudge
from matchday.web.route import route
from matchday.web.sentence import sentence
from tests.directory.small import small_store
from tests.strategies import EXAMPLES
from tests.web.conftest import example, seated, visitor
from tests.web.filling import fields_of
from tests.web.walk import without_abbr

ON = dt.date(2026, 11, 22)
LATER = dt.date(2031, 1, 1)
LATE = dt.date(2027, 3, 10)


def said(dossier: Dossier, on: dt.date = ON) -> tuple[str, ...]:
    return sentence(check(dossier, on), plan(dossier, on))


def person(name: str) -> Dossier:
    return read(next(path for path in EXAMPLES if path.stem == name))


def of(text: str) -> Dossier:
    return loads(f"schema = 1\n{text}", "toml")


def test_what_has_to_happen_and_by_when_is_one_sentence() -> None:
    assert said(person("amina")) == (
        "You can be ready for Match 2027 if two things happen before 3 March 2027: the pass of Step 2 CK reaches ECFMG; "
        "your Pathway is accepted.",
        "Programs have read applications since 23 September 2026. Not done, as far as your file tells: Score of Step 2 CK.",
        "Not known from your file: Clinical skills.",
        "The visa is a matter of its own: an entry rule stands against it on this day.",
    )


def test_an_estimated_deadline_is_called_one() -> None:
    assert "four things happen before about 1 March 2028 (estimate)" in said(person("mateo"))[0]


def test_a_season_out_of_reach_is_said_with_the_next_that_is_within() -> None:
    assert said(person("nadia"), dt.date(2026, 12, 28))[0] == (
        "At the usual pace you would not be ready for Match 2027 before 3 March 2027; Match 2028 is within reach. "
        "Still needed: your Pathway is accepted; your English result counts."
    )


def test_a_tight_season_says_how_tight() -> None:
    assert "At the usual pace this is in time in 34 of 100 draws of the plan." in said(person("claire"))


def test_everything_there_leaves_the_list_to_certify() -> None:
    assert said(person("ines")) == (
        "ECFMG has what it must confirm for Match 2027; certify your rank list before 3 March 2027.",
        "Programs have read applications since 23 September 2026. Not done, as far as your file tells: Send applications to "
        "programs.",
    )


def test_a_graduation_after_training_begins_makes_the_season_too_early() -> None:
    student = replace(
        person("ines"), school=(replace(person("ines").school[0], degree_date=None, expected_degree_date=LATER),)
    )
    assert said(student)[0] == (
        "You graduate on 1 January 2031, after the training of Match 2027 has begun. Aim at a later Match."
    )
    assert not any(one.realistic for one in plan(student, ON).seasons)


def test_after_the_lists_are_closed_the_season_is_closed() -> None:
    assert said(person("ines"), LATE)[0] == "The rank lists of Match 2027 closed on 3 March 2027."


def test_a_bar_is_said_first() -> None:
    barred = of(
        'season = 2027\n[[school]]\ncountry = "NG"\nsponsor_note = false\n[[exam]]\nexam = "step1"\ndate = 2026-01-10\n'
        'result = "fail"\n'
    )
    assert said(barred)[0].startswith("As things stand you cannot be ready for Match 2027. ")


def test_steps_outside_the_seven_years_are_said_when_all_else_is_there() -> None:
    report = check(person("ines"), ON)
    findings = tuple(
        replace(one, verdict=Verdict.UNKNOWN) if one.id == "exams.window" else one for one in report.findings
    )
    assert "seven years" in sentence(replace(report, findings=findings), plan(person("ines"), ON))[0]


def test_no_season_within_reach_promises_none() -> None:
    found = plan(person("nadia"), ON)
    hopeless = replace(found, seasons=tuple(replace(one, ranked=0.0, realistic=False) for one in found.seasons))
    first = sentence(check(person("nadia"), ON), hopeless)[0]
    assert first.startswith(
        "At the usual pace you would not be ready for Match 2027 before 3 March 2027. Still needed:"
    )


def test_a_deadline_that_nobody_knows_is_said_to_be_unknown() -> None:
    found = plan(person("ines"), ON)
    undated = replace(found, milestones=tuple(replace(one, day=None) for one in found.milestones))
    assert "the day is not known yet" in sentence(check(person("ines"), ON), undated)[0]


STUDENT = (
    'season = 2029\nexam = []\npathway = []\n[person]\ncitizenships = ["EG"]\n[[school]]\nname = "Cairo University"\n'
    'country = "EG"\nexpected_degree_date = 2027-06-30\n'
)


def test_what_waits_for_another_step_is_named_by_the_step_that_can_be_done_now(file: Path, client: Client) -> None:
    """Today, Plan and Requirements agree on whose turn it is."""
    file.write_text(f"schema = 1\n{STUDENT}")
    ways = client.get("/?format=json").json()["ways"]
    steps = {step["id"]: step["status"] for step in client.get("/plan?format=json").json()["tasks"]}
    assert {name: (one["id"], one["to"]) for name, one in ways.items()} == {
        "step1.passed": ("school.note", "Register and pay for Step 1"),
        "step2ck.passed": ("school.note", "Register and pay for Step 2 CK"),
        "clinical_skills": ("school.note", "Pathway application"),
        "communication_skills": ("oet.exam", ""),
        "degree.verified": ("degree", ""),
    }
    assert {steps[one["id"]] for one in ways.values()} == {"open"}
    page = without_abbr(client.get("/").content.decode())
    assert page.count("Comes first; later: Register and pay for Step 1") == 1
    assert page.count('href="/facts/school/0#sponsor_note"') == 1  # its form, once


def test_nothing_known_says_where_to_begin() -> None:
    assert said(Dossier()) == (
        "Not enough is known yet to say where you stand: begin with your school, your exams and your season.",
    )


def test_a_graduate_of_a_school_in_the_usa_needs_no_certification() -> None:
    assert "you are no IMG" in said(of('[[school]]\ncountry = "US"\ndegree_date = 2026-05-20\n'))[0]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("on", [ON, LATE, dt.date(2024, 1, 1), dt.date(2030, 6, 1)])
def test_the_sentence_neither_cheers_nor_hurts(path: Path, on: dt.date) -> None:
    first, *more = said(read(path), on)
    assert len(more) <= 3
    for text in (first, *more):
        assert text.endswith(".")
        assert not any(word in text.lower() for word in ("congratulations", "unfortunately", "!", "sorry", "%"))


def test_the_route_has_seven_stops_in_the_order_of_the_way() -> None:
    stops = route(check(person("amina"), ON), person("amina"))
    assert [(str(stop.title), stop.state) for stop in stops] == [
        ("School", "met"),
        ("Exams", "not_met"),
        ("Certification", "not_met"),
        ("Apply", "met"),
        ("Interviews", "ahead"),
        ("Rank", "ahead"),
        ("Match", "ahead"),
    ]


def test_what_is_behind_is_no_longer_ahead() -> None:
    """After Match Day the list that was not certified is missing, and what came out is in no field of the file."""
    after = route(check(person("amina"), dt.date(2027, 3, 20)), person("amina"))
    assert [stop.state for stop in after[4:]] == ["ahead", "not_met", "unknown"]
    unsent = of("season = 2027")
    assert route(check(unsent, ON), unsent)[3].state == "not_met"
    listed = of(
        'season = 2027\n[ranklist]\ncertified_at = 2027-02-20\n[[interview]]\nprogram = "x"\nstatus = "done"\n'
        "start = 2026-12-01T09:00:00"
    )
    assert [stop.state for stop in route(check(listed, LATE), listed)[4:6]] == ["met", "met"]


def test_every_stop_leads_to_a_page_that_has_its_place(client: Client) -> None:
    for stop in route(check(person("amina"), ON), person("amina")):
        page = client.get(f"/{stop.view}").content.decode()
        assert f'id="{stop.part}"' in page, stop


def test_apply_and_match_lead_to_the_pages_of_that_name() -> None:
    stops = route(check(person("amina"), ON), person("amina"))
    assert [(stops[at].view, stops[at].part) for at in (3, 6)] == [("apply", "main"), ("match", "main")]


def way(page: str, finding: str) -> str:
    """What stands at one finding of the core."""
    return page.partition(f"requirements#{finding}")[2].partition("</li>")[0]


def test_what_is_missing_has_its_way_on_right_there(client: Client) -> None:
    """The step that is at it now, whose turn it is, the form to tell it, and why."""
    page = without_abbr(client.get("/").content.decode())
    exam = way(page, "step2ck.passed")
    assert "Sit Step 2 CK</a> – it is your turn, on 18 December 2026" in exam
    assert 'name="task" value="step2ck.exam"' in exam
    assert "I have booked it, or sat it" in exam
    assert 'href="/requirements?open=step2ck.passed#step2ck.passed"' in exam
    assert 'class="ways"' not in way(page, "step1.passed")  # done: nothing to do there


def test_what_is_told_there_moves_today(client: Client, file: Path) -> None:
    given = fields_of(client.get("/").content) | {"task": "step2ck.exam", "day": "2027-01-20"}
    assert client.post("/plan/done", given).status_code == 302
    assert "on 20 January 2027" in way(client.get("/").content.decode(), "step2ck.passed")


def test_a_text_reminds_whoever_holds_a_step_with_facts_of_the_file_alone(client: Client) -> None:
    text = client.get("/?format=json").json()["ways"]["clinical_skills"]["nudge"]
    assert text == (
        "Dear colleagues,\n\n"
        "By my records this step has been with you since 2 October 2026 (51 days): Pathway accepted.\n"
        "Pathway: 3.\nApplied: 2 October 2026.\nAttested: 2 October 2026.\n"
        "For the Match of 2027 I need it by 24 February 2027.\n\n"
        "Is anything missing that I can send you? And when may I expect it to be done?\n\n"
        "Thank you for your help.\nAmina Yusuf"
    )
    assert "By my records this step" in client.get("/").content.decode()


def test_the_reminder_stands_wherever_a_step_waits_for_somebody_and_ends_with_a_name(
    client: Client, file: Path
) -> None:
    file.write_bytes(file.read_bytes().replace(b'name = "Amina Yusuf"\n', b""))
    waiting = [one for one in client.get("/?format=json").json()["next_steps"] if one["nudge"]]
    assert waiting
    assert all(one["nudge"]["text"].endswith("\n[your name]") and one["who"] != "you" for one in waiting)
    today, table = (client.get(path).content.decode() for path in ("/", "/plan"))
    for one in waiting:
        assert f'id="nudge-next-{one["id"]}"' in today
        assert table.count(f'id="nudge-{one["id"]}"') == 1
    ids = re.findall(r' id="(nudge-[^"]+)"', today)
    assert len(ids) == len(set(ids))


def test_nothing_is_in_the_way_of_somebody_of_whom_nothing_is_known(newcomer: Client) -> None:
    answer = newcomer.get("/?format=json").json()
    assert (answer["in_the_way"], answer["late_after_match"]) == ([], 0)
    page = newcomer.get("/").content.decode()
    assert "<ul><li>This can be told once something is known of you.</li></ul>" in page


def test_whoever_is_certified_is_asked_for_no_pathway() -> None:
    certified = of(f"season = 2028\n{SCHOOL}[certification]\ncertificate_issued = 2025-03-01\n")
    first = said(certified)[0]
    assert first.startswith("ECFMG has what it must confirm for Match 2028; certify your rank list before ")


def test_a_booked_oet_is_one_to_sit_and_no_more_to_book() -> None:
    booked = plan(of('season = 2028\n[[exam]]\nexam = "oet"\ndate = 2027-02-10\n'), ON)
    unbooked = plan(of("season = 2028\nexam = []\n"), ON)
    titles = [{step.task.id: step.task.title for step in one.tasks}["oet.exam"] for one in (booked, unbooked)]
    assert titles == ["Sit OET Medicine", "Book and sit OET Medicine"]


def test_before_an_estimated_day_reads_well_in_spanish() -> None:
    with translation.override("es"):
        first = said(person("mateo"))[0]
    assert "antes del 1 de marzo de 2028, aproximadamente (estimación)" in first


def held(text: str, task: str) -> Nudge | None:
    dossier = of(text)
    found = plan(dossier, ON)
    return nudge(next(step for step in found.tasks if step.task.id == task), found, dossier)


SCHOOL = '[[school]]\ncountry = "NP"\nname = "Small College"\ndegree_date = 2021-04-03\n'


def test_a_school_is_written_to_in_the_language_of_the_page_and_a_us_body_in_english() -> None:
    begun = (
        f"season = 2027\n{SCHOOL}[certification]\naccount_verified = 2026-06-01\napplication_submitted = 2026-09-01\n"
    )
    with translation.override("es"):
        school = held(begun, "credentials")
        body = held(f"{begun}credentials_verified = 2026-10-01\n", "application.approved")
    assert school
    assert body
    assert (school.language, body.language) == ("es", "en")
    assert "1 de septiembre de 2026" in school.text
    assert (
        "Application for ECFMG Certification submitted: 1 September 2026.\nMedical school: Small College." in body.text
    )
    assert "Degree given: 3 April 2021." in body.text


def test_a_score_that_is_waited_for_names_its_exam_day_and_registration() -> None:
    text = 'season = 2027\n[[exam]]\nexam = "step1"\napplied = 2026-08-02\ndate = 2026-11-02\n'
    found = held(text, "step1.score")
    assert found
    assert "Registered: 2 August 2026.\nExam day: 2 November 2026." in found.text


def test_nobody_is_reminded_of_what_is_ones_own_turn_or_has_not_begun() -> None:
    assert held("season = 2027", "nrmp.register") is None
    assert held("season = 2027", "credentials") is None


def test_where_nothing_bars_the_way_what_is_still_open_is_named(file: Path) -> None:
    """OET is missing and 2028 is far: that is not "nothing"."""
    file.write_bytes(
        b'schema = 1\nseason = 2028\n[[exam]]\nexam = "step1"\ndate = 2025-01-12\nresult = "pass"\n'
        b'[[exam]]\nexam = "step2ck"\ndate = 2026-04-03\nresult = "pass"\n'
    )
    page = without_abbr(visitor(seated(file)).get("/").content.decode())
    told = page.partition("What is in the way?")[2].partition("</ul>")[0]
    assert (
        "No rule and no date stands against you on this day. Still open: Clinical skills; Communication skills" in told
    )
    assert "Nothing that is known" not in page


def test_a_person_without_a_file_gets_no_forms_on_today(newcomer: Client) -> None:
    assert "/plan/done" not in newcomer.get("/").content.decode()


def test_dates_stand_on_both_clocks(client: Client) -> None:
    page = without_abbr(client.get("/").content.decode())
    assert "23:59 Eastern (05:59, 30 January 2027, Africa/Lagos)" in page
    assert "12:00 Eastern (18:00, Africa/Lagos)" in page


def test_the_money_says_what_is_paid_and_what_is_to_come(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "So far 287 dollars of this season" in page
    assert "still to come 70." in page
    assert client.get("/?format=json").json()["money"] == {"so_far_usd": 287, "to_come_usd": 70, "at_least": False}


def test_a_season_without_prices_says_that_nothing_is_known(file: Path) -> None:
    file.write_bytes(example("mateo"))
    assert "what is still to come is not known." in visitor(seated(file)).get("/").content.decode()


def test_a_contradiction_in_the_file_is_shown(client: Client, file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b"born = 1999-03-14", b"born = 2026-01-01"))
    assert "Something may be wrong" in client.get("/").content.decode()


def test_a_result_of_an_exam_still_to_come_is_doubted(client: Client, file: Path) -> None:
    """Whoever writes the file by hand gets no form that asks back."""
    file.write_bytes(file.read_bytes().replace(b"date = 2026-12-18", b'result = "pass"\ndate = 2026-12-18'))
    page = without_abbr(client.get("/").content.decode())
    assert "The Step 2 CK of 18 December 2026 has a result, and yet its day is still to come." in page
    assert "still to come." not in client.get("/", {"on": "2027-01-01"}).content.decode().partition("wrong")[0]


def test_an_application_that_can_lead_nowhere_is_told_with_its_price(
    client: Client, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATCHDAY_DATA", str(tmp_path / "none"))
    assert "does not take you" not in client.get("/").content.decode()
    monkeypatch.setenv("MATCHDAY_DATA", str(tmp_path))
    small_store(tmp_path).close()
    assert "does not take you" not in client.get("/").content.decode()
    file.write_bytes(file.read_bytes() + b'\n[[application]]\nprogram = "1002320C0"\nspecialty = "Pediatrics"\n')
    page = without_abbr(client.get("/").content.decode())
    assert "1 application goes to a program that does not take you: 11 dollars." in page
    assert client.get("/?format=json").json()["wasted"][0]["program"] == "1002320C0"


def test_a_specialty_that_nobody_knows_is_told_and_breaks_nothing(client: Client, file: Path) -> None:
    file.write_bytes(file.read_bytes() + b'\n[[application]]\nprogram = "x"\nspecialty = "Alchemy"\n')
    page = client.get("/").content.decode()
    assert "The price cannot be counted:" in page
    assert "Alchemy" in page
