"""By keyboard alone: Tab reaches all that can be pressed or filled in, in the order of the page, seen each time."""

from typing import Any

import pytest

from tests.board.test_in_chromium import House, window
from tests.board.test_in_chromium import chromium as chromium
from tests.board.test_in_chromium import house as house
from tests.board.test_in_chromium import pytestmark as pytestmark

PAGES = (
    "",
    "/tray",
    "/people/message",
    "/pictures",
    "/words",
    "/flows",
    "/doctor",
    "/tools",
    "/day",
    "/handover",
    "/sign-in",
)
REACHED = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
  .filter((each) => each.type !== 'hidden' && each.checkVisibility()).length"""
FOCUSED = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
  if (one === document.body) return null;
  one.dataset.place ??= String(document.querySelectorAll('[data-place]').length + 1);
  const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const inside = box.bottom > 0 && box.top < innerHeight && box.width > 0;
  return {place: Number(one.dataset.place), seen: ring && inside, what: one.outerHTML.slice(0, 80)};
}"""
MISSED = """() => [...document.querySelectorAll('main :is(a[href], button, input, select, textarea, summary)')]
  .filter((each) => each.type !== 'hidden' && !each.dataset.place).map((each) => each.outerHTML.slice(0, 120))"""
RADIOS = """() => [...document.querySelectorAll('input[type=radio]')].length
  - new Set([...document.querySelectorAll('input[type=radio]')].map((each) => each.name)).size"""


def test_tab_reaches_everything_and_is_seen(house: House, chromium: Any) -> None:
    """Of the choices of one question Tab reaches one, and arrows the others."""
    with window(house, chromium, java_script_enabled=True) as page:
        for path in PAGES:
            page.goto(f"{house.url}/board{path}")
            there, last, reached = page.evaluate(REACHED) - page.evaluate(RADIOS), 0, set()
            for _ in range(there + 2):
                page.keyboard.press("Tab")
                found = page.evaluate(FOCUSED)
                if found is None or (last and found["place"] == 1):
                    break
                assert found["seen"], (path, found["what"])
                assert found["place"] == last + 1, (path, found["what"])  # forward, and to nothing twice
                last = found["place"]
                reached.add(last)
            assert len(reached) == there, (path, page.evaluate(MISSED))


@pytest.mark.parametrize("width", [320, 768, 1100])
def test_a_menu_opens_by_keyboard_and_without_a_script(house: House, chromium: Any, width: int) -> None:
    """One at a time; nothing of it lies beside the page, and the navigation is two lines at most on a wide one."""
    with window(house, chromium, viewport={"width": width, "height": 700}) as page:
        page.goto(f"{house.url}/board/day")
        here = page.locator("header details.here")
        assert here.locator("summary").inner_text() == "Today"
        if width == 1100:
            assert page.locator("header nav").bounding_box()["height"] < 60
        menus = page.locator("header details").count()
        for each in range(menus):
            page.locator("header summary").nth(each).focus()
            page.keyboard.press("Enter")
            assert [page.locator("header details").nth(n).get_attribute("open") is not None for n in range(menus)] == [
                n == each for n in range(menus)
            ]
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{house.url}/board/pictures")
