"""Signed webhook endpoint: lets in what the carrier rightly signed and is whole, and nothing else.

Bare ASGI, without the framework's requests and responses: every text of a storm comes through here, and they would cost
as much as answering it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.types import Receive, Scope, Send

from hotline.carriers import parse
from hotline.carriers.signature import FOLDER, HEADER, is_signed
from hotline.carriers.webhooks import BadWebhook, Webhook, pairs, webhook
from hotline.model.sanitize import clean
from hotline.web.wrong_signatures import WrongSignatures

LARGEST = 64 * 1024  # bytes; the carrier's own are far smaller
PLAIN, XML = b"text/plain; charset=utf-8", b"text/xml; charset=utf-8"


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

NOTED = Reply(204)
TOO_LARGE, NOT_SIGNED = Reply(413, "too large"), Reply(403, "not signed")
ANOTHER_ACCOUNT, ONLY_POSTED = Reply(403, "another account"), Reply(405, "only POST")


class Door:
    """One webhook. `public_url` is where the carrier reaches us, `account` and `token` are those it signs with, `wrong`
    hears of what names our account and is not signed with them."""

    def __init__(self, public_url: str, account: str, token: str, answer: Answer, wrong: WrongSignatures) -> None:
        base = urlsplit(public_url)
        self._origin, self._folder = f"{base.scheme}://{base.netloc}", base.path
        self._account, self._token, self._answer, self._wrong = account, token, answer, wrong

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await _send(await self._reply(scope, receive), send)

    async def _reply(self, scope: Scope, receive: Receive) -> Reply:
        if scope["method"] != "POST":
            return ONLY_POSTED
        headers = dict(scope["headers"])
        body = await _read(headers.get(b"content-length", b"0"), receive)
        if body is None:
            return TOO_LARGE
        fields, query = pairs(body), scope["query_string"].decode("latin-1")
        signature = headers.get(HEADER, b"").decode("latin-1")
        asked = self._asked(scope["raw_path"], query)
        if not is_signed(self._token, asked, fields, signature):
            if parse.account(webhook(fields)) == self._account:
                self._wrong.came(asked, _path(scope["raw_path"]), headers, fields, signature)
            return NOT_SIGNED
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


async def _read(announced: bytes, receive: Receive) -> bytes | None:
    """The body, or None for one that is too large, which is not waited for, or that breaks off."""
    if not announced.isdigit() or int(announced) > LARGEST:
        return None
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > LARGEST or message["type"] == "http.disconnect":
            return None
    return body


async def _send(reply: Reply, send: Send) -> None:
    content = reply.content.encode("utf-8")
    headers = [(b"content-type", reply.kind), (b"content-length", b"%d" % len(content))] if content else []
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
