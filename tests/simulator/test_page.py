"""The simulator's page: its endpoints, and that it stays live."""

import asyncio
import json
import time
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from hotline.simulator import page
from hotline.simulator.clock import Clock

from .stand_in import ANA, ROSA, Stage, play

STATIC = Path(page.__file__).parent / "static"
MENU = '<Gather numDigits="2" action="step"><Say language="es-MX">Oprima 1</Say></Gather>'


async def state(s: Stage, session: aiohttp.ClientSession) -> list[dict[str, Any]]:
    async with session.get(s.hotline.url + "/simulator/state") as answer:
        handsets: list[dict[str, Any]] = (await answer.json())["handsets"]
    return handsets


async def act(s: Stage, session: aiohttp.ClientSession, number: str, what: str, **told: str) -> tuple[int, Any]:
    url = f"{s.hotline.url}/simulator/handsets/{number.replace('+', '%2B')}/{what}"
    async with session.post(url, json=told) as answer:
        return answer.status, await answer.json()


def test_the_page_texts_calls_and_hangs_up() -> None:
    async def script(s: Stage) -> None:
        s.exchange.handset(ANA, "Ana").hint = "text food"
        s.exchange.handset(ROSA, "Rosa", "landline")
        async with aiohttp.ClientSession() as session:
            await act(s, session, ANA, "text", body="food")
            await act(s, session, ROSA, "call")
            await act(s, session, ROSA, "press", keys="1")
            ana, rosa = await state(s, session)
            assert (ana["name"], ana["kind"], ana["hint"]) == ("Ana", "flip", "text food")
            assert [(text["body"], text["mine"]) for text in ana["texts"]] == [("food", True), ("hi", False)]
            assert (rosa["in_call"], rosa["waiting_for"], rosa["keys"], rosa["listens"]) == (True, "Gather", "1", False)
            assert rosa["heard"] == [{"words": "Oprima 1", "language": "es-MX"}]
            assert await act(s, session, ROSA, "say", words="hello?") == (
                409,
                {"error": "Rosa: nobody listens to words now, only to keys"},
            )
            await act(s, session, ROSA, "wait")
            status, rosa = await act(s, session, ROSA, "hangup")
            assert (status, rosa["in_call"], rosa["listens"]) == (200, False, False)

    play(script, {"/twilio/sms": "<Message>hi</Message>", "/twilio/voice": MENU, "/twilio/step": "<Record/>"})


def test_what_another_web_page_could_post_is_turned_away() -> None:
    async def script(s: Stage) -> None:
        s.exchange.handset(ANA)
        async with aiohttp.ClientSession() as session:
            url = f"{s.hotline.url}/simulator/handsets/%2B12125550101/text"
            async with session.post(url, data='{"body":"STOP"}', headers={"Content-Type": "text/plain"}) as answer:
                assert answer.status == 404
            assert (await act(s, session, "+1999", "call"))[0] == 404
            assert (await act(s, session, ANA, "explode"))[0] == 404
        assert s.exchange.texts == []

    play(script)


def test_phones_update_live_and_the_stream_ends_when_the_exchange_closes() -> None:
    async def script(s: Stage) -> None:
        ana = s.exchange.handset(ANA)
        async with aiohttp.ClientSession() as session, session.get(s.hotline.url + "/simulator/events") as events:
            assert events.content_type == "text/event-stream"
            await events.content.readuntil(b"}\n\n")
            await ana.text("food")
            told = await events.content.readuntil(b"}\n\n")
            network = json.loads(told.partition(b"data: ")[2])
            assert network["handsets"][0]["texts"][0]["body"] == "food"
            await s.exchange.aclose()
            async with asyncio.timeout(1):
                await events.content.read()

    play(script)


def test_an_idle_stream_ends_by_itself_and_is_not_told_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "_STREAM_SECONDS", 0.01)

    async def script(s: Stage) -> None:
        seen = {"Last-Event-ID": str(s.exchange.changes.count)}
        async with (
            aiohttp.ClientSession() as session,
            session.get(s.hotline.url + "/simulator/events", headers=seen) as events,
        ):
            assert await events.text() == "retry: 150\n\n"

    play(script)


@pytest.mark.parametrize("name", sorted(path.name for path in STATIC.iterdir()))
def test_files_are_served_and_hold_no_absolute_address(name: str) -> None:
    async def script(s: Stage) -> None:
        path = "" if name == "index.html" else f"static/{name}"
        async with aiohttp.ClientSession() as session, session.get(f"{s.hotline.url}/simulator/{path}") as answer:
            assert answer.status == 200
            words = await answer.text()
        assert 'src="/' not in words
        assert 'href="/' not in words
        assert 'fetch("/' not in words
        assert "http" not in words

    play(script)


def test_time_passes_for_everybody_in_a_world_whose_clock_can_be_moved() -> None:
    async def script(s: Stage) -> None:
        url = s.hotline.url + "/simulator"
        async with aiohttp.ClientSession() as session:

            async def let_pass(seconds: object) -> int:
                async with session.post(f"{url}/clock", json={"seconds": seconds}) as answer:
                    return answer.status

            assert await let_pass(60) == 404
            s.exchange.clock = Clock()
            before = s.exchange.clock()
            assert await let_pass(3600) == 200
            assert 3600 <= s.exchange.clock() - before < 3700
            assert [await let_pass(odd) for odd in (0, -1, 1e12, "60", None)] == [409] * 5
            async with session.post(f"{url}/clock", data=b'{"seconds": 60}') as answer:
                assert answer.status == 404, "another web page could post that"
            async with session.get(f"{url}/state") as answer:
                assert (await answer.json())["moves"]

    play(script)


def test_a_clock_stands_still_or_runs_and_can_be_moved() -> None:
    still, runs = Clock(100.0), Clock()
    assert (still(), still()) == (100.0, 100.0)
    still.move(50)
    still.now += 25
    assert still() == 175.0
    still.now = 7.0
    assert still() == 7.0
    assert abs(runs() - time.time()) < 5
    runs.move(-3600)
    assert abs(runs() + 3600 - time.time()) < 5
