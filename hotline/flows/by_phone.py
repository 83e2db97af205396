"""What a call adds to a conversation: how to be told news, and what can be done about what is under way, by keys."""

from hotline.effects import Enroll, Record
from hotline.engine import run
from hotline.engine.answers import Heard
from hotline.engine.session import Session, Turn
from hotline.flows import FLOWS
from hotline.flows.reaching import is_asked
from hotline.records import Facts

OFFERED = frozenset(("reach", "in_touch"))  # nobody has to answer these
KNOWN_TO_VOLUNTEERS = {"say_who": "yes", "leave_word": "no"}


def is_enough(heard: Heard, session: Session) -> bool:
    """Whether silence ends the call here: the question was no more than an offer, and was put again already."""
    return heard.silent and session.flow in OFFERED and (session.misses > 0 or session.flow == "in_touch")


def more(turn: Turn, facts: Facts) -> Turn:
    """The turn, and what a caller may wish to add to it."""
    if turn.session.waiting:
        return turn
    here = facts.but(me=facts.me.but(session=turn.session))
    if is_asked(facts) and any(isinstance(effect, Record | Enroll) for effect in turn.effects):
        gives = any(isinstance(effect, Enroll) for effect in turn.effects)
        return turn.and_then(run.start(FLOWS["reach"], turn.session, here, KNOWN_TO_VOLUNTEERS if gives else None))
    if facts.in_progress and any(prompt.key.startswith("status.") for prompt in turn.prompts):
        return turn.and_then(run.start(FLOWS["in_touch"], turn.session, here))
    return turn
