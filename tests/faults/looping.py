"""All that the worker does, one round at a time, by a clock that the test turns."""

import contextlib
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from types import SimpleNamespace

import pytest

from tests.world import World

log = logging.getLogger(__name__)


@dataclass
class Rounds:
    """Everything that the worker's loops do, once for each tick. `steady` is the machine's steady clock."""

    place: World
    steady: float = 0.0

    async def tick(self, seconds: float = 0.0) -> None:
        """Time passes; the worker does all it has to do then. What goes wrong is logged."""
        self.place.clock.now += seconds
        self.steady += seconds
        worker = self.place.hotline.worker
        for chore in (worker.beat, worker.work_off, worker.reconcile_now_and_then):
            try:
                await chore()
            except Exception:
                log.exception("the worker stumbled and goes on")
                break
        await self.place.exchange.settle()

    async def pass_time(self, seconds: float, step: float) -> None:
        """Tick after tick."""
        for _ in range(int(seconds / step)):
            await self.tick(step)

    async def start_anew(self) -> None:
        """The hotline stops and starts again; nobody tells the new one what the time was."""
        await self.place.restart()
        await self.tick()


@contextlib.asynccontextmanager
async def rounds(place: World, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Rounds]:
    """The worker has gone round once."""
    here = Rounds(place)
    for module in ("hotline.worker.worker", "hotline.worker.clock_step"):
        monkeypatch.setattr(f"{module}.time", SimpleNamespace(monotonic=lambda: here.steady))
    await here.tick()
    yield here
