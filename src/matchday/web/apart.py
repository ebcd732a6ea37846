"""A PDF from outside is read in a process of its own, with limits on time and memory; its words come back as text.

A file that breaks or exhausts its reader ends that process, never this one.
"""

import json
import subprocess
import sys

from matchday.rules.guide_text import LARGEST_FILE, GuideText, from_bytes
from matchday.terms import InputProblem

SECONDS = 30
MEMORY = 512_000_000
PDF = b"%PDF-"


def text_of(data: bytes, name: str) -> GuideText:
    """The text of a guide; a PDF is read apart. InputProblem for what is refused."""
    if not data.startswith(PDF) or len(data) > LARGEST_FILE:
        return from_bytes(data, name)
    try:
        child = subprocess.run(
            [sys.executable, "-m", "matchday.web.apart"], input=data, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as late:
        raise _stopped(name) from late
    if child.returncode != 0:
        raise _stopped(name)
    answer = json.loads(child.stdout)
    if "problem" in answer:
        raise InputProblem(**answer["problem"], file=name)
    return GuideText.plain(answer["text"])


def _stopped(name: str) -> InputProblem:
    return InputProblem(
        "reading this PDF was stopped",
        expected=f"a PDF that can be read in {SECONDS} s and {MEMORY / 1e6:.0f} MB",
        do="save the guide as text, or paste its words",
        file=name,
    )


def _limit() -> None:
    """Bound this process. Windows has no such limits; there the size checked before opening must do."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def main() -> None:
    """The child: a PDF on standard input, its text or the problem with it on standard output."""
    _limit()
    try:
        answer: dict[str, object] = {"text": from_bytes(sys.stdin.buffer.read(), "").text}
    except InputProblem as found:
        answer = {"problem": {name: getattr(found, name) for name in ("what", "expected", "do")}}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
