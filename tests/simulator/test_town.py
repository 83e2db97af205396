"""The demo's town: stories play in it word for word, its time moves, and what was done in it is a transcript."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from hotline.demo.app import served
from hotline.demo.town import Town
from hotline.simulator.transcript import Transcript, stories
from tests.board.visitor import asks_for_food
from tests.transcript import play

Script = Callable[[Town, aiohttp.ClientSession], Awaitable[None]]


def in_town(folder: Path, script: Script) -> None:
    """Runs a script in a town that has begun, with a browser's connection to it."""

    async def run() -> None:
        async with _town(folder) as (town, session):
            await script(town, session)

    asyncio.run(run())


@contextlib.asynccontextmanager
async def _town(folder: Path) -> AsyncIterator[tuple[Town, aiohttp.ClientSession]]:
    async with served(folder) as town:
        await town.begin()
        async with aiohttp.ClientSession(f"{town.settings.public_url}/simulator/") as session:
            yield town, session


async def ask(session: aiohttp.ClientSession, what: str, **told: Any) -> tuple[int, Any]:
    async with session.post(f"town/{what}", json=told) as answer:
        return answer.status, await answer.json()


async def act(session: aiohttp.ClientSession, town: Town, name: str, what: str, **told: str) -> int:
    number = town.cast.phones[name].number.replace("+", "%2B")
    async with session.post(f"handsets/{number}/{what}", json=told) as answer:
        return answer.status


async def saved(session: aiohttp.ClientSession) -> str:
    async with session.get("transcript") as answer:
        return await answer.text()


def test_a_story_is_stepped_through_stopped_and_gone_on_by_hand(tmp_path: Path) -> None:
    story = next(path for path in stories() if path.stem == "two_volunteers_say_yes")

    async def script(town: Town, session: aiohttp.ClientSession) -> None:
        assert (await ask(session, "begin", story="no such"))[0] == 409
        status, state = await ask(session, "begin", story=story.stem)
        assert status == 200
        assert [phone["name"] for phone in state["handsets"]] == ["Rosa"], "nobody else is there yet"
        assert state["conducted"]["local"] == "Tuesday 12:00 PM"
        for _ in range(6):
            status, state = await ask(session, "step")
            assert status == 200
        told = state["conducted"]["story"]
        assert (told["at"], told["line"], told["who"], told["playing"]) == (6, "Ana texts: 1", "Ana", False)
        assert await act(session, town, "Cho", "text", body="SI 101") == 200
        await town.settle()
        assert "101 es suyo" in town.cast.phones["Cho"].inbox[-1].body
        steps = Transcript.load(story).steps[:6]
        written = (await saved(session)).replace("\n    ", "\n")
        assert all(line in written for step in steps for line in (step.line, *step.expected))
        assert "\nCho texts: SI 101\nCho reads: " in written

    in_town(tmp_path, script)


def test_a_story_plays_by_itself_until_it_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hotline.demo.story_player.pause_after", lambda *_: 0.0)

    async def script(town: Town, session: aiohttp.ClientSession) -> None:
        await ask(session, "begin", story="at_night_nobody_is_woken")
        await ask(session, "play")
        async with asyncio.timeout(30):
            while town.player and town.player.playing:
                await town.exchange.changes.after(town.exchange.changes.count, 0.1)
        await ask(session, "stop")
        assert "101 is yours" in "".join(text.body for text in town.cast.phones["Ben"].inbox)
        assert (await ask(session, "begin"))[0] == 200
        assert "Gus" in town.cast.phones
        assert (await ask(session, "play"))[0] == 409, "there is no story in the neighborhood"

    in_town(tmp_path, script)


def test_what_somebody_did_is_a_transcript_that_the_tests_play(tmp_path: Path) -> None:
    done = tmp_path / "what_i_did.txt"

    async def script(town: Town, session: aiohttp.ClientSession) -> None:
        await ask(session, "pause", still=True)
        for name, what, told in (
            ("Ana", "text", {"body": "food 11216"}),
            ("Ana", "text", {"body": "For two"}),
            ("Ana", "text", {"body": "1"}),
            ("Gus", "call", {}),
            ("Gus", "press", {"keys": "1"}),
            ("Gus", "hangup", {}),
        ):
            assert await act(session, town, name, what, **told) == 200
            await town.settle()
        assert await act(session, town, "Gus", "press", keys="1") == 409, "not in a call: not kept either"
        assert (await ask(session, "move", seconds=600))[0] == 200
        assert (await ask(session, "move", until="9:00"))[0] == 200
        assert [(await ask(session, "move", **odd))[0] for odd in ({}, {"seconds": 1e9}, {"until": "x"})] == [409] * 3
        done.write_text(await saved(session), "utf-8")

    in_town(tmp_path, script)
    transcript = Transcript.load(done)
    assert [step.line for step in transcript.steps[-3:]] == ["Gus hangs up", "-- 10 minutes pass", "-- it is 9:00"]
    (tmp_path / "again").mkdir()
    again = asyncio.run(play(transcript, tmp_path / "again"))
    # The town began today and the tests on a Tuesday at noon: until the time is moved the words are the same.
    count = len(transcript.steps) - 2
    assert again[:count] == [step.expected for step in transcript.steps[:count]]


def test_another_web_page_can_conduct_nothing(tmp_path: Path) -> None:
    async def script(_: Town, session: aiohttp.ClientSession) -> None:
        async with session.post("town/begin", data="{}", headers={"Content-Type": "text/plain"}) as answer:
            assert answer.status == 404
        async with session.get("") as page:
            assert "default-src 'self'" in page.headers["Content-Security-Policy"]

    in_town(tmp_path, script)


def test_what_happens_behind_is_told_and_explained(tmp_path: Path) -> None:
    async def script(town: Town, session: aiohttp.ClientSession) -> None:
        for words in ("food 11216", "For two", "1"):
            await act(session, town, "Ana", "text", body=words)
        await town.settle()
        await act(session, town, "Ben", "text", body="YES 101")
        async with session.get("behind") as answer:
            told = await answer.json()
        records = [line["words"] for line in told["lines"] if line["kind"] == "record"]
        assert records == [
            "Request 101 is on record: food, Northside",
            "Request 101, wave 1: Ben, Cho asked",
            "Request 101 is taken by Ben; Cho told",
        ]
        assert "Who saw somebody's number: nobody." in told["bill"]
        first = next(line for line in told["lines"] if line["kind"] == "in")
        assert (first["words"], first["note"]) == ("Ana texts: food 11216", "1 segment, about 1 cent")
        async with session.get(f"understood/{first['sid']}") as answer:
            why = await answer.json()
        assert ["names", "food, north"] in why["layers"]
        assert "<Message>" in why["wires"][0]["answer"]

    in_town(tmp_path, script)


def test_trouble_is_switched_on_and_off_and_phones_come_and_go(tmp_path: Path) -> None:
    async def script(town: Town, session: aiohttp.ClientSession) -> None:
        ana = town.cast.phones["Ana"]
        for name in ("twice", "late", "out_of_order", "slow", "carrier", "filtered", "down"):
            _, state = await ask(session, "trouble", name=name, on=True)
            assert state["conducted"]["troubles"] == [name]
            await ask(session, "trouble", name=name, on=False)
        assert (await ask(session, "trouble", name="rain", on=True))[0] == 409
        await ask(session, "trouble", name="twice", on=True)
        await act(session, town, "Ana", "text", body="food 11216")
        needs = await town.hotline.store.run(lambda tx: tx.needs.asked_for(ana.number))
        assert [need.what for need in needs] == ["food"], "one text that came twice is one request"
        await ask(session, "trouble", name="twice", on=False)
        await ask(session, "trouble", name="out_of_order", on=True)
        await act(session, town, "Ana", "text", body="the first")
        await act(session, town, "Ana", "text", body="the second")
        arrived = [dict(hook.params)["Body"] for hook, _ in town.exchange.webhooks.kept if hook.url.endswith("/sms")]
        assert arrived[-2:] == ["the second", "the first"]
        await ask(session, "trouble", name="out_of_order", on=False)
        await ask(session, "trouble", name="restart", on=True)
        assert await act(session, town, "Ana", "text", body="STATUS") == 200
        assert "101" in ana.inbox[-1].body, "what was on record is there after it was killed"
        assert (await ask(session, "plug", name="Zoe", kind="landline", gives=True))[0] == 200
        assert [(await ask(session, "plug", name=odd, kind="mobile"))[0] for odd in ("", "Zoe", "a b", "7")] == [
            409
        ] * 4
        assert (await ask(session, "plug", name="Yan", kind="tin can"))[0] == 409
        zoe = town.cast.phones["Zoe"]
        _, state = await ask(session, "unplug", phone=zoe.number)
        assert "Zoe" not in [phone["name"] for phone in state["handsets"]]

    in_town(tmp_path, script)


def test_nothing_of_it_is_reachable_in_serve(tmp_path: Path) -> None:
    async def script(town: Town, _: aiohttp.ClientSession) -> None:
        paths = {getattr(route, "path", "") for route in town.hotline.routes()}
        assert paths
        assert not [path for path in paths if path.startswith("/simulator")]

    in_town(tmp_path, script)


def test_undo_at_the_board_waits_by_the_clock_of_the_town(tmp_path: Path) -> None:
    """A minute that passes at a press is its minute: Ben reads what he was given, and nothing can be undone."""

    async def script(town: Town, session: aiohttp.ClientSession) -> None:
        number = await town.hotline.store.run(asks_for_food, town.clock.now)
        ben = town.cast.phones["Ben"]
        board, here = f"{town.settings.public_url}/board", {"Sec-Fetch-Site": "same-origin"}
        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(cookie_jar=jar, headers=here) as rosa:
            await rosa.post(f"{board}/sign-in/demo")
            async with rosa.get(f"{board}/need/{number}") as page:
                seen = re.findall(r'name="seen_state" value="(\w+)"', await page.text())[0]
            given = {"name": "Ben", "press": "x", "seen_state": seen}
            async with rosa.post(f"{board}/need/{number}/do/assign", data=given) as page:
                assert "/do/undo" in await page.text()
            await town.settle()
            assert not ben.inbox
            assert (await ask(session, "move", seconds=60))[0] == 200
            assert "our team gives you" in ben.inbox[-1].body
            async with rosa.get(f"{board}/need/{number}") as page:
                assert "/do/undo" not in await page.text()

    in_town(tmp_path, script)
