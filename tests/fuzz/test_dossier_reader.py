"""Whatever bytes come, the reader gives a dossier or an InputProblem that names file and line, and never anything else."""

import json
import os
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from matchday.dossier.file import parse, read
from matchday.dossier.toml import dump_toml
from matchday.dossier.tree import to_tree
from matchday.terms import InputProblem
from tests.strategies import EXAMPLES, texts

# Longer at night: MATCHDAY_FUZZ=20000 make test
settings.register_profile("fuzz", max_examples=int(os.environ.get("MATCHDAY_FUZZ", "300")), deadline=None)
fuzz = settings.get_profile("fuzz")

CONTENTS = [path.read_bytes() for path in EXAMPLES]
NAMES = st.sampled_from(["my.toml", "my.json", "<stdin>"])
SCRAPS = st.sampled_from(
    [b"[", b"]", b"{", b"}", b'"', b"'", b'"""', b"=", b".", b",", b"#", b"\n", b"\0", b"\xff", b"\\", b"\\u0000", b":"]
) | st.binary(max_size=4)

leaves = st.none() | st.booleans() | st.integers() | st.floats() | texts | st.text() | st.dates() | st.datetimes()
values = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=5
)


def judge(content: bytes, name: str) -> None:
    """The promise of the reader."""
    problem = refusal(content, name)
    if problem:
        assert problem.file == name
        assert problem.line is not None
        assert 1 <= problem.line <= content.count(b"\n") + 1
        assert "\n" not in str(problem)


def refusal(content: bytes, name: str) -> InputProblem | None:
    """The problem of a content that cannot be read."""
    try:
        parse(content, name)
    except InputProblem as problem:
        return problem
    return None


@fuzz
@given(content=st.binary(max_size=200), name=NAMES)
@example(content=b"[" * 100_000, name="my.json")
@example(content=b"[" * 100_000, name="my.toml")
@example(content=b"a = " + b"{a = " * 10_000, name="my.toml")
@example(content=b"a." * 500_000 + b"a = 1", name="my.toml")
@example(content=b"[" + b"a . " * 500_000 + b"a]", name="my.toml")
@example(content=b"schema = 1\na = {" + b"'a'." * 50_000 + b"a = 1}", name="my.toml")
@example(content=b'{"schema": 1, "season": 1' + b"0" * 5000 + b"}", name="my.json")
@example(content=b"schema = 1\nseason = 0x" + b"f" * 5000, name="my.toml")
@example(content=b"schema = 1\n[[interview]]\nscores = {a = 1" + b"0" * 400 + b"}", name="my.toml")
def test_any_bytes(content: bytes, name: str) -> None:
    judge(content, name)


@fuzz
@given(data=st.data(), name=NAMES)
def test_an_example_with_a_few_bytes_changed(data: st.DataObject, name: str) -> None:
    content = bytearray(data.draw(st.sampled_from(CONTENTS)))
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        end = start + data.draw(st.integers(0, 6))
        content[start:end] = data.draw(SCRAPS)
    judge(bytes(content), name)


@fuzz
@given(data=st.data())
def test_an_example_with_any_value_in_any_place(data: st.DataObject) -> None:
    tree = to_tree(read(data.draw(st.sampled_from(EXAMPLES))))
    _put_somewhere(tree, data)
    judge(json.dumps(tree, default=lambda day: day.isoformat()).encode(), "my.json")
    try:
        content = dump_toml(tree).encode()
    except (TypeError, UnicodeEncodeError):
        return  # TOML has no null and no halves of characters
    judge(content, "my.toml")


def _put_somewhere(tree: Any, data: st.DataObject) -> None:
    """Put any value at some place of a tree, at any depth."""
    while True:
        key = data.draw(st.sampled_from(list(tree) if isinstance(tree, dict) else range(len(tree))))
        if isinstance(tree[key], dict | list) and tree[key] and data.draw(st.booleans()):
            tree = tree[key]
            continue
        tree[key] = data.draw(values)
        return
