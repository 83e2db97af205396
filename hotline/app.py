"""Composition: puts the pieces together into the hotline, its web application and its worker."""

import asyncio
import contextlib
import gc
import os
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import Receive, Scope, Send

from hotline.carriers.api import Carrier, Provider, WhenNeeded
from hotline.carriers.provider import provider
from hotline.channels import catalogue as words
from hotline.channels import own_words
from hotline.channels.catalogue import Catalogue
from hotline.channels.print.public_pages import PublicPages
from hotline.community.reading import load
from hotline.flows import wordings
from hotline.inbound import admission
from hotline.inbound.access_code import PrivateWords
from hotline.inbound.board_broadcasts import BroadcastDesk
from hotline.inbound.board_desk import Desk
from hotline.inbound.board_intake import IntakeDesk
from hotline.inbound.board_sheets import SheetDesk
from hotline.inbound.board_sign_in import SignIn, member
from hotline.inbound.board_team import Newcomers
from hotline.inbound.call_ended import EndedCalls
from hotline.inbound.call_steps import CallSteps
from hotline.inbound.fallback_answer import FallbackAnswer
from hotline.inbound.people_orders import PeopleDesk
from hotline.inbound.switchboard import Switchboard
from hotline.inbound.volunteer_import import ImportDesk
from hotline.model import phone_numbers
from hotline.model.heartbeat import STARTED
from hotline.model.pseudonyms import Pseudonyms
from hotline.monitoring import self_probe
from hotline.outbound import practice, suppression
from hotline.outbound.broadcasts import Broadcasting
from hotline.outbound.budget import Budget, DailyLimits
from hotline.outbound.call_queue import CallQueue
from hotline.outbound.carrier_reports import CarrierReports
from hotline.outbound.operator_news import TestTexts, Worded
from hotline.outbound.outbox import TextQueue
from hotline.settings import Settings
from hotline.storage import Behind, Store, StoreDown, open_store
from hotline.storage.audio import LAST_START, PlaceError, Places, open_places
from hotline.web import audio, health, metrics, probe, public_pages, signed_urls, webhooks
from hotline.web.board import pages as board_pages
from hotline.web.board.board import MARKS, Board
from hotline.web.signed_endpoint import Door
from hotline.web.signed_urls import Addresses
from hotline.web.wrong_signatures import WrongSignatures
from hotline.worker.broadcasts import BroadcastWorker
from hotline.worker.certificate import CertificateWatch
from hotline.worker.circles import CircleWorker
from hotline.worker.daily_rings import DailyRingWorker
from hotline.worker.daily_summary import DailySummary
from hotline.worker.dangers import DangerWorker
from hotline.worker.escalations import EscalationWorker
from hotline.worker.follow_ups import FollowUpWorker
from hotline.worker.forgetting import Eraser
from hotline.worker.gateway import GatewayWatch
from hotline.worker.gatherings import GatheringWorker
from hotline.worker.gifts import GiftWorker
from hotline.worker.group_checks import GroupWorker
from hotline.worker.loans import LoanWorker
from hotline.worker.operator_watch import OperatorWatch
from hotline.worker.own_address import is_reached
from hotline.worker.place_calls import CallPlacer
from hotline.worker.poison_rows import RowByRow
from hotline.worker.reconcile import Reconciler
from hotline.worker.recording_retention import RecordingRetention
from hotline.worker.recordings import RecordingWorker
from hotline.worker.retention import RetentionWorker
from hotline.worker.rounds import RoundWorker
from hotline.worker.safety_rings import SafetyRingWorker
from hotline.worker.send_texts import TextSender
from hotline.worker.watchdog import watched
from hotline.worker.waves import WaveSender
from hotline.worker.worker import Worker

if TYPE_CHECKING:
    from hotline.doctor.examination import Examination

Clock = Callable[[], float]
BEAT_EVERY = 10.0  # seconds
TEAM_EVERY = 5.0  # seconds between two looks whether somebody is new in the community file


@dataclass(frozen=True)
class Inbound:
    """Where texts and calls are answered, and what is said when they cannot be."""

    texts: Switchboard
    calls: CallSteps
    fallback: FallbackAnswer

    @classmethod
    def of(
        cls, settings: Settings, catalogue: Catalogue, carrier: Provider, signed: Addresses, clock: Clock
    ) -> "Inbound":
        base, paths = settings.public_url.rstrip("/"), carrier.webhooks.paths
        limits = admission.Limits(settings.texts_per_hour, settings.new_numbers_per_minute)
        urls = (f"{base}{paths.call}", f"{base}{paths.recording}")
        fallback = FallbackAnswer(catalogue, clock)
        marks = suppression.marks(settings.secret_key) if settings.secret_key else None
        secret = settings.secret
        calls = CallSteps(catalogue, clock, *urls, fallback, limits, address=signed.of, secret=secret, marks=marks)
        return cls(Switchboard(catalogue, clock, fallback, limits, marks), calls, fallback)


@dataclass(frozen=True)
class Outbound:
    """What is decided about the texts and calls that we make."""

    texts: TextQueue
    calls: CallQueue
    reports: CarrierReports
    ended_calls: EndedCalls
    broadcasting: Broadcasting

    @classmethod
    def of(cls, settings: Settings, catalogue: Catalogue, clock: Clock) -> "Outbound":
        community = catalogue.community
        budget = Budget(community, DailyLimits(settings.segments_per_day, settings.call_minutes_per_day), clock)
        texts, calls = TextQueue(catalogue, settings.segments_per_second, budget, clock), CallQueue(community, clock)
        ended_calls = EndedCalls(calls, budget, community.country, clock)
        broadcasting = Broadcasting(catalogue, budget, settings.segments_per_second)
        return cls(texts, calls, CarrierReports(community, clock), ended_calls, broadcasting)


@dataclass(frozen=True)
class Hotline:
    """Everything that is open while the hotline runs."""

    settings: Settings
    catalogue: Catalogue
    store: Store
    provider: Provider
    carrier: Carrier
    inbound: Inbound
    outbound: Outbound
    worker: Worker
    places: Places
    addresses: Addresses
    wrong: WrongSignatures
    clock: Clock
    board_demo_as: str = ""  # in the demo alone: as whom anybody comes in to the board

    @classmethod
    async def open(
        cls, settings: Settings, clock: Clock = time.time, sends: bool = False, create: bool = True
    ) -> "Hotline":
        """Opens the database and the way to the carrier, if it `sends`; needs a running loop. Raises what says what
        is wrong. What can be read later is read now: then a file may not open, or be another version's."""
        phone_numbers.load_countries()
        _use_own_words(settings)
        community = load(Path(settings.community_file), words.languages())
        chosen = provider(settings, community.country, clock)
        catalogue = Catalogue(community.on(chosen.line))
        store = await open_store(settings.database_url, create=create)
        known = (catalogue.community.emergency, catalogue.community.crisis)
        await store.run(lambda tx: tx.codes.reserve(known))
        await store.run(practice.begin, catalogue.community, clock())
        carrier = WhenNeeded(chosen.carrier)
        if sends:
            carrier.made()
        key = signed_urls.key(settings.secret)
        base = settings.public_url.rstrip("/")
        signed = Addresses(key, f"{base}/recordings", clock)
        inbound = Inbound.of(settings, catalogue, chosen, signed, clock)
        inbound.texts.hearing.ready()
        places = open_places(settings.keeping)
        outbound = Outbound.of(settings, catalogue, clock)
        moves = cast(Carrier, carrier)
        worker = _worker(settings, chosen, Behind(store), moves, catalogue, inbound.texts, outbound, places, clock)
        wrong = WrongSignatures(base, chosen.webhooks, clock)
        return cls(settings, catalogue, store, chosen, moves, inbound, outbound, worker, places, signed, wrong, clock)

    def routes(self) -> list[BaseRoute]:
        """What the hotline answers over HTTP: at its own paths, and in its folder, should a proxy keep that."""
        doors: list[BaseRoute] = [Route(path, door) for path, door in self.doors().items()]
        played = audio.routes(self.addresses, self.places)
        place = self_probe.place(self.settings.database_url)
        asked = probe.routes(self.settings.secret, self.store, self.clock, lambda: self.wrong.state, place)
        measured = metrics.routes(self.store, self.clock, self.wrong, self.settings.metrics_token)
        well = health.routes(self.store, self.clock, self.wrong, self.provider.line)
        pages = [*played, *measured, *well, *asked, *self._public(), *self._board()]
        return [*doors, *pages, *([Mount(self._folder, routes=pages)] if self._folder else [])]

    def board_alone(self) -> list[BaseRoute]:
        """What a process answers that is for the board and nothing else: whether it lives, and what was said aloud."""
        alive = health.routes(self.store, self.clock, self.wrong, self.provider.line)
        pages = [*self._board(), *audio.routes(self.addresses, self.places), *alive]
        return [*pages, *([Mount(self._folder, routes=pages)] if self._folder else [])]

    def _board(self) -> list[BaseRoute]:
        """The coordinators' board, where nobody on the way can read along: over https, or on this machine alone."""
        address = urlsplit(self.settings.public_url)
        if not has_board(self.settings):
            return []
        community, secret = self.catalogue.community, self.settings.secret
        marks = suppression.marks(self.settings.secret_key) if self.settings.secret_key else None
        board = Board(
            self.store,
            self.catalogue,
            SignIn(community, secret),
            Desk(self.catalogue, self.clock),
            PeopleDesk(community, marks, self.clock),
            ImportDesk(community, marks, self.settings.phone_number, self.clock),
            BroadcastDesk(self.outbound.broadcasting, self.clock),
            IntakeDesk(community, self.inbound.texts.hearing, PrivateWords(secret), self.clock),
            SheetDesk(community, self.clock),
            Eraser(self.store, self.carrier, self.places, community, marks, self.clock).forget,
            self.addresses,
            Pseudonyms(secret, MARKS, letters=12),
            f"{address.scheme}://{address.netloc}",
            f"{self._folder}/board",
            self.clock,
            self._findings,
            member(community, self.board_demo_as),
            None if self.board_demo_as else Path(self.settings.community_file),
        )
        return board_pages.routes(board)

    async def _findings(self) -> Mapping[str, Sequence[Mapping[str, str]]]:
        """What is wrong with the set-up, by language, found in a thread with a loop of its own: texts are answered
        meanwhile."""
        from hotline.doctor.findings import in_each_language

        def examine() -> "Examination":
            return asyncio.run(examined(self.settings, self.catalogue, self.provider, self.clock))

        return in_each_language((await asyncio.to_thread(examine)).findings)

    def _public(self) -> list[Route]:
        """What anybody may read; nothing where no number is known that it could name."""
        number = self.settings.phone_number
        if not number:
            return []
        written = PublicPages(self.catalogue, number)
        return public_pages.routes(written.paths, written.page)

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
            self.provider,
            self.wrong,
            self.clock,
        )
        doors = webhooks.doors(to)
        return {**doors, **{f"{self._folder}{path}": door for path, door in doors.items()}}

    async def began(self) -> None:
        """Says in the database and beside the sounds that it runs from now on: where a disk forgets, one of the two is
        gone at the next start."""
        await self.store.run(lambda tx: tx.heartbeat.set_mark(STARTED, self.clock()))
        with contextlib.suppress(PlaceError):  # the doctor says so
            await self.places.put(LAST_START, b"")

    async def close(self) -> None:
        await self.carrier.close()
        await self.store.close()


def has_board(settings: Settings) -> bool:
    """Whether there is a board: over https, or on this machine alone."""
    address = urlsplit(settings.public_url)
    return address.scheme == "https" or address.hostname in ("127.0.0.1", "localhost")


async def examined(settings: Settings, catalogue: Catalogue, carrier: Provider, clock: Clock) -> "Examination":
    """Everything that is wrong with this set-up, as `hotline doctor` prints it and a page of the board shows it."""
    from hotline.doctor.examination import Carried, Surroundings, examine
    from hotline.doctor.machine_checks import mounted
    from hotline.worker.certificate import certificate_ends_at

    inspection = carrier.inspection()
    around = Surroundings(Path(), clock(), certificate_ends_at, mounts=await asyncio.to_thread(mounted))
    try:
        return await examine(settings, catalogue, Carried(carrier.line, carrier.webhooks.paths, inspection), around)
    finally:
        await inspection.close()


def _use_own_words(settings: Settings) -> None:
    own_words.use(own_words.beside(Path(settings.community_file)))


async def check(settings: Settings) -> None:
    """Opens everything once before anything starts, so that a mistake is one sentence and not a stack."""
    community = load(Path(settings.community_file), words.languages())
    _use_own_words(settings)
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
        await hotline.began()
        app.router.routes[:], front.doors = hotline.routes(), hotline.doors()
        gc.freeze()  # what is there now stays: without this a collection of it holds up a text now and then
        inside = beating(hotline) if settings.worker == "outside" else working(hotline.worker)
        try:
            with watched():
                async with inside, watching(hotline), meanwhile(_know_the_team(hotline)):
                    yield
        finally:
            await hotline.close()

    front = Front(Starlette(lifespan=lifespan))
    return front


def create_board(settings: Settings, clock: Clock = time.time) -> Starlette:
    """The coordinators' board alone, in a process of its own: to make a page delays no text. The routes are there once
    it has started."""

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        hotline = await Hotline.open(settings, clock)
        app.router.routes[:] = hotline.board_alone()
        gc.freeze()
        try:
            async with beating(hotline), meanwhile(_know_the_team(hotline)):
                yield
        finally:
            await hotline.close()

    app = Starlette(lifespan=lifespan)
    app.router.redirect_slashes = False
    return app


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
async def watching(hotline: Hotline) -> AsyncIterator[None]:
    """Whoever runs the hotline hears meanwhile when it does not work, where the community file names them."""
    if not hotline.catalogue.community.operator.phone:
        yield
        return
    async with meanwhile(operator_watch(hotline).run()):
        yield


def operator_watch(hotline: Hotline) -> OperatorWatch:
    """Whoever looks whether this hotline works."""
    settings, clock = hotline.settings, hotline.clock
    places = (settings.database_url.removeprefix("sqlite:///"), settings.recordings)
    folders = [Path(each).absolute().parent for each in places if "://" not in each]
    worded, tests = Worded(hotline.catalogue, clock), TestTexts(hotline.catalogue)

    async def reach() -> bool:
        return await is_reached(settings.public_url, settings.secret, clock())

    return OperatorWatch(
        hotline.store, hotline.carrier, worded, tests, lambda: hotline.wrong.only, folders, reach, clock
    )


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


async def _know_the_team(hotline: Hotline) -> None:
    """Whoever was invited in another process, or added by a command, is of the team here as well."""
    newcomers = Newcomers(hotline.catalogue.community, Path(hotline.settings.community_file))
    while True:
        await asyncio.to_thread(newcomers.look)
        await asyncio.sleep(TEAM_EVERY)


async def run_worker(settings: Settings, clock: Clock = time.time) -> None:
    """A worker in a process of its own, until it is cancelled."""
    hotline = await Hotline.open(settings, clock, sends=True)
    try:
        with watched():
            async with meanwhile(_know_the_team(hotline)):
                await hotline.worker.run()
    finally:
        await hotline.close()


def _worker(
    settings: Settings,
    provider: Provider,
    store: Store,
    carrier: Carrier,
    catalogue: Catalogue,
    switchboard: Switchboard,
    outbound: Outbound,
    places: Places,
    clock: Clock,
) -> Worker:
    community, base = catalogue.community, settings.public_url.rstrip("/")
    urls = (f"{base}{provider.webhooks.paths.call}", f"{base}{provider.webhooks.paths.status}")
    recordings = RecordingRetention(store, carrier, places, community, clock)
    rows = RowByRow(store, community, clock)
    daily_rings = DailyRingWorker(store, rows, community, clock)
    return Worker(
        store,
        (  # danger first, and what goes to many last
            DangerWorker(rows, community),
            EscalationWorker(rows, community),
            WaveSender(rows, community),
            FollowUpWorker(rows, community),
            GiftWorker(rows, community),
            LoanWorker(rows, community),
            GatheringWorker(rows, community),
            CircleWorker(rows, community),
            daily_rings,
            SafetyRingWorker(rows, community),
            RoundWorker(rows, community),
            BroadcastWorker(rows, outbound.broadcasting),
        ),
        daily_rings,
        DailySummary(store, community, clock),
        GroupWorker(store, community, clock),
        TextSender(store, rows, carrier, outbound.texts, outbound.reports),
        CallPlacer(store, rows, carrier, outbound.calls, outbound.ended_calls, *urls),
        Reconciler(store, carrier, switchboard, outbound.reports, community, clock),
        RecordingWorker(store, rows, carrier, places, recordings, clock),
        RetentionWorker(store, community.retention, clock),
        CertificateWatch(store, community, settings.public_url, clock),
        GatewayWatch(store, carrier, provider.line, clock),
        clock,
        f"worker-{os.getpid()}",
    )
