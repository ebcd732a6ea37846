"""Two editions of a list: what is new, gone and changed."""

import pytest

from matchday.directory.diff import Change, diff
from matchday.directory.model import Reading, Record, SourceKind, Year
from matchday.terms import InputProblem


def edition(*records: Record) -> Reading:
    return Reading(kind=SourceKind.NRMP_RESULTS, read=len(records), records=records)


def track(code: str, *quotas: int, **fields: str) -> Record:
    """A track with quotas of 2027, 2026, ..."""
    years = tuple(Year(2027 - n, quota) for n, quota in enumerate(quotas))
    return Record(nrmp_code=code, fields=fields, history=years, rows=(2,))


def test_new_gone_and_changed_are_told_apart() -> None:
    old = edition(track("9102140C0", 8, name="IM"), track("9102120C0", 6), track("9102400C0", 4))
    new = edition(track("9102140C0", 9, name="IM/East"), track("9102120C0", 6), track("9102220C0", 3))
    found = diff(old, new)
    assert (found.new, found.gone) == (("9102220C0",), ("9102400C0",))
    assert found.changed == (
        Change("9102140C0", "quota", 8, 9),
        Change("9102140C0", "name", "IM", "IM/East"),
    )


def test_a_quota_of_0_in_the_newest_season_is_absence() -> None:
    old = edition(track("9102140C0", 8), track("9102120C0", 0, 6))
    new = edition(track("9102140C0", 0, 8), track("9102120C0", 6, 0))
    found = diff(old, new)
    assert (found.new, found.gone, found.changed) == (("9102120C0",), ("9102140C0",), ())


def test_each_edition_is_judged_by_its_own_newest_season() -> None:
    old = edition(Record(nrmp_code="9102140C0", history=(Year(2026, 8),), rows=(2,)))
    new = edition(track("9102140C0", 8, 8))
    assert diff(old, new).changed == ()


def test_lists_without_counts_compare_who_is_listed_and_the_service() -> None:
    old = edition(Record(nrmp_code="9102140C0", fields={"service": "ERAS"}), Record(nrmp_code="9102120C0"))
    new = edition(Record(nrmp_code="9102140C0", fields={"service": "ResidencyCAS"}), Record(nrmp_code="9102220C0"))
    found = diff(old, new)
    assert (found.new, found.gone) == (("9102220C0",), ("9102120C0",))
    assert found.changed == (Change("9102140C0", "service", "ERAS", "ResidencyCAS"),)


def test_a_column_that_one_edition_lacks_is_no_change() -> None:
    assert diff(edition(track("9102140C0", 8, service="ERAS")), edition(track("9102140C0", 8))).changed == ()


def test_rows_that_share_an_acgme_code_are_one_entry_with_both_names() -> None:
    def program(*names: str) -> Reading:
        return edition(*(Record(acgme_code="1401100001", fields={"name": name}) for name in names))

    found = diff(program("Gulf", "Gulf Preliminary"), program("Gulf Preliminary", "Gulf"))
    assert found.changed == ()
    (change,) = diff(program("Gulf", "Gulf Preliminary"), program("Gulf")).changed
    assert (change.old, change.new) == ("Gulf | Gulf Preliminary", "Gulf")


def test_lists_with_different_codes_cannot_be_compared() -> None:
    with pytest.raises(InputProblem, match="different codes"):
        diff(edition(track("9102140C0", 8)), edition(Record(acgme_code="1401100001")))


def test_own_sheets_compare_by_name_and_place() -> None:
    one, two = (Record(fields={"name": name, "city": "Tampa", "state": "FL"}) for name in ("Gulf", "Bay"))
    found = diff(edition(one), edition(one, two))
    assert found.new == ("Bay · Tampa · FL · ",)
