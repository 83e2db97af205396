"""The end of a call: its length is kept, what was asked in it alone ends with it, and one that we made is done with.

All of it in one transaction. A form that broke off is shown to a person.
"""

from collections.abc import Callable

from hotline.flows.everyone.menu import menu
from hotline.flows.resume import broke_off, left_behind
from hotline.model.events import CallReport
from hotline.model.needs import Status
from hotline.model.people import Person
from hotline.outbound import callback_number
from hotline.outbound.call_queue import Ringing
from hotline.outbound.outbox import Outbox
from hotline.storage import Transaction

WHY = "hung_up"


class CallEnded:
    """What follows from the carrier's last word on a call."""

    def __init__(self, outbox: Outbox, ringing: Ringing, country: str, clock: Callable[[], float]) -> None:
        self._outbox, self._ringing, self._country, self._clock = outbox, ringing, country, clock

    def reported(self, tx: Transaction, report: CallReport) -> None:
        """The carrier says how a call ended and how long it was."""
        self.over(tx, report.sid, report.out, report.party, report.status)
        self._outbox.call_ended(tx, report.sid, report.party, report.status, report.seconds)

    def over(self, tx: Transaction, sid: str, out: int, party: str, status: str) -> None:
        """It is over, however long it was. `out` is the number of one that we made, 0 where it is not known."""
        out = out or tx.calls.by_sid(sid)
        whose = callback_number.whose(tx, out, party, self._country) if out else party
        hung_up(
            tx, tx.people.get(whose, self._clock()), self._clock()
        )  # they are locked first, as by a step of the call
        self._ringing.ended(tx, sid, out, whose, status)


def hung_up(tx: Transaction, me: Person, now: float) -> None:
    """Nobody is rung back for it: it may be a borrowed telephone."""
    session = left_behind(me.session)
    if session != me.session:
        tx.people.place(session, now)
    if broke_off(session):
        tx.flags.add_once(WHY, me.phone, "", _draft(tx, me.phone), now)
    elif me.session.flow == menu.name and me.session.step == "what_next" and not _did_something(me):
        tx.flags.add_once(WHY, me.phone, "", 0, now)


def _did_something(me: Person) -> bool:
    """Whoever gives, or has heard something in this call before, just put the phone down."""
    return me.gives or any(me.session.answers.get(name) for name in ("again", "heard"))


def _draft(tx: Transaction, phone: str) -> int:
    drafts = [need.number for need in tx.needs.asked_for(phone) if need.status is Status.DRAFT]
    return drafts[-1] if drafts else 0
