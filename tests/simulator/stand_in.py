"""A stand-in hotline for the simulator's tests: answers what a test wrote down, and keeps what it was sent."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp
from twilio.request_validator import RequestValidator

from hotline.simulator import Exchange
from hotline.simulator.page import simulator_app

SID, TOKEN, NUMBER = "AC" + "0" * 32, "secret", "+12125550000"
ANA, BEN, ROSA = "+12125550101", "+12125550102", "+12125550103"
Form = dict[str, str]
Page = str | int | Callable[[Form], str]


@dataclass
class Asked:
    """One request that came in."""

    path: str
    query: str
    method: str
    form: Form
    pairs: list[tuple[str, str]]
    headers: dict[str, str]
    genuine: bool


@dataclass
class StandIn:
    """Pages by path: the verbs of a TwiML document, an error status, or a function of the form."""

    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    url: str = ""
    kind: str = "text/xml"

    async def answer(self, request: Request) -> Response:
        pairs = parse_qsl((await request.body()).decode(), keep_blank_values=True, errors="surrogatepass")
        signature = request.headers.get("x-twilio-signature", "")
        address = self.url + request.scope["raw_path"].decode() + ("?" + request.url.query if request.url.query else "")
        genuine = RequestValidator(TOKEN).validate(address, printable(pairs), signature)
        query = request.url.query
        asked = Asked(request.url.path, query, request.method, dict(pairs), pairs, dict(request.headers), genuine)
        self.asked.append(asked)
        page = self.pages.get(asked.path, "")
        if callable(page):
            page = page({**dict(request.query_params), **asked.form})
        if isinstance(page, int):
            return Response("something broke", page)
        raw = page.startswith(("<?", "<Response", "!"))
        return Response(page.removeprefix("!") if raw else f"<Response>{page}</Response>", media_type=self.kind)

    def to(self, path: str) -> list[Form]:
        """The forms that were posted to one path."""
        return [asked.form for asked in self.asked if asked.path == path]


def printable(pairs: list[tuple[str, str]]) -> FormData:
    """Without lone surrogates: the provider's validator encodes strictly and would stumble over them."""
    return FormData([(name, value.encode("utf-8", "replace").decode()) for name, value in pairs])


@dataclass
class Stage:
    """A stand-in hotline, an exchange, and the API's address."""

    hotline: StandIn
    exchange: Exchange
    api: str


@asynccontextmanager
async def serving(app: ASGIApp) -> AsyncIterator[str]:
    """A real server on a port of its own."""
    config = uvicorn.Config(app, port=0, log_level="error", lifespan="off", ws="none")
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        # Not serve() and shutdown(): they look only ten times a second whether all is done.
        for listener in server.servers:
            listener.close()
        for connection in tuple(server.server_state.connections):
            connection.shutdown()
        if server.server_state.tasks:
            await asyncio.wait(server.server_state.tasks, timeout=5)


@asynccontextmanager
async def stage(pages: dict[str, Page] | None = None) -> AsyncIterator[Stage]:
    """Everything running."""
    hotline = StandIn(pages or {})
    exchange = Exchange(account_sid=SID, auth_token=TOKEN, number=NUMBER, public_url="")
    everything = Route("/{path:path}", hotline.answer, methods=["GET", "POST"])
    app = Starlette(routes=[Mount("/simulator", simulator_app(exchange)), everything])
    async with serving(app) as url:
        hotline.url = exchange.public_url = url
        try:
            yield Stage(hotline, exchange, url + "/simulator/api")
        finally:
            await exchange.aclose()


def play(script: Callable[[Stage], Coroutine[Any, Any, None]], pages: dict[str, Page] | None = None) -> None:
    """Run one test on a stage of its own."""

    async def run() -> None:
        async with stage(pages) as ready:
            await script(ready)

    asyncio.run(run())


def bodies(texts: Sequence[Any]) -> list[str]:
    """What the texts say."""
    return [text.body for text in texts]
