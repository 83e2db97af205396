"""A sound is fetched from the provider alone: no redirect, no page, not too much, not too long."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import web

from hotline.carriers.api import CarrierError
from hotline.carriers.download_recording import LARGEST, fetch, kind_of

WAV = b"RIFF\x00\x00\x00\x00WAVEfmt "
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@contextlib.asynccontextmanager
async def provider(answer: Answer) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
    try:
        yield f"http://127.0.0.1:{port}/api"
    finally:
        await runner.cleanup()


def fetched(answer: Answer, seconds: float = 5.0) -> bytes:
    async def play() -> bytes:
        async with provider(answer) as base:
            return await fetch(base, "AC1", "a token", "RE1", seconds)

    return asyncio.run(play())


def test_the_id_makes_the_address_and_the_account_goes_with_it() -> None:
    asked: list[tuple[str, str]] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append((request.path, request.headers["authorization"]))
        return web.Response(body=WAV)

    assert fetched(answer) == WAV
    assert asked == [("/api/2010-04-01/Accounts/AC1/Recordings/RE1.mp3", "Basic QUMxOmEgdG9rZW4=")]


@pytest.mark.parametrize("status", [302, 401, 404, 500, 503])
def test_any_other_answer_is_an_error_with_its_status(status: int) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=status, headers={"Location": "http://127.0.0.1:1/elsewhere"})

    with pytest.raises(CarrierError) as error:
        fetched(answer)
    assert error.value.code == str(status)


def test_a_page_is_no_sound() -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(text="<html>a proxy's idea of an answer</html>", content_type="audio/mpeg")

    with pytest.raises(CarrierError, match="no sound"):
        fetched(answer)


def test_what_never_ends_is_given_up() -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        with contextlib.suppress(ConnectionError):
            for _ in range(2 * LARGEST // 65536):
                await response.write(WAV + bytes(65536 - len(WAV)))
        return response

    with pytest.raises(CarrierError, match="too large"):
        fetched(answer)


def test_whoever_keeps_us_waiting_is_left() -> None:
    async def answer(_: web.Request) -> web.Response:
        await asyncio.sleep(1.0)
        return web.Response(body=WAV)

    with pytest.raises(TimeoutError):
        fetched(answer, seconds=0.1)


def test_the_kind_is_told_by_the_first_letters() -> None:
    kinds = {WAV: "wav", b"ID3\x04": "mp3", b"\xff\xfb\x90": "mp3", b"RIFF\0\0\0\0AVI ": "", b"": "", b"\xff": ""}
    assert {sound: kind_of(sound) for sound in kinds} == kinds
