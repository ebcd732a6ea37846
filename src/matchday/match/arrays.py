"""Market input as numpy arrays: types, ranges, ids named twice. All lists at once, in milliseconds for a nation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matchday.match.engine import ENTRIES_WORTH_COMPILING_FROM_ARRAYS
from matchday.match.market import ADVANCED, NO_MATCH, Market
from matchday.match.validate import Refused, implied_kinds, refuse_ids, refuse_links, refuse_quotas

type_of_pointers = np.dtype(np.int64)
type_of_entries = np.dtype(np.int32)
IntArray = NDArray[np.signedinteger[Any]]


def assemble(
    given: Mapping[str, Any], app_ids: Sequence[str] | None, prog_ids: Sequence[str] | None, *, check: bool
) -> Market:
    """A checked `Market`; the keys of `given` are its fields, None where the caller gave nothing."""
    got = {name: whole_numbers(name, values) for name, values in given.items()}
    programs, applicants = len(got["quota"]), max(len(got["app_ptr"]) - 1, 0)
    for group in ("cpl", "supp"):
        if not len(got[f"{group}_ptr"]):
            got[f"{group}_ptr"] = np.zeros(1, type_of_pointers)
    if given["parity"] is None:
        got["parity"] = np.zeros(programs, type_of_entries)
    serve_all = given["supp_at"] is None and len(got["supp_of"]) > 0
    _refuse_shapes(got, applicants, programs, serve_all=serve_all)
    if given["kind"] is not None:
        _refuse_length("kind", got["kind"], programs)
    if check:
        _refuse_ranges(got, applicants, programs)
    if serve_all:
        _serve_every_advanced_entry(got, kinds_known=given["kind"] is not None)
    _sort_supplemental(got)
    if given["kind"] is None:
        got["kind"] = np.array(implied_kinds(programs, got["supp_at"]), type_of_entries)
    for ids, count, side in ((app_ids, applicants, "app_ids"), (prog_ids, programs, "prog_ids")):
        if ids is not None and len(ids) != count:
            raise Refused((side,), f"{len(ids)} identifiers", expected=f"{count}", do="give one for each")
        if ids is not None and check:
            refuse_ids(ids, side)
    market = Market(**got, app_ids=app_ids, prog_ids=prog_ids)
    refuse_links(market)
    if check:
        refuse_repeats(market)
    return market


def whole_numbers(name: str, values: Any) -> IntArray:
    """The values as a flat, contiguous array of the right type; fractions and overflow are refused."""
    wanted = type_of_pointers if name.endswith("_ptr") else type_of_entries
    try:
        array = np.asarray([] if values is None else values)
    except ValueError as error:
        raise Refused((name,), "rows of different lengths", expected="a flat array of integers",
                      do=f"convert {name} to {wanted}") from error  # fmt: skip
    if array.size == 0:
        return np.zeros(0, wanted)
    if array.ndim != 1 or array.dtype.kind not in "iu":
        raise Refused((name,), f"{array.dtype} array of {array.ndim} dimensions", expected="a flat array of integers",
                      do=f"convert {name} to {wanted}")  # fmt: skip
    if not np.can_cast(array.dtype, wanted) and not np.array_equal(array.astype(wanted), array):
        raise Refused((name,), "a number too large", expected=f"numbers that fit {wanted}", do=f"correct {name}")
    return np.ascontiguousarray(array, wanted)


def _refuse_shapes(got: dict[str, Any], applicants: int, programs: int, *, serve_all: bool) -> None:
    """Lengths that go together, and pointers that begin at 0 and never fall; serve_all: supp_at is not there yet."""
    for pointers, entries, rows in (
        ("app_ptr", ("app_pref",), applicants),
        ("prog_ptr", ("prog_pref",), programs),
        ("cpl_ptr", ("cpl_p1", "cpl_p2"), len(got["cpl_a"])),
        ("supp_ptr", ("supp_pref",), len(got["supp_of"])),
    ):
        ptr = got[pointers]
        if len(ptr) != rows + 1 or ptr[0] != 0 or (np.diff(ptr) < 0).any():
            raise Refused((pointers,), f"{len(ptr)} pointers", do=f"rebuild {pointers}",
                          expected=f"{rows + 1} numbers that begin with 0 and never fall")  # fmt: skip
        for name in entries:
            _refuse_length(name, got[name], int(ptr[-1]))
    for name, like in (("cpl_b", "cpl_a"), ("supp_at", "supp_at" if serve_all else "supp_of"), ("rev_to", "rev_from"), ("rev_max", "rev_from"),
                       ("parity", "quota")):  # fmt: skip
        _refuse_length(name, got[name], len(got[like]))


def quotas(market: Market, given: Any) -> IntArray:
    """Other quotas for a market, one for each program. Raises `InputProblem`."""
    values = whole_numbers("quota", given)
    _refuse_length("quota", values, market.n_programs)
    refuse_quotas(replace(market, quota=values))
    return values


def _refuse_length(name: str, values: IntArray, wanted: int) -> None:
    """As many values as the other arrays ask for."""
    if len(values) != wanted:
        raise Refused((name,), f"{len(values)} values", expected=f"{wanted}", do=f"make {name} fit the other arrays")


def _refuse_ranges(got: dict[str, Any], applicants: int, programs: int) -> None:
    """Every entry names somebody there is; only joint lists may say "no match"."""
    for name, low, high in (
        ("app_pref", 0, programs),
        ("prog_pref", 0, applicants),
        ("cpl_a", 0, applicants),
        ("cpl_b", 0, applicants),
        ("cpl_p1", NO_MATCH, programs),
        ("cpl_p2", NO_MATCH, programs),
        ("supp_of", 0, applicants),
        ("supp_at", 0, programs),
        ("supp_pref", 0, programs),
        ("rev_from", 0, programs),
        ("rev_to", 0, programs),
        ("kind", 0, 7),
        ("parity", 0, 3),
    ):
        values = got[name]
        if len(values) and not (values.min() >= low and values.max() < high):
            at = int(np.flatnonzero((values < low) | (values >= high))[0])
            raise Refused((name, at), f"number {values[at]}", expected=f"{low} to {high - 1}", do=f"correct {name}")


def refuse_repeats(market: Market, *, compiled: bool = True) -> None:
    """Raise `Refused` if a list names one id twice; compiled: a large market may be worth loading the compiler."""
    for side, ptr, pref, other, names in (
        ("applicants", market.app_ptr, market.app_pref, market.n_programs, market.applicants),
        ("programs", market.prog_ptr, market.prog_pref, market.n_applicants, market.programs),
        ("supplemental", market.supp_ptr, market.supp_pref, market.n_programs, None),
    ):
        repeated = _first_repeat(ptr, pref, other, compiled=compiled)
        if repeated is not None:
            row, entry = divmod(repeated, other)
            name = names[row] if names is not None else market.applicants[market.supp_of[row]]
            ids = market.applicants if side == "programs" else market.programs
            raise Refused((side, name), f"{ids[entry]!r} stands twice on the list", expected="each id once on a list",
                          do="take the second one out")  # fmt: skip


def keys_of(owner: Any, entry: Any, width: int, owners: int) -> Any:
    """One number for each (owner, entry); of 32 bits where they suffice, for they sort twice as fast."""
    kind = np.uint32 if owners * width < 2**32 else np.uint64
    return owner.astype(kind) * kind(width) + entry.astype(kind)


def _first_repeat(ptr: Any, pref: Any, width: int, *, compiled: bool) -> int | None:
    """The smallest key that stands twice, or None. Sorting a nation takes longer than its match: one look is compiled."""
    if compiled and len(pref) >= ENTRIES_WORTH_COMPILING_FROM_ARRAYS and find_spec("numba") is not None:
        from matchday.match import kernel, tables

        row = kernel.row_with_repeat(tables.own(ptr), tables.own(pref), np.zeros(width, type_of_entries))
        if row == NO_MATCH:
            return None
        pref = pref[ptr[row] : ptr[row + 1]]
        owner = np.full(len(pref), row)
    else:
        owner = np.repeat(np.arange(len(ptr) - 1), np.diff(ptr))
    ordered = np.sort(keys_of(owner, pref, width, len(ptr)))
    twice = np.flatnonzero(ordered[1:] == ordered[:-1])
    return int(ordered[twice[0]]) if len(twice) else None


def _serve_every_advanced_entry(got: dict[str, Any], *, kinds_known: bool) -> None:
    """Give each list to every advanced program that its applicant ranks."""
    if not kinds_known:
        raise Refused(("supp_at",), "neither supp_at nor kind is given", do="give supp_at or kind",
                      expected="the advanced program of each supplemental list, or the kinds")  # fmt: skip
    of, ptr, pref, at, rows = got["supp_of"], got["supp_ptr"], got["supp_pref"], [], []
    joint: dict[int, list[int]] = {}
    for members, entries in ((got["cpl_a"], got["cpl_p1"]), (got["cpl_b"], got["cpl_p2"])):
        for c, a in enumerate(members.tolist()):
            joint[a] = entries[got["cpl_ptr"][c] : got["cpl_ptr"][c + 1]].tolist()
    for s, a in enumerate(of.tolist()):
        ranked = joint.get(a) or got["app_pref"][got["app_ptr"][a] : got["app_ptr"][a + 1]].tolist()
        entries = sorted({p for p in ranked if p != NO_MATCH and got["kind"][p] == ADVANCED})
        at.extend(entries)
        rows.extend([s] * len(entries))
    got["supp_at"] = np.array(at, type_of_entries)
    _take_rows(got, ptr, pref, np.array(rows, np.int64))


def _sort_supplemental(got: dict[str, Any]) -> None:
    """Rows by applicant, then advanced program."""
    of, at = got["supp_of"], got["supp_at"]
    if len(of) == len(at) == len(got["supp_ptr"]) - 1:
        order = np.lexsort((at, of))
        if len(of) and (np.diff(order) != 1).any():
            got["supp_at"] = at[order]
            _take_rows(got, got["supp_ptr"], got["supp_pref"], order)


def _take_rows(got: dict[str, Any], ptr: Any, pref: Any, rows: Any) -> None:
    """Rebuild the supplemental lists from the given rows."""
    lengths = np.diff(ptr)[rows]
    got["supp_of"] = got["supp_of"][rows]
    got["supp_ptr"] = np.concatenate([[0], np.cumsum(lengths)]).astype(type_of_pointers)
    got["supp_pref"] = np.concatenate([pref[:0], *(pref[ptr[r] : ptr[r + 1]] for r in rows.tolist())])


def count_one_sided(market: Market) -> tuple[int, int]:
    """How many entries stand on an applicant's list only, and how many on a program's only."""
    width = market.n_programs
    owners = [np.repeat(np.arange(market.n_applicants), np.diff(market.app_ptr))]
    entries = [market.app_pref]
    for member, pref in ((market.cpl_a, market.cpl_p1), (market.cpl_b, market.cpl_p2)):
        owners.append(np.repeat(member, np.diff(market.cpl_ptr)))
        entries.append(pref)
    owners.append(np.repeat(market.supp_of, np.diff(market.supp_ptr)))
    entries.append(market.supp_pref)
    owner, entry = np.concatenate(owners), np.concatenate(entries)
    by_applicants = keys_of(owner[entry != NO_MATCH], entry[entry != NO_MATCH], width, market.n_applicants)
    by_applicants.sort()
    by_applicants = by_applicants[np.append(True, by_applicants[1:] != by_applicants[:-1])[: len(by_applicants)]]
    program = np.repeat(np.arange(width), np.diff(market.prog_ptr))
    by_programs = keys_of(np.asarray(market.prog_pref), program, width, market.n_applicants)
    together = np.sort(np.concatenate([by_applicants, by_programs]))
    both = int((together[1:] == together[:-1]).sum())
    return len(by_applicants) - both, len(by_programs) - both
