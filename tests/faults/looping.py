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
    steady: float = 0.0
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

    async def wait(self, _: float) -> None:
        """In the place of the store's: the end of a round."""
        self._done.set()
        await self._go.wait()
        self._go.clear()


@contextlib.asynccontextmanager
async def rounds(place: World, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Rounds]:
    """The worker runs; whatever goes wrong in a round is logged, and the next begins."""
    here = Rounds(place)
    monkeypatch.setattr("hotline.worker.REST", 0.0)
    for module in ("hotline.worker", "hotline.worker.set_back"):
        monkeypatch.setattr(f"{module}.time", SimpleNamespace(monotonic=lambda: here.steady))
    monkeypatch.setattr(place.hotline.store, "wait", here.wait)
    async with working(place.hotline.worker):
        await here._done.wait()
        yield here
