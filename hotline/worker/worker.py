"""Everything that happens without anybody asking just now: waves, deliveries, looking after what was missed."""

import asyncio
import logging
import time
from collections.abc import Callable

from hotline.storage import Store, StoreDown
from hotline.worker.clock_step import SetBack
from hotline.worker.follow_ups import Care
from hotline.worker.place_calls import Rounds
from hotline.worker.reconcile import CatchingUp
from hotline.worker.recordings import Keeper
from hotline.worker.send_texts import Delivery
from hotline.worker.waves import Waves

log = logging.getLogger(__name__)

REST = 1.0  # seconds at most between two looks
CATCH_UP = 60.0  # seconds between two looks through the carrier's lists


class Worker:
    """One worker. Several may run at once: every row is leased before it is sent, every need locked."""

    def __init__(
        self,
        store: Store,
        waves: Waves,
        care: Care,
        delivery: Delivery,
        rounds: Rounds,
        catching_up: CatchingUp,
        keeper: Keeper,
        clock: Callable[[], float],
        name: str,
    ) -> None:
        self._store, self._clock, self._name = store, clock, name
        self._waves, self._care, self._delivery, self._catching_up = waves, care, delivery, catching_up
        self._rounds = rounds
        self._set_back = SetBack(store, clock)
        self.keeper = keeper
        self._caught_up_at = float("-inf")

    async def run(self) -> None:
        """Works until it is cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.keeper.run())
            tasks.create_task(self._run())

    async def _run(self) -> None:
        """Whatever goes wrong is logged, and tried again after a rest."""
        while True:
            try:
                await self._set_back.look()
                await self._store.run(lambda tx: tx.heartbeat.beat(self._name, self._clock()))
                await self.work_off()
                await self._catch_up_now_and_then()
            except StoreDown as error:
                log.error("the database does not answer: %s", error)
                await asyncio.sleep(REST)
            except Exception:
                log.exception("the worker stumbled and goes on")
                await asyncio.sleep(REST)
            await self._store.wait(REST)

    async def work_off(self) -> None:
        """Does everything that is due now, and what becomes due by it."""
        busy = True
        while busy:  # an answer does not wait until a hundred waves are made
            asked, minded = await self._waves.send_one(), await self._care.look_after_one()
            busy = await self._delivery.deliver() or asked or minded
            busy = await self._rounds.ring_one() or busy

    async def catch_up(self) -> None:
        """What never reached us is fetched from the carrier and answered."""
        await self._catching_up.look()

    async def _catch_up_now_and_then(self) -> None:
        """By the machine's own steady clock: a step of the wall clock must not stop it."""
        if time.monotonic() - self._caught_up_at >= CATCH_UP:
            self._caught_up_at = time.monotonic()
            await self.catch_up()
