"""A new person is led through ten questions at most; each can be skipped; the first answers come on the way."""

import datetime as dt
from pathlib import Path

import pytest
from django.test import Client

from matchday.dossier.file import read
from matchday.dossier.model import Dossier, Exam, School
from matchday.web.start import QUESTIONS
from tests.web.filling import fields_of, filled, shown

ANSWERS: dict[int, dict[str, str]] = {
    1: {"season": "2028"},
    2: {"citizenships": "Nigeria"},
    3: {"country": "Nigeria", "degree_date": "18 July 2025"},
    4: {"sponsor_note": "yes", "sponsor_note_from": "1998", "sponsor_note_to": "current"},
    5: {"step1-date": "19 November 2025", "step1-result": "pass"},
}


def answered(client: Client, numbers: list[int]) -> None:
    for number in numbers:
        sent = filled(client, f"/start/{number}") | {name: [text] for name, text in ANSWERS[number].items()}
        assert client.post(f"/start/{number}", sent).status_code == 302


def test_there_are_ten_questions_at_most_and_each_says_why(newcomer: Client) -> None:
    assert len(QUESTIONS) <= 10
    for number in range(1, len(QUESTIONS) + 1):
        page = newcomer.get(f"/start/{number}", {"format": "json"}).json()
        assert page["why"]
        assert f">{'Skip'}</a>" in newcomer.get(f"/start/{number}").content.decode()
    assert [newcomer.get(f"/start/{number}").status_code for number in (0, 11)] == [404, 404]


def test_skipping_everything_writes_nothing_and_ends_at_today(newcomer: Client, tmp_path: Path) -> None:
    for number in range(1, len(QUESTIONS) + 1):
        sent = filled(newcomer, f"/start/{number}")
        where = newcomer.post(f"/start/{number}", sent)["Location"]
    assert where == "/"
    assert list(tmp_path.iterdir()) == []
    assert "Ten short questions" in newcomer.get("/").content.decode()


def test_after_the_third_answer_there_is_a_first_finding(newcomer: Client) -> None:
    answered(newcomer, [1, 2])
    assert newcomer.get("/start/3", {"format": "json"}).json()["findings"] == []
    answered(newcomer, [3])
    found = newcomer.get("/start/4", {"format": "json"}).json()["findings"]
    assert ("img.status", "met") in [(one["id"], one["verdict"]) for one in found]


def test_the_answers_stand_in_the_file(newcomer: Client, tmp_path: Path) -> None:
    answered(newcomer, [1, 2, 3, 4, 5])
    owner = read(tmp_path / "matchday.toml")
    school = School(
        country="NG",
        degree_date=dt.date(2025, 7, 18),
        sponsor_note=True,
        sponsor_note_from=1998,
        sponsor_note_to="current",
    )
    step1 = Exam(exam="step1", date=dt.date(2025, 11, 19), result="pass")
    assert (owner.season, owner.person.citizenships, owner.school, owner.exam) == (2028, ("NG",), (school,), (step1,))


def test_a_failed_try_before_the_last_one_has_its_place(newcomer: Client, tmp_path: Path) -> None:
    """Both tries count, whichever is told first; the page shows each again where it was told."""
    told = {"step1-date": ["2024-05-20"], "step1-result": ["pass"],
            "step1-before-date": ["2023-11-06"], "step1-before-result": ["fail"]}  # fmt: skip
    newcomer.post("/start/5", filled(newcomer, "/start/5") | told)
    failed, passed = read(tmp_path / "matchday.toml").exam or ()
    assert (failed.result, failed.date) == ("fail", dt.date(2023, 11, 6))
    assert (passed.result, passed.date) == ("pass", dt.date(2024, 5, 20))
    shown = fields_of(newcomer.get("/start/5").content)
    assert (shown["step1-result"], shown["step1-before-result"]) == (["pass"], ["fail"])


def test_none_can_be_said_and_goes_on(newcomer: Client, tmp_path: Path) -> None:
    for number in (6, 7):
        answer = newcomer.post(f"/start/{number}", filled(newcomer, f"/start/{number}", none="1"))
        assert answer["Location"] == f"/start/{number + 1}"
    assert read(tmp_path / "matchday.toml") == Dossier(licence=(), pathway=())


def test_an_answer_given_before_is_shown_and_can_be_changed(newcomer: Client, tmp_path: Path) -> None:
    answered(newcomer, [5])
    assert fields_of(newcomer.get("/start/5").content)["step1-result"] == ["pass"]
    newcomer.post("/start/5", filled(newcomer, "/start/5") | {"step1-result": ["fail"]})
    assert [one.result for one in read(tmp_path / "matchday.toml").exam or ()] == ["fail"]


@pytest.mark.parametrize(
    ("number", "field", "text"), [(1, "season", "soon"), (2, "citizenships", "Atlantis"), (5, "step2ck-score", "high")]
)
def test_a_slip_is_told_at_its_field(newcomer: Client, tmp_path: Path, number: int, field: str, text: str) -> None:
    answer = newcomer.post(f"/start/{number}", filled(newcomer, f"/start/{number}") | {field: [text]})
    assert answer.status_code == 422
    assert f'id="fault-{field}"' in answer.content.decode()
    assert not (tmp_path / "matchday.toml").exists()


def test_a_question_open_in_two_tabs_loses_nothing(newcomer: Client, tmp_path: Path) -> None:
    one, other = (filled(newcomer, "/start/1", season=year) for year in ("2027", "2028"))
    newcomer.post("/start/1", one)
    told = newcomer.post("/start/1", other)
    assert told.status_code == 409
    assert ("2027", "2028") in shown(told)
    assert read(tmp_path / "matchday.toml").season == 2027
    assert newcomer.post("/start/1", fields_of(told.content))["Location"] == "/start/2"
    assert read(tmp_path / "matchday.toml").season == 2028
