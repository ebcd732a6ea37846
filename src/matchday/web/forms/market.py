"""What a person gives to try the match: a list for a made-up market, or a market as files."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from matchday.match.files import read_market, write_market
from matchday.match.made import LONGEST
from matchday.match.market import Market
from matchday.terms import InputProblem
from matchday.web.trial import Trial, begin

LARGEST = 1_000_000
MOST_ENTRIES = 20_000
LONGEST_NAME = 60
LARGEST_SEED = 9999
TABLES = ("programs.csv", "lists.csv", "applicants.csv", "couples.csv", "supplemental.csv", "reversions.csv")


def wanted(text: str) -> list[str]:
    """A list given as lines, best first. InputProblem for none, too many, too long or the same one twice."""
    names = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if not 1 <= len(names) <= LONGEST:
        raise InputProblem(
            _("the list has {n} programs").format(n=len(names)),
            expected=_("1 to {n} programs, one on each line").format(n=LONGEST),
            do=_("write the program you want most on the first line"),
        )
    for number, name in enumerate(names, 1):
        if len(name) > LONGEST_NAME:
            raise InputProblem(
                _("this name is too long"), expected=_("at most {n} letters").format(n=LONGEST_NAME),
                do=_("shorten it"), line=number,
            )  # fmt: skip
        if name in names[: number - 1]:
            raise InputProblem(
                _("{name} stands twice").format(name=name), expected=_("each program once"), do=_("take one out"),
                line=number,
            )  # fmt: skip
    return names


def seed(text: str) -> int:
    """The number of the made-up market; 1 for what is no number from 1 to 9999."""
    return int(text) if len(text) < 9 and text.isascii() and text.isdigit() and 1 <= int(text) <= LARGEST_SEED else 1


def uploaded(files: Sequence[UploadedFile[bytes]], applicant: str) -> Trial:
    """A trial in a market given as one JSON file, or as the CSV files of a folder. InputProblem for what is refused."""
    if not files:
        raise InputProblem(
            _("no file was chosen"),
            expected=_("a market: one JSON file, or programs.csv and lists.csv"),
            do=_("choose the files"),
        )
    if sum(file.size or 0 for file in files) > LARGEST:
        raise _too_large(f"{LARGEST // 1_000_000} MB")
    with tempfile.TemporaryDirectory() as folder:
        market, source = _read(Path(folder), files)
    if len(market.app_pref) + len(market.prog_pref) + len(market.cpl_p1) > MOST_ENTRIES:
        raise _too_large(f"{MOST_ENTRIES:,} list entries")
    if applicant not in market.applicants:
        some = ", ".join(list(market.applicants)[:12])
        raise InputProblem(
            _("there is no applicant {name!r} in this market").format(name=applicant[:LONGEST_NAME]),
            expected=_("one of: {some}").format(some=some),
            do=_("say which applicant you are"),
        )
    return begin(market, applicant, made=False, source=source)


def _read(folder: Path, files: Sequence[UploadedFile[bytes]]) -> tuple[Market, str]:
    """The market with plain arrays, and its JSON text."""
    place = folder
    for file in files:
        name = Path(file.name or "").name
        if len(files) == 1 and name.lower().endswith(".json"):
            name = "market.json"
            place = folder / name
        elif name not in TABLES:
            raise InputProblem(
                _("{name} is not a part of a market").format(name=name),
                expected=_("one JSON file, or some of {tables}").format(tables=", ".join(TABLES)),
                do=_("rename it or leave it out"),
            )
        (folder / name).write_bytes(file.read())
    plain = folder / "plain.json"
    try:
        write_market(read_market(place), plain)
        return read_market(plain), plain.read_text("utf-8")
    except InputProblem as problem:
        problem.file = Path(problem.file).name if problem.file else ""
        raise


def _too_large(most: str) -> InputProblem:
    return InputProblem(
        _("this market is too large for a page"),
        expected=_("at most {most}").format(most=most),
        do=_("use the command: matchday match run FILE"),
    )
