"""Listening rounds at the board in a real browser: begun and ended by keyboard alone, without JavaScript, on a small
phone; what was answered is read there without a name; and by axe."""

from collections.abc import Iterator
from typing import Any

import pytest

from hotline.model.calendar import DAY
from tests.accessible import found_in_turn
from tests.board.test_broadcasts_in_chromium import focused
from tests.board.test_in_chromium import SMALL, House, _tab_to, window
from tests.board.test_in_chromium import chromium as chromium
from tests.board.test_in_chromium import pytestmark as pytestmark
from tests.board.test_rounds import ASKS, PHONES, agree


@pytest.fixture
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with House(tmp_path_factory.mktemp("house"), ASKS) as here:
        yield here


async def _all_agree(house: House) -> None:
    place = house.rosa.place
    await place.hotline.store.run(agree, len(PHONES), place.clock.now)


async def _they_answer(house: House) -> None:
    place = house.rosa.place
    await place.settle()
    place.clock.now += DAY
    await place.settle()
    for phone in PHONES[:5]:
        await place.exchange.handset(phone).text("a bench <b>at the stop</b>")
    await house.rosa.sign_in()


def test_a_round_is_begun_read_and_ended_by_keyboard_alone(house: House, chromium: Any) -> None:
    with window(house, chromium, viewport=SMALL) as page:
        page.goto(f"{house.url}/board/listening")
        page.get_by_text("Fewer than 5 people agreed").wait_for()
        assert page.locator("input[name=purpose]").count() == 0
        house.do(lambda: _all_agree(house))
        page.reload()
        _tab_to(page, lambda: focused(page) == "purpose")
        page.keyboard.type("we decide in June")
        _tab_to(page, lambda: focused(page) == "question1")
        page.keyboard.type("What is missing on your street?")
        page.keyboard.press("Enter")
        page.get_by_text("They read today that you ask tomorrow.").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    house.do(lambda: _they_answer(house))
    with window(house, chromium, viewport=SMALL) as page:
        page.goto(f"{house.url}/board/listening")
        page.get_by_text("5 answers").wait_for()
        assert page.locator("ul.answers li").all_inner_texts() == ["a bench <b>at the stop</b>"] * 5
        assert "555" not in page.inner_text("main")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        _tab_to(page, lambda: focused(page) == "outcome")
        page.keyboard.type("two benches in May")
        _tab_to(page, lambda: focused(page) == "End the round and tell them")
        page.keyboard.press("Enter")
        page.get_by_text("What came of it: two benches in May").wait_for()
        assert page.locator("form[action$='/end'], form[action$='/begin']").count() == 0


def test_nobody_stumbles_over_a_round(house: House, chromium: Any) -> None:
    house.do(lambda: _all_agree(house))
    for theme in ("light", "dark"):
        with window(house, chromium, java_script_enabled=True, viewport=SMALL, color_scheme=theme) as page:
            page.goto(f"{house.url}/board/listening")
            assert found_in_turn(page) == []
            if theme == "light":
                page.locator("input[name=purpose]").fill("we decide in June")
                page.locator("input[name=question1]").fill("What is missing?")
                page.locator("form[action$='/begin'] button").click()
                page.get_by_text("They read today").wait_for()
                assert found_in_turn(page) == []
