"""Signed webhook endpoint: lets in what the carrier rightly signed and is whole, and nothing else.

Bare ASGI, without the framework's requests and responses: every text of a storm comes through here, and they would cost
as much as answering it. What is refused is refused by the cheapest reason first: by its headers, before its body is
read; by a look at the bytes, before anything is decoded; by its signature last.
"""

import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.types import Receive, Scope, Send

from hotline.carriers import parse
from hotline.carriers.signature import FOLDER, HEADER, is_signed, is_well_formed
from hotline.carriers.webhooks import BadWebhook, Webhook, mark_of, pairs, webhook
from hotline.model.sanitize import clean
from hotline.web.forgery_budget import ForgeryBudget
from hotline.web.wrong_signatures import WrongSignatures

LARGEST = 24 * 1024  # bytes: 1,600 letters of the longest kind are 19 KB as they travel
MOST_FIELDS = 200  # the carrier sends twenty to forty
SKIPPED = 64 * 1024  # bytes of a refused body that are passed over; for more of them the connection is closed
PLAIN, XML = b"text/plain; charset=utf-8", b"text/xml; charset=utf-8"

Headers = Mapping[bytes, bytes]


@dataclass(frozen=True)
class Reply:
    """What goes back. With neither words nor a document: 204."""

    status: int
    content: str = ""
    kind: bytes = PLAIN


@dataclass(frozen=True)
class Request:
    """A webhook that was let in: its fields, what stands after the `?`, and its body as it came."""

    hook: Webhook
    query: str
    body: str


Answer = Callable[[Request], Awaitable[Reply]]

NOTED, NOT_KEPT = Reply(204), Reply(503, "not kept")
TOO_LARGE, NOT_SIGNED = Reply(413, "too large"), Reply(403, "not signed")
ANOTHER_ACCOUNT, ONLY_POSTED = Reply(403, "another account"), Reply(405, "only POST")


class Door:
    """One webhook. `public_url` is where the carrier reaches us, `account` and `token` are those it signs with, `wrong`
    hears of what names our account and is not signed with them."""

    def __init__(
        self,
        public_url: str,
        account: str,
        token: str,
        answer: Answer,
        budget: ForgeryBudget,
        wrong: WrongSignatures,
    ) -> None:
        base = urlsplit(public_url)
        self._origin, self._folder = f"{base.scheme}://{base.netloc}", base.path
        self._account, self._mark = account, mark_of(account)
        self._token, self._answer, self._budget, self._wrong = token, answer, budget, wrong

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers: Headers = dict(scope["headers"])
        address = scope["client"][0] if scope["client"] else ""
        refusal = self._refusal(scope, headers, address)
        if refusal:
            await _send(refusal, send, _is_closed_after(headers))
            return
        body = await _read(receive)
        if body is None:
            await _send(TOO_LARGE, send, True)
            return
        await _send(await self._reply(scope, headers, body, address), send)

    def _refusal(self, scope: Scope, headers: Headers, address: str) -> Reply | None:
        """Why a webhook is refused unread, if it is."""
        if scope["method"] != "POST":
            return ONLY_POSTED
        if not is_well_formed(headers.get(HEADER, b"")) or [name for name, _ in scope["headers"]].count(HEADER) > 1:
            return NOT_SIGNED
        if _length(headers) > LARGEST:
            return TOO_LARGE
        return None if self._budget.admits(address) else NOT_SIGNED

    async def _reply(self, scope: Scope, headers: Headers, body: bytes, address: str) -> Reply:
        if self._mark not in body:
            return ANOTHER_ACCOUNT
        if body.count(b"&") >= MOST_FIELDS:
            return TOO_LARGE
        query = scope["query_string"].decode("latin-1")
        asked = self._asked(scope["raw_path"], query)
        begun, fields, signature = time.perf_counter(), pairs(body), headers[HEADER].decode("ascii")
        if not is_signed(self._token, asked, fields, signature):
            self._wrong.came(asked, _path(scope["raw_path"]), headers, fields, signature)
            self._budget.was_wrong(address, time.perf_counter() - begun)
            return NOT_SIGNED
        self._budget.was_right(address)
        hook = webhook(fields)
        if parse.account(hook) != self._account:
            return ANOTHER_ACCOUNT
        try:
            return await self._answer(Request(hook, query, clean(body.decode("utf-8", "replace"))))
        except BadWebhook as missing:
            return Reply(400, str(missing))

    def _asked(self, raw_path: bytes, query: str) -> str:
        """The address that the carrier signed: the public one, not what a proxy made of it."""
        path = _path(raw_path)
        if not path.startswith(f"{self._folder}{FOLDER}"):
            path = self._folder + path  # a proxy took the folder away in which we live
        return f"{self._origin}{path}?{query}" if query else f"{self._origin}{path}"


def _path(raw_path: bytes) -> str:
    return raw_path.decode("latin-1").split("?")[0]


def _length(headers: Headers) -> int:
    """The announced length; 0 where the body comes in pieces, and more than anything for what is no length."""
    announced = headers.get(b"content-length", b"0")
    return int(announced) if announced.isdigit() and len(announced) < 10 else 10**10


def _is_closed_after(headers: Headers) -> bool:
    """Whether a refused request ends its connection: where passing over its body would be work, or it waits for us."""
    return b"transfer-encoding" in headers or b"expect" in headers or _length(headers) > SKIPPED


async def _read(receive: Receive) -> bytes | None:
    """The body, or None for one that is too large, which is not waited for, or that breaks off."""
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > LARGEST or message["type"] == "http.disconnect":
            return None
    return body


async def _send(reply: Reply, send: Send, closes: bool = False) -> None:
    content = reply.content.encode("utf-8")
    headers = [(b"content-type", reply.kind), (b"content-length", b"%d" % len(content))] if content else []
    if closes:
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
