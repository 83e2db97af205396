"""A pretend carrier that takes every text after a while, any number at once, and does nothing else. Its own process.

python -m benchmarks.slow_carrier PORT MILLISECONDS

It answers GET /taken with when each text came, for whom, and how many were with it at once at most, as JSON.
"""

import asyncio
import itertools
import json
import sys
import time
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import parse_qsl

import uvloop

OK, CREATED = b"200 OK", b"201 Created"
NOTHING = b'{"messages": [], "calls": [], "next_page_uri": null}'  # whoever looks through its lists


@dataclass
class Books:
    """What it has taken."""

    wait: float
    """Seconds."""
    at: list[float] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    here: int = 0
    most: int = 0
    ids: "itertools.count[int]" = field(default_factory=itertools.count)

    def take(self, body: bytes) -> bytes:
        self.at.append(time.monotonic())
        self.to.append(dict(parse_qsl(body.decode())).get("To", ""))
        self.here += 1
        self.most = max(self.most, self.here)
        return json.dumps({"sid": f"SM{next(self.ids):032x}", "status": "queued", "error_code": None}).encode()

    def figures(self) -> bytes:
        return json.dumps({"at": self.at, "to": self.to, "most": self.most}).encode()


class Line(asyncio.Protocol):
    """One connection."""

    def __init__(self, books: Books) -> None:
        self._books, self._came = books, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._came += data
        head, found, body = self._came.partition(b"\r\n\r\n")
        if not found or len(body) < _length(head):
            return
        self._came = b""
        if head.startswith(b"POST"):
            answer = self._books.take(body)
            asyncio.get_running_loop().call_later(self._books.wait, self._taken, answer)
        else:
            self._say(OK, self._books.figures() if head.startswith(b"GET /taken") else NOTHING)

    def _taken(self, answer: bytes) -> None:
        self._books.here -= 1
        self._say(CREATED, answer)

    def _say(self, status: bytes, body: bytes) -> None:
        head = b"HTTP/1.1 %b\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % (status, len(body))
        if not self._transport.is_closing():
            self._transport.write(head + body)


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            return int(value)
    return 0


async def _serve(port: int, wait: float) -> None:
    books = Books(wait)
    server = await asyncio.get_running_loop().create_server(lambda: Line(books), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(_serve(int(sys.argv[1]), float(sys.argv[2]) / 1000))
