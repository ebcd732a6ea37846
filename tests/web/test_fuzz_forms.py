"""Any text in any field of any form: an answer, never a mistake of the program, and never a damaged file."""

import os
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matchday.dossier.edit import SEVERAL
from matchday.dossier.file import read
from matchday.web.forms.words import PARTS
from matchday.web.start import QUESTIONS
from tests.web.conftest import example, seated, visitor
from tests.web.filling import fields_of

EXAMPLES = 200 if os.environ.get("MATCHDAY_TEST_ALL") else 12

# What people paste, and what breaks programs.
NASTY = (
    "14 March 2026", "03/04/2026", "2026-02-31", "9" * 400, "-1", "1e9", "NaN", "٢٣١", "none", "yes", "current", "\u2205", "100%", "%(text)s",
    "a: b: c", ":", ",", "[1, 2", "<script>alert(1)</script>", "{{ 7 }}", "{% now %}", "=1+1", "\x00", "\x1b[2J", "\r\n\r", "\u202e", "x" * 3000,
    "Nigeria (NG)", "NG, GB", "Africa/Lagos", "14 March 2026 25:61", "10, 20, 40", "step2ck.exam: 1, 2, 3", "1994-2003\n2008-2019",
)  # fmt: skip
texts = st.sampled_from(NASTY) | st.text(st.characters(exclude_categories=["Cs"]), max_size=30)

FORMS = [
    *(f"/facts/{part}" for part in PARTS if part not in SEVERAL),
    *(f"/facts/{part}/new" for part in PARTS if part in SEVERAL),
    *(f"/facts/{part}/0" for part in ("school", "exam", "letter", "application")),
    *(f"/start/{number}" for number in range(1, len(QUESTIONS) + 1)),
]


@pytest.mark.parametrize("address", FORMS)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(draws=st.data())
def test_any_text_in_any_field(tmp_path: Path, address: str, draws: st.DataObject) -> None:
    file = tmp_path / "any.toml"
    file.write_bytes(example("amina"))
    client = visitor(seated(file))
    sent = fields_of(client.get(address).content)
    for name in draws.draw(st.lists(st.sampled_from(sorted(sent)), min_size=1, max_size=3, unique=True)):
        sent[name] = draws.draw(st.lists(texts, min_size=1, max_size=2))
    answer = client.post(address, sent)
    assert answer.status_code in (200, 302, 409, 422)
    if answer.status_code != 302:
        assert file.read_bytes() == example("amina")
        assert "<script>alert" not in answer.content.decode()
    read(file)
    assert client.get("/changed").status_code == 200


@pytest.mark.parametrize("address", ["/day", "/suppose", "/suppose/end", "/undo", "/redo", "/facts/letter/none"])
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=st.dictionaries(st.sampled_from(["on", "back", "what", "day", "version", "digest"]), texts))
def test_any_text_in_any_act(client: Client, address: str, sent: dict[str, str]) -> None:
    answer = client.post(address, sent)
    assert answer.status_code in (302, 409, 422)
    if answer.status_code == 302:
        assert answer["Location"].startswith("/")
        assert not answer["Location"].startswith("//")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe=\x00&%%%=%zz", "application/x-www-form-urlencoded"),
        (b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nhalf', "multipart/form-data; boundary=x"),
        (b"no boundary", "multipart/form-data"),
        (b'{"name": 1}', "application/json"),
        (b"&".join(b"a%d=1" % number for number in range(2_500)), "application/x-www-form-urlencoded"),
    ],
)
def test_a_body_that_is_no_form_is_refused_or_ignored(client: Client, file: Path, body: bytes, kind: str) -> None:
    before = file.read_bytes()
    answer = client.generic("POST", "/facts/person", body, content_type=kind)
    assert answer.status_code in (200, 400, 409, 422)
    assert file.read_bytes() == before
