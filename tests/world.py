"""A hotline and a pretend carrier on this machine, over real HTTP, with a clock that the test turns."""

import asyncio
import contextlib
import re
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from hotline.app import Front, Hotline
from hotline.channels.lint.sample_towns import label
from hotline.channels.parsing.parser import Hearing
from hotline.community.model import Community
from hotline.model.people import Volunteer
from hotline.settings import Settings
from hotline.simulator.clock import Clock
from hotline.simulator.exchange import Exchange
from hotline.simulator.page import simulator_app
from hotline.storage import Transaction
from hotline.web.connections import Limits
from hotline.web.server import config

ZONE = ZoneInfo("America/New_York")
FIRST_ROW = 100_001  # of needs: far above the codes that people text
NOBODY = "http://127.0.0.1:1"  # where nothing listens
NOON = datetime(2026, 3, 10, 12, 0, tzinfo=ZONE).timestamp()  # a Tuesday
MOST_ROUNDS = 4  # what is held back stays due
LIMITS = Limits(1000, 100, tuple(map(ip_network, ("127.0.0.0/8", "10.0.0.0/8"))))
ACCOUNT, TOKEN, NUMBER = "AC" + "0" * 32, "a token of nobody", "+12125550100"

COMMUNITY = """
name = "Eastside Mutual Aid"
languages = ["en", "es"]
country = "US"
timezone = "America/New_York"
emergency = "911"
recordings_days = 30

[needs.food]
en = "food"
es = "comida"

[needs.ride]
en = "a ride"
es = "un viaje"

[needs.medicine]
en = "medicine"
es = "medicina"

[areas.north]
en = "Northside"
es = "Norte"
zips = ["11216", "11238"]
near = ["downtown"]

[areas.downtown]
en = "Downtown"
es = "Centro"
zips = ["11201"]
near = ["north"]

[volunteers]
approval = false

[coordinators.rosa]
phone = "+12125550199"
"""


def speaking(languages: tuple[str, ...]) -> str:
    """The same community, with these languages and the labels of the usual neighborhood in them."""
    lines: list[str] = []
    for line in COMMUNITY.splitlines():
        if line.startswith("languages = "):
            lines.append(f"languages = {list(languages)}")
        elif not re.match(r"e[ns] = ", line):
            lines.append(line)
        if topic := re.fullmatch(r"\[(?:needs|areas)\.(\w+)\]", line):
            lines += [f'{language} = "{label(topic[1], language)}"' for language in languages]
    return "\n".join(lines) + "\n"


_hearings: dict[str, Hearing] = {}


def heard_in(community: Community) -> Hearing:
    """What each word means there, read once: every world that tests open is one of a few communities."""
    return _hearings.get(repr(community)) or _hearings.setdefault(repr(community), Hearing(community))


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
        for _ in range(MOST_ROUNDS):
            await self.hotline.worker.work_off()
            await self.hotline.worker.recordings.tend()
            await self.exchange.settle()
            due = await self.hotline.store.run(lambda tx: tx.outbox.next_due())
            if due is None or due > self.clock.now:
                break

    async def pass_time(self, seconds: float) -> None:
        """Moves the clock, stopping wherever something is due."""
        until = self.clock.now + seconds
        await self.settle()
        while (due := await self.hotline.store.run(lambda tx: tx.outbox.next_due())) is not None and due <= until:
            self.clock.now = max(self.clock.now + 1, due)
            await self.settle()
        self.clock.now = until
        await self.settle()

    async def restart(self) -> None:
        """The hotline stops and starts again on the same database."""
        await self.hotline.close()
        self.hotline = await Hotline.open(self.settings, self.clock)
        self.serve(self.hotline)

    async def go(self, down: bool) -> None:
        """Down: nobody answers the carrier's webhooks. Up again: as before, and what was missed is looked for."""
        self.exchange.public_url = NOBODY if down else self.settings.public_url
        if down:
            return
        self.clock.now += 60
        await self.hotline.worker.reconcile()

    def serve(self, hotline: Hotline) -> None:
        """What comes in is answered by this one."""
        self.app.pages.router.routes[:] = [*hotline.routes(), Mount("/simulator", simulator_app(self.exchange))]
        self.app.doors = hotline.doors()

    async def add_volunteer(self, who: Volunteer) -> None:
        def add(tx: Transaction) -> None:
            tx.people.introduce(who.phone, who.name, who.language, self.clock.now)
            tx.volunteers.enroll(who.phone, who.needs, who.areas, who.status, self.clock.now)
            if who.timezone:
                tx.volunteers.live_in(who.phone, who.timezone)

        await self.hotline.store.run(add)


def listening() -> socket.socket:
    """A port of its own. No delay, as asyncio has it for those that it opens itself: or a connection's second answer
    waits 40 ms in vain."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


@contextlib.asynccontextmanager
async def world(
    folder: Path, community: str = COMMUNITY, database_url: str = "", **limits: Any
) -> AsyncIterator[World]:
    """Everything started, and stopped at the end. `limits` are settings such as texts_per_hour."""
    clock = Clock(NOON)
    with listening() as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        (folder / "community.toml").write_text(community, "utf-8")
        settings = Settings(
            public_url=url,
            twilio_account_sid=ACCOUNT,
            twilio_auth_token=TOKEN,
            twilio_phone_number=NUMBER,
            twilio_api_url=f"{url}/simulator/api",
            database_url=database_url or f"sqlite:///{folder}/hotline.db",
            community_file=str(folder / "community.toml"),
            worker="outside",
            segments_per_second=1000,
            recordings=str(folder / "recordings"),
            **limits,
        )
        exchange = Exchange(account_sid=ACCOUNT, auth_token=TOKEN, number=NUMBER, public_url=url, clock=clock)
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
