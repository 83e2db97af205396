"""Sends the waves: carries out what dispatch decides about each need."""

import logging
from collections.abc import Callable, Iterator

from hotline.community import Community
from hotline.dispatch import MINUTE, WEEK, Wave, plan
from hotline.engine.session import Prompt, Values
from hotline.records import NEWS, Need, Volunteer
from hotline.storage import Store, StoreDown, Transaction

log = logging.getLogger("hotline.waves")

ALERT_HOLDS = 60 * MINUTE  # after that an undelivered question is stale


class Waves:
    """Looks at one need a transaction, so that nobody's text waits behind a hundred waves."""

    def __init__(self, store: Store, community: Community, clock: Callable[[], float]) -> None:
        self._store, self._community, self._clock = store, community, clock

    async def send_one(self) -> bool:
        """False when no need is due. One that no wave can be made for must not hold up all others."""
        try:
            return await self._store.run(self._look_at_one)
        except StoreDown:
            raise
        except Exception:
            log.exception("no wave can be made for a need: it is set aside")
            return await self._store.run(self._set_aside)

    def _set_aside(self, tx: Transaction) -> bool:
        now = self._clock()
        need = tx.next_to_look_at(now)
        if need is not None:
            tx.wave_sent(need.number, need.wave, now + 60 * MINUTE, now)
            tx.flag_once("stumbled", need.neighbor, "", need.number, now)
        return need is not None

    def _look_at_one(self, tx: Transaction) -> bool:
        now = self._clock()
        need = tx.next_to_look_at(now)
        if need is None:
            return False
        wave = plan(need, _candidates(tx, need, self._community, now), self._community.rules, now)
        self._write(tx, need, wave, now)
        return True

    def _write(self, tx: Transaction, need: Need, wave: Wave, now: float) -> None:
        number = need.wave + 1 if wave.ask else need.wave
        told: Values = {"number": need.code, "what": (need.what,), "area": (need.area,)}
        for volunteer in wave.ask:
            offer = Prompt("alerts.offer_again" if volunteer.asked_before else "alerts.offer", values=told)
            tx.alert(need, volunteer.phone, number, offer, now, now + ALERT_HOLDS)
        tx.wave_sent(need.number, number, wave.look_at, now)
        if wave.waits_too_long:
            self._escalate(tx, need, told, now)

    def _escalate(self, tx: Transaction, need: Need, told: Values, now: float) -> None:
        """Nothing waits unseen: a person knows, and whoever asked knows that."""
        tx.escalated(need.number, now)
        tx.flag("nobody_yet", need.neighbor, "", need.number, now)
        tx.put(need.neighbor, [Prompt("news.nobody_yet", values=told)], need.number, NEWS, now)
        for phone in self._community.coordinators.values():
            tx.put(phone, [Prompt("news.coordinator", values=told)], need.number, NEWS, now)


def _candidates(tx: Transaction, need: Need, community: Community, now: float) -> Iterator[Volunteer]:
    """Those here, then those in the areas near by; nobody twice. Read only as far as the wave needs."""
    area = community.areas.get(need.area)
    seen: set[str] = set()
    for ring in (need.area, *(area.near if area else ())):
        for volunteer in tx.candidates(need, ring, now - WEEK, 10 * community.rules.wave_size):
            if volunteer.phone not in seen:
                seen.add(volunteer.phone)
                yield volunteer
