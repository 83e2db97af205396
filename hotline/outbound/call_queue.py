"""Whom to ring now, and what each word of the carrier's about a call asks us to do. All of it inside transactions."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from hotline.carriers.api import Reaction
from hotline.channels.catalogue import Catalogue
from hotline.dispatch.call_retry import again_at
from hotline.dispatch.quiet_hours import wakes_at
from hotline.engine.session import Prompt
from hotline.model.calls import Ring
from hotline.model.outgoing import ALERT, NEWS
from hotline.outbound import callback_number, fallback
from hotline.outbound.outbox import HELD

if TYPE_CHECKING:
    from hotline.model.outgoing import Outgoing
    from hotline.model.people import Reach
    from hotline.storage import Transaction

log = logging.getLogger(__name__)

LEASE = 120.0  # seconds after which another worker looks after a call that was being placed; longer than that takes
LONGEST = 900.0  # seconds after which we ask the carrier how a call ended, if it has not said so
A_STEP = 240.0  # seconds at most between two steps of a call
ENGAGED = 60.0  # seconds until we look again whether somebody's call with us is over
SOON = 300.0  # seconds: an offer does not wait for another time of day
LOOKS = 2  # times that a doubtful call must be missing from the carrier's list before it is placed again
FIRST_LOOK = 10.0
NOT_ASKED = "not asked any more"


class Ringing:
    """Everything that is decided about the calls that we make."""

    def __init__(self, catalogue: Catalogue, clock: Callable[[], float]) -> None:
        self._catalogue, self._clock = catalogue, clock
        self._rules, self._country = catalogue.community.rules, catalogue.community.country

    def now(self) -> float:
        return self._clock()

    def take(self, tx: Transaction) -> tuple[Ring | None, bool]:
        """(the call to place now, whether there was one to look at). Nobody is rung at night, in a call, or in vain."""
        now = self._clock()
        ring = tx.calls.lease(now + LEASE, now)
        if ring is None:
            return None, False
        later = self._later(tx, ring, now)
        if later is None:
            return ring, True
        status = "waiting" if later else "over"
        tx.calls.keep(ring.but(status=status, due_at=later, tries=ring.tries - 1, leased_until=None), now)
        return None, True

    def _later(self, tx: Transaction, ring: Ring, now: float) -> float | None:
        """When instead, 0.0 for never; None for now."""
        if not self.number_of(tx, ring):
            return 0.0
        if tx.calls.in_a_call(ring.party, now - A_STEP):
            return now + ENGAGED
        reach = tx.people.reach(ring.party)
        if reach.opted_out or reach.blocked:
            return 0.0
        if ring.need:  # they have asked for this very call
            return None
        rows = self.rows(tx, ring.party, now)
        if not any(not fallback.is_light(row) for row in rows):
            return 0.0
        if reach.no_calls_until > now:
            return reach.no_calls_until
        at_once = any(fallback.cannot_wait(tx, row) for row in rows)
        morning = now if at_once else wakes_at(self._rules, now, reach.timezone)
        return morning if morning > now else None

    def number_of(self, tx: Transaction, ring: Ring) -> str:
        """Where it is rung: who wants to talk, at the telephone that they asked from."""
        return ring.party if ring.need else callback_number.number_of(tx, ring.party, self._country)

    def rows(self, tx: Transaction, party: str, now: float) -> list[Outgoing]:
        """What there is to tell; what need not be told any more is dropped."""
        reach, kept = tx.people.reach(party), []
        unwanted = "opted out" if reach.opted_out else "blocked" if reach.blocked else ""
        for row in tx.calls.to_tell(party):
            reason = fallback.no_reason_to_tell(tx, row, self._country, now) or unwanted
            reason = reason or _gives_no_more(row, reach, now)
            if reason:
                tx.calls.not_told(row, "dropped", reason, now)
                if row.priority == ALERT and reason in (fallback.TOO_LATE, NOT_ASKED):
                    tx.alerts.withdraw(row.about, row.party)  # it was never put: they may be asked again
            else:
                kept.append(row)
        return kept

    def placed(self, tx: Transaction, id: int, sid: str) -> None:
        """The carrier took it. It may be over by now, or its steps have come already."""
        ring, now = tx.calls.get(id), self._clock()
        if ring and ring.status in ("calling", "unknown"):
            tx.calls.keep(ring.but(status="ringing", sid=sid, reason="", leased_until=now + LONGEST), now)

    def refused(self, tx: Transaction, id: int, react: Reaction, code: str) -> None:
        """The carrier did not take it: one reaction for each error."""
        ring, now = tx.calls.get(id), self._clock()
        if ring is None or ring.status not in ("calling", "unknown"):
            return  # a step of this very call has come: it was placed after all
        if react is Reaction.UNKNOWN:
            tx.calls.keep(ring.but(status="unknown", reason=code, leased_until=now + FIRST_LOOK), now)
        elif react in (Reaction.AGAIN, Reaction.STOP):
            if react is Reaction.STOP and tx.flags.add_once("cannot_send", "", code, 0, now):
                log.error("nobody can be rung: the carrier says %s. The calls are kept.", code)
            self._wait(tx, ring.but(tries=ring.tries - 1, reason=code), now + HELD, now)
        elif react is Reaction.LATER:
            self._not_heard(tx, ring, "no-answer", now)
        else:
            self._give_up(tx, ring, code, now)

    def missing(self, tx: Transaction, id: int) -> None:
        """A doubtful call is not in the carrier's list. It is placed again only when it is missing twice."""
        ring, now = tx.calls.get(id), self._clock()
        if ring is None or ring.status not in ("calling", "unknown"):
            return
        looks = int(ring.reason.removeprefix("looked ")) if ring.reason.startswith("looked ") else 0
        if looks + 1 < LOOKS:
            later = now + FIRST_LOOK * 2
            tx.calls.keep(ring.but(status="unknown", reason=f"looked {looks + 1}", leased_until=later), now)
        else:
            self._wait(tx, ring.but(tries=ring.tries - 1, reason="surely not placed"), now, now)

    def ended(self, tx: Transaction, sid: str, id: int, party: str, status: str) -> None:
        """The carrier's last word on a call. Whoever has heard everything is not rung again."""
        now = self._clock()
        ring = tx.calls.get(id) if id else None
        if ring is None or ring.party != party or ring.status in ("over", "waiting") or ring.sid not in ("", sid):
            return
        if ring.need and status == "completed":
            ring = ring.but(need=0)
        self._not_heard(tx, ring, status, now)

    def _not_heard(self, tx: Transaction, ring: Ring, how: str, now: float) -> None:
        rows = self.rows(tx, ring.party, now)
        if how != "busy":
            for row in (row for row in rows if row.priority == ALERT):
                tx.calls.not_told(row, "dropped", f"not reached: {how}", now)
            rows = [row for row in rows if row.priority != ALERT]
        if ring.need or not any(not fallback.is_light(row) for row in rows):
            return tx.calls.keep(ring.but(status="over", reason=how, leased_until=None), now)
        if all(row.priority == ALERT for row in rows):
            return self._wait(tx, ring, now + SOON, now)
        again = again_at(ring.tries, how, self._rules, now)
        if again is None:
            return self._give_up(tx, ring, how, now)
        return self._wait(tx, ring.but(reason=how), again, now)

    def _wait(self, tx: Transaction, ring: Ring, until: float, now: float) -> None:
        tx.calls.keep(ring.but(status="waiting", due_at=until, leased_until=None), now)

    def _give_up(self, tx: Transaction, ring: Ring, how: str, now: float) -> None:
        """A person takes over: flagged, and on the coordinators' phones."""
        tx.calls.keep(ring.but(status="over", reason=how, leased_until=None), now)
        for row in self.rows(tx, ring.party, now):
            tx.calls.not_told(row, "failed", how, now)
            if row.priority == ALERT or fallback.is_light(row):
                continue
            fallback.somebody_knows(tx, row, how, now)
            told = Prompt("news.not_reached", values={"number": str(row.about), "name": tx.people.name_of(ring.party)})
            for phone in self._catalogue.community.coordinators.values():
                if phone != ring.party:
                    tx.outbox.put(phone, [told], row.about, NEWS, now)


def _gives_no_more(row: Outgoing, reach: Reach, now: float) -> str:
    """Why a volunteer is not asked any more: what they said after the question was made counts."""
    if row.priority != ALERT or not row.about:
        return ""
    gives = reach.gives in ("", "active") and reach.paused_until <= now
    return "" if gives and reach.by_voice else NOT_ASKED
