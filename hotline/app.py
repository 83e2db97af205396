"""Puts the pieces together: the hotline, its web application, its worker."""

import asyncio
import contextlib
import gc
import os
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import cast

from starlette.applications import Starlette
from starlette.routing import BaseRoute

from hotline import gate
from hotline.carriers import Carrier, WhenNeeded
from hotline.channels import catalogue as words
from hotline.channels.catalogue import Catalogue
from hotline.community import load
from hotline.flows import wordings
from hotline.outbox import Limits, Outbox
from hotline.ringing import Ringing
from hotline.settings import Settings
from hotline.storage import Store, open_store
from hotline.switchboard import Switchboard
from hotline.web import health, webhooks
from hotline.worker import Worker
from hotline.worker.care import Care
from hotline.worker.catching_up import CatchingUp
from hotline.worker.delivery import Delivery
from hotline.worker.rounds import Rounds
from hotline.worker.waves import Waves

Clock = Callable[[], float]


@dataclass(frozen=True)
class Hotline:
    """Everything that is open while the hotline runs."""

    settings: Settings
    catalogue: Catalogue
    store: Store
    carrier: Carrier
    switchboard: Switchboard
    outbox: Outbox
    ringing: Ringing
    worker: Worker
    clock: Clock

    @classmethod
    async def open(cls, settings: Settings, clock: Clock = time.time) -> "Hotline":
        """Opens the database and the way to the carrier; needs a running loop. Raises what says what is wrong."""
        catalogue = Catalogue(load(Path(settings.community_file), words.languages()))
        store = await open_store(settings.database_url)
        carrier = cast(Carrier, WhenNeeded(partial(_carrier, settings)))
        base = settings.public_url.rstrip("/")
        switchboard = Switchboard(catalogue, clock, f"{base}/twilio/voice", f"{base}/twilio/recording", _gate(settings))
        outbox = Outbox(
            catalogue,
            Limits(settings.segments_per_second, settings.segments_per_day, settings.call_minutes_per_day),
            clock,
        )
        ringing = Ringing(catalogue, clock)
        rounds = Rounds(store, carrier, ringing, f"{base}/twilio/voice", f"{base}/twilio/status")
        worker = _worker(store, carrier, catalogue, switchboard, outbox, rounds, clock)
        return cls(settings, catalogue, store, carrier, switchboard, outbox, ringing, worker, clock)

    def routes(self) -> list[BaseRoute]:
        """What the hotline answers over HTTP."""
        line = webhooks.Line(
            self.store,
            self.switchboard,
            self.outbox,
            self.ringing,
            self.settings.public_url.rstrip("/"),
            self.settings.twilio_account_sid,
            self.settings.twilio_auth_token,
            self.catalogue.community.country,
            self.clock,
        )
        return [*webhooks.routes(line), *health.routes(self.store, self.clock)]

    async def close(self) -> None:
        await self.carrier.close()
        await self.store.close()


async def check(settings: Settings) -> None:
    """Opens everything once before anything starts, so that a mistake is one sentence and not a stack."""
    community = load(Path(settings.community_file), words.languages())
    words.check(community.languages, wordings())
    await (await open_store(settings.database_url)).close()


def create_app(settings: Settings, clock: Clock = time.time) -> Starlette:
    """The web application; with WORKER=inside the worker runs in it. The routes are there once it has started."""

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        hotline = await Hotline.open(settings, clock)
        app.router.routes[:] = hotline.routes()
        gc.freeze()  # what is there now stays: without this a collection of it holds up a text now and then
        inside = contextlib.nullcontext() if settings.worker == "outside" else working(hotline.worker)
        try:
            async with inside:
                yield
        finally:
            await hotline.close()

    return Starlette(lifespan=lifespan)


@contextlib.asynccontextmanager
async def working(worker: Worker) -> AsyncIterator[None]:
    """The worker runs meanwhile."""
    task = asyncio.create_task(worker.run())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def run_worker(settings: Settings, clock: Clock = time.time) -> None:
    """A worker in a process of its own, until it is cancelled."""
    hotline = await Hotline.open(settings, clock)
    try:
        await hotline.worker.run()
    finally:
        await hotline.close()


def _worker(
    store: Store,
    carrier: Carrier,
    catalogue: Catalogue,
    switchboard: Switchboard,
    outbox: Outbox,
    rounds: Rounds,
    clock: Clock,
) -> Worker:
    waves, care = Waves(store, catalogue.community, clock), Care(store, catalogue.community, clock)
    catching_up = CatchingUp(store, carrier, switchboard, outbox, clock)
    delivery = Delivery(store, carrier, outbox)
    return Worker(store, waves, care, delivery, rounds, catching_up, clock, f"worker-{os.getpid()}")


def _gate(settings: Settings) -> gate.Limits:
    return gate.Limits(settings.texts_per_hour, settings.new_numbers_per_minute)


def _carrier(settings: Settings) -> Carrier:
    from hotline.carriers.twilio import TwilioCarrier  # 150 ms to import: not for commands that send nothing

    return TwilioCarrier(
        settings.twilio_account_sid,
        settings.twilio_auth_token,
        number=settings.twilio_phone_number,
        service=settings.twilio_messaging_service_sid,
        api_url=settings.twilio_api_url,
        status_url=f"{settings.public_url.rstrip('/')}/twilio/status",
    )
