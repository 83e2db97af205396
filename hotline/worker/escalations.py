"""Escalations: somebody asked for a person and nobody has looked for ten minutes, so a coordinator is rung."""

from collections.abc import Callable

from hotline.community.model import Community
from hotline.outbound import notify_coordinators
from hotline.storage import Store, Transaction


class EscalationWorker:
    """One flag a transaction."""

    def __init__(self, store: Store, community: Community, clock: Callable[[], float]) -> None:
        self._store, self._community, self._clock = store, community, clock

    async def look_after_one(self) -> bool:
        """False when nothing is due."""
        return await self._store.run(self._look)

    def _look(self, tx: Transaction) -> bool:
        now = self._clock()
        flag = tx.flags.next_to_ring(now)
        if flag is None:
            return False
        if tx.flags.take_to_ring(flag.id, now):
            notify_coordinators.rung_for_a_person(tx, self._community, flag, now)
        return True
