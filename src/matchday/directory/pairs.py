"""NRMP tracks and the ACGME program that they belong to, where no source names both codes: by institution, city, specialty.

Only what is nearly sure is joined (the thresholds and how they were measured: docs/science/merge.md). Whatever else
looks alike is a doubt for a person.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from matchday.directory.names import COMMON, Weights, likeness, words
from matchday.directory.tables import find_specialty

SURE = 76.0  # likeness from which a name alone is believed, when no other program comes within WIDE of it;
HIGH = 88.0  # from here on it is enough that none comes within MARGIN
WIDE = 20.0
SURE_WITH_CITY = 50.0  # the same when the city agrees: then no other program there may come within MARGIN
MARGIN = 10.0
DOUBT = 55.0  # from here on a pair is shown to a person; in one city with no other program, from LEAST on
LEAST = 25.0
NEVER = 101.0  # the track's own city is known and is not the program's


@dataclass(slots=True)
class Place:
    """What is known of one ACGME program, or of the tracks of one institution in one specialty, for comparing."""

    names: set[str] = field(default_factory=set)
    cities: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Pair:
    """A track and a program, how alike they are (0 to 100), whether that is sure, and why."""

    track: str
    acgme: str
    score: float
    sure: bool
    why: str


@dataclass(frozen=True, slots=True)
class Lone:
    """A track without an ACGME code: its code, names, and where it is (`city` None: only the institution's is known)."""

    code: str
    names: frozenset[str]
    state: str
    city: str | None

    @property
    def group(self) -> tuple[str, str, str]:
        """Institution, specialty and state: the tracks that one ACGME program may stand behind."""
        return self.code[:4], self.code[4:7], self.state


# Endings of track names that name a way of training or a purpose, not a site.
PURPOSES = frozenset(
    words(
        "research ophthalmology neurology radiology interventional ir int dermatology anesthesiology anesthesia preliminary prelim "
        "categorical primary care psychiatry psych child adolescent adult peds pediatrics pstp physician scientist scientists scholar "
        "scholars path pathway abim clinician educator investigator invest clin global geriatrics hospitalist military funded non "
        "designated nondesignated osteopathic critical urology onc oncology phase r md yr yrs year prog pm&r pmr rad diagnostic track "
        "trk women womens leadership intl international general surgery medicine preventive prevent prev adv advanced esir pgy3 cp ap "
        "only first plus midocs cap np addiction forensic cardio cardiology hiv combined integrated nuclear academic innovation equity "
        "1 2 3 4 5 6 7 8 t32 mph phd shabbos sabbath observed omfs ent"
    )
) | {"of", "in", "and", "m", "d"}


def pair(
    lone: Sequence[Lone], tracks: Mapping[str, Place], programs: Mapping[str, Place], where: Mapping[str, tuple[str, str]],
    aliases: Mapping[str, set[str]], different: frozenset[tuple[str, str]],
) -> list[Pair]:  # fmt: skip
    """Pairs of tracks and ACGME programs, the sure and the doubtful ones.

    `tracks`: what is known by institution code; `programs`: by ACGME code; `where`: specialty and state of each program;
    `aliases`: ACGME names that an institution code surely goes by; `different`: pairs a person has parted.
    """
    weights = Weights([name for one in (*programs.values(), *tracks.values()) for name in one.names])
    near: dict[tuple[str, str], list[str]] = defaultdict(list)
    for code, (specialty, state) in where.items():
        near[specialty, state].append(code)
    groups: dict[tuple[str, str, str], list[Lone]] = defaultdict(list)
    for one in lone:
        groups[one.group].append(one)
    found = []
    for (institution, specialty, state), members in groups.items():
        place = tracks.get(institution, Place())
        compare = _Compare(place, aliases.get(institution, set()), programs, weights)
        for member in members:
            open_to = [code for code in near.get((specialty, state), []) if (member.code, code) not in different]
            found.extend(_judge(member, place, open_to, compare))
    return _one_owner(found)


class _Compare:
    """Likeness of one institution to programs."""

    def __init__(self, place: Place, aliases: set[str], programs: Mapping[str, Place], weights: Weights) -> None:
        self.own = [words(name) for name in sorted(place.names)]
        self.certain = {words(name) for name in aliases}
        self.programs, self.weights = programs, weights
        self.known: dict[tuple[str, bool], float] = {}

    def ranked(self, codes: Iterable[str], *, here: bool) -> list[tuple[float, str]]:
        """Programs by likeness, best first; `here`: they are in the institution's own city."""
        return sorted(((self.score(code, here), code) for code in codes), key=lambda one: (-one[0], one[1]))

    def score(self, code: str, here: bool) -> float:
        """0 to 100; 100 for a name that the institution's code surely goes by."""
        if (code, here) not in self.known:
            program = self.programs[code]
            theirs = [words(name) for name in program.names]
            place = frozenset(word for city in program.cities for word in words(city)) if here else frozenset()
            pairs = ((mine, name) for mine in self.own for name in theirs)
            alike = max((likeness(mine, name, self.weights, place) for mine, name in pairs), default=0.0)
            self.known[code, here] = 100.0 if self.certain & set(theirs) else alike
        return self.known[code, here]

    def names_site(self, code: str, site: frozenset[str]) -> int:
        """How many words of a site the program's names and cities hold."""
        program = self.programs[code]
        return len(site & {word for text in (*program.names, *program.cities) for word in words(text)})


def _judge(member: Lone, place: Place, codes: Sequence[str], compare: _Compare) -> list[Pair]:
    """The best program for one track: sure, doubtful, or none."""
    town = {member.city} if member.city else place.cities if len(place.cities) == 1 else set()
    in_town = [code for code in codes if _meet(town, compare.programs[code].cities)]
    pool = compare.ranked(in_town or codes, here=bool(in_town))
    site = _site(member)
    most = max((compare.names_site(code, site) for score, code in pool if score >= LEAST), default=0)
    if most:
        pool = [one for one in pool if compare.names_site(one[1], site) == most]
    if not pool or pool[0][0] < LEAST:
        return []
    score, best = pool[0]
    second = pool[1][0] if len(pool) > 1 else 0.0
    enough = SURE_WITH_CITY if in_town else NEVER if member.city else SURE
    margin = MARGIN if in_town or score >= HIGH else WIDE
    fits = bool(most) or not site or site == {"primary"}
    if score >= enough and score - second >= margin and fits:
        return [Pair(member.code, best, score, sure=True, why="")]
    if score < DOUBT and not (in_town and len(pool) == 1):
        return []
    agrees = "the city agrees" if in_town else "the city differs" if town else "no city is known"
    why = [f"names {score:.0f} of 100 alike", agrees]
    if score - second < margin:
        why.append(f"another program comes to {second:.0f}")
    if not fits:
        why.append(f"the track is called {' or '.join(sorted(member.names))}")
    return [Pair(member.code, best, score, sure=False, why="; ".join(why))]


def _site(member: Lone) -> frozenset[str]:
    """The words of a track's names, behind the slash, that may name a site; a primary-care track may be a program apart."""
    rest = [name.partition("/")[2] for name in member.names if not find_specialty(name, typos=False)]
    found = frozenset(word for name in rest for word in words(name)) - PURPOSES - COMMON
    return found or (frozenset({"primary"}) if member.code[7] == "M" else found)


def _meet(one: Iterable[str], other: Iterable[str]) -> bool:
    """True when the two share a city; near spellings count."""
    return any(_same_city(_letters(a), _letters(b)) for a in one for b in other)


@cache
def _letters(city: str) -> str:
    return re.sub(r"[^a-z]", "", city.casefold())


@cache
def _same_city(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    return one == other or bool(fuzz.ratio(one, other) >= 90)


def _one_owner(found: list[Pair]) -> list[Pair]:
    """A program that tracks of several institutions would surely join goes to the likest; the others become doubts."""
    owners: dict[str, dict[str, float]] = defaultdict(dict)
    for one in found:
        if one.sure:
            owners[one.acgme][one.track[:4]] = max(one.score, owners[one.acgme].get(one.track[:4], 0.0))
    answer = []
    for one in found:
        rivals = owners[one.acgme] if one.sure else {}
        best = max(rivals.values(), default=0.0)
        alone = len(rivals) < 2 or (rivals[one.track[:4]] == best and list(rivals.values()).count(best) == 1)
        if not alone:
            one = Pair(one.track, one.acgme, one.score, sure=False, why="tracks of another institution fit it too")
        answer.append(one)
    return answer
