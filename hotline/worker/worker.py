"""Worker: the loop that runs every chore, one after the other, for ever."""

import asyncio
import logging
import time
from collections.abc import Callable

from hotline.storage import Store, StoreDown
from hotline.worker.clock_step import ClockWatch
from hotline.worker.dangers import DangerWorker
from hotline.worker.escalations import EscalationWorker
from hotline.worker.follow_ups import FollowUpWorker
from hotline.worker.place_calls import CallPlacer
from hotline.worker.reconcile import Reconciler
from hotline.worker.recordings import RecordingWorker
from hotline.worker.send_texts import TextSender
from hotline.worker.waves import WaveSender

log = logging.getLogger(__name__)

LONGEST_REST = 1.0  # seconds between two looks
RECONCILE_EVERY = 60.0  # seconds between two looks through the carrier's lists


class Worker:
    """One worker. Several may run at once: every row is leased before it is sent, every need locked."""

    def __init__(
        self,
        store: Store,
        waves: WaveSender,
        follow_ups: FollowUpWorker,
        dangers: DangerWorker,
        escalations: EscalationWorker,
        texts: TextSender,
        calls: CallPlacer,
        reconciler: Reconciler,
        recordings: RecordingWorker,
        clock: Callable[[], float],
        name: str,
    ) -> None:
        self._store, self._clock, self._name = store, clock, name
        self._dangers, self._escalations = dangers, escalations
        self._waves, self._follow_ups, self._texts, self._calls = waves, follow_ups, texts, calls
        self._reconciler, self._clock_watch = reconciler, ClockWatch(store, clock)
        self.recordings = recordings
        self._reconciled_at = float("-inf")

    async def run(self) -> None:
        """Works until it is cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.recordings.run())
            tasks.create_task(self._run())

    async def _run(self) -> None:
        """Whatever goes wrong is logged, and tried again after a rest."""
        while True:
            try:
                await self._clock_watch.look()
                await self._store.run(lambda tx: tx.heartbeat.beat(self._name, self._clock()))
                await self.work_off()
                await self._reconcile_now_and_then()
            except StoreDown as error:
                log.error("the database does not answer: %s", error)
                await asyncio.sleep(LONGEST_REST)
            except Exception:
                log.exception("the worker stumbled and goes on")
                await asyncio.sleep(LONGEST_REST)
            await self._store.wait(LONGEST_REST)

    async def work_off(self) -> None:
        """Does everything that is due now, and what becomes due by it."""
        busy = True
        while busy:  # an answer does not wait until a hundred waves are made
            alarmed = await self._dangers.look_after_one() or await self._escalations.look_after_one()
            asked, minded = await self._waves.send_one(), await self._follow_ups.look_after_one()
            busy = await self._texts.send_due() or asked or minded or alarmed
            busy = await self._calls.ring_one() or busy

    async def reconcile(self) -> None:
        """What never reached us is fetched from the carrier and answered."""
        await self._reconciler.look()

    async def _reconcile_now_and_then(self) -> None:
        """By the machine's own steady clock: a step of the wall clock must not stop it."""
        if time.monotonic() - self._reconciled_at >= RECONCILE_EVERY:
            self._reconciled_at = time.monotonic()
            await self.reconcile()
