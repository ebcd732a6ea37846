"""Two tabs, or a hand edit, at the same time: the second writer is told, sees both values, loses nothing."""

import datetime as dt
from pathlib import Path

import pytest
from django.test import Client

from matchday.dossier.file import dumps, read
from matchday.dossier.model import Dossier, Exam, Licence
from matchday.web.desk import Desk
from tests.web.conftest import seated, visitor
from tests.web.filling import Sent, fields_of, filled


def exam(file: Path, at: int) -> Exam:
    exams = read(file).exam
    assert exams is not None
    return exams[at]


def two_tabs(client: Client, address: str, first: dict[str, str], second: dict[str, str]) -> tuple[Sent, Sent]:
    """The same form opened twice, then filled in differently."""
    one, other = filled(client, address, **first), filled(client, address, **second)
    return one, other


def test_the_second_tab_sees_both_values_and_nothing_is_written(client: Client, file: Path) -> None:
    one, other = two_tabs(client, "/facts/exam/1", {"date": "20 December 2026"}, {"date": "9 January 2027"})
    assert client.post("/facts/exam/1", one).status_code == 302
    before = file.read_bytes()
    told = client.post("/facts/exam/1", other)
    assert told.status_code == 409
    content = told.content.decode()
    assert "20 December 2026" in content
    assert "9 January 2027" in content
    assert file.read_bytes() == before


def test_the_second_writer_can_write_hers(client: Client, file: Path) -> None:
    one, other = two_tabs(
        client, "/facts/exam/1", {"date": "20 December 2026"}, {"date": "9 January 2027", "applied": ""}
    )
    client.post("/facts/exam/1", one)
    both = fields_of(client.post("/facts/exam/1", other).content)
    assert client.post("/facts/exam/1", both).status_code == 302
    assert exam(file, 1) == Exam(exam="step2ck", date=dt.date(2027, 1, 9))


def test_different_fields_of_one_entry_are_both_kept(client: Client, file: Path) -> None:
    one, other = two_tabs(client, "/facts/exam/1", {"result": "pending"}, {"applied": "15 September 2026"})
    client.post("/facts/exam/1", one)
    told = client.post("/facts/exam/1", other)
    assert "Both changes are kept" in client.get(told["Location"]).content.decode()
    assert (exam(file, 1).result, exam(file, 1).applied) == ("pending", dt.date(2026, 9, 15))


def test_a_third_writer_is_told_again(client: Client, file: Path) -> None:
    one, other = two_tabs(client, "/facts/person", {"name": "One"}, {"name": "Two"})
    client.post("/facts/person", one)
    both = fields_of(client.post("/facts/person", other).content)
    client.post("/facts/person", filled(client, "/facts/person", name="Three"))
    told = client.post("/facts/person", both)
    assert told.status_code == 409
    assert "Three" in told.content.decode()
    assert read(file).person.name == "Three"


def test_a_change_elsewhere_in_the_file_is_kept_beside_mine(client: Client, file: Path) -> None:
    """Nobody has to choose between facts that do not touch each other."""
    mine = filled(client, "/facts/exam/1", applied="15 September 2026")
    file.write_text(file.read_text().replace('name = "Amina Yusuf"', 'name = "Amina B. Yusuf"'))
    saved = client.post("/facts/exam/1", mine)
    assert "Both changes are kept" in client.get(saved["Location"]).content.decode()
    assert (exam(file, 1).applied, read(file).person.name) == (dt.date(2026, 9, 15), "Amina B. Yusuf")


def test_a_row_is_found_again_when_others_came_or_went_before_it(client: Client, file: Path) -> None:
    mine = filled(client, "/facts/exam/2", writing="360")
    loaded = fields_of(client.get("/facts/exam").content)["digest"]
    client.post("/facts/exam/0/remove", {"digest": loaded})
    assert client.post("/facts/exam/2", mine).status_code == 302
    assert [(one.exam, one.writing) for one in read(file).exam or ()] == [("step2ck", None), ("oet", 360)]


def test_a_row_that_was_removed_can_be_added_again(client: Client, file: Path) -> None:
    mine = filled(client, "/facts/licence/0", discipline="yes")
    loaded = fields_of(client.get("/facts/licence").content)["digest"]
    client.post("/facts/licence/0/remove", {"digest": loaded})
    told = client.post("/facts/licence/0", mine)
    assert (told.status_code, read(file).licence) == (409, ())
    assert "NG" in told.content.decode()
    assert client.post("/facts/licence/0", fields_of(told.content)).status_code == 302
    whole = Licence(country="NG", kind="training", from_=dt.date(2025, 8, 25), to=dt.date(2026, 8, 31), discipline=True)
    assert read(file).licence == (whole,)


def test_the_same_new_entry_sent_twice_is_added_once(client: Client, file: Path) -> None:
    mine = filled(client, "/facts/letter/new", writer="Dr. Made Up")
    assert [client.post("/facts/letter/new", mine).status_code for _ in range(2)] == [302, 302]
    assert [one.writer for one in read(file).letter or ()].count("Dr. Made Up") == 1


def test_two_tabs_can_add_different_entries(client: Client, file: Path) -> None:
    one, other = two_tabs(client, "/facts/letter/new", {"writer": "Dr. One"}, {"writer": "Dr. Two"})
    assert [client.post("/facts/letter/new", sent).status_code for sent in (one, other)] == [302, 302]
    assert [one.writer for one in read(file).letter or ()][-2:] == ["Dr. One", "Dr. Two"]


def test_a_row_that_was_changed_meanwhile_is_not_removed(client: Client, file: Path) -> None:
    """What would be lost is not what the person saw when she pressed the button."""
    loaded = fields_of(client.get("/facts/exam").content)["digest"]
    client.post("/facts/exam/0", filled(client, "/facts/exam/0", score="230"))
    before = file.read_bytes()
    told = client.post("/facts/exam/0/remove", {"digest": loaded})
    assert (told.status_code, file.read_bytes()) == (409, before)
    assert "this entry was changed or removed meanwhile" in told.content.decode()


def test_the_row_that_was_shown_is_removed_wherever_it_stands_now(client: Client, file: Path) -> None:
    loaded = fields_of(client.get("/facts/exam").content)["digest"]
    client.post("/facts/exam/0/remove", {"digest": loaded})
    client.post("/facts/exam/1/remove", {"digest": loaded})
    assert [one.exam for one in read(file).exam or ()] == ["oet"]


def test_a_hand_edit_between_look_and_save_is_not_lost(client: Client, file: Path) -> None:
    mine = filled(client, "/facts/preferences", budget_usd="3000")
    owner = read(file)
    file.write_text(dumps(owner).replace("budget_usd = 2000", "budget_usd = 2500"))
    told = client.post("/facts/preferences?format=json", mine)
    assert told.status_code == 409
    assert [(row["file"], row["yours"]) for row in told.json()["conflict"]] == [("2500", "3000")]
    assert read(file).preferences.budget_usd == 2500


def quicker(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else saves another name just before the next write."""
    write = Desk.write

    def after_another(self: Desk, dossier: Dossier, expected: str) -> str:
        monkeypatch.setattr(Desk, "write", write)
        file.write_text(file.read_text().replace("Amina Yusuf", "Quicker"))
        return write(self, dossier, expected)

    monkeypatch.setattr(Desk, "write", after_another)


def test_a_write_between_reading_and_writing_is_seen(
    client: Client, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = filled(client, "/facts/person", name="Mine")
    quicker(file, monkeypatch)
    told = client.post("/facts/person?format=json", mine)
    assert (told.status_code, read(file).person.name) == (409, "Quicker")
    assert [(row["file"], row["yours"]) for row in told.json()["conflict"]] == [("Quicker", "Mine")]


def test_a_start_answer_is_saved_beside_a_quicker_write(
    client: Client, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = filled(client, "/start/1", season="2028")
    quicker(file, monkeypatch)
    assert client.post("/start/1", mine).status_code == 302
    assert (read(file).season, read(file).person.name) == (2028, "Quicker")


def test_a_row_is_removed_beside_a_quicker_write(client: Client, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = fields_of(client.get("/facts/exam").content)["digest"]
    quicker(file, monkeypatch)
    told = client.post("/facts/exam/0/remove", {"digest": loaded})
    assert (told.status_code, len(read(file).exam or ()), read(file).person.name) == (302, 2, "Quicker")


def test_a_full_disk_is_told_wherever_something_is_saved(
    client: Client, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = filled(client, "/start/1", season="2028")
    loaded = fields_of(client.get("/facts/exam").content)["digest"]

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    before = file.read_bytes()
    for told in (client.post("/start/1", mine), client.post("/facts/exam/0/remove", {"digest": loaded})):
        assert told.status_code == 422
        assert "No space left on device" in told.content.decode()
    assert file.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_told_and_one_that_can_is_made(tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    for folder, status in (("new/deeper", 302), ("a file", 422)):
        client = visitor(seated(tmp_path / folder / "mine.toml"))
        told = client.post("/start/1", filled(client, "/start/1", season="2028"))
        assert told.status_code == status, told.content.decode()[-500:]
    assert read(tmp_path / "new/deeper/mine.toml").season == 2028
