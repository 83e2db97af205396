"""Days together: the reminder in the evening before, the question whether it takes place, and their end."""

from hotline.community.model import Community
from hotline.dispatch.gatherings import NextOfGathering
from hotline.engine.answers import Heard
from hotline.flows.sharing.gatherings.mine import day_weather
from hotline.flows.sharing.gifts.about import ONE
from hotline.inbound.load_facts import load_facts
from hotline.model.due import DueRow, Kind
from hotline.outbound.gatherings import GatheringNews
from hotline.storage import Transaction
from hotline.worker.poison_rows import RowByRow
from hotline.worker.put_question import put_question


class GatheringWorker:
    """One day together a transaction. Locks are taken as by whoever writes: first the person, then the day."""

    kinds = frozenset((Kind.DAY,))

    def __init__(self, rows: RowByRow, community: Community) -> None:
        self._rows, self._community, self._gatherings = rows, community, GatheringNews(community)

    async def look_after_one(self) -> bool:
        """One that is due. False when none is."""
        return await self._rows.first(Kind.DAY, self._look)

    def _look(self, tx: Transaction, row: DueRow, now: float) -> None:
        facts = load_facts(tx, tx.people.get(row.party, now), Heard(), self._community, now)
        tx.gatherings.lock([int(row.id)])
        gathering = tx.gatherings.get(int(row.id))
        if gathering is None or not gathering.live:
            return
        if self._gatherings.look_after(tx, gathering, now) is NextOfGathering.DECIDE:
            put_question(tx, day_weather, {ONE: gathering.code}, facts)
