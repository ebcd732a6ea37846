"""A PDF from outside is read in a process of its own: bounded, and what breaks it breaks nothing here."""

import io
import json
import resource
import sys
from typing import Any

import pytest

from matchday.terms import InputProblem
from matchday.web import apart
from tests.web.test_guide_page import pdf


def test_the_words_of_a_pdf_come_back() -> None:
    assert apart.text_of(pdf("Step 2 CS"), "guide.pdf").text.strip() == "Step 2 CS"


def test_a_reader_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 0)
    with pytest.raises(InputProblem, match="was stopped"):
        apart.text_of(pdf("x"), "guide.pdf")


def test_a_reader_that_breaks_is_told_as_a_problem_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(InputProblem, match="was stopped"):
        apart.text_of(pdf("x"), "guide.pdf")


def test_the_child_is_bounded_in_time_and_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    set_: list[tuple[int, tuple[int, int]]] = []
    monkeypatch.setattr(resource, "setrlimit", lambda what, most: set_.append((what, most)))
    said = child(monkeypatch, pdf("Step 2 CS"))
    assert said["text"].strip() == "Step 2 CS"
    assert set_ == [(resource.RLIMIT_AS, (512_000_000,) * 2), (resource.RLIMIT_CPU, (30, 30))]


def test_the_child_says_what_is_wrong_with_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "setrlimit", lambda *_: None)
    assert child(monkeypatch, b"%PDF-1.4 broken")["problem"]["what"] == "this PDF cannot be read"


def child(monkeypatch: pytest.MonkeyPatch, data: bytes) -> dict[str, Any]:
    """What the child would print for this input."""
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    monkeypatch.setattr(sys, "stdout", out)
    apart.main()
    said: dict[str, Any] = json.loads(out.getvalue())
    return said
