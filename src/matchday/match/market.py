"""A market as arrays: who lists whom, positions, couples, supplemental lists, reversions, parity.

Applicants and programs are numbers from 0 in the order of the input; lists are in CSR form (`ptr[i]` to `ptr[i + 1]`
in `pref`, best first); -1 is "no match". There is no object for each applicant, and identifiers are made when asked.

A small market read from JSON holds `array.array`, so that a cold run need not load numpy; `as_numpy()` gives the same
memory as numpy arrays. Both kinds index, slice, measure and convert (`tolist`) alike.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from itertools import accumulate, chain
from typing import Any

NO_MATCH = -1
KINDS = ("categorical", "preliminary", "advanced", "primary_care", "physician", "fellowship", "other")
PRELIMINARY, ADVANCED, OTHER = 1, 2, 6
PARITIES = ("none", "even", "odd")
EVEN, ODD = 1, 2


# A numpy array or an `array.array`; the two share indexing, slices, `len` and `tolist`, but no type that mypy knows.
Ints = Any


class Numbered(Sequence[str]):
    """Identifiers nobody gave: a letter and the number, made when asked."""

    def __init__(self, letter: str, size: int) -> None:
        self.letter, self.size = letter, size

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(self.size))]
        if not -self.size <= index < self.size:
            raise IndexError(index)
        return f"{self.letter}{int(index) % self.size}"


@dataclass(frozen=True, slots=True, eq=False)
class Market:
    """Everything the match is decided by. `ptr` arrays are int64, the others int32.

    quota, kind, parity: one value for each program; `kind` is a place in `KINDS`, `parity` in `PARITIES`.
    app_ptr, app_pref: the primary list of each applicant; members of couples have an empty one.
    prog_ptr, prog_pref: the list of each program.
    cpl_a, cpl_b, cpl_ptr, cpl_p1, cpl_p2: couple c has the members a and b; line i of its joint list sends a to
        `cpl_p1[i]` and b to `cpl_p2[i]`, each may be -1.
    supp_of, supp_at, supp_ptr, supp_pref: supplemental list s is read when applicant `supp_of[s]` holds the advanced
        program `supp_at[s]`, from the primary list or, for a member of a couple, from the joint list. Rows are sorted
        by applicant, then program; a list that serves several entries stands once for each. A member's list is that
        member's own: it is never ranked together with the partner's.
    rev_from, rev_to, rev_max: reversions in their order: at most `rev_max` unfilled positions go over.
    app_ids, prog_ids: identifiers, or None for numbered ones.
    """

    quota: Ints
    app_ptr: Ints
    app_pref: Ints
    prog_ptr: Ints
    prog_pref: Ints
    cpl_a: Ints
    cpl_b: Ints
    cpl_ptr: Ints
    cpl_p1: Ints
    cpl_p2: Ints
    kind: Ints
    parity: Ints
    supp_of: Ints
    supp_at: Ints
    supp_ptr: Ints
    supp_pref: Ints
    rev_from: Ints
    rev_to: Ints
    rev_max: Ints
    app_ids: Sequence[str] | None = None
    prog_ids: Sequence[str] | None = None

    @property
    def n_applicants(self) -> int:
        """How many applicants there are, members of couples included."""
        return len(self.app_ptr) - 1

    @property
    def n_programs(self) -> int:
        """How many programs there are."""
        return len(self.quota)

    @property
    def n_couples(self) -> int:
        """How many couples there are."""
        return len(self.cpl_a)

    @property
    def applicants(self) -> Sequence[str]:
        """The identifiers of the applicants."""
        return Numbered("a", self.n_applicants) if self.app_ids is None else self.app_ids

    @property
    def programs(self) -> Sequence[str]:
        """The identifiers of the programs."""
        return Numbered("p", self.n_programs) if self.prog_ids is None else self.prog_ids

    @property
    def is_small(self) -> bool:
        """Whether the arrays are the plain ones of a small input, which need no numpy."""
        return isinstance(self.app_pref, array)

    def as_numpy(self) -> Market:
        """The same market with numpy arrays over the same memory."""
        if not self.is_small:
            return self
        import numpy as np

        names = [f.name for f in fields(self) if not f.name.endswith("_ids")]
        numbers: dict[str, Any] = {name: np.asarray(getattr(self, name)) for name in names}
        return Market(**numbers, app_ids=self.app_ids, prog_ids=self.prog_ids)

    @classmethod
    def from_lists(
        cls,
        *,
        quota: Sequence[int],
        app_lists: Sequence[Sequence[int]],
        prog_lists: Sequence[Sequence[int]],
        couples: Sequence[tuple[int, int, Sequence[tuple[int, int]]]] = (),
        kind: Sequence[int] | None = None,
        parity: Sequence[int] | None = None,
        supplemental: Sequence[tuple[int, Iterable[int], Sequence[int]]] = (),
        reversions: Sequence[tuple[int, int, int]] = (),
        app_ids: Sequence[str] | None = None,
        prog_ids: Sequence[str] | None = None,
    ) -> Market:
        """A small market from lists of numbers, without numpy.

        couples: (a, b, [(p, q), ...]); supplemental: (applicant, advanced programs, preliminary programs);
        reversions: (donor, receiver, most). Raises `InputProblem` for links that are refused; that the lists name
        known numbers once is for the caller to see to.
        """
        from matchday.match.validate import implied_kinds, refuse_links

        rows = sorted((of, at, tuple(pref)) for of, entries, pref in supplemental for at in entries)
        app_ptr, app_pref = _csr(app_lists)
        prog_ptr, prog_pref = _csr(prog_lists)
        cpl_ptr, cpl_p1 = _csr([[p for p, _ in lines] for _, _, lines in couples])
        supp_ptr, supp_pref = _csr([pref for _, _, pref in rows])
        supp_at = array("i", (at for _, at, _ in rows))
        market = cls(
            quota=array("i", quota),
            app_ptr=app_ptr,
            app_pref=app_pref,
            prog_ptr=prog_ptr,
            prog_pref=prog_pref,
            cpl_a=array("i", (a for a, _, _ in couples)),
            cpl_b=array("i", (b for _, b, _ in couples)),
            cpl_ptr=cpl_ptr,
            cpl_p1=cpl_p1,
            cpl_p2=array("i", (q for _, _, lines in couples for _, q in lines)),
            kind=array("i", implied_kinds(len(quota), supp_at) if kind is None else kind),
            parity=array("i", [0] * len(quota) if parity is None else parity),
            supp_of=array("i", (of for of, _, _ in rows)),
            supp_at=supp_at,
            supp_ptr=supp_ptr,
            supp_pref=supp_pref,
            rev_from=array("i", (donor for donor, _, _ in reversions)),
            rev_to=array("i", (receiver for _, receiver, _ in reversions)),
            rev_max=array("i", (most for _, _, most in reversions)),
            app_ids=app_ids,
            prog_ids=prog_ids,
        )
        refuse_links(market)
        return market

    @classmethod
    def from_arrays(
        cls,
        *,
        quota: Any,
        app_ptr: Any,
        app_pref: Any,
        prog_ptr: Any,
        prog_pref: Any,
        cpl_a: Any = None,
        cpl_b: Any = None,
        cpl_ptr: Any = None,
        cpl_p1: Any = None,
        cpl_p2: Any = None,
        kind: Any = None,
        parity: Any = None,
        supp_of: Any = None,
        supp_at: Any = None,
        supp_ptr: Any = None,
        supp_pref: Any = None,
        rev_from: Any = None,
        rev_to: Any = None,
        rev_max: Any = None,
        app_ids: Sequence[str] | None = None,
        prog_ids: Sequence[str] | None = None,
        check: bool = True,
    ) -> Market:
        """A market of any size from CSR arrays; nothing is copied that has the right type already.

        supp_at: the advanced program each supplemental list serves; without it a list serves every advanced program
        that its applicant ranks. kind: without it, programs with a supplemental list are advanced, the others
        categorical. check: False leaves out the search for ids named twice or out of range, for a market that a
        program has made and trusts. Raises `InputProblem` for what the specification refuses.
        """
        from matchday.match import arrays

        given = {
            "quota": quota,
            "app_ptr": app_ptr,
            "app_pref": app_pref,
            "prog_ptr": prog_ptr,
            "prog_pref": prog_pref,
            "cpl_a": cpl_a,
            "cpl_b": cpl_b,
            "cpl_ptr": cpl_ptr,
            "cpl_p1": cpl_p1,
            "cpl_p2": cpl_p2,
            "kind": kind,
            "parity": parity,
            "supp_of": supp_of,
            "supp_at": supp_at,
            "supp_ptr": supp_ptr,
            "supp_pref": supp_pref,
            "rev_from": rev_from,
            "rev_to": rev_to,
            "rev_max": rev_max,
        }
        return arrays.assemble(given, app_ids, prog_ids, check=check)


def _csr(lists: Sequence[Sequence[int]]) -> tuple[array[int], array[int]]:
    """Where each list begins (and the last one ends), and all entries one after another."""
    return array("q", accumulate(map(len, lists), initial=0)), array("i", chain.from_iterable(lists))


def like(values: Ints, numbers: Sequence[int]) -> Ints:
    """Numbers as the kind of array that `values` is: plain, or of numpy."""
    if isinstance(values, array):
        return array("i", numbers)
    import numpy as np

    return np.array(numbers, np.int32)
