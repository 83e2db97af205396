"""A message to many in a real browser: by keyboard alone, without JavaScript, on a small phone; and by axe."""

from typing import Any

from tests.accessible import found_in_turn
from tests.board.test_in_chromium import SMALL, House, _tab_to, window
from tests.board.test_in_chromium import chromium as chromium
from tests.board.test_in_chromium import house as house
from tests.board.test_in_chromium import pytestmark as pytestmark


def focused(page: Any) -> str:
    """What has the focus: the words of a link or button, the name of a field."""
    return str(page.evaluate("document.activeElement.innerText || document.activeElement.name || ''"))


def test_a_message_to_many_is_written_by_keyboard_alone_and_taken_back(house: House, chromium: Any) -> None:
    with window(house, chromium, viewport=SMALL) as page:
        page.goto(f"{house.url}/board/people")
        _tab_to(page, lambda: focused(page) == "Write to many")
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Write to many").wait_for()
        _tab_to(page, lambda: focused(page) == "words_en")
        page.keyboard.type("Who can drive on Saturday?")
        _tab_to(page, lambda: focused(page) == "Look at it first")
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="2 get it").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        _tab_to(page, lambda: focused(page).startswith("to_"))
        page.keyboard.press("Space")
        _tab_to(page, lambda: focused(page) == "Send to 2")
        page.keyboard.press("Enter")
        page.get_by_text("to 1 people").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        _tab_to(page, lambda: focused(page) == "Undo")
        page.keyboard.press("Enter")
        page.get_by_text("It is taken back. Nobody had it.").wait_for()


def test_nobody_stumbles_over_what_is_looked_at_or_sent(house: House, chromium: Any) -> None:
    for theme in ("light", "dark"):
        with window(house, chromium, java_script_enabled=True, viewport=SMALL, color_scheme=theme) as page:
            page.goto(f"{house.url}/board/people/message")
            page.locator("#words_en").fill("Who can drive on Saturday?")
            page.locator("button[value=look]").click()
            page.locator("#send").wait_for()
            assert found_in_turn(page) == []
            page.locator("button[value=send]").click()
            page.get_by_text("Until then nobody has it").wait_for()
            assert found_in_turn(page) == []
