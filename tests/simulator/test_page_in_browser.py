"""The page in a real Chromium, where this machine has one: what a person clicks, what the browser says about it."""

import asyncio
import json
import shutil
import socket
from collections.abc import Awaitable, Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from hotline.demo.app import served
from hotline.demo.town import Town
from tests.board.visitor import asks_for_food

playwright = pytest.importorskip("playwright.async_api", reason="no playwright here to drive a browser with")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
IN_THE_ROOM = "127.0.0.2"  # an address of this machine that is none of those by which it knows itself
Script = Callable[[Town, Any], Awaitable[None]]
STAY = pytest.mark.filterwarnings("ignore::ResourceWarning")  # playwright's own pipes at its end


def browse(folder: Path, script: Script, elsewhere: str = "", **context: Any) -> None:
    """Runs a script on the page of a town; no error may show in the console, no request may leave the machine."""

    async def run() -> None:
        troubles: list[str] = []
        async with served(folder, elsewhere=elsewhere) as town, playwright.async_playwright() as driver:
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
        assert not await page.locator("#story").is_visible(), "the phone is what one came for"
        await page.get_by_text("Time, stories, trouble, words").click()
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
def test_somebody_in_the_room_joins_with_a_browser_of_their_own(tmp_path: Path) -> None:
    """Two browsers at two addresses: a neighbor asks on a telephone in the room; what is not a phone is not there."""

    async def script(town: Town, page: Any) -> None:
        ana = phone(page, "Ana")
        await ana.get_by_text("This phone").click()
        address = await ana.locator(".door a").get_attribute("href")
        assert address.startswith(f"http://{IN_THE_ROOM}:")
        assert await ana.locator(".door img").evaluate("picture => picture.decode().then(() => picture.naturalWidth)")
        browser = await page.context.browser.browser_type.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        room = await (await browser.new_context(viewport={"width": 360, "height": 740})).new_page()
        troubles: list[str] = []
        room.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
        await room.goto(address)
        await text(room, "Ana", "food 11216")
        assert await room.locator("article").count() == 1
        assert not await room.locator("#conduct, #behind, #guided, #team").filter(visible=True).count()
        await ana.get_by_label("Texts on Ana's phone").get_by_text("food 11216").wait_for()
        assert await phone(page, "Rosa").locator(".door a").get_attribute("href") is None, "not handed out"
        assert troubles == []
        away = address.partition("/simulator")[0]
        for path in ("/", "/board", "/simulator/", "/simulator/words", "/simulator/state", "/health"):
            assert (await room.goto(away + path)).status == 404, path
        await browser.close()

    try:
        socket.create_server((IN_THE_ROOM, 0)).close()
    except OSError:
        pytest.skip("this machine has one address only")
    browse(tmp_path, script, elsewhere=IN_THE_ROOM, viewport={"width": 800, "height": 900})


def phone(page: Any, name: str) -> Any:
    """The place of one phone on the page."""
    return page.locator("article", has=page.get_by_role("heading", name=name, exact=True))


@STAY
def test_a_guided_minute_names_what_is_so_here(tmp_path: Path) -> None:
    """The number that the request got, and at the end whoever asked first gives."""

    async def script(town: Town, page: Any) -> None:
        said = page.locator("#next")
        async with town.running():
            await phone(page, "Gus").locator(".green").click()
            for key in "11":
                await phone(page, "Gus").locator(f".keypad [value='{key}']").click()
                await phone(page, "Gus").locator(".status", has_text="Press a key.").wait_for()
            await said.get_by_text("On Ana's phone, text: food").wait_for()
            await phone(page, "Gus").get_by_text("For food, press 1.").wait_for()
            for words in ("food 11216", "For two", "1"):
                await text(page, "Ana", words)
            await said.get_by_text("On Ben's phone, text: YES 102").wait_for()
            await text(page, "Ben", "YES 102")
            await said.get_by_text("On Cho's phone, text: YES 102").wait_for()
            await text(page, "Cho", "YES 102")
            await said.get_by_text("text: DONE 102").wait_for()
            await text(page, "Ben", "DONE 102")
            await said.get_by_text("nobody is a client here").wait_for()
            for words in ("VOLUNTEER", "1", "1", "Ana"):
                await text(page, "Ana", words)
            await said.get_by_text("who asked first gives at the end").wait_for()
            await page.get_by_role("button", name="Begin again").click()
            await said.get_by_text("On Ana's phone, text: food").wait_for()
            assert not await page.locator("#guide .done").count(), "what the last town did is not done in this one"

    browse(tmp_path, script, viewport={"width": 1280, "height": 900})


@STAY
def test_a_landline_calls_is_rung_and_is_joined(tmp_path: Path) -> None:
    """Keys, words into a recording, hanging up in the middle, a ring that is seen, and two people who talk."""

    async def script(town: Town, page: Any) -> None:
        gus, ben = phone(page, "Gus"), phone(page, "Ben")

        async def press(keys: str, hears: str) -> None:
            await gus.locator(f".keypad [value='{keys}']").click()
            await gus.locator(".captions p", has_text=hears).first.wait_for()

        assert not await gus.get_by_label("Text from Gus").is_visible(), "a landline reads and writes nothing"
        for _ in range(2):
            await gus.locator(".green").click()
            await gus.locator(".captions p", has_text="English").first.wait_for()
            await gus.get_by_role("button", name="Hang up").click()
            await gus.get_by_text("The call is over.").wait_for()
        await gus.locator(".green").click()
        await gus.get_by_text("English press 1").wait_for()
        for hears in ("To ask for help", "What do you need?", "Where are you?", "Speak after the tone"):
            await press("1", hears)
        await gus.get_by_label("What Gus says").fill("Rice, please")
        await gus.locator(".say").click()
        await gus.locator(".captions p", has_text="If that is right").first.wait_for()
        await press("1", "You ask for food")
        await press("1", "Your request is number")
        await press("2", "may we say who we are")
        await press("1", "safe to leave a message")
        await press("1", "Thank you. We call you")
        await gus.get_by_role("button", name="Hang up").click()
        await town.settle()
        await ben.get_by_text("Reply YES 101").wait_for()
        await text(page, "Ben", "YES 101")
        await town.settle()
        await gus.get_by_text("is calling").wait_for()
        assert "ringing" in (await gus.get_attribute("class") or "")
        await gus.get_by_role("button", name="Answer").click()
        await press("1", "Ben takes your request")
        await gus.get_by_role("button", name="Hang up").click()
        await text(page, "Ben", "CALL 101")
        await town.settle()
        await ben.get_by_role("button", name="Answer").click()
        await ben.locator(".captions p").first.wait_for()
        await ben.locator(".keypad [value='1']").click()
        await gus.get_by_role("button", name="Answer").click()
        await gus.locator(".captions p").first.wait_for()
        await gus.locator(".keypad [value='1']").click()
        await ben.get_by_label("What Ben says").fill("I am at the door")
        await ben.locator(".say").click()
        await gus.locator(".captions p", has_text="I am at the door").wait_for()

    browse(tmp_path, script, viewport={"width": 1280, "height": 1000})


@STAY
def test_a_ring_is_heard_where_sound_is_wanted_and_ends_when_somebody_answers(tmp_path: Path) -> None:
    async def script(town: Town, page: Any) -> None:
        await page.evaluate("""() => {
          window.tones = [];
          const begin = OscillatorNode.prototype.start;
          OscillatorNode.prototype.start = function () { tones.push(this.frequency.value); begin.call(this); };
        }""")
        code = await town.hotline.store.run(asks_for_food, town.clock.now, town.cast.phones["Gus"].number)
        await town.hotline.store.run(lambda tx: tx.people.reach_by(town.cast.phones["Gus"].number, True))
        await town.settle()
        await page.get_by_label("Texts on Ben's phone").get_by_text("Reply YES").wait_for()
        assert code
        await text(page, "Ben", "YES")
        await town.settle()
        await phone(page, "Gus").get_by_text("is calling").wait_for()
        assert await page.evaluate("tones") == [], "nobody asked for sound"
        await page.get_by_label("Sound").check()
        await page.wait_for_function("() => tones.length >= 4")  # it rings again and again
        await phone(page, "Gus").locator(".green").click()
        await page.wait_for_timeout(300)
        count = await page.evaluate("tones.length")
        await page.wait_for_timeout(3500)
        assert await page.evaluate("tones.length") == count

    browse(tmp_path, script, viewport={"width": 1280, "height": 900})


@STAY
def test_texts_carry_their_language(tmp_path: Path) -> None:
    async def script(town: Town, page: Any) -> None:
        await text(page, "Ana", "food 11216")
        await text(page, "Dora", "estado")
        await page.get_by_label("Texts on Dora's phone").locator(".theirs").first.wait_for()
        spoken = {
            name: await page.get_by_label(f"Texts on {name}'s phone")
            .locator("p")
            .evaluate_all("all => all.map((p) => p.lang)")
            for name in ("Ana", "Dora")
        }
        assert spoken == {"Ana": ["en", "en"], "Dora": ["es", "es"]}

    browse(tmp_path, script, viewport={"width": 1280, "height": 900})


@STAY
def test_keys_of_a_flip_phone_write_letters(tmp_path: Path) -> None:
    async def script(town: Town, page: Any) -> None:
        ana = phone(page, "Ana")
        for key in "333":
            await ana.locator(".keypad [value='3']").click()
            assert key
        await page.wait_for_timeout(1000)  # a pause: the same key begins a new letter
        for key in ("6", "6", "6"):
            await ana.locator(f".keypad [value='{key}']").click()
        assert await page.get_by_label("Text from Ana").input_value() == "fo"
        await ana.locator(".keypad [value='*']").click()
        assert await page.get_by_label("Text from Ana").input_value() == "f"
        assert await phone(page, "Ben").locator(".keypad [value='3']").is_disabled(), "only a flip phone writes so"

    browse(tmp_path, script, viewport={"width": 1280, "height": 900})


@STAY
def test_time_is_moved_stopped_and_begun_again(tmp_path: Path) -> None:
    async def script(town: Town, page: Any) -> None:
        for words in ("food 11216", "For two", "1"):
            await text(page, "Ana", words)
        await town.settle()
        dora = page.get_by_label("Texts on Dora's phone").locator(".theirs")
        assert await dora.count() == 0
        await page.get_by_role("button", name="10 minutes later").click()
        await dora.first.wait_for()
        await page.locator("#lines .record", has_text="wave 2: Dora").wait_for()
        await page.get_by_role("button", name="To 9 in the morning").click()
        await page.locator("#time", has_text="9:00 AM").wait_for()
        await page.get_by_role("button", name="Stop the clock").click()
        await page.get_by_role("button", name="Let time run").wait_for()
        assert town.still
        await page.get_by_role("button", name="Begin again").click()
        await page.get_by_role("button", name="Stop the clock").wait_for()
        await page.get_by_label("Texts on Ana's phone").get_by_text("food 11216").wait_for(state="detached")
        assert not town.still

    browse(tmp_path, script, viewport={"width": 1280, "height": 900})


@STAY
def test_a_story_plays_by_itself_is_stopped_and_gone_on_by_hand(tmp_path: Path) -> None:
    async def script(town: Town, page: Any) -> None:
        first = page.locator("#story option").first
        assert await first.get_attribute("value") == "a_meal_for_a_new_mother"
        await page.locator("#story").select_option("a_danger")
        await page.locator("#play").click()
        await page.get_by_label("Texts on Ana's phone").locator(".mine").first.wait_for()
        assert await page.locator("article.acts").count() == 1, "whose phone it is"
        await page.get_by_role("button", name="Stop, and go on by hand").click()
        await page.get_by_role("button", name="Go on").wait_for()
        await text(page, "Ana", "thank you")
        async with page.expect_download() as told:
            await page.get_by_role("link", name="Save what I did").click()
        kept = await (await told.value).path()
        assert "Ana texts: thank you" in await asyncio.to_thread(Path(kept).read_text, "utf-8")

    browse(tmp_path, script, viewport={"width": 1280, "height": 900})


@STAY
def test_trouble_is_switched_on_and_more_phones_are_added_and_taken_away(tmp_path: Path) -> None:
    async def script(town: Town, page: Any) -> None:
        await page.get_by_text("Trouble", exact=True).click()
        await page.get_by_label("The hotline is down").check()
        await page.get_by_label("Text from Ana").fill("food")
        await page.get_by_label("Text from Ana").press("Enter")
        await page.get_by_text("the hotline did not answer").first.wait_for()
        await page.get_by_label("The hotline is down").uncheck()
        await page.wait_for_function("() => !document.getElementById('play').disabled")
        await town.settle()
        await page.get_by_label("Texts on Ana's phone").locator(".theirs").first.wait_for()
        await page.get_by_role("button", name="Kill the hotline and start it again").click()
        await page.get_by_text("More phones", exact=True).click()
        await page.locator("#plug [name=name]").fill("Zoe")
        await page.locator("#plug select").select_option("hidden number")
        await page.get_by_role("button", name="Add").click()
        zoe = phone(page, "Zoe")
        await zoe.locator(".green").click()
        await zoe.locator(".captions p").first.wait_for()
        await page.locator("#lines", has_text="hides the number").wait_for()
        await zoe.get_by_text("This phone").click()
        await zoe.get_by_role("button", name="Take away on Zoe's phone").click()
        await zoe.wait_for(state="detached")

    browse(tmp_path, script, viewport={"width": 1280, "height": 900})


@STAY
def test_a_long_text_is_shown_from_its_beginning_and_says_that_it_goes_on(tmp_path: Path) -> None:
    async def script(town: Town, page: Any) -> None:
        await page.get_by_label("Text from Ana").fill("food 11216")
        await page.get_by_label("Text from Ana").press("Enter")
        log = page.get_by_label("Texts on Ana's phone")
        await log.locator(".theirs").first.wait_for()
        await page.locator(".texts.more").first.wait_for()
        await log.evaluate("log => { log.scrollTop = log.scrollHeight; }")
        await page.wait_for_function("() => !document.querySelector('.texts.more')")

    browse(tmp_path, script, viewport={"width": 1280, "height": 900})


@STAY
def test_without_javascript_it_says_so_first_and_where_to_go(tmp_path: Path) -> None:
    async def script(town: Town, page: Any) -> None:
        await page.locator(".lonely").wait_for()
        assert not await page.get_by_text("What happens behind").is_visible()
        await page.locator(".lonely").get_by_role("link", name="Words and languages").click()
        await page.get_by_role("heading", name="Find a wording").wait_for()

    browse(tmp_path, script, java_script_enabled=False)


@STAY
def test_a_request_is_taken_by_keyboard_alone(tmp_path: Path) -> None:
    """Past what stands around the phones, and past each phone, with one key each."""

    async def script(town: Town, page: Any) -> None:
        async def focused() -> str:
            return str(
                await page.evaluate(
                    "document.activeElement.getAttribute('aria-label') || document.activeElement.innerText"
                )
            )

        async def tab_to(name: str, most: int = 6) -> None:
            for _ in range(most):
                await page.keyboard.press("Tab")
                if await focused() == name:
                    return
            raise AssertionError(f"{name} is further away; here is {await focused()}")

        await page.get_by_label("Text from Ben").wait_for()
        await tab_to("To the phones", 1)
        await page.keyboard.press("Enter")
        await tab_to("Text from Ana")
        for words in ("food 11216", "For two", "1"):
            await page.keyboard.type(words)
            await page.keyboard.press("Enter")
            await page.get_by_label("Texts on Ana's phone").locator(".mine").filter(has_text=words).first.wait_for()
        await town.settle()
        await page.keyboard.press("Shift+Tab")
        for _ in range(4):
            await page.keyboard.press("Shift+Tab")
            if await focused() == "Past Ana's phone":
                break
        for name in ("Ana", "Gus"):
            assert await focused() == f"Past {name}'s phone"
            await page.keyboard.press("Enter")
            await page.keyboard.press("Tab")
        await tab_to("Text from Ben")
        await page.keyboard.type("YES 101")
        await page.keyboard.press("Enter")
        await page.get_by_label("Texts on Ben's phone").get_by_text("101 is yours").wait_for()
        # In a call the number keys of the keyboard press those of the phone.
        await phone(page, "Gus").locator(".green").focus()
        await page.keyboard.press("Enter")
        await phone(page, "Gus").locator(".captions p").first.wait_for()
        await page.keyboard.press("1")
        await phone(page, "Gus").get_by_text("To ask for help").wait_for()

    browse(tmp_path, script, viewport={"width": 1280, "height": 900})


@STAY
def test_everybody_can_use_it(tmp_path: Path) -> None:
    """In both themes and in forced colors, on a telephone, a laptop and a wall, after a request, with all unfolded."""
    from tests.accessible import found

    async def script(town: Town, page: Any) -> None:
        await text(page, "Ana", "food 11216")
        await page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
        seen = {}
        for width, theme in product((360, 1280, 1920), ("light", "dark", "forced")):
            await page.set_viewport_size({"width": width, "height": 900})
            forced = theme == "forced"
            await page.emulate_media(
                color_scheme="light" if forced else theme, forced_colors="active" if forced else "none"
            )
            seen[width, theme] = await found(page)
        wrong = {f"{width}, {theme}": each for (width, theme), each in seen.items() if each}
        assert not wrong, json.dumps(wrong, indent=1)

    browse(tmp_path, script)
