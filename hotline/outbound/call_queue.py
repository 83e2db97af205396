"""Outbound call queue: whom to ring next, and what each word of the carrier about a call asks us to do.

All of it runs inside transactions; placing the calls is the worker's.
"""

import logging
from collections.abc import Callable

from hotline.carriers.api import Reaction
from hotline.community.model import Community
from hotline.dispatch.call_retry import again_at
from hotline.dispatch.quiet_hours import wakes_at
from hotline.dispatch.safety_rings import BUSY_FOR
from hotline.model.calendar import FOREVER, MINUTE
from hotline.model.calls import COMPANY, LONGEST_STEP, Ring
from hotline.model.due import DueRow, Kind
from hotline.model.outgoing import ALERT, Outgoing
from hotline.model.senders import Standing
from hotline.outbound import callback_number, fallback, notify_coordinators, ring_time, sender_hold
from hotline.outbound.daily_rings import DailyRings
from hotline.outbound.leases import (
    CALL_LEASE,
    CALL_LOOK_LEASE,
    INTERRUPTED,
    LEASE,
    LOOK_AFTER,
    LOOK_AGAIN_AFTER,
    SENDER_HELD,
    is_surely_missing,
)
from hotline.outbound.practice import Practice
from hotline.outbound.sender_hold import CALLS
from hotline.storage import Transaction

log = logging.getLogger(__name__)

ENGAGED_FOR = MINUTE  # then we look again whether somebody's call with us is over
SAID_NOTHING = "pressed nothing"
OFFER_ONCE_MORE_AFTER = 15 * MINUTE  # as the one who pressed nothing hears
OFFER_AGAIN_AFTER = 5 * MINUTE  # an offer does not wait for another time of day


class CallQueue:
    """Everything that is decided about the calls that we make."""

    def __init__(self, community: Community, clock: Callable[[], float]) -> None:
        self._community, self._clock = community, clock
        self._rules, self._country = community.rules, community.country
        self._practice = Practice(community)
        self._daily = DailyRings(community)

    def take(self, tx: Transaction, mark: Callable[[DueRow], None] = lambda _: None) -> tuple[Ring | None, bool]:
        """(the call to place now, whether there was one to look at). Nobody is rung at night, in a call, or in vain.
        What is looked at is marked."""
        now = self._clock()
        sender = tx.senders.get(CALLS)
        held = sender.held_until > now
        ring = tx.calls.lease_for_alarm(now + LEASE, now) if held else tx.calls.lease(now + LEASE, now)
        if ring is None:
            return None, False
        if ring.need == COMPANY and not self._daily.company.has_turn(tx, ring.party, ring.other):
            ring = ring.but(need=0)  # who is rung was heard meanwhile, or the machine rings: it is for other news alone
        mark(DueRow(Kind.CALL, ring.id, ring.party, ring.need))
        due_at = self._due_at(tx, ring, now)
        if due_at <= now:
            if sender.standing is not Standing.FREE:
                sender_hold.begin_trial(tx, CALLS, sender, ring.id, now)
            return ring, True
        status = "over" if due_at == FOREVER else "waiting"
        tx.calls.keep(ring.but(status=status, due_at=due_at, tries=ring.tries - 1, leased_until=None), now)
        return None, True

    def take_doubtful(self, tx: Transaction) -> Ring | None:
        """Leases a call of which nobody knows what became of it, to look it up."""
        now = self._clock()
        return tx.calls.lease_doubtful(now + CALL_LOOK_LEASE, now)

    def _due_at(self, tx: Transaction, ring: Ring, now: float) -> float:
        """When it may be placed: now, later (UTC seconds), or never any more, which is FOREVER."""
        number = self.number_of(tx, ring)
        if not number or not self._practice.may_reach(tx, number, tx.calls.to_tell(ring.party)):
            return FOREVER
        if tx.calls.in_a_call(ring.party, now - LONGEST_STEP):
            return now + ENGAGED_FOR
        reach = tx.people.reach(ring.party)
        if not reach.may_be_reached:
            return FOREVER
        if ring.need or tx.daily_rings.is_made(ring.party):  # they have asked for this very call
            return now
        if tx.safety.is_asked(ring.party):  # an alarm waits for no morning, and for nobody's wish to rest
            return now
        if tx.safety.is_asked_to_agree(ring.party):
            return wakes_at(self._rules, now, reach.timezone)
        rows = self.drop_outdated(tx, ring.party, now)
        if not any(map(fallback.is_worth_a_call, rows)):
            return FOREVER
        if reach.no_calls_until > now:
            return reach.no_calls_until
        at_once = any(fallback.cannot_wait(row, fallback.need_of(tx, row)) for row in rows)
        return now if at_once else wakes_at(self._rules, now, reach.timezone)

    def number_of(self, tx: Transaction, ring: Ring) -> str:
        """Where it is rung: who wants to talk, at the telephone that they asked from."""
        return ring.party if ring.need else callback_number.number_of(tx, ring.party, self._country)

    def how_to_ring(self, tx: Transaction, ring: Ring) -> tuple[str, int]:
        """(the number, how many seconds it rings)."""
        return self.number_of(tx, ring), ring_time.seconds(tx.people.reach(ring.party).leave_word)

    def drop_outdated(self, tx: Transaction, party: str, now: float) -> list[Outgoing]:
        """Drops what need not be told to somebody any more; what is left to tell them in a call."""
        reach, left = tx.people.reach(party), []
        for row in tx.calls.to_tell(party):
            need = fallback.need_of(tx, row)
            reason = fallback.drop_reason(row, need, reach, self._country, now) or fallback.says_what_was(tx, row, need)
            if not reason and fallback.is_asked_in_the_call(row):
                reason = fallback.ASKED_BY_RINGING
            if not reason and row.is_question and not reach.by_voice:
                reason = fallback.NOT_ASKED
            if reason:
                tx.calls.not_told(row, "dropped", reason, now)
                fallback.forget_question(tx, row, reason)
            else:
                left.append(row)
        return left

    def placed(self, tx: Transaction, id: int, sid: str, *, found: bool = False) -> None:
        """The carrier took it, as it answers, or as it was `found` in its list. It may be over by now, or its steps
        have come already."""
        ring, now = tx.calls.get(id), self._clock()
        sender_hold.went(tx, self._community, CALLS, now)
        if not found:
            sender_hold.made_sense(tx, CALLS, now)
        if ring and ring.status in ("calling", "unknown"):
            placed = ring.but(status="ringing", sid=sid, reason="", looks=0, leased_until=now + CALL_LEASE)
            tx.calls.keep(placed, now)

    def refused(self, tx: Transaction, id: int, react: Reaction, code: str, after: float = 0.0) -> None:
        """The carrier did not take it: one reaction for each error. `after` is how many seconds it wants to be left
        alone."""
        ring, now = tx.calls.get(id), self._clock()
        sender_hold.leave_alone(tx, CALLS, after, now)
        if ring is None or ring.status not in ("calling", "unknown"):
            return  # a step of this very call has come: it was placed after all
        if react is Reaction.UNKNOWN:
            look_at = now + max(LOOK_AFTER, after)
            tx.calls.keep(ring.but(status="unknown", reason=code, looks=0, leased_until=look_at), now)
            sender_hold.made_no_sense(tx, self._community, CALLS, code, now)
        elif react in (Reaction.AGAIN, Reaction.STOP, Reaction.TOMORROW) or self._is_asked_again(tx, ring, react, code):
            if react is Reaction.STOP:
                sender_hold.stopped(tx, self._community, CALLS, code, now)
            self._wait(tx, ring.but(tries=ring.tries - 1, reason=code), now + max(SENDER_HELD, after), now)
        elif react is Reaction.LATER:
            self._not_heard(tx, ring, "no-answer", now)
        else:
            self._give_up(tx, ring, code, now)

    def interrupted(self, tx: Transaction, id: int) -> None:
        """We stopped before the carrier answered: whoever works next looks it up."""
        ring, now = tx.calls.get(id), self._clock()
        if ring is not None and ring.status == "calling":
            tx.calls.keep(ring.but(status="unknown", reason=INTERRUPTED, leased_until=now + LOOK_AFTER), now)

    def _is_asked_again(self, tx: Transaction, ring: Ring, react: Reaction, code: str) -> bool:
        """Whether a call that was refused, nobody knows why, is tried once more: it may be about us."""
        if react is not Reaction.REFUSED:
            return False
        again_at = sender_hold.refused(tx, self._community, CALLS, ring.party, code, ring.id, self._clock())
        return again_at is not None or ring.reason != code

    def missing(self, tx: Transaction, id: int) -> None:
        """A doubtful call is not in the carrier's list. It is placed again only when it is missing twice."""
        ring, now = tx.calls.get(id), self._clock()
        if ring is None or ring.status not in ("calling", "unknown"):
            return
        ring = ring.but(status="unknown", reason="not in the list", looks=ring.looks + 1)
        if is_surely_missing(ring.looks):
            self._wait(tx, ring.but(tries=ring.tries - 1, reason="surely not placed", looks=0), now, now)
        else:
            tx.calls.keep(ring.but(leased_until=now + LOOK_AGAIN_AFTER), now)

    def ended(self, tx: Transaction, id: int, sid: str, party: str, status: str) -> None:
        """The carrier's last word on a call of ours. Nobody is rung again who has heard everything."""
        ring, now = tx.calls.get(id), self._clock()
        if ring is None or ring.party != party or ring.status in ("over", "waiting") or ring.sid not in ("", sid):
            return
        if ring.need and status == "completed":
            ring = ring.but(need=0)
        self._not_heard(tx, ring, status, now)

    def _not_heard(self, tx: Transaction, ring: Ring, how: str, now: float) -> None:
        self._daily.call_ended(tx, ring.party, how, now)
        self._daily.company.call_over(tx, ring, now)
        ring = ring.but(need=0) if ring.need == COMPANY else ring
        if how == "busy" and tx.safety.is_asked(ring.party):  # an alarm: they are rung again in the same turn
            return self._wait(tx, ring.but(reason=how), now + BUSY_FOR, now)
        rows = self.drop_outdated(tx, ring.party, now)
        hears_once_more = how == "completed" and ring.misses > 0 and ring.tries <= 1 and not ring.need
        if hears_once_more and any(row.priority == ALERT for row in rows):  # they may have been driving
            return self._wait(tx, ring.but(reason=SAID_NOTHING), now + OFFER_ONCE_MORE_AFTER, now)
        if how != "busy":
            for row in (row for row in rows if row.priority == ALERT):
                tx.calls.not_told(row, "dropped", f"not reached: {how}", now)
            rows = [row for row in rows if row.priority != ALERT]
        if ring.need or not any(map(fallback.is_worth_a_call, rows)):
            return tx.calls.keep(ring.but(status="over", reason=how, leased_until=None), now)
        if all(row.priority == ALERT for row in rows):
            return self._wait(tx, ring, now + OFFER_AGAIN_AFTER, now)
        again = again_at(ring.tries, how, self._rules, now)
        if again is None:
            return self._give_up(tx, ring, how, now)
        return self._wait(tx, ring.but(reason=how), again, now)

    def _wait(self, tx: Transaction, ring: Ring, until: float, now: float) -> None:
        tx.calls.keep(ring.but(status="waiting", due_at=until, leased_until=None), now)

    def _give_up(self, tx: Transaction, ring: Ring, how: str, now: float) -> None:
        """A person takes over: flagged, and on the coordinators' phones."""
        tx.calls.keep(ring.but(status="over", reason=how, leased_until=None), now)
        unheard: dict[int, None] = {}
        for row in self.drop_outdated(tx, ring.party, now):
            tx.calls.not_told(row, "failed", how, now)
            if row.priority < ALERT and fallback.is_worth_a_call(row):
                fallback.somebody_knows(tx, row, how, now)
                unheard[row.about] = None
        for about in unheard:  # several news of one request are one thing to look at
            notify_coordinators.not_reached(tx, self._community, ring.party, about, now)
