"""/twilio/...: the carrier's webhooks. Signed, or closed; kept before they are answered."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from hotline import inbound, phones
from hotline.carriers.signature import is_signed
from hotline.carriers.webhooks import OVER, RANKS, BadWebhook, Webhook, pairs, webhook
from hotline.letters import clean
from hotline.outbox import Outbox
from hotline.ringing import Ringing
from hotline.storage import Store, StoreDown, Transaction
from hotline.switchboard import CallStep, Switchboard, Text

log = logging.getLogger("hotline.webhooks")

LARGEST = 64 * 1024  # bytes; the carrier's own are far smaller
Answer = Callable[[Request, Webhook, str], Awaitable[Response]]


@dataclass(frozen=True)
class Line:
    """What the webhooks need to know of the line they serve."""

    store: Store
    switchboard: Switchboard
    outbox: Outbox
    ringing: Ringing
    public_url: str
    account: str
    token: str
    country: str
    clock: Callable[[], float]


def routes(line: Line) -> list[Route]:
    """The webhooks of one line."""
    return [
        Route("/twilio/sms", _door(line, _text(line)), methods=["POST"]),
        Route("/twilio/voice", _door(line, _call(line)), methods=["POST"]),
        Route("/twilio/status", _door(line, _status(line)), methods=["POST"]),
        Route("/twilio/recording", _door(line, _recording(line)), methods=["POST"]),
    ]


def _door(line: Line, answer: Answer) -> Callable[[Request], Awaitable[Response]]:
    """Opens to what is rightly signed and whole, and to nothing else."""

    async def door(request: Request) -> Response:
        body = await _read(request)
        if body is None:
            return PlainTextResponse("too large", 413)
        fields = pairs(body)
        if not is_signed(line.token, _asked(line, request), fields, request.headers.get("x-twilio-signature", "")):
            return PlainTextResponse("not signed", 403)
        hook = webhook(fields)
        if hook.get("AccountSid") != line.account:
            return PlainTextResponse("another account", 403)
        try:
            return await answer(request, hook, clean(body.decode("utf-8", "replace")))
        except BadWebhook as missing:
            return PlainTextResponse(str(missing), 400)

    return door


async def _read(request: Request) -> bytes | None:
    """The body, or None for one that is too large: it is not waited for."""
    announced = request.headers.get("content-length", "0")
    if not announced.isdecimal() or int(announced) > LARGEST:
        return None
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            return None
    return body


def _asked(line: Line, request: Request) -> str:
    """The address that the carrier signed: the public one, not what a proxy made of it."""
    path = request.scope["raw_path"].decode("latin-1").split("?")[0]
    query = request.scope["query_string"].decode("latin-1")
    base = urlsplit(line.public_url)
    if not path.startswith(f"{base.path}/twilio/"):
        path = base.path + path  # a proxy took the folder away in which we live
    return f"{base.scheme}://{base.netloc}{path}" + (f"?{query}" if query else "")


def _text(line: Line) -> Answer:
    async def answer(_: Request, hook: Webhook, body: str) -> Response:
        text = inbound.text(hook, line.country, body)
        return await _kept(line, line.switchboard.answer_text, text)

    return answer


def _call(line: Line) -> Answer:
    async def answer(request: Request, hook: Webhook, body: str) -> Response:
        step = inbound.call_step(hook, line.country, request.query_params, body)
        return await _kept(line, line.switchboard.answer_call, step)

    return answer


async def _kept(line: Line, turn: Callable[..., str], came: Text | CallStep) -> Response:
    """The answer, after it is kept. One of the two places that catch everything: a caller never hears an error."""
    try:
        answer = await line.store.run(turn, came)
    except StoreDown as error:
        log.error("nothing can be kept now: %s", error)
        answer = line.switchboard.try_again(came)
    except Exception:
        log.exception("a mistake of ours: what %s said is set aside", phones.hide(came.party))
        answer = await _set_aside(line, came)
    return Response(answer, media_type="text/xml")


async def _set_aside(line: Line, came: Text | CallStep) -> str:
    try:
        return await line.store.run(line.switchboard.set_aside, came)
    except StoreDown:
        return line.switchboard.try_again(came)


def _status(line: Line) -> Answer:
    async def answer(request: Request, hook: Webhook, _: str) -> Response:
        if hook.get("CallSid") and not hook.get("MessageSid"):
            return await _call_status(line, hook, request.query_params.get("out", ""))
        sid, status = hook.must("MessageSid", "SmsSid"), hook.must("MessageStatus", "SmsStatus")
        if status in RANKS:
            await line.store.run(line.outbox.reported, sid, status, RANKS[status], hook.get("ErrorCode")[:10])
        return Response(status_code=204)

    return answer


async def _call_status(line: Line, hook: Webhook, out: str) -> Response:
    """`out` names a call that we made."""
    sid, status, seconds = hook.must("CallSid"), hook.must("CallStatus"), hook.get("CallDuration")
    if RANKS.get(status) == OVER:
        length = int(seconds) if seconds.isdecimal() and len(seconds) < 7 else 0
        who, rung = inbound.party(hook, line.country, sid), int(out) if out.isdecimal() and len(out) < 12 else 0
        await line.store.run(line.outbox.call_ended, sid, who, status, length)
        await line.store.run(line.ringing.ended, sid, rung, who, status)
    return Response(status_code=204)


def _recording(line: Line) -> Answer:
    async def answer(_: Request, hook: Webhook, __: str) -> Response:
        sid, status = hook.must("RecordingSid"), hook.must("RecordingStatus")
        await line.store.run(Transaction.report, sid, status, OVER, hook.get("ErrorCode")[:10], line.clock())
        return Response(status_code=204)

    return answer
