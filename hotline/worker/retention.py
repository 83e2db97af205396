"""Retention: what is over for long is put away, a little at a time."""

import asyncio
import logging
from collections.abc import Callable

from hotline.model.calendar import HOUR
from hotline.storage import Store, StoreDown

log = logging.getLogger(__name__)

REST = HOUR  # between two rounds, seconds


class Retention:
    """A chore of its own task: it waits for nobody, and nobody waits for it."""

    def __init__(self, store: Store, clock: Callable[[], float]) -> None:
        self._store, self._clock = store, clock

    async def run(self) -> None:
        """Works until it is cancelled."""
        while True:
            try:
                await self.look()
            except StoreDown as error:
                log.error("the database does not answer: %s", error)
            except Exception:
                log.exception("retention stumbled and goes on")
            await asyncio.sleep(REST)

    async def look(self) -> None:
        """Everything that is due now."""
        await self._store.run(lambda tx: tx.codes.free(self._clock()))
