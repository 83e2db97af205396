"""Placing calls: rings one person after the other, and looks up the calls of which nobody knows what became."""

import asyncio
import logging
from functools import partial

from hotline.carriers.api import Carrier, CarrierError, Reaction
from hotline.inbound.call_ended import EndedCalls
from hotline.model.calls import Ring
from hotline.model.pseudonyms import Somebody
from hotline.outbound.call_queue import CallQueue
from hotline.outbound.leases import CLOCKS_APART
from hotline.storage import Store
from hotline.worker.poison_rows import RowByRow
from hotline.worker.under_way import UnderWay

log = logging.getLogger(__name__)

CALLS_AT_ONCE = 4  # whose placing the carrier has not answered yet


class CallPlacer:
    """Places calls, some at once. `voice_url` is asked for what is said, `status_url` hears how it ended."""

    def __init__(
        self,
        store: Store,
        rows: RowByRow,
        carrier: Carrier,
        queue: CallQueue,
        ended: EndedCalls,
        voice_url: str,
        status_url: str,
    ) -> None:
        self._store, self._rows, self._carrier, self._queue, self._ended = store, rows, carrier, queue, ended
        self._voice_url, self._status_url = voice_url, status_url
        self.under_way = UnderWay(CALLS_AT_ONCE)

    async def ring_one(self) -> bool:
        """False when nobody is due, or so many calls are being placed already."""
        if not self.under_way.room:
            await self.under_way.begin()
            return False
        taken = await self._rows.guarded(self._queue.take)
        if taken is None:
            return True
        ring, looked = taken
        if ring is not None:
            await self.under_way.begin(self._place(ring))
        return looked

    async def look_up_doubtful(self) -> bool:
        """Looks one call up of which nobody knows what became; False when there is none."""
        doubtful = await self._store.run(self._queue.take_doubtful)
        if doubtful is not None:
            await self._look_up(doubtful)
        return doubtful is not None

    async def _place(self, ring: Ring) -> None:
        """Each step of the call, and its end, say which call it is: they may come before we know the carrier's id."""
        mark = f"?out={ring.id}"
        to, seconds = await self._store.run(self._queue.how_to_ring, ring)
        try:
            sent = await self._carrier.ring(to, self._voice_url + mark, self._status_url + mark, seconds)
        except asyncio.CancelledError:  # the end, in the middle of it
            await self._store.run(self._queue.interrupted, ring.id)
            raise
        except CarrierError as error:
            if error.reaction not in (Reaction.AGAIN, Reaction.UNKNOWN):
                log.warning("%s could not be rung: %s", Somebody(ring.party), error)
            return await self._store.run(self._queue.refused, ring.id, error.reaction, error.code, error.after)
        log.info("a call to %s: placed", Somebody(ring.party))
        return await self._store.run(self._queue.placed, ring.id, sent.sid)

    async def _look_up(self, ring: Ring) -> None:
        """A call that was placed is asked about by its id; one that may have been is looked for first."""
        try:
            if ring.status == "ringing":
                status = await self._carrier.call_ended(ring.sid)
                if status:
                    await self._store.run(self._ended.ended, ring.sid, ring.id, ring.party, status)
                return
            to = await self._store.run(self._queue.number_of, ring)
            found = await self._carrier.find_call(to, ring.tried_at - CLOCKS_APART)
        except CarrierError as error:
            log.warning("a call to %s cannot be looked up now: %s", Somebody(ring.party), error)
            return
        known = await self._store.run(lambda tx: tx.calls.known_sids(sent.sid for sent in found))
        new = [sent for sent in found if sent.sid not in known]
        if new:
            await self._store.run(partial(self._queue.placed, id=ring.id, sid=new[0].sid, found=True))
        else:
            await self._store.run(self._queue.missing, ring.id)
