"""What if I pass Step 2 CK on ...? Every answer is given as if it were so; the file stays; one click goes back."""

import datetime as dt
from pathlib import Path

import pytest
from django.test import Client

from matchday.dossier.file import read
from matchday.dossier.model import Dossier
from matchday.terms import InputProblem
from matchday.web.suppose import WORDS, Supposition
from tests.web.conftest import NOW
from tests.web.filling import filled


def verdict(client: Client, name: str) -> str:
    findings = client.get("/requirements", {"format": "json"}).json()["findings"]
    return next(one["verdict"] for one in findings if one["id"] == name)


def test_the_answers_are_given_as_if_it_were_so_and_the_file_stays(client: Client, file: Path) -> None:
    before = file.read_bytes()
    assert verdict(client, "step2ck.passed") == "not_met"
    client.post("/suppose", {"what": "step2ck", "day": "2026-12-18", "back": "/requirements"})
    assert verdict(client, "step2ck.passed") == "met"
    assert file.read_bytes() == before


def test_every_page_says_that_it_is_a_what_if(client: Client) -> None:
    client.post("/suppose", {"what": "step2ck", "day": "2026-12-18", "back": "/"})
    for address in ("/", "/requirements", "/plan", "/facts"):
        content = client.get(address).content.decode()
        assert '<body class="what-if">' in content, address
        assert "what if I pass Step 2 CK on 18 December 2026" in content, address


def test_one_click_goes_back_to_what_is_so(client: Client) -> None:
    client.post("/suppose", {"what": "step2ck", "day": "2026-12-18", "back": "/"})
    assert client.post("/suppose/end", {"back": "/requirements"})["Location"] == "/requirements"
    assert verdict(client, "step2ck.passed") == "not_met"
    assert 'class="what-if"' not in client.get("/").content.decode()


def test_a_day_gone_by_keeps_the_day_of_the_answers(client: Client) -> None:
    client.post("/suppose", {"what": "certificate", "day": "2026-11-20", "back": "/"})
    assert verdict(client, "certificate") == "met"
    assert f"answers as of <strong>{NOW:%-d %B %Y}" in client.get("/").content.decode()


def test_saving_while_supposing_saves_only_what_is_so(client: Client, file: Path) -> None:
    exams = read(file).exam
    client.post("/suppose", {"what": "step2ck", "day": "2026-12-18", "back": "/"})
    client.post("/facts/person", filled(client, "/facts/person", name="Another Name"))
    assert (read(file).person.name, read(file).exam) == ("Another Name", exams)


@pytest.mark.parametrize(
    "sent", [{}, {"what": "step2ck"}, {"what": "moon", "day": "2026-12-18"}, {"what": "step1", "day": "x"}]
)
def test_a_supposition_without_sense_is_told(client: Client, sent: dict[str, str]) -> None:
    answer = client.post("/suppose", sent)
    assert answer.status_code == 409
    assert "This was not done" in answer.content.decode()


def test_what_it_would_happen_to_must_be_there() -> None:
    with pytest.raises(InputProblem, match="no Pathway"):
        Supposition("pathway", dt.date(2026, 12, 18)).applied(Dossier())


def test_a_supposition_whose_object_left_the_file_changes_nothing(client: Client, file: Path) -> None:
    client.post("/suppose", {"what": "pathway", "day": "2026-11-20", "back": "/"})
    assert verdict(client, "clinical_skills") == "met"
    text = file.read_text()
    file.write_text(text[: text.index("[[pathway]]")])
    assert verdict(client, "clinical_skills") == "unknown"


@pytest.mark.parametrize("what", WORDS)
def test_every_supposition_changes_a_made_up_dossier(desk: object, file: Path, what: str) -> None:
    owner = read(file)
    assert Supposition(what, dt.date(2026, 11, 1)).applied(owner) != owner
