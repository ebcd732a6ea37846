"""Plan: the picture and the table say the same; what a person tells of a step goes into the file and moves the plan."""

import datetime as dt
from pathlib import Path

import pytest
from django.test import Client

from matchday.dossier.file import read
from matchday.dossier.keep import digest
from matchday.plan.build import plan
from matchday.web.deeds import DEEDS
from matchday.web.tags import hundred
from matchday.web.timeline import NEAR, timeline
from matchday.web.views.plan import rows_of
from tests.strategies import EXAMPLES
from tests.web.conftest import example, seated, visitor
from tests.web.walk import without_abbr

ON = dt.date(2026, 11, 22)


def tell(client: Client, file: Path, act: str, **given: object) -> int:
    return client.post(f"/plan/{act}", {"digest": digest(file.read_bytes()), **given}).status_code


def steps(client: Client) -> dict[str, dict[str, object]]:
    return {step["id"]: step for step in client.get("/plan?format=json").json()["tasks"]}


def test_every_open_step_stands_in_the_table_and_in_the_picture(client: Client) -> None:
    page = without_abbr(client.get("/plan").content.decode())
    still = {name: step for name, step in steps(client).items() if step["status"] != "done"}
    assert len(still) > 10
    for name, step in still.items():
        assert f'<tr id="{name}"' in page
        assert page.count(str(step["title"])[:40]) >= 2, name
    assert page.count('<rect class="bar"') == len(still)


def test_match_day_stands_and_is_never_late(client: Client) -> None:
    """What comes after it may be late; nobody can ask that it be sooner."""
    row = client.get("/plan").content.decode().partition('<tr id="match"')[2].partition("</tr>")[0]
    assert "19 March 2027" in row
    assert "late" not in row


def test_a_booked_day_has_no_length_to_change(client: Client) -> None:
    page = client.get("/plan").content.decode()
    tell = page.partition('<tr id="step2ck.exam"')[2].partition("<tr id=")[0]
    assert "/plan/done" in tell
    assert "/plan/days" not in tell


def test_a_chance_is_told_as_words_and_as_a_range_and_never_as_a_bare_percent(client: Client) -> None:
    page = client.get("/plan").content.decode()
    assert "Very likely" in page
    assert "Cannot be told" in page  # the start of training, with the visa: assumptions decide it
    assert "anything from 0 to " in page
    assert "What decides:" in page
    assert "%" not in page.partition("<svg width")[0]


def test_the_three_seasons_stand_in_one_line_each(client: Client) -> None:
    page = client.get("/plan").content.decode()
    assert [f'season={year}"' in page for year in (2028, 2029)] == [True, True]


def test_another_season_is_looked_at_without_saving_it(client: Client, file: Path) -> None:
    before = file.read_bytes()
    page = client.get("/plan", {"season": "2028"}).content.decode()
    assert "the way to Match 2028" in page
    assert "Back to 2027" in page
    assert client.get("/plan", {"season": "2028", "format": "json"}).json()["season"] == 2028
    assert file.read_bytes() == before


@pytest.mark.parametrize("season", ["x", "99999", "", "-1", "²"])
def test_a_season_that_is_none_is_left_aside(client: Client, season: str) -> None:
    assert client.get("/plan", {"season": season, "format": "json"}).json()["season"] == 2027


def test_aiming_at_another_season_is_written_down(client: Client, file: Path) -> None:
    assert tell(client, file, "aim", season=2028) == 302
    assert read(file).season == 2028


def test_an_exam_day_moves_the_plan(client: Client, file: Path) -> None:
    before = steps(client)["step2ck.score"]["earliest_finish"]
    assert tell(client, file, "done", task="step2ck.exam", day="2027-01-20") == 302
    moved = steps(client)
    assert moved["step2ck.exam"]["earliest_finish"] == "2027-01-20"
    assert moved["step2ck.score"]["earliest_finish"] == "2027-02-17"
    assert before == "2027-01-15"


def test_an_accepted_pathway_is_done(client: Client, file: Path) -> None:
    assert tell(client, file, "done", task="pathway.accepted", day="2026-11-20") == 302
    assert steps(client)["pathway.accepted"]["status"] == "done"


def test_a_result_needs_its_word(client: Client, file: Path) -> None:
    tell(client, file, "done", task="step2ck.exam", day="2026-11-10")
    before = file.read_bytes()
    assert tell(client, file, "done", task="step2ck.score", day="2026-11-20") == 422
    assert file.read_bytes() == before
    assert tell(client, file, "done", task="step2ck.score", day="2026-11-20", result="pass") == 302
    assert steps(client)["step2ck.score"]["status"] == "done"


@pytest.mark.parametrize(
    ("task", "day", "why"),
    [
        ("certificate", "2027-03-01", "still to come"),
        ("certificate", "yesterday", "the day is missing"),
        ("certificate", "", "the day is missing"),
        ("visa.issued", "2026-11-01", "has no day for"),
        ("no such step", "2026-11-01", "has no day for"),
        ("step1.score", "2026-11-01", "no exam waits"),
    ],
)
def test_what_cannot_be_is_told_and_not_written(client: Client, file: Path, task: str, day: str, why: str) -> None:
    before = file.read_bytes()
    given = {"digest": digest(before), "task": task, "day": day, "result": "pass"}
    answer = client.post("/plan/done", given)
    assert (answer.status_code, why in answer.content.decode()) == (422, True)
    assert file.read_bytes() == before


def test_every_step_with_a_day_can_be_told(file: Path) -> None:
    """Each of them changes the file and leaves one that can be read."""
    for name, deed in DEEDS.items():
        file.write_bytes(example("nadia"))
        client = visitor(seated(file))
        if name.startswith("pathway.") and name != "pathway.apply":
            assert tell(client, file, "done", task="pathway.apply", day="2026-10-01", result="6") == 302
        if name in ("step1.score", "step2ck.score", "oet.result"):
            assert tell(client, file, "done", task=f"{name.partition('.')[0]}.exam", day="2026-10-01") == 302
        if name == "apply":
            file.write_bytes(file.read_bytes() + b'\n[[application]]\nprogram = "x"\n')
        before = read(file)
        choice = deed.choices[0] if deed.choices else ""
        assert tell(client, file, "done", task=name, day="2026-11-02", result=choice) == 302, name
        assert read(file) != before, name


def test_a_step_is_told_of_a_file_that_has_no_list_yet(newcomer: Client, tmp_path: Path) -> None:
    file = tmp_path / "matchday.toml"
    for task, why in (("degree", "names no school"), ("pathway.accepted", "names no Pathway")):
        answer = newcomer.post("/plan/done", {"digest": "", "task": task, "day": "2026-11-01"})
        assert why in answer.content.decode()
    assert newcomer.post("/plan/done", {"digest": "", "task": "step1.register", "day": "2026-11-01"}).status_code == 302
    assert [one.applied for one in read(file).exam or ()] == [dt.date(2026, 11, 1)]


def test_own_days_take_the_place_of_the_assumption_and_can_be_taken_back(client: Client, file: Path) -> None:
    days = {"task": "state.licence", "shortest": "100", "usual": "120", "longest": "150.5"}
    assert tell(client, file, "days", **days) == 302
    assert steps(client)["state.licence"]["duration"]["basis"] == "dossier"
    assert "your own" in client.get("/plan").content.decode()
    assert tell(client, file, "days", **days, own="1") == 302
    assert steps(client)["state.licence"]["duration"]["basis"] == "assumption"


@pytest.mark.parametrize(
    "days", [("x", "1", "2"), ("3", "2", "1"), ("1", "2", "99999"), ("-1", "2", "3"), ("nan", "1", "2")]
)
def test_days_that_make_no_sense_are_refused(client: Client, file: Path, days: tuple[str, str, str]) -> None:
    before = file.read_bytes()
    named = dict(zip(("shortest", "usual", "longest"), days, strict=True))
    assert tell(client, file, "days", task="certificate", **named) == 422
    assert file.read_bytes() == before


def test_a_step_is_told_beside_a_change_made_by_hand(client: Client, file: Path) -> None:
    """The file was changed by hand, in another place, after the page was made: both changes stand, and it says so."""
    client.get("/plan")
    seen = digest(file.read_bytes())
    by_hand = file.read_bytes().replace(b"Amina Yusuf", b"Amina Y.")
    file.write_bytes(by_hand)
    answer = client.post("/plan/done", {"digest": seen, "task": "certificate", "day": "2026-11-01"})
    assert "Both changes are kept" in client.get(answer["Location"]).content.decode()
    now = read(file)
    assert (now.person.name, now.certification.certificate_issued) == ("Amina Y.", dt.date(2026, 11, 1))


def test_the_calendar_file_is_an_attachment_with_the_days(client: Client) -> None:
    answer = client.get("/plan.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    assert answer["Content-Disposition"] == 'attachment; filename="my-way-to-match-2027.ics"'
    assert b"At the latest: Register for the Match" in answer.content.replace(b"\r\n ", b"")


def test_a_person_without_a_file_sees_the_whole_way_and_no_forms(newcomer: Client) -> None:
    page = newcomer.get("/plan").content.decode()
    assert "Match Day" in page
    assert "/plan/done" not in page


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("on", [ON, dt.date(2019, 1, 1), dt.date(2027, 3, 20), dt.date(2031, 1, 1)])
def test_no_bar_leaves_the_picture_and_no_words_leave_a_phone(path: Path, on: dt.date) -> None:
    found = timeline(plan(read(path), on))
    for bar in found.bars:
        assert 0 <= bar.x <= 100
        assert bar.x + bar.width <= 100.01
        assert bar.slack_x + bar.slack_width <= 100.01
        assert all(len(line.text) <= 46 and line.y < bar.y + 16 for line in bar.lines)
        assert bar.y < found.height
    assert len(found.ticks) <= 6
    flags = found.flags
    assert not [(a, b) for a in flags for b in flags if a.number < b.number and a.y == b.y and abs(a.x - b.x) < NEAR]


@pytest.mark.parametrize("name", [path.stem for path in EXAMPLES])
def test_every_row_says_what_can_be_told_of_it_or_what_the_file_can_note(file: Path, name: str) -> None:
    """No summary promises "I did this" and holds nothing; each link leads to a form that has the field."""
    file.write_bytes(example(name))
    client = visitor(seated(file))
    rows = rows_of(plan(read(file), ON))
    assert rows
    for row in rows:
        if row.stands:
            continue
        assert row.deed or row.note, row.step.task.id
        page, _, place = row.url.partition("#")
        if page:
            found = client.get(page).content.decode()
            assert not place or f'id="{place}"' in found, row.url


def test_what_has_no_day_in_the_file_is_said_in_words(client: Client) -> None:
    page = client.get("/plan").content.decode()
    row = page.partition('<tr id="nrmp.register"')[2].partition("<tr id=")[0]
    assert "What I can note" in row
    assert "I did this" not in row
    assert "it counts as made once you note the day on which you certified your list" in row
    assert "/facts/ranklist#certified_at" in row


def test_all_applications_that_wait_are_sent_on_one_day(file: Path) -> None:
    file.write_bytes(
        b'schema = 1\nseason = 2027\n[[application]]\nprogram = "a"\nstatus = "listed"\n'
        b'[[application]]\nprogram = "b"\nsent = 2026-10-01\nstatus = "submitted"\n'
    )
    client = visitor(seated(file))
    assert tell(client, file, "done", task="apply", day="2026-11-20") == 302
    assert [(one.program, one.status, one.sent) for one in read(file).application or ()] == [
        ("a", "submitted", dt.date(2026, 11, 20)),
        ("b", "submitted", dt.date(2026, 10, 1)),
    ]
    assert tell(client, file, "done", task="apply", day="2026-11-20") == 422


@pytest.mark.parametrize(
    ("act", "task", "typed", "why"),
    [
        ("done", "certificate", {"day": "2027-03-01"}, "this day is still to come"),
        ("days", "oet.exam", {"shortest": "90", "usual": "70", "longest": "60"}, "are not in this order"),
        (
            "days",
            "certificate",
            {"shortest": "90", "usual": "", "longest": "60"},
            "one of the three numbers is missing",
        ),
        ("days", "certificate", {"shortest": "many", "usual": "70", "longest": "60"}, "is no number"),
    ],
)
def test_what_was_refused_stands_in_its_row_as_it_was_typed(
    act: str, task: str, typed: dict[str, str], why: str, file: Path
) -> None:
    file.write_bytes(example("nadia"))
    client = visitor(seated(file))
    answer = client.post(f"/plan/{act}", {"digest": digest(file.read_bytes()), "task": task, **typed})
    page = answer.content.decode()
    row = page.partition(f'<tr id="{task}"')[2].partition("<tr id=")[0]
    assert answer.status_code == 422
    assert "<details open>" in row
    assert why in row
    assert f'href="#{task}"' in page
    assert f"{task}:" not in page  # no name of the file
    for name, text in typed.items():
        assert (
            not text or f'name="{name}" inputmode="decimal" size="4" value="{text}"' in row or f'value="{text}"' in row
        )


def test_a_step_can_be_opened_by_its_address(client: Client) -> None:
    page = client.get("/plan?tell=certificate").content.decode()
    assert page.count("<details open>") == 1
    assert "<details open>" in page.partition('<tr id="certificate"')[2].partition("<tr id=")[0]


def test_what_is_only_inferred_says_from_what(file: Path) -> None:
    file.write_bytes(
        b'schema = 1\nseason = 2027\n[[school]]\ncountry = "NP"\n'
        b'[[exam]]\nexam = "step2ck"\ndate = 2026-04-03\nresult = "pass"\n'
    )
    page = without_abbr(visitor(seated(file)).get("/plan").content.decode())
    assert (
        "School confirms status and transcript <small>(must have been done, for this was: Sit Step 2 CK)</small>"
        in page
    )


AFTER = (
    'schema = 1\nseason = 2028\n[person]\ncitizenships = ["PE"]\nus_status = "none"\nvisa_wanted = ["J-1"]\n'
    '[[exam]]\nexam = "step1"\ndate = 2023-06-12\nresult = "pass"\n'
    '[[exam]]\nexam = "step2ck"\ndate = 2025-03-20\nresult = "pass"\nscore = 228\n'
)


def test_a_step_that_is_late_by_assumed_days_is_late_if_they_hold_and_today_says_so_calmly(
    client: Client, file: Path
) -> None:
    file.write_text(AFTER)
    row = without_abbr(client.get("/plan").content.decode()).partition('<tr id="visa.issued"')[2].partition("</tr>")[0]
    assert "14 days late if the assumed days hold" in row
    assert client.get("/?format=json").json()["late_after_match"] == 14
    page = without_abbr(client.get("/").content.decode())
    assert "the steps for visa and licence would end 14 days after training begins." in page
    own = AFTER + '[durations]\n"visa.issued" = [1, 2, 3]\n"j1.sponsorship" = [1, 2, 3]\n"need.statement" = [1, 2, 3]\n'
    file.write_text(own)
    assert client.get("/?format=json").json()["late_after_match"] == 0
    assert "After the Match:" not in client.get("/").content.decode()


def test_late_by_days_of_ones_own_is_late_without_an_if(client: Client, file: Path) -> None:
    days = '"visa.issued" = [90, 95, 99]\n"j1.sponsorship" = [30, 35, 40]\n"need.statement" = [30, 35, 40]\nentry = [1, 2, 3]\n'
    file.write_text(f"{AFTER}[durations]\n{days}")
    row = client.get("/plan").content.decode().partition('<tr id="visa.issued"')[2].partition("</tr>")[0]
    assert "days late</span>" in row


def test_the_season_and_its_date_tell_the_same_chance(client: Client, file: Path) -> None:
    """Where the assumed days decide, neither line pretends to know."""
    file.write_bytes(example("claire"))
    spread = client.get("/plan?format=json").json()["ranges"]["nrmp_rol_certification_deadline"]
    page = without_abbr(client.get("/plan").content.decode())
    dates, _, seasons = page.partition("Which season?")
    seasons = seasons.partition("</ul>")[0]
    assert "Cannot be told" in dates
    assert "cannot be told, for the assumed days decide. Ready to rank in 34 of 100 draws" in seasons
    assert f"in {hundred(spread['low'])} to {hundred(spread['high'])} if the assumed days err" in seasons
