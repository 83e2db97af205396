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
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from hotline.carriers import signature
from hotline.carriers.api import Carrier, WhenNeeded
from hotline.channels import catalogue as words
from hotline.channels.catalogue import Catalogue
from hotline.community.reading import load
from hotline.flows import wordings
from hotline.inbound import admission
from hotline.inbound.read_keys import Calls
from hotline.inbound.switchboard import Switchboard
from hotline.outbound.call_queue import Ringing
from hotline.outbound.outbox import Limits, Outbox
from hotline.settings import Settings
from hotline.storage import Behind, Store, open_store
from hotline.storage.audio import Places, open_places
from hotline.web import audio, health, signed_urls, webhooks
from hotline.web.signed_endpoint import Door
from hotline.web.signed_urls import Addresses
from hotline.worker.follow_ups import Care
from hotline.worker.place_calls import Rounds
from hotline.worker.reconcile import CatchingUp
from hotline.worker.recordings import Keeper
from hotline.worker.send_texts import Delivery
from hotline.worker.waves import Waves
from hotline.worker.worker import Worker

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
    places: Places
    addresses: Addresses
    clock: Clock

    @classmethod
    async def open(cls, settings: Settings, clock: Clock = time.time) -> "Hotline":
        """Opens the database and the way to the carrier; needs a running loop. Raises what says what is wrong."""
        catalogue = Catalogue(load(Path(settings.community_file), words.languages()))
        store = await open_store(settings.database_url)
        carrier = cast(Carrier, WhenNeeded(partial(_carrier, settings)))
        key = signed_urls.key(settings.secret_key, settings.twilio_auth_token)
        base = settings.public_url.rstrip("/")
        signed = Addresses(key, f"{base}/recordings", clock)
        switchboard = _switchboard(settings, catalogue, signed, clock)
        outbox, ringing = Outbox(catalogue, _limits(settings), clock), Ringing(catalogue, clock)
        places = open_places(settings.keeping)
        behind = Behind(store)
        keeper = Keeper(behind, carrier, places, catalogue.community, clock)
        rounds = Rounds(behind, carrier, ringing, f"{base}{signature.CALL}", f"{base}{signature.STATUS}")
        worker = _worker(behind, carrier, catalogue, switchboard, outbox, rounds, keeper, clock)
        return cls(settings, catalogue, store, carrier, switchboard, outbox, ringing, worker, places, signed, clock)

    def routes(self) -> list[BaseRoute]:
        """What the hotline answers over HTTP."""
        doors = [Route(path, door) for path, door in self.doors().items()]
        played = audio.routes(self.addresses, self.places)
        return [*doors, *played, *health.routes(self.store, self.clock)]

    def doors(self) -> dict[str, Door]:
        """What it answers to the carrier."""
        line = webhooks.Line(
            self.store,
            self.switchboard,
            self.outbox,
            self.ringing,
            self.settings.public_url.rstrip("/"),
            self.settings.twilio_account_sid,
            self.settings.twilio_auth_token,
            self.catalogue.community.country,
            self.worker.keeper.reported,
        )
        return webhooks.doors(line)

    async def close(self) -> None:
        await self.carrier.close()
        await self.store.close()


async def check(settings: Settings) -> None:
    """Opens everything once before anything starts, so that a mistake is one sentence and not a stack."""
    community = load(Path(settings.community_file), words.languages())
    words.check(community.languages, wordings())
    await open_places(settings.keeping).check()
    await (await open_store(settings.database_url)).close()


class Front:
    """What everything comes to first: the carrier's webhooks go straight to their doors, all else to the pages."""

    def __init__(self, pages: Starlette) -> None:
        self.pages = pages
        self.doors: dict[str, Door] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.doors.get(scope.get("path", ""), self.pages)(scope, receive, send)


def create_app(settings: Settings, clock: Clock = time.time) -> Front:
    """The web application; with WORKER=inside the worker runs in it. The routes are there once it has started."""

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        hotline = await Hotline.open(settings, clock)
        app.router.routes[:], front.doors = hotline.routes(), hotline.doors()
        gc.freeze()  # what is there now stays: without this a collection of it holds up a text now and then
        inside = contextlib.nullcontext() if settings.worker == "outside" else working(hotline.worker)
        try:
            async with inside:
                yield
        finally:
            await hotline.close()

    front = Front(Starlette(lifespan=lifespan))
    return front


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
    keeper: Keeper,
    clock: Clock,
) -> Worker:
    waves, care = Waves(store, catalogue.community, clock), Care(store, catalogue.community, clock)
    catching_up = CatchingUp(store, carrier, switchboard, outbox, clock)
    delivery = Delivery(store, carrier, outbox)
    return Worker(store, waves, care, delivery, rounds, catching_up, keeper, clock, f"worker-{os.getpid()}")


def _switchboard(settings: Settings, catalogue: Catalogue, signed: Addresses, clock: Clock) -> Switchboard:
    base, calls = (
        settings.public_url.rstrip("/"),
        Calls(catalogue, signed.of, settings.secret_key or settings.twilio_auth_token),
    )
    urls = (f"{base}{signature.CALL}", f"{base}{signature.RECORDING}")
    return Switchboard(catalogue, clock, *urls, _gate(settings), calls)


def _limits(settings: Settings) -> Limits:
    return Limits(settings.segments_per_second, settings.segments_per_day, settings.call_minutes_per_day)


def _gate(settings: Settings) -> admission.Limits:
    return admission.Limits(settings.texts_per_hour, settings.new_numbers_per_minute)


def _carrier(settings: Settings) -> Carrier:
    from hotline.carriers.twilio import TwilioCarrier  # 150 ms to import: not for commands that send nothing

    return TwilioCarrier(
        settings.twilio_account_sid,
        settings.twilio_auth_token,
        number=settings.twilio_phone_number,
        service=settings.twilio_messaging_service_sid,
        api_url=settings.twilio_api_url,
        status_url=f"{settings.public_url.rstrip('/')}{signature.STATUS}",
    )
