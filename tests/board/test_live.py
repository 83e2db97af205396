"""Pages that move by themselves: what the stream tells, to whom, until when, and what a busy board costs."""

import asyncio
import contextlib
import re
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from aiohttp import ClientPayloadError, ClientSession, TCPConnector
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from hotline.model.board import IDLE
from hotline.storage import board_live
from hotline.web.board import watch
from hotline.web.endless import ENDLESS
from hotline.web.server import FINISHING, config
from tests.board.visitor import ANA, BEN, NEED, Visitor, team
from tests.world import LIMITS

PATIENCE = 10.0  # seconds


@pytest.fixture(autouse=True)
def _looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "EVERY", 0.02)


class Stream:
    """What a browser hears: events one by one, and that it is over."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.heard: list[str] = []

    async def next(self) -> str:
        """The next event, as it stands on the line; "" at its end."""
        async with asyncio.timeout(PATIENCE):
            while True:
                lines = []
                with contextlib.suppress(ClientPayloadError, ConnectionError):
                    while (line := (await self.answer.content.readline()).decode()).strip():
                        lines.append(line.strip())
                if not lines:
                    return ""
                if any(line.startswith("data") for line in lines):
                    self.heard += lines
                    return str(next(line for line in lines if line.startswith("data"))).removeprefix("data: ")


@contextlib.asynccontextmanager
async def listening(visitor: Visitor, query: str = "", **headers: str) -> AsyncIterator[Stream]:
    url = f"{visitor.place.exchange.public_url}/board/live{query}"
    async with visitor.http.get(url, headers=headers) as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        yield Stream(answer)


def pulse(visitor: Visitor) -> str:
    """How things stood when the page was made that the visitor has open."""
    return str(re.findall(r'data-pulse="([^"]+)"', visitor.page.body)[0])


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        ("/column/taken", "YES 101", "Ben has it"),
        ("/tray", "I want to talk to a person", "asks for a person"),
        ("/people?show=left", "LEAVE", "Ben"),
    ],
)
def test_lists_move_by_themselves(tmp_path: Path, path: str, text: str, told: str) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            await rosa.get(path)
            assert told not in rosa.page.said
            part = re.findall(r'data-part="/board([^"]+)"', rosa.page.body)[0]
            async with listening(rosa, f"?seen={pulse(rosa)}") as stream:
                await rosa.place.exchange.handset(BEN).text(text)
                await luz.post(f"/need/{NEED}/hand", {"takes": "yes"})
                assert await stream.next() == "changed"
                await rosa.get(part)
                assert told in rosa.page.said
            assert 'id="live"' not in (await rosa.get(f"{path}{'&' if '?' in path else '?'}page=2")).body

    asyncio.run(run())


def test_whoever_looks_on_hears_of_every_text_and_the_part_shows_it(tmp_path: Path, database_url: str) -> None:
    async def run() -> None:
        async with team(tmp_path, database_url=database_url) as (rosa, luz):
            await rosa.get()
            async with listening(rosa, f"?seen={pulse(rosa)}") as stream:
                await rosa.place.exchange.handset(BEN).text("YES 101")
                assert await stream.next() == "changed"
                await luz.get("/live/columns")
                assert "Ben has it" in luz.page.said
                await luz.post(f"/need/{NEED}/hand", {"takes": "yes"})
                assert await stream.next() == "changed"
                await luz.get("/live/columns")
                assert "Luz looks after it" in luz.page.said
            for line in stream.heard:
                assert re.fullmatch(r"data: changed|id: [0-9a-f]{12}-\d+", line), line

    asyncio.run(run())


def test_what_changed_before_the_line_was_there_is_heard_at_once(tmp_path: Path) -> None:
    """Between the page and its stream, and while a line was lost: the browser says what it saw last."""

    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await rosa.get()
            seen = pulse(rosa)
            await rosa.place.exchange.handset(ANA).text("a ride 11201")
            async with listening(rosa, f"?seen={seen}") as stream:
                assert await stream.next() == "changed"
                last = stream.heard[0].removeprefix("id: ")
            await rosa.place.exchange.handset(BEN).text("YES 101")
            async with listening(rosa, f"?seen={seen}", **{"Last-Event-ID": last}) as stream:
                assert await stream.next() == "changed"

    asyncio.run(run())


def test_a_needs_page_hears_of_its_own_need_alone(tmp_path: Path, database_url: str) -> None:
    async def run() -> None:
        async with team(tmp_path, database_url=database_url) as (rosa, luz):
            page = await rosa.get(f"/need/{NEED}")
            assert "Something changed here since you opened this page." in page.said  # hidden until then
            async with listening(rosa, f"?need={NEED}&seen={pulse(rosa)}") as stream:
                await rosa.place.exchange.handset(ANA).text("a ride 11201")
                with pytest.raises(TimeoutError):
                    await asyncio.wait_for(stream.next(), 0.5)
            await rosa.get(f"/need/{NEED}")
            async with listening(rosa, f"?need={NEED}&seen={pulse(rosa)}") as stream:
                await luz.get(f"/need/{NEED}")
                await luz.press("/do/note", words="she is at home until 5")
                assert await stream.next() == "changed"

    asyncio.run(run())


def test_the_stream_ends_with_the_session(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            async with listening(luz) as stream:
                await rosa.post("/team/luz/end")
                while (heard := await stream.next()) == "changed":
                    pass
                assert heard == "over"
            assert (await luz.get("/live/columns")).path == "/board/sign-in"

    asyncio.run(run())


def test_looking_on_keeps_nobody_signed_in(tmp_path: Path) -> None:
    """Two hours without a press are two hours, whatever the page asked for by itself meanwhile."""

    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await rosa.get()
            async with listening(rosa) as stream:
                for _ in range(4):
                    rosa.place.clock.now += IDLE / 4 - 1
                    await rosa.get("/live/columns")
                    assert "Asking" in rosa.page.said
                rosa.place.clock.now += 10
                while (heard := await stream.next()) == "changed":
                    pass
                assert heard == "over"
            assert (await rosa.get()).path == "/board/sign-in"

    asyncio.run(run())


def test_a_hotline_that_begins_anew_leaves_nobody_on_a_dead_line(tmp_path: Path, database_url: str) -> None:
    """As the demo does; a server that stops ends its streams before."""

    async def run() -> None:
        async with team(tmp_path, database_url=database_url) as (rosa, _):
            await rosa.get()
            async with listening(rosa, f"?seen={pulse(rosa)}") as stream:
                await rosa.place.restart()
                assert await stream.next() == "over"
            async with listening(rosa, "?seen=x") as stream:
                assert await stream.next() == "changed"

    asyncio.run(run())


def test_whoever_is_not_signed_in_hears_nothing(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (_, luz):
            luz.http.cookie_jar.clear()
            for path in ("/live", "/live/columns"):
                assert (await luz.get(path)).path == "/board/sign-in"

    asyncio.run(run())


def test_one_look_serves_all_who_look_on_and_none_is_made_for_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = []
    whole = board_live.pulse

    async def counted(store: Any) -> str:
        looks.append(store)
        return await whole(store)

    async def run() -> None:
        async with team(tmp_path) as (rosa, luz), contextlib.AsyncExitStack() as stack:
            await rosa.get()
            streams = [
                await stack.enter_async_context(listening(each, f"?seen={pulse(rosa)}"))
                for each in (rosa, luz)
                for _ in range(20)
            ]
            await asyncio.sleep(0.2)
            monkeypatch.setattr(board_live, "pulse", counted)
            await asyncio.sleep(1)
            assert 0 < len(looks) <= 60
            await rosa.place.exchange.handset(BEN).text("YES 101")
            assert {await each.next() for each in streams} == {"changed"}
            await stack.aclose()
            await asyncio.sleep(0.2)
            looks.clear()
            await asyncio.sleep(0.3)
            assert looks == []

    asyncio.run(run())


def test_the_columns_are_made_once_for_all_who_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            store = rosa.place.hotline.store
            asked: list[str] = []
            read = store.read

            async def counted(name: str, /, **values: Any) -> Any:
                asked.append(name)
                return await read(name, **values)

            monkeypatch.setattr(store, "read", counted)
            await rosa.place.exchange.handset(ANA).text("a ride 11201")
            await asyncio.gather(*(each.get("/live/columns") for each in (rosa, luz) for _ in range(5)))
            assert asked.count("board_asking") == 1
            await rosa.place.exchange.handset(BEN).text("YES 101")
            assert "Ben has it" in (await luz.get()).said
            assert asked.count("board_asking") == 2
            await luz.get("", **{"Accept-Language": "es"})
            assert asked.count("board_asking") == 3

    asyncio.run(run())


def test_there_is_an_end_to_how_many_look_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "MOST", 1)

    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            async with listening(rosa):
                await asyncio.sleep(0.1)
                assert (await luz.get("/live")).status == 503
            await asyncio.sleep(0.2)
            async with listening(luz):
                pass

    asyncio.run(run())


def test_an_odd_address_is_the_overview(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            for odd in ("x", "-1", "9" * 40, "1e5", "%00"):
                async with listening(rosa, f"?need={odd}&seen={'x' * 500}") as stream:
                    assert await stream.next() == "changed"

    asyncio.run(run())


def test_a_stream_takes_no_room_from_texts_of_the_same_address(tmp_path: Path) -> None:
    """Everything may come through one proxy that names nobody, or from one office."""

    async def run() -> None:
        async with team(tmp_path) as (rosa, _), contextlib.AsyncExitStack() as stack:
            from_there = {"X-Forwarded-For": "203.0.113.7"}
            many = ClientSession(connector=TCPConnector(limit=0), cookie_jar=rosa.http.cookie_jar)
            several = Visitor(rosa.place, await stack.enter_async_context(many))
            for _ in range(LIMITS.per_address + 20):
                await stack.enter_async_context(listening(several, **from_there))
            assert (await several.get("", **from_there)).status == 200

    asyncio.run(run())


def test_a_server_that_stops_does_not_wait_for_the_end_of_a_stream() -> None:
    """There is none. What is being answered is answered before, as always."""

    async def endless(request: Request) -> Response:
        request.scope[ENDLESS]()

        async def events() -> AsyncIterator[str]:
            while True:
                yield ":\n\n"
                await asyncio.sleep(0.05)

        return StreamingResponse(events(), media_type="text/event-stream")

    async def slow(_: Request) -> Response:
        await asyncio.sleep(0.5)
        return Response("all of it")

    async def run() -> None:
        app = Starlette(routes=[Route("/endless", endless), Route("/slow", slow)])
        with socket.create_server(("127.0.0.1", 0)) as listener:
            url = f"http://127.0.0.1:{listener.getsockname()[1]}"
            server = uvicorn.Server(config(app, LIMITS, lifespan="off"))
            serving = asyncio.create_task(server.serve([listener]))
            async with ClientSession() as http, http.get(f"{url}/endless") as stream:
                assert await stream.content.readline()
                last = asyncio.create_task(_whole(http, f"{url}/slow"))
                await asyncio.sleep(0.1)
                server.should_exit = True
                async with asyncio.timeout(FINISHING / 2):
                    await serving
                assert await last == "all of it"

    asyncio.run(run())


async def _whole(http: ClientSession, url: str) -> str:
    async with http.get(url) as answer:
        return await answer.text()
