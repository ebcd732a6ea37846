"""Today: the sentence, the seven stops, the dates on both clocks, what may be wrong, the money."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client

from matchday.dossier.file import loads, read
from matchday.dossier.model import Dossier
from matchday.plan.build import plan
from matchday.rules import check
from matchday.terms import Verdict
from matchday.web.route import route
from matchday.web.sentence import sentence
from tests.directory.small import small_store
from tests.strategies import EXAMPLES
from tests.web.conftest import example, seated, visitor
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
