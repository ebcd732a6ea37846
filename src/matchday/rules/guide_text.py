"""A guide as text: read from txt, md, html or pdf, cut into sentences, each place with its line in the file as given."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from io import BytesIO

from matchday.terms import InputProblem

# A PDF carries pictures and fonts beside its words; two million signs are a thousand pages.
LARGEST_FILE = 20_000_000
LARGEST_TEXT = 2_000_000
# A sentence without an end would make every guard and every pattern meaningless.
LONGEST_SENTENCE = 600

_BOUNDARY = re.compile(
    r"""(?<=[.!?])["')\]]*\s+(?=["'(\[]?[A-Z])   # the end of a sentence
      | ;\s
      | \n[ \t]*\n                                # a blank line
      | \n(?=[ \t]*(?:[-*•·#>|]|\d{1,2}[.)][ \t]))  # an item of a list, a heading, a row of a table
    """,
    re.VERBOSE,
)
# One character for one character, so that places stay places.
_PLAIN = str.maketrans(
    {chr(code): chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}
    | dict.fromkeys("\u2018\u2019\u02bc`", "'")
    | dict.fromkeys("\u201c\u201d", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
    | dict.fromkeys("\t\n\u00a0\u2007\u2009\u202f*_|#", " ")
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in plain small letters with single spaces; `start` is its place in the text as given."""

    plain: str
    raw: str
    start: int

    @property
    def first(self) -> int:
        """The place of its first word in the text as given."""
        signs = self.raw.translate(_PLAIN)
        return self.start + len(signs) - len(signs.lstrip(" "))


@dataclass(frozen=True, slots=True)
class GuideText:
    """A guide's text, and where its pieces stood: (place in the text, line in the file), in order."""

    text: str
    anchors: tuple[tuple[int, int], ...]

    @classmethod
    def plain(cls, text: str) -> "GuideText":
        """A text that is its own source: each line stands where it stands."""
        starts = [0, *(found.end() for found in re.finditer("\n", text))]
        return cls(text, tuple((start, line) for line, start in enumerate(starts, 1)))

    def line(self, place: int) -> int:
        """The line of a place, counted from 1 in the file as given."""
        start, line = self.anchors[bisect_right(self.anchors, (place, 1 << 60)) - 1]
        return line + self.text.count("\n", start, place)

    def sentences(self) -> Iterator[Sentence]:
        """The sentences in order; items of lists and rows of tables stand alone."""
        start = 0
        for found in _BOUNDARY.finditer(self.text):
            yield from self._pieces(start, found.start())
            start = found.end()
        yield from self._pieces(start, len(self.text))

    def _pieces(self, start: int, end: int) -> Iterator[Sentence]:
        while start < end:
            stop = end if end - start <= LONGEST_SENTENCE else self._cut(start)
            raw = self.text[start:stop]
            if plain := re.sub(" +", " ", raw.translate(_PLAIN)).strip(" "):
                yield Sentence(plain, raw, start)
            start = stop

    def _cut(self, start: int) -> int:
        found = max(
            self.text.rfind(" ", start + 1, start + LONGEST_SENTENCE),
            self.text.rfind("\n", start + 1, start + LONGEST_SENTENCE),
        )
        return found if found > start else start + LONGEST_SENTENCE


def from_bytes(data: bytes, file: str) -> GuideText:
    """The text of a guide; what is too large, binary or not UTF-8 is refused with what to do."""
    if len(data) > LARGEST_FILE:
        raise _too_large(file)
    if data.startswith(b"%PDF-"):
        return _from_pdf(data, file)
    if b"\x00" in data or data.startswith(b"PK\x03\x04"):
        raise InputProblem(
            "this is not text", expected="a txt, md, html or pdf file", do="save the guide as text or PDF", file=file
        )
    if len(data) > LARGEST_TEXT:
        raise _too_large(file)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputProblem(
            "the text is not UTF-8", expected="UTF-8", do="save it again with the encoding UTF-8", file=file, line=line
        ) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _from_html(text) if _is_html(text, file) else GuideText.plain(text)


def _too_large(file: str) -> InputProblem:
    return InputProblem(
        "the guide is too large",
        expected=f"at most {LARGEST_TEXT // 1_000_000} MB of text, or {LARGEST_FILE // 1_000_000} MB as PDF",
        do="cut it into parts",
        file=file,
    )


def _is_html(text: str, file: str) -> bool:
    return file.lower().endswith((".html", ".htm")) or bool(
        re.match(r"\s*(?:<!doctype html|<html)\b", text, re.IGNORECASE)
    )


class _Page(HTMLParser):
    """Gathers the words of a page; scripts and styles are left out, blocks are kept apart."""

    SILENT = frozenset({"script", "style", "template"})
    INLINE = re.compile(
        "a|abbr|b|bdi|bdo|cite|code|del|em|font|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|u|var"
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.anchors: list[tuple[int, int]] = [(0, 1)]
        self.length = 0
        self.silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a silent element, or begin a new block."""
        if tag in self.SILENT:
            self.silent = self.silent or tag
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close a silent element, or end a block."""
        if tag == self.silent:
            self.silent = ""
        self._break(tag)

    def _break(self, tag: str) -> None:
        if not self.INLINE.fullmatch(tag):
            self._add(" " if tag == "br" else "\n\n")

    def handle_data(self, data: str) -> None:
        """Keep the words, with the line where they stand."""
        if not self.silent:
            self.anchors.append((self.length, self.getpos()[0]))
            self._add(data)

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


def _from_html(text: str) -> GuideText:
    page = _Page()
    page.feed(text)
    page.close()
    return GuideText("".join(page.parts), tuple(page.anchors))


def _from_pdf(data: bytes, file: str) -> GuideText:
    import logging

    try:
        from pypdf import PdfReader
    except ImportError as error:
        raise InputProblem(
            "PDF files need the package pypdf", expected="pypdf", do="pip install 'matchday[files]'", file=file
        ) from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
    except Exception as error:
        # A broken PDF can fail in any way inside the reader; to the person who brought it, it is one and the same.
        raise InputProblem(
            "this PDF cannot be read", expected="a whole PDF without a password", do="save the guide as text", file=file
        ) from error
    if not text.strip():
        raise InputProblem(
            "this PDF holds no text",
            expected="a PDF with words in it",
            do="run text recognition on it first",
            file=file,
        )
    if len(text) > LARGEST_TEXT:
        raise _too_large(file)
    return GuideText.plain(text)
