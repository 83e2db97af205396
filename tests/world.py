"""A hotline and a pretend carrier on this machine, over real HTTP, with a clock that the test turns."""

import asyncio
import contextlib
import os
import socket
import sqlite3
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from hotline.app import Front, Hotline
from hotline.carriers.android.webhooks import EVENTS
from hotline.channels.parsing.parser import Hearing
from hotline.community.model import Community
from hotline.demo import pace
from hotline.demo.cast import FIRST_ROW as FIRST_ROW
from hotline.demo.cast import enroll
from hotline.demo.story_town import COMMUNITY as COMMUNITY
from hotline.demo.story_town import speaking as speaking
from hotline.model.people import Volunteer
from hotline.settings import Settings
from hotline.simulator.clock import Clock
from hotline.simulator.exchange import Exchange
from hotline.simulator.gateway import PhoneGateway, gateway_app, registered
from hotline.simulator.page import simulator_app
from hotline.storage.sqlite_file import migrate
from hotline.web.connections import Limits
from hotline.web.server import config

ZONE = ZoneInfo("America/New_York")
NOBODY = "http://127.0.0.1:1"  # where nothing listens
NOON = datetime(2026, 3, 10, 12, 0, tzinfo=ZONE).timestamp()  # a Tuesday
LIMITS = Limits(1000, 100, tuple(map(ip_network, ("127.0.0.0/8", "10.0.0.0/8"))))
SECRET = "a long secret of nobody"
SIGNED_IN = {"signalwire": "X-SignalWire-Signature"}
ACCOUNT, TOKEN, NUMBER = "AC" + "0" * 32, "a token of nobody", "+12125550100"

HEARD_BY = ("name", "languages", "country", "emergency", "needs", "areas", "sharing")  # of a community, in its words
_hearings: dict[str, Hearing] = {}


def heard_in(community: Community) -> Hearing:
    """What each word means there, read once: every world that tests open is one of a few communities."""
    key = repr([getattr(community, name) for name in HEARD_BY])
    return _hearings.get(key) or _hearings.setdefault(key, Hearing(community))


@cache
def empty_file() -> bytes:
    """A SQLite file with every table and nothing in them. Made once: to make it is most of what a new world costs."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
            migrate(connection)
        return path.read_bytes()


def with_tables(url: str) -> str:
    """The same URL; its file is there now, readable by us alone, as the hotline makes it."""
    path = Path(url.removeprefix("sqlite:///"))
    if url.startswith("sqlite:") and not path.exists():
        with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
            file.write(empty_file())
    return url


@dataclass
class World:
    """One hotline with its database, its carrier and its phones."""

    settings: Settings
    exchange: Exchange
    hotline: Hotline
    app: Front
    clock: Clock = field(default_factory=lambda: Clock(NOON))

    async def settle(self) -> None:
        """Lets everything happen that is due, and what follows from the carrier's word on it."""
        await pace.settle(self.hotline, self.exchange, self.clock)

    async def pass_time(self, seconds: float) -> None:
        """Moves the clock, stopping wherever something is due."""
        await pace.pass_time(self.hotline, self.exchange, self.clock, seconds)

    async def restart(self) -> None:
        """The hotline stops and starts again on the same database."""
        await self.hotline.close()
        self.hotline = await Hotline.open(self.settings, self.clock)
        self.serve(self.hotline)

    async def go(self, down: bool) -> None:
        """Down: nobody answers the carrier's webhooks. Up again: as before, and what was missed is looked for."""
        self.exchange.public_url = NOBODY if down else self.settings.public_url
        if not down:
            await self.hotline.worker.reconcile()

    def serve(self, hotline: Hotline) -> None:
        """What comes in is answered by this one."""
        self.app.pages.router.routes[:] = [*hotline.routes(), Mount("/simulator", simulator_app(self.exchange))]
        if isinstance(self.exchange, PhoneGateway):
            self.app.pages.router.routes.append(Mount("/phone", gateway_app(self.exchange)))
        self.app.doors = hotline.doors()

    async def add_volunteer(self, who: Volunteer) -> None:
        await self.hotline.store.run(enroll, who, self.clock.now)


def listening() -> socket.socket:
    """A port of its own. No delay, as asyncio has it for those that it opens itself: or a connection's second answer
    waits 40 ms in vain."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def line_of(carrier: str, url: str) -> dict[str, Any]:
    """The settings of one carrier."""
    if carrier == "android":
        names = ("url", "user", "password", "signing_key", "phone_number")
        told = dict(zip(names, (f"{url}/phone", "sms", "a password", TOKEN, NUMBER), strict=True))
        return {"carrier": carrier, "secret_key": SECRET, **{f"android_{name}": value for name, value in told.items()}}
    named = ("account_sid", "auth_token", "phone_number", "api_url")
    told = dict(zip(named, (ACCOUNT, TOKEN, NUMBER, f"{url}/simulator/api"), strict=True))
    return {"carrier": carrier, **{f"twilio_{name}": value for name, value in told.items()}}


def exchange_of(carrier: str, url: str, clock: Clock) -> Exchange:
    """The pretend one, which knows our webhooks by now."""
    if carrier != "android":
        exchange = Exchange(account_sid=ACCOUNT, auth_token=TOKEN, number=NUMBER, public_url=url, clock=clock)
        exchange.webhooks.header = SIGNED_IN.get(carrier, exchange.webhooks.header)
        exchange.optout.on = carrier != "somleng"
        return exchange
    phone = PhoneGateway(
        user="sms", password="a password", signing_key=TOKEN, number=NUMBER, public_url=url, clock=clock
    )
    registered(phone, f"{url}/android/webhook", EVENTS)
    return phone


@contextlib.asynccontextmanager
async def world(
    folder: Path, community: str = COMMUNITY, database_url: str = "", carrier: str = "twilio", **limits: Any
) -> AsyncIterator[World]:
    """Everything started, and stopped at the end. `limits` are settings such as texts_per_hour."""
    clock = Clock(NOON)
    with listening() as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        (folder / "community.toml").write_text(community, "utf-8")
        settings = Settings(
            public_url=url,
            **line_of(carrier, url),
            database_url=with_tables(database_url or f"sqlite:///{folder}/hotline.db"),
            community_file=str(folder / "community.toml"),
            worker="outside",
            segments_per_second=1000,
            recordings=str(folder / "recordings"),
            **limits,
        )
        exchange = exchange_of(carrier, url, clock)
        app = Front(Starlette())
        here = World(settings, exchange, await Hotline.open(settings, clock), app, clock)
        here.serve(here.hotline)
        async with _serving(app, listener):
            try:
                yield here
            finally:
                await exchange.aclose()
                await here.hotline.close()


@contextlib.asynccontextmanager
async def _serving(app: Front, listener: socket.socket) -> AsyncIterator[None]:
    server = uvicorn.Server(config(app, LIMITS, log_level="error", lifespan="off"))
    task = asyncio.create_task(server.serve([listener]))
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.001)
    try:
        yield
    finally:
        task.cancel()  # asked politely it would look at its watch for a tenth of a second, in each of hundreds of tests
        with contextlib.suppress(asyncio.CancelledError):
            await task
        server.force_exit = True
        await server.shutdown([listener])
