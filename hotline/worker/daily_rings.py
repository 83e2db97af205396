"""Daily rings: who is rung at this hour, who a second time, and whose ring was not made."""

from collections.abc import Callable

from hotline.community.model import Community
from hotline.model.due import DueRow, Kind
from hotline.outbound.daily_rings import DailyRings
from hotline.storage import Store, Transaction
from hotline.worker.poison_rows import RowByRow


class DailyRingWorker:
    """One ring a transaction, its person locked. Those that were not made are told together, once none is due."""

    kinds = frozenset((Kind.DAILY_RING,))

    def __init__(self, store: Store, rows: RowByRow, community: Community, clock: Callable[[], float]) -> None:
        self._store, self._rows, self._clock = store, rows, clock
        self._rings, self._on = DailyRings(community), community.sharing.rings
        self._untold = True  # perhaps whoever worked before was stopped before they told

    async def look_after_one(self) -> bool:
        """False when nothing is due."""
        return self._on and await self._rows.first(Kind.DAILY_RING, self._look)

    async def tell_not_made(self) -> None:
        """Coordinators hear of those that were not made, if there are any."""
        if self._on and self._untold:
            await self._store.run(self._rings.tell_not_made, self._clock())
            self._untold = False

    def _look(self, tx: Transaction, row: DueRow, now: float) -> None:
        tx.people.lock([row.party])
        ring = tx.daily_rings.of(row.party)
        if ring and self._rings.look_after(tx, ring, now):
            self._untold = True
