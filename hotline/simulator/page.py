"""The simulator's web page: phones to try the hotline with, updated live."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from hotline.simulator.clock import LONGEST, Clock
from hotline.simulator.conductor import Conductor
from hotline.simulator.errors import SimulatorError
from hotline.simulator.exchange import Exchange
from hotline.simulator.handset import Handset
from hotline.simulator.joined import JoinedPhones
from hotline.simulator.resources import answer
from hotline.simulator.rest import routes
from hotline.simulator.traffic import Message

_STATIC = Path(__file__).parent / "static"
_SHOWN = 60  # texts on a screen
# The stream ends after so many seconds and the browser comes back at once: an endless one would hold up a shutdown.
_STREAM_SECONDS = 2.0
_BREATH = 0.05  # a storm of texts is shown twenty times a second, not thousands
_NO_CACHE = {"Cache-Control": "no-store"}
_OURS_ALONE = {"Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'"}
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


def simulator_app(exchange: Exchange, conductor: Conductor | None = None) -> Starlette:
    """The page at "/", what it asks for beside it, and the pretend REST API at "/api". Only a `conductor` can begin the
    world again, play stories in it and tell what happens behind."""
    page = _Page(exchange, conductor)
    return Starlette(
        routes=[
            Route("/", page.index),
            Route("/state", page.state),
            Route("/events", page.events),
            Route("/clock", page.let_pass, methods=["POST"]),
            Route("/qr/{number}", page.code),
            JoinedPhones(exchange, _STATIC, phone, page.acted, page.hidden).routes(),
            Route("/town/{what}", page.conduct, methods=["POST"]),
            Route("/transcript", page.transcript),
            Route("/behind", page.behind),
            Route("/understood/{sid}", page.understood),
            Route("/handsets/{number}/{act}", page.act, methods=["POST"]),
            Mount("/static", _LookedUpAnew(directory=_STATIC)),
            Mount("/api", routes=routes(exchange)),
        ]
    )


class _LookedUpAnew(StaticFiles):
    """The page's files: a browser asks each time whether they changed, so that no new page stands in old clothes."""

    def file_response(self, *told: Any, **more: Any) -> Response:
        response = super().file_response(*told, **more)
        response.headers["Cache-Control"] = "no-cache"
        return response


class _Page:
    """The page's endpoints for one exchange."""

    def __init__(self, exchange: Exchange, conductor: Conductor | None) -> None:
        self.exchange, self.conductor = exchange, conductor

    async def index(self, _: Request) -> Response:
        return FileResponse(_STATIC / "index.html", headers=_NO_CACHE | _OURS_ALONE)

    async def state(self, _: Request) -> Response:
        return answer(self.network())

    def network(self) -> dict[str, Any]:
        """Every phone, and the world behind them."""
        told = network(self.exchange)
        if self.conductor is None:
            return told
        doors = {handset.number: self.door(handset) for handset in self.exchange.handsets.values()}
        phones = [each | {"door": doors[each["number"]]} for each in told["handsets"]]
        return told | {"handsets": phones, "conducted": self.conductor.state()}

    async def act(self, request: Request) -> Response:
        handset = self.exchange.handsets.get(request.path_params["number"])
        act = _ACTS.get(request.path_params["act"])
        # Only JSON: another web page that is open in the same browser cannot post that here unasked.
        if handset is None or act is None or request.headers.get("content-type") != "application/json":
            return answer({"error": "no such phone, or nothing it can do"}, 404)
        return await self.acted(handset, request.path_params["act"], json.loads(await request.body() or b"{}"))

    async def acted(self, handset: Handset, what: str, told: dict[str, Any]) -> Response:
        """A person does something with a phone."""
        act = _ACTS.get(what)
        if act is None:
            return answer({"error": "nothing that a phone can do"}, 404)
        if self.conductor:
            self.conductor.begins(handset, what, told)
        try:
            await act(handset, told)
        except SimulatorError as error:
            if self.conductor:
                self.conductor.failed()
            return answer({"error": str(error)}, 409)
        return answer(phone(handset))

    def hidden(self) -> Collection[str]:
        """What is not shown to somebody in the room."""
        return self.conductor.hidden() if self.conductor else ()

    def door(self, handset: Handset) -> str:
        """The address of a phone's own page, where other machines may come in; a coordinator's is not handed out."""
        lan = self.conductor.lan if self.conductor else ""
        return f"{lan}/p/{handset.secret}/" if lan and handset.role != "coordinator" else ""

    async def code(self, request: Request) -> Response:
        """That address as a picture for a camera."""
        handset = self.exchange.handsets.get(request.path_params["number"])
        door = self.door(handset) if handset else ""
        return (
            Response(_svg(code_of(door)), 200, _NO_CACHE, "image/svg+xml") if door else answer({"error": "none"}, 404)
        )

    async def conduct(self, request: Request) -> Response:
        """A button of the page that is no phone's."""
        if self.conductor is None or request.headers.get("content-type") != "application/json":
            return answer({"error": "nobody conducts here"}, 404)
        told = json.loads(await request.body() or b"{}")
        try:
            await self.conductor.do(request.path_params["what"], told if isinstance(told, dict) else {})
        except SimulatorError as error:
            return answer({"error": str(error)}, 409)
        return answer(self.network())

    async def transcript(self, _: Request) -> Response:
        """What was done so far, as a file that the tests play."""
        if self.conductor is None:
            return answer({"error": "nobody keeps it here"}, 404)
        named = {"Content-Disposition": 'attachment; filename="what_i_did.txt"'}
        return PlainTextResponse(self.conductor.written(), headers=_NO_CACHE | named)

    async def behind(self, _: Request) -> Response:
        """What happened behind."""
        return answer(await self.conductor.behind() if self.conductor else {"lines": []})

    async def understood(self, request: Request) -> Response:
        """How a text was understood, and the requests about a text or a call with their answers."""
        sid = request.path_params["sid"]
        layers = [
            await self.conductor.understood(text.body)
            for text in self.exchange.texts
            if self.conductor and text.sid == sid and text.direction == "inbound"
        ]
        wires = [
            {"asked": f"{webhook.method} {webhook.url}", "fields": list(webhook.params),
             "status": told.status, "answer": told.body}
            for webhook, told in self.exchange.webhooks.about(sid)
        ]  # fmt: skip
        return answer({"layers": layers[0] if layers else [], "wires": wires})

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
        return answer(self.network())

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
            yield f"id: {count}\ndata: {json.dumps(self.network())}\n\n"
            await asyncio.sleep(_BREATH)


def network(exchange: Exchange) -> dict[str, Any]:
    """Every phone as the page shows it."""
    clock = {"at": exchange.clock(), "moves": isinstance(exchange.clock, Clock)}
    return {**clock, "number": exchange.number, "handsets": [phone(handset) for handset in exchange.handsets.values()]}


def phone(handset: Handset) -> dict[str, Any]:
    """One phone as the page shows it."""
    return {
        "number": handset.number, "name": handset.name, "kind": handset.kind, "hint": handset.hint,
        "role": handset.role,
        "texts": [_line(handset, text) for text in handset.thread[-_SHOWN:]],
        "in_call": handset.in_call, "ringing": handset.ringing, "ringing_from": handset.ringing_from,
        "waiting_for": handset.waiting_for, "listens": handset.is_listened_to, "keys": handset.keys_pressed,
        "heard": [{"words": words, "language": getattr(words, "language", "")} for words in handset.heard],
    }  # fmt: skip


def _line(handset: Handset, text: Message) -> dict[str, Any]:
    mine = text.from_ == handset.number
    return {
        "sid": text.sid, "body": text.body, "at": text.at, "mine": mine, "carrier": text.carrier,
        "failed": text.failed_webhook, "language": text.language,
    }  # fmt: skip


def code_of(address: str) -> segno.QRCode:
    """QR code: an address for a telephone's camera."""
    return segno.make(address, error="l", micro=False, boost_error=False)


def _svg(code: segno.QRCode) -> bytes:
    """A picture of it that takes the place it is given, with the quiet margin of four squares."""
    picture = BytesIO()
    code.save(picture, kind="svg", border=4, omitsize=True, dark="#000", light="#fff", xmldecl=False)
    return picture.getvalue()
