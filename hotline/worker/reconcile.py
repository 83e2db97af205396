"""Reconciling with the carrier: texts that came while we were down, calls that failed, statuses left in between."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from hotline.carriers.api import OVER, Carrier, CarrierError, Listed, Reaction
from hotline.community.model import Community
from hotline.inbound.switchboard import Switchboard
from hotline.model.calendar import DAY, MINUTE
from hotline.model.events import MissedCall, Text
from hotline.model.flags import CALLED_BACK_WITHIN, MISSED_CALL
from hotline.outbound import sender_hold
from hotline.outbound.carrier_reports import CarrierReports
from hotline.outbound.sender_hold import LISTS
from hotline.storage import Store, StoreDown, Transaction

log = logging.getLogger(__name__)

T = TypeVar("T")

OVERLAP = 15 * MINUTE  # looked at once more each time: the carrier's lists are not instant
IN_FLIGHT = 30.0  # seconds: a webhook younger than this may still be on its way
AT_ONCE = DAY  # of a long absence, as much as is read at a time
TEXTS_AT_ONCE = 50
LONGEST_LOOK = 60.0  # seconds for the statuses of all of them
TEXTS_MARK, CALLS_MARK = "caught_up", "caught_up_calls"


class Reconciler:
    """Looks through the carrier's lists, on start and every minute."""

    def __init__(
        self,
        store: Store,
        carrier: Carrier,
        switchboard: Switchboard,
        reports: CarrierReports,
        community: Community,
        clock: Callable[[], float],
    ) -> None:
        self._store, self._carrier, self._switchboard, self._reports = store, carrier, switchboard, reports
        self._community, self._clock = community, clock

    async def look(self) -> None:
        """Everything once, one after the other."""
        await self.texts()
        await self.calls()
        await self.statuses()

    async def texts(self) -> None:
        """Texts that never reached us are answered in the order in which they were written."""
        await self._catch_up(TEXTS_MARK, self._carrier.received, self._fetched)

    async def calls(self) -> None:
        """Calls that failed before we answered are shown to a person."""
        await self._catch_up(CALLS_MARK, self._carrier.missed, self._came_in_vain)

    async def _catch_up(
        self,
        mark: str,
        read: Callable[[float, float], Awaitable[Listed[T]]],
        look_at: Callable[[T], Awaitable[None]],
    ) -> None:
        """Goes through one list from where it was read to its end the last time. What the carrier does not tell now is
        looked at the next time."""
        now = self._clock()
        since = await self._store.run(_since, mark, now)
        until = float("-inf")
        while until < now:
            until = min(now, since + AT_ONCE)
            try:
                listed = await read(since - OVERLAP, until - IN_FLIGHT)
            except CarrierError as error:
                await self._unreadable(error, now)
                return
            for each in listed.found:
                await look_at(each)
            if not listed.whole:
                await self._unreadable(CarrierError(Reaction.UNKNOWN, "a list without an end"), now)
                return
            await self._store.run(_read_until, mark, until)
            since = until

    async def _unreadable(self, error: CarrierError, now: float) -> None:
        log.warning("the carrier's lists cannot be read now: %s", error)
        if error.reaction is Reaction.UNKNOWN:
            await self._store.run(sender_hold.made_no_sense, self._community, LISTS, error.code, now)

    async def _fetched(self, came: Text) -> None:
        if not await self._store.run(lambda tx, id: tx.inbound.is_known(id), came.id):
            await self._answer(came)

    async def _answer(self, came: Text) -> None:
        try:
            await self._store.run(self._switchboard.answer_late, came)
        except StoreDown:
            raise
        except Exception:
            log.exception("a text that was fetched is set aside: a mistake of ours")
            await self._store.run(self._switchboard.set_aside, came)

    async def _came_in_vain(self, call: MissedCall) -> None:
        await self._store.run(self._missed, call)

    def _missed(self, tx: Transaction, call: MissedCall) -> None:
        """A call that got no answer is a person who was not heard: shown, never rung back by itself."""
        now = self._clock()
        if not tx.inbound.is_known(call.id):
            tx.inbound.receive(f"{call.id}/", call.caller, "voice", "", "missed", now)
            me = tx.people.get(call.caller, now)
            tx.people.place(me.session.but(call=call.id), now)  # their next text is heard as one after a call
            tx.flags.add(MISSED_CALL, call.caller, call.status, 0, now)
            tx.flags.missed(call.caller, now + CALLED_BACK_WITHIN)

    async def statuses(self) -> None:
        """Texts of which the last word never came, each asked for less and less often. Nothing waits for this, so it
        takes no longer than it may."""
        pending = await self._store.run(lambda tx: tx.outbox.pending(self._clock(), TEXTS_AT_ONCE))
        try:
            async with asyncio.timeout(LONGEST_LOOK):
                for sid, asks in pending:
                    await self._status(sid, asks)
        except TimeoutError:
            log.warning("the carrier tells the status of texts too slowly: the others are asked for later")

    async def _status(self, sid: str, asks: int) -> None:
        """One text whose status cannot be had keeps nobody from that of the next; it is asked for later, like one of
        which there is no last word."""
        try:
            known = await self._carrier.status(sid)
        except CarrierError as error:
            log.warning("the status of a text cannot be had now: %s", error)
        else:
            await self._store.run(self._reports.reported, sid, known.status, known.rank, known.code)
            if known.rank >= OVER:
                return
        if not await self._store.run(lambda tx: tx.outbox.asked(sid, asks + 1, self._clock())):
            log.warning("the carrier never told what became of a text: that stays unknown")


def _since(tx: Transaction, mark: str, now: float) -> float:
    """Since when a list was not read; a hotline that never ran begins now."""
    since = tx.heartbeat.mark(mark)
    if since is None:
        since = tx.heartbeat.mark(TEXTS_MARK)  # both had the same once
    if since is None:
        tx.heartbeat.set_mark(mark, now)
    return now if since is None else since


def _read_until(tx: Transaction, mark: str, until: float) -> None:
    tx.heartbeat.set_mark(mark, until)
    sender_hold.made_sense(tx, LISTS, until)
