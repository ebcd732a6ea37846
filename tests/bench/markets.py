"""Made-up national markets for the bench: seeded, correlated, both sides list one another, returned as arrays for `from_arrays`."""

from dataclasses import dataclass
from typing import Any

import numpy as np

Arrays = dict[str, Any]

SPECIALTIES = 40  # fewer in a market of few programs
REGIONS = 12
MEAN_QUOTA = 6.2  # about 41,000 positions in 6,600 programs


@dataclass(frozen=True, slots=True)
class Nation:
    """Sizes of a made-up market; the defaults are the national one of the figures."""

    applicants: int = 50_000
    programs: int = 6_600
    entries: int = 624_000
    couples: int = 0
    supplementals: int = 0
    reversions: int = 0
    even: int = 0
    couple_lines: int = 30


NATIONAL = Nation()
COUPLES = Nation(couples=1_200)
VARIATIONS = Nation(couples=1_200, supplementals=6_500, reversions=400, even=50)
MILLION = Nation(applicants=1_000_000, programs=132_000, entries=12_480_000)


def national(nation: Nation = NATIONAL, *, seed: int = 0) -> Arrays:
    """Keyword arguments of `Market.from_arrays` for the single lists; the same nation and seed give the same arrays."""
    rng = np.random.default_rng([seed, nation.applicants, nation.programs])
    world = _World(nation, rng)
    who, where = _choices(nation, world, rng)
    return {"quota": world.quota, **_csr(*_ranked(who, where, world, rng), nation)}


class _World:
    """Where programs and applicants are, how good they are thought to be, and the specialty of each."""

    def __init__(self, nation: Nation, rng: np.random.Generator) -> None:
        m, n = nation.programs, nation.applicants
        count = max(1, min(SPECIALTIES, m // 40))
        share = rng.dirichlet(np.full(count, 0.7))
        self.specialty = np.sort(rng.choice(count, m, p=share))
        self.quota = np.maximum(1, np.rint(rng.lognormal(np.log(MEAN_QUOTA) - 0.32, 0.8, m))).astype(np.int32)
        self.region = rng.integers(0, REGIONS, m)
        self.fame = rng.normal(size=m)
        places = np.bincount(self.specialty, weights=self.quota, minlength=count)
        self.aim = rng.choice(count, n, p=places / places.sum())
        self.home = rng.integers(0, REGIONS, n)
        self.merit = rng.normal(size=n)


def _choices(nation: Nation, world: _World, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Which applicant interviews where: in the specialty, by positions, fame and region; exactly `entries` pairs."""
    first = np.searchsorted(world.specialty, np.arange(world.specialty[-1] + 2))
    known = world.quota * np.exp(0.8 * world.fame)
    weight = np.concatenate(([0.0], np.cumsum(known)))
    eager = rng.gamma(3.0, 1.0 / 3.0, nation.applicants)
    pairs = np.empty(0, np.int64)
    for _ in range(100):
        if len(pairs) >= nation.entries:
            break
        draws = rng.poisson(eager * 2.5 * (nation.entries - len(pairs)) / nation.applicants + 0.5)
        who = np.repeat(np.arange(nation.applicants), draws)
        low, high = weight[first[world.aim]], weight[first[world.aim + 1]]
        drawn = np.repeat(low, draws) + rng.random(len(who)) * np.repeat(high - low, draws)
        where = np.searchsorted(weight, drawn, side="right") - 1
        near = (world.region[where] == np.repeat(world.home, draws)) | (rng.random(len(who)) < 0.5)
        pairs = np.unique(np.concatenate((pairs, who[near] * nation.programs + where[near])))
    if len(pairs) < nation.entries:
        raise ValueError(f"no {nation.entries} different pairs in a market of {nation}")
    spare = rng.choice(len(pairs), len(pairs) - nation.entries, replace=False)
    return np.divmod(np.delete(pairs, spare), nation.programs)


def _ranked(who: np.ndarray, where: np.ndarray, world: _World, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    """The pairs in the order of each applicant's list and, again, in the order of each program's list."""
    near = world.region[where] == world.home[who]
    liking = world.fame[where] + 0.8 * near + rng.gumbel(size=len(who))
    standing = world.merit[who] + 0.3 * near + 0.7 * rng.gumbel(size=len(who))
    return who, where[_by(who, liking)], where, who[_by(where, standing)]


def _by(owner: np.ndarray, value: np.ndarray) -> np.ndarray:
    """The order by owner, then from the highest value down."""
    return np.argsort(owner - 1.0 / (1.0 + np.exp(-value)))


def _csr(who: np.ndarray, wanted: np.ndarray, where: np.ndarray, ranked: np.ndarray, nation: Nation) -> Arrays:
    return {
        "app_ptr": pointers(who, nation.applicants),
        "app_pref": wanted.astype(np.int32),
        "prog_ptr": pointers(where, nation.programs),
        "prog_pref": ranked.astype(np.int32),
    }


def pointers(owner: np.ndarray, owners: int) -> np.ndarray:
    """CSR pointers (int64, owners + 1) of lists whose entries belong to `owner`."""
    return np.concatenate(([0], np.cumsum(np.bincount(owner, minlength=owners)))).astype(np.int64)
