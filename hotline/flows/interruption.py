"""Interruption and resumption: which conversation goes on after another one, in the next call, or by text.

A call that broke off goes on where it was only if the caller wishes: it may be somebody else.
"""

from hotline.engine import run
from hotline.engine.session import Session, Turn
from hotline.engine.steps import Flow
from hotline.flows import flow_of
from hotline.flows.everyone.menu import AGAIN, go_on, menu
from hotline.flows.neighbor.intake import intake
from hotline.flows.neighbor.status import requests
from hotline.model.facts import Facts


def is_form(session: Session) -> bool:
    """Whether a form is being filled in."""
    flow = flow_of(session)
    return session.waiting and flow is not None and flow.form


def is_asked_by_us(session: Session) -> bool:
    """Whether a question that time brought is being asked."""
    flow = flow_of(session)
    return session.waiting and flow is not None and flow.asked_by_us


def kept(session: Session) -> Session | None:
    """The session that goes on after an interruption: the open form, or one that was interrupted before."""
    flow = flow_of(session)
    stands = session.waiting and flow is not None and goes_on(flow)
    return session if stands else session.behind


def goes_on(flow: Flow) -> bool:
    """Whether its question is put again after whatever interrupts it: a form, and what time asks."""
    return flow.form or flow.stands or flow.asked_by_us


def is_inside(session: Session) -> bool:
    """Whether the coordinators' PIN was given in this call. It opens one call: the next one asks for it again."""
    flow = flow_of(session)
    return flow is not None and flow.locked and "pin" in session.answers


def is_private(session: Session) -> bool:
    """Whether a PIN or the access code of a request has opened something, for this call only."""
    return is_inside(session) or "word" in session.answers


def in_this_call(session: Session, call: str) -> Session:
    """The session for this call. What a PIN or code opened in another call is closed: it may be someone else."""
    return session.idle() if is_private(session) and session.call not in ("", call) else session


def broke_off(session: Session) -> bool:
    """Whether there is something to go on with: a form in which something was asked already."""
    return is_form(session) and session.step != "language"


def left_behind(session: Session) -> Session:
    """The session after a call. Forms, and questions that time brings, stay. Any other question ends with the call,
    and the form that it interrupted comes back."""
    session = session.but(told=()) if session.told else session
    if is_private(session):
        return session.idle()
    if is_form(session) or is_asked_by_us(session):
        return session
    if not session.waiting and session.behind is None:
        return session
    return (session.behind or session.idle()).but(turn=session.turn, language=session.language)


def parked(session: Session) -> Session:
    """A form that broke off waits behind the call, so that keys meant for something else do not answer it."""
    if not broke_off(session):
        return session
    return session.idle().but(behind=session.but(behind=None))


def offer(facts: Facts) -> Turn:
    """Asks whether to go on with the form. It stays behind the question, so that none of it is lost."""
    session = facts.me.session
    asking = session.but(turn=session.turn + 1, behind=session.but(behind=None))
    return run.start(go_on, asking, facts)


def instead(turn: Turn, facts: Facts) -> Turn | None:
    """What follows the end of some flows in a call: the menu, or for someone else on this phone a new request."""
    if turn.prompts or turn.session.flow not in (go_on.name, requests.name):
        return None
    how = turn.session.answers.get("how")
    if how == "anew" or turn.session.flow == requests.name:
        return run.start(menu, turn.session.idle(), facts, AGAIN)
    if how == "else":
        return run.start(intake, turn.session.idle(), facts.but(mine=facts.mine.but(draft=None)))
    return None
