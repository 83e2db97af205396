"""What a call adds to a conversation: how to be told news, and what can be done about what is under way, by keys."""

from hotline.engine import run
from hotline.engine.answers import Heard
from hotline.engine.session import Prompt, Session, Turn
from hotline.engine.steps import Choose
from hotline.flows import FLOWS, flow_of, question_of
from hotline.flows.everyone.contact_preference import KNOWN_TO_VOLUNTEERS, is_asked
from hotline.model.effects import Enroll, Record
from hotline.model.facts import Facts

BY_CALL = {"how": "call"}


def is_enough(heard: Heard, session: Session) -> bool:
    """Whether silence ends the call here: nothing more is to be heard, or nobody has to answer what was put twice."""
    flow, question = flow_of(session), question_of(session)
    if not heard.silent or flow is None or question is None:
        return False
    return (isinstance(question, Choose) and question.closing) or (flow.optional and session.misses > 0)


def _left_a_number(turn: Turn) -> bool:
    """Whether news is to be told at another telephone: there nobody is texted, who perhaps never agreed to it."""
    return any(isinstance(effect, Record) and effect.callback for effect in turn.effects)


def _with_word(turn: Turn, facts: Facts) -> Turn:
    """Whoever calls from a telephone that is not theirs hears what opens their request from any other."""
    recorded = next((effect for effect in turn.effects if isinstance(effect, Record)), None)
    if recorded is None or not facts.word or (facts.me.has_number and not recorded.callback):
        return turn
    told = {"number": str(recorded.number), "word": facts.word}
    return turn.but(prompts=(*turn.prompts, Prompt("hello.word", values=told)))


def more(turn: Turn, facts: Facts) -> Turn:
    """The turn, and what a caller may wish to add to it."""
    if turn.session.waiting:
        return turn
    turn = _with_word(turn, facts)
    here = facts.but(me=facts.me.but(session=turn.session))
    if (is_asked(facts) or _left_a_number(turn)) and any(
        isinstance(effect, Record | Enroll) for effect in turn.effects
    ):
        gives = any(isinstance(effect, Enroll) for effect in turn.effects)
        known = KNOWN_TO_VOLUNTEERS if gives else BY_CALL if _left_a_number(turn) else None
        return turn.and_then(run.start(FLOWS["reach"], turn.session, here, known))
    if facts.in_progress and any(prompt.key.startswith("status.") for prompt in turn.prompts):
        return turn.and_then(run.start(FLOWS["in_touch"], turn.session, here))
    return turn
