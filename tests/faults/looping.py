"""The worker's own loop, one round at a time, by a clock that the test turns."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

from hotline.app import working
from tests.world import World


@dataclass
class Rounds:
    """Lets the loop go round once for each tick. `steady` is the machine's steady clock."""

    place: World
    monkeypatch: pytest.MonkeyPatch
    steady: float = 0.0
    _running: contextlib.AsyncExitStack = field(default_factory=contextlib.AsyncExitStack)
    _go: asyncio.Event = field(default_factory=asyncio.Event)
    _done: asyncio.Event = field(default_factory=asyncio.Event)

    async def tick(self, seconds: float = 0.0) -> None:
        """Time passes; the worker does all it has to do then."""
        self.place.clock.now += seconds
        self.steady += seconds
        self._done.clear()
        self._go.set()
        await self._done.wait()
        await self.place.exchange.settle()

    async def pass_time(self, seconds: float, step: float) -> None:
        """Tick after tick."""
        for _ in range(int(seconds / step)):
            await self.tick(step)

    async def start_anew(self) -> None:
        """The hotline stops and starts again; nobody tells the new one what the time was."""
        await self.stop()
        await self.place.restart()
        await self.start()

    async def start(self) -> None:
        """Returns after the first round."""
        self.monkeypatch.setattr(self.place.hotline.store, "wait", self.wait)
        self._done.clear()
        self._go.clear()
        await self._running.enter_async_context(working(self.place.hotline.worker))
        await self._done.wait()

    async def stop(self) -> None:
        await self._running.aclose()

    async def wait(self, _: float) -> None:
        """In the place of the store's: the end of a round."""
        self._done.set()
        await self._go.wait()
        self._go.clear()


@contextlib.asynccontextmanager
async def rounds(place: World, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Rounds]:
    """The worker runs; whatever goes wrong in a round is logged, and the next begins."""
    here = Rounds(place, monkeypatch)
    monkeypatch.setattr("hotline.worker.worker.LONGEST_REST", 0.0)
    for module in ("hotline.worker.worker", "hotline.worker.clock_step"):
        monkeypatch.setattr(f"{module}.time", SimpleNamespace(monotonic=lambda: here.steady))
    await here.start()
    try:
        yield here
    finally:
        await here.stop()
