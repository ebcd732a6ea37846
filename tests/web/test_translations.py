"""The pages in other languages: complete where they have to be, compiled, in step with the pages; no words left out."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.web.catalogues import LANGUAGES, LOCALE, WEB, catalogue, compiled, gathered, must_be_translated

TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
# Names and signs that are the same in every language.
NAMES = re.compile(
    r"Matchday|matchday guide FILE|JSON|TOML|ICS|CSV|USD|HTML|NGN|ZIP|ACGME|NRMP|XLSX|x\d+y\d+|[LMZ]\d+|[^\w]|\d|_"
)
# Words for people who read them: these attributes, and the text of the page.
SPOKEN = ("title", "alt", "aria-label", "placeholder", "data-label")


class _Words(HTMLParser):
    """The literal text of a template."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in SPOKEN and value]


def literal_words(source: str) -> list[str]:
    """Words in a template that no translation can reach."""
    source = re.sub(r"{% comment %}.*?{% endcomment %}|{#.*?#}", "", source, flags=re.S)
    source = re.sub(r"{% blocktranslate.*?{% endblocktranslate %}", "", source, flags=re.S)
    source = re.sub(r"{%.*?%}|{{.*?}}", "", source, flags=re.S)
    words = _Words()
    words.feed(source if "<" in source else f"<p {source}>")  # without a tag it is a piece of one
    return [text.strip() for text in words.found if NAMES.sub("", text)]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(WEB / "templates")))
def test_no_template_holds_words_that_cannot_be_translated(template: Path) -> None:
    assert literal_words(template.read_text("utf-8")) == []


def test_words_that_cannot_be_translated_are_found() -> None:
    source = '<p title="Why">{% translate "Today" %} and {{ name }}</p>{% blocktranslate %}So{% endblocktranslate %}'
    assert literal_words(source) == ["Why", "and"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_today_requirements_plan_and_the_frame_are_translated_whole(language: str) -> None:
    done = {(entry.msgid, entry.msgid_plural) for entry in catalogue(language) if entry.translated()}
    wanted = {(said.text, said.plural) for said, places in gathered().items() if must_be_translated(places)}
    assert sorted(wanted - done) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_holds_what_the_readable_one_says(language: str) -> None:
    assert (LOCALE / language / "LC_MESSAGES" / "django.mo").read_bytes() == compiled(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_to_fill_in_is_in_the_translation_too(language: str) -> None:
    """A lost `%(day)s` would lose a date; a new one would break the page."""
    for entry in catalogue(language).translated_entries():
        said = [entry.msgstr] if not entry.msgid_plural else list(entry.msgstr_plural.values())
        for text in said:
            wanted = _places(entry.msgid_plural or entry.msgid)
            spared = {"%(n)s"} if entry.msgid_plural else set()  # "one", "two" may be said in words
            assert _places(text) | spared == wanted | spared, entry.msgid


def _places(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|%[sd]|\{\w+(?:![rs])?\}", text))
