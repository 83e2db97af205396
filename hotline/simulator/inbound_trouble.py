"""Trouble on the way in: a text that comes twice, late, or behind a later one; a line on which everything is slow."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

LATE, SLOW = 8.0, 2.5  # real seconds

Bring = Callable[[], Awaitable[None]]


@dataclass
class InboundTrouble:
    """What goes wrong between a phone that texts and the hotline; nothing does at first."""

    twice: bool = False
    late: bool = False
    out_of_order: bool = False
    slow: bool = False
    _held: list[Bring] = field(default_factory=list)

    async def carry(self, bring: Bring, later: Callable[[float, Bring], object]) -> None:
        """Brings a text with all of it; `later` brings it after so many seconds."""
        if self.slow:
            await asyncio.sleep(SLOW)
        if self.late:
            later(LATE, bring)
            return
        if self.out_of_order and not self._held:
            self._held.append(bring)
            return
        await bring()
        held, self._held = self._held, []
        for each in held:
            await each()
        if self.twice:
            await bring()
