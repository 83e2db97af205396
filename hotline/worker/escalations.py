"""Escalations: somebody asked for a person and nobody has looked for ten minutes, so a coordinator is rung; words wait
for a number that is not said, so coordinators read them; a call was missed and nobody called back for days;
calls without a number, or with wrong PINs, were counted for an hour."""

from hotline.community.model import Community
from hotline.model.due import DueRow, Kind
from hotline.model.flags import MISSED
from hotline.outbound import notify_coordinators
from hotline.storage import Transaction
from hotline.worker.poison_rows import RowByRow


class EscalationWorker:
    """One flag a transaction."""

    kinds = frozenset((Kind.PERSON,))

    def __init__(self, rows: RowByRow, community: Community) -> None:
        self._rows, self._community = rows, community

    async def look_after_one(self) -> bool:
        """False when nothing is due."""
        return await self._rows.first(Kind.PERSON, self._ring)

    def _ring(self, tx: Transaction, row: DueRow, now: float) -> None:
        id = int(row.id)
        if not tx.flags.take_to_ring(id, now):
            return
        flag = tx.flags.to_ring(id)
        if flag.why == notify_coordinators.WORDS_WAIT:
            notify_coordinators.words_wait(tx, self._community, flag, now)
        elif flag.why in notify_coordinators.CROWDS:
            notify_coordinators.how_many_more(tx, self._community, flag, now)
        elif flag.why in MISSED:
            notify_coordinators.not_called_back(tx, self._community, flag, now)
        else:
            notify_coordinators.rung_for_a_person(tx, self._community, flag, now)
