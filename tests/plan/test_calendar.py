"""The dates of a season as stated, on other clocks, and as a calendar file that another library reads back."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest
import vobject
from click.testing import CliRunner, Result

from matchday.cli.calendar import calendar as command
from matchday.cli.calendar import show
from matchday.cli.plan import plan as plan_command
from matchday.plan.build import Plan
from matchday.plan.calendar import Calendar, Entry, calendar
from matchday.plan.ics import to_ics, write, write_plan
from matchday.plan.schedule import Scheduled
from matchday.plan.tasks import Duration, Task
from matchday.rules.seasons import season
from matchday.terms import InputProblem

ON = dt.date(2026, 11, 22)


def entry(found: Calendar, event: str) -> Entry:
    return next(entry for entry in found.entries if entry.event.id == event)


def local(event: str, zone: str) -> str:
    here = entry(calendar(2027, ON, zone=zone), event).local
    assert here is not None
    return f"{here:%Y-%m-%d %H:%M}"


# The US moves its clocks on 14 March 2027, between the rank list deadline and Match Week; these three places never do.
@pytest.mark.parametrize(
    ("zone", "deadline", "match_week"),
    [
        ("America/New_York", "2027-03-03 21:00", "2027-03-15 10:00"),
        ("Africa/Lagos", "2027-03-04 03:00", "2027-03-15 15:00"),
        ("Asia/Karachi", "2027-03-04 07:00", "2027-03-15 19:00"),
        ("Asia/Kathmandu", "2027-03-04 07:45", "2027-03-15 19:45"),
    ],
)
def test_hours_on_other_clocks_across_the_change_in_march(zone: str, deadline: str, match_week: str) -> None:
    assert local("nrmp_rol_certification_deadline", zone) == deadline
    assert local("match_week_status_and_soap_begin", zone) == match_week


def test_hours_on_both_sides_of_the_change_in_november() -> None:
    assert local("eras_programs_review_opens", "Africa/Lagos") == "2026-09-23 14:00"  # five hours ahead
    assert local("nrmp_standard_registration_deadline", "Africa/Lagos") == "2027-01-30 05:59"  # six


def test_a_day_without_an_hour_stays_that_day_everywhere() -> None:
    moved = entry(calendar(2027, ON, zone="Pacific/Auckland"), "lor_portal_migration")
    assert (moved.day, moved.local) == (dt.date(2026, 6, 1), None)


@pytest.mark.parametrize(
    ("on", "when", "left"),
    [
        (dt.date(2027, 1, 28), "next", 1),
        (dt.date(2027, 1, 29), "next", 0),
        (dt.date(2027, 1, 30), "past", -1),
        (dt.date(2026, 9, 1), "later", 150),
    ],
)
def test_a_deadline_is_next_until_its_day_is_over(on: dt.date, when: str, left: int) -> None:
    found = entry(calendar(2027, on), "nrmp_standard_registration_deadline")
    assert (found.when, found.days_left) == (when, left)


def test_dates_stand_in_order_and_those_not_found_last() -> None:
    found = calendar(2027, ON)
    days = [item.day for item in found.entries]
    known = [day for day in days if day]
    assert days == sorted(known) + [None] * 5
    assert set(found.not_found) == {
        "ecfmg_img_token_release",
        "residencycas_dates",
        "obgyn_universal_interview_release",
        "urology_universal_interview_release",
        "general_surgery_main_interview_release",
    }
    assert {item.when for item in found.entries if item.day is None} == {"not known"}


def test_one_date_as_json() -> None:
    found = calendar(2027, ON, zone="Asia/Kathmandu")
    assert entry(found, "nrmp_rol_certification_deadline").as_json() == {
        "id": "nrmp_rol_certification_deadline",
        "title": "Rank order lists must be certified",
        "body": "NRMP",
        "date": "2027-03-03",
        "time": "21:00",
        "zone": "America/New_York",
        "local_date": "2027-03-04",
        "local_time": "07:45",
        "when": "later",
        "days_left": 101,
        "estimate": None,
        "basis": "",
        "confidence": "medium",
        "source": "NRMP 2027 calendar as transcribed in public code (MissionMed Hub, version 2026-05-18); "
        "Public IMG roadmap data set, 2026 (public code)",
        "read_on": "2026-11-22",
        "note": "",
    }


def test_a_season_that_nobody_published_shows_estimates_and_no_dates() -> None:
    tree = calendar(2028, ON).as_json()
    assert (tree["season"], tree["based_on"]) == (2028, 2027)
    assert {item["date"] for item in tree["events"]} == {None}
    by_id = {item["id"]: item for item in tree["events"]}
    assert by_id["match_day"]["estimate"] == "2028-03-17"
    assert "not published yet" in by_id["match_day"]["basis"]
    assert set(tree["not_found"]) == set(by_id)


@pytest.mark.parametrize("name", ["Africa/Logos", "Lagos", "../etc/passwd", "", "Zzz/Qqq"])
def test_an_unknown_zone_is_refused(name: str) -> None:
    with pytest.raises(InputProblem, match="no time zone is called"):
        calendar(2027, ON, zone=name or " ")


def read_back(content: bytes) -> dict[str, vobject.base.Component]:
    book = vobject.readOne(content.decode())
    return {item.uid.value: item for item in book.vevent_list}


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026, 2027])
def test_another_library_reads_the_same_dates_back(year: int) -> None:
    events = read_back(to_ics(calendar(year, ON).entries, year, ON))
    stated = {e.id: e for e in season(year).events.values() if e.date}
    assert set(events) == {f"{year}-{event}@matchday" for event in stated}
    for event in stated.values():
        assert events[f"{year}-{event.id}@matchday"].dtstart.value == (event.instant or event.date)


def test_the_same_inputs_give_the_same_file_and_uids_outlive_a_change_of_date() -> None:
    entries = calendar(2027, ON).entries
    assert to_ics(entries, 2027, ON) == to_ics(entries, 2027, ON)
    estimates = read_back(to_ics(calendar(2028, ON).entries, 2028, ON))
    guess = estimates["2028-match_day@matchday"]
    assert guess.summary.value == "Estimate: Match Day (NRMP)"
    assert guess.status.value == "TENTATIVE"
    assert guess.dtstart.value == dt.date(2028, 3, 17)


def test_reminders_on_request() -> None:
    entries = calendar(2027, ON).entries
    assert not hasattr(read_back(to_ics(entries, 2027, ON))["2027-match_day@matchday"], "valarm")
    item = read_back(to_ics(entries, 2027, ON, alarm_days=7))["2027-match_day@matchday"]
    assert item.valarm.trigger.value == dt.timedelta(days=-7)


def step(task_id: str, status: str, latest: dt.date | None) -> Scheduled:
    task = Task(task_id, f"Do {task_id}", "school", (), Duration(1, 2, 3, "assumption"))
    return Scheduled(task, status, ON, dt.date(2026, 12, 1), None, latest, None, False)  # type: ignore[arg-type]


def test_a_plan_as_a_calendar_file_holds_the_season_and_the_latest_days_of_open_steps(tmp_path: Path) -> None:
    day = dt.date(2026, 12, 20)
    tasks = (step("a", "done", None), step("b", "waiting", day), step("c", "open", None))
    write_plan(Plan(ON, 2027, tasks, (), (), (), (), (), ()), tmp_path / "plan.ics")
    events = read_back((tmp_path / "plan.ics").read_bytes())
    assert {uid for uid in events if "-step-" in uid} == {"2027-step-b@matchday"}
    item = events["2027-step-b@matchday"]
    assert (item.summary.value, item.dtstart.value) == ("At the latest: Do b", day)
    assert item.description.value == "Earliest: 2026-12-01. Whose turn: school."
    assert "2027-match_day@matchday" in events


def test_the_plan_command_writes_its_calendar_file_once(tmp_path: Path) -> None:
    owner, file = tmp_path / "me.toml", tmp_path / "plan.ics"
    owner.write_text("schema = 1\nseason = 2027\n")
    result = CliRunner().invoke(plan_command, [str(owner), "--on", "2026-11-22", "--ics", str(file), "--json"])
    assert (result.exit_code, result.stderr) == (0, f"Wrote {file}\n")
    assert "2027-match_day@matchday" in read_back(file.read_bytes())


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match=r"nowhere/a\.ics: cannot be written"):
        write(tmp_path / "nowhere" / "a.ics", b"x")
    (tmp_path / "folder.ics").mkdir()
    with pytest.raises(InputProblem, match="no calendar stands there"):
        write(tmp_path / "folder.ics", b"x")
    write(tmp_path / "a.ics", b"BEGIN:VCALENDAR old")
    write(tmp_path / "a.ics", b"BEGIN:VCALENDAR new")
    assert (tmp_path / "a.ics").read_bytes() == b"BEGIN:VCALENDAR new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.ics", "folder.ics"]


def test_only_an_earlier_calendar_is_replaced_never_a_dossier(tmp_path: Path) -> None:
    dossier = tmp_path / "my.toml"
    dossier.write_text("schema = 1\n")
    with pytest.raises(InputProblem, match=r"my\.toml: something that is no calendar stands there"):
        write(dossier, b"BEGIN:VCALENDAR")
    assert dossier.read_text() == "schema = 1\n"


def test_a_link_stays_a_link_and_the_rights_of_a_calendar_stay(tmp_path: Path) -> None:
    calendar, link = tmp_path / "a.ics", tmp_path / "link.ics"
    write(calendar, b"BEGIN:VCALENDAR old")
    calendar.chmod(0o600)
    link.symlink_to(calendar)
    write(link, b"BEGIN:VCALENDAR new")
    assert link.is_symlink()
    assert (calendar.read_bytes(), calendar.stat().st_mode & 0o777) == (b"BEGIN:VCALENDAR new", 0o600)


def call(*args: str) -> Result:
    result = CliRunner().invoke(command, list(args))
    if isinstance(result.exception, InputProblem):
        raise result.exception
    return result


def test_the_page_fits_eighty_columns_and_shows_both_clocks_and_what_is_not_found() -> None:
    output = call("--season", "2027", "--on", "2026-11-22", "--zone", "Africa/Lagos").output
    assert max(map(len, output.splitlines())) <= 80
    text = " ".join(output.split())
    assert "3 Mar 2027 21:00 4 Mar, 03:00 Rank order lists must be" in text
    assert "29 Jan 2027 23:59 30 Jan, 05:59 Registration without the next" in text
    assert "Not found: ECFMG gives IMGs their ERAS token;" in text
    assert "read 22 November 2026" in text


def test_the_page_of_an_unpublished_season_says_estimate() -> None:
    output = call("--season", "2029", "--on", "2026-11-22").output
    assert "do not rely on them" in output
    assert "estimate: MyERAS opens" in output


def test_the_page_without_gaps_has_no_such_line(capsys: pytest.CaptureFixture[str]) -> None:
    found = calendar(2027, ON)
    show(replace(found, entries=tuple(item for item in found.entries if item.day)))
    assert "Not found" not in capsys.readouterr().out


def test_the_command_writes_json_and_a_calendar_file(tmp_path: Path) -> None:
    file = tmp_path / "dates.ics"
    result = call("--on", "2026-11-22", "--ics", str(file), "--alarm", "3", "--json")
    tree = json.loads(result.stdout)
    assert (tree["season"], tree["zone"]) == (2027, None)
    assert result.stderr == f"Wrote {file}\n"
    assert len(read_back(file.read_bytes())) == sum(item["date"] is not None for item in tree["events"])


@pytest.mark.parametrize(("on", "year"), [("2027-03-31", 2027), ("2027-04-01", 2028)])
def test_without_a_season_the_next_match_is_meant(on: str, year: int) -> None:
    assert json.loads(call("--on", on, "--json").stdout)["season"] == year
