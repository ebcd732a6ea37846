"""Shortlist and list are plain changes of the dossier; nothing is lost on the way."""

from dataclasses import replace
from pathlib import Path

import pytest

from matchday.dossier.file import dumps, parse
from matchday.dossier.model import Application, Dossier, Preferences
from matchday.web.mylist import (
    in_order,
    in_taste,
    listed,
    order_of,
    placed,
    put_at,
    shortlist,
    shortlisted,
    stepped,
    tier_of,
    unshortlisted,
    without,
)

OBGYN = {
    "nrmp_code": "1001220C0", "acgme_code": "2201100001", "name": "OB", "institution": "Alpha", "specialty": "220",
    "specialty_name": None, "track": "C", "service": "ERAS",
}  # fmt: skip


def test_the_shortlist_is_a_tier_of_the_preferences_in_the_order_of_adding() -> None:
    dossier = shortlisted(shortlisted(shortlisted(Dossier(), "B"), "A"), "B")
    assert dossier.preferences.tiers == {"shortlist": ("B", "A")}
    assert unshortlisted(unshortlisted(dossier, "A"), "B") == Dossier()


def test_a_listed_program_leaves_the_shortlist_and_knows_its_specialty() -> None:
    dossier = listed(
        shortlisted(Dossier(), "1001220C0"), OBGYN | {"service": "ResidencyCAS"}, 2027, tier="B", notes="near"
    )
    assert shortlist(dossier) == ()
    assert tier_of(dossier, "1001220C0") == "B"
    assert dossier.application == (
        Application(
            program="1001220C0", track="C", specialty="Obstetrics and Gynecology", service="ResidencyCAS",
            status="listed", notes="near",
        ),
    )  # fmt: skip


def test_a_service_that_the_season_does_not_know_for_the_specialty_is_not_written_down() -> None:
    """An old list says ERAS; all of the specialty moved. The bill must not be counted at the wrong service."""
    (entry,) = listed(Dossier(), OBGYN, 2027).application or ()
    assert entry.service is None


def test_moving_to_a_tier_puts_last_in_it_and_staying_changes_nothing() -> None:
    dossier = Dossier(preferences=Preferences(tiers={"A": ("x", "y"), "B": ("z",)}))
    assert placed(dossier, "x", "A") is dossier
    assert placed(dossier, "x", "B").preferences.tiers == {"A": ("y",), "B": ("z", "x")}
    assert placed(dossier, "z", "").preferences.tiers == {"A": ("x", "y")}


def test_the_list_stands_in_the_order_of_taste_then_of_the_file() -> None:
    dossier = Dossier(
        application=tuple(Application(program=name) for name in ("n", "b", "a2", "a1")),
        preferences=Preferences(tiers={"A": ("a1", "a2"), "B": ("b",), "shortlist": ("n",)}),
    )
    assert [entry.program for _, entry in in_taste(dossier)] == ["a1", "a2", "b", "n"]


def test_what_was_sent_is_withdrawn_and_what_was_only_listed_goes() -> None:
    dossier = Dossier(
        application=(Application(program="s", status="submitted"), Application(program="l", status="listed")),
        preferences=Preferences(tiers={"A": ("s", "l")}),
    )
    left = without(without(dossier, 1), 0)
    assert left.application == (Application(program="s", status="withdrawn"),)
    assert left.preferences.tiers == {"A": ("s",)}


def tiered(*a: str, **others: tuple[str, ...]) -> Dossier:
    """A list of single letters with these in tier A; "gone" is in no list of applications."""
    return Dossier(
        application=tuple(Application(program=one) for one in "abcdef"),
        preferences=Preferences(tiers={"A": a, **others}),
    )


@pytest.mark.parametrize(
    ("places", "order"),
    [
        ({"a": 3}, "bcad"),
        ({"c": 1}, "cabd"),
        ({"c": 1, "d": 1}, "cdab"),
        ({"a": 99}, "bcda"),
        ({"a": 4, "d": 1}, "dbca"),
        ({"a": 0}, "abcd"),
        ({"e": 1, "x": 1}, "abcd"),
    ],
)
def test_places_inside_a_tier_are_given_by_number(places: dict[str, int], order: str) -> None:
    assert order_of(put_at(tiered("a", "b", "gone", "c", "d", B=("e",)), places), "A") == list(order)


def test_a_program_that_has_left_the_list_keeps_its_tier_but_is_no_place(tmp_path: Path) -> None:
    dossier = stepped(tiered("a", "gone", "b"), "b", "up")
    assert dossier.preferences.tiers == {"A": ("b", "a", "gone")}
    file = tmp_path / "mine.toml"
    file.write_text(dumps(dossier, "toml"))
    assert parse(file.read_bytes(), "mine.toml").preferences.tiers == dossier.preferences.tiers


def test_at_the_end_of_a_tier_there_is_no_step_further() -> None:
    dossier = tiered("a", "b")
    assert [stepped(dossier, *step) for step in (("a", "up"), ("b", "down"), ("e", "up"), ("a", "out"))] == [
        dossier
    ] * 4
    assert order_of(stepped(dossier, "a", "down"), "A") == ["b", "a"]


def test_the_whole_list_in_order_leaves_out_what_is_over_or_has_no_tier() -> None:
    dossier = replace(tiered("b", "a", B=("d", "c")), application=(
        *(Application(program=one) for one in "abd"), Application(program="c", status="rejected"),
        Application(program="e"),
    ))  # fmt: skip
    assert in_order(dossier) == ["b", "a", "d"]
