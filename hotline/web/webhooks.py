"""/twilio/...: the carrier's webhooks. Signed, or closed; kept before they are answered."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from hotline import phones
from hotline.carriers.signature import is_signed
from hotline.carriers.webhooks import RANKS, BadWebhook, Webhook, pairs, webhook
from hotline.storage import Store, Transaction
from hotline.switchboard import Inbound, Switchboard

log = logging.getLogger("hotline.webhooks")

LARGEST = 64 * 1024  # bytes; the carrier's own are far smaller
Answer = Callable[[Request, Webhook, str], Awaitable[Response]]


@dataclass(frozen=True)
class Line:
    """What the webhooks need to know of the line they serve. `sorry` is the answer when nothing can be kept."""

    store: Store
    switchboard: Switchboard
    public_url: str
    account: str
    token: str
    country: str
    wake: Callable[[], None]
    clock: Callable[[], float]
    sorry: tuple[str, str]


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
        body = await request.body()
        if len(body) > LARGEST:
            return PlainTextResponse("too large", 413)
        fields = pairs(body)
        if not is_signed(line.token, _asked(line, request), fields, request.headers.get("x-twilio-signature", "")):
            return PlainTextResponse("not signed", 403)
        hook = webhook(fields)
        if hook.get("AccountSid") != line.account:
            return PlainTextResponse("another account", 403)
        try:
            return await answer(request, hook, body.decode("utf-8", "replace"))
        except BadWebhook as missing:
            return PlainTextResponse(str(missing), 400)

    return door


def _asked(line: Line, request: Request) -> str:
    """The address that the carrier signed: the public one, not what a proxy made of it."""
    path = request.scope["raw_path"].decode("latin-1").split("?")[0]
    query = request.scope["query_string"].decode("latin-1")
    base = urlsplit(line.public_url)
    path = path if path.startswith(base.path) or not base.path else base.path + path
    return f"{base.scheme}://{base.netloc}{path}" + (f"?{query}" if query else "")


def _text(line: Line) -> Answer:
    async def answer(_: Request, hook: Webhook, body: str) -> Response:
        inbound = Inbound(
            id=hook.must("MessageSid", "SmsSid"),
            party=_party(hook, line.country, hook.must("MessageSid", "SmsSid")),
            words=hook.get("Body"),
            meant=hook.carrier_word,
            body=body,
        )
        return await _kept(line, line.switchboard.answer_text, inbound, line.sorry[0])

    return answer


def _call(line: Line) -> Answer:
    async def answer(request: Request, hook: Webhook, body: str) -> Response:
        call, turn = hook.must("CallSid"), request.query_params.get("turn", "")
        inbound = Inbound(
            id=f"{call}/{turn}",
            party=_party(hook, line.country, call),
            keys=_keys(hook),
            recording=hook.get("RecordingSid"),
            turn=int(turn) if turn.isdecimal() else None,
            body=body,
        )
        return await _kept(line, line.switchboard.answer_call, inbound, line.sorry[1])

    return answer


async def _kept(line: Line, turn: Callable[..., str], inbound: Inbound, sorry: str) -> Response:
    """The answer, after it is kept. One of the two places that catch everything: a caller never hears an error."""
    try:
        answer = await line.store.run(turn, inbound)
    except Exception:
        log.exception("an answer could not be kept: %s", phones.hide(inbound.party))
        answer = sorry
    line.wake()
    return Response(answer, media_type="text/xml")


def _party(hook: Webhook, country: str, sid: str) -> str:
    """Who it is: a number, or for a withheld one this call alone."""
    sender = hook.must("From")
    if phones.is_withheld(sender):
        return f"withheld:{sid}"
    return phones.normalise(sender, country) or f"other:{sender[:40]}"


def _keys(hook: Webhook) -> str:
    """The keys pressed. A recording that was ended by hanging up says so in their place."""
    return "".join(key for key in hook.get("Digits") if key in "0123456789*#")[:32]


def _status(line: Line) -> Answer:
    async def answer(_: Request, hook: Webhook, __: str) -> Response:
        sid, status = (
            hook.must("MessageSid", "SmsSid", "CallSid"),
            hook.must("MessageStatus", "SmsStatus", "CallStatus"),
        )
        if status in RANKS:
            code = hook.get("ErrorCode")[:10]
            await line.store.run(Transaction.report, sid, status, RANKS[status], code, line.clock())
        return Response(status_code=204)

    return answer


def _recording(line: Line) -> Answer:
    async def answer(_: Request, hook: Webhook, __: str) -> Response:
        sid, status = hook.must("RecordingSid"), hook.must("RecordingStatus")
        await line.store.run(Transaction.report, sid, status, 4, hook.get("ErrorCode")[:10], line.clock())
        return Response(status_code=204)

    return answer
