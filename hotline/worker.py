"""Delivers the outbox and sends the waves: everything that happens without anybody asking just now."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterator

from hotline import phones
from hotline.carriers import Carrier, CarrierError, Reaction
from hotline.channels import text
from hotline.channels.catalogue import Catalogue
from hotline.community import Community
from hotline.dispatch import WEEK, Wave, plan
from hotline.engine.session import Prompt, Values
from hotline.records import Need, Volunteer
from hotline.storage import Store, StoreDown, Transaction
from hotline.storage.store import Outgoing

log = logging.getLogger("hotline.worker")

AT_ONCE = 32  # texts under way at the carrier
LEASE = 60.0  # seconds after which another worker may take a row over; longer than any send takes
REST = 1.0  # seconds at most between two looks
MOST_ATTEMPTS = 5
ALERT_HOLDS = 3600  # seconds after which an undelivered question is not asked any more
PAUSES = {Reaction.AGAIN: 5.0, Reaction.LATER: 1800.0, Reaction.STOP: 300.0}
NEWS = 2
ALERT = 3


class Worker:
    """One worker; several may run at once, since every row is leased before it is sent."""

    def __init__(
        self, store: Store, carrier: Carrier, catalogue: Catalogue, clock: Callable[[], float], name: str = "worker"
    ) -> None:
        self._store, self._carrier, self._catalogue, self._clock = store, carrier, catalogue, clock
        self._wake, self._name = asyncio.Event(), name

    def wake(self) -> None:
        """There may be something to do."""
        self._wake.set()

    async def run(self) -> None:
        """Works until it is cancelled. Whatever goes wrong is logged, and tried again after a rest."""
        while True:
            self._wake.clear()
            try:
                await self._store.run(Transaction.beat, self._name, self._clock())
                await self.work_off()
            except StoreDown as error:
                log.error("the database does not answer: %s", error)
            except Exception:
                log.exception("the worker stumbled and goes on")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), REST)

    async def work_off(self) -> None:
        """Does everything that is due now, and what becomes due by it."""
        while await self._send_a_wave() or await self._deliver():
            pass

    async def _send_a_wave(self) -> bool:
        return await self._store.run(self._look_at_one)

    def _look_at_one(self, tx: Transaction) -> bool:
        """One need a transaction, so that nobody's text waits behind a hundred waves."""
        now = self._clock()
        need = tx.next_to_look_at(now)
        if need is None:
            return False
        community = self._catalogue.community
        wave = plan(need, _candidates(tx, need, community, now), community.rules, now)
        self._write(tx, need, wave, now)
        return True

    def _write(self, tx: Transaction, need: Need, wave: Wave, now: float) -> None:
        number = need.wave + 1 if wave.ask else need.wave
        told: Values = {"number": need.code, "what": (need.what,), "area": (need.area,)}
        for volunteer in wave.ask:
            tx.alert(need, volunteer.phone, number, Prompt("alerts.offer", values=told), now)
        tx.wave_sent(need.number, number, wave.look_at, now)
        if wave.waits_too_long:
            self._escalate(tx, need, told, now)

    def _escalate(self, tx: Transaction, need: Need, told: Values, now: float) -> None:
        """Nothing waits unseen: a person knows, and whoever asked knows that."""
        tx.escalated(need.number, now)
        tx.flag("nobody_yet", need.neighbor, "", need.number, now)
        tx.put(need.neighbor, Prompt("news.nobody_yet", values=told), need.number, NEWS, now)
        for phone in self._catalogue.community.coordinators.values():
            tx.put(phone, Prompt("news.coordinator", values=told), need.number, ALERT, now)

    async def _deliver(self) -> bool:
        """Sends what is due, several at once. True when anything was."""
        now = self._clock()
        rows = await self._store.run(Transaction.lease_due, AT_ONCE, now + LEASE, now)
        await asyncio.gather(*(self._send(row) for row in rows))
        return bool(rows)

    async def _send(self, row: Outgoing) -> None:
        language, can_text, opted_out = await self._store.run(Transaction.reach, row.party)
        if opted_out or not can_text or not row.party.startswith("+"):
            return await self._settle(row, "dropped", "cannot be reached by text")
        sids = list(row.sids)
        texts = text.render([row.prompt], language, self._catalogue)
        try:
            for body in texts[len(sids) :]:
                sent = await self._carrier.send(row.party, body, ALERT_HOLDS if row.priority == ALERT else None)
                sids.append(sent.sid)
                await self._store.run(Transaction.sent_as, sent.sid, row, sent.status, self._clock())
        except CarrierError as error:
            return await self._react(row, error, sids)
        return await self._settle(row, "sent", "", sids=sids)

    async def _react(self, row: Outgoing, error: CarrierError, sids: list[str]) -> None:
        log.warning("a text to %s did not go: %s", phones.hide(row.party), error)
        pause = PAUSES.get(error.reaction)
        if pause is None or row.attempts >= MOST_ATTEMPTS:
            return await self._settle(row, "failed", str(error), sids=sids)
        return await self._settle(row, "waiting", str(error), self._clock() + pause * row.attempts, sids)

    async def _settle(
        self, row: Outgoing, status: str, reason: str, due_at: float = 0.0, sids: list[str] | None = None
    ) -> None:
        def settle(tx: Transaction) -> None:
            tx.settle(row, status, self._clock(), reason=reason, due_at=due_at, sids=sids or row.sids)

        await self._store.run(settle)


def _candidates(tx: Transaction, need: Need, community: Community, now: float) -> Iterator[Volunteer]:
    """Those here, then those in the areas near by; nobody twice. Read only as far as the wave needs."""
    area = community.areas.get(need.area)
    seen: set[str] = set()
    for ring in (need.area, *(area.near if area else ())):
        for volunteer in tx.candidates(need, ring, now - WEEK, 10 * community.rules.wave_size):
            if volunteer.phone not in seen:
                seen.add(volunteer.phone)
                yield volunteer
