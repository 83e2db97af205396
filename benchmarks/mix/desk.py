"""A hotline in this process that answers the mix at its own doors: all of it but the network and HTTP."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.demo_settings import settings_of
from benchmarks.mix.scenes import Webhook
from benchmarks.mix.seed import sow
from benchmarks.texts import PUBLIC_URL, TOKEN
from hotline.app import Hotline
from hotline.settings import read
from hotline.simulator.signing import sign
from hotline.web.signed_endpoint import Door


@dataclass(frozen=True)
class Brought:
    """A webhook that is signed and encoded."""

    webhook: Webhook
    scope: dict[str, Any]
    body: bytes


def bring(webhook: Webhook) -> Brought:
    """As the web server hands it on."""
    body = urlencode(webhook.form).encode()
    path, _, query = webhook.path.partition("?")
    headers = [
        (b"host", b"hotline.example.org"),
        (b"content-type", b"application/x-www-form-urlencoded; charset=UTF-8"),
        (b"x-twilio-signature", sign(PUBLIC_URL + webhook.path, webhook.form, TOKEN).encode()),
        (b"content-length", b"%d" % len(body)),
    ]
    scope = {"type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "headers": headers}
    scope |= {"query_string": query.encode(), "client": ("127.0.0.1", 9), "scheme": "http", "http_version": "1.1"}
    return Brought(webhook, scope, body)


@dataclass(frozen=True)
class Desk:
    """The doors, and the code of each scene's request."""

    hotline: Hotline
    doors: dict[str, Door]
    codes: Sequence[str]

    async def answer(self, brought: Brought) -> tuple[int, str]:
        """(status, document)."""
        told: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": brought.body, "more_body": False}

        async def send(message: Any) -> None:
            told.append(message)

        await self.doors[brought.scope["path"]](dict(brought.scope), receive, send)
        return told[0]["status"], told[1]["body"].decode()

    async def answer_all(self, several: Sequence[Brought]) -> list[tuple[int, str]]:
        """Those who write at the same moment."""
        return await asyncio.gather(*map(self.answer, several))


@contextlib.asynccontextmanager
async def desk(folder: Path, scenes: int) -> AsyncIterator[Desk]:
    """On a new SQLite file in the folder."""
    settings = settings_of(folder, f"sqlite:///{folder}/hotline.db") | {"RECORDINGS": str(folder / "recordings")}
    hotline = await Hotline.open(read(settings, folder))
    try:
        yield Desk(hotline, hotline.doors(), await sow(hotline.store, scenes))
    finally:
        await hotline.close()
