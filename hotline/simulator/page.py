"""The simulator's web page: phones to try the hotline with, updated live."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from hotline.simulator.clock import LONGEST, Clock
from hotline.simulator.errors import SimulatorError
from hotline.simulator.exchange import Exchange
from hotline.simulator.handset import Handset
from hotline.simulator.resources import answer
from hotline.simulator.rest import routes
from hotline.simulator.traffic import Message

_STATIC = Path(__file__).parent / "static"
_SHOWN = 60  # texts on a screen
# The stream ends after so many seconds and the browser comes back at once: an endless one would hold up a shutdown.
_STREAM_SECONDS = 2.0
_BREATH = 0.05  # a storm of texts is shown twenty times a second, not thousands
_NO_CACHE = {"Cache-Control": "no-store"}
Act = Callable[[Handset, dict[str, str]], Awaitable[None]]

_ACTS: dict[str, Act] = {
    "text": lambda handset, told: handset.text(told.get("body", "")),
    "call": lambda handset, _: handset.call(),
    "press": lambda handset, told: handset.press(told.get("keys", "")),
    "say": lambda handset, told: handset.say(told.get("words", "")),
    "wait": lambda handset, _: handset.wait(),
    "answer": lambda handset, _: handset.answer(),
    "hangup": lambda handset, _: handset.hang_up(),
}


def simulator_app(exchange: Exchange) -> Starlette:
    """The page at "/", what it asks for beside it, and the pretend REST API at "/api"."""
    page = _Page(exchange)
    return Starlette(
        routes=[
            Route("/", page.index),
            Route("/state", page.state),
            Route("/events", page.events),
            Route("/clock", page.let_pass, methods=["POST"]),
            Route("/handsets/{number}/{act}", page.act, methods=["POST"]),
            Mount("/static", StaticFiles(directory=_STATIC)),
            Mount("/api", routes=routes(exchange)),
        ]
    )


class _Page:
    """The page's endpoints for one exchange."""

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange

    async def index(self, _: Request) -> Response:
        return FileResponse(_STATIC / "index.html", headers=_NO_CACHE)

    async def state(self, _: Request) -> Response:
        return answer(network(self.exchange))

    async def act(self, request: Request) -> Response:
        handset = self.exchange.handsets.get(request.path_params["number"])
        act = _ACTS.get(request.path_params["act"])
        # Only JSON: another web page that is open in the same browser cannot post that here unasked.
        if handset is None or act is None or request.headers.get("content-type") != "application/json":
            return answer({"error": "no such phone, or nothing it can do"}, 404)
        try:
            await act(handset, json.loads(await request.body() or b"{}"))
        except SimulatorError as error:
            return answer({"error": str(error)}, 409)
        return answer(phone(handset))

    async def let_pass(self, request: Request) -> Response:
        """So many seconds pass at once, for the hotline and for the carrier."""
        clock = self.exchange.clock
        if not isinstance(clock, Clock) or request.headers.get("content-type") != "application/json":
            return answer({"error": "no clock that can be moved"}, 404)
        told = json.loads(await request.body() or b"{}")
        seconds = told.get("seconds") if isinstance(told, dict) else None
        if not isinstance(seconds, int | float) or not 0 < seconds <= LONGEST:
            return answer({"error": f"seconds: more than 0 and at most {LONGEST:.0f}"}, 409)
        clock.move(seconds)
        self.exchange.changes.touch()
        return answer(network(self.exchange))

    async def events(self, request: Request) -> Response:
        last = request.headers.get("last-event-id", "")
        stream = self._stream(int(last) if last.isdecimal() else 0)
        return StreamingResponse(stream, media_type="text/event-stream", headers=_NO_CACHE)

    async def _stream(self, seen: int) -> AsyncIterator[str]:
        changes = self.exchange.changes
        yield "retry: 150\n\n"
        while not changes.closed:
            count = await changes.after(seen, _STREAM_SECONDS)
            if count == seen:
                return
            seen = count
            yield f"id: {count}\ndata: {json.dumps(network(self.exchange))}\n\n"
            await asyncio.sleep(_BREATH)


def network(exchange: Exchange) -> dict[str, Any]:
    """Every phone as the page shows it."""
    clock = {"at": exchange.clock(), "moves": isinstance(exchange.clock, Clock)}
    return {**clock, "number": exchange.number, "handsets": [phone(handset) for handset in exchange.handsets.values()]}


def phone(handset: Handset) -> dict[str, Any]:
    """One phone as the page shows it."""
    return {
        "number": handset.number, "name": handset.name, "kind": handset.kind, "hint": handset.hint,
        "texts": [_line(handset, text) for text in handset.thread[-_SHOWN:]],
        "in_call": handset.in_call, "ringing": handset.ringing, "ringing_from": handset.ringing_from,
        "waiting_for": handset.waiting_for, "listens": handset.is_listened_to, "keys": handset.keys_pressed,
        "heard": [{"words": words, "language": getattr(words, "language", "")} for words in handset.heard],
    }  # fmt: skip


def _line(handset: Handset, text: Message) -> dict[str, Any]:
    mine = text.from_ == handset.number
    return {
        "sid": text.sid, "body": text.body, "at": text.at, "mine": mine, "carrier": text.carrier,
        "failed": text.failed_webhook,
    }  # fmt: skip
