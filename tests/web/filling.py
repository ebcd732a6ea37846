"""Forms as a browser would send them: every field as the page holds it, before a person touches any."""

from html.parser import HTMLParser

from django.http import HttpResponse
from django.test import Client

Sent = dict[str, list[str]]


class _Fields(HTMLParser):
    """Gathers the fields of the forms in <main>."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: Sent = {}
        self.main = False
        self._inside: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {key: value or "" for key, value in attrs}
        self.main = self.main or tag == "main"
        name = known.get("name", "")
        if tag == "option" and self._inside:
            if "selected" in known or not self.fields[self._inside]:
                self.fields[self._inside] = [known.get("value", "")]
        elif not self.main or not name:
            return
        elif tag == "input" and (known.get("type") not in ("checkbox", "radio") or "checked" in known):
            self.fields.setdefault(name, []).append(known.get("value", ""))
        elif tag in ("select", "textarea"):
            self._inside = name
            self.fields.setdefault(name, [])

    def handle_data(self, data: str) -> None:
        if self._inside and self.lasttag == "textarea":
            self.fields[self._inside].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("select", "textarea") and self._inside:
            if tag == "textarea":
                self.fields[self._inside] = ["".join(self.fields[self._inside]).removeprefix("\n")]
            self._inside = None


def fields_of(content: bytes) -> Sent:
    """What a browser would send from the forms in <main> of a page."""
    reader = _Fields()
    reader.feed(content.decode())
    return reader.fields


def filled(client: Client, address: str, **typed: str) -> Sent:
    """The form of a page with some fields typed over."""
    return fields_of(client.get(address).content) | {name.replace("__", "-"): [text] for name, text in typed.items()}


class _Cells(HTMLParser):
    """Gathers the cells of the table of both values."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[str] = []
        self._in = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "td":
            self.cells.append("")
        self._in = (tag in ("td", "strong") and self._in) or tag == "td"

    def handle_data(self, data: str) -> None:
        if self._in:
            self.cells[-1] += data.strip()

    def handle_endtag(self, tag: str) -> None:
        self._in = self._in and tag != "td"


def shown(page: HttpResponse) -> list[tuple[str, str]]:
    """The values that a page of both values shows: in the file now, and wanted."""
    reader = _Cells()
    reader.feed(page.content.decode())
    return list(zip(reader.cells[::2], reader.cells[1::2], strict=True))
