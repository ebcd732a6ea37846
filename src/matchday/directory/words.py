"""From what a person types to a full-text expression: little words dropped, short forms known, typos mended.

The expression is built from letters and digits only, each word in quotes, so that nothing typed can be an operator.
"""

import difflib
import re
import sqlite3
from dataclasses import dataclass

from matchday.directory.tables import find_specialty, states

LONGEST = 12  # words looked at; what comes after is left out and said so

_LITTLE = {
    *("a", "an", "and", "at", "for", "from", "i", "in", "me", "near", "of", "on", "or", "that", "the", "to", "which"),
    *("who", "with", "program", "programs", "residency", "residencies", "sponsor", "sponsors", "take", "takes", "visa"),
}
# As NRMP lists shorten them.
_SHORT = {
    "center": ("ctr",),
    "college": ("com",),
    "hospital": ("hosp",),
    "hospitals": ("hosp", "hosps"),
    "medical": ("med",),
    "memorial": ("mem",),
    "regional": ("reg", "regl"),
    "saint": ("st",),
    "school": ("som",),
    "university": ("univ", "u"),
}
_VISA = re.compile(r"\b(j-?1|h-?1-?b)\b", re.IGNORECASE)
_CODE = re.compile(r"\d{4}[0-9A-Z]\d{2}[CMPARFS]\d{1,3}|\d{6,10}")


@dataclass(frozen=True, slots=True)
class Words:
    """What was typed, understood: a full-text expression ("" for none), codes, visas, and what was read differently."""

    match: str = ""
    codes: tuple[str, ...] = ()
    visas: tuple[str, ...] = ()
    read_as: tuple[str, ...] = ()


def understand(db: sqlite3.Connection, text: str) -> Words:
    """Read free text against the words of the directory. Never fails; a word that nothing has leads to no result."""
    visas = tuple(dict.fromkeys("J-1" if visa[0] in "jJ" else "H-1B" for visa in _VISA.findall(text)))
    tokens = re.findall(r"[^\W_]+", _VISA.sub(" ", text))
    said = [f"visa {' and '.join(visas)}"] if visas else []
    if len(tokens) > LONGEST:
        said.append(f"the first {LONGEST} words")
    tokens = tokens[:LONGEST]
    codes = tuple(token.upper() for token in tokens if _CODE.fullmatch(token.upper()))
    plain = [token for token in tokens if token.upper() not in codes]
    plain = [token for token in plain if token in states() or token.lower() not in _LITTLE]
    parts = []
    for token in plain:
        part, note = _part(db, token)
        parts.append(part)
        said += [note] if note else []
    return Words(" AND ".join(parts), codes, visas, tuple(said))


def _part(db: sqlite3.Connection, token: str) -> tuple[str, str]:
    """The alternatives for one word, and a note when it had to be mended."""
    word, note = token.lower(), ""
    choices = [f'state : "{word}"'] if token in states() else []
    specialty = find_specialty(word, typos=False)
    if specialty:
        choices.append(f'specialty : "{specialty.name}"')
    choices += [f'"{short}"' for short in _SHORT.get(word, ())]
    if not choices and not _known(db, word):
        near = _near(db, word)
        note = f'"{near}" for "{token}"' if near else f'"{token}", which no program has'
        word = near or word
    choices.append(f'"{word}"*' if len(word) > 1 else f'"{word}"')
    return f"({' OR '.join(choices)})", note


def _vocabulary(db: sqlite3.Connection) -> str:
    db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab('main', 'words', 'row')")
    return "temp.vocabulary"


def _known(db: sqlite3.Connection, word: str) -> bool:
    """Whether any word of the directory begins like this."""
    table = _vocabulary(db)
    query = f"SELECT 1 FROM {table} WHERE term >= ? AND term < ? LIMIT 1"  # noqa: S608 -- a constant name
    return db.execute(query, (word, word + "\U0010ffff")).fetchone() is not None


def _near(db: sqlite3.Connection, word: str) -> str | None:
    """The word of the directory that is most like this one; of equals the most frequent. None when nothing is near."""
    table = _vocabulary(db)
    query = f"SELECT term, doc FROM {table} WHERE length(term) BETWEEN ? AND ?"  # noqa: S608 -- a constant name
    seen = dict(db.execute(query, (len(word) - 2, len(word) + 2)))
    near = difflib.get_close_matches(word, sorted(seen, key=seen.__getitem__), n=3, cutoff=0.75)
    return max(
        near, key=lambda term: (round(difflib.SequenceMatcher(None, term, word).ratio(), 1), seen[term]), default=None
    )
