"""A call that broke: whoever calls again goes on where it was, if they wish. It may be somebody else."""

from hotline.engine import run
from hotline.engine.session import Session, Turn
from hotline.engine.steps import Choose, End, Flow
from hotline.flows.coordinator.line import is_inside
from hotline.flows.everyone.menu import menu
from hotline.flows.neighbor.intake import intake
from hotline.flows.neighbor.my_requests import requests
from hotline.model.facts import Facts

AGAIN = {"again": "yes"}  # the menu of somebody who has heard or done something in this call already
FORMS = frozenset(("intake", "signup", "person", "amend"))
STAYING = FORMS | {"happened", "still_needed"}  # what goes on after a call, and what time has asked

go_on = Flow(
    "go_on",
    Choose("asked", ("on", "anew", "else"), saves="how"),
    End("on", says=lambda _, __: ()),
)


def is_private(session: Session) -> bool:
    """Whether a PIN or the word of a request has opened something, for one call alone."""
    return is_inside(session) or "word" in session.answers


def in_this_call(session: Session, call: str) -> Session:
    """What was opened in another call, perhaps by somebody else under the same number, is not open in this one."""
    return session.idle() if is_private(session) and session.call not in ("", call) else session


def broke_off(session: Session) -> bool:
    """Whether there is something to go on with: a form in which something was asked already."""
    return session.waiting and session.flow in FORMS and session.step != "language"


def left_behind(session: Session) -> Session:
    """What was asked in passing ends with a call ("shall we close it?"), and so does what a PIN or a word has opened:
    the form that it interrupted stands again."""
    if is_private(session):
        return session.idle()
    if session.waiting and session.flow in STAYING:
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
        return run.start(intake, turn.session.idle(), facts.but(mine=facts.mine.but(draft=None)))
    return None
