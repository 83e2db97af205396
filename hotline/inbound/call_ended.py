"""Call ended: the carrier's last word on a call. What was asked in it alone ends with it, and what it cost is counted.

A form that broke off waits as what it is; a call of which nothing is on record waits for a person.
"""

from collections.abc import Callable

from hotline.engine.session import Session
from hotline.flows.everyone.menu import menu
from hotline.flows.interruption import broke_off, left_behind
from hotline.flows.shared_questions import LANGUAGE
from hotline.inbound import calls_at_once
from hotline.model.flags import CALLED_BACK_WITHIN, HUNG_UP
from hotline.model.needs import Status
from hotline.model.people import Person
from hotline.outbound import callback_number
from hotline.outbound.budget import Budget
from hotline.outbound.call_queue import CallQueue
from hotline.storage import Transaction


class EndedCalls:
    """What follows from the end of a call, theirs or ours, in one transaction."""

    def __init__(self, queue: CallQueue, budget: Budget, country: str, clock: Callable[[], float]) -> None:
        self._queue, self._budget, self._country, self._clock = queue, budget, country, clock

    def ended(self, tx: Transaction, sid: str, ring: int, caller: str, status: str, seconds: int | None = None) -> None:
        """`ring` is the number of a call that we made, 0 where the carrier did not say; `caller` is the number at the
        other end; `seconds` is the length that the carrier bills, where it said so."""
        if tx.calls.is_over(sid):  # told twice, however late: whoever is forgotten stays forgotten
            return
        now, ring = self._clock(), ring or tx.calls.by_sid(sid)
        party = callback_number.whose(tx, ring, caller, self._country) if ring else caller
        me = tx.people.get(party, now)  # locked first, as by those who take a step of it
        hung_up(tx, me, sid, now)
        if ring:
            self._queue.ended(tx, ring, sid, party, status)
        if seconds is not None:
            self._budget.call_ended(tx, sid, caller, status, seconds)


def hung_up(tx: Transaction, me: Person, call: str, now: float) -> None:
    """Nobody is rung back for it: it may be a borrowed telephone. Another call from this number goes on."""
    ended = calls_at_once.as_it_ended(tx, me, call)
    if ended is None:
        return
    alone = ended is me.session
    session = left_behind(ended) if alone else calls_at_once.behind(me, left_behind(ended))
    if session != me.session:
        tx.people.place(session, now)
    if broke_off(left_behind(ended)) and (draft := _draft(tx, me.phone, ended)):
        tx.flags.note(HUNG_UP, me.phone, "", draft, now)  # the form waits as what it is
        tx.flags.settle_missed(me.phone, now)
    elif broke_off(left_behind(ended)) or _said_nothing(me, ended):
        tx.people.place(session.but(call=call), now)  # their next text is heard as one after a call
        tx.flags.add_once(HUNG_UP, me.phone, "", 0, now)
        tx.flags.missed(me.phone, now + CALLED_BACK_WITHIN)
    elif ended.step != LANGUAGE.name:
        tx.flags.settle_missed(me.phone, now)


def _said_nothing(me: Person, ended: Session) -> bool:
    return ended.flow == menu.name and ended.step == "what_next" and not _did_something(me, ended)


def _did_something(me: Person, ended: Session) -> bool:
    """Whoever gives, or has heard something in this call before, just put the phone down."""
    return me.gives or any(ended.answers.get(name) for name in ("again", "heard"))


def _draft(tx: Transaction, phone: str, ended: Session) -> int:
    """The form that broke off: the one that was being filled in, else the newest."""
    drafts = [need for need in tx.needs.asked_for(phone) if need.status is Status.DRAFT]
    spoken_of = [need for need in drafts if need.code == ended.answers.get("need")]
    return next((need.number for need in (*spoken_of, *reversed(drafts))), 0)
