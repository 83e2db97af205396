"""Clock step: the machine's clock ran ahead and was set back. Nothing waits until that hour comes again."""

import logging
import time
from collections.abc import Callable

from hotline.storage import Store

log = logging.getLogger(__name__)

NOTICED = 5.0  # seconds: a smaller step does no more than make something wait that long


class ClockWatch:
    """Sees by the machine's steady clock when the other is set back; at the first look, by the newest beat alone."""

    def __init__(self, store: Store, clock: Callable[[], float]) -> None:
        self._store, self._clock = store, clock
        self._lead = float("inf")  # of the clock before the steady one

    async def look(self) -> None:
        """Before anything is decided by the new time. Without a step it costs nothing."""
        now = self._clock()
        lead = now - time.monotonic()
        if self._lead - lead > NOTICED:
            step = await self._store.run(lambda tx, at, least: tx.clock_step.follow(at, least), now, NOTICED)
            if step:
                log.warning("the clock was set back by %.0f s, and what was put off with it", step)
        self._lead = lead
