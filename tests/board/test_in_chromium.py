"""The board in a real browser: without JavaScript, by keyboard alone, at 320 pixels, in both languages and both themes.

It drives the Chromium of the machine; where there is none, these are skipped and say so.
"""

import contextlib
import shutil
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from tests.board.visitor import BEN, NEED, ROSA, TEAM, Visitor, team

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install -e '.[dev]'")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here: apt-get install chromium")


TOLD = ("409", "400", "INCOMPLETE_CHUNKED")  # answers that tests provoke, and a line that they cut


class House:
    """A hotline in a thread of its own: the browser is driven from this one."""

    def __init__(self, folder: Path, community: str = TEAM) -> None:
        self.folder, self.community = folder, community
        self.rosa: Visitor
        self._ready, self._over = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        import asyncio

        async def live() -> None:
            self.loop = asyncio.get_running_loop()
            async with team(self.folder, community=self.community) as (self.rosa, _):
                self._ready.set()
                await asyncio.to_thread(self._over.wait)

        asyncio.run(live())

    def __enter__(self) -> "House":
        self._thread.start()
        assert self._ready.wait(120)
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join(30)

    @property
    def url(self) -> str:
        return self.rosa.place.exchange.public_url

    def do(self, work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
        """Something that happens in the hotline's own thread."""
        import asyncio

        future: Future[Any] = asyncio.run_coroutine_threadsafe(work(), self.loop)
        return future.result(60)

    def cookie(self) -> dict[str, Any]:
        """Rosa is signed in."""
        found = next(each for each in self.rosa.http.cookie_jar if each.key == "board_session")
        return {"name": found.key, "value": found.value, "url": f"{self.url}/board", "httpOnly": True}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with House(tmp_path_factory.mktemp("house")) as here:
        yield here


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--no-proxy-server"])
        yield browser
        browser.close()


@contextlib.contextmanager
def window(house: House, chromium: Any, *, signed_in: bool = True, **settings: Any) -> Iterator[Any]:
    """A window of its own, with its own cookies; what it says in its console fails the test."""
    context = chromium.new_context(
        **{"java_script_enabled": False, "viewport": {"width": 1280, "height": 800}, **settings}
    )
    if signed_in:
        context.add_cookies([house.cookie()])
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("dialog", lambda dialog: complaints.append(f"a dialog: {dialog.message}"))
    try:
        yield page
        assert [each for each in complaints if not any(told in each for told in TOLD)] == []
    finally:
        context.close()


def test_signing_in_with_a_code_and_without_javascript(house: House, chromium: Any) -> None:
    with window(house, chromium, signed_in=False) as page:
        page.goto(f"{house.url}/board")
        page.get_by_label("Your phone number").fill(ROSA)
        page.get_by_role("button", name="Text me a code").click()
        page.get_by_label("The code").fill(house.do(lambda: house.rosa.code(ROSA)))
        page.get_by_role("button", name="Come in").click()
        assert page.get_by_role("heading", name="Asking").is_visible()


def test_a_request_is_given_away_by_keyboard_alone(house: House, chromium: Any) -> None:
    """From the overview to Ben: Tab, Enter and letters, and it is always seen where one is."""
    with window(house, chromium) as page:
        page.goto(f"{house.url}/board")
        _tab_to(page, lambda: "/need/" in _focused(page).get("href", ""))
        page.keyboard.press("Enter")
        page.wait_for_url("**/need/*")
        _tab_to(page, lambda: _focused(page).get("id") == "give-name")
        page.keyboard.type("ben")
        page.keyboard.press("Enter")
        page.get_by_text("goes to Ben").wait_for()  # a key, other than a click, does not wait for the page
        house.do(lambda: _given_back(house))


async def _given_back(house: House) -> None:
    await house.rosa.place.exchange.handset(BEN).text("DROP 101")


def _focused(page: Any) -> dict[str, str]:
    """What has the focus: asked of the browser itself, since the page runs no script."""
    found = page.locator(":focus")
    if found.count() == 0:
        return {}
    names = ("id", "href", "name")
    return {name: found.first.get_attribute(name) or "" for name in names}


def _tab_to(page: Any, there: Callable[[], bool]) -> None:
    for _ in range(120):
        page.keyboard.press("Tab")
        if there():
            return
    raise AssertionError("it is not reached by Tab")


SMALL = {"width": 320, "height": 640}
PAGES = (
    "",
    "/tray",
    "/day",
    "/handover",
    "/offers",
    "/team",
    "/password",
    "/trail",
    "/column/asking",
    f"/need/{NEED}",
    "/people",
    "/people/1",
    "/people/import",
    "/people/message",
    "/groups",
    "/intake",
    "/export",
    "/pictures",
    "/community",
    "/flows",
    "/words",
    "/doctor",
)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_nothing_is_wider_than_a_small_phone(house: House, chromium: Any, theme: str, language: str) -> None:
    settings: dict[str, Any] = {"viewport": SMALL, "color_scheme": theme, "locale": language}
    with window(house, chromium, java_script_enabled=True, **settings) as page:
        for path in PAGES:
            page.goto(f"{house.url}/board{path}")
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
            assert page.evaluate("document.documentElement.lang") == language


def test_enter_in_a_field_of_the_intake_asks_nobody(house: House, chromium: Any) -> None:
    """Somebody is still on the phone: it is kept, and goes to neighbors by its own press."""
    with window(house, chromium) as page:
        page.goto(f"{house.url}/board/intake")
        page.locator("#what").select_option("food")
        page.locator("#area").select_option("north")
        page.locator("#phone").fill("(212) 555-0147")
        page.keyboard.press("Enter")
        page.wait_for_url("**did=intake_kept")
        assert page.locator("button[value=send]").is_visible()


@pytest.mark.parametrize("path", [f"/need/{NEED}", "/people/1"])
def test_a_number_that_is_shown_is_not_printed(house: House, chromium: Any, path: str) -> None:
    """Whoever presses for it reads it; paper has the end of it alone."""
    with window(house, chromium) as page:
        page.goto(f"{house.url}/board{path}")
        page.get_by_role("button", name="Show the number").first.click()
        number = page.locator(".number b").inner_text()
        assert number.startswith("+1212555")
        page.emulate_media(media="print")
        assert number not in page.inner_text("body")
        assert number[-4:] in page.inner_text("body")


def test_a_press_is_undone_without_javascript_and_by_keyboard(house: House, chromium: Any) -> None:
    """She closes it by mistake, reads that nobody knows yet, and takes it back; on a small phone it fits as well."""
    with window(house, chromium, viewport=SMALL) as page:
        page.goto(f"{house.url}/board/need/{NEED}")
        page.get_by_label("Why", exact=True).fill("the wrong one")
        page.get_by_role("button", name="Close", exact=True).click()
        assert "Nobody has been told yet" in page.inner_text("main")
        _tab_to(page, lambda: page.locator(":focus").first.inner_text() == "Undo")
        page.keyboard.press("Enter")
        page.get_by_text("It is as it was before").wait_for()
        assert page.get_by_role("button", name="Close", exact=True).is_visible()


def test_coming_in_with_a_password(house: House, chromium: Any) -> None:
    with window(house, chromium) as page:
        page.goto(f"{house.url}/board/password")
        for label in ("New password", "The same once more"):
            page.get_by_label(label).fill("four soft turtles at noon")
        page.get_by_role("button", name="Set it").click()
        assert "The password is set" in page.inner_text("main")
    with window(house, chromium, signed_in=False) as page:
        page.goto(f"{house.url}/board")
        page.get_by_label("Your number").fill(ROSA)
        page.get_by_label("Password").fill("four soft turtles at noon")
        page.get_by_role("button", name="Come in with it").click()
        assert page.get_by_role("heading", name="Asking").is_visible()


def test_two_coordinators_race_in_two_windows(house: House, chromium: Any) -> None:
    with window(house, chromium) as one, window(house, chromium) as other:
        for page in (one, other):
            page.goto(f"{house.url}/board/need/{NEED}")
        one.get_by_label("What a helper should know").fill("5 Oak Street")
        one.get_by_role("button", name="Keep the change").click()
        assert "The change is kept" in one.inner_text("main")
        other.get_by_label("What a helper should know").fill("6 Oak Street, back door")
        other.get_by_role("button", name="Keep the change").click()
        shown = other.inner_text("main")
        assert "5 Oak Street" in shown
        assert other.get_by_label("What a helper should know").input_value() == "6 Oak Street, back door"


def test_hostile_words_do_not_run(house: House, chromium: Any) -> None:
    words = "</textarea><script>alert(1)</script><img src=x onerror=alert(2)>\u202e{{ 7 * 7 }}" + "x" * 900
    with window(house, chromium, java_script_enabled=True, viewport={"width": 320, "height": 640}) as page:
        page.goto(f"{house.url}/board/need/{NEED}")
        page.get_by_label("Note for the team").fill(words)
        page.get_by_role("button", name="Keep the note").click()
        assert "alert(2)" in page.inner_text("main")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
