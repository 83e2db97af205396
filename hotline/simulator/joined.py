"""Joined phone: the page of one phone at an address with a secret of its own, for somebody in the room."""

import asyncio
import hmac
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from hotline.simulator.exchange import Exchange
from hotline.simulator.handset import Handset
from hotline.simulator.resources import answer

STREAM_SECONDS, BREATH = 2.0, 0.1
_APART = r"[\s().,-]{0,3}"  # what may stand between two digits, written or read aloud
Draw = Callable[[Handset], dict[str, Any]]
Act = Callable[[Handset, str, dict[str, Any]], Awaitable[Response]]


def hiding(words: str, numbers: Collection[str]) -> str:
    """The words without these numbers, however they are written or read aloud."""
    for number in numbers:
        digits = _APART.join(re.sub(r"\D", "", number)[-10:])
        words = re.sub(rf"(\+?1{_APART})?\(?{digits}", "(a number)", words)
    return words


class JoinedPhones:
    """One phone a secret; nothing else of the exchange can be seen or done from there."""

    def __init__(self, exchange: Exchange, static: Path, draw: Draw, act: Act, hidden: Callable[[], Collection[str]]):
        self._exchange, self._static, self._draw, self._act, self._hidden = exchange, static, draw, act, hidden

    def routes(self) -> Mount:
        """At "/p/{secret}/"; files and addresses beside it are named as on the page of all phones."""
        return Mount(
            "/p/{secret}",
            routes=[
                Route("/", self.page),
                Route("/events", self.events),
                Route("/handsets/{number}/{act}", self.act, methods=["POST"]),
                Mount("/static", StaticFiles(directory=self._static)),
            ],
        )

    async def page(self, request: Request) -> Response:
        if self._phone(request) is None:
            return answer({"error": "no such phone"}, 404)
        return FileResponse(self._static / "index.html", headers={"Cache-Control": "no-store"})

    async def act(self, request: Request) -> Response:
        handset = self._phone(request)
        if handset is None or request.path_params["number"] != handset.number:
            return answer({"error": "no such phone"}, 404)
        if request.headers.get("content-type") != "application/json":
            return answer({"error": "no such phone"}, 404)
        done = await self._act(handset, request.path_params["act"], json.loads(await request.body() or b"{}"))
        return done if done.status_code != 200 else answer(self._shown(handset))

    async def events(self, request: Request) -> Response:
        handset = self._phone(request)
        if handset is None:
            return answer({"error": "no such phone"}, 404)
        last = request.headers.get("last-event-id", "")
        stream = self._stream(handset, int(last) if last.isdecimal() else 0)
        return StreamingResponse(stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def _stream(self, handset: Handset, seen: int) -> AsyncIterator[str]:
        changes = self._exchange.changes
        yield "retry: 150\n\n"
        while not changes.closed and self._exchange.handsets.get(handset.number) is handset:
            count = await changes.after(seen, STREAM_SECONDS)
            if count == seen:
                return
            seen = count
            told = {"number": self._exchange.number, "handsets": [self._shown(handset)]}
            yield f"id: {count}\ndata: {json.dumps(told)}\n\n"
            await asyncio.sleep(BREATH)

    def _shown(self, handset: Handset) -> dict[str, Any]:
        shown, hidden = self._draw(handset), self._hidden()
        for text in shown["texts"]:
            text["body"] = hiding(text["body"], hidden)
        for said in shown["heard"]:
            said["words"] = hiding(said["words"], hidden)
        return shown

    def _phone(self, request: Request) -> Handset | None:
        given = request.path_params["secret"].encode()
        for handset in self._exchange.handsets.values():
            if handset.role != "coordinator" and hmac.compare_digest(handset.secret.encode(), given):
                return handset
        return None
