"""Composition: puts the pieces together into the hotline, its web application and its worker."""

import asyncio
import contextlib
import gc
import os
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import Receive, Scope, Send

from hotline.carriers import signature
from hotline.carriers.api import Carrier, WhenNeeded
from hotline.channels import catalogue as words
from hotline.channels.catalogue import Catalogue
from hotline.community.reading import load
from hotline.flows import wordings
from hotline.inbound import admission
from hotline.inbound.call_ended import EndedCalls
from hotline.inbound.call_steps import CallSteps
from hotline.inbound.fallback_answer import FallbackAnswer
from hotline.inbound.switchboard import Switchboard
from hotline.model import phone_numbers
from hotline.outbound.budget import Budget, DailyLimits
from hotline.outbound.call_queue import CallQueue
from hotline.outbound.carrier_reports import CarrierReports
from hotline.outbound.outbox import TextQueue
from hotline.settings import Settings
from hotline.storage import Behind, Store, StoreDown, open_store
from hotline.storage.audio import Places, open_places
from hotline.web import audio, health, signed_urls, webhooks
from hotline.web.signed_endpoint import Door
from hotline.web.signed_urls import Addresses
from hotline.web.wrong_signatures import WrongSignatures
from hotline.worker.certificate import CertificateWatch
from hotline.worker.dangers import DangerWorker
from hotline.worker.escalations import EscalationWorker
from hotline.worker.follow_ups import FollowUpWorker
from hotline.worker.place_calls import CallPlacer
from hotline.worker.reconcile import Reconciler
from hotline.worker.recording_retention import RecordingRetention
from hotline.worker.recordings import RecordingWorker
from hotline.worker.retention import RetentionWorker
from hotline.worker.send_texts import TextSender
from hotline.worker.watchdog import watched
from hotline.worker.waves import WaveSender
from hotline.worker.worker import Worker

Clock = Callable[[], float]
BEAT_EVERY = 10.0  # seconds


@dataclass(frozen=True)
class Inbound:
    """Where texts and calls are answered, and what is said when they cannot be."""

    texts: Switchboard
    calls: CallSteps
    fallback: FallbackAnswer

    @classmethod
    def of(cls, settings: Settings, catalogue: Catalogue, signed: Addresses, clock: Clock) -> "Inbound":
        base, secret = settings.public_url.rstrip("/"), settings.secret_key or settings.twilio_auth_token
        limits = admission.Limits(settings.texts_per_hour, settings.new_numbers_per_minute)
        urls = (f"{base}{signature.CALL}", f"{base}{signature.RECORDING}")
        fallback = FallbackAnswer(catalogue, clock)
        calls = CallSteps(catalogue, clock, *urls, fallback, limits, address=signed.of, secret=secret)
        return cls(Switchboard(catalogue, clock, fallback, limits), calls, fallback)


@dataclass(frozen=True)
class Outbound:
    """What is decided about the texts and calls that we make."""

    texts: TextQueue
    calls: CallQueue
    reports: CarrierReports
    ended_calls: EndedCalls

    @classmethod
    def of(cls, settings: Settings, catalogue: Catalogue, clock: Clock) -> "Outbound":
        community = catalogue.community
        budget = Budget(community, DailyLimits(settings.segments_per_day, settings.call_minutes_per_day), clock)
        texts, calls = TextQueue(catalogue, settings.segments_per_second, budget, clock), CallQueue(community, clock)
        ended_calls = EndedCalls(calls, budget, community.country, clock)
        return cls(texts, calls, CarrierReports(community, clock), ended_calls)


@dataclass(frozen=True)
class Hotline:
    """Everything that is open while the hotline runs."""

    settings: Settings
    catalogue: Catalogue
    store: Store
    carrier: Carrier
    inbound: Inbound
    outbound: Outbound
    worker: Worker
    places: Places
    addresses: Addresses
    wrong: WrongSignatures
    clock: Clock

    @classmethod
    async def open(cls, settings: Settings, clock: Clock = time.time, sends: bool = False) -> "Hotline":
        """Opens the database and the way to the carrier, if it `sends`; needs a running loop. Raises what says what
        is wrong. What can be read later is read now: then a file may not open, or be another version's."""
        phone_numbers.load_countries()
        catalogue = Catalogue(load(Path(settings.community_file), words.languages()))
        store = await open_store(settings.database_url)
        known = (catalogue.community.emergency, catalogue.community.crisis)
        await store.run(lambda tx: tx.codes.reserve(known))
        carrier = WhenNeeded(partial(_carrier, settings))
        if sends:
            carrier.made()
        key = signed_urls.key(settings.secret_key, settings.twilio_auth_token)
        base = settings.public_url.rstrip("/")
        signed = Addresses(key, f"{base}/recordings", clock)
        inbound = Inbound.of(settings, catalogue, signed, clock)
        places = open_places(settings.keeping)
        outbound = Outbound.of(settings, catalogue, clock)
        moves = cast(Carrier, carrier)
        worker = _worker(settings, Behind(store), moves, catalogue, inbound.texts, outbound, places, clock)
        wrong = WrongSignatures(base, settings.twilio_auth_token, clock)
        return cls(settings, catalogue, store, moves, inbound, outbound, worker, places, signed, wrong, clock)

    def routes(self) -> list[BaseRoute]:
        """What the hotline answers over HTTP: at its own paths, and in its folder, should a proxy keep that."""
        doors: list[BaseRoute] = [Route(path, door) for path, door in self.doors().items()]
        played = audio.routes(self.addresses, self.places)
        pages = [*played, *health.routes(self.store, self.clock, self.wrong)]
        return [*doors, *pages, *([Mount(self._folder, routes=pages)] if self._folder else [])]

    @property
    def _folder(self) -> str:
        return urlsplit(self.settings.public_url).path.rstrip("/")

    def doors(self) -> dict[str, Door]:
        """What it answers to the carrier."""
        to = webhooks.Receivers(
            self.store,
            self.inbound.texts,
            self.inbound.calls,
            self.inbound.fallback,
            self.outbound.reports,
            self.outbound.ended_calls,
            self.settings.public_url.rstrip("/"),
            self.settings.twilio_account_sid,
            self.settings.twilio_auth_token,
            self.catalogue.community.country,
            self.wrong,
        )
        doors = webhooks.doors(to)
        return {**doors, **{f"{self._folder}{path}": door for path, door in doors.items()}}

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
        pages.router.redirect_slashes = False  # it would send people wherever their own request says that we are
        self.pages = pages
        self.doors: dict[str, Door] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.doors.get(scope.get("path", ""), self.pages)(scope, receive, send)


def create_app(settings: Settings, clock: Clock = time.time) -> Front:
    """The web application; with WORKER=inside the worker runs in it. The routes are there once it has started."""

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        hotline = await Hotline.open(settings, clock, sends=settings.worker != "outside")
        app.router.routes[:], front.doors = hotline.routes(), hotline.doors()
        gc.freeze()  # what is there now stays: without this a collection of it holds up a text now and then
        inside = beating(hotline) if settings.worker == "outside" else working(hotline.worker)
        try:
            with watched():
                async with inside:
                    yield
        finally:
            await hotline.close()

    front = Front(Starlette(lifespan=lifespan))
    return front


def working(worker: Worker) -> contextlib.AbstractAsyncContextManager[None]:
    """The worker runs meanwhile."""
    return meanwhile(worker.run())


@contextlib.asynccontextmanager
async def meanwhile(work: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """Something runs for ever beside what is done inside, and ends with it."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


@contextlib.asynccontextmanager
async def beating(hotline: Hotline) -> AsyncIterator[None]:
    """A web process without a worker shows that it lives: nobody moves a database away beneath it."""
    name = f"web-{os.getpid()}"
    try:
        async with meanwhile(_beat(hotline, name)):
            yield
    finally:
        with contextlib.suppress(StoreDown):
            await hotline.store.run_behind(lambda tx: tx.heartbeat.last_beat(name))


async def _beat(hotline: Hotline, name: str) -> None:
    while True:
        with contextlib.suppress(StoreDown):  # /ready says so
            await hotline.store.run_behind(lambda tx: tx.heartbeat.beat(name, hotline.clock()))
        await asyncio.sleep(BEAT_EVERY)


async def run_worker(settings: Settings, clock: Clock = time.time) -> None:
    """A worker in a process of its own, until it is cancelled."""
    hotline = await Hotline.open(settings, clock, sends=True)
    try:
        with watched():
            await hotline.worker.run()
    finally:
        await hotline.close()


def _worker(
    settings: Settings,
    store: Store,
    carrier: Carrier,
    catalogue: Catalogue,
    switchboard: Switchboard,
    outbound: Outbound,
    places: Places,
    clock: Clock,
) -> Worker:
    community, base = catalogue.community, settings.public_url.rstrip("/")
    urls = (f"{base}{signature.CALL}", f"{base}{signature.STATUS}")
    recordings = RecordingRetention(store, carrier, places, community, clock)
    return Worker(
        store,
        WaveSender(store, community, clock),
        FollowUpWorker(store, community, clock),
        DangerWorker(store, community, clock),
        EscalationWorker(store, community, clock),
        TextSender(store, carrier, outbound.texts, outbound.reports),
        CallPlacer(store, carrier, outbound.calls, outbound.ended_calls, *urls),
        Reconciler(store, carrier, switchboard, outbound.reports, community, clock),
        RecordingWorker(store, carrier, places, recordings, clock),
        RetentionWorker(store, community.retention, clock),
        CertificateWatch(store, community, settings.public_url, clock),
        clock,
        f"worker-{os.getpid()}",
    )


def _carrier(settings: Settings) -> Carrier:
    from hotline.carriers.twilio import TwilioCarrier  # 300 ms to import: not for what sends nothing

    return TwilioCarrier(
        settings.twilio_account_sid,
        settings.twilio_auth_token,
        number=settings.twilio_phone_number,
        service=settings.twilio_messaging_service_sid,
        api_url=settings.twilio_api_url,
        status_url=f"{settings.public_url.rstrip('/')}{signature.STATUS}",
    )
