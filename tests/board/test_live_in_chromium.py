"""Two coordinators in two windows while telephones text: what moves, where the focus stays, what is said aloud."""

import gc
import re
from collections.abc import Iterator
from typing import Any

import pytest

from hotline.web.board import watch
from hotline.web.connections import Connection
from tests.board.test_in_chromium import SMALL, House, api, window
from tests.board.test_in_chromium import chromium as chromium
from tests.board.test_in_chromium import pytestmark as pytestmark
from tests.board.visitor import ANA, BEN, NEED


@pytest.fixture
def house(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """A house of its own: what moves here stands elsewhere afterwards."""
    monkeypatch.setattr(watch, "EVERY", 0.1)
    with House(tmp_path) as here:
        yield here


def texts(house: House, phone: str, words: str) -> None:
    async def run() -> None:
        await house.rosa.place.exchange.handset(phone).text(words)

    house.do(run)


def test_both_windows_move_and_what_has_the_focus_keeps_it(house: House, chromium: Any) -> None:
    settings: dict[str, Any] = {"java_script_enabled": True}
    with window(house, chromium, **settings) as one, window(house, chromium, **settings) as other:
        for page in (one, other):
            page.goto(f"{house.url}/board")
            page.get_by_text("Live: it moves by itself.").wait_for()
        card = one.locator("#asking").get_by_role("link", name="101")
        card.focus()
        other.locator("#asking select").select_option("close")
        other.locator("#asking select").focus()
        texts(house, BEN, "YES 101")
        for page in (one, other):
            page.locator("#taken").get_by_text("Ben has it").wait_for()
            assert page.locator("#asking li").count() == 0
        # The same card, where it stands now, and it was said, once.
        assert one.evaluate("document.activeElement.closest('section').id") == "taken"
        assert one.evaluate("document.activeElement.textContent").startswith("101")
        assert one.locator("[role=status]").text_content() == "101 food, Northside: now in Taken."
        # The list that was open is another one now; who was in it is on its card still.
        assert other.evaluate("document.activeElement.closest('section').id") == "taken"
        texts(house, ANA, "a ride 11201")
        one.locator("#new").get_by_text("102").wait_for()
        assert one.locator("[role=status]").text_content() == "102 a ride, Downtown: now in New."
        assert one.evaluate("document.activeElement.textContent").startswith("101")


def test_an_open_list_stays_open_while_other_cards_move(house: House, chromium: Any) -> None:
    with window(house, chromium, java_script_enabled=True) as page:
        page.goto(f"{house.url}/board")
        page.get_by_text("Live: it moves by itself.").wait_for()
        page.evaluate("window.kept = document.querySelector('#asking select'); kept.value = 'close'; kept.focus()")
        texts(house, ANA, "a ride 11201")
        page.locator("#new").get_by_text("102").wait_for()
        assert page.evaluate("document.activeElement === kept && kept.isConnected && kept.value === 'close'")


def test_a_needs_page_says_that_it_is_old_and_nothing_typed_is_lost(house: House, chromium: Any) -> None:
    with window(house, chromium, java_script_enabled=True) as page:
        page.goto(f"{house.url}/board/need/{NEED}")
        page.get_by_label("Why", exact=True).fill("they wrote that it is")
        page.wait_for_timeout(500)
        assert not page.get_by_text("Something changed here").is_visible()
        texts(house, BEN, "YES 101")
        page.get_by_text("Something changed here").wait_for()
        assert page.get_by_label("Why", exact=True).input_value() == "they wrote that it is"
        page.get_by_role("link", name="Load it again").click()
        page.wait_for_load_state()
        page.wait_for_timeout(500)
        assert not page.get_by_text("Something changed here").is_visible()


def test_where_the_line_is_lost_the_page_says_as_of_when_and_comes_back(house: House, chromium: Any) -> None:
    with window(house, chromium, java_script_enabled=True) as page:
        page.goto(f"{house.url}/board")
        page.get_by_text("Live: it moves by itself.").wait_for()
        connections = [each for each in _connections(house) if each._is_endless]
        assert len(connections) == 1

        async def cut() -> None:
            connections[0].transport.abort()

        house.do(cut)
        page.get_by_text(re.compile(r"As of \d\d:\d\d\. Not live just now")).wait_for()
        texts(house, BEN, "YES 101")
        page.get_by_text("Live: it moves by itself.").wait_for(timeout=10_000)
        page.locator("#taken").get_by_text("Ben has it").wait_for()


def _connections(house: House) -> list[Any]:
    return [each for each in gc.get_objects() if isinstance(each, Connection) and not each.transport.is_closing()]


def test_whoever_is_signed_out_reads_no_more(house: House, chromium: Any) -> None:
    with window(house, chromium, java_script_enabled=True, viewport=SMALL) as page:
        page.goto(f"{house.url}/board")
        page.get_by_text("Live: it moves by itself.").wait_for()

        async def leaves() -> None:
            await house.rosa.post("/team/rosa/end")

        house.do(leaves)
        page.get_by_label("Your phone number").wait_for()


def test_without_javascript_it_says_as_of_when(house: House, chromium: Any) -> None:
    with window(house, chromium) as page:
        page.goto(f"{house.url}/board")
        assert page.get_by_text(re.compile(r"As of \d\d:\d\d\. Load the page again")).is_visible()
        page.goto(f"{house.url}/board/need/{NEED}")
        assert not page.get_by_text("Something changed here").is_visible()


def test_the_tray_moves_and_the_focus_stays(house: House, chromium: Any) -> None:
    with window(house, chromium, java_script_enabled=True) as page:
        texts(house, ANA, "I want to talk to a person")
        page.goto(f"{house.url}/board/tray")
        page.get_by_text("Live: it moves by itself.").wait_for()
        page.locator("section.tray li > a").first.focus()
        page.evaluate("window.kept = document.activeElement")
        texts(house, BEN, "I want to talk to a person")
        api.expect(page.locator("section.tray").first.locator("li")).to_have_count(2)
        assert page.evaluate("document.activeElement === kept")


def test_what_is_typed_on_the_phone_is_saved_and_both_texts_are_shown(house: House, chromium: Any) -> None:
    """A tab that is closed without a press loses nothing; two in one field choose."""
    with (
        window(house, chromium, java_script_enabled=True) as page,
        window(house, chromium, java_script_enabled=True) as other,
    ):
        page.goto(f"{house.url}/board/intake")
        page.get_by_label("Phone number", exact=True).fill("212 555 0146")
        page.get_by_text(re.compile(r"^Saved \d\d:\d\d\.$")).wait_for()
        page.get_by_label("What a helper should know").fill("two bags")
        other.goto(page.url)
        page.get_by_label("First name").fill("Eve")
        page.close(run_before_unload=True)  # within the second in which nothing was saved yet
        other.wait_for_timeout(500)
        other.goto(f"{house.url}/board/intake")
        other.locator("#sheets + section").get_by_role("link").first.click()
        assert other.get_by_label("First name").input_value() == "Eve"
        assert other.get_by_label("What a helper should know").input_value() == "two bags"
        path = other.url
        third = other.context.new_page()
        third.goto(path)
        third.get_by_label("What a helper should know").fill("three bags")
        third.get_by_text(re.compile(r"^Saved")).wait_for()
        other.get_by_label("What a helper should know").fill("four bags")
        other.get_by_text("Now it says: three bags").wait_for()
        other.get_by_role("button", name="Keep mine").click()
        other.get_by_text("Now it says").wait_for(state="detached")
        other.wait_for_timeout(300)
        third.get_by_label("First name").fill("Eva")
        api.expect(third.get_by_label("What a helper should know")).to_have_value("four bags")
