"""Broadcasts: messages of the team's to many people, whose next few texts are due."""

from hotline.model.due import Kind
from hotline.outbound.broadcasts import Broadcasting
from hotline.worker.poison_rows import RowByRow


class BroadcastWorker:
    """Some people of one message a transaction."""

    kinds = frozenset((Kind.BROADCAST,))

    def __init__(self, rows: RowByRow, broadcasting: Broadcasting) -> None:
        self._rows, self._broadcasting = rows, broadcasting

    async def look_after_one(self) -> bool:
        """The next few. False when nothing is due."""
        return await self._rows.first(Kind.BROADCAST, self._broadcasting.pass_on)
