"""Requests under way: so many to the carrier at once, and a slow answer holds up none of the others."""

import asyncio
import contextlib
import logging
from collections.abc import Coroutine
from typing import Any

from hotline.storage import StoreDown

log = logging.getLogger(__name__)

PATIENCE = 0.25  # seconds that the next ones wait for a first answer; most come within them
TOGETHER = 0.005  # seconds more, for those that come with it: each free place by itself would be leased for by itself


class UnderWay:
    """At most `most` requests whose answers have not come. Each is a task of its own, to its end."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def room(self) -> int:
        """How many more may begin now."""
        return self._most - len(self._tasks)

    async def begin(self, *requests: Coroutine[Any, Any, None], more: bool = False) -> None:
        """Begins them, and waits a little: what is answered at once is done when this returns, and there is room for
        the next as soon as something is, however long the others take. Where there are `more` and there is room, they
        are not waited for."""
        self._tasks |= {asyncio.create_task(request) for request in requests}
        if more and self.room:
            return
        if await self._settle(PATIENCE, asyncio.FIRST_COMPLETED):
            await self._settle(TOGETHER)

    async def wait(self) -> bool:
        """Waits for every answer that has not come; False when there was nothing to wait for."""
        any_left = bool(self._tasks)
        await self._settle(None)
        return any_left

    async def stop(self) -> None:
        """The end, in the middle of it: each request says of itself that it was interrupted."""
        for task in self._tasks:
            task.cancel()
        await self._settle(None)

    async def _settle(self, seconds: float | None, until: str = asyncio.ALL_COMPLETED) -> bool:
        """Whether something was answered."""
        if not self._tasks:
            return False
        done, self._tasks = await asyncio.wait(self._tasks, timeout=seconds, return_when=until)
        for task in done:
            _hear(task)
        return bool(done)


def _hear(task: "asyncio.Task[None]") -> None:
    """Whatever went wrong with one is its own: the row it was about is looked up when its lease is over."""
    with contextlib.suppress(asyncio.CancelledError):
        error = task.exception()
        if isinstance(error, StoreDown):
            log.error("the database does not answer: %s", error)
        elif error is not None:
            log.error("a request to the carrier stumbled", exc_info=error)
