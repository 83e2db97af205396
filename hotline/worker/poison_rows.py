"""Poison rows: one due row that the program stumbles over is set aside alone, and everything else goes on.

Chores take up one row a transaction. Whatever goes wrong with it undoes that transaction; then the row alone is put
off for an hour and tried again. A person sees it among the flags, and coordinators are texted once: it is a mistake of
ours, and nobody else notices that something does not happen.
"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from hotline.community.model import Community
from hotline.model.calendar import HOUR
from hotline.model.due import DueRow, Kind
from hotline.outbound import notify_coordinators
from hotline.storage import Store, StoreDown, Transaction

T = TypeVar("T")
Mark = Callable[[DueRow], None]
"""Says which row is taken up now."""
Work = Callable[[Transaction, DueRow, float], None]

log = logging.getLogger(__name__)

SET_ASIDE_FOR = HOUR
WHY = "set_aside"


class RowByRow:
    """Runs chores for the worker, each row of them on its own."""

    def __init__(self, store: Store, community: Community, clock: Callable[[], float]) -> None:
        self._store, self._community, self._clock = store, community, clock

    async def first(self, kind: Kind, work: Work, waits: float = 0.0) -> bool:
        """Looks after the first row of a kind that is due for `waits` seconds; False when there is none."""

        def turn(tx: Transaction, mark: Mark) -> bool:
            now = self._clock()
            row = tx.due.next(kind, now - waits)
            if row is None:
                return False
            mark(row)
            work(tx, row, now)
            return True

        return await self.guarded(turn, waits) is not False

    async def guarded(self, turn: Callable[[Transaction, Mark], T], waits: float = 0.0) -> T | None:
        """What the turn gives; None when it stumbled over the row that it had marked last."""
        marked: list[DueRow] = []

        def begun(tx: Transaction) -> T:
            marked.clear()  # a turn may be run again
            return turn(tx, marked.append)

        return await self._tried(self._store.run(begun), marked, waits)

    async def tried(self, row: DueRow, work: Awaitable[None]) -> None:
        """The same for a row that was leased before, and is more than one transaction."""
        await self._tried(work, [row])

    async def _tried(self, work: Awaitable[T], marked: Sequence[DueRow], waits: float = 0.0) -> T | None:
        try:
            return await work
        except StoreDown:
            raise
        except Exception as error:
            if not marked:
                raise
            log.exception("a row is set aside for an hour: %s", marked[-1].kind)
            await self._store.run(self._set_aside, marked[-1], type(error).__name__, waits)
            return None

    def _set_aside(self, tx: Transaction, row: DueRow, error: str, waits: float) -> None:
        """It is tried again later, and a person knows. `error` is the kind of mistake, never what it was made of."""
        now = self._clock()
        tx.due.put_off(row, now + SET_ASIDE_FOR - waits)
        if tx.flags.add_once(WHY, row.party, f"{row.kind}: {error}", row.about, now):
            notify_coordinators.set_aside(tx, self._community, now)
