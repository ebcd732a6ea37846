"""What binds every page of urls.py in a browser: axe finds nothing serious in either theme and in every language, nothing
sticks out at any width, headings and labels are in order, and the keyboard alone reaches every control."""

from collections.abc import Callable

import pytest

from matchday.web.forms.words import PARTS
from matchday.web.start import QUESTIONS
from tests.journeys.conftest import Visit
from tests.journeys.everywhere import LOOKS, faults, looked, opened, sticking_out
from tests.journeys.overlong import OVERLONG
from tests.journeys.tabbing import missed

SAME_FOR_ALL = ("/sources", "/help", "/guide", "/match/", "/offline", "/start")


def nothing(wrong: dict[str, list[str]]) -> None:
    """No page has any fault; else all of them are told."""
    told = [f"{address}: {fault}" for address, found in wrong.items() for fault in found]
    assert not told, "\n".join(told)


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_can_be_read_by_anyone(visit: Callable[..., Visit], every_page: list[str], look: str) -> None:
    assert len(every_page) >= 25
    nothing({address: faults(page, LOOKS[look][1]) for address, page in opened(looked(visit, look), every_page)})


def test_every_page_is_used_by_keyboard_alone(visit: Callable[..., Visit], every_page: list[str]) -> None:
    nothing({address: missed(page) for address, page in opened(looked(visit, "English"), every_page)})


def test_every_page_without_a_file_is_as_good(visit: Callable[..., Visit], every_page: list[str]) -> None:
    """A new person sees every page empty, in either theme; those that show the same to everybody are left out."""
    there = looked(visit, "English", "")
    own = [address for address in every_page if not address.startswith(SAME_FOR_ALL)]
    nothing({address: faults(page, other_theme=True) for address, page in opened(there, own)})


def test_every_question_of_the_start_and_the_form_of_every_part_is_as_good(visit: Callable[..., Visit]) -> None:
    addresses = [f"/start/{number + 1}" for number in range(len(QUESTIONS))] + [f"/facts/{part}" for part in PARTS]
    there = looked(visit, "English", "")
    nothing({address: faults(page, other_theme=True) + missed(page) for address, page in opened(there, addresses)})


@pytest.mark.parametrize("look", ["English", "Arabic, dark, on a phone"])
def test_overlong_data_sticks_out_nowhere(visit: Callable[..., Visit], every_page: list[str], look: str) -> None:
    """200 applications, 60-letter words, every list full: no page scrolls sideways on a screen or a small phone."""
    addresses = [*every_page, *(f"/facts/{part}" for part in PARTS)]
    there = looked(visit, look, content=OVERLONG)
    nothing({address: sticking_out(page) for address, page in opened(there, addresses)})
