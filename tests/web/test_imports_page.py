"""Upload: first looked at, then taken in whole or not at all, and undone; a wrong file does no harm."""

import re
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from matchday.directory.reading.files import MAX_FILE
from matchday.directory.store import Store
from matchday.web.incoming import Incoming
from matchday.web.views import import_acts
from matchday.web.work import Work
from tests.web.conftest import NOW
from tests.web.small import use_small
from tests.web.walk import without_abbr

SHEET = (Path(__file__).parents[1] / "samples/programs/spreadsheet.csv").read_bytes()


@pytest.fixture(autouse=True)
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_small(tmp_path / "small", monkeypatch)
    monkeypatch.setattr(import_acts, "PATIENCE", 60.0)  # as on a quick machine: short lists are answered at once


def sources() -> list[str]:
    with Store() as store:
        return [source.title for source in store.sources()]


def look(client: Client, content: bytes = SHEET, name: str = "mine.csv") -> Any:
    return client.post("/programs/import/check", {"file": SimpleUploadedFile(name, content)})


def token(answer: Any) -> str:
    found = re.search(r'name="token" value="([^"]+)"', answer.content.decode())
    assert found
    return found[1]


def test_looking_names_each_row_with_what_was_done_and_keeps_nothing(client: Client) -> None:
    answer = look(client)
    page = without_abbr(answer.content.decode())
    assert answer.status_code == 200
    assert "row not taken" in page
    assert "3 rows would be taken" in page
    assert "Nothing is kept yet." in page
    assert sources() == ["my list.xlsx", "invites.csv"]


def test_each_problem_says_what_was_expected_and_what_to_do(client: Client) -> None:
    sheet = b"Program,State,Positions,Years since graduation\nLantern Hospital,ZZ,8,ten\n,,4,2\n"
    page = without_abbr(look(client, sheet).content.decode())
    assert "state, two capital letters" in page
    assert "Mend it if you want it kept." in page
    assert "a program&#x27;s name, or its ACGME or NRMP code" in page
    assert "Mend it in your file and send the file again." in page


def test_the_day_of_a_withdrawal_is_taken_from_a_sheet_of_ones_own(client: Client) -> None:
    """Without its day a withdrawal that lies ahead would read as one that has happened."""
    sheet = b"Program,State,Accreditation status,Effective date\nLantern Hospital,NY,Voluntary Withdrawal,2027-06-30\n"
    client.post("/programs/import/confirm", {"token": token(look(client, sheet))})
    (line,) = client.get("/programs", {"q": "Lantern", "format": "json"}).json()["programs"]
    assert line["ending"] == "ending"


def test_a_confirmed_file_is_taken_in_as_it_was_looked_at_and_can_be_undone(client: Client) -> None:
    taken = client.post("/programs/import/confirm", {"token": token(look(client)), "as_of": "2026-10-01"})
    assert (taken.status_code, taken["Location"]) == (302, "/programs/import?done=3")
    assert "mine.csv was taken in: 3 programs" in client.get(taken["Location"]).content.decode()
    with Store() as store:
        newest = store.sources()[-1]
        assert (newest.title, str(newest.as_of), newest.entered_by) == ("mine.csv", "2026-10-01", "import")
    found = client.get("/programs", {"q": "Sable River", "format": "json"}).json()
    assert found["count"] == 1
    assert client.get(f"/program/{found['programs'][0]['handle']}").status_code == 200
    assert client.post("/programs/import/undo", {"source": "3"}).status_code == 302
    assert sources() == ["my list.xlsx", "invites.csv"]


def test_a_program_without_codes_goes_on_the_list_by_its_name(client: Client, file: Path) -> None:
    client.post("/programs/import/confirm", {"token": token(look(client))})
    handle = client.get("/programs", {"q": "Sable River", "format": "json"}).json()["programs"][0]["handle"]
    digest = client.get("/apply", {"format": "json"}) and re.search(
        r'name="digest" value="(\w+)"', client.get("/apply").content.decode()
    )
    assert digest
    client.post("/programs/keep", {"list": handle, "digest": digest[1]})
    mine = client.get("/apply", {"format": "json"}).json()["applications"][-1]
    assert (mine["program"], mine["name"]) == (handle, "Sable River University Hospital")
    assert mine["fit"]["verdict"] in ("takes you", "not stated", "does not")


def test_the_meaning_of_a_column_can_be_corrected_and_is_remembered(client: Client) -> None:
    sheet = b"Who,Where,Spec\nLantern Hospital,NY,IM\nSable Clinic,FL,FM\n"
    first = look(client, b"Program,State,Where to\nLantern Hospital,NY,Albany\nSable Clinic,FL,Tampa\n")
    again = client.post("/programs/import/check", {"token": token(first), "column-2": "city"})
    assert '<option value="city" selected>' in again.content.decode()
    client.post("/programs/import/confirm", {"token": token(again)})
    found = client.get("/programs", {"q": "Sable Clinic", "format": "json"}).json()["programs"]
    assert [line["city"] for line in found] == ["Tampa"]
    assert look(client, sheet).status_code in (200, 400)
    repeated = look(client, b"Program,State,Where to\nSable Clinic,FL,Miami\n")
    assert '<option value="city" selected>' in repeated.content.decode()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("list.xlsx", b"PK\x03\x04 broken", "damaged"),
        ("list.docx", b"hello", "save the list as CSV or XLSX"),
        ("empty.csv", b"", "empty"),
        ("poem.csv", b"roses,violets\nred,blue\n", "no line names columns"),
        ("photo.csv", b"\x89PNG\r\n\0\0\0", "binary data"),
        ("big.csv", b"x" * (MAX_FILE + 1), "at most 20 MB"),
        ("../../etc/passwd.exe", b"MZ", "passwd.exe"),
    ],
)
def test_a_wrong_file_is_told_by_its_name_and_nothing_is_taken(
    client: Client, name: str, content: bytes, told: str
) -> None:
    answer = look(client, content, name)
    page = without_abbr(answer.content.decode())
    assert answer.status_code == 400
    assert told in page
    assert "Nothing was taken in." in page
    assert "What would do:" in page
    assert gettempdir() not in page
    assert sources() == ["my list.xlsx", "invites.csv"]


def test_the_kind_of_list_can_be_said_and_what_to_do_speaks_of_the_page(client: Client) -> None:
    sent = {"file": SimpleUploadedFile("mine.csv", SHEET), "source": "eras"}
    page = without_abbr(client.post("/programs/import/check", sent).content.decode())
    assert 'role="alert"' in page
    unknown = without_abbr(look(client, b"Website,Status\nexample.org,open\n").content.decode())
    assert "choose the kind of list" in unknown
    assert "--" not in unknown.partition('role="alert"')[2].partition("</div>")[0]


def test_no_file_a_lost_upload_and_an_unknown_import_are_told(client: Client) -> None:
    for address, fields in (
        ("check", {}),
        ("check", {"token": "gone"}),
        ("confirm", {"token": "gone"}),
        ("undo", {"source": "99"}),
        ("undo", {"source": "nine"}),
    ):
        assert client.post(f"/programs/import/{address}", fields).status_code == 400, (address, fields)


def test_what_is_left_is_deleted(client: Client) -> None:
    waiting = token(look(client))
    assert client.post("/programs/import/leave", {"token": waiting}).status_code == 302
    assert client.post("/programs/import/confirm", {"token": waiting}).status_code == 400


def test_only_the_last_few_uploads_wait() -> None:
    incoming = Incoming()
    with Store() as store:
        kept = [incoming.put(SimpleUploadedFile(f"{n}.csv", SHEET)) for n in range(4)]
        tokens = [incoming.look(store, path, Work(path.name), NOW.date()) for path in kept]
    assert incoming.get(str(tokens[-1])).path.exists()
    with pytest.raises(Exception, match="not here any more"):
        incoming.get(str(tokens[0]))


def test_an_import_that_fails_midway_leaves_the_directory_as_it_was(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = token(look(client))
    before = client.get("/programs", {"format": "json"}).json()

    def broken(*_: object) -> int:
        raise OSError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "_derive", broken)
        with pytest.raises(OSError, match="no space"):
            client.post("/programs/import/confirm", {"token": waiting})
    assert client.get("/programs", {"format": "json"}).json() == before
    assert sources() == ["my list.xlsx", "invites.csv"]


def test_a_long_list_of_problems_is_cut_and_the_rest_counted(client: Client) -> None:
    rows = b"".join(b",,,\n" + f"Program {n},Nowhere {n},XX,\n".encode() for n in range(400))
    answer = look(client, b"Program,City,State,Visa\n" + rows)
    assert answer.status_code == 200
    assert "And more of these kinds" in answer.content.decode()
    assert len(answer.content) < 250_000


OWN = """program_code,name,specialty,city,state,track,quota,visa
1200511234,Lantern Hospital,Family Medicine,Miami,FL,categorical,8,J-1
1200511234,Lantern Hospital,Family Medicine,Miami,FL,categorical,nine,J-1
,Sable Clinic,Family Medicine,Lima,FL,categorical,-4,tourist
1401234567,Onyx Hospital,Internal Medicine,Tampa,FL,categorical,5,H-1B
"""


def test_a_count_without_a_season_is_read_as_positions_and_its_faults_are_named(client: Client) -> None:
    page = without_abbr(look(client, OWN.encode()).content.decode())
    assert '<option value="positions" selected>' in page
    assert '<option value="quota"' not in page
    assert "a column not taken" not in page
    assert "no number in it" in page
    assert "below 0" in page
    assert "names no visa that is known here" in page


def test_rows_of_one_program_are_counted_once_and_no_row_is_said_in_words(client: Client) -> None:
    page = without_abbr(look(client, OWN.encode()).content.decode())
    assert "4 rows would be taken: 3 programs and tracks; 1 row speaks of a program of another row" in page
    assert "no row would be left out" in page
    assert "0 row" not in page
    taken = client.post("/programs/import/confirm", {"token": token(look(client, OWN.encode()))})
    assert "mine.csv was taken in: 3 programs" in client.get(taken["Location"]).content.decode()


def test_faults_and_choices_are_said_in_the_language_of_the_page(client: Client) -> None:
    client.cookies["matchday-language"] = "es"
    page = without_abbr(look(client, OWN.encode()).content.decode())
    assert "no contiene ningún número" in page
    assert "se guardó palabra por palabra" in page
    assert ">plazas</option>" in page
    stray = without_abbr(look(client, b'Program,State\n"Lantern,NY\n').content.decode())
    assert "unas comillas se abren y no se cierran" in stray


def test_after_undoing_an_import_it_is_said(client: Client) -> None:
    client.post("/programs/import/confirm", {"token": token(look(client))})
    undone = client.post("/programs/import/undo", {"source": "3"}, follow=True)
    assert "The import was undone" in undone.content.decode()
