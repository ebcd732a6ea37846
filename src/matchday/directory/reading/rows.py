"""From the rows of a table to records: each row is taken, or named with the reason why not."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from matchday.directory.model import Problem, Reading, Record, SourceKind, Year
from matchday.directory.reading import columns, values
from matchday.directory.reading.columns import Header
from matchday.directory.reading.tables import Table
from matchday.directory.reading.values import Refused, Value

# How the text of each meaning becomes a value; all others are taken as they stand.
PARSERS: dict[str, Callable[[str], Value]] = {
    "name": values.name,
    "institution": values.name,
    "city": values.city,
    "state": values.state,
    "specialty_code": values.specialty,
    "track": values.track,
    "service": values.service,
    "service_soap": values.service,
    "accreditation_date": values.date,
    "latitude": values.decimal,
    "longitude": values.decimal,
    "img_share": values.percent,
    "visa_j1": values.yes_no,
    "visa_h1b": values.yes_no,
    "visa_f1": values.yes_no,
    "takes_img": values.yes_no,
    "positions": values.first_number,
    "graduation_years_max": values.first_number,
    "attempts_max": values.first_number,
    "step1_min": values.first_number,
    "step2_min": values.first_number,
}
PLACE = {"city_cleaned": "city", "specialty_cleaned": "specialty"}  # the site's city goes before the sponsor's
FIRST_SEASON, LAST_SEASON = 1952, 2100  # the Match began in 1952


@dataclass(slots=True)
class Draft:
    """One row while it is read: its cleaned texts by meaning, what becomes of them, and what there is to say."""

    row: int
    texts: dict[str, str]
    fields: dict[str, str] = field(default_factory=dict)
    acgme: str | None = None
    nrmp: str | None = None
    years: dict[int, Year] = field(default_factory=dict)
    seasons: frozenset[int] = frozenset()
    problems: list[Problem] = field(default_factory=list)

    def say(self, name: str, value: str, problem: str, repair: str | None = None, *, fatal: bool = False) -> None:
        """Note something about this row."""
        self.problems.append(
            Problem(
                row=self.row,
                field=name,
                value=value.translate(values.CONTROLS)[:200],
                problem=problem,
                repair=repair,
                fatal=fatal,
            )
        )

    @property
    def lost(self) -> bool:
        """True when the row is not taken."""
        return any(problem.fatal for problem in self.problems)

    def parse(self, name: str, parser: Callable[[str], Value], text: str) -> str:
        """The value of a text, "" when it says nothing or is refused; both are noted."""
        try:
            value = parser(text) if text else Value("")
        except Refused as why:
            self.say(name, text, str(why), "left out")
            return ""
        if value.problem:
            self.say(name, text, value.problem, value.repair)
        return sys.intern(value.text)


def read_rows(
    table: Table, kind: SourceKind, take: Iterable[str], finish: Callable[[Draft], None] | None = None
) -> tuple[list[Draft], Reading]:
    """Every row below the header as a draft, and a reading that still has no records (see `reading_of`).

    `take`: the meanings that this kind of source may speak of; other columns are left alone.
    """
    wanted = frozenset(take)
    drafts = []
    percent = False
    for number, cells in table.rows:
        draft = Draft(number, {})
        _fill(draft, table, cells, wanted)
        if finish:
            finish(draft)
        percent = percent or "%" in draft.texts.get("img_share", "")
        draft.texts = {}  # read; a long list holds nothing twice
        drafts.append(draft)
    named = {text: table.header.columns.get(place, "") for place, text in enumerate(table.header.texts)}
    if not percent:
        _fractions(drafts)
    said = (*table.problems, *_left_alone(table.header, wanted))
    return drafts, Reading(kind=kind, read=len(drafts), records=(), problems=said, columns=named)


def _fractions(drafts: Sequence[Draft]) -> None:
    """A column of shares that never goes above 1 (0.45) is made percent (45)."""
    shares = [(draft, float(draft.fields["img_share"])) for draft in drafts if "img_share" in draft.fields]
    if max((share for _, share in shares), default=2.0) > 1 or all(share in (0, 1) for _, share in shares):
        return
    for draft, share in shares:
        draft.fields["img_share"] = f"{share * 100:.6g}"
        draft.say("img_share", f"{share:g}", "a share of 1, as is the whole column", f"{share * 100:.6g} percent")


_WHY = {
    "personal": "about you, not about the program; the directory keeps nothing personal",
    "contact": "people's names and contacts are never kept",
    "interview": "about your interviews; they belong in the dossier",
    "ignored": "not needed",
    "": "not understood",
}
_TOLD_OTHERWISE = frozenset({"fill_rate", "track_number", "institution_cleaned", "made_up"})


def _left_alone(header: Header, wanted: frozenset[str]) -> Iterator[Problem]:
    """The columns that are not read, with the reason."""
    for place, text in enumerate(header.texts):
        known = header.columns.get(place, "")
        taken = PLACE.get(known, known) in wanted or known.partition(":")[0] + ":" in wanted
        if not text.strip() or taken or known in _TOLD_OTHERWISE:
            continue
        again = columns.meaning(text) if not known else ""
        why = f"of the same meaning as another ({again})" if again in header.columns.values() else _WHY.get(
            known, "not taken from this kind of list")  # fmt: skip
        yield Problem(
            row=header.row, field=" ".join(text.split())[:80], value="", problem=f"a column {why}", repair="left out"
        )


def _fill(draft: Draft, table: Table, cells: list[str], wanted: frozenset[str]) -> None:
    for place, meaning in table.header.columns.items():
        known = PLACE.get(meaning, meaning)
        if place >= len(cells) or (known not in wanted | {"made_up"} and known.partition(":")[0] + ":" not in wanted):
            continue
        raw = cells[place].replace("\n", "; ") if known == "address" else cells[place]
        text = draft.parse(known, values.clean, raw)
        if text and (meaning in PLACE or known not in draft.texts):
            draft.texts[known] = text
    _made_up(draft)
    _codes(draft)
    _years(draft)
    for name, text in draft.texts.items():
        if name in _APART or ":" in name:
            continue
        if value := draft.parse(name, PARSERS.get(name, Value), text):
            draft.fields[name] = value
    _specialty(draft)
    _agree(draft)


def _made_up(draft: Draft) -> None:
    """What Matchday made up itself, and a person exported, never comes back as real."""
    marked = draft.texts.pop("made_up", "").casefold() in ("made up", "true", "yes", "1")
    names = (draft.texts.get(name, "").casefold() for name in ("name", "institution", "city"))
    if marked or any(text.endswith("(made up)") for text in names):
        draft.say("made_up", draft.texts.get("name", ""), "made up by Matchday: nothing in this row exists", fatal=True)


_APART = frozenset(
    [
        "acgme_code",
        "nrmp_code",
        "code",
        "season",
        "quota",
        "filled",
        "specialty",
        "specialty_code",
        "address",
        "location",
        "status",
        "track_number",
        "institution_code",
        "season_first",
        "season_last",
        "visa",
        "us_experience",
    ]
)


def _codes(draft: Draft) -> None:
    """Both codes; a bad one is left out (`need_identity` tells whether the row can do without)."""
    draft.acgme = draft.parse("acgme_code", values.acgme_code, draft.texts.get("acgme_code", "")) or None
    draft.nrmp = draft.parse("nrmp_code", values.nrmp_code, draft.texts.get("nrmp_code", "")) or None


_CODES = frozenset({"acgme_code", "nrmp_code"})


def _years(draft: Draft) -> None:
    """Seasons in columns of their own, or one season in each row."""
    texts = draft.texts
    for name in [name for name in texts if name.startswith("quota:")]:
        year = int(name.partition(":")[2])
        _year(draft, year, texts[name], texts.get(f"filled:{year}", ""), name)
    if "season" in texts and "quota" in texts:
        found = re.fullmatch(r"(\d{4})(?:\.0)?", texts["season"])
        if not found:
            draft.say("season", texts["season"], "not a season", fatal=True)
            return
        _year(draft, int(found[1]), texts["quota"], texts.get("filled", ""), "quota")
        draft.seasons = frozenset(draft.years)
        if not draft.years:
            draft.say("quota", texts["quota"], "the row says nothing else than this count", fatal=True)
    elif "season_first" in texts and "season_last" in texts:
        ends = [re.fullmatch(r"\d{4}", texts[name]) for name in ("season_first", "season_last")]
        if all(ends):
            draft.seasons = frozenset(range(int(texts["season_first"]), int(texts["season_last"]) + 1))


def _year(draft: Draft, year: int, quota: str, filled: str, name: str) -> None:
    if not FIRST_SEASON <= year <= LAST_SEASON:
        draft.say("season", str(year), "not a season of the Match", "left out")
        return
    try:
        offered = values.whole(quota)
    except Refused as why:
        draft.say(name, quota, str(why), "left out")
        return
    matched = None
    if filled:
        try:
            matched = values.whole(filled)
        except Refused as why:
            draft.say(name.replace("quota", "filled"), filled, str(why), "left out")
    if matched is not None and matched > offered:
        draft.say(name.replace("quota", "filled"), filled, f"more filled than the {offered} offered", "left out")
        matched = None
    draft.years[year] = Year(year, offered, matched)


def _specialty(draft: Draft) -> None:
    """The specialty's code from the program's code, else from the source's words; the words are kept when unknown."""
    words, code = draft.texts.get("specialty", ""), draft.texts.get("specialty_code", "")
    own = [text for text in (draft.nrmp and draft.nrmp[4:7], draft.acgme and draft.acgme[:3]) if text]
    told = draft.parse("specialty_code", values.specialty, code) if code else ""
    if told and own and told not in own:
        draft.say("specialty", code, f"the program's code says {own[0]}", own[0])
    known = own[0] if own else told or draft.parse("specialty", values.specialty, words)
    if known:
        draft.fields["specialty"] = known
    if words and not re.fullmatch(r"[\d.]+", words):
        draft.fields["specialty_name"] = words


def _agree(draft: Draft) -> None:
    """What the codes themselves say: institution and track (NRMP), state (ACGME; a difference is lawful, so only said)."""
    if draft.nrmp:
        draft.fields["institution_code"] = draft.nrmp[:4]
        letter = draft.nrmp[7]
        if draft.fields.get("track", letter) != letter:
            draft.say("track", draft.texts["track"], f"the code says {letter}", letter)
        draft.fields["track"] = letter
    elif "institution_code" in draft.texts:
        draft.fields["institution_code"] = draft.texts["institution_code"].removesuffix(".0")
    state = draft.fields.get("state")
    if draft.acgme and state and values.state_of_code(draft.acgme) != state:
        other = values.state_of_code(draft.acgme) or f"no state ({draft.acgme[3:5]})"
        draft.say("state", state, f"the ACGME code belongs to {other}; that can be lawful")


def need_identity(draft: Draft, *kinds: str) -> None:
    """Make the row fatal unless it has one of `acgme`, `nrmp`, `name`; a code that was refused is the reason, if any."""
    if draft.lost or any(getattr(draft, kind, None) or draft.fields.get(kind) for kind in kinds):
        return
    if any(problem.field in _CODES for problem in draft.problems):
        draft.problems = [replace(p, fatal=True, repair=None) if p.field in _CODES else p for p in draft.problems]
        return
    words = {"acgme": "ACGME code", "nrmp": "NRMP code", "name": "name of a program"}
    held = "; ".join(f"{name}={text}" for name, text in draft.texts.items())
    draft.say("row", held, "no " + " and no ".join(words[kind] for kind in kinds), fatal=True)


def reading_of(drafts: Iterable[Draft], whole: Reading) -> Reading:
    """The reading with a record for each draft that is taken; rows of one NRMP track become one record."""
    problems = list(whole.problems)
    records: list[Record] = []
    tracks: dict[str, list[Draft]] = {}
    programs: dict[str, int] = {}
    for draft in drafts:
        if draft.lost:
            continue
        if draft.nrmp:
            tracks.setdefault(draft.nrmp, []).append(draft)
        else:
            records.append(_record([draft]))
            if draft.acgme and programs.setdefault(draft.acgme, draft.row) != draft.row:
                draft.say(
                    "acgme_code",
                    draft.acgme,
                    f"the same code as in row {programs[draft.acgme]}",
                    "both kept as one program",
                )
    records.extend(_record(_newest_first(together)) for together in tracks.values())
    for draft in drafts:
        problems.extend(draft.problems)
    return replace(whole, records=tuple(sorted(records, key=lambda r: r.rows)), problems=tuple(problems))


def _newest_first(drafts: list[Draft]) -> list[Draft]:
    return sorted(drafts, key=lambda draft: (-max(draft.seasons, default=0), draft.row))


def _record(drafts: list[Draft]) -> Record:
    """One record of rows that share a track: fields of the newest that says them, all seasons."""
    fields: dict[str, str] = {}
    history: dict[int, Year] = {}
    for draft in drafts:
        for name, value in draft.fields.items():
            fields.setdefault(name, value)
        for season, year in draft.years.items():
            _add_year(history, season, year, draft)
        if len(drafts) > 1 and not draft.seasons and draft is not drafts[0]:
            draft.say("nrmp_code", draft.nrmp or "", f"the same track as in row {drafts[0].row}", "joined to it")
    acgme = next((draft.acgme for draft in drafts if draft.acgme), None)
    years = tuple(history[season] for season in sorted(history, reverse=True))
    return Record(
        acgme_code=acgme, nrmp_code=drafts[0].nrmp, fields=fields, history=years, rows=tuple(sorted(d.row for d in drafts))
    )  # fmt: skip


def _add_year(history: dict[int, Year], season: int, year: Year, draft: Draft) -> None:
    """Keep one word for each season: a count goes before 0, which only says that it did not take part."""
    known = history.get(season)
    if known is None or not known.quota:
        history[season] = year
    elif year.quota and year != known:
        draft.say("quota", str(year.quota), f"another count for {season} stands in the file: {known.quota}", "left out")
