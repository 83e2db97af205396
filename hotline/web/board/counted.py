"""Counted: the figures behind the pictures, counted once for all who look, and again where they are old."""

import asyncio
import time
from collections.abc import Callable, Sequence

from hotline.storage import Store
from hotline.storage.board_figures import Figures, figures

SHARE = 20  # of twenty seconds one goes into counting at most: so old the figures of a large town are


class Counted:
    """The figures, counted again where they are old: as old as it takes to count them, many times over."""

    def __init__(self, store: Store, clock: Callable[[], float]) -> None:
        self._store, self._clock = store, clock
        self._counting = asyncio.Lock()
        self._found: tuple[Figures, float] | None = None
        self._good_until = 0.0

    async def figures(self, weeks: Sequence[float], sent: int, lately: float) -> tuple[Figures, float]:
        """(the figures, as of when they are)."""
        async with self._counting:
            begun, now = time.monotonic(), self._clock()
            if self._found is None or begun >= self._good_until or self._found[0].weeks[-1].since != weeks[-1]:
                self._found = await figures(self._store, weeks, sent, lately, now), now
                self._good_until = begun + SHARE * (time.monotonic() - begun)
            return self._found
