"""Phone gateway: a pretend phone with the app that makes it a gateway, its API and its signed webhooks.

It takes the place of the carrier: the same handsets text through it. Nobody can call.
"""

import asyncio
import base64
import hmac
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from aiohttp import ClientConnectionError, ClientSession, ClientTimeout
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hotline.simulator.errors import HotlineDown, SimulatorError
from hotline.simulator.exchange import Exchange
from hotline.simulator.handset import Handset
from hotline.simulator.segments import count_segments
from hotline.simulator.traffic import Message, is_number

RETRIES, FIRST_RETRY = 14, 10.0  # seconds, twice as long each time
FAULTS = frozenset(("", "dead_before", "dead_after", "500_before", "500_after", "late", "garbage"))


@dataclass
class Trouble:
    """What goes wrong at the phone with what we ask of it and with what it brings; empty means all is well.

    dead_before: not taken, the connection breaks. dead_after: taken, the connection breaks. 500_before, 500_after: as
    they say. late: taken, and answered too late. garbage: taken, and what is answered is no JSON. `fails` are reasons
    with which the next texts fail, "" for one that arrives. `copies` is how often each webhook is brought besides.
    """

    next_send: list[str] = field(default_factory=list)
    random: Callable[[], str] | None = None
    fails: list[str] = field(default_factory=list)
    copies: int = 0
    late_by: float = 20.0

    def take(self) -> str:
        fault = self.next_send.pop(0) if self.next_send else self.random() if self.random else ""
        if fault not in FAULTS:
            raise ValueError(f"no such fault: {fault!r}; known are {', '.join(sorted(FAULTS))}")
        return fault


class PhoneGateway(Exchange):
    """One phone with one card, whose number is the hotline's."""

    def __init__(
        self,
        *,
        user: str,
        password: str,
        signing_key: str,
        number: str,
        public_url: str,
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(account_sid="", auth_token=signing_key, number=number, public_url=public_url, clock=clock)
        self.user, self.password, self.signing_key = user, password, signing_key
        self.trouble = Trouble()
        self.registered: dict[str, dict[str, str]] = {}
        self.states: dict[str, str] = {}
        self.reasons: dict[str, str] = {}
        self.asked: list[dict[str, Any]] = []  # what was to be sent, as it was told to us
        self.session: ClientSession | None = None

    async def text(self, handset: Handset, body: str, media: int = 0, others: tuple[str, ...] = ()) -> None:
        """A phone sends a text to this one."""
        sent = self._kept(handset.number, self.number, body, "inbound", "received")
        handset.sent(sent)
        if not await self.bring("sms:received", self.received_payload(sent)):
            sent.failed_webhook = True
            raise HotlineDown("nobody took the text; the phone tries again for two days")

    async def call(self, handset: Handset) -> None:
        raise SimulatorError(f"{handset} calls a phone that nobody picks up")

    def received_payload(self, text: Message) -> dict[str, Any]:
        at = datetime.fromtimestamp(int(text.at), UTC).isoformat(timespec="milliseconds")
        # The phone makes this id of the content: the same words said twice have the same one.
        content = hmac.new(b"", f"{text.from_}{text.body}".encode("utf-8", "surrogatepass"), "md5").hexdigest()[:8]
        told = {"messageId": content, "message": text.body, "sender": text.from_, "recipient": None}
        return {**told, "simNumber": 1, "receivedAt": at}

    async def bring(self, event: str, payload: dict[str, Any], at: float | None = None, **forged: str) -> bool:
        """Brings a webhook, and its copies, each under an id of its own; whether all were taken. `forged` replaces
        headers."""
        url = next((each["url"] for each in self.registered.values() if each["event"] == event), "")
        taken = []
        for _ in range(1 + self.trouble.copies):
            status = await self.post(self.body_of(event, payload), url, at, **forged) if url else (0, "")
            taken.append(200 <= status[0] < 300)
        return all(taken)

    def body_of(self, event: str, payload: dict[str, Any]) -> bytes:
        told = {"deviceId": "a phone", "event": event, "id": uuid4().hex, "webhookId": event, "payload": payload}
        return json.dumps(told).encode()

    async def post(  # type: ignore[override]
        self, body: bytes, url: str = "", at: float | None = None, **forged: str
    ) -> tuple[int, str]:
        """Signs and posts bytes to the hotline: (status, answer), status 0 where nobody answers."""
        when = str(int(self.clock() if at is None else at))
        signed = hmac.digest(self.signing_key.encode(), body + when.encode(), "sha256").hex()
        headers = {"Content-Type": "application/json", "X-Timestamp": when, "X-Signature": signed, **forged}
        if self.session is None:
            self.session = ClientSession(timeout=ClientTimeout(total=30.0))
        try:
            async with self.session.post(
                url or f"{self.public_url}/android/webhook", data=body, headers=headers
            ) as said:
                return said.status, await said.text()
        except (ClientConnectionError, TimeoutError):
            return 0, ""

    def routes(self) -> list[Route]:
        """The app's API."""
        return [
            Route("/message", self._guarded(self._send), methods=["POST"]),
            Route("/message/{id}", self._guarded(self._state), methods=["GET"]),
            Route("/messages/inbox/export", self._guarded(self._export), methods=["POST"]),
            Route("/webhooks", self._guarded(self._listed), methods=["GET"]),
            Route("/webhooks", self._guarded(self._register), methods=["POST"]),
            Route("/webhooks/{id}", self._guarded(self._deregister), methods=["DELETE"]),
            Route("/health", self._health, methods=["GET"]),
        ]

    async def aclose(self) -> None:
        await super().aclose()
        if self.session is not None:
            await self.session.close()

    def _guarded(self, endpoint: Callable[[Request], Any]) -> Callable[[Request], Any]:
        right = "Basic " + base64.b64encode(f"{self.user}:{self.password}".encode()).decode()

        async def guarded(request: Request) -> Response:
            if request.headers.get("authorization") != right:
                return JSONResponse({"message": "Unauthorized"}, 401)
            answer: Response = await endpoint(request)
            return answer

        return guarded

    async def _send(self, request: Request) -> Response:
        told, fault = await request.json(), self.trouble.take()
        if fault == "dead_before":
            return _Broken()
        if fault == "500_before":
            return JSONResponse({"message": "out of memory"}, 500)
        answer = self._take(told)
        match fault:
            case "dead_after":
                return _Broken()
            case "500_after":
                return JSONResponse({"message": "out of memory"}, 500)
            case "garbage":
                return Response("<html>a proxy's idea of an answer</html>")
            case "late":
                await asyncio.sleep(self.trouble.late_by)
        return answer

    def _take(self, told: dict[str, Any]) -> Response:
        id, whom = told.get("id") or uuid4().hex, told.get("phoneNumbers") or []
        if id in self.states:
            return JSONResponse({"message": "Message with the same ID already exists"}, 409)
        if len(whom) != 1 or not is_number(whom[0]) or not told.get("textMessage", {}).get("text"):
            return JSONResponse({"message": "phoneNumbers or textMessage is wrong"}, 400)
        self.asked.append(told)
        self.states[id] = "Pending"
        text = self._kept(self.number, whom[0], told["textMessage"]["text"], "outbound-api", "queued", id)
        self.background.start(self._bring_away(text))
        return JSONResponse({"id": id, "state": "Pending", "recipients": [{"phoneNumber": whom[0]}]}, 202)

    async def _bring_away(self, text: Message) -> None:
        """To its phone, and what became of it to the hotline."""
        reason = self.trouble.fails.pop(0) if self.trouble.fails else ""
        handset = self.handsets.get(text.to)
        if not reason and handset is not None:
            handset.receive(text)
        if reason:
            self.states[text.sid], self.reasons[text.sid] = "Failed", reason
            await self.bring("sms:failed", {"messageId": text.sid, "reason": reason})
            return
        for event, state in (("sms:sent", "Sent"), ("sms:delivered", "Delivered")):
            self.states[text.sid] = state
            await self.bring(event, {"messageId": text.sid, "recipient": text.to, "partsCount": 1})

    async def _state(self, request: Request) -> Response:
        id = request.path_params["id"]
        if id not in self.states:
            return JSONResponse({"message": "not found"}, 404)
        whom = [{"state": self.states[id], "error": self.reasons.get(id)}]
        return JSONResponse({"id": id, "state": self.states[id], "recipients": whom})

    async def _export(self, request: Request) -> Response:
        """Brings again what came in between."""
        told = await request.json()
        since, until = (datetime.fromisoformat(told[name]).timestamp() for name in ("since", "until"))
        for text in self.texts:
            if text.direction == "inbound" and since <= text.at <= until:
                self.background.start(self._again(text))
        return JSONResponse({}, 202)

    async def _again(self, text: Message) -> None:
        await self.bring("sms:received", self.received_payload(text))

    async def _listed(self, _: Request) -> Response:
        return JSONResponse(list(self.registered.values()))

    async def _register(self, request: Request) -> Response:
        told = await request.json()
        self.registered[told["id"]] = told
        return JSONResponse(told, 201)

    async def _deregister(self, request: Request) -> Response:
        self.registered.pop(request.path_params["id"], None)
        return Response(status_code=204)

    async def _health(self, _: Request) -> Response:
        return JSONResponse({"status": "pass"})

    def _kept(self, from_: str, to: str, body: str, direction: str, status: str, id: str = "") -> Message:
        size, at = count_segments(body), self.clock()
        sid = id or uuid4().hex
        text = Message(sid=sid, from_=from_, to=to, body=body, direction=direction, status=status, at=at, segments=size)
        self.texts.append(text)
        return text


class _Broken(Response):
    """The phone dies in the middle of an answer."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1000")]})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})
        raise ConnectionAbortedError("the phone is gone")


def gateway_app(gateway: PhoneGateway) -> Starlette:
    """The app's API by itself, to be mounted where the hotline is told that the phone is."""
    return Starlette(routes=gateway.routes())


def registered(gateway: PhoneGateway, url: str, events: Sequence[str]) -> None:
    """As if the hotline had registered its webhook for these events."""
    gateway.registered = {event: {"id": event, "url": url, "event": event} for event in events}
