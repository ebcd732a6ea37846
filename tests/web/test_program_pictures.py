"""Pictures of the directory: the lines of a history and the map of tiles say what the numbers say."""

from matchday.directory.tables import states
from matchday.web.history import history
from matchday.web.tiles import size, tiles


def test_the_lines_of_a_history_rise_with_the_numbers_and_break_where_nothing_is_told() -> None:
    years = [
        {"season": 2026, "quota": 10, "filled": 10},
        {"season": 2025, "quota": 10, "filled": None},
        {"season": 2024, "quota": 5, "filled": 0},
    ]
    picture = history(years)
    assert [dot.value for dot in picture.quota] == [5, 10, 10]
    assert [[dot.value for dot in run] for run in picture.filled] == [[0], [10]]
    assert picture.quota[0].y > picture.quota[1].y == picture.filled[1][0].y
    assert [season for _, season in picture.seasons] == [2024, 2025, 2026]


def test_a_history_of_nothing_is_an_empty_picture() -> None:
    assert history([]).quota == []


def test_more_filled_than_offered_stays_inside_the_picture() -> None:
    picture = history([{"season": 2026, "quota": 4, "filled": 6}])
    assert 0 <= picture.filled[0][0].y < picture.quota[0].y <= picture.height


def test_every_state_has_a_tile_of_its_own_and_the_fullest_is_the_darkest() -> None:
    found = {tile.code: tile for tile in tiles({"NY": 100, "TX": 26, "AK": 1}, lambda code: f"?state={code}")}
    assert set(found) == set(states())
    assert len({(tile.x, tile.y) for tile in found.values()}) == len(found)
    assert [found[code].shade for code in ("NY", "TX", "AK", "CA")] == [4, 2, 1, 0]
    assert all(tile.x < size()[0] and tile.y < size()[1] for tile in found.values())
