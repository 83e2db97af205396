"""Carrier reports: what each word of the carrier about a text or a recording of ours asks us to do.

Such a word is the answer to a send, an entry of the carrier's list, or a report long after.
"""

import logging
from collections.abc import Callable

from hotline.carriers.api import Reaction
from hotline.carriers.error_codes import explained, reaction
from hotline.channels.segments import segments
from hotline.community.model import Community
from hotline.model.calendar import DAY, HOUR, midnight
from hotline.model.outgoing import Outgoing
from hotline.outbound import fallback, sender_hold
from hotline.outbound.leases import (
    HALF_AN_HOUR,
    INTERRUPTED,
    KEEP_TRYING,
    LIST_UNREADABLE_FOR,
    LOOK_AFTER,
    LOOK_AGAIN_AFTER,
    is_surely_missing,
    pause,
)
from hotline.outbound.sender_hold import TEXTS, TRIAL_EVERY
from hotline.storage import Transaction

log = logging.getLogger(__name__)

BLOCKED, BLOCKED_WITHIN = "blocked there", HOUR  # seconds after a text in which such a note is about it
ARRIVED, FAILED = ("delivered", "read"), ("failed", "undelivered")
SENT_TWICE = 2  # attempts after which what did not arrive is not sent again


class CarrierReports:
    """What becomes of the rows of the outbox once they were handed to the carrier."""

    def __init__(self, community: Community, clock: Callable[[], float]) -> None:
        self._community, self._clock = community, clock
        self._rules, self._country = community.rules, community.country

    def sent(self, tx: Transaction, row: Outgoing, sid: str, status: str, words: str, *, found: bool = False) -> bool:
        """The carrier took one text of a row, as it answers, or as it was `found` in its list. False when it says so by
        the id of another: then nobody knows."""
        now = self._clock()
        known = tx.outbox.by_sid(sid)
        if known is not None and known.id != row.id:
            return False
        tx.outbox.part_sent(row, sid, status, segments(words), now)
        sender_hold.went(tx, self._community, TEXTS, now)
        if not found:
            sender_hold.made_sense(tx, TEXTS, now)
        return True

    def done(self, tx: Transaction, row: Outgoing) -> None:
        """All of a row has gone. The carrier may have reported a failure before we knew that it was ours."""
        now = self._clock()
        tx.outbox.settle(row, "sent", now)
        for code in tx.outbox.failed_parts(row.id):
            self._undelivered(tx, row, code, now)

    def goes_on(self, tx: Transaction, row: Outgoing) -> None:
        """One text of a row has gone, and others of it wait for their turn."""
        now = self._clock()
        if not tx.outbox.wait_until(row, now, now):
            tx.outbox.settle(row, "waiting", now, reason="the rest")

    def failed(self, tx: Transaction, row: Outgoing, react: Reaction, code: str, after: float = 0.0) -> None:
        """The carrier did not take it: one reaction for each error. `after` is how many seconds it wants to be left
        alone."""
        now = self._clock()
        sender_hold.leave_alone(tx, TEXTS, after, now)
        match react:
            case Reaction.UNKNOWN:
                tx.outbox.settle(row, "unknown", now, reason=code, due_at=now + max(LOOK_AFTER, after))
                sender_hold.made_no_sense(tx, self._community, TEXTS, code, now)
            case Reaction.AGAIN if now - row.created_at < KEEP_TRYING:
                tx.outbox.settle(row, "waiting", now, reason=code, due_at=now + max(pause(row.attempts), after))
            case Reaction.LATER if row.attempts < SENT_TWICE:
                tx.outbox.settle(row, "waiting", now, reason=code, due_at=now + HALF_AN_HOUR)
            case Reaction.OPTED_OUT:
                self._stopped(tx, row, code, now)
            case Reaction.CALL:
                tx.people.cannot_text(row.party)
                fallback.by_voice(tx, row, fallback.need_of(tx, row), code, self._rules, now)
            case Reaction.STOP:
                tx.outbox.settle(row, "waiting", now, reason=code)
                sender_hold.stopped(tx, self._community, TEXTS, code, now)
            case Reaction.TOMORROW:
                tx.outbox.settle(row, "waiting", now, reason=code, due_at=self._tomorrow(tx, code, now))
            case Reaction.REFUSED if again_at := self._asked_again_at(tx, row, code, now):
                tx.outbox.settle(row, "waiting", now, reason=code, due_at=again_at)
            case _:
                fallback.set_aside(tx, row, code, now)

    def interrupted(self, tx: Transaction, row: Outgoing) -> None:
        """We stopped before the carrier answered: whoever works next looks it up."""
        now = self._clock()
        tx.outbox.settle(row, "unknown", now, reason=INTERRUPTED, due_at=now + LOOK_AFTER)

    def _stopped(self, tx: Transaction, row: Outgoing, code: str, now: float) -> None:
        """They texted STOP to the carrier, and we were not told: what is about their own request is told in a call."""
        tx.people.opt_out(row.party, now, rung_instead=True)
        need = fallback.need_of(tx, row)
        if need and need.is_of(row.party) and need.active:
            tx.flags.add_once("opted_out_asking", row.party, "", need.number, now)
            fallback.by_voice(tx, row, need, code, self._rules, now)
        else:
            tx.outbox.settle(row, "dropped", now, reason=code)

    def not_found(self, tx: Transaction, row: Outgoing) -> None:
        """A doubtful text is not in the carrier's list. It is sent again only when it is missing twice."""
        now, looks = self._clock(), row.looks + 1
        if not is_surely_missing(looks):
            due_at = now + LOOK_AGAIN_AFTER
            tx.outbox.settle(row, "unknown", now, reason="not in the list", due_at=due_at, looks=looks)
        elif now - row.created_at < KEEP_TRYING:
            tx.outbox.settle(row, "waiting", now, reason="surely not sent", due_at=now + pause(row.attempts))
        else:
            fallback.set_aside(tx, row, "never taken", now)

    def not_readable(self, tx: Transaction, row: Outgoing, after: float = 0.0) -> None:
        """The carrier's list could not be read: still in doubt."""
        now = self._clock()
        due_at = now + max(LIST_UNREADABLE_FOR, after)
        tx.outbox.settle(row, "unknown", now, reason=row.reason, due_at=due_at, looks=row.looks)

    def reported(self, tx: Transaction, sid: str, status: str, rank: int, code: str) -> None:
        """The carrier's word on a text, after the fact. What did not arrive is told in another way, or to a person."""
        now = self._clock()
        if not tx.outbox.report(sid, status, rank, code, now):
            return
        if status in ARRIVED:
            sender_hold.went(tx, self._community, TEXTS, now, arrived=True)
        if status not in FAILED:
            return
        row = tx.outbox.by_sid(sid)
        if row is not None and row.status == "sent":  # one that is being sent is seen to when it is done
            self._undelivered(tx, row, code, now)

    def blocked(self, tx: Transaction, party: str) -> None:
        """A phone or its carrier wrote back that texts are blocked there: what we sent last has not arrived."""
        now = self._clock()
        row = tx.outbox.sent_last(party, now - BLOCKED_WITHIN)
        if row is not None:
            tx.outbox.did_not_arrive(row, BLOCKED, now)
            fallback.somebody_knows(tx, row, BLOCKED, now)

    def recording_reported(self, tx: Transaction, sid: str, status: str, seconds: int) -> None:
        """The carrier's word on a recording, whenever and however often it comes."""
        now = self._clock()
        if tx.recordings.reported(sid, status, seconds, now) and status == "failed":
            found, about = tx.recordings.get(sid), tx.recordings.about(sid)
            tx.flags.add_once("recording_failed", found.party if found else "", "", about, now, recording=sid)

    def _undelivered(self, tx: Transaction, row: Outgoing, code: str, now: float) -> None:
        """The carrier took it, and it did not arrive."""
        match reaction(code, 400):
            case Reaction.OPTED_OUT:
                tx.people.opt_out(row.party, now, rung_instead=True)
            case Reaction.AGAIN | Reaction.LATER if row.attempts < SENT_TWICE and not self._out_of_date(tx, row, now):
                tx.outbox.put_again(row, now + HALF_AN_HOUR, code, now)
            case Reaction.CALL:
                tx.people.cannot_text(row.party)
                tx.outbox.put_again(row, now, code, now)
            case Reaction.STOP:
                tx.outbox.put_again(row, now, code, now)
                sender_hold.stopped(tx, self._community, TEXTS, code, now, by_report=True)
            case Reaction.TOMORROW:
                tx.outbox.put_again(row, self._tomorrow(tx, code, now), code, now)
            case _:
                tx.outbox.did_not_arrive(row, code, now)
                fallback.somebody_knows(tx, row, code, now)

    def _out_of_date(self, tx: Transaction, row: Outgoing, now: float) -> str:
        return fallback.out_of_date(row, fallback.need_of(tx, row), self._country, now)

    def _asked_again_at(self, tx: Transaction, row: Outgoing, code: str, now: float) -> float | None:
        """When somebody who was refused, nobody knows why, is tried again: once more in any case."""
        again_at = sender_hold.refused(tx, self._community, TEXTS, row.party, code, row.id, now)
        return again_at or (now + TRIAL_EVERY if row.attempts < SENT_TWICE else None)

    def _tomorrow(self, tx: Transaction, code: str, now: float) -> float:
        """When a network that takes no more today is tried again; a person knows."""
        if tx.flags.add_once("network_full", "", explained(code), 0, now):
            log.error("texts to one network wait until tomorrow: the carrier says %s", explained(code))
        return midnight(now, self._rules.timezone) + DAY
