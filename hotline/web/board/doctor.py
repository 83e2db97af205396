"""Doctor: the last examination of the set-up, kept for whoever opens its page, and never two at once."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence

log = logging.getLogger(__name__)

Findings = Mapping[str, Sequence[Mapping[str, str]]]  # by language
PATIENCE = 8.0  # seconds that a page waits for one; then it is looked at later


class Doctor:
    """What was found last, and when (UTC seconds); ``broke`` is that the last one came to no end."""

    def __init__(self, examine: Callable[[], Awaitable[Findings]], clock: Callable[[], float]) -> None:
        self._examine, self._clock = examine, clock
        self._running: asyncio.Task[None] | None = None
        self.findings: Findings = {}
        self.at: float | None = None
        self.broke = False

    @property
    def is_at_it(self) -> bool:
        return self._running is not None and not self._running.done()

    async def look(self) -> None:
        """Examines it, or waits for whoever does; not for longer than a page may take."""
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._look())
            self._running.add_done_callback(self._ended)
        await asyncio.wait([self._running], timeout=PATIENCE)

    async def _look(self) -> None:
        begun = self._clock()
        self.findings, self.at = await self._examine(), begun

    def _ended(self, look: asyncio.Task[None]) -> None:
        """It asks the carrier, the disk, other machines: what they do is no reason for a broken page."""
        self.broke = not look.cancelled() and look.exception() is not None
        if self.broke:
            log.error("the set-up could not be examined", exc_info=look.exception())
