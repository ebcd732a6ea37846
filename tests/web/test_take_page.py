"""Take it with you: every file opens in what reads it, nothing in it is run, and nothing is left out."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
import vobject
from django.test import Client

from matchday.dossier.file import parse, read
from matchday.dossier.model import Dossier
from matchday.web.parcel import ITEMS
from tests.strategies import EXAMPLES
from tests.web.conftest import example, seated, visitor


def rows(client: Client, name: str) -> list[dict[str, str]]:
    text = client.get(f"/take/{name}").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_every_file_is_an_attachment_and_every_link_works(client: Client) -> None:
    page = client.get("/take").content.decode()
    links = set(re.findall(r'href="(/take/[^"]+)"', page))
    assert {f"/take/{name}" for name in (*ITEMS, "matchday.html", "everything.zip")} | {"/take/print"} == links
    for link in links - {"/take/print"}:
        answer = client.get(link)
        assert answer.status_code == 200
        assert answer["Content-Disposition"] == f'attachment; filename="{link.removeprefix("/take/")}"'


def test_the_dossier_comes_as_it_lies_on_the_disk_and_as_json(client: Client, file: Path) -> None:
    assert client.get("/take/dossier.toml").content == file.read_bytes()
    assert parse(client.get("/take/dossier.json").content, "x.json") == read(file)


def test_a_dossier_kept_as_json_comes_as_toml_too(tmp_path: Path, client: Client, file: Path) -> None:
    kept = tmp_path / "me.json"
    kept.write_bytes(client.get("/take/dossier.json").content)
    assert parse(visitor(seated(kept)).get("/take/dossier.toml").content, "x.toml") == read(file)


def test_tables_hold_every_finding_every_step_and_every_application(client: Client) -> None:
    answers = json.loads(client.get("/take/answers.json").content)
    assert [row["id"] for row in rows(client, "findings.csv")] == [one["id"] for one in answers["check"]["findings"]]
    assert [row["id"] for row in rows(client, "plan.csv")] == [one["id"] for one in answers["plan"]["tasks"]]
    assert [row["program"] for row in rows(client, "applications.csv")] == ["9626140C0", "9619140C0"]
    assert rows(client, "applications.csv")[0]["letters"] == "Dr. Folake Ade"


def test_no_cell_begins_a_formula(client: Client, file: Path) -> None:
    file.write_bytes(file.read_bytes() + b'\n[[application]]\nprogram = "=1+1"\nnotes = "@cmd"\n')
    last = rows(client, "applications.csv")[-1]
    assert (last["program"], last["notes"]) == ("'=1+1", "'@cmd")


def test_calendar_files_are_read_by_another_library(client: Client) -> None:
    for name in ("plan.ics", "dates.ics"):
        book = vobject.readOne(client.get(f"/take/{name}").content.decode())
        assert len(book.vevent_list) > 5


def test_everything_comes_in_one_file_and_is_the_same_each_time(client: Client) -> None:
    both = [client.get("/take/everything.zip").content for _ in range(2)]
    assert both[0] == both[1]
    bundle = zipfile.ZipFile(io.BytesIO(both[0]))
    assert bundle.testzip() is None
    assert set(bundle.namelist()) == {f"matchday/{name}" for name in (*ITEMS, "matchday.html")}
    assert client.get("/take/everything.zip?on=1950-01-01").status_code == 200  # ZIP knows no year before 1980


def test_what_is_not_on_the_list_is_not_found(client: Client) -> None:
    for name in ("nothing.txt", "..", "amina.toml"):
        assert client.get(f"/take/{name}").status_code == 404


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_file_for_a_phone_asks_for_nothing_and_is_small(tmp_path: Path, path: Path) -> None:
    file = tmp_path / path.name
    file.write_bytes(path.read_bytes())
    page = visitor(seated(file)).get("/take/matchday.html").content.decode()
    assert len(page.encode()) < 300_000
    assert "<style>" in page
    assert not re.findall(r"<(?:script|link|img|iframe|form|input|button)", page)
    assert not re.findall(r'href="[^#]', page)  # nothing is there to follow
    assert not re.findall(r"""(?:src=|url\(|@import|https?://)""", page)
    assert "csrfmiddlewaretoken" not in page


def test_the_file_for_a_phone_holds_the_whole_plan(client: Client) -> None:
    page = client.get("/take/matchday.html").content.decode()
    answers = json.loads(client.get("/take/answers.json").content)
    for finding in answers["check"]["findings"]:
        assert finding["title"].split()[0] in page
    assert all(f'<tr id="{task["id"]}"' in page for task in answers["plan"]["tasks"] if task["status"] != "done")
    assert "Made on 22 November 2026" in page


def test_two_hundred_applications_with_long_names_fit(file: Path) -> None:
    many = "".join(
        f'\n[[application]]\nprogram = "{"Long program name " * 3}{number}"\nspecialty = "Internal Medicine"\n'
        for number in range(200)
    )
    file.write_bytes(example("amina") + many.encode())
    client = visitor(seated(file))
    assert len(rows(client, "applications.csv")) == 202
    assert len(client.get("/take/matchday.html").content) < 300_000
    assert len(client.get("/take/print").content) < 250_000


def test_a_person_without_a_file_takes_an_empty_dossier(newcomer: Client) -> None:
    assert parse(newcomer.get("/take/dossier.toml").content, "x.toml") == Dossier()
    assert newcomer.get("/take/everything.zip").status_code == 200
