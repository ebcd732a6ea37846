"""The list of programs that take part in ERAS: flat CSV, or JSON in which each value is a list and tags follow the name."""

import re
from pathlib import Path

from matchday.directory.model import Reading, SourceKind
from matchday.directory.reading.files import problem
from matchday.directory.reading.lines import Lines
from matchday.directory.reading.places import split_place
from matchday.directory.reading.rows import Draft, need_identity, read_rows, reading_of
from matchday.directory.reading.tables import Table, open_table

KIND = SourceKind.ERAS
TAKE = [
    "acgme_code",
    "name",
    "institution",
    "city",
    "state",
    "location",
    "specialty",
    "specialty_code",
    "participation",
    "status",
    "flags",
    "website",
]

TAG = re.compile(r"(?:New Program|Osteopathic Recogni[sz]ed)!", re.I)


def likeness(opened: Table | Lines) -> int:
    """A column of ACGME codes and one that says who takes part."""
    if isinstance(opened, Lines) or "acgme_code" not in opened.header.meanings:
        return 0
    found = opened.header.meanings
    taking_part = any("participating" in " ".join(cells).casefold() for _, cells in opened.sample)
    return 70 if "participation" in found or ("status" in found and taking_part) else 0


def read(path: Path) -> Reading:
    """Programs with their codes, names, places and whether they take part."""
    table = open_table(path)
    if "acgme_code" not in table.header.meanings:
        raise problem(path, "no column holds ACGME codes", "10-digit codes", "check the file, or name another --source")
    drafts, whole = read_rows(table, KIND, TAKE, _finish)
    return reading_of(drafts, whole)


def _finish(draft: Draft) -> None:
    split_place(draft)
    _split_tags(draft)
    if "status" in draft.texts:
        draft.fields.setdefault("participation", draft.texts["status"])
    need_identity(draft, "acgme")


def _split_tags(draft: Draft) -> None:
    """Tags of the page that stuck to the name, such as `New Program!`, become flags."""
    name = draft.fields.get("name", "")
    if tags := TAG.findall(name):
        alone = TAG.sub("", name).strip()
        draft.say("name", name, "tags of the page stuck to it", alone)
        draft.fields["name"] = alone
        draft.fields["flags"] = "; ".join([*filter(None, [draft.fields.get("flags")]), *tags])
