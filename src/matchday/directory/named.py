"""Rows that give no code at all (own sheets, trackers): which known program a name, a place and a specialty mean."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from matchday.directory.model import Record
from matchday.directory.names import Weights, likeness, words
from matchday.directory.pairs import DOUBT, MARGIN, SURE

Where = tuple[str, str, str, float]


def join_named(
    records: Sequence[Record], keys: Sequence[str], judged: Mapping[tuple[str, str], bool]
) -> tuple[dict[str, str], list[tuple[str, str, int, str]]]:
    """Key of a codeless row -> key of the program that it surely means; and the doubtful ones, as (a, b, score, why)."""
    codeless = {k: record for k, record in zip(keys, records, strict=True) if k.startswith("name:")}
    if not codeless:
        return {}, []
    known = _known(records, keys)
    weights = Weights(name for names, _, _ in known.values() for name in names)
    by_state: dict[str, list[str]] = defaultdict(list)
    for one, (_, state, _) in known.items():
        by_state[state].append(one)
    renamed, doubts = {}, []
    for one, record in codeless.items():
        told = _told(one, judged)
        if told:
            renamed[one] = told
            continue
        near = [k for k in by_state.get(record.fields.get("state", ""), []) if judged.get(_pair(one, k)) is not False]
        best, why, score = _best(record, near, known, weights)
        if best and not why:
            renamed[one] = best
        elif best:
            doubts.append((*_pair(one, best), round(score), why))
    return renamed, doubts


def _pair(one: str, other: str) -> tuple[str, str]:
    first, second = sorted((one, other))
    return first, second


def _told(one: str, judged: Mapping[tuple[str, str], bool]) -> str | None:
    """The key that a person named as the same."""
    pairs = (pair for pair, same in judged.items() if same and one in pair)
    return next((b if a == one else a for a, b in pairs), None)


def _known(records: Sequence[Record], keys: Sequence[str]) -> dict[str, tuple[set[str], str, str]]:
    """Names, state and specialty of every program with a code."""
    names: dict[str, set[str]] = defaultdict(set)
    states: dict[str, str] = {}
    specialties: dict[str, str] = {}
    for k, record in zip(keys, records, strict=True):
        if k.startswith("name:"):
            continue
        said = record.fields
        names[k].update(said[name] for name in _naming(record) if name in said)
        states.setdefault(k, said.get("state", ""))
        specialties.setdefault(k, said.get("specialty", ""))
    return {k: (names[k], states[k], specialties[k]) for k in names}


def _naming(record: Record) -> Iterable[str]:
    """A track's own name is its specialty; its institution names the place. A program's name does."""
    return ("institution",) if record.nrmp_code else ("name", "institution")


def _best(
    record: Record, near: Iterable[str], known: Mapping[str, tuple[set[str], str, str]], weights: Weights
) -> tuple[str, str, float]:
    """The program that a row means, "" when none comes near; why it is doubtful, "" when it is sure."""
    own = [words(record.fields[name]) for name in ("name", "institution") if name in record.fields]
    specialty = record.fields.get("specialty", "")
    near = [k for k in near if not specialty or known[k][2] == specialty]
    scored = sorted(
        ((max(_scores(own, known[k][0], weights), default=0.0), k) for k in near), key=lambda s: (-s[0], s[1])
    )
    if not scored or scored[0][0] < DOUBT:
        return "", "", 0.0
    score, best = scored[0]
    rivals = sum(other >= score - MARGIN for other, _ in scored) - 1
    if score >= SURE and not rivals:
        return best, "", score
    if rivals and not specialty:
        return best, f"no specialty given; {rivals + 1} programs fit the name", score
    return best, f"names {score:.0f} of 100 alike; {rivals} others come near", score


def _scores(own: Iterable[tuple[str, ...]], names: Iterable[str], weights: Weights) -> list[float]:
    theirs = [words(name) for name in names]
    return [likeness(mine, name, weights) for mine in own for name in theirs]
