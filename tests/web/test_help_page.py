"""Help: the documents as pages, links between them kept, nothing of raw HTML, short forms explained once."""

import zipfile
from pathlib import Path

import pytest
from django.test import Client

from matchday.web import docs


def test_every_document_is_listed_and_opens(client: Client) -> None:
    listed = client.get("/help/?format=json").json()["documents"]
    assert [one["place"] for one in listed][:2] == ["start/first-steps", "start/reading-an-answer"]
    assert {client.get(f"/help/{one['place']}").status_code for one in listed} == {200}


def test_links_between_documents_lead_to_pages_that_are_there(client: Client) -> None:
    page = client.get("/help/start/first-steps").content.decode()
    assert '<a href="/help/guide/offline">' in page
    assert ".md" not in page


@pytest.mark.parametrize("place", ["nothing", "../README", "guide/../../README", "guide", "/etc/passwd", "glossary.md"])
def test_what_is_no_document_is_not_found(client: Client, place: str) -> None:
    assert client.get(f"/help/{place}").status_code == 404


def test_raw_html_and_scripts_are_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "evil.md").write_text(
        "# T\n\n<script>alert(1)</script>\n\n[a](javascript:alert(1)) [b](https://elsewhere.example/) "
        '[c](evil.md) [d](other.md)\n\n<b onclick="x">n</b>\n'
    )
    monkeypatch.setattr(docs, "shelf", lambda: tmp_path)
    docs.documents.cache_clear()
    html = docs.page.__wrapped__("evil")
    docs.documents.cache_clear()
    assert "<script" not in html
    assert "<b " not in html
    assert 'href="javascript' not in html
    assert "elsewhere" not in html
    assert '<a href="/help/evil">c</a> d' in html


def test_the_first_use_of_a_short_form_is_explained_and_no_other() -> None:
    html = docs.explained("<p>NRMP and NRMP, <code>OET</code> OET, J-1, X-NRMP, SOAPY</p><svg><text>FSMB</text></svg>")
    assert html.count("<abbr") == 3
    assert html.startswith('<p><abbr title="National Resident Matching Program: runs the Match">NRMP</abbr> and NRMP, ')
    assert "<code>OET</code> <abbr" in html
    assert "<text>FSMB</text>" in html


def test_attributes_and_marked_words_are_left_alone() -> None:
    for html in ('<a title="NRMP">x</a>', "<mark>NRMP</mark>", "<button>NRMP</button>", "<p>a < b</p>", ""):
        assert docs.explained(html) == html


def test_the_glossary_gives_the_meanings() -> None:
    assert docs.glossary()["MyERAS"] == docs.glossary()["ERAS"]
    assert {"ECFMG", "J-1", "H-1B", "DS-2019", "IMG"} <= set(docs.abbreviations())
    assert "Pathway" not in docs.abbreviations()


def test_an_installed_package_brings_its_documents(tmp_path: Path) -> None:
    """The wheel holds docs inside the package, where shelf() looks first."""
    from hatchling.builders.wheel import WheelBuilder

    root = Path(docs.__file__).parents[3]
    (built,) = WheelBuilder(str(root)).build(directory=str(tmp_path), versions=["standard"])
    names = set(zipfile.ZipFile(built).namelist())
    assert {f"matchday/docs/{one.place}.md" for one in docs.documents()} <= names


def test_documents_inside_the_package_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs").mkdir()
    monkeypatch.setattr(docs.resources, "files", lambda _package: tmp_path)
    assert docs.shelf() == tmp_path / "docs"
