"""Any text in any field at every address of urls.py, one that is new among them: an answer, never a mistake of the program."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import matchday.web
from matchday.dossier.file import read
from tests.web.conftest import example, seated, visitor
from tests.web.filling import fields_of
from tests.web.small import use_small
from tests.web.test_fuzz_forms import texts
from tests.web.walk import addresses

EXAMPLES = 200 if os.environ.get("MATCHDAY_TEST_ALL") else 8
EVERY = dict(addresses())

# Every field that the code of the pages reads, found in the code, so that a new one cannot be forgotten.
READS = re.compile(r"""(?:POST|GET|FILES|sent|posted)(?:\.get|\.getlist)?[(\[]f?["']([a-z_-]+)""")
FIELDS = sorted(
    {
        name
        for file in Path(matchday.web.__file__).parent.rglob("*.py")
        for name in READS.findall(file.read_text("utf-8"))
    }
)
plausible = st.sampled_from(
    ["0", "1", "2027", "2026-12-18", "on", "list", "step2ck", "J-1", "A", "/", "Nigeria", "1500.5"]
)
uploads = st.sampled_from([b"", b"\0\1\2", b"PK\x03\x04", b"%PDF-1.4", b"a,b\n1", b'{"a": [', "é".encode("utf-16")])
names = st.sampled_from(["../../x.csv", "x.json", "x.xlsx", "x.pdf", "\u202e.md", "x" * 200])


@pytest.fixture
def anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A visitor over a copy of Amina's file and a small directory, both free to be spoilt."""
    use_small(tmp_path / "directory", monkeypatch)
    (tmp_path / "any.toml").write_bytes(example("amina"))
    return visitor(seated(tmp_path / "any.toml"))


def test_the_fields_are_found() -> None:
    assert {"back", "digest", "on", "token", "what", "budget", "list", "text", "file", "market", "currency"} <= set(
        FIELDS
    )


@pytest.mark.parametrize("name", EVERY)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(draws=st.data())
def test_any_text_in_any_field_at_any_address(
    anywhere: Client, tmp_path: Path, name: str, draws: st.DataObject
) -> None:
    """What the forms of the page hold, some of it typed over, and fields that belong elsewhere."""
    address, file = EVERY[name], tmp_path / "any.toml"
    sent: dict[str, Any] = dict(fields_of(anywhere.get(address).content))
    where = st.sampled_from(sorted({*sent, *FIELDS}))
    sent |= draws.draw(st.dictionaries(where, st.lists(texts | plausible, min_size=1, max_size=2), max_size=6))
    if draws.draw(st.booleans()):
        sent["digest"] = re.findall(r'name="digest" value="([0-9a-f]*)"', anywhere.get("/apply").content.decode())[:1]
    assert anywhere.post(address, sent).status_code < 500
    asked = draws.draw(st.dictionaries(st.sampled_from(FIELDS), texts | plausible, max_size=4))
    assert anywhere.get(address, asked).status_code < 500
    read(file)
    assert anywhere.get("/").status_code == 200


@pytest.mark.parametrize("name", ["guide", "match"])
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=uploads, called=names)
def test_any_file_in_any_form(anywhere: Client, name: str, content: bytes, called: str) -> None:
    fields = {
        "file": SimpleUploadedFile(called, content),
        "market": SimpleUploadedFile(called, content),
        "what": "file",
    }
    assert anywhere.post(EVERY[name], fields).status_code < 500
