"""The program starts, shows the answer in a browser, asks nothing of any other host, and stops cleanly."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.serving import example, served, stopped


def test_it_prints_one_line_with_its_address_and_stops_with_exit_0(tmp_path: Path) -> None:
    file = tmp_path / "amina.toml"
    file.write_bytes(example("amina"))
    running = served(file)
    assert running.opening.startswith("http://127.0.0.1:")
    assert "/?token=" in running.opening
    assert stopped(running) == 0


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_the_first_page_answers_the_four_questions(visit: Callable[..., Visit], color_scheme: str) -> None:
    page = visit("amina", color_scheme=color_scheme).tab()
    headings = page.locator("h1, h2").all_inner_texts()
    assert headings[:4] == ["Where do I stand?", "What next?", "By when?", "What is in the way?"]


def test_the_first_view_weighs_less_than_100_kb(visit: Callable[..., Visit]) -> None:
    there = visit("amina")
    page = there.context.new_page()
    weight: list[int] = []
    page.on(
        "requestfinished",
        lambda request: weight.append(
            sum(request.sizes()[part] for part in ("responseBodySize", "responseHeadersSize"))
        ),
    )  # type: ignore[literal-required]
    page.goto(there.served.origin)
    page.wait_for_load_state("networkidle")
    assert len(weight) >= 2
    assert sum(weight) < 100_000
