"""The benchmark of the outbox: the pretend carrier takes as long as it says and counts rightly, and the figures are of
the middle of the run."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from benchmarks import drain, idle
from benchmarks.slow_carrier import Books, Line

TEXTS = 20
WAIT = 0.2
TEXT = b"POST /Messages.json HTTP/1.1\r\ncontent-length: %d\r\n\r\n%b"
TAKEN = b"GET /taken HTTP/1.1\r\n\r\n"


@asynccontextmanager
async def carrier(wait: float) -> AsyncIterator[int]:
    """Its port."""
    books = Books(wait)
    server = await asyncio.get_running_loop().create_server(lambda: Line(books), "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def ask(port: int, *pieces: bytes) -> Any:
    """What it answers to a request that comes in these pieces, over a connection of its own."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for piece in pieces:
        writer.write(piece)
        await writer.drain()
        await asyncio.sleep(0.01)
    head = await reader.readuntil(b"\r\n\r\n")
    body = await reader.readexactly(int(head.split(b"Content-Length: ")[1].split(b"\r\n")[0]))
    writer.close()
    return json.loads(body)


def text(to: str) -> bytes:
    body = f"To=%2B{to}&Body=hello".encode()
    return TEXT % (len(body), body)


def test_the_carrier_takes_its_time_any_number_at_once_and_tells_what_it_took() -> None:
    async def play() -> tuple[list[Any], float, Any]:
        async with carrier(WAIT) as port:
            begun = time.monotonic()
            answers = await asyncio.gather(*(ask(port, text(f"1212555{2000 + place}")) for place in range(TEXTS)))
            return answers, time.monotonic() - begun, await ask(port, TAKEN)

    answers, took, taken = asyncio.run(play())
    assert len({each["sid"] for each in answers}) == TEXTS
    assert WAIT <= took < TEXTS * WAIT / 2
    assert (len(taken["at"]), len(set(taken["to"])), taken["most"]) == (TEXTS, TEXTS, TEXTS)


def test_a_text_that_comes_in_pieces_is_one() -> None:
    async def play() -> Any:
        async with carrier(0.0) as port:
            whole = text("12125552000")
            await ask(port, whole[:30], whole[30:-3], whole[-3:])
            return await ask(port, TAKEN)

    assert asyncio.run(play())["to"] == ["+12125552000"]


def test_the_start_and_the_end_are_left_out() -> None:
    slow = [place * 10.0 for place in range(10)]
    steady = [100 + place * 0.01 for place in range(80)]
    assert drain.rate([*slow, *steady, *(200 + place for place in slow)]) == pytest.approx(100)


def test_the_share_is_of_what_so_many_under_way_allow() -> None:
    drained = drain.Drained(0, 100, drain.SHARE * drain.WANTED / drain.WAIT, 64, 500.0, 0.0)
    assert drained.share == pytest.approx(drain.SHARE)
    assert "| 0.90 × | reached |" in drain.report([drained])


def test_a_start_is_held_against_that_of_a_fixed_document() -> None:
    fixed, hotline = idle.Rest(1.0, 1.0, 30.0, 0.0), idle.Rest(2.6, 2.4, 60.0, 1.0)
    assert [target.reached for target in idle._targets(fixed, hotline)] == [False, True, False]
