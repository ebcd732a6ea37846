"""Forms as a browser would send them: every field as the page holds it, before a person touches any."""

from html.parser import HTMLParser

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
