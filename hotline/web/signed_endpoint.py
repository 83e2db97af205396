"""Signed webhook endpoint: lets in what the carrier rightly signed and is whole, and nothing else.

Bare ASGI, without the framework's requests and responses: every text of a storm comes through here, and they would cost
as much as answering it. What is refused is refused by the cheapest reason first: by its headers, before its body is
read; by a look at the bytes, before anything is decoded; by its signature last.
"""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.types import Receive, Scope, Send

from hotline.carriers.api import BadWebhook, Came, Headers, NotOurs, Webhooks
from hotline.model.events import Event
from hotline.web.forgery_budget import ForgeryBudget
from hotline.web.wrong_signatures import WrongSignatures

SKIPPED = 64 * 1024  # bytes of a refused body that are passed over; for more of them the connection is closed
PLAIN, XML = b"text/plain; charset=utf-8", b"text/xml; charset=utf-8"


@dataclass(frozen=True)
class Reply:
    """What goes back. With neither words nor a document: 204."""

    status: int
    content: str = ""
    kind: bytes = PLAIN


Answer = Callable[[Event | None], Awaitable[Reply]]

NOTED, NOT_KEPT = Reply(204), Reply(503, "not kept")
TOO_LARGE, NOT_SIGNED = Reply(413, "too large"), Reply(403, "not signed")
ANOTHER_ACCOUNT, ONLY_POSTED = Reply(403, "another account"), Reply(405, "only POST")


class Door:
    """Where webhooks come in. `public_url` is where the carrier reaches us, `wrong` hears of what may be meant for us
    and is not rightly signed."""

    def __init__(
        self, public_url: str, webhooks: Webhooks, answer: Answer, budget: ForgeryBudget, wrong: WrongSignatures
    ) -> None:
        base = urlsplit(public_url)
        self._origin, self._folder = f"{base.scheme}://{base.netloc}", base.path
        self._webhooks, self._answer, self._budget, self._wrong = webhooks, answer, budget, wrong

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers: Headers = dict(scope["headers"])
        address = scope["client"][0] if scope["client"] else ""
        refusal = self._refusal(scope, headers, address)
        if refusal:
            await _send(refusal, send, _is_closed_after(headers))
            return
        body = await _read(receive, self._webhooks.largest)
        if body is None:
            await _send(TOO_LARGE, send, True)
            return
        await _send(await self._reply(self._came(scope, headers, body), address), send)

    def _refusal(self, scope: Scope, headers: Headers, address: str) -> Reply | None:
        """Why a webhook is refused unread, if it is."""
        if scope["method"] != "POST":
            return ONLY_POSTED
        twice = [name for name, _ in scope["headers"]].count(self._webhooks.header) > 1
        if twice or not self._webhooks.may_be_signed(headers):
            return NOT_SIGNED
        if _length(headers) > self._webhooks.largest:
            return TOO_LARGE
        return None if self._budget.admits(address) else NOT_SIGNED

    async def _reply(self, came: Came, address: str) -> Reply:
        if not self._webhooks.is_for_us(came.body):
            return ANOTHER_ACCOUNT
        begun = time.thread_time()  # work alone: on a busy machine a look takes longer, and is no more work
        read = self._webhooks.opened(came)
        if read is None:
            self._wrong.came(came)
            self._budget.was_wrong(address, time.thread_time() - begun)
            return NOT_SIGNED
        self._budget.was_right(address)
        self._wrong.was_right()
        try:
            return await self._answer(read())
        except NotOurs:
            return ANOTHER_ACCOUNT
        except BadWebhook as missing:
            return Reply(400, str(missing))

    def _came(self, scope: Scope, headers: Headers, body: bytes) -> Came:
        """With the address that the carrier signed: the public one, not what a proxy made of it."""
        reached, query = _path(scope["raw_path"]), scope["query_string"].decode("latin-1")
        path = reached
        if not path.startswith(f"{self._folder}{self._webhooks.folder}"):
            path = self._folder + path  # a proxy took the folder away in which we live
        address = f"{self._origin}{path}?{query}" if query else f"{self._origin}{path}"
        return Came(address, scope["path"], reached, query, headers, body)


def _path(raw_path: bytes) -> str:
    return raw_path.decode("latin-1").split("?")[0]


def _length(headers: Headers) -> int:
    """The announced length; 0 where the body comes in pieces, and more than anything for what is no length."""
    announced = headers.get(b"content-length", b"0")
    return int(announced) if announced.isdigit() and len(announced) < 10 else 10**10


def _is_closed_after(headers: Headers) -> bool:
    """Whether a refused request ends its connection: where passing over its body would be work, or it waits for us."""
    return b"transfer-encoding" in headers or b"expect" in headers or _length(headers) > SKIPPED


async def _read(receive: Receive, largest: int) -> bytes | None:
    """The body, or None for one that is too large, which is not waited for, or that breaks off."""
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > largest or message["type"] == "http.disconnect":
            return None
    return body


async def _send(reply: Reply, send: Send, closes: bool = False) -> None:
    content = reply.content.encode("utf-8")
    headers = [(b"content-type", reply.kind), (b"content-length", b"%d" % len(content))] if content else []
    if closes:
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
