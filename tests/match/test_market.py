"""A market as arrays: what is accepted, what is refused and where."""

import numpy as np
import pytest

from matchday.match import Market
from matchday.match.market import ADVANCED, EVEN, ODD, Numbered
from matchday.match.validate import Refused, warnings_of
from matchday.terms import InputProblem

# Two applicants and two programs that all list one another; a couple joins them as 2 and 3.
BASE = {
    "quota": [1, 2],
    "app_ptr": [0, 2, 4, 4, 4],
    "app_pref": [0, 1, 1, 0],
    "prog_ptr": [0, 3, 7],
    "prog_pref": [1, 0, 2, 0, 1, 2, 3],
    "cpl_a": [2],
    "cpl_b": [3],
    "cpl_ptr": [0, 2],
    "cpl_p1": [0, 1],
    "cpl_p2": [1, -1],
}


def market(**changed):
    return Market.from_arrays(**{name: np.array(values) for name, values in {**BASE, **changed}.items()})


def test_arrays_get_the_promised_types_and_nothing_right_is_copied():
    pref = np.array(BASE["app_pref"], np.int32)
    got = Market.from_arrays(**{**{k: np.array(v) for k, v in BASE.items()}, "app_pref": pref})
    assert got.app_pref is pref
    assert {got.app_ptr.dtype, got.cpl_ptr.dtype, got.supp_ptr.dtype} == {np.dtype(np.int64)}
    assert {got.quota.dtype, got.cpl_p1.dtype, got.rev_max.dtype, got.parity.dtype} == {np.dtype(np.int32)}


def test_identifiers_are_made_when_asked():
    assert market().applicants[3] == "a3"
    assert market().programs[-1] == "p1"
    assert Numbered("a", 3)[1:] == ["a1", "a2"]
    with pytest.raises(IndexError):
        Numbered("a", 3)[3]


def test_an_empty_market_is_legal():
    empty = Market.from_arrays(quota=[], app_ptr=[0], app_pref=[], prog_ptr=[0], prog_pref=[])
    assert (empty.n_applicants, empty.n_programs, warnings_of(empty)) == (0, 0, [])


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"quota": [-1, 2]}, ("programs", "p0", "quota")),
        ({"quota": [1.5, 2.0]}, ("quota",)),
        ({"quota": [2**40, 2]}, ("quota",)),
        ({"app_pref": [0, 2, 1, 0]}, ("app_pref", 1)),
        ({"app_pref": [0, -1, 1, 0]}, ("app_pref", 1)),
        ({"app_pref": [0, 0, 1, 0]}, ("applicants", "a0")),
        ({"prog_pref": [1, 0, 2, 0, 1, 2, 2]}, ("programs", "p1")),
        ({"app_pref": [0, 1, 1]}, ("app_pref",)),
        ({"app_ptr": [0, 3, 2, 4, 4]}, ("app_ptr",)),
        ({"prog_ptr": [0, 7]}, ("prog_ptr",)),
        ({"cpl_b": [2]}, ("couples", 0, "members")),
        ({"cpl_b": [1]}, ("applicants", "a1")),
        ({"cpl_b": [3, 3]}, ("cpl_b",)),
        ({"parity": [3, 0]}, ("parity", 0)),
        ({"kind": [0]}, ("kind",)),
        ({"rev_from": [0], "rev_to": [0], "rev_max": [1]}, ("reversions", 0)),
        ({"rev_from": [0], "rev_to": [1], "rev_max": [0]}, ("reversions", 0, "max")),
        ({"rev_from": [0], "rev_to": [1], "rev_max": [2]}, ("reversions", 0, "max")),
        ({"rev_from": [0], "rev_to": [1], "rev_max": []}, ("rev_max",)),
        ({"supp_of": [0], "supp_ptr": [0, 1], "supp_pref": [1]}, ("supp_at",)),
        ({"kind": [2, 1], "supp_of": [9], "supp_ptr": [0, 1], "supp_pref": [1]}, ("supp_of", 0)),
        ({"kind": [2, 1], "supp_of": [-1], "supp_ptr": [0, 1], "supp_pref": [1]}, ("supp_of", 0)),
        ({"kind": [2, 1], "supp_of": [0], "supp_ptr": [0, 1], "supp_pref": [7]}, ("supp_pref", 0)),
        ({"kind": [2, 1], "supp_of": [0], "supp_ptr": [0, 4], "supp_pref": [1]}, ("supp_pref",)),
        ({"kind": [], "supp_of": [0], "supp_ptr": [0, 1], "supp_pref": [1]}, ("kind",)),
        ({"cpl_ptr": []}, ("cpl_ptr",)),
        ({"quota": [2**31 - 1, 1], "rev_from": [0], "rev_to": [1], "rev_max": [1]}, ("reversions", 0)),
        ({"prog_ids": ["p", "p"]}, ("prog_ids", "p")),
        ({"app_ids": ["a", "b", "a", "c"]}, ("app_ids", "a")),
        ({"app_ids": ["a", "b", "\ud800", "c"]}, ("app_ids", "\ud800")),
        ({"supp_of": [0], "supp_at": [0, 1], "supp_ptr": [0, 1], "supp_pref": [1]}, ("supp_at",)),
    ],
)
def test_what_the_specification_refuses_is_refused_with_its_place(changed, place):
    with pytest.raises(Refused) as refused:
        market(**changed)
    assert refused.value.place == place
    assert isinstance(refused.value, InputProblem)


def test_rows_of_different_lengths_are_refused():
    with pytest.raises(Refused, match="rows of different lengths"):
        Market.from_arrays(quota=[1], app_ptr=[0, 1], app_pref=[[0], [0, 1]], prog_ptr=[0, 0], prog_pref=[])


def test_quotas_without_limit_are_legal_where_nothing_goes_over():
    assert market(quota=[2**31 - 1, 2**31 - 1]).quota.tolist() == [2**31 - 1] * 2


def test_an_applicant_in_two_couples_is_refused():
    with pytest.raises(Refused, match=r"couples\[1\].members: applicant 'a2' is already in couple 0"):
        market(cpl_a=[2, 2], cpl_b=[3, 1], cpl_ptr=[0, 2, 2])


SUPPLEMENTAL = {"kind": [ADVANCED, 1], "supp_of": [1, 0], "supp_at": [0, 0], "supp_ptr": [0, 1, 1], "supp_pref": [1]}


def test_supplemental_rows_are_sorted_by_applicant():
    got = market(**SUPPLEMENTAL)
    assert (got.supp_of.tolist(), got.supp_ptr.tolist(), got.supp_pref.tolist()) == ([0, 1], [0, 0, 1], [1])


def test_a_supplemental_list_without_entries_serves_every_advanced_entry():
    arrays = {**BASE, "quota": [1, 2, 1], "prog_ptr": [0, 3, 7, 7], "kind": [2, 2, 1]}
    lists = {"supp_of": [2, 0], "supp_ptr": [0, 1, 1], "supp_pref": [2]}
    got = Market.from_arrays(**{name: np.array(values) for name, values in {**arrays, **lists}.items()})
    assert list(zip(got.supp_of.tolist(), got.supp_at.tolist(), strict=True)) == [(0, 0), (0, 1), (2, 0), (2, 1)]
    assert (got.supp_ptr.tolist(), got.supp_pref.tolist()) == ([0, 0, 0, 1, 2], [2, 2])


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"kind": [0, 1]}, "is not an advanced program"),
        ({"kind": [2, 2]}, "which is an advanced program"),
        ({"supp_of": [0, 0]}, "has two lists for 'p0'"),
        ({"supp_ptr": [0, 2, 2], "supp_pref": [1, 1]}, "stands twice"),
    ],
)
def test_supplemental_lists_that_are_refused(changed, what):
    with pytest.raises(Refused, match=what):
        market(**{**SUPPLEMENTAL, **changed})


def test_kinds_follow_from_the_supplemental_lists_when_none_is_stated():
    got = market(**{k: v for k, v in SUPPLEMENTAL.items() if k != "kind"})
    assert got.kind.tolist() == [ADVANCED, 0]


def test_what_is_strange_is_told_and_accepted():
    got = market(
        app_ptr=[0, 1, 3, 3, 3], app_pref=[0, 1, 0], cpl_p1=[0, 0], cpl_p2=[0, 0], parity=[ODD, EVEN],
        quota=[1, 3], prog_ptr=[0, 4, 4], prog_pref=[1, 0, 2, 3],
    )  # fmt: skip
    assert warnings_of(got) == [
        "1 entries of applicants are not listed by the program: they cannot match",
        "1 programs have an empty list",
        "program 'p1' asks for an even number and has 3 positions: 2 are used",
        "couples[0]: the pair 'p0' and 'p0' stands 2 times; the first one counts",
        "couples[0]: both at 'p0' cannot match, for it has 1 positions",
    ]


def test_a_small_market_needs_no_numpy_and_gives_the_same_memory_to_it():
    small = Market.from_lists(quota=[1, 1], app_lists=[[0, 1], [1]], prog_lists=[[1, 0], [1]])
    assert small.is_small
    large = small.as_numpy()
    assert np.shares_memory(large.app_pref, small.app_pref)
    assert large.as_numpy() is large
    assert (
        warnings_of(small)
        == warnings_of(large)
        == [
            "1 entries of applicants are not listed by the program: they cannot match",
            "1 entries of programs are not listed by the applicant: they cannot match",
        ]
    )
