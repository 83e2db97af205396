"""What is to go out: which rows go now, in which words, and what each word of the carrier's asks us to do.

All of it runs inside transactions; sending itself is the worker's.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from hotline.carriers.api import Reaction
from hotline.carriers.error_codes import reaction
from hotline.channels.catalogue import Catalogue
from hotline.channels.segments import segments
from hotline.engine.session import Prompt
from hotline.model.outgoing import ALERT, NEWS
from hotline.outbound import callback_number, fallback, nights
from hotline.outbound.parcels import Parcel, worded

if TYPE_CHECKING:
    from hotline.model.outgoing import Outgoing
    from hotline.storage import Transaction

log = logging.getLogger(__name__)

LEASE = 120.0  # seconds after which another worker looks after a row; longer than any send takes
AT_ONCE = 32  # rows
KEEP_TRYING = 86400.0  # seconds: a carrier may be gone for hours, and news still matter after them
LONGEST_PAUSE = 300.0  # seconds between two tries
HALF_AN_HOUR = 1800.0
HELD = 300.0  # seconds for which nothing is sent when nothing can be sent
FIRST_LOOK = 10.0  # seconds after a doubt: the carrier's list must have it by then
LOOKS = 2  # times that a doubtful text must be missing from the carrier's list before it is sent again
SPENDING_LOOK = 20.0  # seconds for which the day's sum holds: adding it up takes a while on a busy day
BURST = 30.0  # seconds' worth of segments that may go at once


@dataclass(frozen=True)
class Limits:
    """How fast and how much: segments a second (the sender's rate), segments a day before alerts are held, and the
    minutes of calls a day that raise an alarm."""

    segments_per_second: float = 1.0
    segments_per_day: int = 2000
    call_minutes_per_day: int = 300


class Outbox:
    """Everything that is decided about the rows of the outbox."""

    def __init__(self, catalogue: Catalogue, limits: Limits, clock: Callable[[], float]) -> None:
        self._catalogue, self._limits, self._clock = catalogue, limits, clock
        self._spent, self._looked_at = 0, float("-inf")

    def now(self) -> float:
        return self._clock()

    def take(self, tx: "Transaction") -> list[Parcel]:
        """What may go now, its words written down before anything is sent."""
        now = self._clock()
        tokens, held_until = tx.outbox.tokens(self._limits.segments_per_second, self._most, now)
        if held_until > now or tokens < 1:
            return []
        rows = tx.outbox.lease_due(min(AT_ONCE, int(tokens)), self._up_to(tx, now), now + LEASE, now)
        parcels = [parcel for row in rows if (parcel := self._parcel(tx, row, now))]
        if rows:
            spent = sum(segments(each) for parcel in parcels for each in parcel.left)
            tx.outbox.keep_tokens(tokens - spent, now)
        return parcels

    @property
    def _most(self) -> float:
        return max(BURST, BURST * self._limits.segments_per_second)

    def _up_to(self, tx: "Transaction", now: float) -> int:
        """Past the day's spending, questions wait for tomorrow; answers and news go on."""
        if not 0 <= now - self._looked_at < SPENDING_LOOK:
            self._spent, self._looked_at = tx.outbox.spent_since(self._midnight(now)), now
        if self._spent < self._limits.segments_per_day:
            return ALERT
        self._alarm(tx, "spent_texts", now)
        return NEWS

    def call_ended(self, tx: "Transaction", sid: str, party: str, status: str, seconds: int) -> None:
        """Calls are never refused for what they cost, but a person is told when they cost much."""
        now = self._clock()
        tx.calls.ended(sid, party, status, seconds, now)
        if tx.calls.seconds_since(self._midnight(now)) > self._limits.call_minutes_per_day * 60:
            self._alarm(tx, "spent_calls", now)

    def _midnight(self, now: float) -> float:
        local = datetime.fromtimestamp(now, self._catalogue.community.rules.timezone)
        return local.replace(hour=0, minute=0, second=0, microsecond=0).timestamp()

    def _alarm(self, tx: "Transaction", why: str, now: float) -> None:
        """Once a day: in the log, as a flag, and to the coordinators' phones."""
        if not tx.flags.add_once(why, "", "", int(self._midnight(now) // 86400), now):
            return
        log.error("the day's limit is reached: %s", why)
        for phone in self._catalogue.community.coordinators.values():
            tx.outbox.put(phone, [Prompt("news.alarm", values={"reason": (why,)})], 0, NEWS, now)

    def _parcel(self, tx: "Transaction", row: "Outgoing", now: float) -> Parcel | None:
        reach = tx.people.reach(row.party)
        unwanted = "opted out" if reach.opted_out else "blocked" if reach.blocked else ""
        reason = self._no_reason_to_send(tx, row, now) or unwanted
        if reason:
            self._drop(tx, row, reason, now)
            fallback.tell_the_writer(tx, row, now)
            return None
        if nights.at_another_hour(tx, row, reach, self._catalogue.community.rules, now):
            return None
        if reach.by_voice or not row.party.startswith("+"):
            self._by_voice(tx, row, now)
            return None
        try:
            return worded(tx, row, reach.language, self._catalogue, now)
        except LookupError:  # it must not hold up everybody else's
            self._untold(tx, row, "cannot be worded", now)
            return None

    def _drop(self, tx: "Transaction", row: "Outgoing", reason: str, now: float) -> None:
        tx.outbox.settle(row, "dropped", now, reason=reason)
        if reason == fallback.TOO_LATE and row.priority == ALERT:
            tx.alerts.withdraw(row.about, row.party)  # it was never put: they may be asked again

    def _by_voice(self, tx: "Transaction", row: "Outgoing", now: float) -> None:
        if not callback_number.number_of(tx, row.party, self._catalogue.community.country):
            self._untold(tx, row, "needs a call", now)
        elif not row.prompts:
            self._untold(tx, row, "cannot be worded", now)
        else:
            fallback.by_voice(tx, row, "", self._catalogue.community.rules, now)

    def _no_reason_to_send(self, tx: "Transaction", row: "Outgoing", now: float) -> str:
        return fallback.no_reason_to_tell(tx, row, self._catalogue.community.country, now)

    def sent(self, tx: "Transaction", row: "Outgoing", sid: str, status: str, words: str) -> None:
        """One text of a row has gone."""
        tx.outbox.part_sent(row, sid, status, segments(words), self._clock())

    def done(self, tx: "Transaction", row: "Outgoing") -> None:
        """All of a row has gone. The carrier may have reported a failure before we knew that it was ours."""
        now = self._clock()
        tx.outbox.settle(row, "sent", now)
        for code in tx.outbox.failed_parts(row.id):
            self._undelivered(tx, row, code, now)

    def failed(self, tx: "Transaction", row: "Outgoing", react: Reaction, code: str) -> None:
        """The carrier did not take it: one reaction for each error."""
        now = self._clock()
        match react:
            case Reaction.UNKNOWN:
                tx.outbox.settle(row, "unknown", now, reason=code, due_at=now + FIRST_LOOK)
            case Reaction.AGAIN if now - row.created_at < KEEP_TRYING:
                tx.outbox.settle(row, "waiting", now, reason=code, due_at=now + min(LONGEST_PAUSE, 2.0**row.attempts))
            case Reaction.LATER if row.attempts < 2:
                tx.outbox.settle(row, "waiting", now, reason=code, due_at=now + HALF_AN_HOUR)
            case Reaction.OPTED_OUT:
                tx.outbox.settle(row, "dropped", now, reason=code)
                tx.people.opt_out(row.party, now)
            case Reaction.CALL:
                tx.people.cannot_text(row.party)
                fallback.by_voice(tx, row, code, self._catalogue.community.rules, now)
            case Reaction.STOP:
                tx.outbox.settle(row, "waiting", now, reason=code)
                self._hold(tx, code, now)
            case _:
                self._untold(tx, row, code, now)

    def not_found(self, tx: "Transaction", row: "Outgoing", looks: int) -> None:
        """A doubtful text is not in the carrier's list. It is sent again only when it is missing twice."""
        now = self._clock()
        if looks < LOOKS:
            tx.outbox.settle(row, "unknown", now, reason=f"looked {looks}", due_at=now + FIRST_LOOK * 2)
        elif now - row.created_at < KEEP_TRYING:
            due_at = now + min(LONGEST_PAUSE, 2.0**row.attempts)
            tx.outbox.settle(row, "waiting", now, reason="surely not sent", due_at=due_at)
        else:
            self._untold(tx, row, "never taken", now)

    def look_later(self, tx: "Transaction", row: "Outgoing") -> None:
        """The carrier's list could not be read: still in doubt."""
        now = self._clock()
        tx.outbox.settle(row, "unknown", now, reason=row.reason, due_at=now + 60.0)

    def reported(self, tx: "Transaction", sid: str, status: str, rank: int, code: str) -> None:
        """The carrier's word on a text, after the fact. What did not arrive is told in another way, or to a person."""
        now = self._clock()
        if not tx.outbox.report(sid, status, rank, code, now) or status not in ("failed", "undelivered"):
            return
        row = tx.outbox.by_sid(sid)
        if row is not None and row.status == "sent":  # one that is being sent is seen to when it is done
            self._undelivered(tx, row, code, now)

    def _undelivered(self, tx: "Transaction", row: "Outgoing", code: str, now: float) -> None:
        """The carrier took it, and it did not arrive."""
        match reaction(code, 400):
            case Reaction.OPTED_OUT:
                tx.people.opt_out(row.party, now)
            case Reaction.AGAIN | Reaction.LATER if row.attempts < 2 and not self._no_reason_to_send(tx, row, now):
                tx.outbox.put_again(row, now + HALF_AN_HOUR, code, now)
            case Reaction.CALL:
                tx.people.cannot_text(row.party)
                tx.outbox.put_again(row, now, code, now)
            case Reaction.STOP:
                self._hold(tx, code, now)
                tx.outbox.put_again(row, now + HELD, code, now)
            case _:
                self._did_not_arrive(tx, row, code, now)

    def _did_not_arrive(self, tx: "Transaction", row: "Outgoing", code: str, now: float) -> None:
        tx.outbox.did_not_arrive(row, code, now)
        fallback.somebody_knows(tx, row, code, now)

    def _untold(self, tx: "Transaction", row: "Outgoing", reason: str, now: float) -> None:
        """A dead letter: it is kept, shown, and can be sent again."""
        tx.outbox.settle(row, "failed", now, reason=reason)
        fallback.somebody_knows(tx, row, reason, now)

    def _hold(self, tx: "Transaction", code: str, now: float) -> None:
        tx.outbox.hold_sender(now + HELD, code, now)
        if tx.flags.add_once("cannot_send", "", code, 0, now):
            log.error("nothing can be sent: the carrier says %s. The queue is kept.", code)
