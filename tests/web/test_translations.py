"""The pages in other languages: complete where they have to be, compiled, in step with the pages; no words left out."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from matchday.web.reasons import message_of
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


# Words of the code that are no words for people who choose a language: values of other rooms, names, what a program reads.
NO_WORDS = re.compile(
    r"takes you|not stated|does not|does not sponsor |OET Medicine|Central App|SELECT .*| FROM .*|Licence rules of .*| list entries|"
    r"This address is not served here\.|Open the address that `matchday serve` printed: .*|How to get into residency in the USA.*",
    re.S,
)
TRANSLATED = ("_", "lazy", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy")
PROBLEMS = ("InputProblem", "Conflict")
FILLING = ("12", "2026-11-22", "some words")


def words_in_code(node: ast.AST) -> Iterator[str]:
    """Texts of two words and more outside of gettext; of a problem, those that are in no message of reasons.txt."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id in TRANSLATED:
            return
        if node.func.id in PROBLEMS:
            given = [*node.args, *(one.value for one in node.keywords if one.arg in ("expected", "do"))]
            yield from (text for one in given if (text := ast.unparse(one)) and not _has_message(one))
            return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and _for_people(node.value):
        yield node.value
    for child in _without_docstring(node):
        yield from words_in_code(child)


def _for_people(text: str) -> bool:
    return bool(re.search(r"[A-Za-z]{2} [A-Za-z]{2}", text)) and "<" not in text and not NO_WORDS.fullmatch(text)


def _without_docstring(node: ast.AST) -> Iterator[ast.AST]:
    documented = isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None
    for child in ast.iter_child_nodes(node):
        if not (documented and isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)):
            yield child


def _has_message(node: ast.AST) -> bool:
    """Whether a text, made up with anything, fits a message; what is no text in this place is checked where it is made."""
    if isinstance(node, ast.Constant):
        return message_of(str(node.value)) is not None or not re.search("[a-z]{2} [a-z]{2}", str(node.value))
    if not isinstance(node, ast.JoinedStr):
        return True
    filled = ("".join(part.value if isinstance(part, ast.Constant) else one for part in node.values) for one in FILLING)
    return any(message_of(text) for text in filled)


# All but the start, which speaks in the terminal, before any page, and the letter to a program, which reads English.
CODE = sorted(file for file in WEB.rglob("*.py") if file.name not in ("serve.py", "letters.py"))


@pytest.mark.parametrize("file", CODE, ids=lambda path: str(path.relative_to(WEB)))
def test_no_code_of_the_pages_holds_words_that_cannot_be_translated(file: Path) -> None:
    assert list(words_in_code(ast.parse(file.read_text("utf-8")))) == []


def test_words_in_code_that_cannot_be_translated_are_found() -> None:
    source = """
def told(name):
    "A docstring is for programmers."
    raise InputProblem(f"{name} is somewhere else", expected="the day you read it", do=_("go there"))
    return "One moment please" if name else _("It is done")
"""
    assert list(words_in_code(ast.parse(source))) == ["f'{name} is somewhere else'", "One moment please"]


@pytest.mark.parametrize("script", sorted((WEB / "static").glob("*.js")), ids=lambda path: path.name)
def test_no_script_holds_words_for_people(script: Path) -> None:
    """Words come from the page, in its language; a script only shows them."""
    if script.name.startswith("htmx"):
        return
    code = re.sub(r"/\*.*?\*/|//[^\n]*", "", script.read_text("utf-8"), flags=re.S)
    texts = [text for _, text in re.findall(r"([\"'`])((?:(?!\1).)*)\1", code)]
    assert [
        text
        for text in texts
        if re.search("[A-Za-z]{2} [A-Za-z]{2}", text) and "<" not in text and text != "use strict"
    ] == []


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
        forms = (entry.msgid, entry.msgid_plural or entry.msgid)
        spared = {"%(n)s", "%(n)d"} if entry.msgid_plural else set()  # "one", "two" may be said in words
        allowed = [_places(form) - spared for form in forms]
        for text in said:
            assert _places(text) - spared in allowed, entry.msgid


def _places(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|%[sd]|\{\w+(?:![rs])?\}", text))
