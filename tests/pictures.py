"""Pictures for the pages: the demo and the board in a real Chromium, made anew by one command.

    python -m tests.pictures docs/pictures

Writes board.png, request.png, figures.png, wording.png and minute.gif, a minute of the demo in a few frames. What is on
them is the town of the demo, as everybody sees it who opens it; figures.png is of a town with a past.
"""

import asyncio
import io
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.async_api import ViewportSize, async_playwright

from hotline.demo.app import served
from hotline.demo.town import Town
from hotline.model.calendar import DAY, HOUR, MINUTE, WEEK
from hotline.storage import Transaction
from tests.simulator.test_page_in_browser import CHROMIUM, text

SIZE = ViewportSize(width=1280, height=800)
SMALLER = (960, 600)  # of the frames
COLORS = 64  # of the frames: a page of text needs no more
STAY, LAST = 2500, 5000  # milliseconds that a frame stands, and the last one
STORY = (
    ("Ana", "food 11216"),
    ("Ana", "two bags of rice, please"),
    ("Ana", "1"),
    ("Ben", "YES 101"),
    ("Ana", "thank you"),
)
MORE = (*(("Cho", words) for words in ("ride 11201", "to the clinic at 3", "1")), ("Dora", "medicina 11216"))


async def pictures(folder: Path) -> None:
    """All of them, into a folder that is there."""
    with tempfile.TemporaryDirectory() as place:
        async with served(Path(place)) as town, async_playwright() as driver:
            await town.begin()
            browser = await driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            page = await (await browser.new_context(viewport=SIZE)).new_page()
            frames = await _a_minute(town, page)
            for name, words in MORE:
                await text(page, name, words)
                await town.settle()
            await page.goto(f"{town.settings.public_url}/board")
            await page.get_by_role("button", name="Come in as Rosa").click()
            await page.screenshot(path=folder / "board.png", clip={"x": 0, "y": 0, "width": 1280, "height": 320})
            await page.get_by_role("link", name="101").first.click()
            await page.screenshot(path=folder / "request.png")
            await town.hotline.store.run(_some_weeks, town.clock())
            await page.goto(f"{town.settings.public_url}/board/pictures")
            await page.screenshot(path=folder / "figures.png")
            await page.goto(f"{town.settings.public_url}/board/words?part=intake")
            await page.screenshot(path=folder / "wording.png")
            await browser.close()
    first, *rest = frames
    stays = [*(STAY for _ in rest), LAST]
    first.save(folder / "minute.gif", save_all=True, append_images=rest, duration=stays, loop=0, optimize=True)


def _some_weeks(tx: Transaction, now: float) -> None:
    """What neighbors asked for in the weeks before; those who give had most of it in hand within hours."""
    givers = [f"+1212555{7000 + giver:04}" for giver in range(12)]
    for count in range(400):
        at = now - (count * 37 % 400) / 400 * 13 * WEEK
        phone = f"+1212555{8000 + count % 150:04}"
        tx.people.introduce(phone, "", "es" if count % 3 == 0 else "en", at)
        number = tx.needs.draft(phone, "", at)
        what, area = ("food", "food", "ride", "medicine")[count % 4], ("north", "downtown")[count % 5 % 2]
        tx.needs.record(number, {"what": what, "area": area, "details": "", "recording": "", "callback": ""}, at)
        if count % 7 == 3:
            tx.needs.withdraw(number, at + HOUR)
        elif not (what == "medicine" and count % 3):
            giver = givers[count * count % 12]
            tx.needs.take(number, giver, at + (count * 7919 % 300) * MINUTE)
            tx.needs.finish(number, giver, at + DAY)


async def _a_minute(town: Town, page: Any) -> list[Image.Image]:
    """The page at its beginning, and after each thing that somebody texts."""
    await page.goto(f"{town.settings.public_url}/simulator/")
    await page.get_by_label("Text from Ben").wait_for()
    frames = [await _frame(page)]
    for name, words in STORY:
        await text(page, name, words)
        await town.settle()
        await asyncio.sleep(0.5)  # until every phone shows what came
        frames.append(await _frame(page))
    return frames


async def _frame(page: Any) -> Image.Image:
    seen = Image.open(io.BytesIO(await page.screenshot()))
    return seen.convert("RGB").resize(SMALLER, Image.Resampling.LANCZOS).quantize(COLORS, dither=Image.Dither.NONE)


if __name__ == "__main__":
    asyncio.run(pictures(Path(sys.argv[1])))
