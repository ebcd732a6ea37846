"""One cell at a time: repair what is safe and say so, refuse what is not."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from matchday.directory.tables import find_specialty, find_state, squeeze, states

ACGME = re.compile(r"\d{10}")
NRMP = re.compile(r"\d{4}[0-9A-Z]\d{2}[CMPARFS]\d{1,3}")
# What steers a terminal, turns the order of writing round, or is half a letter (JSON can write one): never part of a value.
CONTROLS = dict.fromkeys(
    [*range(9), *range(14, 32), *range(0x7F, 0xA0), 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A),
     *range(0xD800, 0xE000)]
)  # fmt: skip
UNSEEN = CONTROLS | dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\ufffe"))
SPACES = {ord(c): " " for c in "\u00a0\u202f\u2007\u2009\t\r\n\x0b\x0c"}
# What the sources write when they say nothing (the directory of the AMA shows an en dash).
SILENT = frozenset(
    {"", "-", "–", "—", "n/a", "na", "none given", "not given", "null", "nan", "?", "unknown", "tbd", "#n/a"}
)
FOOTER = re.compile(
    r"\s*(?:©|\(c\)|&copy;)\s*\d{4}\s+(?:Accreditation Council|ACGME|NRMP|National Resident|AAMC|Association of American).*$",
    re.I,
)


LONGEST = 1_000  # characters kept of one cell
_PLAIN = re.compile(r"[0-9A-Z]+|[0-9A-Za-z][a-z]+(?: [A-Za-z]+)*")  # most cells: nothing to mend


class Refused(Exception):
    """A cell that cannot be taken: what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Value:
    """A cleaned value ("" = the source says nothing) and, when something was mended, what and how."""

    text: str
    problem: str = ""
    repair: str = ""


@lru_cache(maxsize=50_000)  # long lists say the same things again and again
def clean(raw: str) -> Value:
    """The text without characters that cannot be seen, with plain single spaces; a formula's text is refused."""
    if len(raw) <= LONGEST and _PLAIN.fullmatch(raw) and raw.casefold() not in SILENT:
        return Value(raw)
    text = " ".join(raw.translate(UNSEEN).translate(SPACES).split())
    if kept := re.fullmatch(r'="([^"]*)"', text):
        return Value(kept[1].strip(), "written as a formula to keep its zeros", kept[1].strip())
    if re.fullmatch(r"[+-]\s*[A-Za-z][a-z]+(?: [A-Za-z.'’-]+)*", text):
        return Value(text, "begins like a formula", f"taken as text: {text}")
    if text[:1] in ("=", "@") or re.match(r"[+-]\s*[A-Za-z(]", text):
        raise Refused("a formula, which is never run")
    if text.casefold() in SILENT:
        return Value("")
    if len(text) > LONGEST:
        return Value(text[:LONGEST], f"{len(text):,} characters in one cell", f"cut to {LONGEST}")
    if any(ord(c) in UNSEEN for c in raw.strip()):
        return Value(text, "characters that cannot be seen", text)
    if "\u00a0" in raw.strip():
        return Value(text, "non-breaking spaces", text)
    return Value(text)


def name(text: str) -> Value:
    """A name of a program or institution, without the footer of the page that stuck to it."""
    kept = FOOTER.sub("", text)
    return Value(kept, "the footer of the page stuck to it", kept) if kept != text else Value(text)


def city(text: str) -> Value:
    """A city; capitals become a name."""
    if len(text) > 3 and text.isupper():
        mended = re.sub(r"[A-Z]+('S\b)?", lambda m: m[0].capitalize(), text)
        return Value(mended, "in capitals", mended)
    return Value(text)


@cache
def state(text: str) -> Value:
    """Two capital letters of a state given by letters, name, or "(AL) Alabama"."""
    found = find_state(text) or find_state(re.sub(r"\(.*?\)|[^A-Za-z .]", "", text))
    if not found:
        raise Refused("not a state or territory with accredited programs")
    return Value(found.code)


@cache
def acgme_code(text: str) -> Value:
    """Ten digits. Repaired: a code that became a number (`2200111018.0`), and one leading zero lost."""
    digits = re.sub(r"[\s-]", "", text)
    if re.fullmatch(r"\d+\.0*|\d(?:\.\d+)?E\+?0?[89]", digits, re.I):
        number = float(digits)
        if re.search("E", digits, re.I) and len(re.sub(r"E.*|\.", "", digits, flags=re.I)) < 9:
            raise Refused("a code shortened by a spreadsheet; its last digits are lost")
        digits = str(int(number))
    if len(digits) == 9 and digits.isascii() and digits.isdigit():
        digits = "0" + digits
    if not ACGME.fullmatch(digits) or not digits.isascii():
        raise Refused("not an ACGME program code of 10 digits")
    if digits == text:
        return Value(digits)
    return Value(digits, "the code lost its form in a spreadsheet", digits)


@cache
def nrmp_code(text: str) -> Value:
    """Nine to eleven characters: institution, specialty, type letter, track number."""
    code = re.sub(r"[\s-]", "", text).upper()
    if not NRMP.fullmatch(code) or not code.isascii():
        raise Refused("not an NRMP program code")
    return Value(code) if code == text else Value(code, "spaces or small letters in the code", code)


@cache
def specialty(text: str) -> Value:
    """The ACGME specialty code of a code or a name, "" when the name is not in the list. No guess at typos."""
    code = re.sub(r"\.0$", "", text)
    if re.fullmatch(r"[0-9A-Z]?\d{1,2}|[A-Z]\d{2}", code):
        return Value(code.zfill(3))
    found = find_specialty(text, typos=False)
    return Value(found.code if found else "")


def whole(text: str) -> int:
    """A whole number, 0 or more, as sheets write it (`12`, `12.0`, `1,204`)."""
    plain = text.replace(",", "")
    if not re.fullmatch(r"\d{1,6}(\.0+)?", plain) or not plain.isascii():
        raise Refused("not a whole number")
    return int(float(plain))


def decimal(text: str) -> Value:
    """A number, with its percent sign taken away."""
    plain = text.removesuffix("%").strip()
    if not re.fullmatch(r"-?\d{1,6}(\.\d{1,12})?", plain) or not plain.isascii():
        raise Refused("not a number")
    return Value(plain)


def percent(text: str) -> Value:
    """A number from 0 to 100, with its percent sign taken away."""
    value = decimal(text)
    if not 0 <= float(value.text) <= 100:
        raise Refused("not between 0 and 100 percent")
    return value


def first_number(text: str) -> Value:
    """The one whole number in a phrase such as "within 5 years"; refused when there are several or none.

    999 is how the big directory's raw data write "not given".
    """
    if text in ("999", "999.0"):
        return Value("")
    if re.match(r"[-−]\s*\d", text):
        raise Refused("below 0")
    found = re.findall(r"(?<![\d.])\d{1,3}(?![\d.]|\.\d)", text)
    if len(set(found)) > 1:
        raise Refused("several numbers in one cell")
    if not found:
        raise Refused("no number in it")
    return Value(str(int(found[0])))


def date(text: str) -> Value:
    """A day as YYYY-MM-DD; the American order month/day/year is what the sources print."""
    for form in ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%B %d, %Y", "%b %d, %Y"):
        try:
            return Value(dt.datetime.strptime(text[:10] if form[1] == "Y" else text, form).date().isoformat())  # noqa: DTZ007 -- a day has no zone
        except ValueError:
            continue
    raise Refused("not a date")


YES = frozenset(
    [
        "y",
        "yes",
        "true",
        "x",
        "1",
        "1.0",
        "✓",
        "✔",
        "ok",
        "accepts",
        "accepted",
        "sponsors",
        "sponsored",
        "offered",
        "available",
    ]
)
NO = frozenset(["n", "no", "false", "0", "0.0", "✗", "✘", "never"]) | {
    "not accepted",
    "does not sponsor",
    "not sponsored",
    "not offered",
}


def yes_no(text: str) -> Value:
    """`yes`, `no`, or "" when the words say neither."""
    words = text.casefold().strip(" .!")
    return Value("yes" if words in YES else "no" if words in NO else "")


def service(text: str) -> Value:
    """Application services, in our words, in the order given; unknown words are refused."""
    found = []
    for part in re.split(r"\s*[,;/|]\s*|\s+and\s+", text.replace("®", "")):
        key = squeeze(part)
        word = {"eras": "ERAS", "residencycas": "ResidencyCAS", "centralapp": "CentralApp", "other": "Other"}.get(key)
        if word is None:
            raise Refused("not an application service that is known")
        found.append(word)
    return Value("; ".join(dict.fromkeys(found)))


def track(text: str) -> Value:
    """The track's letter, from a letter or from the words of the sources; "" when neither."""
    key = squeeze(text)
    letters = {
        "categorical": "C", "primarycare": "M", "primarycarecategorical": "M", "preliminary": "P", "advanced": "A",
        "physician": "R", "physicianreserved": "R", "physicianonly": "R", "reserved": "R", "fellowship": "F",
        "transitional": "P", "fellowshipsubspecialty": "S",
    }  # fmt: skip
    return Value(text.upper() if text.upper() in "CMPARFS" and len(text) == 1 else letters.get(key, ""))


def state_of_code(code: str) -> str | None:
    """The state in an ACGME code (not FIPS), or None when those two digits are no state."""
    return _acgme_states().get(code[3:5])


@cache
def _acgme_states() -> dict[str, str]:
    return {one.acgme: one.code for one in states().values()}
