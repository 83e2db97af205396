"""What the exchange does by itself: deliveries, status callbacks, rings, and what went wrong with them."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

log = logging.getLogger(__name__)


class Background:
    """Tasks and timers that the exchange started; timers are for ringing phones and nobody waits for them."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self._timers: set[asyncio.TimerHandle] = set()
        self.troubles: deque[Exception] = deque(maxlen=100)

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Carry this out soon, in the order of starting."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def later(self, seconds: float, act: Callable[[], Awaitable[None]]) -> asyncio.TimerHandle:
        """Carry this out after so many real seconds, unless the handle is cancelled."""
        timer = asyncio.get_running_loop().call_later(seconds, lambda: self.start(_run(act)))
        now = asyncio.get_running_loop().time()
        self._timers = {other for other in self._timers if other.when() > now} | {timer}
        return timer

    def note(self, trouble: Exception) -> None:
        """Remember what went wrong where nobody was listening; settle() raises it."""
        log.warning("%s", trouble)
        self.troubles.append(trouble)

    async def settle(self) -> None:
        """Wait until nothing is pending; raise the first trouble since the last time."""
        while self._tasks:
            await asyncio.wait(self._tasks)
        if self.troubles:
            first = self.troubles[0]
            self.troubles.clear()
            raise first

    async def close(self) -> None:
        """Stop everything."""
        for timer in self._timers:
            timer.cancel()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and isinstance(error := task.exception(), Exception):
            self.note(error)


async def _run(act: Callable[[], Awaitable[None]]) -> None:
    await act()
