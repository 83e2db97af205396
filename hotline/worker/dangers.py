"""Dangers: silence after our question counts as a yes, coordinators are reminded, and what waited too long goes on."""

import logging
from collections.abc import Callable

from hotline.community.model import Community
from hotline.dispatch.follow_up import NextAboutDanger, due_about_danger
from hotline.engine.answers import Heard
from hotline.inbound.load_facts import load_facts
from hotline.model.calendar import HOUR
from hotline.model.dangers import DangerCase
from hotline.outbound import danger_alarm
from hotline.storage import Store, StoreDown, Transaction

log = logging.getLogger(__name__)


class DangerWorker:
    """One danger a transaction. Locks are taken as by whoever writes: first the person, then their needs."""

    def __init__(self, store: Store, community: Community, clock: Callable[[], float]) -> None:
        self._store, self._community, self._clock = store, community, clock

    async def look_after_one(self) -> bool:
        """False when nothing is due. A danger that cannot be looked after must not hold up all others."""
        try:
            return await self._store.run(self._look)
        except StoreDown:
            raise
        except Exception:
            log.exception("a danger cannot be looked after: it is set aside")
            return await self._store.run(self._set_aside)

    def _set_aside(self, tx: Transaction) -> bool:
        now = self._clock()
        found = tx.dangers.next(now)
        if found:
            tx.dangers.look_again(found.id, now + HOUR)
            tx.flags.add_once("stumbled", found.party, "", found.need, now)
        return found is not None

    def _look(self, tx: Transaction) -> bool:
        now = self._clock()
        found = tx.dangers.next(now)
        if found is None:
            return False
        numbers = (found.need,) if found.need else ()
        load_facts(tx, tx.people.get(found.party, now), Heard(), self._community, now, numbers)
        case = tx.dangers.still_due(found.id, now)
        if case:
            self._look_after(tx, case, now)
        return True

    def _look_after(self, tx: Transaction, case: DangerCase, now: float) -> None:
        need = tx.needs.get(case.need) if case.need else None
        step, look_at = due_about_danger(case, danger_alarm.waits(tx, case, need), now)
        tx.dangers.look_again(case.id, look_at)
        match step:
            case NextAboutDanger.COUNTS_AS_YES:
                danger_alarm.counts_as_yes(tx, self._community, case, "news.danger_unanswered", now)
            case NextAboutDanger.REMIND:
                danger_alarm.remind(tx, self._community, case, now)
            case NextAboutDanger.GO_ON:
                danger_alarm.goes_on(tx, self._community, case, now)
        if look_at is None:
            tx.dangers.settle(case.id, now)
