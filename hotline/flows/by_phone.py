"""What a call adds to a conversation: how to be told news, and what can be done about what is under way, by keys."""

from hotline.effects import Enroll, Record
from hotline.engine import run
from hotline.engine.answers import Heard
from hotline.engine.session import Prompt, Session, Turn
from hotline.flows import FLOWS
from hotline.flows.reaching import KNOWN_TO_VOLUNTEERS, is_asked
from hotline.records import Facts

OFFERED = frozenset(("reach", "quiet", "in_touch", "requests"))  # nobody has to answer these
LAST = frozenset(("which", "next", "all", "none"))  # said when there is nothing more to hear


def is_enough(heard: Heard, session: Session) -> bool:
    """Whether silence ends the call here: the question was no more than an offer, and was put again already."""
    if not heard.silent or session.flow not in OFFERED:
        return False
    return session.step in LAST or (session.misses > 0 and session.flow != "requests")


def _with_word(turn: Turn, facts: Facts) -> Turn:
    """Whoever calls from a telephone that is not theirs hears what opens their request from any other."""
    recorded = next((effect.number for effect in turn.effects if isinstance(effect, Record)), 0)
    known = facts.me.phone.startswith("+") and not turn.session.answers.get("callback")
    if not (recorded and facts.word) or known:
        return turn
    told = {"number": str(recorded), "word": facts.word}
    return turn.but(prompts=(*turn.prompts, Prompt("hello.word", values=told)))


def more(turn: Turn, facts: Facts) -> Turn:
    """The turn, and what a caller may wish to add to it."""
    if turn.session.waiting:
        return turn
    turn = _with_word(turn, facts)
    here = facts.but(me=facts.me.but(session=turn.session))
    if is_asked(facts) and any(isinstance(effect, Record | Enroll) for effect in turn.effects):
        gives = any(isinstance(effect, Enroll) for effect in turn.effects)
        return turn.and_then(run.start(FLOWS["reach"], turn.session, here, KNOWN_TO_VOLUNTEERS if gives else None))
    if facts.in_progress and any(prompt.key.startswith("status.") for prompt in turn.prompts):
        return turn.and_then(run.start(FLOWS["in_touch"], turn.session, here))
    return turn
