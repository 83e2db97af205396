"""Budget: what a day of texts and calls may cost, what happens past it, and who is told."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from hotline.community.model import Community
from hotline.model.calendar import MINUTE, midnight
from hotline.model.outgoing import AFTER_ALL, ALERT, NEWS
from hotline.outbound import notify_coordinators
from hotline.storage import Transaction

log = logging.getLogger(__name__)

SUM_HOLDS = 20.0  # seconds for which the day's sum holds: adding it up takes a while on a busy day
SPENT_TEXTS = "spent_texts"
SPENT_CALLS = "spent_calls"
ROOM_FOR_ALL = 0.5  # of the day's segments; past that a storm costs nothing more


@dataclass(frozen=True)
class DailyLimits:
    """Segments a day before questions to volunteers are held, and minutes of calls a day that raise an alarm."""

    segments: int = 2000
    call_minutes: int = 300


class Budget:
    """What was spent since midnight. Answers and news always go, and calls are always answered."""

    def __init__(self, community: Community, limits: DailyLimits, clock: Callable[[], float]) -> None:
        self._community, self._limits, self._clock = community, limits, clock
        self._spent, self._summed_at = 0, float("-inf")

    def lowest_priority(self, tx: Transaction) -> int:
        """Up to which priority rows may go now: past the day's segments, questions wait for tomorrow, past
        half of them what is said in a storm."""
        now = self._clock()
        if not 0 <= now - self._summed_at < SUM_HOLDS:
            self._spent, self._summed_at = tx.outbox.spent_since(self._midnight(now)), now
        if self._spent < self._limits.segments:
            return AFTER_ALL if self._spent < self._limits.segments * ROOM_FOR_ALL else ALERT
        self._alarm(tx, SPENT_TEXTS, now)
        return NEWS

    def room_for_all(self, tx: Transaction) -> int:
        """How many segments may still go today of what waits behind all else."""
        spent = tx.outbox.spent_since(self._midnight(self._clock()))
        return max(0, int(self._limits.segments * ROOM_FOR_ALL) - spent)

    def call_ended(self, tx: Transaction, sid: str, party: str, status: str, seconds: int) -> None:
        """Calls are never refused for what they cost, but a person is told when they cost much."""
        now = self._clock()
        tx.calls.ended(sid, party, status, seconds, now)
        if tx.calls.seconds_since(self._midnight(now)) > self._limits.call_minutes * MINUTE:
            self._alarm(tx, SPENT_CALLS, now)

    def _midnight(self, now: float) -> float:
        return midnight(now, self._community.rules.timezone)

    def _alarm(self, tx: Transaction, why: str, now: float) -> None:
        """Once a day: in the log, as a flag, and to the coordinators' phones."""
        if tx.flags.add_once_since(self._midnight(now), why, now):
            log.error("the day's limit is reached: %s", why)
            notify_coordinators.limit_reached(tx, self._community, why, now)
