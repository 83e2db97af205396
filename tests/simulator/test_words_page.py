"""Words and languages changed on the demo's page: read and heard at once, taken back, saved."""

import asyncio
import json
import tomllib
from itertools import product
from pathlib import Path
from typing import Any

import aiohttp

from hotline.channels import own_words
from hotline.channels.catalogue import messages, shipped
from hotline.commands import community
from hotline.commands.check import of_words
from hotline.demo.app import served
from hotline.demo.town import Town

from .test_page_in_browser import STAY, browse, text
from .test_page_in_browser import pytestmark as in_chromium
from .test_town import act, ask, in_town, saved

FIRST = ("hello", "first", "text")
OURS = (
    "{community}: neighbors for neighbors. Not for emergencies (call {emergency}). For a person text 0. To end, STOP."
)
FROM_HERE = {"Sec-Fetch-Site": "same-origin"}


def spoken(town: Town) -> list[str]:
    return list(town.hotline.catalogue.community.languages)


async def post(session: aiohttp.ClientSession, what: str, **told: str) -> tuple[int, str]:
    async with session.post(f"words/{what}", data=told, headers=FROM_HERE) as answer:
        return answer.status, await answer.text()


async def say(session: aiohttp.ClientSession, name: str, words: str, language: str = "en") -> tuple[int, str]:
    return await post(session, "say", language=language, name=name, words=words)


def test_what_is_said_otherwise_is_read_and_heard_at_once_and_taken_back(tmp_path: Path) -> None:
    async def script(town: Town, session: aiohttp.ClientSession) -> None:
        ana, gus = (town.cast.phones[name] for name in ("Ana", "Gus"))
        assert (await say(session, "hello.first.text", OURS))[0] == 200
        await say(session, "menu.language.voice", "Hello, neighbor!")
        await act(session, town, "Ana", "text", body="food")
        assert ana.inbox[0].body.startswith("Eastside Mutual Aid: neighbors for neighbors.")
        await say(session, "intake.area.voice", "Where do you live?")
        await say(session, "intake.area.text", "Where do you live?")
        await act(session, town, "Ana", "text", body="STATUS")
        assert "Where do you live?" in ana.inbox[-1].body, "the next step of what was begun"
        await act(session, town, "Gus", "call")
        assert any("Hello, neighbor!" in words for words in gus.heard)
        await post(session, "undo")
        await act(session, town, "Ana", "text", body="STATUS")
        assert "Where do you live?" not in ana.inbox[-1].body
        _, page = await post(session, "reset")
        assert "All is said as in the beginning" in page
        assert messages("en") == shipped("en")
        await post(session, "undo")
        assert messages("en")["hello"]["first"]["text"] == OURS, "to reset is a change like others"

    in_town(tmp_path, script)
    assert messages("en") == shipped("en"), "it ends with the town"


def test_the_checks_are_those_of_a_community_s_own_words(tmp_path: Path) -> None:
    """What no start would take is not taken; what `hotline check` would name is taken, and named."""

    async def script(town: Town, session: aiohttp.ClientSession) -> None:
        _, page = await say(session, "hello.first.text", "Hello, this is {comunity}")
        assert all(each in page for each in ("{community} is not there", "{comunity} is nothing", "Not changed yet"))
        assert "Hello, this is {comunity}</textarea>" in page, "what was typed is not lost"
        assert messages("en")["hello"]["first"]["text"] == shipped("en")["hello"]["first"]["text"]
        long = f"{OURS} {'very ' * 60}"
        status, page = await say(session, "hello.first.text", long.strip())
        assert (status, "3 segments; shorten it" in page) == (200, True)
        file = town.folder / "saved" / "community.toml"
        file.parent.mkdir()
        for name in ("community.toml", "words.toml"):
            async with session.get(f"words/{name}") as answer:
                file.with_name(name).write_text(await answer.text(), "utf-8")
        # A path through the same rules: the files as `hotline check` reads them.
        found = list(of_words(community(file), own_words.beside(file)))
        assert any("hello.first" in each and "3 segments" in each for each in found)
        for name in ("words.yes.text", "words.yes", "hello.nothing.of.that", ""):
            assert "there is no such wording" in (await say(session, name, "yep"))[1]

    in_town(tmp_path, script)


def test_languages_and_names_are_chosen_and_what_is_on_record_stays(tmp_path: Path) -> None:
    async def script(town: Town, session: aiohttp.ClientSession) -> None:
        ana = town.cast.phones["Ana"]
        for words in ("food 11216", "For two", "1"):
            await act(session, town, "Ana", "text", body=words)
        chosen = {
            "name": "The Hill",
            "first": "vi",
            "speaks.vi": "yes",
            "speaks.en": "yes",
            "needs.food.en": "groceries",
        }
        status, page = await post(session, "community", **chosen)
        assert (status, "started again with that" in page) == (200, True)
        assert spoken(town) == ["vi", "en"]
        assert town.hotline.catalogue.label("food", "vi") == "thức ăn"
        await act(session, town, "Ana", "text", body="STATUS")
        assert "101" in ana.inbox[-1].body
        assert "groceries" in ana.inbox[-1].body
        await ask(session, "plug", name="Zoe", kind="mobile")
        await act(session, town, "Zoe", "text", body="xin chao")
        assert town.cast.phones["Zoe"].inbox[0].body.startswith("The Hill: ")
        _, page = await post(session, "community", **chosen | {"needs.ride.en": "groceries"})
        assert "groceries" in page
        assert town.hotline.catalogue.label("ride", "en") == "a ride", "two of one name are refused"
        _, page = await post(session, "community", name="", first="xx")
        assert "languages: there are no words in" in page
        assert "# community speaks: vi, en" in await saved(session)
        async with session.get("words/community.toml") as answer:
            assert tomllib.loads(await answer.text())["languages"] == ["vi", "en"]
        await post(session, "reset")
        assert spoken(town) == ["en", "es"]
        assert "In words of my own" not in await saved(session)

    in_town(tmp_path, script)


def test_they_stay_when_the_town_begins_again_and_in_stories(tmp_path: Path) -> None:
    async def script(town: Town, session: aiohttp.ClientSession) -> None:
        await say(session, "hello.first.text", OURS)
        async with session.post("town/begin", json={"story": "two_volunteers_say_yes"}) as answer:
            assert answer.status == 200
        _, page = await post(session, "community", name="The Hill", first="en", **{"speaks.en": "yes"})
        assert "counts from the next beginning" in page
        assert town.hotline.catalogue.community.name == "Eastside Mutual Aid"
        for _ in range(5):
            await session.post("town/step", json={})
        read = [text.body for phone in town.cast.phones.values() for text in phone.inbox]
        assert any(body.startswith("Eastside Mutual Aid: neighbors for neighbors.") for body in read)
        await session.post("town/begin", json={})
        await act(session, town, "Ana", "text", body="food")
        assert town.cast.phones["Ana"].inbox[0].body.startswith("The Hill: neighbors for neighbors.")

    in_town(tmp_path, script)


def test_a_file_of_one_s_own_is_not_touched(tmp_path: Path) -> None:
    own = tmp_path / "ours" / "community.toml"
    own.parent.mkdir()
    demo = Path(__file__).parents[2] / "hotline" / "demo.toml"
    own.write_text(demo.read_text("utf-8"), "utf-8")
    words = own_words.written(own_words.saying({}, "en", FIRST, OURS))
    own_words.beside(own).write_text(words, "utf-8")

    async def run() -> None:
        async with served(tmp_path, own) as town:
            await town.begin()
            async with aiohttp.ClientSession(f"{town.settings.public_url}/simulator/") as session:
                await act(session, town, "Ana", "text", body="food")
                assert "neighbors for neighbors" in town.cast.phones["Ana"].inbox[0].body
                await say(session, "hello.first.text", OURS.replace("neighbors for", "friends for"))
                await post(session, "community", name="The Hill", first="es", **{"speaks.es": "yes"})
                await post(session, "reset")
                assert messages("en")["hello"]["first"]["text"] == OURS, "as when the demo began"

    asyncio.run(run())
    assert own.read_text("utf-8") == demo.read_text("utf-8")
    assert own_words.beside(own).read_text("utf-8") == words


def test_nobody_else_can_change_them(tmp_path: Path) -> None:
    """Not another web page in the same browser; a telephone in the room does not even see the page: test_joined."""

    async def script(town: Town, session: aiohttp.ClientSession) -> None:
        told = {"language": "en", "name": "hello.first.text", "words": OURS}
        for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://elsewhere.example"}, {}):
            for what in ("say", "community", "undo", "reset", "find"):
                async with session.post(f"words/{what}", data=told, headers=headers) as answer:
                    assert answer.status == 403
        assert messages("en") == shipped("en")
        async with session.get("words") as page:
            assert "form-action 'self'" in page.headers["Content-Security-Policy"]

    in_town(tmp_path, script)


class TestInChromium:
    """What people do on the page."""

    pytestmark = in_chromium

    @STAY
    def test_a_text_on_a_phone_leads_to_its_wording_and_is_read_otherwise(self, tmp_path: Path) -> None:
        async def script(town: Town, page: Any) -> None:
            await text(page, "Ana", "food 11216")
            await page.locator("#lines summary", has_text="Its wording").first.click()
            await page.locator("#lines a", has_text="Say it otherwise").first.click()
            shown = page.locator("form", has=page.locator("input[value='hello.first.text']"))
            await shown.locator("textarea").fill(OURS)
            await shown.get_by_role("button", name="Save hello.first text").click()
            await page.get_by_text("It is said so from now on").wait_for()
            assert await page.get_by_text("Better look at it again").count() == 0
            await page.get_by_role("link", name="Back to the phones").click()
            await page.get_by_role("link", name="Words and languages (changed)").wait_for()
            await page.get_by_role("button", name="Begin again").click()
            await page.get_by_label("Texts on Ana's phone").get_by_text("food 11216").wait_for(state="detached")
            await page.locator("#play:enabled").wait_for()  # the new town stands
            await text(page, "Ana", "hello")
            await page.get_by_label("Texts on Ana's phone").get_by_text("neighbors for neighbors").wait_for()
            await page.get_by_role("link", name="Words and languages").click()
            await page.get_by_text("Save it for your own hotline").click()
            assert "neighbors for neighbors" in await page.locator("pre").inner_text()
            async with page.expect_download() as told:
                await page.get_by_role("link", name="Download words.toml").click()
            saved_as = Path(await (await told.value).path())
            assert own_words.read(saved_as) == {"en": {"hello": {"first": {"text": OURS}}}}

        browse(tmp_path, script, viewport={"width": 1280, "height": 900})

    @STAY
    def test_it_works_without_javascript_and_by_keyboard_alone(self, tmp_path: Path) -> None:
        async def script(town: Town, page: Any) -> None:
            await page.goto(f"{town.settings.public_url}/simulator/words")
            await page.get_by_label("A few words of it").focus()
            await page.keyboard.type("very many people")
            await page.keyboard.press("Tab")
            await page.keyboard.press("Enter")
            await page.get_by_role("heading", name="hello.storm").wait_for()
            field = page.locator("form", has=page.locator("input[value='hello.storm.text']")).locator("textarea")
            await field.focus()
            await page.keyboard.press("Control+A")
            await page.keyboard.type("Wait ten minutes.")
            await page.keyboard.press("Tab")
            await page.keyboard.press("Enter")
            await page.get_by_text("{community} is not there").wait_for()
            assert await field.input_value() == "Wait ten minutes."
            await page.get_by_label("Français").check()
            await page.get_by_label("Français").press("Enter")
            await page.get_by_text("started again with that").wait_for()
            assert spoken(town) == ["en", "es", "fr"]
            await page.get_by_role("button", name="Undo the last change").press("Enter")
            await page.get_by_text("taken back").wait_for()
            assert spoken(town) == ["en", "es"]

        browse(tmp_path, script, java_script_enabled=False, viewport={"width": 360, "height": 740})

    @STAY
    def test_everybody_can_use_it(self, tmp_path: Path) -> None:
        """In both themes and in forced colors, at three widths: where to begin, a conversation, what to save."""
        from tests.accessible import found

        async def script(town: Town, page: Any) -> None:
            words = f"{town.settings.public_url}/simulator/words"
            town.workbench.say("en", ("hello", "storm", "voice"), "Too many calls.")
            town.workbench.be("The Hill", [*spoken(town), "ar"], {})
            await town.restart()
            wrong = {}
            for address in (
                words,
                f"{words}?part=danger&language=ar",
                f"{words}?part=danger&said=danger.heard.text&did=say",
            ):
                await page.goto(address)
                await page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
                for width, theme in product((360, 1280, 1920), ("light", "dark", "forced")):
                    await page.set_viewport_size({"width": width, "height": 900})
                    forced = theme == "forced"
                    await page.emulate_media(
                        color_scheme="light" if forced else theme, forced_colors="active" if forced else "none"
                    )
                    assert await page.evaluate("document.documentElement.scrollWidth") <= width
                    if each := await found(page):
                        wrong[f"{address}, {width}, {theme}"] = each
            assert not wrong, json.dumps(wrong, indent=1)

        browse(tmp_path, script)
