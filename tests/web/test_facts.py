"""My facts: every part of the dossier can be seen, changed, added and removed; unknown is kept apart from none."""

import datetime as dt
import os
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings

from matchday.dossier.edit import SEVERAL
from matchday.dossier.file import dumps, read
from matchday.dossier.model import Dossier, Exam, Licence
from matchday.dossier.shape import table_of
from matchday.web.forms.entry import Entry
from matchday.web.forms.words import FIELDS, PARTS
from tests.strategies import dossiers
from tests.web.conftest import seated, visitor
from tests.web.filling import fields_of, filled

EXAMPLES = 100 if os.environ.get("MATCHDAY_TEST_ALL") else 6


def test_every_field_of_the_dossier_has_its_words() -> None:
    """A field added to the model must be given a name here; a name without a field is taken out."""
    assert set(PARTS) == set(table_of(Dossier).keys) - {"schema"}
    assert set(FIELDS) == {Entry(part).name(key) for part in PARTS for key in Entry(part).shapes}
    assert all(bool(PARTS[part].none) == (part in SEVERAL) for part in PARTS)


def test_a_score_and_a_result_are_saved(client: Client, file: Path) -> None:
    sent = filled(client, "/facts/exam/1", date="4 November 2026", result="pass", score="231 points")
    answer = client.post("/facts/exam/1", sent)
    assert (answer.status_code, answer["Location"]) == (302, "/changed")
    exams = read(file).exam
    assert exams is not None
    assert exams[1] == Exam(
        exam="step2ck", applied=dt.date(2026, 9, 14), date=dt.date(2026, 11, 4), result="pass", score=231
    )


def test_the_page_after_saving_says_what_moved(client: Client) -> None:
    sent = filled(client, "/facts/exam/1", date="4 November 2026", result="pass", score="231")
    client.post("/facts/exam/1", sent)
    told = client.get("/changed", {"format": "json"}).json()
    assert {fact["field"]: (fact["before"], fact["now"]) for fact in told["facts"]} == {
        "Day of the exam": ("18 December 2026", "4 November 2026"),
        "Result": ("", "passed"),
        "Score": ("", "231"),
    }
    moved = {one["id"]: (one["before"], one["now"]) for one in told["findings"]}
    assert moved["step2ck.passed"] == ("not_met", "met")
    assert any(one["before"] != one["now"] for one in told["chances"])
    assert "Step 2 CK passed" in client.get("/changed").content.decode()


@pytest.mark.parametrize("part", PARTS)
def test_a_form_sent_as_it_was_loaded_changes_nothing(client: Client, file: Path, part: str) -> None:
    before = file.read_bytes()
    assert client.post(f"/facts/{part}", filled(client, f"/facts/{part}")).status_code == 200
    assert file.read_bytes() == before


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(owner=dossiers())
def test_any_dossier_is_shown_and_sent_back_without_loss(tmp_path: Path, owner: Dossier) -> None:
    """Whatever a file can hold, its forms can be opened, and a form that nobody touched saves nothing."""
    file = tmp_path / "any.toml"
    file.write_text(dumps(owner), encoding="utf-8", newline="")
    client = visitor(seated(file))
    before = file.read_bytes()
    for part in PARTS:
        rows = len(getattr(owner, part) or ()) if part in SEVERAL else 0
        for address in [f"/facts/{part}", *(f"/facts/{part}/{at}" for at in range(rows))]:
            page = client.get(address)
            assert page.status_code == 200
            if part not in SEVERAL or address != f"/facts/{part}":
                assert client.post(address, fields_of(page.content)).status_code == 200, address
    assert file.read_bytes() == before


def test_only_what_is_touched_is_changed(client: Client, file: Path) -> None:
    """A form cannot show everything that a file can hold; what it does not show stays."""
    before = read(file)
    client.post("/facts/person", filled(client, "/facts/person", name="Amina B. Yusuf"))
    after = read(file)
    assert after.person.name == "Amina B. Yusuf"
    assert (after.person.citizenships, after.school, after.exam) == (
        before.person.citizenships,
        before.school,
        before.exam,
    )


def test_a_row_is_added_and_removed(client: Client, file: Path) -> None:
    client.post(
        "/facts/licence/new",
        filled(client, "/facts/licence/new", country="Ghana", kind="unsupervised", **{"from": "1 May 2026"}),
    )
    licences = read(file).licence
    assert licences is not None
    assert licences[1] == Licence(country="GH", kind="unsupervised", from_=dt.date(2026, 5, 1))
    loaded = fields_of(client.get("/facts/licence").content)["digest"][0]
    assert client.post("/facts/licence/1/remove", {"digest": loaded}).status_code == 302
    assert read(file).licence == licences[:1]


def test_none_is_not_the_same_as_not_known(client: Client, file: Path) -> None:
    def loaded() -> dict[str, str]:
        return {"digest": fields_of(client.get("/facts/interview").content)["digest"][0]}

    assert read(file).interview is None
    assert "Nothing is known here yet" in client.get("/facts/interview").content.decode()
    client.post("/facts/interview/none", loaded())
    assert read(file).interview == ()
    assert "You said: none" in client.get("/facts/interview").content.decode()
    client.post("/facts/interview/unknown", loaded())
    assert read(file).interview is None


def test_a_list_with_entries_is_not_lost_by_one_click(client: Client, file: Path) -> None:
    loaded = fields_of(client.get("/facts/exam").content)["digest"]
    before = file.read_bytes()
    assert [client.post(f"/facts/exam/{word}", {"digest": loaded}).status_code for word in ("none", "unknown")] == [
        422,
        422,
    ]
    assert file.read_bytes() == before


def test_none_inside_a_form_is_an_empty_list(client: Client, file: Path) -> None:
    client.post("/facts/preferences", filled(client, "/facts/preferences", states="", states__none="1"))
    assert read(file).preferences.states == ()
    client.post("/facts/preferences", {**filled(client, "/facts/preferences"), "states-none": []})
    assert read(file).preferences.states is None


WRONG = [
    ("exam/1", "score", "very good", "a whole number from 1 to 300"),
    ("exam/1", "score", "301", "a whole number from 1 to 300"),
    ("exam/1", "date", "31 February 2026", "a day such as 14 March 2026"),
    ("exam/1", "exam", "", "Choose one"),
    ("person", "citizenships", "Nigeria, Atlantis", "Write the country, such as Nepal."),
    ("person", "time_zone", "Mars", "such as Lagos, or your country"),
    ("school/0", "completion_letter", "perhaps", "or yes or no"),
    ("preferences", "states", "New York", "two capital letters"),
    ("preferences", "tiers", "just words", "a name, a colon"),
    ("couple", "pairs", "one two", "2 values"),
    ("durations", "durations", "step2ck.exam: 40, 20, 10", "not in order"),
]


@pytest.mark.parametrize(("page", "field", "text", "told"), WRONG)
def test_a_slip_is_told_at_its_field_and_nothing_typed_is_lost(
    client: Client, file: Path, page: str, field: str, text: str, told: str
) -> None:
    before = file.read_bytes()
    answer = client.post(f"/facts/{page}", filled(client, f"/facts/{page}", **{field: text}))
    assert answer.status_code == 422
    content = answer.content.decode()
    assert told in content[content.index(f'id="fault-{field}"') :][:400]
    assert [one for one in fields_of(answer.content)[field] if one] == ([text] if text else [])
    assert file.read_bytes() == before


def test_an_ambiguous_day_is_asked_back_and_the_choice_is_taken(client: Client, file: Path) -> None:
    asked = client.post("/facts/exam/1", filled(client, "/facts/exam/1", date="04/11/2026"))
    assert asked.status_code == 422
    assert "4 November 2026" in asked.content.decode()
    assert "11 April 2026" in asked.content.decode()
    client.post("/facts/exam/1", fields_of(asked.content) | {"date-meant": ["2026-04-11"]})
    exams = read(file).exam
    assert exams is not None
    assert exams[1].date == dt.date(2026, 4, 11)


def test_a_part_or_row_that_is_not_there_is_404(client: Client) -> None:
    for address in (
        "/facts/nothing",
        "/facts/schema",
        "/facts/exam/99",
        "/facts/person/0",
        "/facts/exam/99999999999999999999",
    ):
        assert client.get(address).status_code == 404, address


def test_a_new_person_begins_a_file_with_the_first_answer(newcomer: Client, tmp_path: Path) -> None:
    file = tmp_path / "matchday.toml"
    newcomer.get("/facts/season")
    assert not file.exists()
    newcomer.post("/facts/season", filled(newcomer, "/facts/season", season="2028"))
    assert read(file) == Dossier(season=2028)


def test_a_file_that_cannot_be_written_is_told_and_the_text_stays(
    client: Client, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    sent = filled(client, "/facts/person", name="Amina Z.")
    monkeypatch.setattr("os.fsync", full)
    before = file.read_bytes()
    answer = client.post("/facts/person", sent)
    assert answer.status_code == 422
    assert "No space left on device" in answer.content.decode()
    assert fields_of(answer.content)["name"] == ["Amina Z."]
    assert file.read_bytes() == before


def test_a_text_that_would_make_the_file_too_large_is_refused(client: Client, file: Path) -> None:
    before = file.read_bytes()
    answer = client.post("/facts/statement/0", filled(client, "/facts/statement/0", text="a" * 5_000_000))
    assert answer.status_code == 422
    assert "larger than 5 MB" in answer.content.decode()
    assert file.read_bytes() == before


def test_a_field_can_be_checked_before_saving(client: Client, file: Path) -> None:
    """What the page asks for as one types: the same words as on saving, and nothing is written."""
    before = file.read_bytes()
    sent = filled(client, "/facts/exam/1", score="very good", date="04/03/2027")
    told = client.post("/facts/exam/check", sent).json()["faults"]
    assert set(told) == {"score", "date"}
    assert "a whole number from 1 to 300" in told["score"][0]
    assert client.post("/facts/exam/check", filled(client, "/facts/exam/1", score="240")).json() == {"faults": {}}
    assert file.read_bytes() == before


def test_an_interview_without_a_zone_is_shown_as_it_stands(client: Client, file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"\n[[interview]]\nstart = 2027-01-11T09:00:00\n")
    assert "11 January 2027 09:00" in client.get("/facts/interview").content.decode()


@pytest.mark.parametrize(
    ("address", "typed", "at"),
    [
        ("/facts/exam/new", {"exam": "oet", "date": "12 January 2027", "result": "pass"}, "result"),
        ("/facts/exam/1", {"score": "241"}, "score"),
        ("/facts/exam/2", {"date": "12 January 2027"}, "date"),
    ],
)
def test_a_result_of_an_exam_still_to_come_is_asked_back(
    client: Client, file: Path, address: str, typed: dict[str, str], at: str
) -> None:
    before = file.read_bytes()
    answer = client.post(address, filled(client, address, **typed))
    assert answer.status_code == 422
    told = answer.content.decode().partition(f'id="fault-{at}">')[2].partition("</p>")[0]
    assert told == "The day of this exam is still to come, so that it has no result yet. Correct the day or the result."
    assert file.read_bytes() == before


def test_a_planned_exam_and_other_facts_of_it_are_saved(client: Client) -> None:
    assert client.post("/facts/exam/1", filled(client, "/facts/exam/1", date="9 January 2027")).status_code == 302
    assert client.post("/facts/exam/1", filled(client, "/facts/exam/1", result="pending")).status_code == 302


def test_an_exam_that_is_not_chosen_is_asked_for_at_its_field(client: Client, file: Path) -> None:
    answer = client.post("/facts/exam/new", filled(client, "/facts/exam/new", date="9 January 2026"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert '<p class="fault" id="fault-exam">Choose one.</p>' in page
    assert "exam[" not in page


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("medicina familiar", ("Family Medicine",)),
        ("طب باطني", ("Internal Medicine",)),
        ("family practice; Pediatría، psych", ("Family Medicine", "Pediatrics", "Psychiatry")),
        ("IM, Internal Medicine", ("Internal Medicine",)),
    ],
)
def test_a_specialty_is_known_by_its_usual_names_and_kept_by_the_official_one(
    client: Client, file: Path, typed: str, kept: tuple[str, ...]
) -> None:
    page = client.get("/facts/preferences").content.decode()
    assert '<datalist id="specialties-known">' in page
    assert '<option value="Family Medicine">' in page
    client.post("/facts/preferences", filled(client, "/facts/preferences", specialties=typed))
    assert read(file).preferences.specialties == kept


def test_an_unknown_specialty_is_asked_for_and_one_of_the_file_stays(client: Client, file: Path) -> None:
    file.write_text(file.read_text("utf-8").replace('"Internal Medicine", "Family Medicine"', '"Healing"'), "utf-8")
    assert read(file).preferences.specialties == ("Healing",)
    answer = client.post(
        "/facts/preferences", filled(client, "/facts/preferences") | {"specialties": ["Healing", "Familia Medicin"]}
    )
    assert (answer.status_code, read(file).preferences.specialties) == (422, ("Healing",))
    said = answer.content.decode()
    assert "We do not know the specialty &quot;Familia Medicin&quot;. Did you mean Family Medicine" in said
    client.post("/facts/preferences", filled(client, "/facts/preferences") | {"specialties": ["Healing", "Neuro", ""]})
    assert read(file).preferences.specialties == ("Healing", "Neurology")


def test_a_country_with_a_comma_in_its_name_is_one(client: Client, file: Path) -> None:
    client.post("/facts/person", filled(client, "/facts/person", citizenships="Congo, Republic (CG)"))
    assert read(file).person.citizenships == ("CG",)


def test_a_day_that_is_missing_is_asked_for_with_the_year_kept(client: Client) -> None:
    for text, told in (
        ("2022", "15 June 2022"),
        ("setiembre de 2021", "15 September 2021"),
        ("03/2020", "15 March 2020"),
    ):
        answer = client.post("/facts/school/0", filled(client, "/facts/school/0", degree_date=text))
        said = answer.content.decode()
        assert answer.status_code == 422
        assert f"Write a whole day, such as {told}." in said
        assert f'value="{text}"' in said


def test_what_a_field_expects_is_said_in_the_language_of_the_page(client: Client) -> None:
    sent = filled(client, "/facts/school/0", degree_date="pronto") | {"sponsor_note_to": ["nunca"]}
    said = client.post("/facts/school/0", sent, headers={"accept-language": "es"}).content.decode()
    assert "un día como 14 marzo 2026" in said
    assert "un número entero de 1900 a 2100 o actual" in said


@pytest.mark.parametrize("text", ["actual", "hasta hoy", "حتى الآن", "current"])
def test_current_is_understood_in_each_language(client: Client, file: Path, text: str) -> None:
    client.post("/facts/school/0", filled(client, "/facts/school/0", sponsor_note_to=text))
    assert read(file).school[0].sponsor_note_to == "current"


@pytest.mark.parametrize("text", ["1.500", "1 500", "1,500", "1500", "$1,500"])
def test_a_budget_is_read_with_its_thousands_apart_in_any_way(client: Client, file: Path, text: str) -> None:
    client.post("/facts/preferences", filled(client, "/facts/preferences", budget_usd=text))
    assert read(file).preferences.budget_usd == 1500
