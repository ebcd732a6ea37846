"""Couples, supplemental lists, reversions and even numbers, put upon the single lists of a made-up market."""

from typing import Any

import numpy as np

from matchday.match.market import ADVANCED, EVEN, PRELIMINARY
from tests.bench.markets import Arrays, Nation, national, pointers

ADVANCED_SHARE, PRELIMINARY_SHARE = 0.15, 0.08
NONE = np.int32(-1)


def varied(nation: Nation, *, seed: int = 0) -> Arrays:
    """Keyword arguments of `Market.from_arrays` with all that the nation asks for; the same seed, the same arrays."""
    arrays = national(nation, seed=seed)
    rng = np.random.default_rng([seed, 1])
    if nation.supplementals:
        arrays |= _supplementals(arrays, nation, rng)
    if nation.couples:
        arrays |= _couples(arrays, nation, rng)
    if nation.reversions:
        arrays |= _reversions(arrays, nation, rng)
    if nation.even:
        arrays["parity"] = np.zeros(nation.programs, np.int32)
        arrays["parity"][rng.choice(nation.programs, nation.even, replace=False)] = EVEN
    return arrays


def _couples(arrays: Arrays, nation: Nation, rng: np.random.Generator) -> Arrays:
    """Pairs of applicants; the joint list goes by the sum of both ranks, then each alone with the partner unmatched."""
    ptr, pref = arrays["app_ptr"], arrays["app_pref"]
    single = np.setdiff1d(np.arange(nation.applicants), arrays.get("supp_of", []))
    listed = single[np.diff(ptr)[single] >= 4]
    members = rng.choice(listed, (nation.couples, 2), replace=False).astype(np.int32)
    joint = [_joint(*(pref[ptr[m] : ptr[m + 1]] for m in pair), lines=nation.couple_lines, rng=rng) for pair in members]
    keep = np.ones(nation.applicants, bool)
    keep[members.ravel()] = False
    owner = np.repeat(np.arange(nation.applicants), np.diff(ptr))
    return {
        "app_ptr": pointers(owner[keep[owner]], nation.applicants),
        "app_pref": pref[keep[owner]],
        "cpl_a": members[:, 0].copy(),
        "cpl_b": members[:, 1].copy(),
        "cpl_ptr": np.cumsum([0, *(len(p) for p, _ in joint)]).astype(np.int64),
        "cpl_p1": np.concatenate([p for p, _ in joint]),
        "cpl_p2": np.concatenate([q for _, q in joint]),
    }


def _joint(first: Any, second: Any, *, lines: int, rng: np.random.Generator) -> tuple[Any, Any]:
    i, j = np.meshgrid(np.arange(len(first)), np.arange(len(second)), indexing="ij")
    best = np.argsort((i + j + 3 * rng.random(i.shape)).ravel())[:lines]
    p = np.concatenate([first[i.ravel()[best]], first, np.full(len(second), NONE)])
    q = np.concatenate([second[j.ravel()[best]], np.full(len(first), NONE), second])
    return p.astype(np.int32), q.astype(np.int32)


def _supplementals(arrays: Arrays, nation: Nation, rng: np.random.Generator) -> Arrays:
    """Some programs are advanced, some preliminary; applicants of the first rank a few of the second for the first year.

    A preliminary program ranks its new applicants among the others by chance.
    """
    m = nation.programs
    kind = np.zeros(m, np.int32)
    drawn = rng.permutation(m)
    advanced, preliminary = int(m * ADVANCED_SHARE), int(m * PRELIMINARY_SHARE)
    kind[drawn[:advanced]] = ADVANCED
    kind[drawn[advanced : advanced + preliminary]] = PRELIMINARY
    owner = np.repeat(np.arange(nation.applicants), np.diff(arrays["app_ptr"]))
    entries = np.flatnonzero(kind[arrays["app_pref"]] == ADVANCED)
    chosen = np.sort(rng.choice(entries, min(nation.supplementals, len(entries)), replace=False))
    of, at = owner[chosen], arrays["app_pref"][chosen]
    places = np.flatnonzero(kind == PRELIMINARY)
    ranked = {a: rng.choice(places, rng.integers(2, 7), replace=False) for a in np.unique(of).tolist()}
    lists = [ranked[a] for a in of.tolist()]
    pairs = {(int(p), a) for a, row in ranked.items() for p in row}
    programs, applicants = _with_pairs(arrays, pairs, rng)
    return {
        "kind": kind,
        "prog_ptr": pointers(programs, m),
        "prog_pref": applicants,
        "supp_of": of.astype(np.int32),
        "supp_at": at.astype(np.int32),
        "supp_ptr": np.cumsum([0, *map(len, lists)]).astype(np.int64),
        "supp_pref": np.concatenate(lists).astype(np.int32),
    }


def _with_pairs(arrays: Arrays, pairs: set[tuple[int, int]], rng: np.random.Generator) -> tuple[Any, Any]:
    """The lists of the programs with these (program, applicant) put in at random places."""
    length = np.diff(arrays["prog_ptr"])
    program = np.repeat(np.arange(len(length)), length)
    place = (np.arange(len(program)) - np.repeat(arrays["prog_ptr"][:-1], length)) / np.repeat(length, length)
    known = set(zip(program.tolist(), arrays["prog_pref"].tolist(), strict=True)) if pairs else set()
    new = np.array(sorted(pairs - known))
    program = np.concatenate([program, new[:, 0]])
    applicant = np.concatenate([arrays["prog_pref"], new[:, 1]])
    order = np.lexsort((np.concatenate([place, rng.random(len(new))]), program))
    return program[order], applicant[order].astype(np.int32)


def _reversions(arrays: Arrays, nation: Nation, rng: np.random.Generator) -> Arrays:
    """Positions of one program go over to another, at most half of the donor's."""
    donors = rng.choice(np.flatnonzero(arrays["quota"] >= 2), nation.reversions, replace=False)
    receivers = (donors + rng.integers(1, nation.programs, nation.reversions)) % nation.programs
    return {
        "rev_from": donors.astype(np.int32),
        "rev_to": receivers.astype(np.int32),
        "rev_max": (arrays["quota"][donors] // 2).astype(np.int32),
    }
