"""Group checks: each day at eleven one coordinator may be asked whether what we tell of another group is still so."""

from collections.abc import Callable

from hotline.community.model import Community
from hotline.dispatch.quiet_hours import wakes_at
from hotline.engine.answers import Heard
from hotline.flows.coordinator.check_group import NAME, group_still
from hotline.inbound.group_checks import AT, keep_up
from hotline.inbound.load_facts import load_facts
from hotline.model import calendar
from hotline.model.calendar import DAY, HOUR
from hotline.storage import Store, Transaction
from hotline.worker.put_question import put_question

STILL_BEGINS = 2 * HOUR
ASKED_AGAIN = 4 * DAY  # after a question that nobody answered; then it is another coordinator's
MARK = "group_checks"


class GroupWorker:
    """One question a day, however many are due: it is a call for somebody to make."""

    def __init__(self, store: Store, community: Community, clock: Callable[[], float]) -> None:
        self._store, self._community, self._clock = store, community, clock
        self._asked = 0.0  # the time of day that was looked at last, so that the database is asked once a day

    async def ask_one(self) -> bool:
        """False when it is not the time, or there is nobody to ask."""
        now, rules = self._clock(), self._community.rules
        due_at = wakes_at(rules, calendar.shown(calendar.today(now, rules.timezone), AT, rules.timezone))
        if not (self._community.groups and self._community.coordinators) or self._asked >= due_at:
            return False
        if not due_at <= now < due_at + STILL_BEGINS:
            return False
        await self._store.run(self._ask, due_at, now)
        self._asked = due_at
        return True

    def _ask(self, tx: Transaction, due_at: float, now: float) -> None:
        if not tx.heartbeat.take_mark(MARK, due_at - 1, due_at):
            return
        keep_up(tx, self._community, now)
        there = {group.name for group in self._community.groups}
        due = [each for each in tx.group_checks.all().values() if each.check_at <= now and each.name in there]
        waiting = [each for each in due if each.gone_at is None]
        if not waiting:
            return
        group = min(waiting, key=lambda each: (each.check_at, each.name))
        tx.group_checks.put_off(group.name, now + ASKED_AGAIN)
        people = list(self._community.coordinators.values())
        phone = people[int(due_at // DAY) % len(people)]
        facts = load_facts(tx, tx.people.get(phone, now), Heard(), self._community, now)
        put_question(tx, group_still, {NAME: group.name}, facts)
