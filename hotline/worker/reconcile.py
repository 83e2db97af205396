"""Reconciling with the carrier: texts that came while we were down, calls that failed, statuses left in between."""

import logging
from collections.abc import Callable

from hotline.carriers import parse
from hotline.carriers.api import Carrier, CarrierError
from hotline.carriers.webhooks import RANKS, Webhook
from hotline.inbound.switchboard import Switchboard
from hotline.model.calendar import DAY, MINUTE
from hotline.model.events import Text
from hotline.outbound.carrier_reports import CarrierReports
from hotline.storage import Store, StoreDown, Transaction

log = logging.getLogger(__name__)

OVERLAP = 15 * MINUTE  # looked at once more each time: the carrier's lists are not instant
IN_FLIGHT = 30.0  # seconds: a webhook younger than this may still be on its way
PENDING_FROM, PENDING_UNTIL = DAY, 5 * MINUTE  # ago
TEXTS_AT_ONCE = 50


class Reconciler:
    """Looks through the carrier's lists, on start and every few minutes."""

    def __init__(
        self,
        store: Store,
        carrier: Carrier,
        switchboard: Switchboard,
        reports: CarrierReports,
        clock: Callable[[], float],
    ) -> None:
        self._store, self._carrier, self._switchboard, self._reports = store, carrier, switchboard, reports
        self._clock = clock

    async def look(self) -> None:
        """Everything once. What the carrier does not tell now is looked at the next time."""
        now = self._clock()
        since = await self._store.run(_since, now)
        try:
            await self._texts(since, now)
            await self._calls(since)
            await self._statuses(now)
        except CarrierError as error:
            log.warning("the carrier's lists cannot be read now: %s", error)
            return
        await self._store.run(lambda tx: tx.heartbeat.set_mark("caught_up", now))

    async def _texts(self, since: float, now: float) -> None:
        """Answered in the order in which they were written."""
        for hook in await self._carrier.received(since - OVERLAP, now - IN_FLIGHT):
            if not await self._store.run(lambda tx, id: tx.inbound.is_known(id), parse.text_id(hook)):
                came = parse.text(hook, self._switchboard.country, "fetched")
                await self._answer(came)

    async def _answer(self, came: Text) -> None:
        try:
            await self._store.run(self._switchboard.answer_late, came)
        except StoreDown:
            raise
        except Exception:
            log.exception("a text that was fetched is set aside: a mistake of ours")
            await self._store.run(self._switchboard.set_aside, came)

    async def _calls(self, since: float) -> None:
        for hook in await self._carrier.missed(since - OVERLAP):
            await self._store.run(self._missed, hook)

    def _missed(self, tx: Transaction, hook: Webhook) -> None:
        """A call that got no answer is a person who was not heard: shown, never rung back by itself."""
        call, now = parse.missed_call(hook), self._clock()
        if not tx.inbound.is_known(call.id):
            tx.inbound.receive(f"{call.id}/", call.caller, "voice", "", "missed", now)
            tx.flags.add("missed_call", call.caller, call.status, 0, now)

    async def _statuses(self, now: float) -> None:
        for sid in await self._store.run(
            lambda tx: tx.outbox.pending(now - PENDING_FROM, now - PENDING_UNTIL, TEXTS_AT_ONCE)
        ):
            status, code = await self._carrier.status(sid)
            await self._store.run(self._reports.reported, sid, status, RANKS.get(status, 0), code)


def _since(tx: Transaction, now: float) -> float:
    """Since when nothing was looked through; a hotline that never ran begins now."""
    since = tx.heartbeat.mark("caught_up")
    if since is None:
        tx.heartbeat.set_mark("caught_up", now)
    return now if since is None else since
