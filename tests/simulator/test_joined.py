"""Phones in the room: a code with an address, and behind the address one phone and nothing else."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from hotline.demo.lan import OnlyPhones
from hotline.simulator.joined import hiding
from hotline.simulator.page import code_of

from .stand_in import ANA, ROSA, Stage, play

ROOM = ("192.168.1.9", "192.168.1.5:8000")
PHONE = "/simulator/p/abcDEF_-1234"


def test_a_joined_phone_sees_itself_alone_and_does_what_a_phone_can() -> None:
    async def script(s: Stage) -> None:
        ana, rosa = s.exchange.handset(ANA, "Ana"), s.exchange.handset(ROSA, "Rosa")
        rosa.role = "coordinator"
        assert ana.secret != rosa.secret
        door = f"{s.hotline.url}/simulator/p/{ana.secret}"
        async with aiohttp.ClientSession() as session:

            async def status(url: str, **told: str) -> int:
                async with session.post(url, json=told) as answer:
                    return answer.status

            assert await status(f"{door}/handsets/%2B{ANA[1:]}/text", body="food") == 200
            assert await status(f"{door}/handsets/%2B{ROSA[1:]}/text", body="food") == 404, "not hers"
            assert await status(f"{door}/handsets/%2B{ANA[1:]}/explode") == 404
            for path, found in (("", 200), ("static/page.js", 200), ("state", 404), ("town/begin", 404)):
                async with session.get(f"{door}/{path}") as answer:
                    assert answer.status == found, path
            for secret in (rosa.secret, "wrong", ana.number):
                async with session.get(f"{s.hotline.url}/simulator/p/{secret}/") as answer:
                    assert answer.status == 404
            async with session.get(f"{door}/events") as events:
                told = json.loads((await events.content.readuntil(b"}\n\n")).partition(b"data: ")[2])
            assert [phone["name"] for phone in told["handsets"]] == ["Ana"]
            assert told["handsets"][0]["texts"][-1]["body"] == "call (a number)"

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hotline.simulator.page._Page.hidden", lambda _: ("+12125550155",))
        play(script, {"/twilio/sms": "<Message>call (212) 555-0155</Message>"})


def test_real_numbers_are_hidden_however_they_are_said() -> None:
    real = ("+12125550155",)
    assert hiding("Pantry: (212) 555-0155. Tue 10-2", real) == "Pantry: (a number). Tue 10-2"
    assert hiding("+12125550155 or 2 1 2, 5 5 5, 0 1 5 5", real) == "(a number) or (a number)"
    assert hiding("call (212) 555-0111, zip 11216", real) == "call (212) 555-0111, zip 11216"
    assert hiding("(212) 555-0155", ()) == "(212) 555-0155"


@pytest.mark.parametrize(
    ("client", "host", "path", "found"),
    [
        ("127.0.0.1", "127.0.0.1:8000", "/board", True),
        ("127.0.0.1", "localhost", "/simulator/town/begin", True),
        ("127.0.0.1", "elsewhere.example:8000", "/simulator/", False),
        ("192.168.1.9", "127.0.0.1:8000", "/simulator/", False),
        *(("192.168.1.9", "192.168.1.5:8000", path, False) for path in ("/", "/board", "/twilio/sms", "/health")),
        *(
            ("192.168.1.9", "192.168.1.5:8000", f"/simulator/{path}", False)
            for path in ("clock", "transcript", "api/x")
        ),
        *(
            ("192.168.1.9", "192.168.1.5:8000", f"{PHONE}/{path}", False)
            for path in ("../../", "town/begin", "x/../..", "words")
        ),
        *(("192.168.1.9", "192.168.1.5:8000", f"{PHONE}/{path}", True) for path in ("", "events", "static/page.js")),
        ("192.168.1.9", "192.168.1.5:8000", f"{PHONE}/handsets/+12125550111/text", True),
    ],
)
def test_another_machine_reaches_nothing_but_a_phone(client: str, host: str, path: str, found: bool) -> None:
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "client": (client, 5),
        "headers": [(b"host", host.encode())],
    }
    assert asyncio.run(_status(scope)) == (200 if found else 404)


async def _status(scope: Scope) -> int:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("in")(scope, receive, send)

    await OnlyPhones(app)(scope, receive, send)
    return int(sent[0]["status"])


def test_a_code_has_its_marks() -> None:
    grid = code_of("http://192.168.1.5:8000/simulator/p/abcDEF_-1234/").matrix
    assert (len(grid), len(grid[0])) == (29, 29)
    corners: list[Callable[[int, int], Any]] = [lambda r, c: grid[r][c], lambda r, c: grid[r][-1 - c]]
    for corner in corners:
        assert [corner(0, column) for column in range(8)] == [True] * 7 + [False]
        assert [corner(3, column) for column in range(8)] == [True, False, True, True, True, False, True, False]
    assert [grid[6][column] for column in range(8, 21)] == [column % 2 == 0 for column in range(8, 21)]
    assert grid[21][8], "always dark"
