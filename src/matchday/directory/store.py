"""The directory's one SQLite file: what was imported, and what was made of it. Holds nothing personal."""

import datetime as dt
import hashlib
import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from matchday.directory.derive import DERIVED, Said, as_json, derive, from_json
from matchday.directory.merge import Doubt
from matchday.directory.model import (
    Claim,
    ImportResult,
    Program,
    Reading,
    Record,
    Source,
    SourceKind,
    Track,
    Year,
)  # fmt: skip
from matchday.directory.trust import speaks_of
from matchday.terms import InputProblem


def place() -> Path:
    """Where the store is: $MATCHDAY_DATA, else $XDG_DATA_HOME/matchday, else ~/.local/share/matchday."""
    if folder := os.environ.get("MATCHDAY_DATA"):
        return Path(folder) / "directory.sqlite"
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "matchday" / "directory.sqlite"


class Store:
    """One open directory. Every change is one transaction: it happens whole or not at all."""

    def __init__(self, path: Path | None = None) -> None:
        """Open the file at `path` (default: `place()`), making it when absent; None of it is read yet."""
        self.path = place() if path is None else path
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.db = sqlite3.connect(self.path, timeout=30, isolation_level=None)
            self.db.execute("PRAGMA journal_mode = WAL")
            self.db.execute("PRAGMA synchronous = NORMAL")
            self.db.execute("PRAGMA foreign_keys = ON")
            self._make()
        except (OSError, sqlite3.Error) as trouble:
            raise InputProblem(
                f"the directory cannot be opened ({trouble})",
                expected="a SQLite file that can be written",
                do="check the rights and the space of that folder, or name another folder in MATCHDAY_DATA",
                file=str(self.path),
            ) from trouble

    def _make(self) -> None:
        """Make the tables; when what is derived has another shape than in this version, make that again."""
        script = files("matchday.directory").joinpath("schema.sql").read_text("utf-8")
        version = zlib.crc32(script.encode()) & 0x7FFFFFFF
        found = self.db.execute("PRAGMA user_version").fetchone()[0]
        if found == version:
            return
        with self.change():
            for table in (*DERIVED, "words") if found else ():
                self.db.execute(f"DROP TABLE IF EXISTS {table}")
            for statement in script.split(";"):
                self.db.execute(statement)
            if found:
                self._derive()
            self.db.execute(f"PRAGMA user_version = {version}")

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    @contextmanager
    def change(self) -> Iterator[None]:
        """One transaction that takes the writer's lock at once; on any exception nothing of it stays."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self.db.in_transaction:  # an interrupted statement has rolled it back already
                self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    # ------------------------------------------------------------------ sources

    def sources(self) -> tuple[Source, ...]:
        """Every import that the directory rests on, oldest first."""
        lines = self.db.execute("SELECT id, kind, title, as_of, read_on, entered_by, digest FROM sources ORDER BY id")
        return tuple(_source(*line) for line in lines)

    @property
    def made_up(self) -> bool:
        """True when the only source is the made-up directory."""
        kinds = {source.kind for source in self.sources()}
        return kinds == {SourceKind.MADE_UP}

    @property
    def empty(self) -> bool:
        """True when nothing at all was imported or made up."""
        return not self.sources()

    def add(
        self,
        reading: Reading,
        *,
        title: str,
        read_on: dt.date,
        as_of: dt.date | None = None,
        entered_by: str = "",
        digest: str = "",
        keep_made_up: bool = False,
        dry_run: bool = False,
    ) -> ImportResult:
        """Take a reading in, in one transaction, and make the programs again; a file with the same digest is replaced.

        A real reading puts the made-up directory away unless `keep_made_up`. With `dry_run` nothing is kept.
        A reading without a single record changes nothing.
        """
        if not reading.records:
            return ImportResult(
                source=reading.kind.value, read=reading.read, accepted=0, merged=0, problems=reading.problems
            )
        with self.change():
            if reading.kind is not SourceKind.MADE_UP and not keep_made_up:
                self.db.execute("DELETE FROM sources WHERE kind = ?", (SourceKind.MADE_UP,))
            digest = digest or digest_of(reading.records)
            again = self.db.execute("DELETE FROM sources WHERE digest = ?", (digest,)).rowcount
            number = self._write(reading, title, as_of or reading.as_of, read_on, entered_by, digest)
            merged = self._derive(number)
            if dry_run:
                self.db.execute("ROLLBACK")
                self.db.execute("BEGIN")
        accepted = sum(len(record.rows) for record in reading.records)
        return ImportResult(
            source=reading.kind.value,
            read=reading.read,
            accepted=accepted,
            merged=accepted if again else merged,
            problems=reading.problems,
        )

    def fill_made_up(self, records: Iterable[Record], read_on: dt.date) -> None:
        """Let an empty directory answer from made-up programs until the first real import."""
        reading = Reading(kind=SourceKind.MADE_UP, read=0, records=tuple(records))
        if not self.empty:  # another process was quicker
            return
        self.add(reading, title="made-up directory", read_on=read_on, entered_by="matchday", digest="made-up")

    def forget(self, source_id: int) -> None:
        """Undo one import: drop the source and make the programs again from the others."""
        with self.change():
            gone = self.db.execute("DELETE FROM sources WHERE id = ?", (source_id,)).rowcount
            if not gone:
                raise InputProblem(
                    f"there is no source {source_id}",
                    expected="the number of a source",
                    do="see: matchday programs sources",
                )
            self._derive()

    def judge(self, a: str, b: str, *, same: bool) -> None:
        """Keep a person's word that two entries are, or are not, the same program; make the programs again."""
        with self.change():
            first, second = sorted((a, b))
            self.db.execute("INSERT OR REPLACE INTO judgements VALUES (?, ?, ?)", (first, second, same))
            self._derive()

    def doubts(self) -> tuple[Doubt, ...]:
        """Pairs that may be one program, the likeliest first."""
        return tuple(
            Doubt(*line) for line in self.db.execute("SELECT a, b, score, why FROM doubts ORDER BY 3 DESC, 1, 2")
        )

    def rebuild(self) -> None:
        """Make everything derived again from the imports (after a change of the order of trust, for instance)."""
        with self.change():
            self._derive()

    def _write(
        self, reading: Reading, title: str, as_of: dt.date | None, read_on: dt.date, entered_by: str, digest: str
    ) -> int:
        newest = max((y.season for r in reading.records for y in r.history), default=None)
        line = (reading.kind, title, digest, as_of and as_of.isoformat(), read_on.isoformat(), entered_by, newest)
        source = self.db.execute(
            "INSERT INTO sources (kind, title, digest, as_of, read_on, entered_by, newest_season) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            line,
        ).lastrowid
        self.db.executemany(
            "INSERT INTO records VALUES (?, ?, ?, ?, ?, ?)", ((source, *as_json(r)) for r in reading.records)
        )
        return int(source or 0)

    def _derive(self, newest: int = 0) -> int:
        """Make everything derived again; answer how many rows of the source `newest` joined programs of other sources."""
        sources = {source.id: source for source in self.sources()}
        seasons = dict(self.db.execute("SELECT id, newest_season FROM sources"))
        days = {number: speaks_of(source, seasons[number]) for number, source in sources.items()}
        judged = {(a, b): bool(same) for a, b, same in self.db.execute("SELECT a, b, same FROM judgements")}
        lines = self.db.execute(
            "SELECT source_id, rows, acgme_code, nrmp_code, fields, history FROM records ORDER BY rowid"
        )
        said = [Said(from_json(*rest), sources[at], days[at]) for at, *rest in lines]
        programs = derive(self.db, said, judged)
        known = {number for number, one in zip(programs, said, strict=True) if one.source.id != newest}
        ours = ((number, one) for number, one in zip(programs, said, strict=True) if one.source.id == newest)
        return sum(len(one.record.rows) for number, one in ours if number in known)

    # ------------------------------------------------------------------ programs

    def program(self, code: str) -> Program | None:
        """The program with this ACGME code, of this NRMP code, or without codes and of this name; None when unknown."""
        found = self.db.execute(
            "SELECT id FROM programs WHERE acgme_code = :c UNION SELECT program_id FROM tracks WHERE nrmp_code = :c "
            "UNION SELECT program_id FROM listing WHERE coalesce(nrmp_code, acgme_code) IS NULL AND coalesce(name, institution) = :n",
            {"c": code.strip().upper(), "n": code.strip()},
        ).fetchone()
        return self._program(found[0]) if found else None

    def _program(self, number: int) -> Program:
        acgme, made_up = self.db.execute("SELECT acgme_code, made_up FROM programs WHERE id = ?", (number,)).fetchone()
        codes = self.db.execute("SELECT nrmp_code FROM tracks WHERE program_id = ? ORDER BY 1", (number,)).fetchall()
        claims = self.claims(number)
        letters = {c.track: c.value for c in reversed(claims) if c.field == "track"}
        tracks = tuple(Track(nrmp_code=c, track_type=letters.get(c), history=self.history(c)) for (c,) in codes)
        return Program(id=number, acgme_code=acgme, tracks=tracks, claims=claims, made_up=bool(made_up))

    def claims(self, number: int) -> tuple[Claim, ...]:
        """All claims on a program and its tracks; of each field the most trusted first."""
        lines = self.db.execute(
            "SELECT field, value, title, kind, as_of, read_on, entered_by, nrmp_code, row FROM claims "
            "JOIN sources ON sources.id = source_id WHERE program_id = ? ORDER BY field, nrmp_code, place",
            (number,),
        )
        return tuple(_claim(*line) for line in lines)

    def history(self, nrmp_code: str) -> tuple[Year, ...]:
        """The seasons in which a track took part, newest first, from the most trusted source of each."""
        lines = self.db.execute(
            "SELECT season, quota, filled FROM history WHERE nrmp_code = ? AND place = 0 AND quota > 0 "
            "ORDER BY season DESC",
            (nrmp_code,),
        )
        return tuple(Year(*line) for line in lines)

    # ------------------------------------------------------------------ spreadsheets

    def mapping(self, header: str) -> str | None:
        """How a spreadsheet with this header was read before, as JSON; None when it is new."""
        found = self.db.execute("SELECT columns FROM mappings WHERE header = ?", (header,)).fetchone()
        return str(found[0]) if found else None

    def remember(self, header: str, columns: str) -> None:
        """Keep how a spreadsheet's columns were read."""
        with self.change():
            self.db.execute("INSERT OR REPLACE INTO mappings VALUES (?, ?)", (header, columns))


def digest_of(records: Iterable[Record]) -> str:
    """SHA-256 over the records in their order."""
    whole = hashlib.sha256()
    for record in records:
        whole.update(repr(as_json(record)).encode())
    return whole.hexdigest()


def _source(
    number: int, kind: str, title: str, as_of: str | None, read_on: str, entered_by: str, digest: str
) -> Source:
    return Source(
        id=number, kind=SourceKind(kind), title=title, as_of=_day(as_of), read_on=dt.date.fromisoformat(read_on),
        entered_by=entered_by, digest=digest,
    )  # fmt: skip


def _claim(
    name: str, value: str, title: str, kind: str, as_of: str | None, read_on: str, entered_by: str, track: str | None,
    row: int | None,
) -> Claim:  # fmt: skip
    return Claim(
        field=name, value=value, source=title, kind=SourceKind(kind), as_of=_day(as_of),
        read_on=dt.date.fromisoformat(read_on), entered_by=entered_by, track=track, row=row,
    )  # fmt: skip


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
