"""Operator watch: looks every minute whether the hotline works, and texts whoever runs it when it does not.

It runs beside the web process and not among the worker's chores, and sends for itself: a dead worker tells nobody.
"""

import asyncio
import logging
import shutil
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from hotline.carriers.api import Carrier, CarrierError
from hotline.model.calendar import MINUTE
from hotline.model.heartbeat import BACKED_UP
from hotline.monitoring.troubles import ONCE_IN, Seen, Told, to_tell, troubles
from hotline.outbound.operator_news import TestTexts, Worded
from hotline.storage import Store, StoreDown, Transaction

log = logging.getLogger(__name__)

EVERY = MINUTE
TOLD = "operator_told"  # the mark that says when the operator was told last
PATIENCE = 15.0  # seconds for our own address


class OperatorWatch:
    """Watches one hotline. `refused` says whether webhooks are refused, `folders` are those that must not fill, and
    `reach` tries our own address from outside."""

    def __init__(
        self,
        store: Store,
        carrier: Carrier,
        worded: Worded,
        tests: TestTexts,
        refused: Callable[[], bool],
        folders: Sequence[Path],
        reach: Callable[[], Awaitable[bool]],
        clock: Callable[[], float],
    ) -> None:
        self._store, self._carrier, self._worded, self._tests = store, carrier, worded, tests
        self._refused, self._folders, self._reach, self._clock = refused, folders, reach, clock
        self._told, self._unreachable = Told(), False

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            await asyncio.sleep(EVERY)
            await self.look()

    async def look(self) -> None:
        """Once."""
        now = self._clock()
        seen = await self._look(now)
        found = troubles(seen, now)
        told = to_tell(found, self._told, now)
        if told and await self._may_tell(seen, now):
            await self._tell(told)
            self._told = Told(frozenset(found), now)

    async def _look(self, now: float) -> Seen | None:
        try:
            tested = await self._store.run_behind(self._tests.look, now)
            if tested.begins:
                await self._try_address()
            return await self._store.run_behind(self._seen, tested.unanswered)
        except StoreDown:
            return None

    async def _try_address(self) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                self._unreachable = not await self._reach()
        except (TimeoutError, OSError):
            self._unreachable = True

    def _seen(self, tx: Transaction, unanswered: bool) -> Seen:
        return Seen(
            beat_at=tx.heartbeat.health().beat_at,
            free=min((shutil.disk_usage(folder).free for folder in self._folders), default=2**62),
            refused=self._refused(),
            backed_up_at=tx.heartbeat.mark(BACKED_UP),
            people_since=tx.people.first_at(),
            minds_backups=self._worded.operator.backups,
            unanswered=unanswered,
            unreachable=self._unreachable,
        )

    async def _may_tell(self, seen: Seen | None, now: float) -> bool:
        """Once an hour of all processes together; where the database is gone, each by itself."""
        if seen is None:
            return True
        return await self._store.run_behind(lambda tx: tx.heartbeat.take_mark(TOLD, now - ONCE_IN, now))

    async def _tell(self, told: tuple[str, ...]) -> None:
        log.warning("the operator is told: %s", ", ".join(told))
        try:
            for words in self._worded.texts(told):
                await self._carrier.send(self._worded.operator.phone, words)
        except CarrierError as error:
            log.error("the operator cannot be texted: %s", error)
