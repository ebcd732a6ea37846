"""The same program across sources: by code, then by name, city and specialty; what is not sure is left to a person."""

import datetime as dt
from pathlib import Path

import pytest

from matchday.directory.merge import Doubt, join
from matchday.directory.model import Reading, Record, SourceKind
from matchday.directory.names import Weights, likeness, words
from matchday.directory.store import Store


def program(code: str, name: str, city: str, state: str = "FL") -> Record:
    return Record(
        acgme_code=code, fields={"name": name, "city": city, "state": state, "specialty": code[:3]}, rows=(2,)
    )


def track(code: str, name: str, institution: str, city: str | None = None, state: str = "FL") -> Record:
    fields = {"name": name, "institution": institution, "state": state, "specialty": code[4:7]}
    return Record(nrmp_code=code, fields=fields | ({"city": city} if city else {}), rows=(2,))


def own(name: str, state: str = "FL", **more: str) -> Record:
    return Record(fields={"name": name, "state": state, **more}, rows=(2,))


# Enough other names that common words weigh little.
OTHERS = [
    program(f"40011{n:05}", f"{name} Program", "Elsewhere")
    for n, name in enumerate(
        ("Quiet Bay Hospital", "Sable River Medical Center", "Azalea Coast University", "Redwood Health")
    )
]
LANTERN = program("1401100001", "Gulf Lantern University Medical Center Program", "Tampa")


def keys(*records: Record, judged: dict[tuple[str, str], bool] | None = None) -> tuple[list[str], tuple[Doubt, ...]]:
    every = [*records, *OTHERS]
    joined = join(every, judged)
    return [joined.keys[number] for number in joined.program_of[: len(records)]], joined.doubts


def test_abbreviations_are_written_out_before_names_are_compared() -> None:
    assert words("U Miami/Jackson Mem Hosp-FL") == words("University of Miami/Jackson Memorial Hospital Program")
    weights = Weights(["University of Miami", "University of Iowa", "Jackson Memorial Hospital"])
    assert likeness(words("Univ of Miami"), words("University of Miami Program"), weights) == 100
    assert (
        likeness(words("University Hospital"), words("University of Iowa Hospital"), weights) == 0
    )  # nothing of its own


def test_one_program_has_many_tracks_and_the_code_joins_them_first() -> None:
    both = Record(acgme_code="1401100001", nrmp_code="9102140P0", fields={"name": "Medicine-Preliminary"}, rows=(2,))
    found, doubts = keys(
        LANTERN, both, track("9102140C0", "Internal Medicine", "Gulf Lantern Univ Med Ctr-FL", "Tampa")
    )
    assert found == ["acgme:1401100001"] * 3
    assert doubts == ()


def test_a_name_alone_is_enough_when_it_is_near_and_no_other_program_is() -> None:
    found, _ = keys(LANTERN, track("9102140C0", "Internal Medicine", "Gulf Lantern Univ Med Ctr-FL"))
    assert found[1] == "acgme:1401100001"


def test_another_specialty_state_or_city_is_another_program() -> None:
    for other in (
        track("9102120C0", "Family Medicine", "Gulf Lantern Univ Med Ctr-FL", "Tampa"),
        track("9102140C0", "Internal Medicine", "Gulf Lantern Univ Med Ctr-FL", "Tampa", state="GA"),
    ):
        assert keys(LANTERN, other)[0][1] == f"nrmp:{other.nrmp_code}"
    found, doubts = keys(LANTERN, track("9102140C0", "Internal Medicine", "Gulf Lantern Univ Med Ctr-FL", "Miami"))
    assert found[1] == "nrmp:9102140C0"
    assert doubts == (Doubt("acgme:1401100001", "nrmp:9102140C0", 100, "names 100 of 100 alike; the city differs"),)


def test_a_site_behind_the_slash_chooses_among_the_programs_of_one_institution() -> None:
    north = program("1401100002", "Gulf Lantern University Medical Center (Northgate) Program", "Tampa")
    institution = "Gulf Lantern Univ Med Ctr-FL"
    found, _ = keys(LANTERN, north, track("9102140C1", "Internal Med/Northgate", institution, "Tampa"))
    assert found[2] == "acgme:1401100002"
    found, doubts = keys(LANTERN, track("9102140C2", "Internal Med/Westshore", institution, "Tampa"))
    assert found[1] == "nrmp:9102140C2"
    assert doubts[0].why.endswith("the track is called Internal Med/Westshore")
    found, _ = keys(LANTERN, track("9102140C3", "Internal Med/Research", institution, "Tampa"))
    assert found[1] == "acgme:1401100001"


def test_two_programs_that_fit_equally_are_a_doubt() -> None:
    twin = program("1401100002", "Gulf Lantern University Medical Center Program", "Tampa")
    found, doubts = keys(
        LANTERN, twin, track("9102140C0", "Internal Medicine", "Gulf Lantern Univ Med Ctr-FL", "Tampa")
    )
    assert found[2] == "nrmp:9102140C0"
    assert "another program comes to 100" in doubts[0].why


def test_tracks_of_two_institutions_cannot_both_be_one_program() -> None:
    institution = "Gulf Lantern Univ Med Ctr-FL"
    tracks = [track(f"{code}140C0", "Internal Medicine", institution, "Tampa") for code in (9102, 9103)]
    found, doubts = keys(LANTERN, *tracks)
    assert found[1:] == ["nrmp:9102140C0", "nrmp:9103140C0"]
    assert {doubt.why for doubt in doubts} == {"tracks of another institution fit it too"}


def test_a_row_of_an_own_sheet_needs_the_specialty_or_a_name_that_fits_one_program() -> None:
    found, _ = keys(LANTERN, own("Gulf Lantern Univ Med Ctr"))
    assert found[1] == "acgme:1401100001"
    family = program("1201100009", "Gulf Lantern University Medical Center Program", "Tampa")
    found, doubts = keys(LANTERN, family, own("Gulf Lantern Univ Med Ctr"))
    assert found[2].startswith("name:")
    assert doubts[0].why == "no specialty given; 2 programs fit the name"
    found, _ = keys(LANTERN, family, own("Gulf Lantern Univ Med Ctr", specialty="120"))
    assert found[2] == "acgme:1201100009"


def test_a_persons_word_goes_before_every_likeness() -> None:
    row = own("Gulf Lantern Univ Med Ctr")
    alone = "name:gulf lantern univ med ctr|||fl|"
    pair = ("acgme:1401100001", alone)
    assert keys(LANTERN, row, judged={pair: False})[0][1] == alone
    lone = track("9102140C2", "Internal Med/Westshore", "Gulf Lantern Univ Med Ctr-FL", "Tampa")
    assert keys(LANTERN, lone, judged={("acgme:1401100001", "nrmp:9102140C2"): True})[0][1] == "acgme:1401100001"
    found, doubts = keys(LANTERN, lone, judged={("acgme:1401100001", "nrmp:9102140C2"): False})
    assert (found[1], doubts) == ("nrmp:9102140C2", ())
    told = own("Something Else")
    other = ("acgme:1401100001", "name:something else|||fl|")
    assert keys(LANTERN, told, judged={other: True})[0][1] == "acgme:1401100001"


def test_judgements_are_kept_in_the_store_through_later_imports(tmp_path: Path) -> None:
    lone = track("9102140C2", "Internal Med/Westshore", "Gulf Lantern Univ Med Ctr-FL", "Tampa")
    with Store(tmp_path / "d.sqlite") as store:
        for kind, records in ((SourceKind.ERAS, (LANTERN, *OTHERS)), (SourceKind.NRMP_RESULTS, (lone,))):
            store.add(Reading(kind=kind, read=1, records=records), title=kind.value, read_on=dt.date(2026, 11, 22))
        (doubt,) = store.doubts()
        store.judge(doubt.b, doubt.a, same=True)
        assert store.doubts() == ()
        store.rebuild()
        found = store.program("9102140C2")
        assert found is not None
        assert found.acgme_code == "1401100001"


@pytest.mark.parametrize("kind", [SourceKind.SPREADSHEET, SourceKind.TRACKER])
def test_a_code_less_row_that_joined_counts_as_merged(tmp_path: Path, kind: SourceKind) -> None:
    with Store(tmp_path / "d.sqlite") as store:
        day = dt.date(2026, 11, 22)
        store.add(Reading(kind=SourceKind.ERAS, read=5, records=(LANTERN, *OTHERS)), title="eras", read_on=day)
        rows = (own("Gulf Lantern Univ Med Ctr", visa_j1="yes"), own("Unheard Of Clinic"))
        assert store.add(Reading(kind=kind, read=2, records=rows), title="mine", read_on=day).merged == 1
        found = store.program("1401100001")
        assert found is not None
        claim = found.shown("visa_j1")
        assert claim is not None
        assert (claim.value, claim.source) == ("yes", "mine")
