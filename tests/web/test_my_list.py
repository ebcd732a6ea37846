"""Shortlist and list are plain changes of the dossier; nothing is lost on the way."""

from matchday.dossier.model import Application, Dossier, Preferences
from matchday.web.mylist import in_taste, listed, placed, shortlist, shortlisted, tier_of, unshortlisted, without

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
