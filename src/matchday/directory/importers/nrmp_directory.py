"""The public directory of the NRMP, and its code list: one row for each track, with the service to apply through."""

from dataclasses import replace
from pathlib import Path

from matchday.directory.model import Problem, Reading, SourceKind
from matchday.directory.reading.files import problem
from matchday.directory.reading.institutions import check_institutions, state_by_suffix
from matchday.directory.reading.lines import Lines
from matchday.directory.reading.places import split_place
from matchday.directory.reading.rows import Draft, need_identity, read_rows, reading_of
from matchday.directory.reading.tables import Table, open_table

KIND = SourceKind.NRMP_DIRECTORY
TAKE = [
    "nrmp_code",
    "acgme_code",
    "name",
    "institution",
    "institution_code",
    "city",
    "state",
    "location",
    "specialty",
    "specialty_code",
    "track",
    "service",
    "service_soap",
    "website",
    "season_first",
    "season_last",
]


def likeness(opened: Table | Lines) -> int:
    """A column of NRMP codes and no counts."""
    if isinstance(opened, Lines) or "nrmp_code" not in opened.header.meanings:
        return 0
    found = opened.header.meanings
    return (
        65 if found & {"service", "service_soap"} else 45 if found & {"institution", "city", "institution_code"} else 0
    )


def read(path: Path) -> Reading:
    """Tracks with both codes, institution, place and application services."""
    table = open_table(path)
    if "nrmp_code" not in table.header.meanings:
        raise problem(
            path, "no column holds NRMP codes", "codes such as 1000140C0", "check the file, or name another --source"
        )
    drafts, whole = read_rows(table, KIND, TAKE, finish_track)
    return finish_tracks(table, drafts, whole)


def finish_track(draft: Draft) -> None:
    """A row of any list of tracks: its name is the specialty's words where there is no other."""
    split_place(draft)
    if words := draft.fields.get("specialty_name"):
        draft.fields.setdefault("name", words)
    need_identity(draft, "nrmp")


def finish_tracks(table: Table, drafts: list[Draft], whole: Reading) -> Reading:
    """The reading of any list of tracks, after institutions were checked over the whole table."""
    check_institutions(drafts)
    if "state" not in table.header.meanings and (only := state_by_suffix(drafts)):
        said = Problem(
            row=0, field="state", value="", problem=f"no column for the state; all names that end in a state end in {only}",
            repair=f"{only} for every row",
        )  # fmt: skip
        whole = replace(whole, problems=(*whole.problems, said))
    return reading_of(drafts, whole)
