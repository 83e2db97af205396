"""A call that broke: whoever calls again goes on where it was, if they wish. It may be somebody else."""

from hotline.engine import run
from hotline.engine.session import Session, Turn
from hotline.engine.steps import Choose, End, Flow
from hotline.flows.intake import intake
from hotline.flows.menu import menu
from hotline.flows.requests import requests
from hotline.flows.room import is_inside
from hotline.records import Facts

AGAIN = {"again": "yes"}  # the menu of somebody who has heard or done something in this call already
ONLY_IN_CALLS = frozenset(
    ("menu", "room", "requests", "hands", "giving", "go_on", "offer", "reach", "quiet", "in_touch", "not_there")
)
FORMS = frozenset(("intake", "signup", "person", "amend"))

go_on = Flow(
    "go_on",
    Choose("asked", ("on", "anew", "else"), saves="how"),
    End("on", says=lambda _, __: ()),
)


def broke_off(session: Session) -> bool:
    """Whether there is something to go on with: a form in which something was asked already."""
    return session.waiting and session.flow in FORMS and session.step != "language"


def left_behind(session: Session) -> Session:
    """What was asked in a call alone ends with it, and so does what was opened by a PIN or a word: what it interrupted
    stands again."""
    if is_inside(session) or "word" in session.answers:
        return session.idle()
    if not session.waiting or session.flow not in ONLY_IN_CALLS:
        return session
    return (session.behind or session.idle()).but(turn=session.turn, language=session.language)


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
