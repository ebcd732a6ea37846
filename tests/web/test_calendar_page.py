"""Calendar: the dates as stated and on one's own clock; what nobody found is listed as such."""

from pathlib import Path

from django.test import Client

from tests.web.conftest import example, seated, visitor


def test_both_clocks_stand_side_by_side(client: Client) -> None:
    page = client.get("/calendar").content.decode()
    assert (
        '<td data-label="Eastern">21:00</td><td data-label="Africa/Lagos">03:00<br><small>4 March 2027</small></td>'
        in page
    )
    assert client.get("/calendar?format=json").json()["zone"] == "Africa/Lagos"


def test_without_a_zone_only_eastern_time_is_shown_and_that_is_said(newcomer: Client) -> None:
    page = newcomer.get("/calendar").content.decode()
    assert "Your file names no time zone" in page
    assert "Africa" not in page


def test_dates_that_were_not_found_are_named(client: Client) -> None:
    answer = client.get("/calendar?format=json").json()
    page = client.get("/calendar").content.decode()
    titles = [event["title"] for event in answer["events"] if event["date"] is None and event["estimate"] is None]
    assert titles
    assert all(title in page.partition("Not found")[2] for title in titles)


def test_a_season_that_nobody_published_is_an_estimate_on_every_line(file: Path) -> None:
    file.write_bytes(example("mateo"))
    page = visitor(seated(file)).get("/calendar").content.decode()
    assert "do not rely on them" in page
    assert page.count("Estimate: ") >= 8


def test_the_file_for_a_calendar_holds_the_season(client: Client) -> None:
    answer = client.get("/calendar.ics", {"season": "2028"})
    assert answer["Content-Disposition"] == 'attachment; filename="match-2028.ics"'
    assert answer.content.startswith(b"BEGIN:VCALENDAR")
    assert b"Estimate: " in answer.content


def test_what_is_not_published_is_said_once_and_notes_are_of_the_language(client: Client) -> None:
    client.cookies["matchday-language"] = "es"
    assert "La hora es la costumbre de la" in client.get("/calendar").content.decode()
    later = client.get("/calendar", {"season": "2028"}).content.decode()
    assert "Not published." not in later
    assert "No publicado." not in later
    plan = client.get("/plan", {"season": "2028"}).content.decode()
    assert "estimación: " in plan
    assert "estimate: the day" not in plan
