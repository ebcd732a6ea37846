"""What the columns of a table mean: by the words of their header, never by their position or an exact year."""

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from matchday.directory.reading.values import ACGME, CONTROLS, NRMP, SPACES, UNSEEN, state_of_code
from matchday.directory.tables import find_state

# Meanings that several columns of one table may share; of all others the first column counts.
SEVERAL = frozenset({"personal", "contact", "interview", "ignored"})
CODES = frozenset({"code", "acgme_code", "nrmp_code"})
# Headers seen in the sources, small and without signs. First the meaning, then the words for it.
WORDS: dict[str, str] = {
    "acgme_code": "acgme program code|acgme code|acgme program id|acgme id|acgme|acgme number|acgme program number|"
    "accreditation id|accreditation number|pgmnbr|acgme accreditation id",
    "nrmp_code": "nrmp code|nrmp program code|nrmp|nrmp number|main match code|main match codes|match code|nrmp id|nrmp match code",
    "code": "program code|code|program id|program number|id|program no|prog code|codes|programcode|code number",
    "name": "program name|program|programs|name|residency program|track name|pgmnm|program title|residency|"
    "programname|name of program|training program|residency name|codename",
    "institution": "institution|sponsoring institution|sponsor|hospital|institution name|sponsoring institution name|"
    "hospital name|sponsor name|site|primary teaching site|university hospital|facility|sponsor institution",
    "institution_cleaned": "sponsoring institution cleaned|institution cleaned",
    "institution_code": "institution code|sponsor code|sponsoring institution code|sponsoring institution id|institution id",
    "city": "city|program city|city name|town|location city|town city|city town",
    "city_cleaned": "city cleaned|site city",
    "state": "state|program state|state abbreviation|state code|st|state name|state territory|location state",
    "location": "location|city state|city and state|city st|place|where|program location",
    "address": "address|address block|program address|mailing address|full address|institution address|institution and address",
    "latitude": "latitude|lat",
    "longitude": "longitude|lon|lng|long",
    "specialty": "specialty|speciality|specialty name|specialty title|field|spcdesctext|program specialty|discipline|medical specialty",
    "specialty_cleaned": "specialty cleaned",
    "specialty_code": "specialty code|acgme specialty code|nrmp specialty code|spec code",
    "track": "program type code|program type|track type|track|program track|position type|type code|type of track|match type",
    "track_number": "track number",
    "setting": "type of program|setting|program setting|program best described as|program description",
    "season": "season|year|match year|academic year|appointment year|result year",
    "season_first": "first season listed|first season|first year",
    "season_last": "last season listed|last season|last year",
    "quota": "quota|positions offered|offered|slots|total quota|quota offered|spots|seats|positions offered in match",
    "filled": "filled|matched|positions filled|number matched|total matched|number filled",
    "fill_rate": "fill rate|percent filled|filled percent",
    "participation": "eras status|eras participation|participation status|participation|eras participation status|participating|application status",
    "status": "status|program status|current status",
    "service": "apply main match|how to apply|how to apply mrm|mrm|application service|apply mrm|how to apply main residency match|"
    "main residency match|apply via|apply through|application system|main match|service|application portal|application platform",
    "service_soap": "apply soap|how to apply soap|soap|soap service|soap application service",
    "accreditation": "accreditation status|acgme status|accreditation|current accreditation status|acgme accreditation status",
    "accreditation_date": "effective date|accreditation effective date|status effective date|accreditation status effective date|"
    "effective date of accreditation status|accreditation effective",
    "flags": "flags|tags|flag|notices|program more|name more|program name more",
    "website": "website|web site|web address|url|program url|link|program website|homepage|program web site|site url|web page",
    "positions": "positions|number of positions|number of 1st yr positions|pgy1 positions|pgy 1 positions|year 1 positions|"
    "first year positions|number of 1st year positions|categorical positions|spots per year|residents per year|class size",
    "visa": "visa|visas|visa sponsorship|visa policy|visa status|visa sponsored|visas sponsored|visa type|visa types|visa info|"
    "visas accepted|accepts visa|sponsors visa|visa friendly|sponsorship",
    "visa_j1": "j1|j 1|j 1 visa|j1 visa|j 1 visa sponsorship|j1 visa sponsorship|j 1 sponsorship|visa j1|visa j 1|j1 sponsorship|j1visa|sponsors j1|sponsors j 1|accepts j1",
    "visa_h1b": "h1b|h 1b|h1 b|h 1b visa|h1b visa|h 1b visa sponsorship|h1b visa sponsorship|visa h1b|visa h 1b|h1b sponsorship|h1bvisa|sponsors h1b|sponsors h 1b|h 1b sponsorship|accepts h1b",
    "visa_f1": "f1|f 1|f 1 visa|f1 visa|f 1 visa opt|f 1 opt|f1visa|visa f1|opt",
    "takes_img": "img|imgs|accepts img|accepts imgs|takes img|takes imgs|img friendly|img accepted|imgs accepted|open to imgs|considers imgs",
    "img_share": "img percentage|img percent|percent img|img|img share|percentage img|imgs percent|percent of imgs|img residents percent|xppavgimg|percent imgs|% img|img %",
    "graduation_years_max": "yog|year of graduation|yog limit|yog cutoff|yog cut off|graduation year|graduation cutoff|years since graduation|"
    "max years since graduation|grad year cutoff|pgy1 med school grad recency|medical school graduation recency|grad recency|recency|"
    "graduated within|time since graduation|yog requirement|year of graduation cutoff|year of graduation limit|graduation limit",
    "attempts_max": "attempts|attempt limit|attempts allowed|max attempts|step attempts|usmle attempts|attempts accepted|maximum attempts|number of attempts|attempts limit",
    "step1_min": "step 1 minimum score|step1 minimum|step 1 min|step 1 cutoff|step1 cutoff|step 1 cut off|min step 1|minimum step 1|step1 min|step 1 minimum|step 1 score|step1",
    "step2_min": "step 2 minimum score|step 2 ck minimum|step2 min|step 2 min|step 2 cutoff|step2 cutoff|step 2 ck cutoff|min step 2|min step 2 ck|minimum step 2 ck|"
    "minimum step 2|step 2 cut off|step 2 minimum|step 2 ck minimum score|step 2 ck min|step2 ck cutoff|step2ck min|step 2 ck|step2 ck|step 2|step2|xppusmlestep2score",
    "us_experience": "usce|us clinical experience|usce required|us experience|clinical experience|usce needed|usce requirement|usce months|months of usce|hands on usce|us clinical experience required",
    "made_up": "made up",
    "interview": "interviews offered|total interviews offered|interviews|total interviews|eras v thalamus v email|available interview dates|interview dates|"
    "date invited|invite date|date scheduled|interview date|interview|invited|scheduled|scheduled date|date of invite|interview status|platform|interview platform|interview format",
    "personal": "notes|note|rank|my rank|ranking|comments|comment|remarks|my notes|signal|signals|applied|applied on|sub i|subi|home|away|score|rating|vibe|gut|"
    "my score|date|degree type|sig|green card|tier|priority|decision|thank you sent|feeling|pros|cons|letters|statement",
    "ignored": "table|snhaf|pslf class|pslf evidence|sort number|index|row|number|no",
    "contact": "director|program director|coordinator|email|e mail|phone|telephone|fax|contact|contact person|program coordinator|director name|contact email|"
    "program email|chair|chairman|pd|pc|fax number|phone number|director email|coordinator email|coordinator phone|program director name",
}  # fmt: skip

_NOT_COUNTS = frozenset(["percent", "rate", "unfilled", "remaining", "share"])
_FILLED = frozenset(["matched", "filled", "fills", "m"])
_QUOTA = frozenset(["quota", "quotas", "offered", "positions", "slots", "q"])


def plain(header: str) -> str:
    """A header small, without signs, with single spaces: `2026 Quota` and `quota_2026` keep their words in order."""
    text = header.translate(UNSEEN).translate(SPACES).replace("#", " number ")
    text = re.sub(r"\(.*?\)", " ", text) if re.sub(r"\(.*?\)", "", text).strip() else text
    text = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", text).casefold().replace("%", " percent ")
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text).split())


@cache
def _known() -> dict[str, str]:
    known: dict[str, str] = {}
    for meaning, words in WORDS.items():
        for word in words.split("|"):
            known.setdefault(plain(word), meaning)
            known.setdefault(word, meaning)
    return known


def meaning(header: str) -> str:
    """What a header means: a key of `WORDS`, `quota:2026`, `filled:2026`, or "" when it is not known."""
    words = plain(header)
    return (
        _yearly(plain(re.sub(r"[()\[\]]", " ", header)), header)
        or _known().get(words)
        or _known().get(words.replace(" ", ""))
        or ""
    )


def _yearly(words: str, header: str) -> str:
    """`quota:2026` for a header that names one year and one of the two counts, in any order.

    `Quota '26` is of 2026; a span such as `AY 2025-26` is no season, for lists differ in which of its years they mean.
    """
    years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", words)
    years = years or [f"20{year}" for year in re.findall(r"['’](\d\d)(?!\d)", header)]
    if re.search(r"(?<!\d)20\d\d \d\d(?!\d)", words):
        return ""
    rest = set(re.sub(r"\d+", " ", words).split())
    if len(years) != 1 or rest & _NOT_COUNTS:
        return ""
    return f"filled:{years[0]}" if rest & _FILLED else f"quota:{years[0]}" if rest & _QUOTA else ""


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table: the number of its last line, its texts, and column -> meaning, each meaning once."""

    row: int
    texts: tuple[str, ...]
    columns: dict[int, str]

    @property
    def meanings(self) -> frozenset[str]:
        """All meanings found; yearly columns as `quota:` and `filled:` too."""
        found = set(self.columns.values())
        return frozenset(found | {m.split(":")[0] + ":" for m in found if ":" in m})


Row = tuple[int, list[str]]


def find_header(rows: Sequence[Row]) -> Header | None:
    """The header among the first rows: the line, alone or joined with the merged line above it, that says most."""
    best: tuple[int, Header] | None = None
    for place, (number, cells) in enumerate(rows[:15]):
        candidates = [cells]
        if place and any(cell.strip() for cell in rows[place - 1][1]):
            candidates.append(_joined(rows[place - 1][1], cells))
        for texts in candidates:
            columns = _columns(texts, [cells for _, cells in rows[place + 1 :]])
            score = sum(m not in ("personal", "contact", "ignored") for m in columns.values()) - len(texts) // 1000
            if score and (best is None or score > best[0]):
                best = score, Header(number, tuple(text.translate(CONTROLS) for text in texts), columns)
    return best[1] if best else None


def _joined(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """Two header lines as one: a merged cell above counts for the empty ones to its right."""
    texts, last = [], ""
    for place in range(max(len(above), len(below))):
        last = (above[place].strip() if place < len(above) else "") or last
        own = below[place].strip() if place < len(below) else ""
        texts.append(f"{last} {own}".strip() if meaning(f"{last} {own}") else own or last)
    return texts


def _columns(texts: Sequence[str], sample: Sequence[Sequence[str]]) -> dict[int, str]:
    columns: dict[int, str] = {}
    for place, text in enumerate(texts):
        found = meaning(text) if text.strip() and len(text) < 200 else ""
        if found in CODES:
            found = _code(sample, place) or found
        if found == "name":  # whatever the header says, codes are not names
            found = _code(sample, place, surely=True) or found
        if plain(text) in ("state province", "province state") and _states(sample, place):
            found = "state"  # only here: a list of the world's schools has provinces too
        if not text.strip() and _all_states(sample, place):
            found = "state"
        if found and (found in SEVERAL or found not in columns.values()):
            columns[place] = found
    if columns and not set(columns.values()) & {"acgme_code", "nrmp_code"}:
        unknown = (place for place in range(len(texts)) if columns.get(place, "code") == "code")
        columns.update(itertools.islice(((p, c) for p in unknown if (c := _code(sample, p, surely=True))), 1))
    if "season" in columns.values() and "quota" not in columns.values():
        columns = {place: "quota" if m == "positions" else m for place, m in columns.items()}
    return columns


def _code(sample: Sequence[Sequence[str]], place: int, *, surely: bool = False) -> str:
    """Which code a column holds, judged by the form of its values; "" when they fit neither.

    `surely`: nothing but such codes, and of many states (a telephone number has ten digits too).
    """
    texts = [
        cells[place].translate(UNSEEN).strip(' ="') for cells in sample if place < len(cells) and cells[place].strip()
    ]
    nrmp = sum(bool(NRMP.fullmatch(text.upper())) for text in texts)
    acgme = [text for text in texts if ACGME.fullmatch(text) or re.fullmatch(r"\d{9,10}(\.0)?", text)]
    if surely:
        whole = [text.removesuffix(".0").zfill(10) for text in acgme]
        if nrmp < len(texts) and (len(whole) < len(texts) or not all(state_of_code(text) for text in whole)):
            return ""
    if not nrmp and not acgme:
        return ""
    return "nrmp_code" if nrmp > len(acgme) else "acgme_code"


def _states(sample: Sequence[Sequence[str]], place: int) -> bool:
    """True for a column whose values are states, most of them at least."""
    texts = [cells[place] for cells in sample if place < len(cells) and cells[place].strip()]
    return 2 * sum(bool(find_state(text)) for text in texts) > len(texts)


def _all_states(sample: Sequence[Sequence[str]], place: int) -> bool:
    """True for a column without a header that holds nothing but names of states."""
    texts = [cells[place] for cells in sample if place < len(cells) and cells[place].strip()]
    return bool(texts) and all(find_state(text) for text in texts)


def guess(header: Header, told: Mapping[str, str], sample: Sequence[Row]) -> Header:
    """The header with its unknown columns guessed from similar words; what a person told goes before everything."""
    from rapidfuzz import fuzz, process

    columns = dict(header.columns)
    for place, text in enumerate(header.texts):
        if text in told:
            columns = {p: m for p, m in columns.items() if m != told[text] or m in SEVERAL}
            columns[place] = told[text]
        elif place not in columns and len(plain(text)) > 3:
            words = _known()
            near = process.extractOne(plain(text), list(words), scorer=fuzz.token_sort_ratio, score_cutoff=88)
            found = words[near[0]] if near else ""
            if found and (found in SEVERAL or found not in columns.values()):
                columns[place] = _code([c for _, c in sample], place) if found == "code" else found
    return replace(header, columns={place: m for place, m in columns.items() if m})
