"""A call that broke: whoever calls again goes on where it was, if they wish. It may be somebody else."""

from hotline.engine import run
from hotline.engine.session import Session, Turn
from hotline.flows import flow_of
from hotline.flows.everyone.menu import AGAIN, go_on, menu
from hotline.flows.neighbor.intake import intake
from hotline.flows.neighbor.my_requests import requests
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
    """What goes on once an interruption of this session is over: the form at hand, or the one that waits already."""
    return session if is_form(session) else session.behind


def is_inside(session: Session) -> bool:
    """Whether the coordinators' PIN was given in this call. It opens one call: the next one asks for it again."""
    flow = flow_of(session)
    return flow is not None and flow.locked and "pin" in session.answers


def is_private(session: Session) -> bool:
    """Whether a PIN or the word of a request has opened something, for one call alone."""
    return is_inside(session) or "word" in session.answers


def in_this_call(session: Session, call: str) -> Session:
    """What was opened in another call, perhaps by somebody else under the same number, is not open in this one."""
    return session.idle() if is_private(session) and session.call not in ("", call) else session


def broke_off(session: Session) -> bool:
    """Whether there is something to go on with: a form in which something was asked already."""
    return is_form(session) and session.step != "language"


def left_behind(session: Session) -> Session:
    """What was asked in passing ends with a call ("shall we close it?"), and so does what a PIN or a word has opened:
    the form that it interrupted stands again."""
    if is_private(session):
        return session.idle()
    if is_form(session) or is_asked_by_us(session):
        return session
    if not session.waiting and session.behind is None:
        return session
    return (session.behind or session.idle()).but(turn=session.turn, language=session.language)


def parked(session: Session) -> Session:
    """A form that broke off waits behind the call: no key that means something else must fall into it."""
    if not broke_off(session):
        return session
    return session.idle().but(behind=session.but(behind=None))


def offer(facts: Facts) -> Turn:
    """The form stays behind the question, so that nothing of it is lost, whatever is said."""
    session = facts.me.session
    asking = session.but(turn=session.turn + 1, behind=session.but(behind=None))
    return run.start(go_on, asking, facts)


def instead(turn: Turn, facts: Facts) -> Turn | None:
    """What follows "anew": the menu. "Someone else" begins a request of their own beside the one that waits."""
    if turn.prompts or turn.session.flow not in (go_on.name, requests.name):
        return None
    how = turn.session.answers.get("how")
    if how == "anew" or turn.session.flow == requests.name:
        return run.start(menu, turn.session.idle(), facts, AGAIN)
    if how == "else":
        return run.start(intake, turn.session.idle(), facts.but(draft=None))
    return None
