"""Sending texts: hands what may go to the carrier, and looks up what may have gone."""

import asyncio
import logging
from collections.abc import Callable
from functools import partial

from hotline.carriers.api import Carrier, CarrierError, Reaction, Sent
from hotline.model.outgoing import Outgoing
from hotline.model.pseudonyms import Somebody
from hotline.outbound.carrier_reports import CarrierReports
from hotline.outbound.leases import CLOCKS_APART
from hotline.outbound.outbox import ROWS_AT_ONCE, TextQueue, WordedRow, key_of
from hotline.storage import Store, Transaction
from hotline.worker.poison_rows import RowByRow
from hotline.worker.under_way import UnderWay

IN_A_BLOCK = 16  # rows leased at a time: those of a block come back together, and meanwhile the others are under way

After = Callable[[Transaction, Outgoing], None]

log = logging.getLogger(__name__)


class TextSender:
    """Sends several texts at once, each row in its order; none waits for the slow answer to another."""

    def __init__(
        self, store: Store, rows: RowByRow, carrier: Carrier, queue: TextQueue, reports: CarrierReports
    ) -> None:
        self._store, self._rows, self._carrier = store, rows, carrier
        self._queue, self._reports = queue, reports
        self.under_way = UnderWay(ROWS_AT_ONCE)

    async def send_due(self) -> bool:
        """Begins to send what is due, as far as there is room. False when nothing was, or there is none."""
        room = min(self.under_way.room, IN_A_BLOCK)
        due = await self._rows.guarded(partial(self._queue.take, room=room)) if room else []
        await self.under_way.begin(*map(self._send, due or ()), more=due is not None and len(due) == room > 0)
        return due is None or bool(due)

    async def look_up_doubtful(self) -> bool:
        """Looks up what is in doubt. False when nothing was."""
        doubtful = await self._store.run(self._queue.take_doubtful)
        await asyncio.gather(*map(self._look_up, doubtful))
        return bool(doubtful)

    async def _send(self, worded: WordedRow) -> None:
        row, due = worded.row, worded.due
        becomes = self._reports.done if worded.is_last else self._reports.goes_on
        try:
            for place, (words, key) in enumerate(due, 1):
                sent = await self._carrier.send(row.party, words, worded.valid_for, key)
                then = becomes if place == len(due) else None
                if not await self._store.run(self._went, row, sent, words, then):
                    raise CarrierError(Reaction.UNKNOWN, "the id of another text")
        except asyncio.CancelledError:  # the end, in the middle of it
            await self._store.run(self._reports.interrupted, row)
            raise
        except CarrierError as error:
            if error.reaction not in (Reaction.AGAIN, Reaction.UNKNOWN):
                log.warning("a text to %s did not go: %s", Somebody(row.party), error)
            return await self._store.run(self._reports.failed, row, error.reaction, error.code, error.after)
        if not due:
            await self._store.run(becomes, row)
        log.info("a text to %s: went (%s)", Somebody(row.party), ", ".join(prompt.key for prompt in row.prompts))
        return None

    def _went(
        self,
        tx: Transaction,
        row: Outgoing,
        sent: Sent,
        words: str,
        then: Callable[[Transaction, Outgoing], None] | None,
    ) -> bool:
        """One text of a row, and with the last of them what becomes of the row: one COMMIT for both."""
        went = self._reports.sent(tx, row, sent.sid, sent.status, words)
        if went and then:
            then(tx, row)
        return went

    async def _look_up(self, row: Outgoing) -> None:
        """Whether the carrier has the text that we do not know to have gone."""
        words = row.texts[len(row.sids)] if len(row.sids) < len(row.texts) else ""
        try:
            found = await self._carrier.find(row.party, words, row.tried_at - CLOCKS_APART, key_of(row))
        except CarrierError as error:
            return await self._store.run(self._reports.not_readable, row, error.after)
        known = await self._store.run(lambda tx: tx.outbox.known_sids(sent.sid for sent in found))
        new = [sent for sent in found if sent.sid not in known]
        if new and words:
            return await self._store.run(partial(self._it_went, row=row, sent=new[0], words=words))
        return await self._store.run(self._reports.not_found, row)

    def _it_went(self, tx: Transaction, row: Outgoing, sent: Sent, words: str) -> None:
        """What is left of the row goes next; with nothing left it is done."""
        self._reports.sent(tx, row, sent.sid, sent.status, words, found=True)
        if len(row.sids) + 1 < len(row.texts):
            self._reports.goes_on(tx, row)
        else:
            self._reports.done(tx, row)
