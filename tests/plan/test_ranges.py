"""How far a chance moves when the assumed durations are wrong, and which steps decide it."""

import datetime as dt
from dataclasses import replace

import pytest

from matchday.dossier.file import loads, read
from matchday.dossier.model import Dossier
from matchday.plan.build import plan
from matchday.plan.ranges import Range, ranges
from matchday.plan.tasks import catalogue
from tests.strategies import EXAMPLES

ON = dt.date(2026, 11, 22)
LISTS = "nrmp_rol_certification_deadline"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_chance_lies_inside_its_range(path) -> None:
    found = plan(read(path), ON)
    spread = ranges(found)
    assert spread
    for dated in found.milestones:
        one = spread.get(dated.milestone.event)
        if one:
            assert dated.chance is not None
            assert 0 <= one.low <= dated.chance <= one.high <= 1


def test_a_date_that_has_gone_by_or_needs_nothing_has_no_range() -> None:
    found = plan(read(next(path for path in EXAMPLES if path.stem == "amina")), ON)
    gone = {one.milestone.event for one in found.milestones if one.chance is None or (one.day and one.day < ON)}
    assert gone
    assert not gone & set(ranges(found))


def test_what_is_assumed_widens_the_range_and_what_is_told_does_not() -> None:
    """With every duration said by the person there is nothing to err about."""
    owner = read(next(path for path in EXAMPLES if path.stem == "nadia"))
    before = ranges(plan(owner, ON))[LISTS]
    assert before.high - before.low > 0.5
    told = {task.id: (1.0, 2.0, 3.0) for task in catalogue().tasks.values() if "{" not in task.id}
    after = ranges(plan(replace(owner, durations=told), ON))[LISTS]
    assert (after.low, after.high) == (1.0, 1.0)


def test_the_steps_that_decide_are_the_widest_of_the_longest_way() -> None:
    found = ranges(plan(read(next(path for path in EXAMPLES if path.stem == "nadia")), ON))[LISTS]
    assert [task.id for task in found.drivers] == ["pathway.encounters", "pathway.accepted", "nrmp.confirmed"]


def test_a_plan_with_nothing_to_do_has_no_steps_that_decide() -> None:
    done = loads("schema = 1\nseason = 2027\n[ranklist]\ncertified_at = 2026-11-01", "toml")
    assert isinstance(done, Dossier)
    assert ranges(plan(done, ON))["nrmp_standard_registration_deadline"] == Range(1.0, 1.0, ())
