"""The page in a real Chromium, where this machine has one: what a person clicks, what the browser says about it."""

import asyncio
import json
import shutil
from collections.abc import Awaitable, Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from hotline.demo.app import served
from hotline.demo.town import Town

playwright = pytest.importorskip("playwright.async_api", reason="no playwright here to drive a browser with")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
Script = Callable[[Town, Any], Awaitable[None]]
STAY = pytest.mark.filterwarnings("ignore::ResourceWarning")  # playwright's own pipes at its end


def browse(folder: Path, script: Script, own: Path | None = None, **context: Any) -> None:
    """Runs a script on the page of a town; no error may show in the console, no request may leave the machine."""

    async def run() -> None:
        troubles: list[str] = []
        async with served(folder, own) as town, playwright.async_playwright() as driver:
            await town.begin()
            browser = await driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            page = await (await browser.new_context(**context)).new_page()
            page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
            page.on("pageerror", lambda error: troubles.append(str(error)))
            here = (town.settings.public_url, "data:")
            page.on("request", lambda asked: None if asked.url.startswith(here) else troubles.append(asked.url))
            await page.goto(f"{town.settings.public_url}/simulator/")
            await script(town, page)
            await browser.close()
        assert troubles == []

    asyncio.run(run())


async def text(page: Any, name: str, words: str) -> None:
    await page.get_by_label(f"Text from {name}").fill(words)
    await page.get_by_label(f"Text from {name}").press("Enter")
    mine = page.get_by_label(f"Texts on {name}'s phone").locator(".mine")
    await mine.filter(has_text=words).first.wait_for()


@STAY
def test_two_phones_race_and_the_page_tells_what_happened(tmp_path: Path) -> None:
    async def script(town: Town, page: Any) -> None:
        for words in ("food 11216", "For two"):
            await text(page, "Ana", words)
        await text(page, "Ana", "1")
        await page.get_by_label("Texts on Ana's phone").get_by_text("Your request is number 101").wait_for()
        await town.settle()
        await page.get_by_label("Texts on Ben's phone").get_by_text("Reply YES 101").wait_for()
        for name in ("Ben", "Cho"):
            await page.get_by_label(f"Text from {name}").fill("YES 101")
        await page.evaluate("document.querySelectorAll('.write').forEach((form) => form.requestSubmit())")
        await town.settle()
        winners = [page.get_by_label(f"Texts on {name}'s phone").get_by_text("101 is yours") for name in ("Ben", "Cho")]
        await page.get_by_text("101 is yours").first.wait_for()
        assert sum([await each.count() for each in winners]) == 1
        await page.locator("#lines .record", has_text="is taken by").wait_for()
        await page.locator("#lines summary").first.click()
        await page.locator("#lines dt", has_text="names").first.wait_for()

    browse(tmp_path, script, viewport={"width": 1280, "height": 900})


@STAY
def test_on_a_small_screen_a_story_turns_to_whoever_acts(tmp_path: Path) -> None:
    async def script(town: Town, page: Any) -> None:
        await page.locator("#story").select_option("two_volunteers_say_yes")
        for number in range(1, 5):
            await page.locator("#step").click()
            await page.locator("#told", has_text=f"{number} of").wait_for()
        assert town.player
        await page.locator("#told", has_text="Ana texts: food 11216").wait_for()
        assert await page.get_by_label("Texts on Ana's phone").is_visible()
        assert not await page.get_by_label("Texts on Dee's phone").is_visible()
        await page.locator("#tabs").get_by_text("Dee").click()
        assert await page.get_by_label("Texts on Dee's phone").is_visible()
        assert await page.evaluate("document.documentElement.scrollWidth") == 360
        await text(page, "Dee", "hello")  # gone on by hand

    browse(tmp_path, script, viewport={"width": 360, "height": 740}, color_scheme="dark")


@STAY
def test_somebody_in_the_room_joins_with_one_phone(tmp_path: Path) -> None:
    async def script(town: Town, page: Any) -> None:
        town.lan = f"{town.settings.public_url}/simulator"
        town.exchange.changes.touch()
        ana = page.locator("article", has=page.get_by_role("heading", name="Ana", exact=True))
        await ana.get_by_text("This phone").click()
        address = await ana.locator(".door a").get_attribute("href")
        assert await ana.locator(".door img").evaluate("picture => picture.decode().then(() => picture.naturalWidth)")
        room = await page.context.new_page()
        await room.goto(address)
        await text(room, "Ana", "food 11216")
        assert await room.locator("article").count() == 1
        assert not await room.locator("#conduct, #behind, #guided, #team").filter(visible=True).count()
        await ana.get_by_label("Texts on Ana's phone").get_by_text("food 11216").wait_for()
        rosa = page.locator("article", has=page.get_by_role("heading", name="Rosa", exact=True))
        assert await rosa.locator(".door a").get_attribute("href") is None, "a coordinator's is not handed out"

    browse(tmp_path, script, viewport={"width": 800, "height": 900})


@STAY
def test_everybody_can_use_it(tmp_path: Path) -> None:
    """In both themes, on a telephone, a laptop and a wall, after a request, with everything unfolded."""
    from tests.accessible import found

    async def script(town: Town, page: Any) -> None:
        await text(page, "Ana", "food 11216")
        await page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
        seen = {}
        for width, theme in product((360, 1280, 1920), ("light", "dark")):
            await page.set_viewport_size({"width": width, "height": 900})
            await page.emulate_media(color_scheme=theme)
            seen[width, theme] = await found(page)
        wrong = {f"{width}, {theme}": each for (width, theme), each in seen.items() if each}
        assert not wrong, json.dumps(wrong, indent=1)

    browse(tmp_path, script)
