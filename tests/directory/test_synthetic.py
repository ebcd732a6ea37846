"""The made-up directory: nothing in it exists, its proportions are the nation's."""

import re
import statistics
from collections import Counter
from functools import cache

from matchday.directory.model import Reading, Record, SourceKind
from matchday.directory.synthetic import MARK, made_up_directory
from matchday.directory.tables import specialties, states


@cache
def reading() -> Reading:
    return made_up_directory()


def tracks() -> list[Record]:
    return [record for record in reading().records if record.nrmp_code]


def programs() -> dict[str, Record]:
    return {record.acgme_code or "": record for record in reading().records if not record.nrmp_code}


def test_the_same_seed_gives_the_same_directory_and_another_seed_another() -> None:
    assert made_up_directory(2027) == reading()
    assert made_up_directory(7) != reading()


def test_every_program_says_that_it_is_made_up() -> None:
    assert reading().kind is SourceKind.MADE_UP
    for record in programs().values():
        assert MARK in record.fields["institution"]
        assert MARK in record.fields["name"]
        assert MARK in record.fields["city"]


def test_codes_have_the_real_shape_but_no_institution_has_a_real_number() -> None:
    for record in tracks():
        assert re.fullmatch(r"9\d{3}\d{3}[CMPAR]\d{1,2}", record.nrmp_code or "")
    for code, record in programs().items():
        assert re.fullmatch(r"\d{10}", code)
        assert code[:3] == record.fields["specialty"]
        assert code[3:5] == states()[record.fields["state"]].acgme
        assert code[5] == "9"


def test_no_two_tracks_share_a_code_and_every_track_has_its_program() -> None:
    codes = [record.nrmp_code for record in tracks()]
    assert len(codes) == len(set(codes))
    assert {record.acgme_code for record in tracks()} <= programs().keys()


def test_tracks_of_each_specialty_and_type_are_as_many_as_in_the_nation() -> None:
    made = Counter(((record.nrmp_code or "")[4:7], record.fields["track"]) for record in tracks())
    nation = {
        (one.code, letter): count.tracks for one in specialties().values() for letter, count in one.counts.items()
    }
    assert made == Counter(nation)


def test_programs_outside_the_main_match_have_no_track() -> None:
    urology = [record for code, record in programs().items() if code.startswith("480")]
    assert len(urology) > 100
    assert not [record for record in tracks() if (record.acgme_code or "").startswith("480")]


def test_the_size_of_the_directory_is_that_of_the_nation() -> None:
    lines = len(tracks()) + len(programs().keys() - {record.acgme_code for record in tracks()})
    assert 6_300 <= lines <= 6_600


def test_tracks_of_each_state_are_in_proportion() -> None:
    made = Counter(programs()[record.acgme_code or ""].fields["state"] for record in tracks())
    for state in states().values():
        assert abs(made[state.code] - state.tracks_2024) <= max(6, 0.05 * state.tracks_2024)


def test_positions_offered_and_filled_are_near_the_published_totals() -> None:
    newest = [record.history[0] for record in tracks()]
    offered = sum(year.quota for year in newest)
    filled = sum(year.filled or 0 for year in newest)
    assert abs(offered / 41_503 - 1) < 0.05
    assert 0.91 < filled / offered < 0.96


def test_most_institutions_are_small_and_a_few_are_large() -> None:
    sizes = sorted(Counter((record.nrmp_code or "")[:4] for record in tracks()).values())
    assert 840 <= len(sizes) <= 870
    assert 2 <= statistics.median(sizes) <= 4
    assert sizes[-1] <= 56
    assert sizes[int(0.9 * len(sizes))] in range(16, 26)


def test_visa_policy_is_yes_no_or_not_stated_in_the_published_shares() -> None:
    medicine = [record.fields for code, record in programs().items() if code.startswith("140")]
    policy = Counter((fields.get("visa_j1"), fields.get("visa_h1b")) for fields in medicine)
    shares = {kind: count / len(medicine) for kind, count in policy.items()}
    expected = {("yes", "no"): 0.42, ("yes", "yes"): 0.22, ("no", "no"): 0.20, (None, None): 0.16}
    assert shares.keys() == expected.keys()
    assert all(abs(shares[kind] - share) < 0.06 for kind, share in expected.items())


def test_each_service_answer_occurs_and_obstetrics_uses_its_own_service() -> None:
    given = Counter(((record.nrmp_code or "")[4:7], record.fields.get("service")) for record in tracks())
    assert {service for _, service in given} == {"ERAS", "ResidencyCAS", None}
    assert {service for code, service in given if code == "220"} == {"ResidencyCAS", None}


def test_cutoffs_are_often_left_unstated() -> None:
    stated = sum("step2_min" in record.fields for record in programs().values())
    assert 0.3 < stated / len(programs()) < 0.6


def test_quotas_and_fills_agree_and_the_newest_season_comes_first() -> None:
    for record in tracks():
        seasons = [year.season for year in record.history]
        assert seasons == sorted(seasons, reverse=True)
        assert all(0 <= (year.filled or 0) <= year.quota for year in record.history)
    open_lately = sum(any((y.filled or 0) < y.quota for y in r.history[:3]) for r in tracks())
    assert 0.08 < open_lately / len(tracks()) < 0.25
