"""Pages that are called translated hold no English sentence but what was read so: sources, rules, names, codes."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

from matchday.web.frame import WHOLE
from tests.web.catalogues import LANGUAGES
from tests.web.conftest import example, seated, visitor
from tests.web.walk import addresses

# Two words in a row, the second without a capital letter: no name and no code.
SENTENCE = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")
# Official names stay as they are, beside the translation or alone.
OFFICIAL = re.compile(
    "Application for ECFMG Certification|Statement of Need|Pathways Revalidation|Letter Writer Portal|"
    "World Directory of Medical Schools|'[^']+'"
)
SPOKEN = ("title", "alt", "aria-label", "placeholder", "data-label")
VOID = ("meta", "link", "input", "br", "img", "progress", "circle", "line", "rect", "polyline", "path")
PEOPLE = ("amina", "jordan", "farid", "")


class _Spoken(HTMLParser):
    """What a reader of the language is told: all texts but those that are marked as English or as a name."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        foreign = self._foreign or given.get("lang") == "en" or tag in ("bdi", "code", "script", "style", "datalist")
        if not foreign:
            self.said += [value for name, value in attrs if name in SPOKEN and value]
        if tag not in VOID:
            self._open.append((tag, foreign))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    @property
    def _foreign(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def handle_data(self, data: str) -> None:
        if not self._foreign:
            self.said.append(data)


def english_in(page: str) -> list[str]:
    """The English sentences of a page that are not marked as such."""
    spoken = _Spoken()
    spoken.feed(page)
    return [" ".join(text.split()) for text in spoken.said if SENTENCE.search(OFFICIAL.sub("", " ".join(text.split())))]


def views() -> dict[str, str]:
    """The addresses of the pages that are called translated."""
    return {name: address for name, address in addresses() if name in WHOLE}


def test_every_page_that_is_called_translated_is_there() -> None:
    assert set(views()) == set(WHOLE)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("person", PEOPLE, ids=lambda name: name or "nobody yet")
def test_a_page_that_is_called_translated_is_so_for_everybody(
    person: str, language: str, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    client = visitor(seated(tmp_path / f"{person}.toml"))
    if person:
        (tmp_path / f"{person}.toml").write_bytes(example(person))
    english = {address: set(english_in(client.get(address).content.decode())) for address in views().values()}
    client.cookies["matchday-language"] = language
    for name, address in views().items():
        with subtests.test(name):
            found = english_in(client.get(address).content.decode())
            assert [text for text in found if language == "ar" or text in english[address]] == []


def test_an_english_sentence_is_found_where_nobody_marked_it() -> None:
    page = '<p title="Why it is so">Hola <bdi lang="en">of the rule</bdi> and this too<b> Step 1</b></p>'
    assert english_in(page) == ["Why it is so", "and this too"]


def broken(client: Client, file: Path) -> Iterator[tuple[str, HttpResponse]]:
    """Every kind of page that says what went wrong."""
    yield "a page that is not there", client.get("/nowhere")
    yield "a step without a day", client.post("/plan/done", {"task": "degree", "day": ""})
    yield "a number in words", client.post("/plan/days", {"task": "degree", "shortest": "ten"})
    yield "a day to come", client.post("/plan/done", {"task": "degree", "day": "2030-01-01"})
    file.write_text("schema = 1\nseason = ")
    yield "a file that cannot be read", client.get("/")


def test_what_went_wrong_is_told_in_the_language_of_the_page(
    client: Client, file: Path, subtests: pytest.Subtests
) -> None:
    client.cookies["matchday-language"] = "ar"  # whose words no English sentence can be mistaken for
    for what, answer in broken(client, file):
        with subtests.test(what):
            assert answer.status_code in (404, 409, 422)
            assert english_in(answer.content.decode()) == []
            assert '<html lang="ar" dir="rtl">' in answer.content.decode()


WHAT_IF = (
    "/?on=2027-03-18",
    "/plan?on=2027-03-18",
    "/plan?season=2035",
    "/requirements?on=2019-01-01",
    "/?on=2019-01-01",
)


def test_other_days_seasons_and_what_is_supposed_are_told_in_the_language_too(client: Client) -> None:
    client.cookies["matchday-language"] = "ar"
    client.post("/suppose", {"what": "step2ck", "day": "2026-12-20", "back": "/"})
    addresses = (*WHAT_IF, "/", "/requirements?show=way&open=all", "/plan")
    found = {address: english_in(client.get(address).content.decode()) for address in addresses}
    assert {address: texts for address, texts in found.items() if texts} == {}
