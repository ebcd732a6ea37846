"""From what a person types to a full-text expression: little words dropped, short forms known, typos mended.

The expression is built from letters and digits only, each word in quotes, so that nothing typed can be an operator.
"""

import difflib
import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matchday.directory.reading.values import UNSEEN
from matchday.directory.tables import Specialty, find_specialty, find_state, states

_MENDED = 4  # shorter words have too many neighbours to be mended
LONGEST = 12  # words looked at; what comes after is left out and said so

_LITTLE = {
    *("a", "an", "and", "at", "for", "from", "i", "in", "me", "near", "of", "on", "or", "that", "the", "to", "which"),
    *("all", "any", "are", "be", "can", "do", "does", "don", "is", "my", "no", "not", "without", "will", "would"),
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
_WITHOUT = re.compile(
    r"\b(?:no|not|non|without|never|don'?t|doesn'?t|cannot|can'?t)\b(?:\W+(?:do|does|need|needing|require|requires|want|sponsor|sponsors|"
    r"sponsoring|accept|accepts|accepting|a|an|any|the|visa|or|nor|j-?1|h-?1-?b))*?\W+(?:j-?1|h-?1-?b)\b(?:(?:\s+(?:or|nor)\s+|/)(?:j-?1|h-?1-?b)\b)*",
    re.IGNORECASE,
)
_SERVICES = {"eras": "ERAS", "residencycas": "ResidencyCAS", "centralapp": "CentralApp"}
_SERVICE = re.compile(r"\b(eras|residency\s?cas|central\s?app)\b", re.IGNORECASE)
_SHOWN = 40  # letters of a word that a note repeats
_CODE = re.compile(r"\d{4}[0-9A-Z]\d{2}[CMPARFS]\d{1,3}|\d{6,10}")


@dataclass(frozen=True, slots=True)
class Words:
    """What was typed, understood: a full-text expression ("" for none), codes, visas, and what was read differently.

    `specialties` holds the codes of specialties named in the text, to be shown before others that share their words.
    """

    match: str = ""
    specialties: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    visas: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    read_as: tuple[str, ...] = ()


def understand(db: sqlite3.Connection, text: str) -> Words:
    """Read free text against the words of the directory. Never fails; a word that nothing has leads to no result."""
    text = text.translate(UNSEEN).replace("’", "'")
    without, wanted = _WITHOUT.findall(text), _WITHOUT.sub(" ", text)
    visas = tuple(dict.fromkeys("J-1" if visa[0] in "jJ" else "H-1B" for visa in _VISA.findall(wanted)))
    services = tuple(dict.fromkeys(_SERVICES[re.sub(r"\s", "", one).lower()] for one in _SERVICE.findall(wanted)))
    tokens = _tokens(_SERVICE.sub(" ", _VISA.sub(" ", wanted)))
    said = [f"visa {' and '.join(visas)}"] if visas else []
    said += [f"service {' or '.join(services)}"] if services else []
    said += [f'without "{one[:_SHOWN]}": a search asks only for what is sponsored' for one in without]
    if len(tokens) > LONGEST:
        said.append(f"the first {LONGEST} words")
    tokens = tokens[:LONGEST]
    codes = tuple(token.upper() for token in tokens if _CODE.fullmatch(token.upper()))
    plain = [token for token in tokens if token.upper() not in codes]
    # "IN" and "OR" are states only where not everything is in capitals.
    plain = [token for token in plain if token.lower() not in _LITTLE or (token in states() and not text.isupper())]
    if text.strip() and not (plain or codes or visas or services or without):
        said.append(f'everything: no word to look for in "{text.strip()[:_SHOWN]}"')
    units = list(_units(plain))
    parts, notes = zip(*(_part(db, unit, specialty) for unit, specialty in units), strict=True) if units else ((), ())
    return Words(
        match=" AND ".join(parts),
        specialties=tuple(specialty.code for _, specialty in units if specialty),
        codes=codes,
        visas=visas,
        services=services,
        read_as=(*said, *filter(None, notes)),
    )


def _tokens(text: str) -> list[str]:
    """The words; a code that a spreadsheet made a number (`2200111018.0`) is one, "state" after a state's name is none."""
    tokens = re.findall(r"[^\W_]+", re.sub(r"\b(\d{9,10})\.0\b", r"\1", text))
    return [
        token
        for at, token in enumerate(tokens)
        if token.lower() != "state"
        or not _names_state(tokens[:at])
        or (at + 1 < len(tokens) and tokens[at + 1][:4].lower() == "univ")
    ]


def _names_state(before: Sequence[str]) -> bool:
    """True when the words end with the full name of a state."""
    ends = (" ".join(before[-width:]) for width in (1, 2, 3) if len(before) >= width)
    return any(len(end) > 2 and find_state(end) for end in ends)


def _units(tokens: Sequence[str]) -> Iterator[tuple[Sequence[str], Specialty | None]]:
    """Cut the words into names of specialties, the longest first, and single words."""
    at = 0
    while at < len(tokens):
        widths = range(min(4, len(tokens) - at), 0, -1)
        named = ((width, find_specialty(" ".join(tokens[at : at + width]), typos=False)) for width in widths)
        width, specialty = next(((width, found) for width, found in named if found), (1, None))
        yield tokens[at : at + width], specialty
        at += width


def _part(db: sqlite3.Connection, tokens: Sequence[str], specialty: Specialty | None) -> tuple[str, str]:
    """The alternatives for one unit, and a note when a word of it had to be mended."""
    if specialty is None:
        return _word(db, tokens[0])
    return f'(specialty : "{specialty.name}" OR ({" AND ".join(_prefix(token.lower()) for token in tokens)}))', ""


def _word(db: sqlite3.Connection, token: str) -> tuple[str, str]:
    word, note = token.lower(), ""
    choices = [f'state : "{word}"'] if token in states() else []
    choices += [f'"{short}"' for short in _SHORT.get(word, ())]
    if not choices and not _known(db, word):
        near = _near(db, word)
        shown = token if len(token) <= _SHOWN else token[:_SHOWN] + "..."
        note = f'"{near}" for "{shown}"' if near else f'"{shown}", which no program has'
        word = near or word
    return f"({' OR '.join([*choices, _prefix(word)])})", note


def _prefix(word: str) -> str:
    return f'"{word}"*' if len(word) > 1 else f'"{word}"'


def _known(db: sqlite3.Connection, word: str) -> bool:
    """Whether any word of the directory begins like this."""
    query = "SELECT 1 FROM vocabulary WHERE word >= ? AND word < ? LIMIT 1"
    return db.execute(query, (word, word + "\U0010ffff")).fetchone() is not None


def _near(db: sqlite3.Connection, word: str) -> str | None:
    """The word of the directory that is most like this one; of equals the most frequent. None when nothing is near."""
    if len(word) < _MENDED or len(word) > _SHOWN:
        return None
    query = "SELECT word, lines FROM vocabulary WHERE length(word) BETWEEN ? AND ?"
    seen = dict(db.execute(query, (len(word) - 2, len(word) + 2)))
    near = difflib.get_close_matches(word, sorted(seen, key=seen.__getitem__), n=3, cutoff=0.75)
    like = {other: round(difflib.SequenceMatcher(None, other, word).ratio(), 1) for other in near}
    return max(near, key=lambda other: (like[other], seen[other]), default=None)
