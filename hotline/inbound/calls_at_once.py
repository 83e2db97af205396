"""Calls at once: two calls from one number, each with its own place in its own conversation.

A family shares a telephone number, and so does everybody in a shelter. The conversation that spoke last stands with the
person, as for everybody; the others wait apart, each under its call, until their next key.
"""

from collections.abc import Iterable

from hotline.engine.session import Session
from hotline.flows.interruption import broke_off, is_private, left_behind
from hotline.model.calendar import HOUR
from hotline.model.calls import LONGEST_STEP
from hotline.model.facts import Facts
from hotline.model.needs import Need, Status
from hotline.model.people import Person
from hotline.storage import Transaction

KEPT_FOR = HOUR  # no call is longer


def as_in(tx: Transaction, me: Person, call: str, begins: bool, now: float) -> Person:
    """The person as they stand in this call. A call that begins beside another one begins anew."""
    before = me.session
    if before.call == call:
        return me
    if begins:
        if not before.call or not tx.calls.is_going_on(me.phone, before.call, now - LONGEST_STEP):
            return me
        tx.sessions_apart.put(before, now - KEPT_FOR, now)
        return me.but(session=before.idle())
    return _changed_to(tx, me, call, now)


def as_by_text(tx: Transaction, me: Person, now: float) -> Person:
    """The person as they stand by text: with what was asked last, unless texts wait apart from two calls."""
    return _changed_to(tx, me, "", now) if me.session.call else me


def _changed_to(tx: Transaction, me: Person, call: str, now: float) -> Person:
    """The conversation of that call comes to the front. After a text it may stand among the texts."""
    before = me.session
    apart = {session.call: session for session in tx.sessions_apart.of(me.phone)}
    here = apart.get(call) or (apart.get("") if before.call else None)
    if here is None:
        return me
    tx.sessions_apart.forget(me.phone, here.call)
    if before.call and not tx.calls.is_going_on(me.phone, before.call, now - LONGEST_STEP):
        return me.but(session=behind(me.but(session=here), left_behind(before)))
    tx.sessions_apart.put(before, now - KEPT_FOR, now)
    return me.but(session=here)


def own_draft(tx: Transaction, facts: Facts) -> Facts:
    """The facts, less a form that is being filled in in another call from this number."""
    draft, mine = facts.mine.draft, facts.mine.asked_for
    if draft is None or draft.code == facts.me.session.answers.get("need"):
        return facts
    elsewhere = {code for session in tx.sessions_apart.of(facts.me.phone) for code in _forms(session)}
    return facts.but(mine=facts.mine.but(draft=_newest(mine, elsewhere))) if draft.code in elsewhere else facts


def _newest(needs: Iterable[Need], elsewhere: set[str]) -> Need | None:
    drafts = [need for need in needs if need.status is Status.DRAFT and need.code not in elsewhere]
    return drafts[-1] if drafts else None


def _forms(session: Session) -> Iterable[str]:
    """The requests that this conversation is about, in front and behind."""
    if "need" in session.answers:
        yield session.answers["need"]
    if session.behind:
        yield from _forms(session.behind)


def _waiting_apart(tx: Transaction, phone: str, call: str) -> Session | None:
    return next((session for session in tx.sessions_apart.of(phone) if session.call == call), None)


def as_it_ended(tx: Transaction, me: Person, call: str) -> Session | None:
    """Where the call stood that is over now; None where another one from this number spoke last, and this one left
    nothing behind. What broke off there waits behind what the other one is doing."""
    if me.session.call in ("", call):
        return me.session
    ended = _waiting_apart(tx, me.phone, call)
    tx.sessions_apart.forget(me.phone, call)
    return ended


def behind(me: Person, ended: Session) -> Session:
    """Where the person stands once a call has ended beside another one: a form that broke off goes on later."""
    session = me.session
    keeps = broke_off(ended) and session.behind is None and not is_private(ended)
    return session.but(behind=ended.but(behind=None)) if keeps else session
