"""A call is over: what was asked in it alone ends with it, and a form that broke off is shown to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline.flows.everyone.menu import menu
from hotline.flows.resume import broke_off, left_behind
from hotline.model.needs import Status
from hotline.model.people import Person

if TYPE_CHECKING:
    from hotline.storage import Transaction

WHY = "hung_up"


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
