"""Daily summary: at the hour that a coordinator chose, a text says what waits, is in hand, was taken yesterday.

On a quiet day it is short, and shows all the same that the line works. An hour in the quiet hours is put off to their
end. A hotline that was down for long at that hour begins with the next day's.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import time, timedelta

from hotline.community.model import Community
from hotline.dispatch.quiet_hours import wakes_at
from hotline.model import calendar
from hotline.model.calendar import HOUR
from hotline.outbound import notify_coordinators
from hotline.storage import Store, Transaction

STILL_BEGINS = 2 * HOUR  # after its time


class DailySummary:
    """One hour of the day a transaction, for all who chose it; the mark of it says that it went, and names nobody."""

    def __init__(self, store: Store, community: Community, clock: Callable[[], float]) -> None:
        self._store, self._community, self._clock = store, community, clock
        self._at: dict[int, list[str]] = defaultdict(list)
        for phone, minute in community.summaries.items():
            self._at[minute].append(phone)
        self._gone: dict[int, float] = {}  # when it went, so that the database is asked once a day

    async def send_one(self) -> bool:
        """False when none is due."""
        now = self._clock()
        for minute, phones in self._at.items():
            for due_at in self._due_at(minute, now):
                if due_at <= now < due_at + STILL_BEGINS and self._gone.get(minute, 0.0) < due_at:
                    await self._store.run(self._send, minute, phones, due_at, now)
                    self._gone[minute] = due_at
                    return True
        return False

    def _due_at(self, minute: int, now: float) -> Iterator[float]:
        """Of yesterday, which the night may have put off to today, and of today."""
        rules = self._community.rules
        today, clock = calendar.today(now, rules.timezone), time(*divmod(minute, 60))
        for day in (today - timedelta(days=1), today):
            yield wakes_at(rules, calendar.shown(day, clock, rules.timezone))

    def _send(self, tx: Transaction, minute: int, phones: Iterable[str], due_at: float, now: float) -> None:
        if tx.heartbeat.take_mark(f"summary_{minute}", due_at - 1, due_at):
            notify_coordinators.summary(tx, self._community, phones, now)
