"""Worker: every chore in a loop of its own, for ever, so that none of them waits for another."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from hotline.model.calendar import DAY, HOUR
from hotline.model.due import Kind
from hotline.storage import Store, StoreDown
from hotline.worker.certificate import CertificateWatch
from hotline.worker.clock_step import ClockWatch
from hotline.worker.daily_rings import DailyRingWorker
from hotline.worker.daily_summary import DailySummary
from hotline.worker.gateway import GatewayWatch
from hotline.worker.group_checks import GroupWorker
from hotline.worker.place_calls import CallPlacer
from hotline.worker.reconcile import Reconciler
from hotline.worker.recordings import RecordingWorker
from hotline.worker.retention import RetentionWorker
from hotline.worker.send_texts import TextSender
from hotline.worker.under_way import UnderWay

log = logging.getLogger(__name__)

LONGEST_REST = 1.0  # seconds between two looks
RECONCILE_EVERY = 60.0  # seconds between two looks through the carrier's lists
RETENTION_EVERY = HOUR  # between two rounds of forgetting
RECORDINGS_EVERY = 2.0  # seconds between two looks for recordings
CERTIFICATE_EVERY = DAY / 2
GATEWAY_EVERY = 60.0  # seconds between two looks whether the gateway lives
FINISHING = 4.0  # seconds at the end for what is under way; machines are switched off ten seconds after they say so

Chore = Callable[[], Awaitable[object]]


class DueWorker(Protocol):
    """Looks after due rows of some kinds."""

    kinds: frozenset[Kind]

    async def look_after_one(self) -> bool:
        """One of each kind; False when nothing is due."""
        ...


class Worker:
    """One worker. Several may run at once: every row is leased before it is sent, every need locked.

    What the carrier takes long to answer holds up nothing else: sending waits for no list, and nobody's danger for a
    text that does not go.
    """

    def __init__(
        self,
        store: Store,
        due: Sequence[DueWorker],
        daily_rings: DailyRingWorker,
        summary: DailySummary,
        groups: GroupWorker,
        texts: TextSender,
        calls: CallPlacer,
        reconciler: Reconciler,
        recordings: RecordingWorker,
        retention: RetentionWorker,
        certificate: CertificateWatch,
        gateway: GatewayWatch,
        clock: Callable[[], float],
        name: str,
    ) -> None:
        self._store, self._clock, self._name = store, clock, name
        self._due, self._daily_rings, self._summary, self._groups = due, daily_rings, summary, groups
        self._texts, self._calls = texts, calls
        self._reconciler, self._clock_watch = reconciler, ClockWatch(store, clock)
        self.recordings, self.retention, self._certificate = recordings, retention, certificate
        self._gateway = gateway
        self._reconciled_at = float("-inf")
        self._stops = asyncio.Event()
        self._text_bell, self._call_bell = asyncio.Event(), asyncio.Event()

    async def run(self) -> None:
        """Works until it is cancelled. Then it begins nothing more and finishes what is under way, as far as there is
        time; what the carrier has not answered until then is in doubt, and is looked up by the next worker."""
        self._stops.clear()
        chores = asyncio.gather(
            self._decide(),
            self._ask_for_ever(self._texts.send_due, self._text_bell, self._texts.under_way),
            self._ask_for_ever(self._calls.ring_one, self._call_bell, self._calls.under_way),
            self._for_ever(self._texts.look_up_doubtful),
            self._for_ever(self._calls.look_up_doubtful),
            *(
                self._for_ever(chore, rest=RECONCILE_EVERY)
                for chore in (self._reconciler.texts, self._reconciler.calls, self._reconciler.statuses)
            ),
            self._for_ever(self.recordings.tend_some, rest=RECORDINGS_EVERY),
            self._for_ever(self.retention.look, rest=RETENTION_EVERY),
            self._for_ever(self._certificate.look, rest=CERTIFICATE_EVERY),
            self._for_ever(self._gateway.look, rest=GATEWAY_EVERY),
        )
        try:
            await asyncio.shield(chores)
        except asyncio.CancelledError:
            self._stops.set()
            await asyncio.wait([chores], timeout=FINISHING)
            raise
        finally:
            chores.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await chores
            await self._ended()

    async def _ended(self) -> None:
        with contextlib.suppress(StoreDown):
            await self._store.run(lambda tx: tx.heartbeat.last_beat(self._name))

    async def _decide(self) -> None:
        """Who is asked and what is told, one after the other; and a sign of life."""
        while not self._stops.is_set():
            await self._try(self._decide_all)
            await self._store.wait(LONGEST_REST)

    async def _decide_all(self) -> None:
        await self.beat()
        while await self._decide_one() and not self._stops.is_set():
            self._ring_bells()  # an answer does not wait until a hundred waves are made
        self._ring_bells()

    def _ring_bells(self) -> None:
        self._text_bell.set()
        self._call_bell.set()

    async def _for_ever(self, chore: Chore, bell: asyncio.Event | None = None, rest: float | None = None) -> None:
        """One chore again and again; a bell, or the end, cuts its rest short."""
        while not self._stops.is_set():
            if await self._try(chore):
                continue
            await _rest(bell or self._stops, LONGEST_REST if rest is None else rest)
            if bell:
                bell.clear()

    async def _ask_for_ever(self, chore: Chore, bell: asyncio.Event, under_way: UnderWay) -> None:
        """The same where each thing done is a request to the carrier: at the end all of them are waited for, too."""
        try:
            await self._for_ever(chore, bell)
            await under_way.wait()
        finally:
            await under_way.stop()

    async def _try(self, chore: Chore) -> bool:
        """Whether there was something to do. Whatever goes wrong is logged, and tried again after a rest."""
        try:
            return bool(await chore())
        except StoreDown as error:
            log.error("the database does not answer: %s", error)
        except Exception:
            log.exception("the worker stumbled and goes on")
        await asyncio.sleep(LONGEST_REST)
        return False

    async def beat(self) -> None:
        """A sign of life; before it, whether the clock was set back."""
        await self._clock_watch.look()
        await self._store.run(lambda tx: tx.heartbeat.beat(self._name, self._clock()))

    async def _decide_one(self) -> bool:
        """One of each kind, in the order of the chores. False when nothing was due. None of them stops the others."""
        due = await self._store.run(lambda tx: tx.due.kinds(self._clock()))
        chores: list[Chore] = [each.look_after_one for each in self._due if each.kinds & due]
        if not self._daily_rings.kinds & due:
            chores.append(self._daily_rings.tell_not_made)  # together, once none is due
        chores += [self._summary.send_one, self._groups.ask_one]
        return any([await self._decided(chore) for chore in chores])

    async def _decided(self, chore: Chore) -> bool:
        """False where it stumbles before it has come to any row: the others are due all the same."""
        try:
            return bool(await chore())
        except StoreDown:
            raise
        except Exception:
            log.exception("the worker stumbled and goes on")
            return False

    async def work_off(self) -> None:
        """Does everything that is due now, and what becomes due by it, one after the other."""
        busy = True
        while busy:
            busy = await self._decide_one()
            for chore in (
                self._texts.send_due,
                self._texts.under_way.wait,
                self._texts.look_up_doubtful,
                self._calls.ring_one,
                self._calls.under_way.wait,
                self._calls.look_up_doubtful,
            ):
                busy = await chore() or busy

    async def round(self) -> None:
        """One look at everything, for a world that begins each of them itself. What goes wrong is logged."""
        for chore in (self.beat, self.work_off, self.recordings.tend, self.reconcile_now_and_then):
            await self._try(chore)

    async def reconcile(self) -> None:
        """What never reached us is fetched from the carrier and answered."""
        await self._reconciler.look()
        await self._gateway.look()

    async def reconcile_now_and_then(self) -> None:
        """By the machine's own steady clock: a step of the wall clock must not stop it."""
        if time.monotonic() - self._reconciled_at >= RECONCILE_EVERY:
            self._reconciled_at = time.monotonic()
            await self.reconcile()


async def _rest(until: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await until.wait()
