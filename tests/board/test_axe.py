"""Every page of the board by axe: names, contrast, order, landmarks, in both themes and on a small phone."""

from typing import Any

import pytest

from tests.accessible import found_in_turn
from tests.board.test_in_chromium import PAGES, SMALL, House, window
from tests.board.test_in_chromium import chromium as chromium
from tests.board.test_in_chromium import house as house
from tests.board.test_in_chromium import pytestmark as pytestmark


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nobody_stumbles_over_a_page(house: House, chromium: Any, theme: str) -> None:
    wrong = {}
    with window(house, chromium, java_script_enabled=True, viewport=SMALL, color_scheme=theme) as page:
        for path in PAGES:
            page.goto(f"{house.url}/board{path}")
            wrong[path or "/"] = found_in_turn(page)
    assert {path: each for path, each in wrong.items() if each} == {}


def test_nor_does_who_is_not_signed_in(house: House, chromium: Any) -> None:
    with window(house, chromium, java_script_enabled=True, signed_in=False) as page:
        page.goto(f"{house.url}/board")
        assert found_in_turn(page) == []
