"""A provider in front of the pretend one, whose answers make no sense: written byte by byte."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from email.utils import formatdate

from aiohttp import ClientSession
from yarl import URL

from tests.world import World

HUGE = 50 * 1024 * 1024
PAGE = b"<html><body>Please log in to the hotel's network</body></html>"


def raw(status: str, body: bytes = b"", *headers: str) -> bytes:
    head = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "Connection: close", "", ""]
    return "\r\n".join(head).encode() + body


def told(line: str, /, *headers: str, **said: object) -> bytes:
    return raw(line, json.dumps(said).encode(), "Content-Type: application/json", *headers)


@dataclass(frozen=True)
class Oddity:
    """One odd answer. `taken` says whether the text had gone; `held` that nothing may go before somebody acts."""

    answer: bytes
    taken: bool = True
    held: bool = False


ELSEWHERE = "Location: https://evil.example/"
DATE = formatdate(4_102_444_800, usegmt=True)

ODDITIES: dict[str, Oddity] = {
    "201 without an id": Oddity(told("201 Created", status="queued")),
    "201 and an id that is none": Oddity(told("201 Created", sid=None, status="queued")),
    "201 and a number for an id": Oddity(told("201 Created", sid=17, status="queued")),
    "201 and no status": Oddity(told("201 Created", sid="SM1")),
    "200 and an error": Oddity(told("200 OK", code=20429, message="Too many requests"), taken=False),
    "200 and a page": Oddity(raw("200 OK", PAGE, "Content-Type: text/html"), taken=False),
    "200 and nothing": Oddity(raw("200 OK")),
    "200 and a list": Oddity(raw("200 OK", b"[]")),
    "200 and null": Oddity(raw("200 OK", b"null")),
    "200 and brackets without end": Oddity(raw("200 OK", b"[" * 200_000)),
    "200 and no letters": Oddity(raw("200 OK", bytes(range(256)), "Content-Type: application/json; charset=x")),
    "200 and 50 MB": Oddity(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % HUGE + b" " * HUGE),
    "200 that breaks off": Oddity(b'HTTP/1.1 201 Created\r\nContent-Length: 900\r\n\r\n{"sid": "SM'),
    "204": Oddity(b"HTTP/1.1 204 No Content\r\n\r\n"),
    "301": Oddity(raw("301 Moved Permanently", PAGE, ELSEWHERE), taken=False),
    "302": Oddity(raw("302 Found", b"", ELSEWHERE)),
    "307": Oddity(raw("307 Temporary Redirect", PAGE, ELSEWHERE), taken=False),
    "400 and a page": Oddity(raw("400 Bad Request", PAGE), taken=False),
    "401 and a page": Oddity(raw("401 Unauthorized", PAGE), taken=False, held=True),
    "404 and a page": Oddity(raw("404 Not Found", PAGE), taken=False, held=True),
    "407 and a page": Oddity(raw("407 Proxy Authentication Required", PAGE), taken=False, held=True),
    "408 and a page": Oddity(raw("408 Request Timeout", PAGE)),
    "429 and when to come back": Oddity(told("429 Too Many", "Retry-After: 300", code=20429), taken=False),
    "429 and a day to come back": Oddity(raw("429 Too Many", b"", f"Retry-After: {DATE}"), taken=False),
    "502 and a page": Oddity(raw("502 Bad Gateway", PAGE)),
    "503 and when to come back": Oddity(raw("503 Unavailable", PAGE, "Retry-After: 120"), taken=False),
    "no HTTP": Oddity(b"SSH-2.0-x\r\n"),
    "closed at once": Oddity(b""),
}


@dataclass
class OddProvider:
    """Passes everything on to the pretend provider, but answers what `odd` says: None for its own answer."""

    behind: str
    odd: Callable[[str, str], Oddity | None] = lambda method, path: None
    slow: Callable[[str, str], float] = lambda method, path: 0.0  # seconds before an answer
    asked: list[tuple[float, str, str]] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(120):
                await self._answer(reader, writer)
        except (ConnectionError, TimeoutError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, target, _ = head[0].split(" ")
        headers = dict(line.split(": ", 1) for line in head[1:] if line)
        length = {name.lower(): value for name, value in headers.items()}.get("content-length", "0")
        body = await reader.readexactly(int(length))
        self.asked.append((asyncio.get_running_loop().time(), method, target))
        oddity = self.odd(method, target)
        passed = oddity is None or oddity.taken
        answer = await self._passed_on(method, target, headers, body) if passed else b""
        answer = oddity.answer if oddity else answer
        await asyncio.sleep(self.slow(method, target))
        writer.write(answer)
        await writer.drain()

    async def _passed_on(self, method: str, target: str, headers: dict[str, str], body: bytes) -> bytes:
        ours = {name: value for name, value in headers.items() if name.lower() in ("authorization", "content-type")}
        url = URL(self.behind + target, encoded=True)
        async with ClientSession() as session, session.request(method, url, data=body, headers=ours) as answer:
            return raw(f"{answer.status} X", await answer.read(), "Content-Type: application/json")


@contextlib.asynccontextmanager
async def odd_provider(place: World) -> AsyncIterator[OddProvider]:
    """From now on the hotline asks this one."""
    async with in_front_of(place.settings.public_url) as (here, url):
        place.hotline.carrier._client.api.base_url = f"{url}/simulator/api"  # type: ignore[attr-defined]
        yield here


@contextlib.asynccontextmanager
async def in_front_of(behind: str) -> AsyncIterator[tuple[OddProvider, str]]:
    """One in front of the pretend provider at that address, and its own address."""
    here = OddProvider(behind)
    server = await asyncio.start_server(here.serve, "127.0.0.1", 0)
    try:
        yield here, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


def only_texts(oddity: Oddity, times: int) -> Callable[[str, str], Oddity | None]:
    """The answer to the next so many texts that are to be sent."""
    left = [oddity] * times

    def next_one(method: str, target: str) -> Oddity | None:
        return left.pop() if left and method == "POST" and "/Messages" in target else None

    return next_one
