"""A person's own list of programs, in any columns: the meaning of each is guessed, shown, and remembered by the store.

The header may stand in row 2 or 3, under merged cells; the state may stand on the first row of its group only.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from matchday.directory.model import Reading, SourceKind
from matchday.directory.reading.columns import Header, guess
from matchday.directory.reading.files import problem
from matchday.directory.reading.lines import Lines
from matchday.directory.reading.places import split_place
from matchday.directory.reading.rows import Draft, need_identity, read_rows, reading_of
from matchday.directory.reading.tables import Table, carry_down, open_table
from matchday.directory.reading.values import yes_no
from matchday.directory.reading.visas import names_visa, read_visas

KIND = SourceKind.SPREADSHEET
PLACES = frozenset({"state", "city", "location", "specialty", "specialty_code", "acgme_code", "nrmp_code", "address"})
TYPED = frozenset(
    {
        *("visa", "visa_j1", "visa_h1b", "visa_f1", "img_share", "takes_img", "graduation_years_max", "attempts_max"),
        *("step1_min", "step2_min", "us_experience", "positions", "setting"),
    }
)
GENERAL = frozenset(
    {
        *("name", "institution", "track", "service", "service_soap", "participation", "website", "accreditation"),
        *("accreditation_date", "latitude", "longitude"),
    }
)
TAKE = TYPED | PLACES | GENERAL
NO_LIMIT = re.compile(r"(no|none|without)( limit| cut ?-?off| preference)?|any|unlimited", re.I)


def likeness(opened: Table | Lines) -> int:
    """A name with a place, a specialty or a code; columns that only a person types make it sure."""
    if isinstance(opened, Lines):
        return 0
    found = guess(opened.header, {}, opened.sample).meanings
    if not (found & {"name", "institution"} and found & PLACES) and not found & {"nrmp_code", "acgme_code"}:
        return 0
    typed = len(found & TYPED)
    return min(72 + 2 * typed, 88) if typed else 30


def read(path: Path, columns: Mapping[str, str] | None = None) -> Reading:
    """Programs as a person wrote them down; `columns` (header -> meaning) goes before what is guessed."""
    table = open_table(path)
    if strange := sorted(set(columns or {}) - set(table.header.texts)):
        raise problem(
            path, f"no column is called {' or '.join(map(repr, strange))}",
            "one of " + ", ".join(" ".join(text.split())[:80] for text in table.header.texts if text.strip()),
            "write the header as it stands in the file",
        )  # fmt: skip
    table = replace(table, header=_without_season(guess(table.header, columns or {}, table.sample)))
    if not likeness(table):
        raise problem(
            path, "no columns for a program and where it is", "a program's name beside its state, city, specialty or code",
            "name the columns in the first line, or say which is which with --column 'HEADER=name'",
        )  # fmt: skip
    drafts, whole = read_rows(carry_down(table), KIND, TAKE, finish_own)
    return reading_of(drafts, whole)


def _without_season(header: Header) -> Header:
    """The header with a count of positions that names no season as what a sheet of one's own can say."""
    known = set(header.columns.values())
    if known & {"season", "positions"}:
        return header
    return replace(header, columns={at: "positions" if one == "quota" else one for at, one in header.columns.items()})


def finish_own(draft: Draft) -> None:
    """Free text of a person's own cells: visas, limits, experience."""
    split_place(draft)
    _visas(draft)
    _share(draft)
    _limits(draft)
    _experience(draft)
    if "institution" in draft.fields:
        draft.fields.setdefault("name", draft.fields["institution"])
    need_identity(draft, "acgme", "nrmp", "name")


def _visas(draft: Draft) -> None:
    """One cell for all visas, or one for each; words that decide nothing are kept as they were written."""
    own = {name: draft.texts[name] for name in ("visa_j1", "visa_h1b", "visa_f1") if name in draft.texts}
    for name, text in own.items():
        if name not in draft.fields and (answer := read_visas(text).get(name)):  # "J1 only" in a column J1
            draft.fields[name] = answer
    said = read_visas(draft.texts["visa"]) if "visa" in draft.texts else {}
    if said and not names_visa(draft.texts["visa"]) and len(said) == 1:
        draft.say("visa", draft.texts["visa"], "names no visa that is known here", "kept word for word")
    undecided = {name: text for name, text in own.items() if name not in draft.fields}
    notes = [said.pop("visa_note", ""), *(f"{name}: {text}" for name, text in undecided.items())]
    said = {name: value for name, value in said.items() if name not in own}
    if any(notes):
        draft.fields["visa_note"] = "; ".join(note for note in notes if note)
    draft.fields.update(said)


def _share(draft: Draft) -> None:
    """A column "IMG" holds yes or no in one sheet and a percentage in the next."""
    text = draft.texts.get("takes_img", "")
    if re.fullmatch(r"\d{1,3}(\.\d+)?\s*%|\d{2,3}(\.\d+)?|0?\.\d+", text):
        number = float(text.rstrip("% "))
        if number > 100:
            draft.say("img_share", text, "not between 0 and 100 percent", "left out")
            return
        draft.fields.setdefault("img_share", f"{number * 100 if '%' not in text and number < 1 else number:g}")
        draft.fields.pop("takes_img", None)


def _limits(draft: Draft) -> None:
    """A limit that is no plain number keeps its words; "no limit" is a value of its own."""
    notes = {"graduation_years_max": "graduation_note", "attempts_max": "attempts_note"}
    for name, note in notes.items():
        text = draft.texts.get(name, "")
        if NO_LIMIT.fullmatch(text):
            draft.fields[name] = "none"
            draft.problems = [p for p in draft.problems if p.field != name]
        elif text and text != draft.fields.get(name):
            draft.fields[note] = text


def _experience(draft: Draft) -> None:
    """Experience in the USA: months where they are told, and yes, no, or the words."""
    if text := draft.texts.get("us_experience", ""):
        months = re.search(r"(\d{1,2})\s*\+?\s*(?:months?|mos?\b|m\b)", text, re.I) or re.fullmatch(r"(\d{1,2})", text)
        if months:
            draft.fields["us_experience_months"] = str(int(months[1]))
        if re.match(r"(not|none|no)\b", text, re.I):
            draft.fields["us_experience"] = "no"
            return
        draft.fields["us_experience"] = yes_no(text).text or ("yes" if months and int(months[1]) else text)
