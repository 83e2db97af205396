"""What a team does with a request, in a real browser: whose it is, two of one and one of two, closed and opened again,
on paper."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hotline.model.board import SILENT, UNDO_FOR
from tests.board.test_in_chromium import House, window
from tests.board.test_in_chromium import chromium as chromium
from tests.board.test_in_chromium import pytestmark as pytestmark
from tests.board.test_need_page import another_asks
from tests.board.visitor import ANA, LUZ, NEED

STREET = "4 Elm Street"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with House(tmp_path) as here:
        yield here


def later(house: House, seconds: float) -> None:
    async def run() -> None:
        await house.rosa.place.pass_time(seconds)

    house.do(run)


def do(house: House, work: Any) -> None:
    async def run() -> None:
        await house.rosa.place.hotline.store.run(work, house.rosa.place.clock.now)

    house.do(run)


def said(page: Any) -> str:
    return str(page.inner_text("main"))


def test_what_somebody_looks_after_is_anybodys_after_twenty_minutes(house: House, chromium: Any) -> None:
    with window(house, chromium) as page:
        page.goto(f"{house.url}/board/need/{NEED}")
        page.get_by_role("button", name="I look after it").click()
        assert "You look after it" in said(page)
        page.goto(f"{house.url}/board")
        assert "Rosa looks after it" in page.inner_text("#asking")
        later(house, SILENT + 60)
        page.reload()
        assert "looks after it" not in page.inner_text("#asking")
        page.goto(f"{house.url}/board/need/{NEED}")
        assert "Nobody looks after it" in said(page)


def test_one_request_becomes_two_and_two_are_looked_after_as_one(house: House, chromium: Any) -> None:
    do(house, another_asks)
    with window(house, chromium) as page:
        page.goto(f"{house.url}/board/need/{NEED}")
        part = page.locator("#split")
        part.locator("[name=what]").select_option("ride")
        part.locator("[name=details]").fill("to the clinic")
        part.get_by_role("button").click()
        assert "number of its own" in said(page)
        page.goto(f"{house.url}/board/need/{NEED}")
        link = page.locator("#link")
        link.locator("[name=into]").fill("102")
        link.get_by_role("button").click()
        assert "is looked after under" in said(page).casefold()
        later(house, UNDO_FOR + 1)
        page.goto(f"{house.url}/board/need/{NEED}")
        page.locator("form[action$='/do/unlink'] button").click()
        page.goto(f"{house.url}/board/need/{NEED}")
        assert page.locator("#link").is_visible()


def test_what_was_closed_is_opened_again(house: House, chromium: Any) -> None:
    with window(house, chromium) as page:
        page.goto(f"{house.url}/board/need/{NEED}")
        page.get_by_label("Why", exact=True).fill("nobody is there")
        page.get_by_role("button", name="Close", exact=True).click()
        later(house, UNDO_FOR + 1)
        page.goto(f"{house.url}/board/need/{NEED}")
        page.locator("#reopen").get_by_role("button").click()
        page.goto(f"{house.url}/board/need/{NEED}")
        assert page.get_by_role("button", name="Close", exact=True).is_visible()
        page.goto(f"{house.url}/board")
        assert "101" in page.inner_text("#asking") + page.inner_text("#new")


def test_the_days_list_on_paper(house: House, chromium: Any, tmp_path: Path) -> None:
    """Reading only: no menu, no form, no number and no street, a box to tick; every line is dark on white."""
    with window(house, chromium, color_scheme="dark") as page:
        page.goto(f"{house.url}/board/day")
        page.emulate_media(media="print")
        assert "101" in said(page)
        paper = page.inner_text("body")
        for hidden in (ANA, ANA[2:], STREET, "Sign out"):
            assert hidden not in paper
        assert page.locator("form:visible").count() == 0
        assert page.locator("header.top").is_hidden()
        assert page.locator("main").evaluate("each => getComputedStyle(each).color") == "rgb(0, 0, 0)"
        assert page.pdf(format="Letter").count(b"/Type /Page\n") == 1
        page.goto(f"{house.url}/board/day")
        page.screenshot(path=str(tmp_path / "day.png"))


def test_a_lost_phone_is_shut_out(house: House, chromium: Any) -> None:
    """Luz ends all that Rosa is signed in with; what Rosa's browser shows next is the door."""
    with window(house, chromium) as rosas, window(house, chromium, signed_in=False) as luzs:
        rosas.goto(f"{house.url}/board")
        luzs.goto(f"{house.url}/board")
        luzs.get_by_label("Your phone number").fill(LUZ)
        luzs.get_by_role("button", name="Text me a code").click()
        luzs.get_by_label("The code").fill(house.do(lambda: house.rosa.code(LUZ)))
        luzs.get_by_role("button", name="Come in").click()
        luzs.goto(f"{house.url}/board/team")
        luzs.locator("form[action$='/team/rosa/end'] button").click()
        luzs.wait_for_load_state()
        rosas.goto(f"{house.url}/board")
        assert rosas.get_by_label("Your phone number").is_visible()
        assert luzs.request.get(f"{house.url}/board/export").status == 403  # a page for keepers, and Luz is none


def test_back_presses_nothing_again(house: House, chromium: Any) -> None:
    with window(house, chromium) as page:
        page.goto(f"{house.url}/board/need/{NEED}")
        page.get_by_label("Note for the team").fill("the blue door")
        page.get_by_role("button", name="Keep the note").click()
        page.goto(f"{house.url}/board")
        page.go_back()
        page.reload()
        assert said(page).count("the blue door") == 1
        page.goto(f"{house.url}/board/sign-in/code")
        assert page.url == f"{house.url}/board"
