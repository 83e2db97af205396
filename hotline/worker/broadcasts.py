"""Broadcasts: messages of the team's to many people, whose next few texts are due."""

from hotline.model.due import Kind
from hotline.outbound.broadcast import Broadcasting
from hotline.worker.poison_rows import RowByRow


class BroadcastWorker:
    """Some people of one message a transaction."""

    def __init__(self, rows: RowByRow, broadcasting: Broadcasting) -> None:
        self._rows, self._broadcasting = rows, broadcasting

    async def pass_on(self) -> bool:
        """The next few. False when nothing is due."""
        return await self._rows.first(Kind.BROADCAST, self._broadcasting.pass_on)
