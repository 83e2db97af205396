"""Delivers the outbox: sends what may go, and looks up what may have gone."""

import asyncio
import logging
from functools import partial

from hotline.carriers.api import Carrier, CarrierError, Reaction, Sent
from hotline.model import phone_numbers
from hotline.model.outgoing import Outgoing
from hotline.outbound.outbox import AT_ONCE, LEASE, Outbox
from hotline.outbound.parcels import Parcel
from hotline.storage import Store, Transaction

log = logging.getLogger(__name__)

BEFORE = 7200.0  # seconds: the carrier's clock is not ours, and ours may be an hour wrong


class Delivery:
    """Sends several texts at once, each row in its order."""

    def __init__(self, store: Store, carrier: Carrier, outbox: Outbox) -> None:
        self._store, self._carrier, self._outbox = store, carrier, outbox

    async def deliver(self) -> bool:
        """Sends what is due and looks up what is in doubt. False when there was neither."""
        parcels = await self._store.run(self._outbox.take)
        doubtful = await self._store.run(_doubtful, self._outbox)
        await asyncio.gather(*map(self._send, parcels), *map(self._look_up, doubtful))
        return bool(parcels or doubtful)

    async def _send(self, parcel: Parcel) -> None:
        row = parcel.row
        try:
            for words in parcel.left:
                sent = await self._carrier.send(row.party, words, parcel.valid_for)
                await self._store.run(self._outbox.sent, row, sent.sid, sent.status, words)
        except CarrierError as error:
            if error.reaction not in (Reaction.AGAIN, Reaction.UNKNOWN):
                log.warning("a text to %s did not go: %s", phone_numbers.hide(row.party), error)
            return await self._store.run(self._outbox.failed, row, error.reaction, error.code)
        return await self._store.run(self._outbox.done, row)

    async def _look_up(self, row: Outgoing) -> None:
        """Whether the carrier has the text that we do not know to have gone."""
        known = await self._store.run(lambda tx: tx.outbox.known_sids(row.party))
        words = row.texts[len(row.sids)] if len(row.sids) < len(row.texts) else ""
        try:
            found = await self._carrier.find(row.party, words, row.tried_at - BEFORE)
        except CarrierError:
            return await self._store.run(self._outbox.look_later, row)
        new = [sent for sent in found if sent.sid not in known]
        if new and words:
            return await self._store.run(partial(self._it_went, row=row, sent=new[0], words=words))
        looks = int(row.reason.removeprefix("looked ")) if row.reason.startswith("looked ") else 0
        return await self._store.run(self._outbox.not_found, row, looks + 1)

    def _it_went(self, tx: Transaction, row: Outgoing, sent: Sent, words: str) -> None:
        """What is left of the row goes next; with nothing left it is done."""
        self._outbox.sent(tx, row, sent.sid, sent.status, words)
        if len(row.sids) + 1 < len(row.texts):
            tx.outbox.settle(row, "waiting", row.tried_at, reason="the rest")
        else:
            self._outbox.done(tx, row)


def _doubtful(tx: Transaction, outbox: Outbox) -> list[Outgoing]:
    now = outbox.now()
    return tx.outbox.lease_doubtful(AT_ONCE, now + LEASE, now)
