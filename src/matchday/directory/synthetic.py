"""A made-up national directory: nothing in it exists, its proportions are real.

Tracks by specialty and type, tracks by state, institutions and quotas follow the published counts of 2024. Names are
of things no hospital is called after and end in "(made up)"; institution codes begin with 9, above every real one.
The same seed gives the same directory on any machine.
"""

import itertools
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matchday.directory.model import Reading, Record, SourceKind, Year
from matchday.directory.tables import Specialty, specialties, states, table

MARK = "(made up)"
SEASONS = range(2026, 2020, -1)
TITLE = "Made-up directory"

_TRACK_NAMES = {"C": "", "M": "-Primary", "P": "-Preliminary", "A": "-Advanced", "R": "-Physician"}


@dataclass(slots=True)
class _House:
    """An institution while it is being filled: `room` is how many tracks it can still take."""

    code: str
    state: str
    setting: str
    about: dict[str, str]
    room: int


def made_up_directory(seed: int = 2027) -> Reading:
    """About 6,500 tracks and programs without tracks, as an importer would give them: source kind `made-up`."""
    draw = random.Random(seed)  # noqa: S311 -- a directory, not a secret
    lines = {specialty.code: _lines(specialty) for specialty in specialties().values()}
    houses = _christen(draw, _sizes(draw, sum(sum(counts.values()) for counts in lines.values())))
    records: list[Record] = []
    for code, placed in sorted(_place(draw, houses, lines).items()):
        sequence = itertools.count(90_001)
        for house, tracks in placed.items():
            records += _program(draw, specialties()[code], houses[house], tracks, next(sequence))
    return Reading(kind=SourceKind.MADE_UP, read=len(records), records=tuple(records))


def _lines(specialty: Specialty) -> dict[str, int]:
    """How many lines of each track letter a specialty has; "" for programs outside the Main Match."""
    counts = {letter: count.tracks for letter, count in specialty.counts.items()}
    return counts or {"": specialty.eras_programs_2021 or 0}


def _sizes(draw: random.Random, tracks: int) -> list[tuple[str, int]]:
    """State and size of every institution: few large ones, and the published share of tracks in each state."""
    shape = table("proportions")["institutions"]
    room = _shares(tracks, {state.code: state.tracks_2024 for state in states().values()})
    known = {state.code: state.institutions_2024 for state in states().values() if state.institutions_2024}
    others = _shares(shape["number"] - sum(known.values()), {code: room[code] for code in room if code not in known})
    sizes = []
    for state in room:
        number = known.get(state) or min(room[state], max(1, others[state]))
        weights = {i: draw.lognormvariate(0, shape["spread"]) * (draw.random() > shape["one"]) for i in range(number)}
        extra = _shares(room[state] - number, weights, most=shape["largest"] - 1)
        sizes += [(state, 1 + more) for more in extra.values()]
    return sizes


def _shares(total: int, weights: Mapping[Any, float], most: int | None = None) -> dict[Any, int]:
    """Whole numbers in proportion to the weights that add up to `total`, by largest remainder, none above `most`."""
    scale = total / (sum(weights.values()) or 1)
    exact = {key: weight * scale for key, weight in weights.items()}
    whole = {key: min(int(value), most if most is not None else int(value)) for key, value in exact.items()}
    order = sorted(weights, key=lambda key: whole[key] - exact[key])
    ring = itertools.cycle(order)
    for _ in range(total - sum(whole.values())):
        key = next(key for key in ring if most is None or whole[key] < most)
        whole[key] += 1
    return whole


def _christen(draw: random.Random, sizes: Sequence[tuple[str, int]]) -> list[_House]:
    """Institutions with a name, a setting, a town and a place near the middle of their state."""
    names = table("proportions")["names"]
    pairs = [f"{first} {second}" for first in names["first"] for second in names["second"]]
    draw.shuffle(pairs)
    houses = []
    for number, ((state, room), setting) in enumerate(zip(sizes, _settings(draw, sizes), strict=True), start=1):
        town = draw.choice(names["second"][:8]) + draw.choice(names["town_ends"])
        place = random.Random(f"{state} {town}")  # noqa: S311 -- so that one town has one place
        north, east = states()[state].centre
        about = {
            "institution": f"{pairs.pop()} {draw.choice(names['kinds'][setting])} {MARK}",
            "institution_code": f"9{number:03d}",
            "city": f"{town} {MARK}",
            "state": state,
            "latitude": f"{north + place.uniform(-0.7, 0.7):.3f}",
            "longitude": f"{east + place.uniform(-0.7, 0.7):.3f}",
            "setting": setting,
        }
        houses.append(_House(about["institution_code"], state, setting, about, room))
    return houses


def _settings(draw: random.Random, sizes: Sequence[tuple[str, int]]) -> list[str]:
    """The setting of each institution: the larger, the likelier a university's; shares of tracks as in the table."""
    shares = table("proportions")["setting"]["shares"]
    limits = list(zip(itertools.accumulate(shares.values()), shares, strict=True))
    total, before = sum(room for _, room in sizes), 0
    settings = [""] * len(sizes)
    for i in sorted(range(len(sizes)), key=lambda i: -sizes[i][1] * draw.uniform(0.3, 1)):
        settings[i] = next((name for limit, name in limits if before < limit * total), limits[-1][1])
        before += sizes[i][1]
    return settings


Placed = dict[str, dict[int, list[str]]]


def _place(draw: random.Random, houses: Sequence[_House], lines: Mapping[str, Mapping[str, int]]) -> Placed:
    """Which tracks stand in which house: rare specialties go first, to the large ones; family medicine fills the rest."""
    share = table("proportions")["groups"]["share"]
    placed: Placed = {}
    for code in sorted(lines, key=lambda code: (code == "120", sum(lines[code].values()), code)):
        homes: dict[int, list[str]] = placed.setdefault(code, {})
        for letter, count in sorted(lines[code].items(), key=lambda item: (-item[1], item[0])):
            apart = count if count < 20 else round(count * share)
            chosen = _choose(draw, houses, homes, apart)
            more = iter(_spread(draw, houses, chosen, count - len(chosen)))
            for house in itertools.chain(chosen, more):
                homes.setdefault(house, []).append(letter)
                houses[house].room -= 1
    return placed


def _choose(draw: random.Random, houses: Sequence[_House], homes: Mapping[int, object], number: int) -> list[int]:
    """Different houses with room: those that have the specialty already first, then the larger the likelier."""
    free = [i for i, house in enumerate(houses) if house.room > 0]
    rank = {i: (i not in homes, -(draw.random() ** (1 / houses[i].room ** 1.5))) for i in free}
    return sorted(free, key=rank.__getitem__)[:number]


def _spread(draw: random.Random, houses: Sequence[_House], chosen: Sequence[int], number: int) -> Iterator[int]:
    """Houses for the further tracks of a specialty: among the chosen while they have room, else anywhere."""
    for _ in range(number):
        near = [i for i in chosen if houses[i].room > 0] or [i for i, house in enumerate(houses) if house.room > 0]
        yield draw.choice(near)


def _program(
    draw: random.Random, specialty: Specialty, house: _House, tracks: Sequence[str], number: int
) -> Iterator[Record]:
    """One record for the program, then one for each of its tracks."""
    acgme_code = f"{specialty.code}{states()[house.state].acgme}{number}"
    about = {"name": f"{house.about['institution']} Program", "specialty": specialty.code}
    yield Record(acgme_code=acgme_code, fields=about | house.about | _policy(draw, specialty, house))
    seen: Counter[str] = Counter()
    for letter in filter(None, tracks):
        name = f"{specialty.nrmp_name or specialty.name}{_TRACK_NAMES[letter]}"
        yield Record(
            acgme_code=acgme_code,
            nrmp_code=f"{house.code}{specialty.code}{letter}{seen[letter]}",
            fields={
                "name": name if not seen[letter] else f"{name}/Track {seen[letter] + 1}",
                "track": letter,
                **_service(draw, specialty),
            },
            history=_history(draw, specialty, letter),
        )
        seen[letter] += 1


def _service(draw: random.Random, specialty: Specialty) -> dict[str, str]:
    """The application service, or nothing where the track does not say."""
    shape = table("proportions")["service"]
    given = shape["other"].get(specialty.code, shape["usual"])
    return {} if draw.random() < shape["not_given"] else {"service": given}


def _policy(draw: random.Random, specialty: Specialty, house: _House) -> dict[str, str]:
    """Visas, share of IMGs and cut-offs. What is not stated is left out."""
    return _visas(draw, specialty) | _img_share(draw, specialty, house) | _cutoffs(draw)


def _visas(draw: random.Random, specialty: Specialty) -> dict[str, str]:
    shape = table("proportions")["visa"]
    shares = shape["surgical" if specialty.code in shape["surgical_codes"] else "usual"]
    (kind,) = draw.choices(list(shares), list(shares.values()))
    if kind == "not stated":
        return {}
    return {"visa_j1": "no" if kind == "none" else "yes", "visa_h1b": "yes" if "H-1B" in kind else "no"}


def _img_share(draw: random.Random, specialty: Specialty, house: _House) -> dict[str, str]:
    shape = table("proportions")["img_share"]
    middle = shape["by_specialty"].get(specialty.code, shape["otherwise"]) * shape["by_setting"][house.setting]
    value = min(95, max(0, round(draw.gauss(middle, 2 + middle / 5))))
    return {"img_share": str(value)} if draw.random() < 0.7 else {}


def _cutoffs(draw: random.Random) -> dict[str, str]:
    shape = table("proportions")["cutoffs"]
    if draw.random() > shape["answered"]:
        return {}
    asked = ("graduation_years_max", "attempts_max", "step2_min", "us_experience", "certificate_by")
    found = {name: str(draw.choice(shape[name])) for name in asked if draw.random() < shape["stated"]}
    if found.get("us_experience") == "yes":
        found["us_experience_months"] = str(draw.choice(shape["us_experience_months"]))
    return found


def _history(draw: random.Random, specialty: Specialty, letter: str) -> tuple[Year, ...]:
    """Quota and positions filled for each season, newest first; a young track has fewer seasons."""
    count, change = specialty.counts[letter], table("proportions")["change_each_year"]
    mean, fill = count.positions / count.tracks, count.filled / count.positions
    quota = max(1, round(draw.gammavariate(2.5, mean / 2.5)))
    full = draw.random() < fill**3  # most tracks fill every year; the open positions are in the same few
    years = []
    for season in SEASONS:
        rate = 1.0 if full else max(0.0, 1 - (1 - fill) / (1 - fill**3))
        years.append(Year(season, quota, sum(draw.random() < rate for _ in range(quota))))
        if draw.random() < change["new"]:
            break
        if draw.random() < change["quota"]:
            quota = max(1, quota + draw.choice((-1, 1, 1)))
    return tuple(years)
