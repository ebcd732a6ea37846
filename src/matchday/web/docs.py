"""The documentation as pages: Markdown with raw HTML off, cleaned once more, links between documents kept."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

# The order of the shelves in Help, "" being the glossary; a folder that is not named stands last.
SHELVES = ("start", "guide", "", "reference", "science", "operate", "decisions")
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_HREF = re.compile(r'<a href="([^"#:]*?)(#[^"]*)?">(.*?)</a>', re.DOTALL)
TAGS = {
    *("a", "blockquote", "br", "code", "em", "h1", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "strong"),
    *("table", "tbody", "td", "th", "thead", "tr", "ul"),
}


@dataclass(frozen=True, slots=True)
class Document:
    """One document: its place below docs without the ending (`guide/money`), its title, its shelf ("" at the top)."""

    place: str
    title: str
    shelf: str


def shelf() -> Traversable:
    """The folder of the documentation: inside the installed package, else beside the source of a checkout."""
    inside = resources.files("matchday") / "docs"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "docs"


@cache
def documents() -> tuple[Document, ...]:
    """Every document, shelf by shelf, the first steps first."""
    found = [Document(place, _title(place), place.rpartition("/")[0]) for place in _walk(shelf(), "")]
    return tuple(sorted(found, key=_order))


def _walk(folder: Traversable, above: str) -> Iterator[str]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{above}{entry.name}/")
        elif entry.name.endswith(".md"):
            yield above + entry.name.removesuffix(".md")


def _order(document: Document) -> tuple[int, str]:
    shelf_ = document.shelf
    return (SHELVES.index(shelf_) if shelf_ in SHELVES else len(SHELVES), document.place)


def _title(place: str) -> str:
    found = _TITLE.search(text(place))
    return found.group(1).replace("`", "") if found else place


def text(place: str) -> str:
    """The Markdown of a document; KeyError when there is none. Only names from the walk are opened."""
    if place not in set(_walk(shelf(), "")):
        raise KeyError(place)
    return (shelf() / f"{place}.md").read_text("utf-8")


@cache
def page(place: str) -> str:
    """A document as clean HTML; KeyError when there is none."""
    import nh3
    from markdown_it import MarkdownIt

    raw = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image").render(text(place))
    clean = nh3.clean(raw, tags=TAGS, attributes={"a": {"href"}, "ol": {"start"}}, url_schemes=set(), link_rel=None)
    return _HREF.sub(lambda link: _link(place, *link.groups()), clean)


def _link(place: str, target: str, part: str | None, words: str) -> str:
    """A link to another document leads to its page; one that leaves the documentation keeps its words only."""
    wanted = (
        posixpath.normpath(posixpath.join(posixpath.dirname(place), target)).removesuffix(".md") if target else place
    )
    if wanted not in {document.place for document in documents()}:
        return words
    return f'<a href="/help/{wanted}{part or ""}">{words}</a>'


@cache
def glossary() -> dict[str, str]:
    """Each word of the glossary with its meaning."""
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", text("glossary"), re.MULTILINE)
    return {
        word.strip(): meaning
        for words, meaning in rows
        if words != "word" and set(words) != {"-"}
        for word in words.split(",")
    }


@cache
def abbreviations() -> dict[str, str]:
    """The short forms of the glossary, such as ECFMG or J-1."""
    return {
        word: meaning
        for word, meaning in glossary().items()
        if re.fullmatch(r"[A-Z]+(-?\d*[A-Z]?)*", word) and len(word) > 1
    }


# What is passed over whole because a mark-up of its own would be wrong or lost there; any other tag; a possible short form.
_PIECE = re.compile(
    r"<(svg|mark|code|pre|textarea|select|button|abbr|script|style|title)\b.*?</\1>"
    r"|<[^>]*>"
    r"|(?<![\w-])[A-Z][A-Z0-9-]+(?![\w-])",
    re.DOTALL,
)


def explained(html: str) -> str:
    """The page with the first use of each short form explained in place; the glossary is in English."""
    from django.utils.html import escape
    from django.utils.translation import get_language

    mark = "" if get_language() == "en" else ' lang="en"'
    waiting, parts, end = dict(abbreviations()), [], 0
    for piece in _PIECE.finditer(html):
        if meaning := waiting.pop(piece[0], None):
            parts += [html[end : piece.start()], f'<abbr{mark} title="{escape(meaning)}">{piece[0]}</abbr>']
            end = piece.end()
    return "".join((*parts, html[end:]))
