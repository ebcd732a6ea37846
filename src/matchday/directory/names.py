"""Names of hospitals and schools made comparable: short forms written out, filler left out, rare words weighing most."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

# Short forms of the NRMP lists and what they stand for.
SHORT = {
    "u": "university", "univ": "university", "med": "medical", "ctr": "center", "ctrs": "center", "cntr": "center",
    "centers": "center", "hosp": "hospital", "hosps": "hospital", "hospitals": "hospital", "hlth": "health",
    "healthcare": "health care", "hlthcare": "health care", "com": "college medicine", "som": "school medicine",
    "coll": "college", "col": "college", "sch": "school", "reg": "regional", "regl": "regional", "mem": "memorial",
    "meml": "memorial", "comm": "community", "st": "saint", "ste": "saint", "sts": "saint", "saints": "saint",
    "inst": "institute", "gen": "general", "co": "county", "cty": "county", "sys": "system", "systems": "system",
    "sci": "science", "sciences": "science", "fdn": "foundation", "found": "foundation", "natl": "national",
    "nat": "national", "intl": "international", "dept": "department", "assoc": "association", "affil": "affiliated",
    "rehab": "rehabilitation", "childrens": "children", "ny": "new york", "nyc": "new york city", "la": "los angeles",
    "presby": "presbyterian", "meth": "methodist", "bapt": "baptist", "luth": "lutheran", "cath": "catholic",
    "osteo": "osteopathic", "consort": "consortium", "educ": "education", "ed": "education", "mt": "mount",
    "ft": "fort", "n": "north", "s": "south", "e": "east", "w": "west", "fl": "florida", "tx": "texas", "va": "veterans",
    "bkln": "brooklyn", "bklyn": "brooklyn", "man": "manhattan", "pt": "point", "res": "residency", "ahec": "area health education center",
    "ucf": "university central florida", "usf": "university south florida", "uc": "university california",
    "ucla": "university california los angeles", "usc": "university southern california", "lsu": "louisiana state university",
    "lsuhsc": "louisiana state university", "msu": "michigan state university", "wsu": "wayne state university",
    "suny": "state university new york", "upmc": "upmc", "hca": "hca", "tjuh": "thomas jefferson university hospital",
    "ecu": "east carolina university", "umass": "university massachusetts", "nyp": "new york presbyterian",
    "ismms": "icahn school medicine mount sinai", "siu": "southern illinois university", "nymc": "new york medical college",
    "rfums": "rosalind franklin university", "sc": "south carolina", "nc": "north carolina", "pa": "pennsylvania", "ia": "iowa",
    "ok": "oklahoma", "sf": "san francisco", "kc": "kansas city", "sw": "southwest", "nw": "northwest", "se": "southeast", "vcu": "virginia commonwealth university", "uab": "university alabama", "nyu": "nyu",
    "unc": "university north carolina", "cmsru": "cooper school rowan university", "hsc": "health science center", "rmc": "regional medical center",
    "mc": "medical center", "gme": "", "program": "", "programs": "", "residency": "", "the": "", "of": "", "and": "",
    "at": "", "for": "", "in": "", "inc": "", "training": "", "sponsored": "", "a": "", "district": "district",
}  # fmt: skip
# Words that nearly every name holds; two names that share only these share nothing.
COMMON = frozenset(
    [
        "university",
        "medical",
        "center",
        "hospital",
        "health",
        "care",
        "school",
        "medicine",
        "college",
        "system",
        "education",
        "consortium",
        "regional",
        "memorial",
        "community",
        "foundation",
        "institute",
        "saint",
        "general",
        "county",
        "affiliated",
        "clinic",
        "graduate",
        "science",
        "network",
    ]
)
_STATE_END = re.compile(r"-[A-Z]{2}$")


@cache
def words(name: str) -> tuple[str, ...]:
    """The comparable words of a name, in order, each once."""
    text = re.sub(r"['’.]", "", _STATE_END.sub("", name).replace("S&W", "Scott White").replace("&", " and "))
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text).casefold()
    long = (SHORT.get(part, part) for part in re.findall(r"[a-z0-9]+", text))
    return tuple(dict.fromkeys(" ".join(long).split()))


class Weights:
    """How much each word tells, from how rarely it stands in the names at hand."""

    def __init__(self, names: Iterable[str]) -> None:
        """Count the words of all names."""
        self.counts = Counter(word for name in names for word in words(name))
        self.total = max(sum(self.counts.values()), 1)

    def of(self, word: str, place: frozenset[str] = frozenset()) -> float:
        """The weight of a word: small for words of every name and those of the `place`, up to about 10 for a rare one."""
        weight = math.log(self.total / (1 + self.counts.get(word, 0)))
        return weight / 4 if word in COMMON or word in place else weight


def likeness(
    one: tuple[str, ...], other: tuple[str, ...], weights: Weights, place: frozenset[str] = frozenset()
) -> float:
    """How alike two names are, 0 to 100: the mean of how much of each the other holds. Near spellings count.

    `place`: words of the city where both are; that both name it says little.
    """
    if one == other:
        return 100.0
    held, holding = _held(one, other), _held(other, one)
    if not any(word not in COMMON for word in held):
        return 0.0
    return (_share(one, held, weights, place) + _share(other, holding, weights, place)) / 2


def _held(words_of_one: tuple[str, ...], other: tuple[str, ...]) -> set[str]:
    from rapidfuzz import fuzz

    found = {word for word in words_of_one if word in other}
    rest = [word for word in other if word not in found and len(word) > 4]
    return found | {w for w in words_of_one if w not in found and any(fuzz.ratio(w, r) >= 88 for r in rest)}


def _share(mine: tuple[str, ...], held: set[str], weights: Weights, place: frozenset[str]) -> float:
    whole = sum(weights.of(word, place) for word in mine)
    return 100 * sum(weights.of(word, place) for word in held) / whole if whole else 0.0
